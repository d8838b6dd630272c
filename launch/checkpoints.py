"""Go or no-go: announced, asked tier by tier, answered by whoever is on duty, counted by rule. Silence is never a go."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from launch.authority import commanding
from launch.countdown import has_come, instant, is_said, nominal
from launch.messages import (
    Actor,
    AnnounceCheckpoint,
    AnswerTimePassed,
    Ask,
    CastVote,
    CheckpointAnnounced,
    CheckpointCounted,
    CheckpointOpened,
    CountCheckpoint,
    Deadline,
    DisputeVote,
    EndAnswering,
    Event,
    Fact,
    OpenCheckpoint,
    PutQuestion,
    QuestionPut,
    RecordVote,
    Refused,
    RemindSilent,
    SilentReminded,
    TierAsked,
    VoteCast,
    VoteDisputed,
)
from launch.paging import decision_settled
from launch.plan import Checkpoint, CheckpointKind, Moment
from launch.state import Announced, Answer, Asked, Decider, Launch, Objection, Outcome, Phase, Poll, Question, Reached, Vote
from launch.words import says_same

HEADS_UP = timedelta(minutes=10)
"""So long before, those who will be asked are told: the practice of NASA's launch polls and of release teams alike."""
LONGEST_ANSWER = timedelta(hours=24)

# --- when --------------------------------------------------------------------------------------------------------------


def planned(launch: Launch, name: str) -> Checkpoint:
    """The checkpoint of that name. Raises Refused."""
    if name not in launch.checkpoints:
        raise Refused("no_such_checkpoint", checkpoint=name)
    return launch.checkpoints[name]


def moment_of(checkpoint: Checkpoint, occurrence: int) -> Moment:
    """When it is asked; a periodic one for the time number `occurrence`, from 0."""
    if checkpoint.series is None:
        return checkpoint.at
    later = checkpoint.series.every * occurrence
    if checkpoint.at.offset is not None:
        return Moment(offset=checkpoint.at.offset + later)
    return Moment(at=checkpoint.at.at + later) if checkpoint.at.at else checkpoint.at


def next_occurrence(launch: Launch, checkpoint: Checkpoint) -> int | None:
    """Which time it is asked next by the clock; None when there is none."""
    poll = launch.polls.get(checkpoint.name)
    if checkpoint.series is None:
        return None if poll or checkpoint.kind is CheckpointKind.AD_HOC else 0
    number = poll.occurrence + 1 if poll else 0
    is_within = nominal(launch, moment_of(checkpoint, number)) <= nominal(launch, checkpoint.series.last)
    return number if is_within else None


def latest(launch: Launch, checkpoint: Checkpoint, occurrence: int, at: datetime) -> int:
    """The last time of a periodic one that has come by `at`: those that nobody asked are not asked after the event."""
    while next_is_within(launch, checkpoint, occurrence) and has_come(launch, moment_of(checkpoint, occurrence + 1), at):
        occurrence += 1
    return occurrence


def next_is_within(launch: Launch, checkpoint: Checkpoint, occurrence: int) -> bool:
    if checkpoint.series is None:
        return False
    return nominal(launch, moment_of(checkpoint, occurrence + 1)) <= nominal(launch, checkpoint.series.last)


# --- what is decided: asking -------------------------------------------------------------------------------------------


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


def is_announced(launch: Launch, checkpoint: Checkpoint, occurrence: int) -> bool:
    row = launch.announced.get(checkpoint.name)
    return row is not None and row.occurrence >= occurrence


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


# --- what is decided: answering ----------------------------------------------------------------------------------------


def cast_vote(command: CastVote, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """One answer, changeable until the close; the last one that a tier waits for asks the next tier, or closes the question."""
    poll = polled(launch, command.checkpoint, command.round)
    person = speaker(launch, poll, command.role, by)
    return answered(launch, poll, VoteCast(poll.checkpoint, poll.round, command.role, person, command.answer, command.reason))


def record_vote(command: RecordVote, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """An answer that was spoken, in the name of whoever is on the hook; they are told, and may say that it is not what they said."""
    poll = polled(launch, command.checkpoint, command.round)
    refuse_if_not_asked(launch, poll, command.role)
    person, recorder = launch.duty[command.role].person, launch.person_of(by.user)
    if person is None:
        raise Refused("nobody_on_duty", role=command.role)
    said = VoteCast(poll.checkpoint, poll.round, command.role, person, command.answer, command.reason)
    return answered(launch, poll, said if person == recorder else replace(said, recorded_by=recorder))


def answered(launch: Launch, poll: Poll, vote: VoteCast) -> list[Event]:
    """An answer, and what follows from it. Raises Refused."""
    if not poll.is_asking:
        raise Refused("answers_are_closed", checkpoint=poll.checkpoint)
    if vote.role not in {role for tier in launch.checkpoints[poll.checkpoint].tiers[: poll.tier + 1] for role in tier}:
        raise Refused("not_asked_yet_tier", checkpoint=poll.checkpoint, role=vote.role)
    if vote.answer is Answer.ROLL_BACK and launch.checkpoints[poll.checkpoint].kind is not CheckpointKind.PERIODIC:
        raise Refused("no_such_answer", checkpoint=poll.checkpoint)
    if vote.answer is not Answer.GO and not is_said(vote.reason):
        raise Refused("reason_needed")
    before = launch.votes.get((poll.checkpoint, poll.round, vote.role))
    if before and is_same_answer(before, vote):
        return []
    answers = {role: row.answer for role, row in launch.votes_of(poll).items()} | {vote.role: vote.answer}
    return [vote, *following(launch, poll, answers)]


def is_same_answer(before: Vote, now: VoteCast) -> bool:
    """Whether somebody only says again what they said."""
    said, again = ((row.answer, row.person, row.recorded_by) for row in (before, now))
    return said == again and says_same(before.reason, now.reason)


def following(launch: Launch, poll: Poll, answers: Mapping[str, Answer], *, is_over: bool = False) -> list[Event]:
    """When the tier asked last is complete, or its time is over: the next tier, or the count."""
    tiers = launch.checkpoints[poll.checkpoint].tiers
    is_complete = all(role in answers for role in tiers[poll.tier]) if poll.tier < len(tiers) else True
    if not (is_complete or is_over):
        return []
    if poll.tier + 1 < len(tiers):
        return [TierAsked(poll.checkpoint, poll.round, poll.tier + 1)]
    silent = tuple(role for role in launch.checkpoints[poll.checkpoint].ask if role not in answers)
    return [CheckpointCounted(poll.checkpoint, poll.round, outcome(launch, poll.checkpoint, answers), silent)]


def speaker(launch: Launch, poll: Poll, role: str, by: Actor) -> str:
    """The person behind `by`, who must be on the hook for a role that is asked, or asked in the place of whoever is."""
    refuse_if_not_asked(launch, poll, role)
    person, duty = launch.person_of(by.user), launch.duty[role]
    row = launch.asked.get((poll.checkpoint, poll.round, role, person or ""))
    is_second = row is not None and row.is_second and person in duty.deputies
    if person is None or not (person == duty.person or is_second):
        raise Refused("not_your_vote", role=role, person=duty.person or "")
    return person


def refuse_if_not_asked(launch: Launch, poll: Poll, role: str) -> None:
    if role not in launch.checkpoints[poll.checkpoint].ask:
        raise Refused("role_not_asked", checkpoint=poll.checkpoint, role=role)


def dispute_vote(command: DisputeVote, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Not what I said: before the count the answer is gone, after it whoever commands hears of it."""
    poll = polled(launch, command.checkpoint, None)
    vote, person = launch.votes.get((command.checkpoint, command.round, command.role)), launch.person_of(by.user)
    if vote is None or vote.recorded_by is None or vote.person != person:
        raise Refused("not_your_words", role=command.role)
    if vote.is_disputed:
        return []
    if poll.round != command.round:
        raise Refused("asked_again", checkpoint=poll.checkpoint)
    return [VoteDisputed(poll.checkpoint, poll.round, command.role, person)]


# --- what is decided: the count ----------------------------------------------------------------------------------------


def outcome(launch: Launch, checkpoint: str, answers: Mapping[str, Answer]) -> Outcome:
    """By rule. Advisory roles are heard and shown. What silence means is for the kind of the question."""
    asked = launch.checkpoints[checkpoint]
    needed = [role for role in asked.ask if launch.plan.roles[role].blocking]
    said = {answers[role] for role in needed if role in answers}
    is_silent = any(role not in answers for role in needed) or not answers
    if asked.kind is CheckpointKind.GATE:
        is_go = any(answer.is_go for answer in answers.values()) and not is_silent and all(answer.is_go for answer in said)
        return Outcome.GO if is_go else Outcome.NO_GO
    if Answer.ROLL_BACK in said:
        return Outcome.ROLL_BACK
    if Answer.NO_GO in said:
        return Outcome.NO_GO
    return Outcome.UNKNOWN if is_silent else Outcome.GO


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


def polled(launch: Launch, name: str, number: int | None) -> Poll:
    """The poll of a checkpoint, in the round that somebody was looking at. Raises Refused."""
    planned(launch, name)
    if name not in launch.polls:
        raise Refused("not_asked_yet", checkpoint=name)
    if number not in (None, launch.polls[name].round):
        raise Refused("asked_again", checkpoint=name)
    return launch.polls[name]


def current(launch: Launch, name: str, number: int, tier: int) -> Poll | None:
    """The poll, if the round and the tier that the clock had in mind are still the running ones."""
    poll = launch.polls.get(name)
    return poll if poll and (poll.round, poll.tier) == (number, tier) else None


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


def voted(launch: Launch, fact: Fact, event: VoteCast) -> Launch:
    vote = Vote(event.checkpoint, event.round, event.role, event.person, event.answer, fact.at, event.reason, event.recorded_by)
    row = Asked(event.checkpoint, event.round, event.role, event.person, fact.at)
    asked = launch.asked if row.key in launch.asked else {**launch.asked, row.key: row}
    return replace(launch, votes={**launch.votes, vote.key: vote}, asked=asked)


def disputed(launch: Launch, fact: Fact, event: VoteDisputed) -> Launch:
    key, poll = (event.checkpoint, event.round, event.role), launch.polls[event.checkpoint]
    if poll.is_asking:
        return replace(launch, votes={other: vote for other, vote in launch.votes.items() if other != key})
    return with_vote(launch, replace(launch.votes[key], is_disputed=True))


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


def with_vote(launch: Launch, vote: Vote) -> Launch:
    return replace(launch, votes={**launch.votes, vote.key: vote})


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
