"""Five hundred people answer in the same second while Slack is slow: every answer is kept once and acknowledged in time, and the room's
card is edited a few times, not five hundred."""

from pathlib import Path

import pytest

from bench.crowd import POINT, T0, a_plan, user
from bot.door import Door
from bot.outside import FileClock, Outside
from launch.birth import written
from launch.messages import HOUSE, SHELL, SLACK, AddPlan, FindMember
from launch.state import Launch
from launch.words import Words
from sandbox.workspace import TEAM_ID
from storage import launches
from storage.database import open_engine, upgrade
from tests.journeys.world import World, world

PEOPLE = 500
BEFORE = T0.replace(hour=10)
"""An hour before the checkpoint is asked."""
USERS = [{"id": user(n), "name": f"p{n}", "real_name": f"Person {n}", "email": f"p{n}@crowd.example"} for n in range(PEOPLE)]


async def planned(home: Path, keys: list[str]) -> None:
    """Launches whose people are all known."""
    engine = open_engine(home / "launchroom.db", "NORMAL")
    upgrade(engine)
    door = Door(engine, Outside(FileClock(home / "clock.json")), inline=True)
    door.start()
    for key in keys:
        text = written(a_plan(PEOPLE, key))
        await door.perform(AddPlan(key, Words.typed(text, "s"), Words.typed(text, "s")), HOUSE, SHELL, TEAM_ID)
        for number in range(PEOPLE):
            await door.perform(FindMember(f"p{number}", user(number)), key, SLACK, TEAM_ID)
    await door.write(lambda tx: tx.exec_driver_sql("UPDATE outbox SET state = 'done' WHERE kind = 'find_person'"))
    door.stop()
    engine.dispose()


def stored(here: World, key: str) -> Launch:
    engine = open_engine(here.home / "launchroom.db")
    with engine.connect() as tx, tx.begin():
        launch = launches.load_launch(tx, TEAM_ID, key)
    engine.dispose()
    assert launch
    return launch


def updates_of(here: World, ts: str) -> int:
    return sum(e["kind"] == "call" and e["method"] == "chat.update" and e["args"].get("ts") == ts for e in here.slack.log.entries)


@pytest.mark.journey
async def test_five_hundred_press_within_a_second_while_slack_takes_150_ms(tmp_path: Path) -> None:
    async with world(tmp_path, None, BEFORE.isoformat(), USERS) as here:
        await planned(tmp_path, ["crowd"])
        here.surroundings |= {"LAUNCHROOM_POSTS": "100000"}
        await here.start_bot()
        await here.until(lambda: here.channel("launch-crowd"), 30)
        await here.jump(T0.replace(hour=11).isoformat())
        await here.until(lambda: all(here.button(f"p{n}", "checkpoint.go") for n in range(PEOPLE)), 120)
        card = await here.until(lambda: [m for m in here.messages("launch-crowd") if m["text"].startswith("Go or no-go")], 30)
        before = updates_of(here, card[0]["ts"])
        await here.desk("fault", kind="slow", seconds=0.15, count=-1)
        clicks = [{"channel": c, "messageTs": ts, "user": user(n), "action": action} for n in range(PEOPLE)
                  for c, ts, action in [here.button(f"p{n}", "checkpoint.go") or ("", "", "")]]  # fmt: skip
        told = await here.desk("burst", clicks=clicks, over_seconds=1)
        assert (told["sent"], told["acked"]) == (PEOPLE, PEOPLE)
        assert told["ack_ms"][-1] < 3000
        launch = stored(here, "crowd")
        assert len(launch.votes) == PEOPLE
        assert launch.polls[POINT].outcome == "go"
        await here.until(lambda: any("500" in m["text"] and "GO" in m["text"] for m in here.messages("launch-crowd")), 30)
        assert updates_of(here, card[0]["ts"]) - before <= 5
