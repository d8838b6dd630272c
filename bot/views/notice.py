"""How a notice is made: for the room in its language, for a person in theirs, marked when it comes late."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from bot.views.card import ROOM, Notice, Place, Urgency
from bot.views.lines import Instant, Line, Piece, drawn, line
from bot.views.locale import Reader
from bot.views.people import reader_of, room_reader
from launch.authority import commanding
from launch.messages import Fact
from launch.state import Launch

LATE = timedelta(seconds=60)


def in_room(fact: Fact, launch: Launch, *pieces: Piece) -> Notice:
    """A post of its own in the room; the pieces are in the room's language."""
    reader = room_reader(launch.plan)
    return Notice(ROOM, Urgency.ROOM, drawn([*pieces, *late(fact, reader)], reader))


def to_person(fact: Fact, launch: Launch, person: str, *pieces: Piece, urgency: Urgency = Urgency.ASK) -> Notice:
    """A private message; the pieces are in the person's language."""
    reader = reader_of(launch.plan, person)
    return Notice(Place(person), urgency, drawn([*pieces, *late(fact, reader)], reader))


def is_reachable(launch: Launch, person: str | None) -> bool:
    """Whether somebody has an account to be written to."""
    member = launch.members.get(person or "")
    return bool(member and member.user and member.is_active)


def reachable_commander(launch: Launch) -> list[str]:
    """The first of those in command who can be written to; nobody, when none can."""
    return [person for person in commanding(launch) if is_reachable(launch, person)][:1]


def to_command(fact: Fact, launch: Launch, say: Callable[[Reader], Piece]) -> Notice:
    """To whoever commands, in private; to the room when none of them can be written to."""
    person = next(iter((*reachable_commander(launch), *(each for each in commanding(launch) if is_awaited(launch, each)))), None)
    if person is None:
        return in_room(fact, launch, say(room_reader(launch.plan)))
    return to_person(fact, launch, person, say(reader_of(launch.plan, person)))


def is_awaited(launch: Launch, person: str) -> bool:
    """Whether Slack has still to say who somebody is. Where it refuses to find people by mail, that is not waited for."""
    named = launch.plan.people.get(person)
    return bool(named and person not in launch.members and (named.slack or (named.mail and "find_person" not in launch.lacks)))


def late(fact: Fact, reader: Reader) -> Iterator[Line]:
    """What fell in a gap of ours says so."""
    if fact.due_at and fact.at - fact.due_at > LATE:
        yield line(reader._("Late: this was due {time}."), time=Instant(fact.due_at, with_day=True))
