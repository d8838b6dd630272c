"""Times as a plan writes them, "2027-03-16 04:30", "T-3h45m", "1h30m", and the instants they mean.

People write wall times, and some of those come twice or never on the days when clocks change; all else reckons in UTC.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from launch.findings import Code
from launch.plan import Moment, PlannedHold

_WALL = re.compile(r"(\d{4})-(\d\d?)-(\d\d?) +(\d\d?):(\d\d)(?: +(\S+))?", re.ASCII)
_FROM_T0 = re.compile(r"T([+-])(\w+)")
_DURATION = re.compile(r"(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?", re.ASCII)
_LONGEST = timedelta(days=400)
_YEARS = range(2000, 2100)


UNKNOWN = datetime(9000, 1, 1, tzinfo=UTC)
"""Stands in for an instant that could not be read, in a plan that is not handed out."""


def is_known(at: datetime) -> bool:
    """Whether `at` was read, or reckoned from what was; no plan may name a year past 2099."""
    return at.year < 2200


class Unreadable(ValueError):
    """A text that means no time; `code` says why, `value` is the part of it that is wrong."""

    def __init__(self, code: Code, value: str) -> None:
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
    def instant(self) -> datetime:
        """The instant it means, in UTC: of two the first; of none the first one after the skipped hour."""
        first, second = self._readings()
        return first if first <= second else _clock_change(second, first, self.zone)

    def _readings(self) -> tuple[datetime, datetime]:
        """By the clock before a change and by the one after it; in a skipped hour the first reading is the later instant."""
        before, after = (self.local.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        return before, after


def _clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant with the offset of `after`; there is one change between the two."""

    def is_changed(second: int) -> bool:
        return (before + timedelta(seconds=second)).astimezone(zone).utcoffset() == after.astimezone(zone).utcoffset()

    return before + timedelta(seconds=bisect_left(range(int((after - before).total_seconds())), True, key=is_changed))


def moment(text: str, home: ZoneInfo | None) -> Wall | timedelta | None:
    """A wall time, of `home` unless a zone stands behind it, or how far from T-0 (negative: before). Raises Unreadable.

    None is a wall time of a `home` that is not known.
    """
    if relative := _FROM_T0.fullmatch(text):
        offset = timedelta(0) if relative[2] == "0" else duration(relative[2])
        return -offset if relative[1] == "-" else offset
    written = _WALL.fullmatch(text)
    if not written:
        raise Unreadable("not_a_moment", text)
    named = zone(written[6]) if written[6] else home
    year, month, day, hour, minute = (int(part) for part in written.groups()[:5])
    try:
        local = datetime(year, month, day, hour, minute)  # noqa: DTZ001 - a wall time has no offset yet
    except ValueError as wrong:
        raise Unreadable("no_such_date", text) from wrong
    if year not in _YEARS:
        raise Unreadable("no_such_date", text)
    return Wall(local, named) if named else None


def planned(when: Moment, t0: datetime, holds: Iterable[PlannedHold]) -> datetime:
    """When a moment comes if nothing but the planned holds stops T; UNKNOWN, or far off, where it could not be read.

    T-0 allows for the holds before it: what is counted from T-0 comes earlier by those it lies before. A hold after T-0 delays the rest.
    """
    if when.offset is None:
        return when.at or UNKNOWN
    at = t0 + when.offset
    for hold in holds:
        stop = hold.at.offset or timedelta()
        if when.offset <= stop <= timedelta():
            at -= hold.lasts
        elif timedelta() < stop < when.offset:
            at += hold.lasts
    return at


def duration(text: str) -> timedelta:
    """How long "90s", "10m", "3h", "1h30m" or "2d" is. Raises Unreadable; more than 400 days are nobody's duration."""
    written = _DURATION.fullmatch(text)
    if not text or not written:
        raise Unreadable("not_a_duration", text)
    days, hours, minutes, seconds = (int(part or 0) for part in written.groups())
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length > _LONGEST:
        raise Unreadable("too_long_a_time", text)
    return length


def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises Unreadable."""
    if name not in zones():
        raise Unreadable("unknown_zone", name)
    return ZoneInfo(name)


@cache
def zones() -> frozenset[str]:
    """The names of the zones that people live in, and UTC."""
    return frozenset(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")) | {"UTC"}


def wall_text(at: datetime, home: str) -> str:
    """The instant as a plan would write it, in the zone `home`: "2027-03-16 04:30 Europe/Paris"."""
    return f"{at.astimezone(ZoneInfo(home)):%Y-%m-%d %H:%M} {home}"


def length_text(length: timedelta) -> str:
    """A duration as a plan would write it: "1h30m"; "0m" for none."""
    seconds = int(length.total_seconds())
    parts = ((seconds // 3600, "h"), (seconds % 3600 // 60, "m"), (seconds % 60, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0m"


def moment_text(when: Moment, home: str) -> str:
    """A moment as a plan would write it: an hour on the clocks of `home`, a distance from T-0 as "T-45m"."""
    if when.offset is None:
        return wall_text(when.at or UNKNOWN, home)
    sign = "-" if when.offset <= timedelta() else "+"
    return f"T{sign}{length_text(abs(when.offset)) if when.offset else '0'}"
