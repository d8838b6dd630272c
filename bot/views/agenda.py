"""The checkpoints as somebody looks at them in private: all in the order of the day, and each with what there is to know and to do."""

from collections.abc import Iterator
from datetime import datetime

from bot.views import changes, checkpoint_forms, decision, spoken
from bot.views.address import Address
from bot.views.blocks import button, confirm
from bot.views.card import Block, Drawn
from bot.views.checkpoints import answers_end, body, outcome, question, seats
from bot.views.countdown import when
from bot.views.lines import Buttons, Heading, Line, Piece, Row, drawn, line
from bot.views.locale import Reader
from bot.views.menu import ASK_NOW, may
from bot.views.people import launch_title, reader_for
from bot.views.rounds import Round, newest, planned
from launch.countdown import nominal
from launch.edits import movable
from launch.messages import AskAgain, OpenCheckpoint, PutQuestion, RecordVote
from launch.occurrences import moment_of, next_occurrence
from launch.plan import Checkpoint
from launch.state import Answer, Launch, Status
from launch.words import Words

SHOW = "checkpoint.show"
ANY_QUESTION = PutQuestion(Words(""), (), checkpoint_forms.USUAL)


def listed(launch: Launch, user: str) -> Drawn:
    reader = reader_for(launch, user)
    return drawn(rows(launch, user, reader), reader)


def rows(launch: Launch, user: str, reader: Reader) -> Iterator[Piece]:
    """All in the order of the day; a periodic one where it comes next."""
    yield line(reader._("The checkpoints of {launch}:"), launch=launch_title(launch.plan, reader))
    for point in sorted(launch.checkpoints.values(), key=lambda each: place_of(launch, each)):
        address = str(Address(launch.id, (point.name,)))
        yield Row(label(launch, point, reader), button(reader._("Show"), SHOW, address))
    if launch.status is Status.OPEN and may(ANY_QUESTION, launch, user):
        asking = button(reader._("Ask a question of your own…"), checkpoint_forms.QUESTION, str(Address(launch.id)))
        yield Buttons((asking,))


def place_of(launch: Launch, point: Checkpoint) -> datetime:
    """Where it stands in the day: when it is asked next, else when it was asked last."""
    number, poll = next_occurrence(launch, point), launch.polls.get(point.name)
    return poll.opened_at if poll and number is None else nominal(launch, moment_of(point, number or 0))


def label(launch: Launch, point: Checkpoint, reader: Reader) -> str:
    """On one line: what it waits for, what came of it, or when it comes."""
    seen = newest(launch, point.name) if point.name in launch.polls else None
    number = next_occurrence(launch, point)
    if seen and seen.poll and (seen.is_asking or seen.is_awaited or number is None):
        return how(seen, reader).format(checkpoint=seen.named.called(reader), **facts_of(seen, reader))
    time = when(launch, moment_of(point, number or 0)).written(reader)
    return reader._("{checkpoint}: {time}").format(checkpoint=spoken.called(point, reader), time=time)


def how(seen: Round, reader: Reader) -> str:
    if seen.is_asking:
        return reader._("{checkpoint}: being answered, until {time}")
    if seen.is_awaited:
        return reader._("{checkpoint}: {outcome}, waits for a decision")
    if seen.poll and seen.poll.decision:
        return reader._("{checkpoint}: {outcome}, decided: {decision}")
    return reader._("{checkpoint}: {outcome}")


def facts_of(seen: Round, reader: Reader) -> dict[str, str]:
    made = seen.poll.decision if seen.poll else None
    return {
        "time": reader.clock(answers_end(seen.plan, seen.poll, seen.point.answer), named=True) if seen.poll else "",
        "outcome": outcome(seen, reader).text,
        "decision": spoken.decision(made, seen.kind, reader) if made else "",
    }


# --- one of them -------------------------------------------------------------------------------------------------------


def shown(launch: Launch, user: str, name: str) -> Drawn:
    """What the room knows of it, and for whoever may, what they can do."""
    reader = reader_for(launch, user)
    return drawn(pieces(launch, user, launch.checkpoints[name], reader), reader)


def pieces(launch: Launch, user: str, point: Checkpoint, reader: Reader) -> Iterator[Piece]:
    number = next_occurrence(launch, point)
    seen = newest(launch, point.name) if point.name in launch.polls else planned(launch, point)
    yield Heading(seen.named.heading(reader))
    if seen.poll:
        yield from body(seen, reader)
    if number is not None:
        yield from to_come(launch, seen, number, reader)
    offered = tuple(buttons(launch, user, seen, number, reader))
    if offered:
        yield Buttons(offered)


def to_come(launch: Launch, seen: Round, number: int, reader: Reader) -> Iterator[Piece]:
    """When it is asked next, whom it asks, and how long they have."""
    time = when(launch, moment_of(seen.point, number)).told(reader, with_day=True)
    if seen.poll:
        yield line(reader._("Asked next: {time}."), time=time)
        return
    yield line(reader._("To be asked: {time}."), time=time)
    yield whom(launch, seen, reader)
    yield from question(seen, reader)


def whom(launch: Launch, seen: Round, reader: Reader) -> Line:
    """The roles tier by tier, with whoever is on duty for them now."""
    tiers = [[(role, launch.duty[role].person) for role in tier] for tier in seen.point.tiers]
    first, *others = [seats(seen.plan, tier, reader) for tier in tiers] or [Line(())]
    for tier in others:
        first = line(reader._("{names}; then: {later}"), names=first, later=tier)
    sentence = reader._("Asked, {duration} to answer: {names}") if len(tiers) == 1 else reader._("Asked, {duration} each: {names}")
    return line(sentence, duration=reader.duration(seen.point.answer), names=first)


def buttons(launch: Launch, user: str, seen: Round, number: int | None, reader: Reader) -> Iterator[Block]:
    """Those that make sense now and that this person may use."""
    name, poll = seen.checkpoint, seen.poll
    if launch.status is Status.CLOSED:
        return
    if seen.is_asking and may(RecordVote(name, "", Answer.GO), launch, user):
        yield button(reader._("Record a spoken answer…"), checkpoint_forms.RECORD, decision.address_of(launch.id, seen))
    if number is not None and not seen.is_asking and may(OpenCheckpoint(name), launch, user):
        address = str(Address(launch.id, (name,)))
        yield button(reader._("Ask now"), ASK_NOW, address, confirm=ask_confirm(seen, reader))
        if name in movable(launch):
            yield button(reader._("Move…"), changes.MOVE, address)
    has_begun = decision.dilemma_of(launch, seen, launch.person_of(user) or "").has_begun
    if poll and not poll.is_asking and not has_begun and may(AskAgain(name), launch, user):
        yield decision.again_button(decision.address_of(launch.id, seen), reader)


def ask_confirm(seen: Round, reader: Reader) -> Block:
    count = len(seen.point.tiers[0]) if seen.point.tiers else 0
    text = reader.n("{count} role is asked now, in private.", "{count} roles are asked now, in private.", count).format(count=count)
    name = spoken.called(seen.point, reader)
    return confirm(reader._("Ask {checkpoint} now?").format(checkpoint=name), text, reader._("Ask now"), reader._("Cancel"))
