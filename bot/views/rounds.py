"""One round of a checkpoint, apart from everything that its cards do not look at."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.views import spoken
from bot.views.countdown import When, when
from bot.views.locale import Reader
from bot.views.notice import LATE
from launch import countdown
from launch.answers import outcome as by_rule
from launch.checkpoints import HEADS_UP
from launch.occurrences import moment_of
from launch.plan import Checkpoint, CheckpointKind, Plan
from launch.state import Decision, Launch, Objection, Outcome, Phase, Poll, Question, Status, Vote

Seat = tuple[str, str | None]
"""A role, and who speaks for it."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a round is called: `hour` is which time of a periodic checkpoint it is for, `again` counts the rounds of that time."""

    point: Checkpoint
    hour: datetime | None
    again: int

    @property
    def kind(self) -> CheckpointKind:
        return self.point.kind

    def called(self, reader: Reader) -> str:
        """How sentences name it."""
        name = spoken.called(self.point, reader)
        return reader._("{checkpoint}, {hour}").format(checkpoint=name, hour=reader.clock(self.hour)) if self.hour else name

    def heading(self, reader: Reader) -> str:
        periodic, plain = reader._("Continue? {checkpoint}"), reader._("Go or no-go: {checkpoint}")
        sentence = periodic if self.point.kind is CheckpointKind.PERIODIC else plain
        said = sentence.format(checkpoint=self.called(reader))
        return said if self.again == 1 else reader._("{heading} (round {number})").format(heading=said, number=self.again)


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a checkpoint: all that its cards look at. `poll` is None once it was asked again.

    `question` is there when somebody put it on the day. `silent` have been asked, `later` will be. `outcome` is by rule, also of a time
    of a periodic one that is over.
    """

    plan: Plan
    named: Named
    number: int
    question: Question | None
    poll: Poll | None
    votes: tuple[Vote, ...]
    silent: tuple[Seat, ...]
    later: tuple[Seat, ...]
    objections: tuple[Objection, ...]
    outcome: Outcome | None
    decider: str | None
    is_paged: bool
    step: When | None
    due_at: datetime | None
    is_closed: bool

    @property
    def point(self) -> Checkpoint:
        return self.named.point

    @property
    def checkpoint(self) -> str:
        return self.point.name

    @property
    def kind(self) -> CheckpointKind:
        return self.point.kind

    @property
    def is_asking(self) -> bool:
        return bool(self.poll and self.poll.is_asking and not self.is_closed)

    @property
    def is_awaited(self) -> bool:
        """Whether it waits for somebody to decide."""
        return bool(self.poll and self.poll.phase is Phase.COUNTED and not self.is_closed)

    @property
    def is_settled(self) -> bool:
        """Whether the launch goes on after it: by decision, or because all is well and nothing is guarded."""
        return bool(self.poll and self.poll.phase is Phase.DECIDED and self.poll.decision in (None, Decision.PROCEED))


def rounds(launch: Launch) -> Iterator[Round]:
    """Every round that was ever asked: a card once posted is kept true until the launch is over."""
    for poll in launch.polls.values():
        for number in range(1, poll.round + 1):
            yield round_of(launch, poll, number)


def round_of(launch: Launch, poll: Poll, number: int) -> Round:
    plan, key = launch.plan, poll.checkpoint
    point = launch.checkpoints[key]
    votes = {role: vote for role in point.ask if (vote := launch.votes.get((key, number, role)))}
    wanted, is_newest = speakers(launch, poll, number), poll.round == number
    tiers = point.tiers[: poll.tier + 1] if is_newest else point.tiers
    asked = {role for tier in tiers for role in tier}
    return Round(
        plan,
        named(launch, poll, number),
        number,
        launch.questions.get(key),
        poll if is_newest else None,
        tuple(votes.values()),
        tuple((role, wanted.get(role)) for role in point.ask if role in asked and role not in votes),
        tuple((role, wanted.get(role)) for role in point.ask if role not in asked),
        tuple(row for role in votes if (row := launch.objections.get((key, number, role)))),
        outcome_of(launch, poll, number),
        launch.duty[plan.commander].person,
        is_newest and poll.is_escalated and poll.phase is Phase.COUNTED,
        None if poll.may_proceed else step_time(launch, point),
        asked_late(poll) if is_newest else None,
        launch.status is Status.CLOSED,
    )


def newest(launch: Launch, checkpoint: str) -> Round:
    """The round that runs, or ran last."""
    poll = launch.polls[checkpoint]
    return round_of(launch, poll, poll.round)


def planned(launch: Launch, point: Checkpoint) -> Round:
    """One that nobody was asked yet, for whoever looks at it beforehand."""
    decider, is_closed = launch.duty[launch.plan.commander].person, launch.status is Status.CLOSED
    step = step_time(launch, point)
    return Round(launch.plan, Named(point, None, 1), 0, None, None, (), (), (), (), None, decider, False, step, None, is_closed)


def speakers(launch: Launch, poll: Poll, number: int) -> dict[str, str | None]:
    """Who is to answer for each role; when the answering is over, who was asked last."""
    if poll.round == number and poll.is_asking:
        return {role: row.person for role, row in launch.duty.items()}
    rows = (row for row in launch.asked.values() if (row.checkpoint, row.round, row.is_second) == (poll.checkpoint, number, False))
    return {row.role: row.person for row in rows}


def named(launch: Launch, poll: Poll, number: int) -> Named:
    point = launch.checkpoints[poll.checkpoint]
    if point.series is None:
        return Named(point, None, number)
    first = hours(launch, poll)[:number]
    return Named(point, first[-1], first.count(first[-1]))


def named_ahead(launch: Launch, checkpoint: str, occurrence: int) -> Named:
    """The round that is still to come."""
    point = launch.checkpoints[checkpoint]
    return Named(point, countdown.nominal(launch, moment_of(point, occurrence)) if point.series else None, 1)


def hours(launch: Launch, poll: Poll) -> list[datetime]:
    """Which time of a periodic checkpoint each round was for: of those that are over, the last that was due when people were told."""
    point, told = launch.checkpoints[poll.checkpoint], dict.fromkeys(range(1, poll.round), poll.opened_at)
    for row in launch.asked.values():
        if row.checkpoint == poll.checkpoint and row.round in told:
            told[row.round] = min(told[row.round], row.at)
    times = [countdown.nominal(launch, moment_of(point, each)) for each in range(poll.occurrence + 1)]
    past = [max((at for at in times if at <= first + HEADS_UP), default=first) for first in told.values()]
    return [*past, poll.due_at or times[-1]]


def outcome_of(launch: Launch, poll: Poll, number: int) -> Outcome | None:
    """By rule; what the answers to an earlier time of a periodic one came to, while those that were asked for again come to nothing."""
    if poll.round == number:
        return poll.outcome
    if launch.checkpoints[poll.checkpoint].series is None or len({*hours(launch, poll)[number - 1 : number + 1]}) == 1:
        return None
    votes = launch.votes_of(replace(poll, round=number))
    return by_rule(launch, poll.checkpoint, {role: vote.answer for role, vote in votes.items()})


def step_time(launch: Launch, point: Checkpoint) -> When | None:
    """When the step behind a checkpoint is to begin. Once it may, the time at which it did would be moved by a later hold."""
    moment = countdown.guarded(launch, point)
    return when(launch, moment) if moment else None


def asked_late(poll: Poll) -> datetime | None:
    """When the clock should have asked it, if it was asked later than that."""
    return poll.due_at if poll.due_at and poll.opened_at - poll.due_at > LATE else None
