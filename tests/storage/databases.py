"""Database files for tests: each a copy of one that was migrated once, opened as the bot opens them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from launch import game
from launch.messages import Fact
from launch.state import Launch
from storage import deadlines, launches, timeline
from storage.database import Synchronous, open_engine, upgrade
from storage.deadlines import Reading, Timers, rearmed
from storage.launches import Kept


@cache
def at_head() -> bytes:
    """An empty database at the head of the schema."""
    with TemporaryDirectory() as directory:
        path = Path(directory) / "head.db"
        upgrade(open_engine(path))
        return path.read_bytes()


def a_database(path: Path, synchronous: Synchronous = "NORMAL") -> Engine:
    """A new database in the file `path`. No test here cuts the power, so that most need not wait for the disk."""
    path.write_bytes(at_head())
    return open_engine(path, synchronous)


@dataclass
class Book:
    """One launch, written down step by step as the door does it: the rows that changed, the record, the timers."""

    engine: Engine
    launch: Launch | None = None
    head: str = ""
    timers: Timers = field(default_factory=dict)

    def write(self, launch: Launch, facts: Sequence[Fact], reading: Reading) -> None:
        key = (launch.team_id, launch.id)
        timers = rearmed(self.timers, game.due(launch), reading)
        with self.engine.begin() as tx:
            launches.save(tx, [(self.launch, launch)])
            heads = timeline.record(tx, [(key, fact, launch.plan_version) for fact in facts], {key: self.head})
            deadlines.save(tx, [(*key, self.timers, timers)])
        self.launch, self.timers, self.head = launch, timers, heads.get(key, self.head)

    def read(self) -> Kept:
        """What another process finds in the file."""
        assert self.launch
        with self.engine.begin() as tx:
            return launches.load(tx, self.launch.team_id, self.launch.id)
