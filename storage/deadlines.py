"""What the clock will do, as rows, so that a restart need not load every launch to know when to wake.

A deadline at an instant is ripe when wall time says so. One that lasts is ripe when that much time has elapsed on this machine
run, whatever the wall clock was set to; after a reboot only the wall clock is left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Row, and_, func, or_, select

from launch.messages import Deadline
from storage.facts import decoded, digests_in, encoded
from storage.models import DeadlineRow
from storage.tables import drop, put, table
from storage.words import recall

DEADLINES = table(DeadlineRow)


class Reading(Protocol):
    """One look at the clocks: wall time in UTC, which machine run this is, and its elapsed seconds."""

    @property
    def now(self) -> datetime: ...
    @property
    def boot(self) -> str: ...
    @property
    def mono(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Timer:
    """A deadline and where the clocks stood when it was set."""

    deadline: Deadline
    boot: str
    mono: float

    @property
    def ripe(self) -> float | None:
        """The elapsed seconds of the machine run at which it is due, if it lasts."""
        return self.mono + self.deadline.lasts.total_seconds() if self.deadline.lasts else None

    def is_ripe(self, reading: Reading) -> bool:
        if self.ripe is not None and self.boot == reading.boot:
            return reading.mono >= self.ripe
        return self.deadline.at <= reading.now


Timers = Mapping[str, Timer]


def rearmed(timers: Timers, due: Mapping[str, Deadline], reading: Reading) -> Timers:
    """Timers for what is due now; those already running keep the reading they began with."""
    if len(timers) == len(due) and all(key in timers and timers[key].deadline == deadline for key, deadline in due.items()):
        return timers
    return {
        key: timers[key] if key in timers and timers[key].deadline == deadline else Timer(deadline, reading.boot, reading.mono)
        for key, deadline in due.items()
    }


def save(tx: Connection, changes: Iterable[tuple[str, str, Timers, Timers]]) -> None:
    """Write the rows of (team, launch, timers before, timers after)."""
    new, gone = [], []
    for team_id, launch_id, before, after in changes:
        new += [row_of(team_id, launch_id, timer) for key, timer in after.items() if before.get(key) is not timer]
        gone += [{"team_id": team_id, "launch_id": launch_id, "key": key} for key in before if key not in after]
    put(tx, DEADLINES, new)
    drop(tx, DEADLINES, gone)


def row_of(team_id: str, launch_id: str, timer: Timer) -> dict[str, object]:
    deadline = timer.deadline
    return {
        "team_id": team_id,
        "launch_id": launch_id,
        "key": deadline.key,
        "at": deadline.at,
        "command": f"{type(deadline.command).__name__} {encoded(deadline.command)}",
        "lasts": deadline.lasts,
        "boot": timer.boot,
        "mono": timer.mono,
        "ripe": timer.ripe,
    }


def load(tx: Connection, team_id: str, launch_id: str) -> dict[str, Timer]:
    """The timers of one launch."""
    query = select(DEADLINES).where(DEADLINES.c.team_id == team_id, DEADLINES.c.launch_id == launch_id)
    return {row.key: Timer(deadline_in(tx, team_id, row), row.boot, row.mono) for row in tx.execute(query)}


def deadline_in(tx: Connection, team_id: str, row: Row[Any]) -> Deadline:
    kind, _, facts = row.command.partition(" ")
    return Deadline(row.key, row.at, decoded(kind, facts, recall(tx, team_id, digests_in(facts))), row.lasts)


def ripe(tx: Connection, reading: Reading, most: int = 500) -> list[tuple[str, str]]:
    """The launches (team, launch) that have something overdue, the longest waiting first."""
    query = select(DEADLINES.c.team_id, DEADLINES.c.launch_id, func.min(DEADLINES.c.at).label("first")).where(
        or_(
            and_(DEADLINES.c.at <= reading.now, or_(DEADLINES.c.ripe.is_(None), DEADLINES.c.boot != reading.boot)),
            and_(DEADLINES.c.boot == reading.boot, DEADLINES.c.ripe <= reading.mono),
        )
    )
    found = tx.execute(query.group_by(DEADLINES.c.team_id, DEADLINES.c.launch_id).order_by("first").limit(most))
    return [(row.team_id, row.launch_id) for row in found]


def next_ripe(tx: Connection, reading: Reading) -> float | None:
    """Launch seconds until the next deadline is ripe; None when nothing waits. It may be negative."""
    instants = select(func.min(DEADLINES.c.at)).where(or_(DEADLINES.c.ripe.is_(None), DEADLINES.c.boot != reading.boot))
    elapsed = select(func.min(DEADLINES.c.ripe)).where(DEADLINES.c.boot == reading.boot)
    at, mono = tx.execute(instants).scalar(), tx.execute(elapsed).scalar()
    waits = [(at - reading.now).total_seconds()] if at else []
    waits += [mono - reading.mono] if mono is not None else []
    return min(waits, default=None)
