"""The only place where time and chance come in: two clocks and new ids, behind one small object that a simulation replaces.

Launch time is what rules, rows and texts live by; machine time (monotonic) is for leases, timeouts and Retry-After."""

import hashlib
import json
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the clock: the instant (UTC, aware), and for durations a monotonic count of seconds.

    Two `mono` compare only where `boot`, the id of what they count from, is the same.
    """

    now: datetime
    boot: str
    mono: float


class Clock(Protocol):
    """Launch time."""

    def read(self) -> Reading: ...

    def machine_seconds_until(self, instant: datetime) -> float | None:
        """How long to wait, in machine seconds (0 when due); None when the clock stands still before it."""


class SystemClock:
    """The machine's own time. Its `mono` goes on counting while the machine sleeps, and restarts of the process do not disturb it."""

    def __init__(self) -> None:
        self._boot = _boot_id()
        self._count = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

    def read(self) -> Reading:
        return Reading(datetime.now(UTC), self._boot, time.clock_gettime(self._count))

    def machine_seconds_until(self, instant: datetime) -> float:
        return max(0.0, (instant - datetime.now(UTC)).total_seconds())


class FileClock:
    """Launch time steered by a small JSON file: at `machine` (monotonic seconds) it was `launch` (ISO-8601), running at `speed`.

    The file is read again whenever it was replaced; durations follow launch time.
    Raises ValueError with a sentence when it is not such a file, OSError when it is gone.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()
        self._boot = "file:" + hashlib.sha256(str(self._path).encode()).hexdigest()[:16]
        self._version: tuple[int, int] | None = None
        self._hand = self._current()

    def read(self) -> Reading:
        now = self._current().at(time.monotonic())
        return Reading(now, self._boot, now.timestamp())

    def machine_seconds_until(self, instant: datetime) -> float | None:
        hand = self._current()
        launch_seconds = (instant - hand.at(time.monotonic())).total_seconds()
        if launch_seconds <= 0:
            return 0.0
        return launch_seconds / hand.speed if hand.speed else None

    def _current(self) -> "_Hand":
        stat = self._path.stat()
        version = (stat.st_ino, stat.st_mtime_ns)
        if version != self._version:
            self._hand = _hand_of(self._path)
            self._version = version
        return self._hand


_EXAMPLE = '{"machine": 1234.5, "launch": "2027-03-16T03:30:00Z", "speed": 1.0}'


@dataclass(frozen=True, slots=True)
class _Hand:
    machine: float
    launch: datetime
    speed: float

    def at(self, machine: float) -> datetime:
        return self.launch + timedelta(seconds=(machine - self.machine) * self.speed)


def _hand_of(path: Path) -> _Hand:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        machine, launch, speed = float(facts["machine"]), datetime.fromisoformat(facts["launch"]), float(facts["speed"])
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{path} is no clock file; one is {_EXAMPLE}") from error
    if launch.tzinfo is None or not math.isfinite(machine) or not 0 <= speed < math.inf:
        raise ValueError(f"{path} is no clock file: launch needs its zone, speed is 0 or more; one is {_EXAMPLE}")
    return _Hand(machine, launch.astimezone(UTC), speed)


def _boot_id() -> str:
    """Without the kernel's id, one of our own: durations from before a restart are then known to be unknown."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return "process:" + secrets.token_hex(8)


def clock_from(setting: str) -> Clock:
    """`system`, or the path of a clock file."""
    return SystemClock() if setting == "system" else FileClock(Path(setting))


@dataclass(frozen=True, slots=True)
class Outside:
    """Everything that differs from one run to the next. A simulation gives its own clock, machine time and (seeded) randomness."""

    clock: Clock = field(default_factory=SystemClock)
    machine: Callable[[], float] = time.monotonic
    random_bytes: Callable[[int], bytes] = secrets.token_bytes

    def new_key(self) -> str:
        """An opaque key for a row or a message, 24 hexadecimal digits."""
        return self.random_bytes(12).hex()

    def new_salt(self) -> str:
        """The salt of one person's words, 32 hexadecimal digits."""
        return self.random_bytes(16).hex()
