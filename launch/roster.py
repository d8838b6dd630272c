"""Who is on duty. The plan says who should be; `duty` in the state is who is on the hook, moved by events at shift edges."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from launch.authority import commanding
from launch.countdown import asked_anew
from launch.messages import Deadline, DutyMoved, Event, Fact, ShiftTurned, TurnShift
from launch.plan import Plan, Shift
from launch.problems import put_to_commander
from launch.state import Asked, Decider, Duty, Launch, Offer, Poll


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
    row, holders = launch.handovers.get((role, shift.name)), shift.holders.get(role, ())
    order = dict.fromkeys((*(person for person in holders if row and person == row.accepted_by), *holders))
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
    """The new holder takes over what the role was told of or asked and has not answered; a new commander also what is undecided."""
    duty = Duty(event.role, event.person, event.deputies, event.shift, fact.at)
    launch = replace(launch, duty={**launch.duty, event.role: duty})
    launch = replace(launch, asked=with_new_holder(launch, duty))
    if event.role != launch.plan.commander:
        return launch
    launch = replace(launch, deciders=with_new_deciders(launch, fact.at), offers=with_new_reader(launch))
    return put_to_commander(asked_anew(launch))


def with_new_holder(launch: Launch, duty: Duty) -> Mapping[tuple[str, int, str, str], Asked]:
    """What is put to the role in rounds that are not over is put to whoever holds it now."""
    if duty.person is None:
        return launch.asked
    rows = [Asked(name, number, duty.role, duty.person, duty.since) for name, number in rounds_of(launch, duty.role)]
    new = {row.key: row for row in rows if row.key not in launch.asked}
    return {**launch.asked, **new} if new else launch.asked


def rounds_of(launch: Launch, role: str) -> Iterator[tuple[str, int]]:
    """The rounds that were announced to a role, or ask it and have no answer yet."""
    for row in launch.announced.values():
        if role in launch.checkpoints[row.checkpoint].ask:
            yield row.checkpoint, row.round
    for poll in launch.polls.values():
        if poll.is_asking and (role in launch.silent(poll) or is_told_of(launch, poll, role)):
            yield poll.checkpoint, poll.round


def is_told_of(launch: Launch, poll: Poll, role: str) -> bool:
    """Whether a role had its heads-up in this round and its tier is still to come."""
    later = {each for tier in launch.checkpoints[poll.checkpoint].tiers[poll.tier + 1 :] for each in tier}
    return role in later and any(row.key[:3] == (poll.checkpoint, poll.round, role) for row in launch.asked.values())


def with_new_deciders(launch: Launch, at: datetime) -> Mapping[tuple[str, int, str], Decider]:
    """Outcomes without a word to proceed are in the hands of the new commander; what was pressed on the deputies, of the new ones too."""
    deciders = dict(launch.deciders)
    for poll in launch.polls.values():
        if poll.outcome and not poll.is_asking and not poll.may_proceed:
            for person in commanding(launch) if poll.is_escalated else commanding(launch)[:1]:
                row = Decider(poll.checkpoint, poll.round, person, at)
                deciders.setdefault(row.key, row)
    return deciders


def with_new_reader(launch: Launch) -> Mapping[int, Offer]:
    """A plan that waits to be taken up is put to the new commander."""
    person, waiting = commanding(launch)[0], [offer for offer in launch.offers.values() if offer.is_open]
    rows = [replace(offer, shown_to=(*offer.shown_to, person)) for offer in waiting if person not in offer.shown_to]
    return {**launch.offers, **{row.key: row for row in rows}} if rows else launch.offers


def due(launch: Launch) -> Iterator[Deadline]:
    """The next shift edge."""
    if edge := edge_ahead(launch):
        yield Deadline("shift", edge, TurnShift(edge))
