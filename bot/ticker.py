"""The clock's turn: wakes at the earliest deadline, sweeps every second, and asks the door to do what is overdue.

APScheduler holds two jobs and no state: what is due stands in the database, and a job that fires late or twice changes nothing.
"""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.batch import Key
from bot.door import Door
from bot.outside import Outside
from launch.messages import CLOCK
from storage import deadlines, seen
from storage.deadlines import Timer

log = structlog.get_logger()
SWEEP = timedelta(seconds=1)
"""How late a deadline may be when the wake-up was missed, for instance because the clock file jumped."""
STEP = 0.5
"""Seconds by which wall and monotonic time may drift apart between two looks before it counts as a stepped clock."""
OPTIONS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1, "replace_existing": True}


class EverySecond(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 ships without types
    """A second from now, whenever that is. The library's interval steps through each second that a paused machine has missed."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        return now + SWEEP


@dataclass(slots=True)
class Ticker:
    """Launch deadlines on launch time; its own jobs on machine time."""

    door: Door
    outside: Outside
    scheduler: AsyncIOScheduler = field(default_factory=lambda: AsyncIOScheduler(timezone=UTC))
    armed_at: float | None = None
    turning: asyncio.Lock = field(default_factory=asyncio.Lock)
    _drift: float = 0.0
    _watch: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to wake; the first turn is now, for what fell due while we were down."""
        self.door.watchers.append(self.arm)
        self.scheduler.add_job(self.turn, EverySecond(), id="sweep", next_run_time=datetime.now(UTC), **OPTIONS)
        self.scheduler.add_job(self.forget, IntervalTrigger(hours=1), id="forget", **OPTIONS)
        self.scheduler.start()
        self._drift = time.time() - time.monotonic()
        self._look_at_clocks()

    async def stop(self) -> None:
        """End between two turns: the scheduler would cut short the one that runs."""
        if self._watch:
            self._watch.cancel()
        self.door.watchers.remove(self.arm)
        self.scheduler.pause()
        async with self.turning:
            self.scheduler.shutdown(wait=False)

    async def turn(self) -> None:
        """Perform whatever is overdue, in every launch, and arm the next wake-up."""
        async with self.turning:
            await self._catch_up()
            self.armed_at = None
            reading = self.outside.clock.read()
            seconds = await self.door.write(lambda tx: deadlines.next_ripe(tx, reading))
        if seconds is not None and seconds > 0:
            self._wake_in(seconds)

    async def _catch_up(self) -> None:
        """All launches in one batch of the door."""
        reading = self.outside.clock.read()
        overdue = await self.door.write(lambda tx: deadlines.ripe(tx, reading))
        await asyncio.gather(*(self.door.perform(None, launch_id, CLOCK, team_id) for team_id, launch_id in overdue))

    def arm(self, changed: Iterable[Key]) -> None:
        """Wake earlier if a launch that just changed has something due before the armed wake-up."""
        timers = [timer for key in changed if key in self.door.kept for timer in self.door.kept[key].timers.values()]
        reading = self.outside.clock.read()
        waits = [self._launch_seconds(timer, reading) for timer in timers]
        soonest = min((wait for wait in waits if wait > 0), default=None)
        if soonest is not None:
            self._wake_in(soonest)

    def _launch_seconds(self, timer: Timer, reading: deadlines.Reading) -> float:
        if timer.ripe is not None and timer.boot == reading.boot:
            return timer.ripe - reading.mono
        return (timer.deadline.at - reading.now).total_seconds()

    def _wake_in(self, launch_seconds: float) -> None:
        """Arm the one wake-up job, unless it is armed for earlier already."""
        wait = self.outside.clock.machine_seconds_until(self.outside.clock.read().now + timedelta(seconds=launch_seconds))
        if wait is None:
            return
        at = self.outside.machine() + wait
        if self.armed_at is None or at < self.armed_at:
            self.armed_at = at
            self.scheduler.add_job(self.turn, DateTrigger(datetime.now(UTC) + timedelta(seconds=wait)), id="wake", **OPTIONS)

    async def forget(self) -> None:
        """Once an hour, drop the memory of requests that can have no copies any more."""
        now = self.outside.clock.read().now
        await self.door.write(lambda tx: seen.sweep(tx, now))

    def _look_at_clocks(self) -> None:
        """A wall clock that was set back would leave the scheduler asleep until it has caught up: wake it instead."""
        drift = time.time() - time.monotonic()
        if abs(drift - self._drift) > STEP:
            log.warning("clock_stepped", seconds=round(drift - self._drift, 3))
            self.armed_at = None
            self.scheduler.modify_job("sweep", next_run_time=datetime.now(UTC))
        self._drift = drift
        self._watch = asyncio.get_running_loop().call_later(1, self._look_at_clocks)
