"""Go or no-go."""

from dataclasses import dataclass
from datetime import timedelta

from launch.messages.base import Command, Event
from launch.state import Answer, Decision
from launch.words import Words


@dataclass(frozen=True, slots=True)
class OpenCheckpoint(Command):
    """Ask it for the first time: the clock at its time, or the commander earlier."""

    checkpoint: str


@dataclass(frozen=True, slots=True)
class AskAgain(Command):
    checkpoint: str
    round: int | None = None


@dataclass(frozen=True, slots=True)
class CheckpointOpened(Event):
    checkpoint: str
    round: int


@dataclass(frozen=True, slots=True)
class RemindSilent(Command):
    checkpoint: str
    round: int


@dataclass(frozen=True, slots=True)
class SilentReminded(Event):
    checkpoint: str
    round: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndAnswering(Command):
    checkpoint: str
    round: int


@dataclass(frozen=True, slots=True)
class AnswerTimePassed(Event):
    checkpoint: str
    round: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountCheckpoint(Command):
    checkpoint: str
    round: int


@dataclass(frozen=True, slots=True)
class CheckpointCounted(Event):
    """The outcome by rule; `silent` roles counted as no-go."""

    checkpoint: str
    round: int
    outcome: Answer
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CastVote(Command):
    """`round` is the one that its giver was looking at; None means whichever runs."""

    checkpoint: str
    role: str
    answer: Answer
    reason: Words | None = None
    round: int | None = None


@dataclass(frozen=True, slots=True)
class VoteCast(Event):
    checkpoint: str
    round: int
    role: str
    person: str
    answer: Answer
    reason: Words | None = None


@dataclass(frozen=True, slots=True)
class DecideCheckpoint(Command):
    """The commander's word on an outcome. `limit` is how long a hold that it calls may last."""

    checkpoint: str
    decision: Decision
    reason: Words | None = None
    limit: timedelta | None = None
    round: int | None = None


@dataclass(frozen=True, slots=True)
class CheckpointDecided(Event):
    checkpoint: str
    round: int
    decision: Decision
    person: str
    reason: Words | None = None
