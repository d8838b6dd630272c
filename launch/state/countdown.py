"""The holds of the clock, and what was reached on the day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from launch.words import Words


@dataclass(frozen=True, slots=True)
class Hold:
    """T stands still from `began_at`, for a `reason`, until the role of the `owner` has done what is waited for; `limit` from `called_at`.

    `checkpoint` is set when an undecided checkpoint or its decision stopped it, `planned` when it is the plan's hold of that name. `asked`
    are those who were asked what is to become of it, one for each time.
    """

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
    owner: str | None = None
    planned: str | None = None
    asked: tuple[str, ...] = ()

    @property
    def key(self) -> int:
        return self.number


class Reached(StrEnum):
    """What a launch may have reached: T-0, live for its customers, the decision to turn back."""

    T_ZERO = "t_zero"
    LIVE = "live"
    TURNED_BACK = "turned_back"


@dataclass(frozen=True, slots=True)
class Milestone:
    """When it was reached, and by whose word; None when it was the clock's. At T-0 those who were asked whether it is live, in turn."""

    reached: Reached
    at: datetime
    person: str | None = None
    reason: Words | None = None
    asked: tuple[str, ...] = ()

    @property
    def key(self) -> Reached:
        return self.reached
