"""A change of one thing, as somebody asks for it on the day: the time that they wrote, the people of a shift as they want them."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from launch.countdown import nominal
from launch.moments import Wall, moment, moment_text
from launch.occurrences import moment_of, next_occurrence
from launch.plan import Moment, Plan, Shift
from launch.state import Launch

BEHIND = "+"
"""In the place of somebody's key: nobody is replaced."""

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:hH]([0-5]\d)")
_MINUTES = re.compile(r"([+-]?)([1-9]\d{0,3})")


def movable(launch: Launch) -> list[str]:
    """The checkpoints of the plan that the clock has still to ask, the next one first."""
    found = ((each, next_occurrence(launch, each)) for each in launch.plan.checkpoints.values())
    times = {each.name: nominal(launch, moment_of(each, number)) for each, number in found if number is not None}
    return sorted(times, key=lambda name: times[name])


def minutes(text: str) -> timedelta | None:
    """How long "+15", "15" or "-10" is; None for what is no whole number of minutes, or none at all."""
    written = _MINUTES.fullmatch(text.strip().replace("−", "-"))
    return timedelta(minutes=int(written[1] + written[2])) if written else None


def later(launch: Launch, name: str, by: timedelta) -> str:
    """The time of a checkpoint, so much later (earlier, if negative), as a plan writes it: counted from T-0 if it was before."""
    at = launch.plan.checkpoints[name].at
    moved = Moment(offset=at.offset + by) if at.offset is not None else Moment(at=nominal(launch, at) + by)
    return _written(moved, launch.plan.zone)


def at_time(launch: Launch, name: str, text: str, now: datetime) -> str:
    """The time that somebody wrote, as a plan writes it: "T-30m", "2027-03-16 05:00"; "05:00" is the one next to the present time of the
    checkpoint that is still to come. Raises Unreadable."""
    text = text.strip()
    if clock := _CLOCK.fullmatch(text):
        near = nominal(launch, launch.plan.checkpoints[name].at)
        return _written(Moment(at=_nearest(int(clock[1]), int(clock[2]), near, now, ZoneInfo(launch.plan.zone))), launch.plan.zone)
    text = text.upper() if text[:1] == "t" else text
    moment(written := _t(text), ZoneInfo(launch.plan.zone))
    return written


def _t(text: str) -> str:
    """ "T-30m", also with the minus sign of a message, and its unit in small letters."""
    return f"T{text[1:].lower()}".replace("−", "-").replace(" ", "") if text[:1] == "T" else text


def _nearest(hour: int, minute: int, near: datetime, now: datetime, zone: ZoneInfo) -> datetime:
    """Of the three days around `near`, the one on which the hour comes closest to it, and after `now` if any does."""
    local = near.astimezone(zone).replace(tzinfo=None, hour=hour, minute=minute, second=0, microsecond=0)
    found = [Wall(local + timedelta(days=days), zone).instant for days in (-1, 0, 1)]
    return min(found, key=lambda at: (at <= now, abs(at - near)))


def _written(when: Moment, zone: str) -> str:
    """As a plan writes it; in UTC where the clocks of the zone show the same for another instant."""
    if when.at is None or Wall(when.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None), ZoneInfo(zone)).instant == when.at:
        return moment_text(when, zone)
    return moment_text(when, "UTC")


# --- people --------------------------------------------------------------------------------------------------------------


def shifts_ahead(plan: Plan, now: datetime) -> Iterator[Shift]:
    """Those that are not over, the first to end first."""
    return iter(sorted((shift for shift in plan.shifts if shift.ends > now), key=lambda shift: shift.ends))


def seated(holders: tuple[str, ...], whom: str, by: str) -> list[str]:
    """The holders of a role with `by` in the place of `whom`, or behind them all; whoever was there already leaves their old place."""
    if whom == by:
        return list(holders)
    others = [person for person in holders if person != by]
    return [by if person == whom else person for person in others] if whom in others else [*others, by]
