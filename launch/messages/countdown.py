"""The clock: holds and their end, and what is reached on the day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from launch.messages.base import Command, Event
from launch.state import Reached
from launch.words import Words


@dataclass(frozen=True, slots=True)
class CallHold(Command):
    """`owner` is the role that has to do what is waited for; None means that of whoever calls it."""

    reason: Words
    limit: timedelta | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class BeginPlannedHold(Command):
    """T has come to a hold of the plan."""

    name: str


@dataclass(frozen=True, slots=True)
class StopAtGuard(Command):
    """T stands at a guarded step whose checkpoint is undecided; `at` is when it got there."""

    checkpoint: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HoldCalled(Event):
    number: int
    began_at: datetime
    limit: timedelta
    person: str | None = None
    reason: Words | None = None
    checkpoint: str | None = None
    owner: str | None = None
    planned: str | None = None


@dataclass(frozen=True, slots=True)
class AskOverrun(Command):
    number: int


@dataclass(frozen=True, slots=True)
class HoldOverran(Event):
    number: int


@dataclass(frozen=True, slots=True)
class ExtendHold(Command):
    """It goes on for so much longer from now."""

    limit: timedelta
    reason: Words


@dataclass(frozen=True, slots=True)
class HoldExtended(Event):
    """`limit` is counted from when the hold was called."""

    number: int
    limit: timedelta
    person: str
    reason: Words


@dataclass(frozen=True, slots=True)
class Resume(Command):
    pass


@dataclass(frozen=True, slots=True)
class HoldEnded(Event):
    number: int
    person: str


@dataclass(frozen=True, slots=True)
class ReachTZero(Command):
    """The clock stands at T-0."""


@dataclass(frozen=True, slots=True)
class GoLive(Command):
    """Customers are in: says whoever commands."""


@dataclass(frozen=True, slots=True)
class TurnBack(Command):
    """Whoever commands has decided to roll back."""

    reason: Words


@dataclass(frozen=True, slots=True)
class MilestoneReached(Event):
    reached: Reached
    person: str | None = None
    reason: Words | None = None
