"""The log of problems: what, since when, who has it, decide by when, who told us first."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from launch.words import Words


class Impact(StrEnum):
    """Which customers a problem touches: none, some, all of them."""

    NONE = "none"
    PARTIAL = "partial"
    TOTAL = "total"


class Source(StrEnum):
    """Who told us first. When customers did, we have already lost."""

    MONITORING = "monitoring"
    US = "us"
    CUSTOMERS = "customers"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong. By `decide_by` whoever commands decides what it means for the launch; None when it touches no customer.

    `asked` are those who were asked to, one for each time that it became overdue or passed to another commander while it was.
    """

    number: int
    words: Words
    impact: Impact
    source: Source
    by: str
    opened_at: datetime
    decide_by: datetime | None = None
    holder: str | None = None
    is_overdue: bool = False
    asked: tuple[str, ...] = ()
    outcome: Words | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None

    @property
    def key(self) -> int:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
