"""What is said once of customer updates: out, sent back, stuck; the next one promised, and missed; a channel that cannot be used."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from bot.views import errands
from bot.views.blocks import clip, one_line
from bot.views.card import Notice
from bot.views.customers import audience_title, channel_name, outlet, situations
from bot.views.lines import Instant, Line, Quote, Strong, line
from bot.views.locale import Reader
from bot.views.notice import in_room, is_reachable, reachable_commander, to_command, to_person
from bot.views.people import launch_title, name, reader_of, room_reader
from launch.messages import Fact, OutletFound, PromiseMissed, PromiseReminded, UpdatePublished, UpdateSentBack, UpdateStuck
from launch.publishing import OBSERVERS
from launch.state import Draft, Launch

FIRST_WORDS = 80
ABSENT = frozenset({"not_in_channel", "channel_not_found"})
"""Slack's words for a channel that the bot is not in; a private one it cannot even see."""


def published(fact: Fact, event: UpdatePublished, launch: Launch) -> Iterator[Notice]:
    """To the room; and to its author, who waits for it."""
    draft = launch.drafts[event.draft]
    reader = room_reader(launch.plan)
    yield in_room(fact, launch, out(launch, draft, reader), *promised(draft, reader))
    if is_reachable(launch, draft.author):
        reader = reader_of(launch.plan, draft.author)
        sentence = reader._("{launch}: your text for {audience} is out, in {channel}.")
        facts = {"launch": launch_title(launch.plan, reader), "audience": audience_title(launch.plan, draft.audience, reader)}
        yield to_person(fact, launch, draft.author, line(sentence, **facts, channel=outlet(launch, draft)), *promised(draft, reader))


def out(launch: Launch, draft: Draft, reader: Reader) -> Line:
    text = draft.texts.get(reader.language) or next(iter(draft.texts.values()))
    return line(
        reader._("Published for {audience}, {situation}: “{words}”"),
        audience=Strong(audience_title(launch.plan, draft.audience, reader)),
        situation=situations(reader)[draft.situation],
        words=clip(one_line(str(text)), FIRST_WORDS),
    )


def promised(draft: Draft, reader: Reader) -> list[Line]:
    return [line(reader._("The next update is promised for {time}."), time=Instant(draft.next_at))] if draft.next_at else []


def sent_back(fact: Fact, event: UpdateSentBack, launch: Launch) -> Iterator[Notice]:
    draft = launch.drafts[event.draft]
    if is_reachable(launch, draft.author):
        reader = reader_of(launch.plan, draft.author)
        sentence = reader._("{person} has sent back your text for {audience}:")
        facts = {"person": name(launch.plan, event.person), "audience": audience_title(launch.plan, draft.audience, reader)}
        yield to_person(fact, launch, draft.author, line(sentence, **facts), Quote(event.reason))


def stuck(fact: Fact, event: UpdateStuck, launch: Launch) -> Iterator[Notice]:
    """To whoever wrote and approved it, whose messages now have buttons; to the commander too when nobody can tell."""
    draft = launch.drafts[event.draft]
    people = [person for person in (draft.author, draft.approved_by) if person and is_reachable(launch, person)]
    for person in dict.fromkeys([*people, *(reachable_commander(launch) if event.is_unsure else [])]):
        reader = reader_of(launch.plan, person)
        facts = {"audience": Strong(audience_title(launch.plan, draft.audience, reader)), "channel": outlet(launch, draft)}
        unsure = reader._("🔴 Nobody can tell whether the text for {audience} is in {channel}. Look there, then say so under the text.")
        refused = reader._("🔴 Slack refused to publish the text for {audience} in {channel} ({error}).")
        yield to_person(fact, launch, person, line(unsure if event.is_unsure else refused, **facts, error=event.error))


# --- promises ----------------------------------------------------------------------------------------------------------


def reminded(fact: Fact, event: PromiseReminded, launch: Launch) -> Iterator[Notice]:
    draft = launch.drafts[event.draft]
    for person in writers(launch, draft):
        reader = reader_of(launch.plan, person)
        sentence = reader._("The next update for {audience} is promised for {time}, in {duration}: /launch update")
        yield to_person(fact, launch, person, about_promise(fact, draft, launch, sentence, reader))


def missed(fact: Fact, event: PromiseMissed, launch: Launch) -> Iterator[Notice]:
    draft = launch.drafts[event.draft]
    for person in dict.fromkeys([*writers(launch, draft), *reachable_commander(launch)]):
        reader = reader_of(launch.plan, person)
        sentence = reader._("🔴 {audience}: the update promised for {time} has not come: /launch update")
        yield to_person(fact, launch, person, about_promise(fact, draft, launch, sentence, reader))


def about_promise(fact: Fact, draft: Draft, launch: Launch, sentence: str, reader: Reader) -> Line:
    promise = draft.next_at or fact.at
    title = Strong(audience_title(launch.plan, draft.audience, reader))
    return line(sentence, audience=title, time=Instant(promise), duration=reader.duration(max(promise - fact.at, timedelta())))


def writers(launch: Launch, draft: Draft) -> list[str]:
    """Who sees to the next text: on duty for the first role that approves for the audience; and its author, while on duty."""
    first = launch.duty[launch.plan.audiences[draft.audience].approvers[0]].person
    author = draft.author if any(row.person == draft.author for row in launch.duty.values()) else None
    return [person for person in dict.fromkeys((first, author)) if person and is_reachable(launch, person)]


# --- a channel that cannot be used -------------------------------------------------------------------------------------


def outlet_found(fact: Fact, event: OutletFound, launch: Launch) -> Iterator[Notice]:
    """Beforehand, while there is time to mend it."""
    if event.trouble:
        yield to_command(fact, launch, partial(unusable, launch, event.audience, event.trouble))


def unusable(launch: Launch, audience: str, error: str, reader: Reader) -> Line:
    plan, channel = launch.plan, channel_name(launch.plan, audience)
    updates = reader._("{launch}: updates for {audience} cannot go out, for {channel} cannot be used ({error}). {remedy}")
    observers = reader._("{launch}: those who look on see nothing, for {channel} cannot be used ({error}). {remedy}")
    facts = {"launch": launch_title(plan, reader), "audience": audience_title(plan, audience, reader)}
    sentence = observers if audience == OBSERVERS else updates
    return line(sentence, **facts, channel=channel, error=error, remedy=remedy(error, channel, reader))


def remedy(error: str, channel: str, reader: Reader) -> str:
    if error in ABSENT:
        return reader._("Somebody who is in {channel} adds the bot there: /invite @launchroom").format(channel=channel)
    if error == "is_archived":
        return reader._("{channel} is archived: somebody has to bring it back.").format(channel=channel)
    if error.startswith("restricted_action"):
        return reader._("The settings of {channel} do not let the bot post there: an admin can change that.").format(channel=channel)
    return errands.remedy(error, reader)
