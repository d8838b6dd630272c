"""P15: how many calls Slack sees from us to open a room for 100 invitees, whom it has found for us when the plan was added."""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.crowd import T0, a_plan, user
from bot.door import Door
from bot.outside import FileClock, Outside
from launch.birth import written
from launch.messages import HOUSE, SHELL, SLACK, Actor, AddPlan, FindMember, OpenRoom
from launch.words import Words
from sandbox.server import start
from sandbox.standin import StandIn
from sandbox.workspace import TEAM_ID
from storage.database import open_engine, upgrade

INVITEES, MOST = 100, 7
NOT_OURS = frozenset({"auth.test", "apps.connections.open"})
"""Calls of every start of the bot, room or not."""


async def figures() -> list[str]:
    """One line: how many calls, and which."""
    with TemporaryDirectory() as place:
        home, now = Path(place), T0.replace(year=T0.year - 1)
        people = [{"id": user(n), "name": f"p{n}", "real_name": f"Person {n}", "email": f"p{n}@crowd.example"} for n in range(INVITEES)]
        async with start(users=people, clock=home / "clock.json", launch=now.isoformat(), brief_log=True) as slack:
            await prepare(home)
            calls = await opened(slack, home)
    told = ", ".join(f"{method} {count}" for method, count in calls.items())
    return [f"calls to open a room for {INVITEES} invitees: {calls.total()} (goal: {MOST} or fewer): {told}"]


async def prepare(home: Path) -> None:
    """A planned launch whose people are known, its room wanted by the commander."""
    engine = open_engine(home / "bench.db")
    upgrade(engine)
    door = Door(engine, Outside(FileClock(home / "clock.json")), inline=True)
    door.start()
    plan = a_plan(INVITEES)
    text = written(plan)
    await door.perform(AddPlan(plan.key, Words.typed(text, "s"), Words.typed(text, "s")), HOUSE, SHELL, TEAM_ID)
    for number in range(INVITEES):
        await door.perform(FindMember(f"p{number}", user(number)), plan.key, SLACK, TEAM_ID)
    await door.write(lambda tx: tx.exec_driver_sql("UPDATE outbox SET state = 'done'"))
    await door.perform(OpenRoom(), plan.key, Actor("person", user(0)), TEAM_ID)
    door.stop()
    engine.dispose()


async def opened(slack: StandIn, home: Path) -> Counter[str]:
    """The calls of the running bot until the room stands: its board pinned and bookmarked, everybody in."""
    with running(slack, home):
        async with asyncio.timeout(60):
            while not is_complete(slack):
                await asyncio.sleep(0.1)
    calls = Counter(entry["method"] for entry in slack.log.entries if entry["kind"] == "call")
    return Counter({method: count for method, count in calls.items() if method not in NOT_OURS})


def is_complete(slack: StandIn) -> bool:
    rooms = [channel for channel in slack.workspace.channels.values() if not channel.is_im]
    return any(len(room.members) > INVITEES and room.bookmarks and room.pins and room.topic["value"] for room in rooms)


@contextmanager
def running(slack: StandIn, home: Path) -> Iterator[None]:
    """The real bot, as a process."""


    surroundings = {
        "SLACK_API_URL": f"{slack.url}/api/",
        "SLACK_BOT_TOKEN": slack.tokens.bot,
        "SLACK_APP_TOKEN": slack.tokens.app,
        "LAUNCHROOM_CLOCK": str(home / "clock.json"),
        "LAUNCHROOM_DATABASE": str(home / "bench.db"),
        "LAUNCHROOM_ADMINS": "U0ADMIN",  # else the start asks Slack who they are, room or no room
        "LAUNCHROOM_LOG": "ERROR",
    }
    process = subprocess.Popen([sys.executable, "-m", "bot.cli", "run"], env=os.environ | surroundings)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


