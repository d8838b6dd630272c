"""One round of a checkpoint, apart from everything that its cards do not look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.views.countdown import When, when
from bot.views.notice import LATE
from launch import countdown
from launch.plan import Plan
from launch.state import Launch, Poll, Status, Vote


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a checkpoint: all that its cards look at. `poll` is None once it was asked again."""

    plan: Plan
    checkpoint: str
    number: int
    poll: Poll | None
    votes: tuple[Vote, ...]
    silent: tuple[tuple[str, str | None], ...]
    decider: str | None
    step: When | None
    due_at: datetime | None
    is_closed: bool

    @property
    def is_asking(self) -> bool:
        return bool(self.poll and self.poll.is_asking and not self.is_closed)


def rounds(launch: Launch) -> Iterator[Round]:
    """Every round that was ever asked: a card once posted is kept true until the launch is over."""
    for poll in launch.polls.values():
        for number in range(1, poll.round + 1):
            yield round_of(launch, poll, number)


def round_of(launch: Launch, poll: Poll, number: int) -> Round:
    plan, key = launch.plan, poll.checkpoint
    votes = {role: vote for role in plan.checkpoints[key].ask if (vote := launch.votes.get((key, number, role)))}
    wanted = speakers(launch, poll, number)
    return Round(
        plan,
        key,
        number,
        poll if poll.round == number else None,
        tuple(votes.values()),
        tuple((role, wanted.get(role)) for role in plan.checkpoints[key].ask if role not in votes),
        launch.duty[plan.commander].person,
        None if poll.may_proceed else step_time(launch, key),
        asked_late(launch, poll) if number == 1 else None,
        launch.status is Status.CLOSED,
    )


def speakers(launch: Launch, poll: Poll, number: int) -> dict[str, str | None]:
    """Who is to answer for each role; when the answering is over, who was asked last."""
    if poll.round == number and poll.is_asking:
        return {role: row.person for role, row in launch.duty.items()}
    return {row.role: row.person for row in launch.asked.values() if (row.checkpoint, row.round) == (poll.checkpoint, number)}


def step_time(launch: Launch, checkpoint: str) -> When | None:
    """When the step behind a checkpoint is to begin. Once it may, the time at which it did would be moved by a later hold."""
    moment = countdown.guarded(launch, launch.plan.checkpoints[checkpoint])
    return when(launch, moment) if moment else None


def asked_late(launch: Launch, poll: Poll) -> datetime | None:
    """When it should have been asked, if it was asked later than that. Holds that ended since have moved T-0, not that hour."""
    planned = launch.plan.checkpoints[poll.checkpoint].at
    stood_still = [hold.ended_at - hold.began_at for hold in launch.holds.values() if hold.ended_at and hold.ended_at > poll.opened_at]
    due = planned.at or launch.t0 - sum(stood_still, timedelta()) + (planned.offset or timedelta())
    return due if poll.round == 1 and poll.opened_at - due > LATE else None
