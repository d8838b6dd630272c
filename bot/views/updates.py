"""Customer updates as somebody writes them: the form of a text, the form that sends one back, and each no with what would do instead."""

from collections.abc import Callable, Iterable
from itertools import chain

from bot.views import blocks, modals
from bot.views.address import Address
from bot.views.card import Block
from bot.views.customers import audience_title, situations
from bot.views.locale import Reader
from bot.views.modals import AUDIENCE, NEXT_AT, REASON, SITUATION, text_field
from bot.views.no import No
from launch.messages import DraftUpdate
from launch.plan import Plan
from launch.state import Draft, Launch, Situation, Stage
from launch.updates import approving

DRAFT, EDIT, WITHDRAW, APPROVE, SEND_BACK = "update.draft", "update.edit", "update.withdraw", "update.approve", "update.send_back"
THERE, NOT_THERE = "update.there", "update.not_there"
UNWRITTEN = DraftUpdate("", Situation.SCHEDULED, None, None)
"""What somebody asks for before the form is open: the door says who may, and that the rest is missing."""

# --- the forms ---------------------------------------------------------------------------------------------------------


def draft_form(launch: Launch, reader: Reader, address: Address, prefill: str = "") -> Block:
    """A new text, which may begin with `prefill`; with a draft and an edition in `address`, the edit of that draft."""
    draft, plan = draft_at(launch, address), launch.plan
    fields = [] if draft else [audience_input(plan, reader)]
    fields += [situation_input(draft, reader), *text_inputs(plan, draft, reader, prefill), next_input(draft, reader)]
    title = reader.p("title", "Edit the update") if draft else reader.p("title", "Customer update")
    return modals.form(title, fields, reader.p("title", "Ask for approval"), EDIT if draft else DRAFT, address, reader)


def draft_at(launch: Launch, address: Address) -> Draft | None:
    """The draft that an address leads to."""
    match address.subject:
        case (number, _) if number.isdecimal():
            return launch.drafts.get(int(number))
    return None


def audience_input(plan: Plan, reader: Reader) -> Block:
    options = [(key, audience_title(plan, key, reader)) for key in plan.audiences]
    return blocks.select_input(AUDIENCE, reader._("Who reads it?"), options, options[0][0] if len(options) == 1 else None)


def situation_input(draft: Draft | None, reader: Reader) -> Block:
    options = [(situation.value, words) for situation, words in situations(reader).items()]
    return blocks.select_input(SITUATION, reader._("How do things stand for them?"), options, draft.situation if draft else None)


def text_inputs(plan: Plan, draft: Draft | None, reader: Reader, prefill: str) -> Iterable[Block]:
    """A field for each language that is read. Only what every audience reads can be asked of everybody."""
    read = [plan.audiences[draft.audience]] if draft else list(plan.audiences.values())
    languages = list(dict.fromkeys(chain.from_iterable(audience.languages for audience in read)))
    begun = reader.language if reader.language in languages else languages[0]
    for language in languages:
        for_whom = [audience for audience in read if language in audience.languages]
        hint = reader._("For: {audiences}").format(audiences=", ".join(each.title.to(reader.language) for each in for_whom))
        written = str(draft.texts.get(language, "")) if draft else prefill if language == begun else ""
        label = reader._("Text ({language})").format(language=language_name(language, reader))
        is_for_all = len(for_whom) == len(read)
        yield blocks.long_input(text_field(language), label, None if is_for_all else hint, written, is_optional=not is_for_all)


def next_input(draft: Draft | None, reader: Reader) -> Block:
    hint = reader._("Customers read it as a promise, and you are reminded in time. Leave it empty to promise nothing.")
    return blocks.instant_input(NEXT_AT, reader._("When does the next update come?"), hint, draft.next_at if draft else None)


def language_name(language: str, reader: Reader) -> str:
    return reader._("French") if language == "fr" else reader._("English")


def send_back_form(address: Address, reader: Reader) -> Block:
    hint = reader._("Whoever wrote it reads this, and can change the text.")
    fields = [blocks.text_input(REASON, reader._("What should change?"), hint)]
    return modals.form(reader.p("title", "Send it back"), fields, reader.p("title", "Send back"), SEND_BACK, address, reader)


# --- why not -----------------------------------------------------------------------------------------------------------


def no_such_audience(no: No) -> str:
    plan = no.launch.plan
    if not plan.audiences:
        return no._("The plan says nothing of customers yet. Their channel and who approves go under updates: audiences: in its file.")
    names = ", ".join(audience_title(plan, key, no.reader) for key in plan.audiences)
    return no.say(no._("Please choose who reads it. There are: {names}."), names=names)


def text_missing(no: No) -> str:
    sentence = no._("It is read in {language} too: please write the text.")
    return no.say(sentence, language=language_name(no.facts["language"], no.reader))


def next_in_past(no: No) -> str:
    return no.say(no._("{next} has passed. Please give a time to come, or none."))


def not_your_draft(no: No) -> str:
    return no.say(no._("This text is {person}’s. Whoever approves it can edit it or send it back."), person=no.person(no.facts["person"]))


def draft_settled(no: No) -> str:
    draft = no.launch.drafts[int(no.facts["draft"])]
    match draft.stage:
        case Stage.WAITING:
            return no._("This text still waits for approval.")
        case Stage.SENT_BACK:
            return no.say(no._("This text was sent back to {person}, who can change it."), person=no.person(draft.author))
        case Stage.WITHDRAWN:
            return no._("This text was withdrawn. /launch update begins a new one.")
        case Stage.APPROVED:
            sentence = no._("{person} has approved this text, and it is on its way. /launch update begins the next one.")
            return no.say(sentence, person=no.person(draft.approved_by))
        case Stage.PUBLISHED:
            return no._("This text is published. /launch update begins the next one.")
    return no._("This text was approved and may not be out: somebody has to look, then press one of the buttons under it.")


def draft_changed(no: No) -> str:
    sentence = no._("{person} has edited this text since. Please use the newest message about it.")
    return no.say(sentence, person=no.person(no.facts["person"]))


def own_text(no: No) -> str:
    return no._("A second person approves a text: never who wrote it, nor who edited it last.")


def not_approver(no: No) -> str:
    audience = no.facts["audience"]
    roles = ", ".join(no.role(role) for role in no.launch.plan.audiences[audience].approvers)
    sentence = no._("Texts for {audience} are approved by whoever is on duty for {roles}: now {people}.")
    title = audience_title(no.launch.plan, audience, no.reader)
    return no.say(sentence, audience=title, roles=roles, people=no.people(approving(no.launch, audience)))


def update_under_way(no: No) -> str:
    title = audience_title(no.launch.plan, no.facts["audience"], no.reader)
    return no.say(
        no._("An update for {audience} is on its way, or may be out. See that it is settled, then close the launch."), audience=title
    )


NOES: dict[str, Callable[[No], str]] = {
    "draft_changed": draft_changed,
    "draft_settled": draft_settled,
    "next_in_past": next_in_past,
    "no_such_audience": no_such_audience,
    "not_approver": not_approver,
    "not_your_draft": not_your_draft,
    "own_text": own_text,
    "text_missing": text_missing,
    "update_under_way": update_under_way,
}
