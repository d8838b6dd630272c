"""The log of problems: reported, taken, graver or less grave, decided on in time, closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from launch.messages.base import Command, Event
from launch.state import Impact, Source
from launch.words import Words


@dataclass(frozen=True, slots=True)
class ReportProblem(Command):
    words: Words
    impact: Impact
    source: Source


@dataclass(frozen=True, slots=True)
class ProblemReported(Event):
    number: int
    words: Words
    impact: Impact
    source: Source
    person: str
    decide_by: datetime | None


@dataclass(frozen=True, slots=True)
class TakeProblem(Command):
    """ "I have it": also when somebody else had it until now."""

    number: int


@dataclass(frozen=True, slots=True)
class ProblemTaken(Event):
    """`before` had it until now."""

    number: int
    person: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeImpact(Command):
    number: int
    impact: Impact


@dataclass(frozen=True, slots=True)
class ImpactChanged(Event):
    number: int
    impact: Impact
    person: str
    decide_by: datetime | None


@dataclass(frozen=True, slots=True)
class AskProblem(Command):
    """The time to decide what it means has passed."""

    number: int


@dataclass(frozen=True, slots=True)
class ProblemOverdue(Event):
    number: int


@dataclass(frozen=True, slots=True)
class ExtendProblem(Command):
    """Whoever commands gives it so much longer from now."""

    number: int
    limit: timedelta


@dataclass(frozen=True, slots=True)
class ProblemExtended(Event):
    number: int
    decide_by: datetime
    person: str


@dataclass(frozen=True, slots=True)
class CloseProblem(Command):
    number: int
    outcome: Words


@dataclass(frozen=True, slots=True)
class ProblemClosed(Event):
    number: int
    outcome: Words
    person: str
