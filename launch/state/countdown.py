"""The holds of the clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from launch.words import Words


@dataclass(frozen=True, slots=True)
class Hold:
    """T stands still from `began_at`. `checkpoint` is set when an undecided checkpoint or its decision stopped it."""

    number: int
    began_at: datetime
    called_at: datetime
    by: str
    limit: timedelta
    reason: Words | None = None
    checkpoint: str | None = None
    is_overrun: bool = False
    ended_at: datetime | None = None
    ended_by: str | None = None

    @property
    def key(self) -> int:
        return self.number
