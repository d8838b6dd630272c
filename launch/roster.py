"""Who is on duty. The plan says who should be; `duty` in the state is who is on the hook, moved by events at shift edges."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from launch.messages import Actor, Deadline, DutyMoved, Event, Fact, ShiftTurned, TurnShift
from launch.plan import Plan, Shift
from launch.state import Asked, Duty, Launch


def rostered(plan: Plan, role: str, at: datetime) -> tuple[Shift | None, tuple[str, ...]]:
    """The shift in which the plan has people for `role` at `at`, and those people, primary first; (None, ()) in a gap.

    Before a role's first shift, what is asked of it goes to the people of that shift.
    """
    shifts = [shift for shift in plan.shifts if shift.holders.get(role)]
    if not shifts:
        return None, ()
    first = min(shifts, key=lambda shift: shift.starts)
    shift = first if at < first.starts else next((s for s in shifts if s.starts <= at < s.ends), None)
    return (shift, shift.holders[role]) if shift else (None, ())


def duty_at(launch: Launch, role: str, at: datetime) -> Duty:
    """Who should be on the hook at `at`: the first of the shift who can be asked."""
    shift, holders = rostered(launch.plan, role, at)
    there = [person for person in holders if is_there(launch, person)]
    return Duty(role, there[0] if there else None, tuple(there[1:]), shift.name if shift else None, at)


def is_there(launch: Launch, person: str) -> bool:
    """Whether somebody can be on the hook: not if their account is gone, or if Slack was asked for them and knows nobody."""
    member = launch.members.get(person)
    return member is None or (member.is_active and member.user is not None)


def edges(plan: Plan) -> list[datetime]:
    """Every instant at which some shift begins or ends, in order."""
    return sorted({edge for shift in plan.shifts for edge in (shift.starts, shift.ends)})


def turn_shift(command: TurnShift, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """At an edge of the plan, duty passes to whoever is rostered from there."""
    if launch.edge_at and command.edge <= launch.edge_at:
        return []
    return [ShiftTurned(command.edge), *moves(launch, command.edge)]


def moves(launch: Launch, at: datetime) -> list[Event]:
    """What changes on the hook when the roster of the instant `at` takes effect."""
    found: list[Event] = []
    for role in launch.plan.roles:
        now, then = launch.duty.get(role), duty_at(launch, role, at)
        is_new = now is None or (now.person, now.shift) != (then.person, then.shift)
        if is_new or (now and now.deputies != then.deputies):
            found.append(DutyMoved(role, then.person, then.deputies, then.shift, is_new))
    return found


def moves_of(before: Launch, after: Launch, person: str, at: datetime) -> list[Event]:
    """The same, when all that changed is what is known of one person."""
    return moves(after, at) if is_there(before, person) != is_there(after, person) else []


def turned(launch: Launch, fact: Fact, event: ShiftTurned) -> Launch:
    return replace(launch, edge_at=event.edge)


def moved(launch: Launch, fact: Fact, event: DutyMoved) -> Launch:
    """The new holder takes over what is still being asked of the role."""
    duty = Duty(event.role, event.person, event.deputies, event.shift, fact.at)
    launch = replace(launch, duty={**launch.duty, event.role: duty})
    asked = dict(launch.asked)
    for poll in launch.polls.values():
        if poll.is_asking and event.person and event.role in launch.silent(poll):
            row = Asked(poll.checkpoint, poll.round, event.role, event.person, fact.at)
            asked.setdefault(row.key, row)
    return replace(launch, asked=asked) if len(asked) > len(launch.asked) else launch


def due(launch: Launch) -> Iterator[Deadline]:
    """The next shift edge."""
    ahead = (edge for shift in launch.plan.shifts for edge in (shift.starts, shift.ends) if launch.edge_at is None or edge > launch.edge_at)
    if edge := min(ahead, default=None):
        yield Deadline("shift", edge, TurnShift(edge))
