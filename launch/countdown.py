"""The two clocks. L is wall time; T is the countdown, which stands still in a hold. Holds, resume, the guarded step, T-0, live."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from launch.authority import commanding, role_of
from launch.messages import (
    Actor,
    Ask,
    AskOverrun,
    BeginPlannedHold,
    CallHold,
    Deadline,
    Event,
    ExtendHold,
    Fact,
    GoLive,
    HoldCalled,
    HoldEnded,
    HoldExtended,
    HoldOverran,
    MilestoneReached,
    ReachTZero,
    Refused,
    Resume,
    StopAtGuard,
    TurnBack,
)
from launch.plan import Checkpoint, Moment, PlannedHold
from launch.state import Hold, Launch, Milestone, Reached
from launch.words import Words

T_ZERO = Moment(offset=timedelta())


def instant(launch: Launch, moment: Moment) -> datetime | None:
    """When `moment` comes, in UTC. None while T stands still short of it: then nobody can say."""
    at = nominal(launch, moment)
    return None if moment.offset is not None and launch.hold and at > launch.hold.began_at else at


def nominal(launch: Launch, moment: Moment) -> datetime:
    """When `moment` would come if T ran on now, and stood still only where the plan has it stand still."""
    if moment.offset is None:
        return moment.at or launch.t0
    return launch.t0 + moment.offset + allowance(launch, moment.offset)


def allowance(launch: Launch, offset: timedelta) -> timedelta:
    """By how much the planned holds that are not over shift what is counted from T-0: T-0 allows for those that come before it."""
    shift = timedelta()
    for hold in holds_to_come(launch):
        stop = hold.at.offset or timedelta()
        if is_before_t_zero(hold):
            shift -= hold.lasts if offset <= stop else timedelta()
        else:
            shift += hold.lasts if offset > stop else timedelta()
    return shift


def holds_to_come(launch: Launch) -> Iterator[PlannedHold]:
    """The holds of the plan that have not ended."""
    over = {hold.planned for hold in launch.holds.values() if hold.ended_at}
    return (hold for hold in launch.plan.holds.values() if hold.name not in over)


def is_before_t_zero(hold: PlannedHold) -> bool:
    """T stops at T-0 at the latest."""
    return (hold.at.offset or timedelta()) <= timedelta()


def countdown(launch: Launch, at: datetime) -> timedelta:
    """T at the instant `at`: negative before T-0, frozen while a hold runs."""
    ahead = sum((hold.lasts for hold in holds_to_come(launch) if is_before_t_zero(hold)), timedelta())
    return (launch.hold.began_at if launch.hold else at) - launch.t0 + ahead


def has_come(launch: Launch, moment: Moment, at: datetime) -> bool:
    """Whether `moment` is reached at the instant `at`."""
    due = instant(launch, moment)
    return due is not None and due <= at


def guarded(launch: Launch, checkpoint: Checkpoint) -> Moment | None:
    """The moment at which the step behind a checkpoint begins, if it guards one."""
    step = launch.plan.cutover.get(checkpoint.before or "")
    return step.at if step else None


def guards(launch: Launch) -> Iterator[tuple[str, datetime]]:
    """Each undecided checkpoint, and when T gets to the step behind it. A fixed hour that passed in a hold is met as T goes on."""
    last = launch.holds.get(len(launch.holds))
    for checkpoint in launch.plan.checkpoints.values():
        moment, poll = guarded(launch, checkpoint), launch.polls.get(checkpoint.name)
        at = instant(launch, moment) if moment else None
        if at and not (poll and poll.may_proceed):
            yield checkpoint.name, max(at, last.ended_at) if last and last.ended_at else at


def is_said(reason: Words | None) -> bool:
    """Whether a reason was written: spaces say nothing."""
    return reason is not None and bool((reason.text or "").strip())


def call_hold(command: CallHold, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """T stops now, for a reason, for as long as agreed."""
    if launch.hold:
        refuse_if_undecided(launch, at)
        raise Refused("already_held", since=launch.hold.began_at.isoformat())
    if not is_said(command.reason):
        raise Refused("reason_needed")
    if command.owner and command.owner not in launch.plan.roles:
        raise Refused("no_such_role", role=command.owner)
    owner = command.owner or role_of(launch, by) or launch.plan.commander
    return [hold_from(launch, at, launch.person_of(by.user), command.reason, command.limit, owner=owner)]


def hold_from(
    launch: Launch,
    at: datetime,
    person: str | None,
    reason: Words | None,
    limit: timedelta | None,
    checkpoint: str | None = None,
    owner: str | None = None,
) -> HoldCalled:
    """The next hold of this launch, beginning at `at`."""
    return HoldCalled(len(launch.holds) + 1, at, limit or launch.plan.limits.hold, person, reason, checkpoint, owner)


def stop_at_guard(command: StopAtGuard, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Nothing proceeds by itself: T stops where the guarded step would begin, even if we learn of it late."""
    if launch.hold or (command.checkpoint, command.at) not in guards(launch):
        return []
    return [hold_from(launch, command.at, None, None, None, command.checkpoint)]


def begin_planned_hold(command: BeginPlannedHold, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """T stops where the plan has it stop, even if we learn of it late."""
    hold = launch.plan.holds.get(command.name)
    if hold is None or not is_to_begin(launch, hold) or not has_come(launch, hold.at, at):
        return []
    return [HoldCalled(len(launch.holds) + 1, nominal(launch, hold.at), hold.lasts, planned=hold.name, owner=launch.plan.commander)]


def is_to_begin(launch: Launch, hold: PlannedHold) -> bool:
    return launch.hold is None and all(row.planned != hold.name for row in launch.holds.values())


def extend_hold(command: ExtendHold, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """A hold goes on for so much longer, for a reason."""
    hold = launch.hold
    if hold is None:
        raise Refused("not_held")
    if not is_said(command.reason):
        raise Refused("reason_needed")
    limit = at - hold.called_at + command.limit
    return [HoldExtended(hold.number, limit, launch.person_of(by.user) or "", command.reason)]


def ask_overrun(command: AskOverrun, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """A hold has lasted as long as it may."""
    hold = launch.hold
    return [HoldOverran(command.number)] if hold and hold.number == command.number and not hold.is_overrun else []


def resume(command: Resume, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """T goes on, unless it stands before a step that nobody has let begin, or the launch turns back."""
    hold = launch.hold
    if hold is None:
        raise Refused("not_held")
    refuse_if_turned_back(launch)
    refuse_if_undecided(launch, at)
    return [HoldEnded(hold.number, launch.person_of(by.user) or "")]


def refuse_if_undecided(launch: Launch, at: datetime) -> None:
    """What stands before a guarded step waits for the decision on its checkpoint, and for nothing else."""
    if undecided := next((checkpoint for checkpoint, reached in guards(launch) if reached <= at), None):
        raise Refused("decide_first", checkpoint=undecided)


def refuse_if_turned_back(launch: Launch) -> None:
    if back := launch.milestones.get(Reached.TURNED_BACK):
        raise Refused("turned_back", person=back.person or "", since=back.at.isoformat())


# --- what is reached ---------------------------------------------------------------------------------------------------


def reach_t_zero(command: ReachTZero, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """T-0: whoever commands is asked whether it is live."""
    is_past = Reached.T_ZERO in launch.milestones
    return [] if is_past or not has_come(launch, T_ZERO, at) else [MilestoneReached(Reached.T_ZERO)]


def go_live(command: GoLive, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Customers are in. Nobody says so before T-0, nor in a hold."""
    if live := launch.milestones.get(Reached.LIVE):
        raise Refused("already_live", person=live.person or "", since=live.at.isoformat())
    refuse_if_turned_back(launch)
    if launch.hold:
        raise Refused("held_still", since=launch.hold.began_at.isoformat())
    if not has_come(launch, T_ZERO, at):
        raise Refused("before_t_zero", t0=launch.t0.isoformat())
    return [MilestoneReached(Reached.LIVE, launch.person_of(by.user) or "")]


def turn_back(command: TurnBack, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The launch turns back: said with a reason, and T stands still from here on."""
    if not is_said(command.reason):
        raise Refused("reason_needed")
    refuse_if_turned_back(launch)
    return turned_back(launch, launch.person_of(by.user) or "", command.reason, at)


def turned_back(launch: Launch, person: str, reason: Words | None, at: datetime) -> list[Event]:
    held = [] if launch.hold else [hold_from(launch, at, person, reason, None, owner=launch.plan.commander)]
    return [MilestoneReached(Reached.TURNED_BACK, person, reason), *held]


# --- what becomes of it ------------------------------------------------------------------------------------------------


def reached(launch: Launch, fact: Fact, event: MilestoneReached) -> Launch:
    row = Milestone(event.reached, fact.at, event.person, event.reason, commanding(launch)[:1] if event.reached is Reached.T_ZERO else ())
    return replace(launch, milestones={**launch.milestones, row.key: row})


def held(launch: Launch, fact: Fact, event: HoldCalled) -> Launch:
    hold = Hold(event.number, event.began_at, fact.at, event.person or "", event.limit, event.reason, event.checkpoint)
    return with_hold(launch, replace(hold, owner=event.owner, planned=event.planned))


def extended(launch: Launch, fact: Fact, event: HoldExtended) -> Launch:
    return with_hold(launch, replace(launch.holds[event.number], limit=event.limit, is_overrun=False))


def overran(launch: Launch, fact: Fact, event: HoldOverran) -> Launch:
    hold = launch.holds[event.number]
    return with_hold(launch, replace(hold, is_overrun=True, asked=(*hold.asked, *commanding(launch)[:1])))


def asked_anew(launch: Launch) -> Launch:
    """What the clock has asked and nobody has answered is asked of whoever commands now."""
    asked = commanding(launch)[:1]
    if is_overrun(launch) and launch.hold and launch.hold.asked[-1:] != asked:
        launch = with_hold(launch, replace(launch.hold, asked=(*launch.hold.asked, *asked)))
    t_zero = launch.milestones.get(Reached.T_ZERO)
    if t_zero and is_live_awaited(launch) and t_zero.asked[-1:] != asked:
        milestones = {**launch.milestones, t_zero.key: replace(t_zero, asked=(*t_zero.asked, *asked))}
        launch = replace(launch, milestones=milestones)
    return launch


def ended(launch: Launch, fact: Fact, event: HoldEnded) -> Launch:
    """T-0 moves by as long as T stood still, and was not planned to."""
    hold = replace(launch.holds[event.number], ended_at=fact.at, ended_by=event.person)
    return replace(with_hold(launch, hold), t0=launch.t0 + (fact.at - hold.began_at) - allowed(launch, hold))


def allowed(launch: Launch, hold: Hold) -> timedelta:
    """What T-0 had in it already for a hold."""
    planned = launch.plan.holds.get(hold.planned or "")
    return planned.lasts if planned and is_before_t_zero(planned) else timedelta()


def with_hold(launch: Launch, hold: Hold) -> Launch:
    return replace(launch, holds={**launch.holds, hold.number: hold})


# --- what it waits for -------------------------------------------------------------------------------------------------


def due(launch: Launch) -> Iterator[Deadline]:
    """A hold's limit; else each guarded step whose checkpoint nobody has decided, each hold of the plan, and T-0."""
    hold = launch.hold
    if hold:
        if not hold.is_overrun and Reached.TURNED_BACK not in launch.milestones:
            key = f"hold:{hold.number}:{int(hold.limit.total_seconds())}"
            yield Deadline(key, hold.called_at + hold.limit, AskOverrun(hold.number), hold.limit)
        return
    for checkpoint, at in guards(launch):
        yield Deadline(f"guard:{checkpoint}", at, StopAtGuard(checkpoint, at))
    for planned in launch.plan.holds.values():
        if is_to_begin(launch, planned):
            yield Deadline(f"planned:{planned.name}", nominal(launch, planned.at), BeginPlannedHold(planned.name))
    if Reached.T_ZERO not in launch.milestones:
        yield Deadline("t_zero", nominal(launch, T_ZERO), ReachTZero())


def asks(launch: Launch) -> Iterator[Ask]:
    """The word that it is live, and what is to become of a hold that has lasted too long."""
    if is_live_awaited(launch) and not launch.hold:
        yield from (Ask("live", person, launch.plan.commander) for person in commanding(launch)[:1])
    if launch.hold and is_overrun(launch):
        yield from (Ask(f"overrun:{launch.hold.number}", person, launch.plan.commander) for person in commanding(launch)[:1])


def is_live_awaited(launch: Launch) -> bool:
    """Whether T-0 is past and nobody has said yet what came of it."""
    return Reached.T_ZERO in launch.milestones and not launch.milestones.keys() & {Reached.LIVE, Reached.TURNED_BACK}


def is_overrun(launch: Launch) -> bool:
    """Whether a hold has lasted too long, and it is still open what becomes of it."""
    return bool(launch.hold and launch.hold.is_overrun) and Reached.TURNED_BACK not in launch.milestones
