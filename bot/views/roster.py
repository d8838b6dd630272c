"""Who is on duty: said to whoever comes on, listed for whoever asks."""

from collections.abc import Iterator
from datetime import datetime

from bot.views.card import Drawn, Notice
from bot.views.lines import Instant, Line, Strong, drawn, line, listed
from bot.views.locale import Reader
from bot.views.notice import is_reachable, to_person
from bot.views.people import launch_title, name, reader_of, role_title
from bot.views.tables import Table
from launch.handover import entry, is_open
from launch.messages import DutyMoved, Fact
from launch.plan import Plan
from launch.state import Duty, Launch, Status


def duty_moved(fact: Fact, event: DutyMoved, launch: Launch) -> Iterator[Notice]:
    """Whoever comes on duty hears it, and nobody else; not before there is a room to come to, and nobody on standby."""
    if launch.status is not Status.OPEN or launch.plan.roles[event.role].is_on_standby(event.shift):
        return
    if event.person is None or not event.is_new or not is_reachable(launch, event.person) or has_just_accepted(fact, event, launch):
        return
    plan, reader = launch.plan, reader_of(launch.plan, event.person)
    title, role = launch_title(plan, reader), Strong(role_title(plan, event.role, reader))
    if ends := ends_at(plan, event.shift):
        sentence = reader._("{launch}: you are on duty for {role} until {time}.")
        yield to_person(fact, launch, event.person, line(sentence, launch=title, role=role, time=Instant(ends, with_day=True)))


def has_just_accepted(fact: Fact, event: DutyMoved, launch: Launch) -> bool:
    """Whether they took the role themselves just now: the message in which they did says so."""
    row = entry(launch, event.role, event.shift)
    return row is not None and (row.accepted_by, row.accepted_at) == (event.person, fact.at)


def ends_at(plan: Plan, shift: str | None) -> datetime | None:
    return next((each.ends for each in plan.shifts if each.name == shift), None)


def gaps(launch: Launch) -> tuple[str, ...]:
    """The roles that nobody holds though the plan did not say so. Standby roles are reached when they are paged."""
    return tuple(row.role for row in launch.duty.values() if row.person is None and not is_expected(launch, row.role))


def is_expected(launch: Launch, role: str) -> bool:
    """Whether the plan itself leaves a role empty now, or on standby."""
    known, at = launch.plan.roles[role], launch.edge_at
    now = [shift.name for shift in launch.plan.shifts if at and shift.starts <= at < shift.ends]
    return known.is_on_standby(launch.duty[role].shift) or any(shift in known.absent for shift in now)


def who(launch: Launch, reader: Reader, role: str | None = None) -> Drawn:
    """Everybody on the hook now, or one role."""
    rows = [row for row in launch.duty.values() if role in (None, row.role)]
    title = line(reader._("On duty for {launch}:"), launch=Strong(launch_title(launch.plan, reader)))
    cells = tuple(on_duty(launch, row, reader) for row in sorted(rows, key=lambda row: row.person is not None))
    return drawn([title, Table(heads(reader), cells)], reader)


def heads(reader: Reader) -> tuple[str, str, str]:
    return reader._("Role"), reader._("On duty"), reader._("Until")


def on_duty(launch: Launch, row: Duty, reader: Reader) -> tuple[Line, Line, Line]:
    """A role, who has it and who replaces them, and until when."""
    role, nobody = Strong(role_title(launch.plan, row.role, reader)), Line(("–",))
    if row.person is None:
        return Line((role,)), Line((reader._("nobody, as planned") if is_expected(launch, row.role) else reader._("🔴 nobody"),)), nobody
    who, ends = Line((known_as(launch, row.person, reader),)), ends_at(launch.plan, row.shift)
    if row.deputies:
        deputies = listed([known_as(launch, each, reader) for each in row.deputies], reader)
        who = line(reader._("{person}; then {deputies}"), person=who, deputies=deputies)
    return Line((role,)), who, handing_over(launch, row, Line((Instant(ends, with_day=True),)) if ends else nobody, reader)


def handing_over(launch: Launch, row: Duty, until: Line, reader: Reader) -> Line:
    """Until when; and the next shift that is to take the role over and has not yet."""
    pending = next((each for each in launch.handovers.values() if each.role == row.role and is_open(launch, each)), None)
    if pending is None:
        return until
    person = known_as(launch, pending.incoming, reader) if pending.incoming else reader._("nobody who can be asked")
    ahead = reader._("{until}, then {person}: not accepted yet")
    past = reader._("{until}. 🔴 That shift is over; {person} has not accepted yet")
    is_over = launch.edge_at is not None and pending.edge <= launch.edge_at
    return line(past if is_over else ahead, until=until, person=person)


def known_as(launch: Launch, person: str, reader: Reader) -> str:
    """A name, and whether Slack reaches its bearer."""
    plain = name(launch.plan, person)
    return plain if is_reachable(launch, person) else reader._("{person} (not in Slack)").format(person=plain)
