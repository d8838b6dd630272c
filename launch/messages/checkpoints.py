"""Go or no-go."""

from dataclasses import dataclass
from datetime import timedelta

from launch.messages.base import Command, Event
from launch.state import Answer, Decision, Outcome
from launch.words import Words


@dataclass(frozen=True, slots=True)
class OpenCheckpoint(Command):
    """Ask it for the first time: the clock at its time, or the commander earlier. `occurrence` is which time of a periodic one, from 0."""

    checkpoint: str
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class PutQuestion(Command):
    """An ad hoc checkpoint, asked at once: own words, some roles, so long to answer."""

    words: Words
    roles: tuple[str, ...]
    answer: timedelta


@dataclass(frozen=True, slots=True)
class QuestionPut(Event):
    name: str
    words: Words
    roles: tuple[str, ...]
    answer: timedelta
    person: str


@dataclass(frozen=True, slots=True)
class AnnounceCheckpoint(Command):
    """Its time is near: those whom it will ask get their heads-up."""

    checkpoint: str
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class CheckpointAnnounced(Event):
    checkpoint: str
    round: int
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class AskAgain(Command):
    checkpoint: str
    round: int | None = None


@dataclass(frozen=True, slots=True)
class CheckpointOpened(Event):
    checkpoint: str
    round: int
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class TierAsked(Event):
    """The tier before has answered, or had its time."""

    checkpoint: str
    round: int
    tier: int


@dataclass(frozen=True, slots=True)
class RemindSilent(Command):
    checkpoint: str
    round: int
    tier: int = 0


@dataclass(frozen=True, slots=True)
class SilentReminded(Event):
    checkpoint: str
    round: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndAnswering(Command):
    checkpoint: str
    round: int
    tier: int = 0


@dataclass(frozen=True, slots=True)
class AnswerTimePassed(Event):
    """The `roles` are silent; whoever replaces their holders is asked too."""

    checkpoint: str
    round: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountCheckpoint(Command):
    """The grace of a tier is over: the next one is asked, or it is counted."""

    checkpoint: str
    round: int
    tier: int = 0


@dataclass(frozen=True, slots=True)
class CheckpointCounted(Event):
    """The outcome by rule; what the `silent` roles count as is for the kind of the checkpoint."""

    checkpoint: str
    round: int
    outcome: Outcome
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
    recorded_by: str | None = None


@dataclass(frozen=True, slots=True)
class RecordVote(Command):
    """An answer that was spoken, written down by whoever commands or by a scribe."""

    checkpoint: str
    role: str
    answer: Answer
    reason: Words | None = None
    round: int | None = None


@dataclass(frozen=True, slots=True)
class DisputeVote(Command):
    """Not what I said."""

    checkpoint: str
    round: int
    role: str


@dataclass(frozen=True, slots=True)
class VoteDisputed(Event):
    """Until the count the answer is taken away; after it the count stands, and whoever commands is told."""

    checkpoint: str
    round: int
    role: str
    person: str


@dataclass(frozen=True, slots=True)
class AskObjection(Command):
    """A condition, or a no, has been there for as long as it may."""

    checkpoint: str
    round: int
    role: str


@dataclass(frozen=True, slots=True)
class ObjectionStands(Event):
    checkpoint: str
    round: int
    role: str


@dataclass(frozen=True, slots=True)
class WithdrawObjection(Command):
    """The condition is met, the no is no more: says whoever gave it, or holds the role now."""

    checkpoint: str
    round: int
    role: str


@dataclass(frozen=True, slots=True)
class ObjectionWithdrawn(Event):
    checkpoint: str
    round: int
    role: str
    person: str


@dataclass(frozen=True, slots=True)
class LetStand(Command):
    """The launch goes on with it."""

    checkpoint: str
    round: int
    role: str


@dataclass(frozen=True, slots=True)
class ObjectionLetStand(Event):
    checkpoint: str
    round: int
    role: str
    person: str


@dataclass(frozen=True, slots=True)
class PressDecision(Command):
    """An outcome has waited for its decision."""

    checkpoint: str
    round: int


@dataclass(frozen=True, slots=True)
class DecisionPressed(Event):
    checkpoint: str
    round: int


@dataclass(frozen=True, slots=True)
class EscalateDecision(Command):
    """It has waited for as long as it may: the deputies are paged."""

    checkpoint: str
    round: int


@dataclass(frozen=True, slots=True)
class DecisionEscalated(Event):
    checkpoint: str
    round: int


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
