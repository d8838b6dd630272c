"""The private messages of a text for customers: its author's, from draft to channel; and that of each who is to approve it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.views import blocks
from bot.views.address import Address
from bot.views.blocks import button, clip, confirm
from bot.views.card import Block, Card, Drawn, Place, Urgency
from bot.views.customers import audience_title, channel_name, customer_message, outlet, situations
from bot.views.lines import Buttons, Heading, Instant, Line, Part, Piece, Quote, Strong, drawn, line, listed
from bot.views.locale import Reader
from bot.views.people import launch_title, name, reader_of, role_title
from bot.views.published import promised, remedy
from bot.views.updates import APPROVE, EDIT, NOT_THERE, SEND_BACK, THERE, WITHDRAW
from launch.messages import Ask
from launch.plan import Plan
from launch.state import Approval, Draft, Launch, Stage, Status
from launch.updates import EDITABLE, IN_DOUBT, approvers, asked_for

LONGEST_EDIT = 3900
"""Slack takes less than 4,000 characters beside the blocks of a message that is edited; what is cut is whole in the blocks."""
SHORT = 500
"""A text up to here is shown whole where only its beginning has room."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text on its way: whom it waits for (nobody, if nobody on duty may approve) and since when; where it is to appear."""

    plan: Plan
    launch: str
    draft: Draft
    waiting: tuple[str, ...]
    since: datetime
    place: Part
    is_closed: bool

    @property
    def is_open(self) -> bool:
        return self.draft.is_open and not self.is_closed

    @property
    def address(self) -> str:
        return str(Address(self.launch, (str(self.draft.number), str(self.draft.edition))))

    @property
    def channel(self) -> str:
        """Where it is to appear, in plain text."""
        return channel_name(self.plan, self.draft.audience)


def manuscript(launch: Launch, draft: Draft) -> Manuscript:
    asked, able = asked_for(launch, draft), approvers(launch, draft)
    rows = [row for row in asked.values() if row.person in able] if draft.stage is Stage.WAITING else []
    since = min((row.at for row in rows), default=draft.stage_at)
    people = tuple(row.person for row in rows)
    return Manuscript(launch.plan, launch.id, draft, people, since, outlet(launch, draft), launch.status is Status.CLOSED)


def cards(launch: Launch) -> Iterator[Card]:
    for draft in launch.drafts.values():
        seen = manuscript(launch, draft)
        yield Card(f"draft:{draft.number}", Place(draft.author), Urgency.ASK, (seen,), partial(draw_own, seen))
    for row in launch.approvals.values():
        yield approval_card(launch, row)


def approval_card(launch: Launch, row: Approval) -> Card:
    subject, draft = f"approval:{row.draft}:{row.edition}:{row.person}", launch.drafts[row.draft]
    if row.edition != draft.edition:
        is_asked_again = (draft.number, draft.edition, row.person) in launch.approvals
        old = (launch.plan, draft.audience, draft.editor, row.person, is_asked_again)
        return Card(subject, Place(row.person), Urgency.ASK, old, partial(draw_old, *old))
    seen = manuscript(launch, draft)
    return Card(subject, Place(row.person), Urgency.ASK, (seen, row.person), partial(draw_approval, seen, row.person))


# --- its author's ------------------------------------------------------------------------------------------------------


def draw_own(seen: Manuscript) -> Drawn:
    reader = reader_of(seen.plan, seen.draft.author)
    return with_text(seen, [*heading(seen, reader), *standing(seen, reader)], list(own_buttons(seen, reader)), reader)


def heading(seen: Manuscript, reader: Reader) -> Iterator[Piece]:
    title = reader._("Update for {audience}").format(audience=audience_title(seen.plan, seen.draft.audience, reader))
    yield Heading(title)
    yield Line((launch_title(seen.plan, reader),))


def own_buttons(seen: Manuscript, reader: Reader) -> Iterator[Block]:
    if seen.draft.stage in EDITABLE:
        yield button(reader._("Edit…"), EDIT, seen.address)
        title, text = reader._("Withdraw this text?"), reader._("It is not published, and nobody is asked to approve it any more.")
        yield button(reader._("Withdraw"), WITHDRAW, seen.address, confirm=confirm(title, text, reader._("Withdraw"), reader._("Cancel")))
    yield from doubt_buttons(seen, reader)


def doubt_buttons(seen: Manuscript, reader: Reader) -> Iterator[Block]:
    """What somebody has seen who looked into the channel."""
    if seen.draft.stage not in IN_DOUBT:
        return
    yield button(reader._("It is there"), THERE, seen.address)
    danger = reader._("If it is in {channel} already, customers read it twice. Publish only if you have looked.")
    text = (danger if seen.draft.stage is Stage.UNSURE else at_once(reader)).format(channel=seen.channel)
    asked = confirm(reader._("Publish it now?"), text, reader._("Publish"), reader._("Cancel"))
    yield button(reader._("It is not there: publish"), NOT_THERE, seen.address, style="danger", confirm=asked)


def at_once(reader: Reader) -> str:
    return reader._("It is published in {channel} at once, and cannot be taken back from here.")


# --- where it stands, the same for both --------------------------------------------------------------------------------


def standing(seen: Manuscript, reader: Reader) -> Iterator[Piece]:
    draft, plan = seen.draft, seen.plan
    match draft.stage:
        case Stage.WAITING:
            yield waiting(seen, reader)
        case Stage.SENT_BACK:
            yield line(reader._("Sent back by {person}:"), person=name(plan, draft.sent_back_by))
            yield from [Quote(draft.reason)] if draft.reason else []
        case Stage.WITHDRAWN:
            yield line(reader._("Withdrawn {time}."), time=Instant(draft.stage_at))
        case _:
            yield from after_approval(seen, reader)


def after_approval(seen: Manuscript, reader: Reader) -> Iterator[Piece]:
    facts: dict[str, Part] = {"person": name(seen.plan, seen.draft.approved_by), "channel": seen.place}
    error = seen.draft.error or ""
    match seen.draft.stage:
        case Stage.PUBLISHED:
            sentence = reader._("Published {time} in {channel}, approved by {person}.")
            yield line(sentence, **facts, time=Instant(seen.draft.stage_at))
        case Stage.STUCK:
            yield line(reader._("🔴 Approved by {person}, but Slack refused to publish it in {channel} ({error})."), **facts, error=error)
            yield Line((remedy(error, seen.channel, reader),))
        case Stage.UNSURE:
            sentence = reader._("🔴 Nobody can tell whether it is in {channel}: Slack did not answer, then refused a look ({error}).")
            yield line(sentence, **facts, error=error)
            yield line(reader._("Please look into {channel}, and say whether the text is there."), **facts)
        case _:
            yield line(reader._("Approved by {person}, on its way to {channel}."), **facts)


def waiting(seen: Manuscript, reader: Reader) -> Line:
    plan = seen.plan
    if seen.is_closed:
        return line(reader._("The launch was closed before this was approved."))
    if seen.waiting:
        people = listed([name(plan, person) for person in seen.waiting], reader)
        return line(reader._("Waits for approval since {time}: {people}"), time=Instant(seen.since), people=people)
    roles = listed([role_title(plan, role, reader) for role in plan.audiences[seen.draft.audience].approvers], reader)
    return line(reader._("🔴 Nobody on duty may approve this. It takes a second person who is on duty for: {roles}."), roles=roles)


def with_text(seen: Manuscript, above: list[Piece], pressed: list[Block], reader: Reader) -> Drawn:
    """What stands above, then the text exactly as customers read it, then what can be pressed while that makes sense."""
    top, text = drawn(above, reader), customer_message(seen.plan, seen.draft)
    made = [*top.blocks, blocks.divider(), *text.blocks, blocks.divider()]
    if pressed and seen.is_open:
        made.append(blocks.actions(pressed))
    return Drawn(clip(f"{top.text}\n\n{text.text}", LONGEST_EDIT), tuple(made))


# --- to whoever approves -----------------------------------------------------------------------------------------------


def draw_approval(seen: Manuscript, person: str) -> Drawn:
    reader = reader_of(seen.plan, person)
    above = [*heading(seen, reader), *(question(seen, reader) if may_judge(seen, person) else standing(seen, reader))]
    return with_text(seen, above, list(approval_buttons(seen, person, reader)), reader)


def may_judge(seen: Manuscript, person: str) -> bool:
    return person in seen.waiting and not seen.is_closed


def question(seen: Manuscript, reader: Reader) -> Iterator[Piece]:
    sentence = reader._("{author} asks you to approve this text. It appears in {channel}, exactly as it stands here:")
    yield line(sentence, author=Strong(name(seen.plan, seen.draft.author)), channel=seen.place)
    if seen.draft.editor != seen.draft.author:
        yield line(reader._("Last edited by {person}."), person=name(seen.plan, seen.draft.editor))


def approval_buttons(seen: Manuscript, person: str, reader: Reader) -> Iterator[Block]:
    if may_judge(seen, person):
        yield approve_button(seen, reader)
        yield button(reader._("Send back…"), SEND_BACK, seen.address)
    if person == seen.draft.approved_by:
        yield from doubt_buttons(seen, reader)


def approve_button(seen: Manuscript, reader: Reader) -> Block:
    text = at_once(reader).format(channel=seen.channel)
    asked = confirm(reader._("Approve and publish?"), text, reader._("Publish"), reader._("Cancel"))
    return button(reader._("Approve and publish"), APPROVE, seen.address, style="primary", confirm=asked)


def draw_old(plan: Plan, audience: str, editor: str, person: str, is_asked_again: bool) -> Drawn:
    """Of an edition that is not the newest any more."""
    reader = reader_of(plan, person)
    if is_asked_again:
        sentence = reader._("{person} has edited this text since: see the newer message.")
    elif editor == person:
        sentence = reader._("You have edited this text since: now somebody else approves it.")
    else:
        sentence = reader._("{person} has edited this text since: nothing more is asked of you here.")
    title = reader._("Update for {audience}").format(audience=audience_title(plan, audience, reader))
    return drawn([Heading(title), line(sentence, person=name(plan, editor))], reader)


# --- in short ----------------------------------------------------------------------------------------------------------


def approval_wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    """Nobody approves what they have not read: a long text is approved where it stands whole."""
    seen = wanted(launch, ask)
    facts = {"audience": audience_title(seen.plan, seen.draft.audience, reader), "situation": situations(reader)[seen.draft.situation]}
    sentence = reader._("{author} asks you to approve a text for {audience} ({situation}):")
    yield line(sentence, **facts, author=Strong(name(seen.plan, seen.draft.author)))
    texts = [seen.draft.texts[each] for each in seen.plan.audiences[seen.draft.audience].languages if each in seen.draft.texts]
    yield from (Quote(text, SHORT) for text in texts)
    yield from promised(seen.draft, reader)
    is_whole = all(len(str(text)) <= SHORT for text in texts)
    if not is_whole:
        yield line(reader._("Your private message has the whole text, and the button to approve it."))
    back = button(reader._("Send back…"), SEND_BACK, seen.address)
    yield Buttons((approve_button(seen, reader), back) if is_whole else (back,))


def draft_wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    seen = wanted(launch, ask)
    yield line(reader._("🔴 The text for {audience}:"), audience=audience_title(seen.plan, seen.draft.audience, reader))
    yield from standing(seen, reader)
    yield Buttons(tuple(doubt_buttons(seen, reader)))


def wanted(launch: Launch, ask: Ask) -> Manuscript:
    return manuscript(launch, launch.drafts[int(ask.subject.split(":")[1])])
