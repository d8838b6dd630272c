"""A workspace on disk with a clock set by hand, launches brought in through a real door, and eyes that see only what is stored."""

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from bot.door import Answer, Door, Request
from bot.outside import FileClock, Outside
from launch.messages import HOUSE, SHELL, SLACK, Actor, Command
from launch.plan import Plan
from launch.state import Launch
from storage.database import open_engine
from tests.days import BORN, TEAM, a_plan, found_as
from tests.launch.workspaces import adding
from tests.storage.databases import a_database

PATIENCE = 20.0
"""Seconds after which a condition that was waited for counts as never met."""


@dataclass(frozen=True)
class Site:
    """The files of one workspace."""

    database: Path
    hands: Path

    def engine(self) -> Engine:
        return open_engine(self.database, "NORMAL")

    def door(self, *, inline: bool = False) -> Door:
        """A door of its own, as another process has it, not started yet."""
        return Door(self.engine(), Outside(FileClock(self.hands)), inline=inline)

    def set_clock(self, at: datetime, speed: float = 0.0) -> None:
        """As the stand-in's desk does: a new file in the place of the old one. At speed 0 it stands."""
        fresh = self.hands.with_suffix(".new")
        fresh.write_text(json.dumps({"machine": time.monotonic(), "launch": at.isoformat(), "speed": speed}), encoding="utf-8")
        fresh.replace(self.hands)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What another process reads in the database now."""
        with closing(sqlite3.connect(self.database)) as shell:
            return shell.execute(query, values).fetchall()

    def run(self, script: str) -> None:
        """Somebody with a database shell."""
        with closing(sqlite3.connect(self.database)) as shell:
            shell.executescript(script)

    def record(self, key: str = "corvane") -> list[str]:
        """The kinds of a launch's entries, in order."""
        return [kind for (kind,) in self.rows("SELECT kind FROM timeline WHERE launch_id = ? ORDER BY seq", key)]

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row there is."""
        names = [name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: self.rows(f'SELECT * FROM "{name}"') for name in names}  # noqa: S608 - the database's own names


def a_site(directory: Path, at: datetime = BORN) -> Site:
    site = Site(directory / "launchroom.db", directory / "clock.json")
    a_database(site.database)
    site.set_clock(at)
    return site


@asynccontextmanager
async def opened(door: Door) -> AsyncIterator[Door]:
    door.start()
    yield door
    door.stop()


async def ask(door: Door, by: Actor, command: Command | None, key: str = "corvane", request_id: str | None = None) -> Answer:
    return await door.perform(command, key, by, TEAM, request_id)


async def say(door: Door, by: Actor, command: Command | None, key: str = "corvane") -> Answer:
    """Ask for something that must come about."""
    answer = await ask(door, by, command, key)
    assert (answer.refused, answer.failure) == (None, None), f"{command} by {by}"
    return answer


async def bring_in(door: Door, *plans: Plan) -> None:
    """The plans are added, and Slack tells who everybody is."""
    for plan in plans or (a_plan(),):
        await say(door, SHELL, adding(plan), HOUSE)
        people = [person for person in plan.people.values() if person.mail or person.slack]
        await asyncio.gather(*(say(door, SLACK, found_as(person.key, is_guest=person.guest), plan.key) for person in people))


def asks(by: Actor, command: Command | None, key: str = "corvane", request_id: str | None = None, **also: Any) -> Request:
    """A request for a batch that the test makes itself."""
    return Request((TEAM, key), command, by, request_id, **also)


def take(door: Door, *requests: Request) -> list[Answer]:
    return door.take(list(requests))[0]


def codes(answers: list[Answer]) -> list[str | None]:
    """The no of each answer; "failed" for a fault of ours, None for a yes."""
    return ["failed" if each.failure else each.refused.code if each.refused else None for each in answers]


def launch_in(door: Door, key: str = "corvane") -> Launch:
    launch = door.look(TEAM, key)
    assert launch
    return launch


async def until(is_so: Callable[[], object], what: str = "the condition") -> None:
    """Wait until something is so, and fail if it never is."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"{what} never came about"
        await asyncio.sleep(0.01)
