"""Database files for tests: each a copy of one that was migrated once, opened as the bot opens them."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from launch import game
from launch.messages import SHELL, SLACK, Fact, LaunchPlanned
from launch.plan import Plan
from launch.state import Launch
from storage import deadlines, launches, timeline
from storage.database import Synchronous, open_engine, upgrade
from storage.deadlines import Reading, Timers, rearmed
from storage.launches import Kept
from tests.days import Day, a_launch, found_as, play


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

    def write(self, day: Day, reading: Reading) -> None:
        """What is new of a day, in one transaction."""
        launch, key = day.launch, (day.launch.team_id, day.launch.id)
        facts = [fact for fact in day.facts if self.launch is None or fact.seq > self.launch.seq]
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


def since_birth(plan: Plan) -> Day:
    """The same launch as `a_launch`, with every fact since its birth."""
    launch = a_launch(plan, found=False)
    birth = Fact(1, launch.born_at, SHELL, LaunchPlanned(launch.team_id, launch.id, launch.plan_version, launch.plan_words))
    people = [person for person in plan.people.values() if person.mail or person.slack]
    return play(Day(launch, (birth,)), [(launch.born_at, SLACK, found_as(person.key, is_guest=person.guest)) for person in people])
