"""Pages: who is wanted, whom they rang at, who has them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from launch.words import Words


class PageKind(StrEnum):
    """Why somebody is paged: a person called them, nobody has accepted their shift, nobody decides on an outcome."""

    CALLED = "called"
    HANDOVER = "handover"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Page:
    """Somebody is wanted for a role. `level` is the place in the `chain` that was rung last in this round, -1 before the first."""

    number: int
    kind: PageKind
    role: str
    chain: tuple[str, ...]
    called_at: datetime
    rang_at: datetime
    by: str | None = None
    reason: Words | None = None
    shift: str | None = None
    checkpoint: str | None = None
    round: int = 1
    level: int = -1
    holder: str | None = None
    taken_at: datetime | None = None
    resolved_by: str | None = None
    resolved_at: datetime | None = None

    @property
    def key(self) -> int:
        return self.number

    @property
    def is_ringing(self) -> bool:
        """Whether nobody has it yet."""
        return self.holder is None and self.resolved_at is None

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    @property
    def ringing(self) -> str | None:
        """Who was rung last in this round."""
        return self.chain[self.level] if self.level >= 0 else None


@dataclass(frozen=True, slots=True)
class Ring:
    """That a page rang at a person, so that their message is seen through to its end. `has_passed` when they cannot take it."""

    page: int
    person: str
    at: datetime
    has_passed: bool = False

    @property
    def key(self) -> tuple[int, str]:
        return (self.page, self.person)
