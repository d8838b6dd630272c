"""Go or no-go: the questions, whom they were put to, the answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from launch.plan import Checkpoint, Moment, Title
from launch.words import Words


class Answer(StrEnum):
    """What a role says at a checkpoint. At a periodic one GO is to continue, NO_GO to hold; ROLL_BACK is only said there."""

    GO = "go"
    CONDITION = "condition"
    NO_GO = "no_go"
    ROLL_BACK = "roll_back"

    @property
    def is_go(self) -> bool:
        """A condition is work for the next minutes, and no objection to going."""
        return self in (Answer.GO, Answer.CONDITION)


class Outcome(StrEnum):
    """What the answers come to by rule. UNKNOWN: silence, where silence is not a no."""

    GO = "go"
    NO_GO = "no_go"
    ROLL_BACK = "roll_back"
    UNKNOWN = "unknown"


class Decision(StrEnum):
    """What the commander makes of an outcome."""

    PROCEED = "proceed"
    HOLD = "hold"
    ROLL_BACK = "roll_back"


class Phase(StrEnum):
    """Where a checkpoint stands: a tier is asked, its time is over with answers missing, counted and undecided, nothing more to do."""

    ASKING = "asking"
    GRACE = "grace"
    COUNTED = "counted"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Announced:
    """That those who will be asked have had their heads-up for a round that is not asked yet."""

    checkpoint: str
    round: int
    occurrence: int
    at: datetime

    @property
    def key(self) -> str:
        return self.checkpoint


@dataclass(frozen=True, slots=True)
class Question:
    """An ad hoc checkpoint: put on the day, in somebody's own words, to some roles."""

    name: str
    words: Words
    roles: tuple[str, ...]
    answer: timedelta
    person: str
    at: datetime

    @property
    def key(self) -> str:
        return self.name

    @property
    def checkpoint(self) -> Checkpoint:
        """The same as the plan would have it."""
        return Checkpoint(self.name, Moment(at=self.at), (self.roles,), self.answer, question=Title({"": str(self.words)}))


@dataclass(frozen=True, slots=True)
class Poll:
    """A checkpoint as it was asked; `round` counts how often. Until it is first asked it has no row.

    `tier` is the one asked last, since `phase_at`; `occurrence` which time of a periodic one it is; `due_at` when the clock should have
    asked it. An outcome without a decision is_pressed on the commander, and then on the deputies (is_escalated).
    """

    checkpoint: str
    round: int
    phase: Phase
    phase_at: datetime
    opened_at: datetime
    tier: int = 0
    occurrence: int = 0
    due_at: datetime | None = None
    is_reminded: bool = False
    is_pressed: bool = False
    is_escalated: bool = False
    outcome: Outcome | None = None
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
    """That a person was told of, or asked for, a role at one round of a checkpoint, so that their message is seen through to its end.

    `is_second`: they replace whoever is on the hook and has not answered in time.
    """

    checkpoint: str
    round: int
    role: str
    person: str
    at: datetime
    is_second: bool = False

    @property
    def key(self) -> tuple[str, int, str, str]:
        return (self.checkpoint, self.round, self.role, self.person)


@dataclass(frozen=True, slots=True)
class Vote:
    """The answer of a role, and who gave it. One that was spoken was `recorded_by` somebody else, and may be disputed."""

    checkpoint: str
    round: int
    role: str
    person: str
    answer: Answer
    at: datetime
    reason: Words | None = None
    recorded_by: str | None = None
    is_disputed: bool = False

    @property
    def key(self) -> tuple[str, int, str]:
        return (self.checkpoint, self.round, self.role)


@dataclass(frozen=True, slots=True)
class Objection:
    """A condition, or a no, with which the launch goes on: until it is withdrawn, or somebody lets it stand. `at` is when it was said."""

    checkpoint: str
    round: int
    role: str
    at: datetime
    is_overdue: bool = False
    withdrawn_by: str | None = None
    let_stand_by: str | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        return (self.checkpoint, self.round, self.role)

    @property
    def is_open(self) -> bool:
        return self.withdrawn_by is None and self.let_stand_by is None


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
