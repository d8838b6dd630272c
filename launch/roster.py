"""Who is on duty. The plan says who should be; `duty` in the state is who is on the hook, moved by events at shift edges."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from launch.authority import commanding
from launch.messages import Deadline, DutyMoved, Event, Fact, ShiftTurned, TurnShift
from launch.plan import Plan, Shift
from launch.state import Asked, Decider, Duty, Launch


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
    """Who should be on the hook at `at` by the plan: the first of the shift who can be asked."""
    return duty_in(launch, role, rostered(launch.plan, role, at)[0], at)


def duty_in(launch: Launch, role: str, shift: Shift | None, at: datetime) -> Duty:
    """Who is on the hook in a shift: whoever accepted it, else the first who can be asked; then those who replace them."""
    if shift is None:
        return Duty(role, None, (), None, at)
    row = launch.handovers.get((role, shift.name))
    order = dict.fromkeys((*filter(None, (row.accepted_by if row else None,)), *shift.holders.get(role, ())))
    there = [person for person in order if is_there(launch, person)]
    return Duty(role, there[0] if there else None, tuple(there[1:]), shift.name, at)


def is_there(launch: Launch, person: str) -> bool:
    """Whether somebody can be on the hook: not if their account is gone, or if Slack was asked for them and knows nobody."""
    member = launch.members.get(person)
    return member is None or (member.is_active and member.user is not None)


def edges(plan: Plan) -> list[datetime]:
    """Every instant at which some shift begins or ends, in order."""
    return sorted({edge for shift in plan.shifts for edge in (shift.starts, shift.ends)})


def is_in_slack(launch: Launch, person: str) -> bool:
    """Whether a message will reach somebody: not one whom Slack does not know, or who has no account at all."""
    member, known = launch.members.get(person), launch.plan.people.get(person)
    if member is None:
        return known is not None and bool(known.mail or known.slack)
    return member.is_active and member.user is not None


def shift_named(plan: Plan, name: str | None) -> Shift | None:
    return next((shift for shift in plan.shifts if shift.name == name), None)


def edge_ahead(launch: Launch) -> datetime | None:
    """The next shift edge that has not been turned."""
    ahead = (edge for shift in launch.plan.shifts for edge in (shift.starts, shift.ends) if launch.edge_at is None or edge > launch.edge_at)
    return min(ahead, default=None)


def is_ahead(launch: Launch, role: str, edge: datetime) -> bool:
    """Whether a role was accepted for a shift that begins after `edge`: it is not given back before."""
    return any(row.accepted_by and row.role == role and row.edge > edge for row in launch.handovers.values())


def refreshed(launch: Launch, role: str, at: datetime) -> Duty:
    """Who is on the hook when what is known of people has changed: still in the shift that holds the role.

    After the end of that shift it is held only by whoever did not hand over; without them it is the next shift's.
    """
    edge, now = launch.edge_at or at, launch.duty[role]
    shift = rostered(launch.plan, role, edge)[0]
    kept = duty_in(launch, role, shift_named(launch.plan, now.shift), at)
    is_theirs = is_ahead(launch, role, edge) or (shift is not None and kept.person == now.person)
    return kept if is_theirs else duty_in(launch, role, shift, at)


def moves(launch: Launch, at: datetime) -> list[Event]:
    """What changes on the hook when the roster of the instant `at` takes effect."""
    return changes(launch, {role: duty_at(launch, role, at) for role in launch.plan.roles})


def moves_of(before: Launch, after: Launch, person: str, at: datetime) -> list[Event]:
    """What changes on the hook when all that changed is what is known of one person."""
    if is_there(before, person) == is_there(after, person):
        return []
    return changes(after, {role: refreshed(after, role, at) for role in after.plan.roles})


def changes(launch: Launch, wanted: Mapping[str, Duty]) -> list[Event]:
    """How the hook comes to be as `wanted`, by role."""
    return [event for role, duty in wanted.items() if (event := moved_to(launch.duty.get(role), duty))]


def moved_to(now: Duty | None, then: Duty) -> DutyMoved | None:
    """The move from one holding of a role to another, if anything differs."""
    is_new = now is None or (now.person, now.shift) != (then.person, then.shift)
    if not is_new and now and now.deputies == then.deputies:
        return None
    return DutyMoved(then.role, then.person, then.deputies, then.shift, is_new)


def turned(launch: Launch, fact: Fact, event: ShiftTurned) -> Launch:
    return replace(launch, edge_at=event.edge)


def moved(launch: Launch, fact: Fact, event: DutyMoved) -> Launch:
    """The new holder takes over what is still being asked of the role; a new commander also what is undecided."""
    duty = Duty(event.role, event.person, event.deputies, event.shift, fact.at)
    launch = replace(launch, duty={**launch.duty, event.role: duty})
    asked, deciders = dict(launch.asked), dict(launch.deciders)
    for poll in launch.polls.values():
        if poll.is_asking and event.person and event.role in launch.silent(poll):
            row = Asked(poll.checkpoint, poll.round, event.role, event.person, fact.at)
            asked.setdefault(row.key, row)
        if event.role == launch.plan.commander and not poll.is_asking and not poll.may_proceed:
            for person in commanding(launch):
                decider = Decider(poll.checkpoint, poll.round, person, fact.at)
                deciders.setdefault(decider.key, decider)
    return replace(launch, asked=asked, deciders=deciders)


def due(launch: Launch) -> Iterator[Deadline]:
    """The next shift edge."""
    if edge := edge_ahead(launch):
        yield Deadline("shift", edge, TurnShift(edge))
