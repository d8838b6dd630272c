"""What the commander makes of an outcome: decided, asked again, pressed for, and the objections that are left to stand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from launch.authority import commanding
from launch.checkpoints import opening, with_objections, with_poll
from launch.countdown import guarded, has_come, hold_from, is_said, turned_back
from launch.messages import (
    Actor,
    Ask,
    AskAgain,
    AskObjection,
    CheckpointDecided,
    Deadline,
    DecideCheckpoint,
    DecisionEscalated,
    DecisionPressed,
    EscalateDecision,
    Event,
    Fact,
    HoldEnded,
    LetStand,
    ObjectionLetStand,
    ObjectionStands,
    ObjectionWithdrawn,
    PressDecision,
    Refused,
    WithdrawObjection,
)
from launch.occurrences import planned, polled
from launch.paging import decision_settled, page_for_decision
from launch.state import Decider, Decision, Launch, Objection, Outcome, Phase, Poll, Reached

PRESSED = timedelta(minutes=2)
"""So long after the count whoever commands is reminded; `limits.decision` after it a deputy is paged."""

# --- what is decided ---------------------------------------------------------------------------------------------------


def ask_again(command: AskAgain, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """A new round: what was answered and decided stays in the record and counts no more."""
    poll = polled(launch, command.checkpoint, command.round)
    if poll.is_asking:
        raise Refused("still_asking", checkpoint=poll.checkpoint)
    refuse_if_begun(launch, poll, at)
    return opening(launch, planned(launch, poll.checkpoint), poll.occurrence, by)


def decide_checkpoint(command: DecideCheckpoint, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The commander's word. Against the outcome, to hold and to turn back only with a written reason; a correction is a new entry."""
    poll = polled(launch, command.checkpoint, command.round)
    if poll.is_asking:
        raise Refused("still_asking", checkpoint=poll.checkpoint)
    if poll.decision is command.decision:
        raise Refused("already_decided", checkpoint=poll.checkpoint, person=poll.decided_by or "", decision=poll.decision)
    refuse_if_begun(launch, poll, at)
    is_against = command.decision is not Decision.PROCEED or poll.outcome in (Outcome.NO_GO, Outcome.ROLL_BACK)
    if is_against and not is_said(command.reason):
        raise Refused("reason_needed")
    person = launch.person_of(by.user) or ""
    decided = CheckpointDecided(poll.checkpoint, poll.round, command.decision, person, command.reason)
    return [decided, *follow_decision(launch, command, person, at), *decision_settled(launch, poll.checkpoint, person)]


def follow_decision(launch: Launch, command: DecideCheckpoint, person: str, at: datetime) -> list[Event]:
    """A hold stops T, and so does turning back; a proceed lets it go on if it stood still for this checkpoint."""
    hold, is_back = launch.hold, Reached.TURNED_BACK in launch.milestones
    match command.decision:
        case Decision.HOLD:
            owner = launch.plan.commander
            return [] if hold else [hold_from(launch, at, person, command.reason, command.limit, command.checkpoint, owner)]
        case Decision.ROLL_BACK:
            return [] if is_back else turned_back(launch, person, command.reason, at)
    return [HoldEnded(hold.number, person)] if hold and hold.checkpoint == command.checkpoint and not is_back else []


def refuse_if_begun(launch: Launch, poll: Poll, at: datetime) -> None:
    """Once the commander let the guarded step begin and its time has come, the question is behind us."""
    checkpoint = launch.checkpoints[poll.checkpoint]
    moment = guarded(launch, checkpoint)
    if moment and poll.may_proceed and has_come(launch, moment, at):
        raise Refused("step_has_begun", checkpoint=poll.checkpoint, step=checkpoint.before or "")


def press_decision(command: PressDecision, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Whoever commands has said nothing for two minutes."""
    poll = undecided(launch, command.checkpoint, command.round)
    return [DecisionPressed(poll.checkpoint, poll.round)] if poll and not poll.is_pressed else []


def escalate_decision(command: EscalateDecision, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Nothing proceeds by itself: the deputies are paged."""
    poll = undecided(launch, command.checkpoint, command.round)
    if poll is None or poll.is_escalated:
        return []
    return [DecisionEscalated(poll.checkpoint, poll.round), *page_for_decision(launch, poll.checkpoint, at)]


def undecided(launch: Launch, name: str, number: int) -> Poll | None:
    """The poll, if that round still waits for its decision."""
    poll = launch.polls.get(name)
    return poll if poll and poll.round == number and poll.phase is Phase.COUNTED else None


# --- objections --------------------------------------------------------------------------------------------------------


def ask_objection(command: AskObjection, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """A condition, or a no that was overruled, is still there: whoever commands is asked again."""
    row = launch.objections.get((command.checkpoint, command.round, command.role))
    return [ObjectionStands(row.checkpoint, row.round, row.role)] if row and not row.is_overdue and is_standing(launch, row) else []


def is_standing(launch: Launch, row: Objection) -> bool:
    """Whether the launch goes on although somebody objects. Decided otherwise, or asked again, it matters no more."""
    poll = launch.polls[row.checkpoint]
    return row.is_open and poll.round == row.round and poll.phase is Phase.DECIDED and poll.decision in (None, Decision.PROCEED)


def withdraw_objection(command: WithdrawObjection, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The condition is met, the no is no more: says whoever gave it, or holds the role now."""
    row, person = objection(launch, command), launch.person_of(by.user) or ""
    on_duty = launch.duty[row.role].person
    if person not in (launch.votes[row.key].person, on_duty):
        raise Refused("not_your_vote", role=row.role, person=on_duty or "")
    return [ObjectionWithdrawn(row.checkpoint, row.round, row.role, person)]


def let_stand(command: LetStand, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    row = objection(launch, command)
    return [ObjectionLetStand(row.checkpoint, row.round, row.role, launch.person_of(by.user) or "")]


def objection(launch: Launch, command: WithdrawObjection | LetStand) -> Objection:
    """The objection that a button stands for, if it is still one. Raises Refused."""
    row = launch.objections.get((command.checkpoint, command.round, command.role))
    if row is None:
        raise Refused("unknown_button")
    if not is_standing(launch, row):
        raise Refused("objection_over", person=row.withdrawn_by or row.let_stand_by or "")
    return row


# --- what becomes of it ------------------------------------------------------------------------------------------------


def decided(launch: Launch, fact: Fact, event: CheckpointDecided) -> Launch:
    poll = replace(launch.polls[event.checkpoint], phase=Phase.DECIDED, phase_at=fact.at)
    decided = replace(poll, decision=event.decision, decided_by=event.person, reason=event.reason)
    launch = with_poll(launch, decided)
    return with_objections(launch, decided) if decided.may_proceed else launch


def pressed(launch: Launch, fact: Fact, event: DecisionPressed) -> Launch:
    return with_poll(launch, replace(launch.polls[event.checkpoint], is_pressed=True))


def escalated(launch: Launch, fact: Fact, event: DecisionEscalated) -> Launch:
    """From here on the outcome is in the hands of everybody in command."""
    rows = (Decider(event.checkpoint, event.round, person, fact.at) for person in commanding(launch))
    deciders = {**launch.deciders, **{row.key: row for row in rows if row.key not in launch.deciders}}
    return replace(with_poll(launch, replace(launch.polls[event.checkpoint], is_escalated=True)), deciders=deciders)


def objection_stands(launch: Launch, fact: Fact, event: ObjectionStands) -> Launch:
    return with_objection(launch, event, is_overdue=True)


def objection_withdrawn(launch: Launch, fact: Fact, event: ObjectionWithdrawn) -> Launch:
    return with_objection(launch, event, withdrawn_by=event.person)


def objection_let_stand(launch: Launch, fact: Fact, event: ObjectionLetStand) -> Launch:
    return with_objection(launch, event, let_stand_by=event.person)


def with_objection(launch: Launch, event: ObjectionStands | ObjectionWithdrawn | ObjectionLetStand, **now: Any) -> Launch:
    row = replace(launch.objections[event.checkpoint, event.round, event.role], **now)
    return replace(launch, objections={**launch.objections, row.key: row})


# --- what it waits for -------------------------------------------------------------------------------------------------


def due(launch: Launch) -> Iterator[Deadline]:
    """The reminder of each outcome that waits for its decision, the page to the deputies; the limit of each objection."""
    for poll in launch.polls.values():
        if poll.phase is Phase.COUNTED:
            yield from due_of(launch, poll)
    for row in launch.objections.values():
        if not row.is_overdue and is_standing(launch, row):
            at = max(row.at + launch.plan.limits.condition, launch.polls[row.checkpoint].phase_at)
            yield Deadline(f"objection:{row.checkpoint}:{row.round}:{row.role}", at, AskObjection(*row.key))


def due_of(launch: Launch, poll: Poll) -> Iterator[Deadline]:
    name, number, limit = poll.checkpoint, poll.round, launch.plan.limits.decision
    if not poll.is_pressed and limit > PRESSED:
        yield Deadline(f"press:{name}:{number}", poll.phase_at + PRESSED, PressDecision(name, number), PRESSED)
    if not poll.is_escalated:
        yield Deadline(f"decision:{name}:{number}", poll.phase_at + limit, EscalateDecision(name, number), limit)


def asks(launch: Launch) -> Iterator[Ask]:
    """The decisions that are wanted, and what is to become of objections that last."""
    role, in_command = launch.plan.commander, commanding(launch)
    for row in launch.deciders.values():
        poll = undecided(launch, row.checkpoint, row.round)
        if poll and row.person in in_command:
            yield Ask(f"decision:{row.checkpoint}", row.person, role)
    for objecting in launch.objections.values():
        if objecting.is_overdue and is_standing(launch, objecting):
            yield Ask(f"objection:{objecting.checkpoint}:{objecting.round}:{objecting.role}", in_command[0], role)
