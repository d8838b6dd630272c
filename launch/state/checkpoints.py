"""Go or no-go: the questions, whom they were put to, the answers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from launch.words import Words


class Answer(StrEnum):
    """What a role says at a checkpoint. A role that says nothing counts as NO_GO, and its silence is told."""

    GO = "go"
    NO_GO = "no_go"


class Decision(StrEnum):
    """What the commander makes of an outcome."""

    PROCEED = "proceed"
    HOLD = "hold"


class Phase(StrEnum):
    """Where a checkpoint stands: being asked, past its time with answers missing, counted, decided."""

    ASKING = "asking"
    GRACE = "grace"
    COUNTED = "counted"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Poll:
    """A checkpoint as it was asked; `round` counts how often. Until it is first asked it has no row."""

    checkpoint: str
    round: int
    phase: Phase
    phase_at: datetime
    opened_at: datetime
    is_reminded: bool = False
    outcome: Answer | None = None
    decision: Decision | None = None
    decided_by: str | None = None
    reason: Words | None = None

    @property
    def key(self) -> str:
        return self.checkpoint

    @property
    def is_asking(self) -> bool:
        """Whether an answer still counts."""
        return self.phase in (Phase.ASKING, Phase.GRACE)

    @property
    def may_proceed(self) -> bool:
        """Whether what it guards may begin: only the commander's word lets it."""
        return self.decision is Decision.PROCEED


@dataclass(frozen=True, slots=True)
class Asked:
    """That a person was asked for a role at one round of a checkpoint, so that their message is seen through to its end."""

    checkpoint: str
    round: int
    role: str
    person: str
    at: datetime

    @property
    def key(self) -> tuple[str, int, str, str]:
        return (self.checkpoint, self.round, self.role, self.person)


@dataclass(frozen=True, slots=True)
class Vote:
    """The answer of a role, and who gave it."""

    checkpoint: str
    round: int
    role: str
    person: str
    answer: Answer
    at: datetime
    reason: Words | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        return (self.checkpoint, self.round, self.role)


@dataclass(frozen=True, slots=True)
class Decider:
    """That the outcome of a round lay in the hands of a person, so that their message is seen through to its end."""

    checkpoint: str
    round: int
    person: str
    at: datetime

    @property
    def key(self) -> tuple[str, int, str]:
        return (self.checkpoint, self.round, self.person)
