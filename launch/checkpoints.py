"""Go or no-go: asked on time, answered by whoever is on duty, counted by rule, decided by the commander. Silence is never a go."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from launch.authority import commanding
from launch.countdown import guarded, has_come, hold_from, instant, is_said
from launch.messages import (
    Actor,
    AnswerTimePassed,
    Ask,
    AskAgain,
    CastVote,
    CheckpointCounted,
    CheckpointDecided,
    CheckpointOpened,
    CountCheckpoint,
    Deadline,
    DecideCheckpoint,
    EndAnswering,
    Event,
    Fact,
    HoldEnded,
    OpenCheckpoint,
    Refused,
    RemindSilent,
    SilentReminded,
    VoteCast,
)
from launch.plan import Checkpoint
from launch.state import Answer, Asked, Decider, Decision, Launch, Phase, Poll, Vote
from launch.words import says_same

# --- what is decided ---------------------------------------------------------------------------------------------------


def open_checkpoint(command: OpenCheckpoint, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Ask for the first time. The clock comes too late when the commander was earlier, too early when T-0 has moved."""
    moment, is_asked = planned(launch, command.checkpoint).at, command.checkpoint in launch.polls
    if by.kind == "clock" and (is_asked or not has_come(launch, moment, at)):
        return []
    if is_asked:
        raise Refused("already_asked", checkpoint=command.checkpoint)
    return [CheckpointOpened(command.checkpoint, 1)]


def ask_again(command: AskAgain, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """A new round: what was answered and decided stays in the record and counts no more."""
    poll = polled(launch, command.checkpoint, command.round)
    if poll.is_asking:
        raise Refused("still_asking", checkpoint=poll.checkpoint)
    refuse_if_begun(launch, poll, at)
    return [CheckpointOpened(poll.checkpoint, poll.round + 1)]


def cast_vote(command: CastVote, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """One answer, changeable until the close; the last one that was missing closes the question."""
    poll = polled(launch, command.checkpoint, command.round)
    person = holder(launch, poll, command.role, by)
    if not poll.is_asking:
        raise Refused("answers_are_closed", checkpoint=poll.checkpoint)
    if command.answer is Answer.NO_GO and not is_said(command.reason):
        raise Refused("reason_needed")
    before = launch.votes.get((poll.checkpoint, poll.round, command.role))
    if before and (before.answer, before.person) == (command.answer, person) and says_same(before.reason, command.reason):
        return []
    vote = VoteCast(poll.checkpoint, poll.round, command.role, person, command.answer, command.reason)
    last = not [role for role in launch.silent(poll) if role != command.role]
    if not last:
        return [vote]
    answers = {role: v.answer for role, v in launch.votes_of(poll).items()} | {command.role: command.answer}
    return [vote, CheckpointCounted(poll.checkpoint, poll.round, outcome(launch, poll.checkpoint, answers))]


def holder(launch: Launch, poll: Poll, role: str, by: Actor) -> str:
    """The person behind `by`, who must be on the hook for a role that was asked."""
    person = launch.person_of(by.user)
    if role not in launch.plan.checkpoints[poll.checkpoint].ask:
        raise Refused("role_not_asked", checkpoint=poll.checkpoint, role=role)
    on_duty = launch.duty[role].person
    if person is None or person != on_duty:
        raise Refused("not_your_vote", role=role, person=on_duty or "")
    return person


def outcome(launch: Launch, checkpoint: str, answers: dict[str, Answer]) -> Answer:
    """The rule: somebody says go, and no blocking role says no or says nothing. Advisory roles are heard and shown."""
    needed = [role for role in launch.plan.checkpoints[checkpoint].ask if launch.plan.roles[role].blocking]
    is_go = Answer.GO in answers.values() and all(answers.get(role) is Answer.GO for role in needed)
    return Answer.GO if is_go else Answer.NO_GO


def remind_silent(command: RemindSilent, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Half-way, those who have not answered hear of it, and nobody else."""
    poll = current(launch, command.checkpoint, command.round)
    if poll is None or poll.phase is not Phase.ASKING or poll.is_reminded:
        return []
    return [SilentReminded(poll.checkpoint, poll.round, tuple(launch.silent(poll)))]


def end_answering(command: EndAnswering, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The time to answer is over; a last grace begins."""
    poll = current(launch, command.checkpoint, command.round)
    if poll is None or poll.phase is not Phase.ASKING:
        return []
    return [AnswerTimePassed(poll.checkpoint, poll.round, tuple(launch.silent(poll)))]


def count_checkpoint(command: CountCheckpoint, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The grace is over: whoever is silent counts as no-go."""
    poll = current(launch, command.checkpoint, command.round)
    if poll is None or not poll.is_asking:
        return []
    answers = {role: vote.answer for role, vote in launch.votes_of(poll).items()}
    return [CheckpointCounted(poll.checkpoint, poll.round, outcome(launch, poll.checkpoint, answers), tuple(launch.silent(poll)))]


def decide_checkpoint(command: DecideCheckpoint, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The commander's word. Against the outcome, and for a hold, only with a written reason; a correction is a new entry."""
    poll = polled(launch, command.checkpoint, command.round)
    if poll.is_asking:
        raise Refused("still_asking", checkpoint=poll.checkpoint)
    if poll.decision is command.decision:
        raise Refused("already_decided", checkpoint=poll.checkpoint, person=poll.decided_by or "", decision=poll.decision)
    refuse_if_begun(launch, poll, at)
    if (command.decision is Decision.HOLD or poll.outcome is Answer.NO_GO) and not is_said(command.reason):
        raise Refused("reason_needed")
    person = launch.person_of(by.user) or ""
    decided = CheckpointDecided(poll.checkpoint, poll.round, command.decision, person, command.reason)
    return [decided, *follow_decision(launch, command, person, at)]


def follow_decision(launch: Launch, command: DecideCheckpoint, person: str, at: datetime) -> list[Event]:
    """A hold stops T; a proceed lets it go on if it stood still for this checkpoint."""
    hold = launch.hold
    if command.decision is Decision.HOLD:
        return [] if hold else [hold_from(launch, at, person, command.reason, command.limit, command.checkpoint)]
    return [HoldEnded(hold.number, person)] if hold and hold.checkpoint == command.checkpoint else []


def refuse_if_begun(launch: Launch, poll: Poll, at: datetime) -> None:
    """Once the commander let the guarded step begin and its time has come, the question is behind us."""
    moment = guarded(launch, launch.plan.checkpoints[poll.checkpoint])
    if moment and poll.may_proceed and has_come(launch, moment, at):
        raise Refused("step_has_begun", checkpoint=poll.checkpoint, step=launch.plan.checkpoints[poll.checkpoint].before or "")


def planned(launch: Launch, name: str) -> Checkpoint:
    if name not in launch.plan.checkpoints:
        raise Refused("no_such_checkpoint", checkpoint=name)
    return launch.plan.checkpoints[name]


def polled(launch: Launch, name: str, number: int | None) -> Poll:
    """The poll of a checkpoint, in the round that somebody was looking at. Raises Refused."""
    planned(launch, name)
    if name not in launch.polls:
        raise Refused("not_asked_yet", checkpoint=name)
    if number not in (None, launch.polls[name].round):
        raise Refused("asked_again", checkpoint=name)
    return launch.polls[name]


def current(launch: Launch, name: str, number: int) -> Poll | None:
    """The poll, if the round the clock had in mind is still the running one."""
    poll = launch.polls.get(name)
    return poll if poll and poll.round == number else None


# --- what becomes of it ------------------------------------------------------------------------------------------------


def opened(launch: Launch, fact: Fact, event: CheckpointOpened) -> Launch:
    poll = Poll(event.checkpoint, event.round, Phase.ASKING, fact.at, fact.at)
    asked = dict(launch.asked)
    for role in launch.plan.checkpoints[event.checkpoint].ask:
        if person := launch.duty[role].person:
            row = Asked(event.checkpoint, event.round, role, person, fact.at)
            asked[row.key] = row
    return replace(launch, polls={**launch.polls, poll.key: poll}, asked=asked)


def voted(launch: Launch, fact: Fact, event: VoteCast) -> Launch:
    vote = Vote(event.checkpoint, event.round, event.role, event.person, event.answer, fact.at, event.reason)
    return replace(launch, votes={**launch.votes, vote.key: vote})


def reminded(launch: Launch, fact: Fact, event: SilentReminded) -> Launch:
    return with_poll(launch, replace(launch.polls[event.checkpoint], is_reminded=True))


def time_passed(launch: Launch, fact: Fact, event: AnswerTimePassed) -> Launch:
    return with_poll(launch, replace(launch.polls[event.checkpoint], phase=Phase.GRACE, phase_at=fact.at))


def counted(launch: Launch, fact: Fact, event: CheckpointCounted) -> Launch:
    """The outcome is in the hands of whoever commands now."""
    poll = replace(launch.polls[event.checkpoint], phase=Phase.COUNTED, phase_at=fact.at, outcome=event.outcome)
    rows = (Decider(poll.checkpoint, poll.round, person, fact.at) for person in commanding(launch))
    return replace(with_poll(launch, poll), deciders={**launch.deciders, **{row.key: row for row in rows}})


def decided(launch: Launch, fact: Fact, event: CheckpointDecided) -> Launch:
    poll = replace(launch.polls[event.checkpoint], phase=Phase.DECIDED, phase_at=fact.at)
    return with_poll(launch, replace(poll, decision=event.decision, decided_by=event.person, reason=event.reason))


def with_poll(launch: Launch, poll: Poll) -> Launch:
    return replace(launch, polls={**launch.polls, poll.key: poll})


# --- what it waits for -------------------------------------------------------------------------------------------------


def due(launch: Launch) -> Iterator[Deadline]:
    """The next thing the clock does to each checkpoint: ask it, remind, end the answering, count."""
    for checkpoint in launch.plan.checkpoints.values():
        poll = launch.polls.get(checkpoint.name)
        if poll is None:
            at = instant(launch, checkpoint.at)
            if at:
                yield Deadline(f"checkpoint:{checkpoint.name}", at, OpenCheckpoint(checkpoint.name))
        elif poll.is_asking:
            yield from due_of(launch, checkpoint, poll)


def due_of(launch: Launch, checkpoint: Checkpoint, poll: Poll) -> Iterator[Deadline]:
    name, number = poll.checkpoint, poll.round
    if poll.phase is Phase.GRACE:
        yield lasting(f"count:{name}:{number}", poll, launch.plan.limits.grace, CountCheckpoint(name, number))
        return
    if not poll.is_reminded:
        yield lasting(f"remind:{name}:{number}", poll, checkpoint.answer / 2, RemindSilent(name, number))
    yield lasting(f"answer:{name}:{number}", poll, checkpoint.answer, EndAnswering(name, number))


def lasting(key: str, poll: Poll, lasts: timedelta, command: RemindSilent | EndAnswering | CountCheckpoint) -> Deadline:
    return Deadline(key, poll.phase_at + lasts, command, lasts)


def answer_by(launch: Launch, poll: Poll) -> datetime:
    """When the answers are due."""
    return poll.opened_at + launch.plan.checkpoints[poll.checkpoint].answer


def asks(launch: Launch) -> Iterator[Ask]:
    """The answers that are wanted of people now, and the decisions."""
    for poll in launch.polls.values():
        if poll.phase is Phase.COUNTED:
            yield from (Ask(f"decision:{poll.checkpoint}", person, launch.plan.commander) for person in commanding(launch))
        if poll.is_asking:
            for role in launch.silent(poll):
                if person := launch.duty[role].person:
                    yield Ask(f"checkpoint:{poll.checkpoint}:{role}", person, role)
