"""What customers read: an update as it is published, and where each audience stands with us."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.views import blocks
from bot.views.blocks import escape
from bot.views.card import Block, Drawn
from bot.views.lines import Channel, Instant, Line, Part, Strong, line
from bot.views.locale import Reader
from bot.views.people import name
from launch.plan import Language, Plan, is_channel_id
from launch.promises import last_published
from launch.state import Draft, Launch, Situation, Stage
from launch.updates import IN_DOUBT, approvers, asked_for

SOON = timedelta(hours=12)
"""An hour alone is understood when it comes sooner than this; later it needs its day."""


def situations(reader: Reader) -> dict[Situation, str]:
    """How things stand for customers, in the words that they read."""
    return {
        Situation.SCHEDULED: reader._("Scheduled"),
        Situation.STARTING: reader._("Starting"),
        Situation.LIVE: reader._("Live"),
        Situation.DELAYED: reader._("Delayed"),
        Situation.INVESTIGATING: reader._("Investigating"),
        Situation.IDENTIFIED: reader._("Identified"),
        Situation.MONITORING: reader._("Monitoring"),
        Situation.RESOLVED: reader._("Resolved"),
        Situation.ROLLED_BACK: reader._("Rolled back"),
    }


def audience_title(plan: Plan, audience: str, reader: Reader) -> str:
    known = plan.audiences.get(audience)
    return known.title.to(reader.language) if known else audience


# --- what is published -------------------------------------------------------------------------------------------------


def customer_message(plan: Plan, draft: Draft) -> Drawn:
    """The update in each language of its audience: how things stand, the text letter by letter, when the next one comes.

    Its `text` may be as long as a new message takes, which is more than an edit does.
    """
    said = [in_language(plan, draft, language) for language in plan.audiences[draft.audience].languages if language in draft.texts]
    made: list[Block] = []
    for _, block in said:
        made += [blocks.divider(), block] if made else [block]
    return Drawn("\n\n".join(text for text, _ in said), tuple(made))


def in_language(plan: Plan, draft: Draft, language: Language) -> tuple[str, Block]:
    reader = Reader(language, plan.zone)
    heading, words, promise = situations(reader)[draft.situation], str(draft.texts[language]), next_update(draft, reader)
    elements = [blocks.rich_words(heading, is_bold=True), blocks.rich_words(f"\n{words}")]
    elements += [blocks.rich_words(f"\n{promise}")] if promise else []
    text = "\n".join(filter(None, (heading, escape(words), promise)))
    return text, blocks.rich_text() | {"elements": [blocks.rich_section(elements)]}


def next_update(draft: Draft, reader: Reader) -> str | None:
    """In plain text with its zone: customers are in any."""
    if draft.next_at is None:
        return None
    is_soon = draft.next_at - draft.stage_at < SOON
    time = reader.clock(draft.next_at, named=True) if is_soon else reader.moment(draft.next_at)
    return reader._("Next update: {time}").format(time=time)


def outlet(launch: Launch, draft: Draft) -> Part:
    """Where it is read, or will be."""
    found = launch.outlets.get(draft.audience)
    channel = draft.channel or (found.channel if found else None)
    return Channel(channel) if channel else channel_name(launch.plan, draft.audience)


def channel_name(plan: Plan, audience: str) -> str:
    """Where an audience reads, or those who look on, as the plan writes it: "#clients-pro", or an id."""
    known = plan.audiences.get(audience)
    channel = known.channel if known else plan.room.observers or ""
    return channel if is_channel_id(channel) else f"#{channel}"


# --- where each audience stands ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Customers:
    """An audience: what it read last, and was promised; of each text under way, whom it waits for (None: nobody is there)."""

    audience: str
    situation: Situation | None
    said_at: datetime | None
    next_at: datetime | None
    is_missed: bool
    is_in_doubt: bool
    waiting_for: tuple[str | None, ...]

    @property
    def is_calm(self) -> bool:
        return not self.is_missed and not self.is_in_doubt and None not in self.waiting_for


def customers(launch: Launch) -> tuple[Customers, ...]:
    """The audiences that have read something or soon will, in the order of the plan."""
    return tuple(customers_of(launch, key) for key in launch.plan.audiences if any(d.audience == key for d in launch.drafts.values()))


def customers_of(launch: Launch, audience: str) -> Customers:
    last = last_published(launch, audience)
    drafts = [draft for draft in launch.drafts.values() if draft.audience == audience]
    return Customers(
        audience,
        last.situation if last else None,
        last.published_at if last else None,
        last.next_at if last else None,
        is_missed=bool(last and last.is_missed),
        is_in_doubt=any(draft.stage in IN_DOUBT for draft in drafts),
        waiting_for=tuple(awaited(launch, draft) for draft in drafts if draft.stage in (Stage.WAITING, Stage.SENT_BACK)),
    )


def awaited(launch: Launch, draft: Draft) -> str | None:
    """Whose turn it is: the approver asked last who still may, or its author when it was sent back."""
    if draft.stage is Stage.SENT_BACK:
        return draft.author
    able = approvers(launch, draft)
    return next((person for person in reversed(asked_for(launch, draft)) if person in able), None)


def customer_lines(seen: tuple[Customers, ...], plan: Plan, reader: Reader) -> Iterator[Line]:
    """For the board: what is wrong first, and nothing of an audience that has nothing to tell."""
    for each in sorted(seen, key=lambda each: each.is_calm):
        title = Strong(audience_title(plan, each.audience, reader))
        mark = Line(() if each.is_calm else ("🔴 ",))
        if told := list(told_of(each, plan, reader)):
            yield line("{mark}{title} – {told}", mark=mark, title=title, told=joined(told))


def told_of(seen: Customers, plan: Plan, reader: Reader) -> Iterator[Line]:
    """What is wrong first."""
    if seen.next_at and seen.is_missed:
        yield line(reader._("the update of {time} has not come"), time=Instant(seen.next_at))
    if seen.is_in_doubt:
        yield line(reader._("an update may not be out"))
    if None in seen.waiting_for:
        yield line(reader._("nobody on duty may approve the update"))
    if seen.situation and seen.said_at:
        yield line(reader._("{situation} {time}"), situation=situations(reader)[seen.situation], time=Instant(seen.said_at))
    if seen.next_at and not seen.is_missed:
        yield line(reader._("next update {time}"), time=Instant(seen.next_at))
    for person in dict.fromkeys(filter(None, seen.waiting_for)):
        yield line(reader._("an update waits for {person}"), person=name(plan, person))


def joined(lines: list[Line]) -> Line:
    parts: list[Part] = []
    for each in lines:
        parts += [", ", *each.parts] if parts else each.parts
    return Line(tuple(parts))
