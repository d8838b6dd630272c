"""Times as a plan writes them, "2027-03-16 04:30", "T-3h45m", "1h30m", and the instants they mean.

People write wall times, and some of those come twice or never on the days when clocks change; all else reckons in UTC.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from launch.findings import TimeCode
from launch.plan import Moment

_WALL = re.compile(r"(\d{4})-(\d\d?)-(\d\d?) +(\d\d?):(\d\d)(?: +(\S+))?", re.ASCII)
_FROM_T0 = re.compile(r"T([+-])(\w+)")
_DURATION = re.compile(r"(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?", re.ASCII)
_LONGEST = timedelta(days=400)
_YEARS = range(2000, 2100)


class Unreadable(ValueError):
    """A text that means no time; `code` says why, `value` is the part of it that is wrong."""

    def __init__(self, code: TimeCode, value: str) -> None:
        super().__init__(f"{code}: {value}")
        self.code, self.value = code, value


@dataclass(frozen=True, slots=True)
class Wall:
    """A date and time on the clocks of a zone."""

    local: datetime
    zone: ZoneInfo

    @property
    def comes(self) -> Literal["once", "twice", "never"]:
        """How often the clocks show it: twice in the hour they are set back over, never in the one they skip."""
        first, second = self._readings()
        return "once" if first == second else "twice" if first < second else "never"

    @property
    def wall_text(at: datetime, home: str) -> str:
    """The instant as a plan would write it, in the zone `home`: "2027-03-16 04:30 Europe/Paris"."""
    return f"{at.astimezone(ZoneInfo(home)):%Y-%m-%d %H:%M} {home}"
