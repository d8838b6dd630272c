"""A hold that has lasted as long as agreed: whoever commands is asked in private what is to become of it. It never ends by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from bot.views import clock
from bot.views.address import Address
from bot.views.card import Block, Card, Drawn, Place, Urgency
from bot.views.countdown import lasted, step_of, why_still
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title, name, reader_of
from launch.messages import Ask
from launch.plan import Plan
from launch.state import Hold, Launch, Milestone, Reached, Status


@dataclass(frozen=True, slots=True)
class Overrun:
    """The question about a hold, as it was put for the time `place`; the last time counts. T stands before the step of `undecided`."""

    plan: Plan
    launch: str
    hold: Hold
    place: int
    undecided: str | None
    back: Milestone | None
    is_closed: bool

    @property
    def person(self) -> str:
        return self.hold.asked[self.place]

    @property
    def is_last(self) -> bool:
        return self.place == len(self.hold.asked) - 1


def cards(launch: Launch) -> Iterator[Card]:
    for hold in launch.holds.values():
        for place, person in enumerate(hold.asked):
            seen = overrun(launch, hold, place)
            yield Card(f"overrun:{hold.number}:{place + 1}", Place(person), Urgency.ASK, (seen,), partial(draw, seen))


def overrun(launch: Launch, hold: Hold, place: int) -> Overrun:
    stands_at = clock.undecided(launch) if hold.ended_at is None else None
    back, is_closed = launch.milestones.get(Reached.TURNED_BACK), launch.status is Status.CLOSED
    return Overrun(launch.plan, launch.id, hold, place, stands_at, back, is_closed)


def draw(seen: Overrun) -> Drawn:
    reader = reader_of(seen.plan, seen.person)
    return drawn(pieces(seen, reader), reader)


def pieces(seen: Overrun, reader: Reader) -> Iterator[Piece]:
    yield Heading(reader._("The hold is at its limit"))
    yield Line((launch_title(seen.plan, reader),))
    if ending := end(seen, reader):
        yield ending
        return
    yield from why_still(seen.plan, seen.hold, reader)
    yield asked(seen, reader)
    yield from before_step(seen, reader)
    yield Buttons(tuple(buttons(seen, reader)))


def end(seen: Overrun, reader: Reader) -> Line | None:
    """What came of it; None while it is asked."""
    hold = seen.hold
    if hold.ended_at:
        sentence = reader._("{person} let T run again: {time}.")
        return line(sentence, person=name(seen.plan, hold.ended_by), time=Instant(hold.ended_at, with_day=True))
    if seen.back:
        sentence = reader._("Rolled back, decided by {person}: {time}.")
        return line(sentence, person=name(seen.plan, seen.back.person), time=Instant(seen.back.at, with_day=True))
    if seen.is_closed:
        return line(reader._("The launch was closed while T stood still."))
    if not hold.is_overrun:
        return line(reader._("The hold goes on until {time} at most."), time=Instant(hold.called_at + hold.limit, with_day=True))
    if not seen.is_last:
        return line(reader._("It was asked anew since: {person} decides."), person=name(seen.plan, hold.asked[-1]))
    return None


def asked(seen: Overrun, reader: Reader) -> Line:
    sentence = reader._("The hold has lasted as long as agreed ({duration}). What now?")
    return line(sentence, duration=Strong(reader.duration(lasted(seen.hold))))


def before_step(seen: Overrun, reader: Reader) -> Iterator[Line]:
    """Where resuming is not what lets T run."""
    if seen.undecided:
        sentence = reader._("T runs again with the decision on {checkpoint}, before “{step}”: give it in the message about {checkpoint}.")
        yield line(sentence, checkpoint=Strong(seen.undecided), step=step_of(seen.plan, seen.undecided, reader))


def buttons(seen: Overrun, reader: Reader) -> Iterator[Block]:
    address = Address(seen.launch, ("overrun", str(seen.hold.number)))
    if seen.undecided is None:
        yield clock.resume(address, reader)
    yield clock.extend(address, reader)
    yield clock.turn_back(address, reader)


def wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    """The same question on somebody's Home."""
    hold = launch.holds[int(ask.subject.partition(":")[2])]
    seen = overrun(launch, hold, len(hold.asked) - 1)
    yield asked(seen, reader)
    yield from before_step(seen, reader)
    yield Buttons(tuple(buttons(seen, reader)))
