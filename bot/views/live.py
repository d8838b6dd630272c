"""T-0: whoever commands is asked in private whether customers are in. What is told of it once: live, or turned back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bot.views import clock
from bot.views.address import Address
from bot.views.card import Card, Drawn, Notice, Place, Urgency
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Quote, drawn, line
from bot.views.locale import Reader
from bot.views.no import No
from bot.views.notice import in_room
from bot.views.people import launch_title, name, reader_of, role_title, room_reader
from launch.messages import Ask, Fact, MilestoneReached
from launch.plan import Plan
from launch.state import Hold, Launch, Milestone, Reached, Status


@dataclass(frozen=True, slots=True)
class AtZero:
    """The question whether it is live, as it was put for the time `place`; the last time counts. `said` is what came of it."""

    plan: Plan
    launch: str
    t_zero: Milestone
    place: int
    said: Milestone | None
    hold: Hold | None
    is_closed: bool

    @property
    def person(self) -> str:
        return self.t_zero.asked[self.place]

    @property
    def is_theirs(self) -> bool:
        return self.place == len(self.t_zero.asked) - 1


def cards(launch: Launch) -> Iterator[Card]:
    if t_zero := launch.milestones.get(Reached.T_ZERO):
        for place, person in enumerate(t_zero.asked):
            seen = at_zero(launch, t_zero, place)
            yield Card(f"live:{place + 1}", Place(person), Urgency.ASK, (seen,), partial(draw, seen))


def at_zero(launch: Launch, t_zero: Milestone, place: int) -> AtZero:
    said = launch.milestones.get(Reached.TURNED_BACK) or launch.milestones.get(Reached.LIVE)
    return AtZero(launch.plan, launch.id, t_zero, place, said, launch.hold, launch.status is Status.CLOSED)


def draw(seen: AtZero) -> Drawn:
    reader = reader_of(seen.plan, seen.person)
    return drawn(pieces(seen, reader), reader)


def pieces(seen: AtZero, reader: Reader) -> Iterator[Piece]:
    yield Heading(reader._("T-0. Are customers in?"))
    yield line(reader._("{launch}: T-0 was {time}."), launch=launch_title(seen.plan, reader), time=Instant(seen.t_zero.at, with_day=True))
    if ending := end(seen, reader):
        yield ending
        return
    yield line(reader._("Press “We are live” once they are: the room is told then, and not before."))
    yield buttons(seen.launch, reader)


def end(seen: AtZero, reader: Reader) -> Line | None:
    """Why there is nothing to press."""
    if seen.said:
        live, back = reader._("Live since {time}: said by {person}."), reader._("Rolled back, decided by {person}: {time}.")
        sentence = live if seen.said.reached is Reached.LIVE else back
        return line(sentence, time=Instant(seen.said.at, with_day=True), person=name(seen.plan, seen.said.person))
    if seen.is_closed:
        return line(reader._("The launch was closed before anybody said so."))
    if not seen.is_theirs:
        return line(reader._("{person} commands now, and is asked instead."), person=name(seen.plan, seen.t_zero.asked[-1]))
    if seen.hold:
        return line(reader._("T stands still since {time}. You are asked again here once it runs."), time=Instant(seen.hold.began_at))
    return None


def wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    """The same question on somebody's Home."""
    sentence = reader._("T-0 was {time}. Are customers in?")
    yield line(sentence, time=Instant(launch.milestones[Reached.T_ZERO].at, with_day=True))
    yield buttons(launch.id, reader)


def buttons(launch: str, reader: Reader) -> Buttons:
    address = Address(launch, ("live",))
    return Buttons((clock.live(address, reader), clock.hold(address, reader)))


# --- what is said once -------------------------------------------------------------------------------------------------


def reached(fact: Fact, event: MilestoneReached, launch: Launch) -> Iterator[Notice]:
    """One post each. At T-0 whoever commands is asked in private."""
    reader, person = room_reader(launch.plan), name(launch.plan, event.person)
    match event.reached:
        case Reached.LIVE:
            yield in_room(fact, launch, line(reader._("🟢 Live since {time} – {person}"), time=Instant(fact.at), person=person))
        case Reached.TURNED_BACK:
            yield in_room(fact, launch, *turned_back(event, launch, person, reader))


def turned_back(event: MilestoneReached, launch: Launch, person: str, reader: Reader) -> Iterator[Piece]:
    yield line(reader._("🔴 The launch rolls back: decided by {person}."), person=person)
    if event.reason:
        yield Quote(event.reason)
    sentence = reader._("T stands still for good, and the clock asks for no more answers. Now the rollback plan counts, led by: {role}.")
    yield line(sentence, role=role_title(launch.plan, launch.plan.commander, reader))


# --- every no ----------------------------------------------------------------------------------------------------------


def held_still(no: No) -> str:
    return no.say(no._("T stands still since {since}: let it run again first, with /launch resume."))


def before_t_zero(no: No) -> str:
    return no.say(no._("T-0 is still to come: {t0}. Live can be said from then on."))


def already_live(no: No) -> str:
    return no.say(no._("{person} has said so already: live since {since}."), person=no.person(no.facts["person"]))


def turned_back_already(no: No) -> str:
    sentence = no._("The launch rolls back, decided by {person}: {since}. T does not run again. What is done now, /launch note keeps.")
    return no.say(sentence, person=no.person(no.facts["person"]))


NOES: dict[str, Callable[[No], str]] = {
    "held_still": held_still,
    "before_t_zero": before_t_zero,
    "already_live": already_live,
    "turned_back": turned_back_already,
}
