"""One question to one person, apart from everything that their message does not look at."""

from dataclasses import dataclass

from bot.views.countdown import When, when
from bot.views.rounds import Named, named, named_ahead, outcome_of, step_time
from launch.decisions import is_standing
from launch.occurrences import moment_of
from launch.plan import Checkpoint, CheckpointKind, Plan
from launch.state import Asked, Launch, Objection, Outcome, Poll, Status, Vote
from launch.state import Question as Put


@dataclass(frozen=True, slots=True)
class Question:
    """One question to one person for one role; `holder` is on duty for it now, `is_in_place` while this person answers for them.

    `ahead` is when it will be asked, while that is still to come; `poll` is None then, and once it was asked again. `objection` is what
    the launch goes on with although they said it.
    """

    plan: Plan
    launch: str
    named: Named
    asked: Asked
    question: Put | None
    ahead: When | None
    poll: Poll | None
    outcome: Outcome | None
    vote: Vote | None
    objection: Objection | None
    holder: str | None
    is_in_place: bool
    step: When | None
    is_closed: bool

    @property
    def point(self) -> Checkpoint:
        return self.named.point

    @property
    def kind(self) -> CheckpointKind:
        return self.point.kind

    @property
    def is_theirs(self) -> bool:
        """Whether this person answers for the role now."""
        return self.asked.person == self.holder or (self.is_in_place and (self.vote is None or self.is_answered_here))

    @property
    def is_answered_here(self) -> bool:
        return self.vote is not None and self.vote.person == self.asked.person

    @property
    def before(self) -> tuple[str, ...]:
        """The roles that are asked before this one."""
        number = next((number for number, tier in enumerate(self.point.tiers) if self.asked.role in tier), 0)
        return tuple(role for tier in self.point.tiers[:number] for role in tier)

    @property
    def is_their_turn(self) -> bool:
        return bool(self.poll and any(self.asked.role in tier for tier in self.point.tiers[: self.poll.tier + 1]))

    @property
    def is_running(self) -> bool:
        return bool(self.poll and self.poll.is_asking and not self.is_closed)

    @property
    def is_open(self) -> bool:
        """Whether an answer of this person counts now."""
        return self.is_running and self.is_theirs and self.is_their_turn


def facts_of(launch: Launch, checkpoint: str, number: int) -> tuple[Named, Outcome | None]:
    """What a round is called, and what it came to: the same for all who are asked."""
    poll, announced = launch.polls.get(checkpoint), launch.announced.get(checkpoint)
    if poll and number <= poll.round:
        return named(launch, poll, number), outcome_of(launch, poll, number)
    return named_ahead(launch, checkpoint, announced.occurrence if announced else 0), None


def question_of(launch: Launch, row: Asked, called: Named, outcome: Outcome | None) -> Question:
    poll, duty = launch.polls.get(row.checkpoint), launch.duty[row.role]
    is_ahead, is_newest = poll is None or row.round > poll.round, poll is not None and poll.round == row.round
    objection = launch.objections.get((row.checkpoint, row.round, row.role))
    return Question(
        launch.plan,
        launch.id,
        called,
        row,
        launch.questions.get(row.checkpoint),
        ahead_of(launch, row.checkpoint) if is_ahead else None,
        poll if is_newest else None,
        outcome,
        launch.votes.get((row.checkpoint, row.round, row.role)),
        objection if objection and is_standing(launch, objection) else None,
        duty.person,
        row.is_second and row.person in duty.deputies,
        step_time(launch, called.point) if is_ahead or (is_newest and poll and poll.is_asking) else None,
        launch.status is Status.CLOSED,
    )


def ahead_of(launch: Launch, checkpoint: str) -> When:
    """When it will be asked."""
    announced = launch.announced.get(checkpoint)
    return when(launch, moment_of(launch.checkpoints[checkpoint], announced.occurrence if announced else 0))
