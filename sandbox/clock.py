"""Launch time: the day being played, apart from the machine's own time, shared with the bot through one small file."""
import json
import time
from datetime import UTC, datetime
from pathlib import Path


class Clock:
    """Launch time in seconds since the epoch (UTC). Without a file it is the system's own time and cannot be set."""

    def __init__(self, path: Path | None = None, launch: str | None = None, speed: float | None = None) -> None:
        """`launch` is ISO-8601 (UTC when no offset stands in it). An existing file is read on unless `launch` or `speed` is given.

        Raises ValueError for a time or a speed that cannot be."""
        self.path = path
        self._machine, self._launch, self._speed = time.monotonic(), time.time(), 1.0
        if path is None:
            if launch is not None or speed not in (None, 1.0):
                raise ValueError("a start or a speed needs a clock file")
        elif path.exists() and launch is None and speed is None:
            told = json.loads(path.read_text())
            self._machine, self._launch, self._speed = float(told["machine"]), instant(told["launch"]), float(told["speed"])
        else:
            self.set(launch, speed)

    def now(self) -> float:
        if self.path is None:
            return time.time()
        return self._launch + (time.monotonic() - self._machine) * self._speed

    def iso(self) -> str:
        return iso(self.now())

    def set(self, launch: str | None = None, speed: float | None = None) -> None:
        """Jumps to `launch`, changes the speed, or both; the file is replaced whole. Raises ValueError."""
        if self.path is None:
            raise ValueError("the stand-in was started without a clock file, so the system's time cannot be set")
        if speed is not None and not 0 <= speed <= 100_000:
            raise ValueError("speed is a number from 0 to 100000")
        at = self.now() if launch is None else instant(launch)
        self._machine, self._launch, self._speed = time.monotonic(), at, self._speed if speed is None else speed
        beside = self.path.with_name(self.path.name + ".new")
        beside.write_text(json.dumps(self.shown()))
        beside.replace(self.path)

    def shown(self) -> dict[str, object]:
        return {"machine": self._machine, "launch": iso(self._launch), "speed": self._speed}


def instant(text: str) -> float:
    """Seconds since the epoch of an ISO-8601 time. Raises ValueError."""
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
