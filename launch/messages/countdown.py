"""The clock: holds, and their end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from launch.messages.base import Command, Event
from launch.words import Words


@dataclass(frozen=True, slots=True)
class CallHold(Command):
    reason: Words
    limit: timedelta | None = None


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


@dataclass(frozen=True, slots=True)
class AskOverrun(Command):
    number: int


@dataclass(frozen=True, slots=True)
class HoldOverran(Event):
    number: int


@dataclass(frozen=True, slots=True)
class Resume(Command):
    pass


@dataclass(frozen=True, slots=True)
class HoldEnded(Event):
    number: int
    person: str
