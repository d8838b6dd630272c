"""Go or no-go: announced, asked tier by tier by the clock or by hand, counted by rule, seen through to its end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from launch.answers import following
from launch.authority import commanding
from launch.countdown import has_come, instant, is_said
from launch.messages import (
    Actor,
    AnnounceCheckpoint,
    AnswerTimePassed,
    Ask,
    CheckpointAnnounced,
    CheckpointCounted,
    CheckpointOpened,
    CountCheckpoint,
    Deadline,
    EndAnswering,
    Event,
    Fact,
    OpenCheckpoint,
    PutQuestion,
    QuestionPut,
    Refused,
    RemindSilent,
    SilentReminded,
    TierAsked,
)
from launch.occurrences import current, is_announced, latest, moment_of, next_occurrence, planned
from launch.paging import decision_settled
from launch.plan import Checkpoint, CheckpointKind
from launch.state import Announced, Answer, Asked, Decider, Launch, Objection, Outcome, Phase, Poll, Question, Reached

HEADS_UP = timedelta(minutes=10)
"""So long before, those who will be asked are told: time to look at what their answer rests on."""
LONGEST_ANSWER = timedelta(hours=24)

# --- what is decided ---------------------------------------------------------------------------------------------------


def announce_checkpoint(command: AnnounceCheckpoint, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The heads-up; what is asked at the same moment, after a gap of ours, is drawn as the ask."""
    checkpoint, number = launch.checkpoints.get(command.checkpoint), command.occurrence
    if checkpoint is None or next_occurrence(launch, checkpoint) != number or is_announced(launch, checkpoint, number):
        return []
    due_at = instant(launch, moment_of(checkpoint, number))
    if due_at is None or at < due_at - HEADS_UP:
        return []
    poll = launch.polls.get(checkpoint.name)
    return [CheckpointAnnounced(checkpoint.name, poll.round + 1 if poll else 1, number)]


def open_checkpoint(command: OpenCheckpoint, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Ask it: the clock at its time, unless it was asked earlier or T-0 has moved; by hand whenever it is not being asked."""
    checkpoint = planned(launch, command.checkpoint)
    poll, number = launch.polls.get(checkpoint.name), next_occurrence(launch, checkpoint)
    if by.kind == "clock":
        if number != command.occurrence or not has_come(launch, moment_of(checkpoint, command.occurrence), at):
            return []
        return opening(launch, checkpoint, latest(launch, checkpoint, command.occurrence, at), by)
    if number is None:
        raise Refused("already_asked", checkpoint=checkpoint.name)
    if poll and poll.is_asking:
        raise Refused("still_asking", checkpoint=checkpoint.name)
    return opening(launch, checkpoint, number, by)


def opening(launch: Launch, checkpoint: Checkpoint, occurrence: int, by: Actor) -> list[Event]:
    """A round. What a round before it left undecided is over with it."""
    poll = launch.polls.get(checkpoint.name)
    opened = CheckpointOpened(checkpoint.name, poll.round + 1 if poll else 1, occurrence)
    return [opened, *decision_settled(launch, checkpoint.name, launch.person_of(by.user))]


def put_question(command: PutQuestion, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """A question of one's own, asked at once."""
    if not is_said(command.words):
        raise Refused("question_needed")
    if not command.roles:
        raise Refused("roles_needed")
    if unknown := next((role for role in command.roles if role not in launch.plan.roles), None):
        raise Refused("no_such_role", role=unknown)
    if not timedelta() < command.answer <= LONGEST_ANSWER:
        raise Refused("minutes_needed")
    name = free_name(launch)
    roles = tuple(dict.fromkeys(command.roles))
    put = QuestionPut(name, command.words, roles, command.answer, launch.person_of(by.user) or "")
    return [put, CheckpointOpened(name, 1)]


def free_name(launch: Launch) -> str:
    """Questions are counted; the plan may have taken a name already."""
    number = len(launch.questions) + 1
    while f"question_{number}" in launch.checkpoints:
        number += 1
    return f"question_{number}"


def remind_silent(command: RemindSilent, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Half-way, those who have not answered hear of it, and nobody else."""
    poll = current(launch, command.checkpoint, command.round, command.tier)
    if poll is None or poll.phase is not Phase.ASKING or poll.is_reminded:
        return []
    return [SilentReminded(poll.checkpoint, poll.round, tuple(launch.silent(poll)))]


def end_answering(command: EndAnswering, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The time of a tier is over; a last grace begins, in which those who replace the silent are asked too."""
    poll = current(launch, command.checkpoint, command.round, command.tier)
    if poll is None or poll.phase is not Phase.ASKING:
        return []
    return [AnswerTimePassed(poll.checkpoint, poll.round, tuple(launch.silent(poll)))]


def count_checkpoint(command: CountCheckpoint, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The grace is over too: the next tier is asked, or what is there is counted."""
    poll = current(launch, command.checkpoint, command.round, command.tier)
    if poll is None or not poll.is_asking:
        return []
    answers = {role: vote.answer for role, vote in launch.votes_of(poll).items()}
    return following(launch, poll, answers, is_over=True)


# --- what becomes of it ------------------------------------------------------------------------------------------------


def question_put(launch: Launch, fact: Fact, event: QuestionPut) -> Launch:
    row = Question(event.name, event.words, event.roles, event.answer, event.person, fact.at)
    return replace(launch, questions={**launch.questions, row.key: row})


def announced(launch: Launch, fact: Fact, event: CheckpointAnnounced) -> Launch:
    row = Announced(event.checkpoint, event.round, event.occurrence, fact.at)
    asked = with_asked(launch, event.checkpoint, event.round, launch.checkpoints[event.checkpoint].ask, fact.at)
    return replace(launch, announced={**launch.announced, row.key: row}, asked=asked)


def opened(launch: Launch, fact: Fact, event: CheckpointOpened) -> Launch:
    """A heads-up becomes the ask it was for; one for a later time keeps its round ahead of this one."""
    poll = Poll(event.checkpoint, event.round, Phase.ASKING, fact.at, fact.at, occurrence=event.occurrence, due_at=fact.due_at)
    ahead = dict(launch.announced)
    if (row := ahead.get(event.checkpoint)) and row.occurrence <= event.occurrence:
        del ahead[event.checkpoint]
    elif row:
        ahead[event.checkpoint] = replace(row, round=event.round + 1)
    tier = launch.checkpoints[event.checkpoint].tiers[:1]
    asked = with_asked(launch, event.checkpoint, event.round, tier[0] if tier else (), fact.at)
    return replace(launch, polls={**launch.polls, poll.key: poll}, asked=asked, announced=ahead)


def tier_asked(launch: Launch, fact: Fact, event: TierAsked) -> Launch:
    poll = replace(launch.polls[event.checkpoint], tier=event.tier, phase=Phase.ASKING, phase_at=fact.at, is_reminded=False)
    roles = launch.checkpoints[event.checkpoint].tiers[event.tier]
    return replace(with_poll(launch, poll), asked=with_asked(launch, event.checkpoint, event.round, roles, fact.at))


def with_asked(launch: Launch, name: str, number: int, roles: tuple[str, ...], at: datetime) -> dict[tuple[str, int, str, str], Asked]:
    """Whoever is on the hook for these roles is asked; who was told before stays among the asked."""
    asked = dict(launch.asked)
    for role in roles:
        if (duty := launch.duty.get(role)) and duty.person:
            row = Asked(name, number, role, duty.person, at)
            asked.setdefault(row.key, row)
    return asked


def reminded(launch: Launch, fact: Fact, event: SilentReminded) -> Launch:
    return with_poll(launch, replace(launch.polls[event.checkpoint], is_reminded=True))


def time_passed(launch: Launch, fact: Fact, event: AnswerTimePassed) -> Launch:
    """The first of those who replace a silent holder is asked in their place."""
    asked = dict(launch.asked)
    for role in event.roles:
        for person in launch.duty[role].deputies[:1]:
            row = Asked(event.checkpoint, event.round, role, person, fact.at, is_second=True)
            asked.setdefault(row.key, row)
    poll = replace(launch.polls[event.checkpoint], phase=Phase.GRACE, phase_at=fact.at)
    return replace(with_poll(launch, poll), asked=asked)


def counted(launch: Launch, fact: Fact, event: CheckpointCounted) -> Launch:
    """The outcome is in the hands of whoever commands now; what is well and guards nothing needs no decision."""
    checkpoint = launch.checkpoints[event.checkpoint]
    is_settled = event.outcome is Outcome.GO and checkpoint.kind is not CheckpointKind.GATE and checkpoint.before is None
    phase = Phase.DECIDED if is_settled else Phase.COUNTED
    poll = replace(launch.polls[event.checkpoint], phase=phase, phase_at=fact.at, outcome=event.outcome)
    if is_settled:
        return with_objections(with_poll(launch, poll), poll)
    duty = launch.duty[launch.plan.commander]
    rows = (Decider(poll.checkpoint, poll.round, person, fact.at) for person in commanding(launch)[: 1 if duty.person else None])
    return replace(with_poll(launch, poll), deciders={**launch.deciders, **{row.key: row for row in rows}})


def with_poll(launch: Launch, poll: Poll) -> Launch:
    return replace(launch, polls={**launch.polls, poll.key: poll})


def with_objections(launch: Launch, poll: Poll) -> Launch:
    """The launch goes on: whatever speaks against it is kept in sight."""
    standing = [vote for vote in launch.votes_of(poll).values() if vote.answer is not Answer.GO]
    rows = [Objection(vote.checkpoint, vote.round, vote.role, vote.at) for vote in standing]
    return replace(launch, objections={**launch.objections, **{row.key: row for row in rows}}) if rows else launch


# --- what it waits for -------------------------------------------------------------------------------------------------


def due(launch: Launch) -> Iterator[Deadline]:
    """The next thing the clock does to each checkpoint: announce it, ask it, remind, end the answering, count."""
    for checkpoint in launch.checkpoints.values():
        if Reached.TURNED_BACK not in launch.milestones:
            yield from due_next(launch, checkpoint)
        poll = launch.polls.get(checkpoint.name)
        if poll and poll.is_asking:
            yield from due_of(launch, checkpoint, poll)


def due_next(launch: Launch, checkpoint: Checkpoint) -> Iterator[Deadline]:
    """Its heads-up, and its asking."""
    number = next_occurrence(launch, checkpoint)
    at = instant(launch, moment_of(checkpoint, number)) if number is not None else None
    if number is None or at is None:
        return
    key = f"{checkpoint.name}:{number}"
    yield Deadline(f"checkpoint:{key}", at, OpenCheckpoint(checkpoint.name, number))
    if not is_announced(launch, checkpoint, number):
        yield Deadline(f"heads_up:{key}", at - HEADS_UP, AnnounceCheckpoint(checkpoint.name, number))


def due_of(launch: Launch, checkpoint: Checkpoint, poll: Poll) -> Iterator[Deadline]:
    name, number, tier = poll.checkpoint, poll.round, poll.tier
    if poll.phase is Phase.GRACE:
        yield lasting(f"count:{name}:{number}:{tier}", poll, launch.plan.limits.grace, CountCheckpoint(name, number, tier))
        return
    if not poll.is_reminded:
        yield lasting(f"remind:{name}:{number}:{tier}", poll, checkpoint.answer / 2, RemindSilent(name, number, tier))
    yield lasting(f"answer:{name}:{number}:{tier}", poll, checkpoint.answer, EndAnswering(name, number, tier))


def lasting(key: str, poll: Poll, lasts: timedelta, command: RemindSilent | EndAnswering | CountCheckpoint) -> Deadline:
    return Deadline(key, poll.phase_at + lasts, command, lasts)


def asks(launch: Launch) -> Iterator[Ask]:
    """The answers that are wanted of people now."""
    for poll in launch.polls.values():
        if not poll.is_asking:
            continue
        for role in launch.silent(poll):
            people = [launch.duty[role].person, *(row.person for row in seconds(launch, poll, role))]
            yield from (Ask(f"checkpoint:{poll.checkpoint}:{role}", person, role) for person in people if person)


def seconds(launch: Launch, poll: Poll, role: str) -> list[Asked]:
    """Those who were asked in the place of the silent holder of a role, and still replace them."""
    keys = ((poll.checkpoint, poll.round, role, person) for person in launch.duty[role].deputies)
    return [row for key in keys if (row := launch.asked.get(key)) and row.is_second]
