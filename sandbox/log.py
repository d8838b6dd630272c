"""Every call to and from the bot in order, and what took effect: the truth that tests compare with."""
import time
from typing import Any

from sandbox.clock import Clock

BULKY = ("args", "answer", "payload")


class Log:
    """Entries {n, machine (monotonic seconds), at (launch time, ISO-8601), kind, …}; `brief` leaves payloads out."""

    def __init__(self, clock: Clock, brief: bool = False) -> None:
        self.clock, self.brief = clock, brief
        self.entries: list[dict[str, Any]] = []
        self._first = 1

    def add(self, kind: str, **said: Any) -> dict[str, Any]:
        if self.brief:
            said = {key: value for key, value in said.items() if key not in BULKY}
        entry = {"n": self._first + len(self.entries), "machine": time.monotonic(), "at": self.clock.iso(), "kind": kind, **said}
        self.entries.append(entry)
        return entry

    def since(self, n: int) -> list[dict[str, Any]]:
        return self.entries[max(0, n - self._first + 1) :]

    def forget(self) -> None:
        """Empties the log; numbers go on, so that a reader's `since` stays true."""
        self._first += len(self.entries)
        self.entries.clear()
