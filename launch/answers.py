"""What roles answer, and what it comes to: the next tier, or the count by rule. Silence is never a go."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from launch.countdown import is_said
from launch.messages import (
    Actor,
    CastVote,
    CheckpointCounted,
    DisputeVote,
    Event,
    Fact,
    RecordVote,
    Refused,
    TierAsked,
    VoteCast,
    VoteDisputed,
)
from launch.occurrences import polled
from launch.plan import CheckpointKind
from launch.state import Answer, Asked, Launch, Outcome, Poll, Vote
from launch.words import says_same


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


# --- what becomes of it ------------------------------------------------------------------------------------------------


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


def with_vote(launch: Launch, vote: Vote) -> Launch:
    return replace(launch, votes={**launch.votes, vote.key: vote})
