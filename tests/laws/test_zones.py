"""A launch in the night in which clocks change, in every zone that has such nights: each hour of its plan is the one that is meant."""

import os
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from launch import game
from launch.birth import written
from launch.countdown import countdown
from launch.messages import SLACK, CheckpointOpened, PlanLaunch, SettleRoom, ShiftTurned
from launch.moments import zones
from launch.reading import read_plan
from tests.days import Day, born, play, wait, words

YEAR = 2027
HOUR = timedelta(hours=1)
PLAN = """
launch: {{key: night, name: Night, language: en, zone: {zone}, t0: {t0}, room: {{opens: {opens}}}}}
people:
  ada: {{name: Ada, slack: UADA1}}
  ben: {{name: Ben, slack: UBEN1}}
roles:
  commander: {{title: Commander, decides: true}}
  network: {{title: Network}}
shifts:
  - {{name: eve, from: {opens}, to: {edge}, commander: [ada], network: [ada, ben]}}
  - {{name: dawn, from: {edge}, to: {ends}, commander: [ada], network: [ben, ada]}}
checkpoints:
  - {{name: relative, at: T-90m, answer: 5m, ask: [[network]]}}
  - {{name: fixed, at: {fixed}, answer: 5m, ask: [[network]]}}
"""


@cache
def changes(name: str) -> tuple[datetime, ...]:
    """The instants (UTC) of the year at which a zone's clocks jump, found by looking at the clock every quarter of an hour."""
    zone, quarter = ZoneInfo(name), timedelta(minutes=15)
    days = [datetime(YEAR, 1, 1, tzinfo=UTC) + timedelta(days=number) for number in range(366)]
    jumping = [day for day in days if (day + 24 * HOUR).astimezone(zone).utcoffset() != day.astimezone(zone).utcoffset()]
    quarters = [day + quarter * number for day in jumping for number in range(96)]
    return tuple(at + quarter for at in quarters if (at + quarter).astimezone(zone).utcoffset() != at.astimezone(zone).utcoffset())


def meant(wall: datetime, name: str) -> datetime:
    """The first instant at which the clocks of a zone show `wall`, or are past it: looked for minute by minute."""
    zone, minute, start = ZoneInfo(name), timedelta(minutes=1), wall.replace(tzinfo=UTC) - 15 * HOUR

    def is_there(number: int) -> bool:
        return (start + number * minute).astimezone(zone).replace(tzinfo=None) >= wall

    quarter = next(number for number in range(0, 31 * 60, 15) if is_there(number))
    return start + minute * next(number for number in range(max(0, quarter - 16), quarter + 1) if is_there(number))


def what_clocks_do(name: str) -> tuple[object, ...]:
    """When they jump in the year, and from what to what: zones that do the same are alike in every hour of it."""
    zone = ZoneInfo(name)
    return tuple((at, *((at + step).astimezone(zone).utcoffset() for step in (-HOUR, HOUR))) for at in changes(name))


pytestmark = pytest.mark.slow
CHANGING = sorted(name for name in zones() if changes(name))
ALIKE = {what_clocks_do(name): name for name in reversed(CHANGING)}
PLAYED = CHANGING if int(os.environ.get("LAUNCHROOM_DAYS", "0")) > 1_000 else sorted(ALIKE.values())
"""Of zones whose clocks do the same in the year, one is played; `make simulate` plays them all."""


def test_many_zones_change_their_clocks() -> None:
    assert len(CHANGING) > 150
    assert {"Europe/Paris", "America/Toronto", "Australia/Lord_Howe", "Africa/Casablanca"} <= set(CHANGING)
    assert len(ALIKE) > 25


@pytest.mark.parametrize("number", range(4))
def test_every_hour_of_the_plan_is_the_one_that_is_meant(number: int) -> None:
    """T-0 three hours after the change, a shift edge one hour before it, and a question at hours of the wall around it, of which some are
    skipped or come twice."""
    for name in PLAYED[number::4]:
        for change in changes(name):
            local = change.astimezone(ZoneInfo(name)).replace(tzinfo=None)
            for shift in (-90, -30, 0, 30):
                hours(name, local + timedelta(minutes=shift), change)


def hours(name: str, fixed: datetime, change: datetime) -> None:
    walls = {"t0": change + 3 * HOUR, "opens": change - 20 * HOUR, "edge": change - HOUR, "ends": change + 20 * HOUR}
    texts = {key: f"{at.astimezone(ZoneInfo(name)):%Y-%m-%d %H:%M}" for key, at in walls.items()}
    source = PLAN.format(zone=name, fixed=f"{fixed:%Y-%m-%d %H:%M}", **texts)
    read = read_plan(source)
    assert read.plan, (name, read.findings)
    t0, edge = (meant(datetime.strptime(texts[key], "%Y-%m-%d %H:%M"), name) for key in ("t0", "edge"))  # noqa: DTZ007 - a wall time
    launch = born(PlanLaunch(1, words(written(read.plan))), "night", change - 30 * HOUR)
    day = wait(play(Day(launch), [(change - 20 * HOUR, SLACK, SettleRoom("C1"))]), change + 6 * HOUR)
    asked = {fact.event.checkpoint: fact.at for fact in day.facts if isinstance(fact.event, CheckpointOpened)}
    assert asked == {"relative": t0 - timedelta(minutes=90), "fixed": meant(fixed, name)}, name
    assert edge in {fact.at for fact in day.facts if isinstance(fact.event, ShiftTurned)}
    assert countdown(day.launch, change) == change - t0
    assert game.due(day.launch).keys() >= {"shift"}
