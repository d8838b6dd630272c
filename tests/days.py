"""A launch day told with values: a small plan, its people, and `play`, which does in memory what the door does with rows.

The night of the stories: T-0 is 04:30 in Paris (03:30 UTC), the night shift lasts from T-6h30 to T+1h30, the day shift eight hours more;
"final" is asked at T-45m and stands before the step "dns" at T-30m; "shops" is asked at a fixed hour, 08:45, and guards nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from launch import game
from launch.authority import authorise, role_of
from launch.birth import written
from launch.messages import CLOCK, SHELL, SLACK, Actor, Command, Deadline, DraftUpdate, Event, Fact, FindMember, PlanLaunch, Refused, Then
from launch.plan import Audience, Checkpoint, Limits, Moment, Person, Plan, Role, Room, Series, Shift, Step, Title
from launch.state import Launch, Situation
from launch.words import Words

T0 = datetime(2027, 3, 16, 3, 30, tzinfo=UTC)
EventT = TypeVar("EventT", bound=Event)
Script = Iterable[tuple[datetime, Actor, Command]]


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def t(number: float) -> datetime:
    """The instant so many minutes after (before, if negative) the T-0 of the plan."""
    return T0 + minutes(number)


def words(text: str) -> Words:
    return Words.typed(text, "salt")


def user_of(person: str) -> str:
    return f"U{person.upper()}"


def actor(person: str) -> Actor:
    return Actor("person", user_of(person))


TEAM = "T1"
BORN, ROOM, SHOPS, NIGHT, DAY, END = t(-24 * 60), t(-570), t(255), t(-390), t(90), t(570)

CLAIRE, DANIEL = actor("claire"), actor("daniel")  # commander and deputy of the night
HUGO = actor("hugo")  # commander of the day
SAMIRA, CAMILLE, THEO = actor("samira"), actor("camille"), actor("theo")  # application: night, its secondary, day
INES, KEVIN = actor("ines"), actor("kevin")  # database: night, its secondary
NADIA = actor("nadia")  # qa, at night only
JULIE = actor("julie")  # comms, advisory: night, and secondary of the day
ELIF = actor("elif")  # vendor, a guest
STRANGER = actor("stranger")

NAMES = "claire daniel hugo meera samira camille theo priya ines kevin paul anil nadia julie sophie olivier"
PEOPLE = {key: Person(key, key.title(), "Europe/Paris", "fr", mail=f"{key}@corvane.example") for key in NAMES.split()} | {
    "elif": Person("elif", "Elif", "Europe/Paris", "en", mail="elif@keyline.example", guest=True),
    "hotline": Person("hotline", "Keyline hotline", "Europe/Paris", "en"),
}


def a_role(key: str, **fields: Any) -> Role:
    return Role(key, Title({"": key.title()}), **fields)


ROLES = {
    role.key: role
    for role in (
        a_role("commander", decides=True),
        a_role("application", blocking=True, aliases=("app",)),
        a_role("database", blocking=True, aliases=("db", "bdd")),
        a_role("qa", blocking=True, absent=("day",)),
        a_role("comms"),
        a_role("vendor", standby=True),
    )
}


def a_shift(name: str, starts: datetime, ends: datetime, **holders: str) -> Shift:
    """`application="samira camille"`: primary first."""
    return Shift(name, "Europe/Paris", starts, ends, {role: tuple(people.split()) for role, people in holders.items()})


ON_NIGHT = {"commander": "claire daniel", "application": "samira camille", "database": "ines kevin", "qa": "nadia", "comms": "julie sophie"}
ON_DAY = {"commander": "hugo meera", "application": "theo priya", "database": "paul anil", "comms": "olivier julie"}
SHIFTS = (a_shift("night", NIGHT, DAY, **ON_NIGHT, vendor="elif hotline"), a_shift("day", DAY, END, **ON_DAY, vendor="hotline elif"))


CUSTOMERS = Audience("customers", Title({"fr": "Clients", "en": "Customers"}), ("comms", "commander"), "clients", ("fr",))
STAFF = Audience("staff", Title({"fr": "Magasins", "en": "Shops"}), ("comms",), "C0STAFF", ("fr", "en"))


def moment(when: datetime | float) -> Moment:
    """A number is minutes from T-0 and moves with it, an instant does not."""
    return Moment(at=when) if isinstance(when, datetime) else Moment(offset=minutes(when))


def a_checkpoint(name: str, when: datetime | float, ask: str, *, answer: float = 10, before: str | None = None) -> Checkpoint:
    """`ask="application database, qa"`: two tiers."""
    return Checkpoint(name, moment(when), tuple(tuple(tier.split()) for tier in ask.split(",")), minutes(answer), before)


def every(span: float, checkpoint: Checkpoint, until: datetime | float) -> Checkpoint:
    """The same again and again, so many minutes apart."""
    return replace(checkpoint, series=Series(minutes(span), moment(until)))


def a_step(key: str, when: datetime | float, owner: str = "application") -> Step:
    return Step(key, Title({"": key}), owner, moment(when))


FINAL = a_checkpoint("final", -45, "application database comms", before="dns")
SHOPS_OPEN = a_checkpoint("shops", SHOPS, "application comms", answer=15)
DNS = a_step("dns", -30)


def a_plan(*checkpoints: Checkpoint, key: str = "corvane", steps: Iterable[Step] = (DNS,), **changes: Any) -> Plan:
    """The plan of the night; named checkpoints take the place of "final" and "shops"."""
    fields: dict[str, Any] = {
        "name": Title({"": key.title()}),
        "language": "fr",
        "zone": "Europe/Paris",
        "t0": T0,
        "room": Room(moment(ROOM)),
        "people": PEOPLE,
        "roles": ROLES,
        "shifts": SHIFTS,
        "checkpoints": {each.name: each for each in checkpoints or (FINAL, SHOPS_OPEN)},
        "cutover": {step.id: step for step in steps},
        "limits": Limits(hold=minutes(40), grace=minutes(2)),
        "audiences": {each.key: each for each in (CUSTOMERS, STAFF)},
    }
    return Plan(key=key, **fields | changes)


def a_launch(plan: Plan | None = None, at: datetime = BORN, *, found: bool = True) -> Launch:
    """A launch planned at `at`; unless `found` is False, Slack has told who everybody is."""
    plan = plan or a_plan()
    launch = born(PlanLaunch(1, words(written(plan))), plan.key, at)
    people = [person for person in plan.people.values() if person.mail or person.slack]
    return play(launch, [(at, SLACK, found_as(person.key, is_guest=person.guest)) for person in people]).launch if found else launch


def born(command: PlanLaunch, key: str, at: datetime) -> Launch:
    (event,) = game.bear(command, None, SHELL, at, TEAM, key)
    assert isinstance(event, Event)
    return as_launch(game.evolve(None, Fact(1, at, SHELL, event)))


def an_update(text: str = "Nous cherchons.", audience: str = "customers", *, next_at: datetime | None = None) -> DraftUpdate:
    """A draft in French; of an audience that reads English too, in both."""
    english = words("We are looking into it.") if audience == "staff" else None
    return DraftUpdate(audience, Situation.INVESTIGATING, english, words(text), next_at)


def found_as(person: str, *, is_active: bool = True, is_guest: bool = False) -> FindMember:
    return FindMember(person, user_of(person), is_active, is_guest)


# --- playing one launch ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    """A launch and what happened to it since the story began."""

    launch: Launch
    facts: tuple[Fact, ...] = ()

    @property
    def events(self) -> list[Event]:
        return [fact.event for fact in self.facts]

    def told(self, kind: type[EventT]) -> list[EventT]:
        """The events of one kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    def fact(self, kind: type[Event]) -> Fact:
        """The newest fact of one kind."""
        return next(fact for fact in reversed(self.facts) if isinstance(fact.event, kind))


def play(start: Launch | Day, script: Script) -> Day:
    """Each command at its instant, after all that the clock had to do until then, done on time."""
    day = started(start)
    for at, by, command in script:
        day = perform(wait(day, at), at, by, command)
    return day


def wait(start: Launch | Day, until: datetime) -> Day:
    """Nobody speaks until then; the clock does what is due, each thing at its instant."""
    return run_clock(started(start), until, lambda deadline: deadline.at)


def wake(start: Launch | Day, at: datetime) -> Day:
    """The program was down and starts at `at`: what fell in the gap is done now, in the order it should have come."""
    return run_clock(started(start), at, lambda _: at)


def refused(start: Launch | Day, at: datetime, by: Actor, command: Command) -> str:
    """The code of the no; the clock did its part before."""
    return refusal(start, at, by, command).code


def refusal(start: Launch | Day, at: datetime, by: Actor, command: Command) -> Refused:
    """The no with its facts."""
    with pytest.raises(Refused) as no:
        perform(wait(start, at), at, by, command)
    return no.value


def started(start: Launch | Day) -> Day:
    return Day(start) if isinstance(start, Launch) else start


def run_clock(day: Day, until: datetime, at_of: Callable[[Deadline], datetime]) -> Day:
    """A deadline that stays due after it was performed would keep a real clock busy for ever: here it fails."""
    while overdue := [deadline for deadline in game.due(day.launch).values() if deadline.at <= until]:
        deadline: Deadline = min(overdue, key=lambda one: one.at)
        day = perform(day, at_of(deadline), CLOCK, deadline.command, due_at=deadline.at)
        assert game.due(day.launch).get(deadline.key) != deadline, f"still due: {deadline}"
    return day


def perform(day: Day, at: datetime, by: Actor, command: Command, due_at: datetime | None = None) -> Day:
    """One command through authority, decision and folding."""
    authorise(command, day.launch, by)
    at = max(at, day.launch.last_at)
    return fold(day, at, by, game.decide(command, day.launch, by, at), due_at)


def fold(day: Day, at: datetime, by: Actor, events: Iterable[Event | Then], due_at: datetime | None = None) -> Day:
    launch, facts, role = day.launch, list(day.facts), role_of(day.launch, by)
    for event in events:
        assert isinstance(event, Event), f"only the house sends commands on: {event}"
        facts.append(Fact(launch.seq + 1, at, by, event, due_at, role))
        launch = as_launch(game.evolve(launch, facts[-1]))
    return Day(launch, tuple(facts))


def as_launch(value: game.Value) -> Launch:
    assert isinstance(value, Launch)
    return value
