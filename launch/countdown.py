"""The two clocks. L is wall time; T is the countdown, which stands still in a hold. Holds, resume, the guarded step."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from launch.messages import (
    Actor,
    AskOverrun,
    CallHold,
    Deadline,
    Event,
    Fact,
    HoldCalled,
    HoldEnded,
    HoldOverran,
    Refused,
    Resume,
    StopAtGuard,
)
from launch.plan import Checkpoint, Moment
from launch.state import Hold, Launch
from launch.words import Words


def instant(launch: Launch, moment: Moment) -> datetime | None:
    """When `moment` comes, in UTC. None while T stands still short of it: then nobody can say."""
    if moment.offset is None:
        return moment.at
    at = launch.t0 + moment.offset
    return None if launch.hold and at > launch.hold.began_at else at


def countdown(launch: Launch, at: datetime) -> timedelta:
    """T at the instant `at`: negative before T-0, frozen while a hold runs."""
    return (launch.hold.began_at if launch.hold else at) - launch.t0


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
    return [hold_from(launch, at, launch.person_of(by.user), command.reason, command.limit)]


def hold_from(
    launch: Launch, at: datetime, person: str | None, reason: Words | None, limit: timedelta | None, checkpoint: str | None = None
) -> HoldCalled:
    """The next hold of this launch, beginning at `at`."""
    return HoldCalled(len(launch.holds) + 1, at, limit or launch.plan.limits.hold, person, reason, checkpoint)


def stop_at_guard(command: StopAtGuard, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Nothing proceeds by itself: T stops where the guarded step would begin, even if we learn of it late."""
    if launch.hold or (command.checkpoint, command.at) not in guards(launch):
        return []
    return [hold_from(launch, command.at, None, None, None, command.checkpoint)]


def ask_overrun(command: AskOverrun, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """A hold has lasted as long as it may."""
    hold = launch.hold
    return [HoldOverran(command.number)] if hold and hold.number == command.number and not hold.is_overrun else []


def resume(command: Resume, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """T goes on, unless it stands before a step that nobody has let begin."""
    hold = launch.hold
    if hold is None:
        raise Refused("not_held")
    refuse_if_undecided(launch, at)
    return [HoldEnded(hold.number, launch.person_of(by.user) or "")]


def refuse_if_undecided(launch: Launch, at: datetime) -> None:
    """What stands before a guarded step waits for the decision on its checkpoint, and for nothing else."""
    if undecided := next((checkpoint for checkpoint, reached in guards(launch) if reached <= at), None):
        raise Refused("decide_first", checkpoint=undecided)


def held(launch: Launch, fact: Fact, event: HoldCalled) -> Launch:
    hold = Hold(event.number, event.began_at, fact.at, event.person or "", event.limit, event.reason, event.checkpoint)
    return replace(launch, holds={**launch.holds, hold.number: hold})


def overran(launch: Launch, fact: Fact, event: HoldOverran) -> Launch:
    return replace(launch, holds={**launch.holds, event.number: replace(launch.holds[event.number], is_overrun=True)})


def ended(launch: Launch, fact: Fact, event: HoldEnded) -> Launch:
    """T-0 moves by as long as T stood still."""
    hold = replace(launch.holds[event.number], ended_at=fact.at, ended_by=event.person)
    return replace(launch, t0=launch.t0 + (fact.at - hold.began_at), holds={**launch.holds, hold.number: hold})


def due(launch: Launch) -> Iterator[Deadline]:
    """A hold's limit; else each guarded step whose checkpoint nobody has decided."""
    hold = launch.hold
    if hold:
        if not hold.is_overrun:
            yield Deadline(f"hold:{hold.number}", hold.called_at + hold.limit, AskOverrun(hold.number), hold.limit)
        return
    for checkpoint, at in guards(launch):
        yield Deadline(f"guard:{checkpoint}", at, StopAtGuard(checkpoint, at))
