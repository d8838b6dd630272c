"""The private message in which whoever commands says what a problem means that was not solved in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from bot.views import modals
from bot.views.address import Address
from bot.views.blocks import button, one_line
from bot.views.card import Block, Card, Drawn, Place, Urgency
from bot.views.lines import Buttons, Instant, Line, Piece, Quote, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title, name, reader_of
from bot.views.problems import CLOSE, EXTEND, Entry, ended, entry_of, has_it, touched
from bot.views.ring import ON_LOCK_SCREEN
from launch.messages import Ask
from launch.state import Launch, Problem


@dataclass(frozen=True, slots=True)
class Verdict:
    """A problem in the hands of one person; `is_newest` until it was put to somebody once more."""

    entry: Entry
    person: str
    is_newest: bool
    is_held: bool

    @property
    def is_open(self) -> bool:
        return self.entry.is_open and self.entry.is_asked and self.is_newest


def cards(launch: Launch) -> Iterator[Card]:
    """One for each time that somebody was asked: an edit of the one before would not be seen."""
    for row in launch.problems.values():
        for time, person in enumerate(row.asked, start=1):
            seen = verdict_of(launch, row, person, is_newest=time == len(row.asked))
            yield Card(f"problem:{row.number}:{time}", Place(person), Urgency.ASK, (seen,), partial(draw, seen))


def verdict_of(launch: Launch, row: Problem, person: str, *, is_newest: bool = True) -> Verdict:
    return Verdict(entry_of(launch, row), person, is_newest, launch.hold is not None)


def draw(seen: Verdict) -> Drawn:
    reader = reader_of(seen.entry.plan, seen.person)
    return drawn(pieces(seen, reader), reader)


def pieces(seen: Verdict, reader: Reader) -> Iterator[Piece]:
    """The first line stands on a lock screen."""
    row = seen.entry.problem
    yield question(seen, reader) if seen.is_open else line(reader._("Problem {number}"), number=row.number)
    yield Line((launch_title(seen.entry.plan, reader),))
    yield touched(row, reader) if row.is_open else ended(seen.entry, reader)
    if not seen.is_open or len(str(row.words)) > ON_LOCK_SCREEN:
        yield Quote(row.words)
    if not seen.is_open:
        yield from outcome(seen, reader)
        return
    yield has_it(seen.entry, reader)
    free = reader._("A hold stops T at once, and the room is told why. With more time you are asked again when it is over.")
    held = reader._("T stands still already. With more time you are asked again when it is over.")
    yield line(held if seen.is_held else free)
    yield Buttons(tuple(buttons(seen, reader)))


def question(seen: Verdict, reader: Reader) -> Line:
    words = one_line(str(seen.entry.problem.words), ON_LOCK_SCREEN)
    return line(reader._("🔴 Not solved in time: {words}. What does it mean for the launch?"), words=Strong(words))


def wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    """The same question on somebody's Home."""
    seen = verdict_of(launch, launch.problems[int(ask.subject.removeprefix("problem:"))], ask.person)
    yield question(seen, reader)
    yield Buttons(tuple(buttons(seen, reader)))


def buttons(seen: Verdict, reader: Reader) -> Iterator[Block]:
    if not seen.is_held:
        yield button(reader._("Hold…"), modals.HOLD, str(Address(seen.entry.launch)), style="danger")
    yield button(reader._("Give it more time…"), EXTEND, seen.entry.address)
    yield button(reader._("Close…"), CLOSE, seen.entry.address)


def outcome(seen: Verdict, reader: Reader) -> Iterator[Piece]:
    """What was made of it, once there is nothing to press."""
    row, plan = seen.entry.problem, seen.entry.plan
    if row.outcome:
        yield line(reader._("What came of it:"))
        yield Quote(row.outcome)
    elif seen.entry.is_closed:
        yield line(reader._("The launch was closed with this problem open."))
    elif not seen.is_newest:
        yield line(reader._("It was put to {person} once more since: a newer message asks."), person=name(plan, row.asked[-1]))
    elif row.is_overdue:
        yield line(reader._("T stands still, by decision of whoever commands. If it is open when T runs again, they are asked again."))
    elif row.decide_by:
        yield line(reader._("It has more time. Whoever commands is asked again: {time}."), time=Instant(row.decide_by))
    else:
        yield line(reader._("There is nothing to decide as long as no customer notices it."))
