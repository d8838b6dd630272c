"""The directory of plans, looked at while the bot runs: what is new or newer is taken, what cannot be read costs the others nothing."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.door import Door
from bot.plans import Directory
from bot.views.locale import Reader
from launch.messages import SLACK, SettleRoom
from tests.days import TEAM, t
from tests.door.doors import a_site, launch_in, opened, say, until

SMALL, BROKEN = ((Path(__file__).parent / "plans" / name).read_text(encoding="utf-8") for name in ("small.yaml", "broken.yaml"))


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with opened(a_site(tmp_path, t(-24 * 60)).door()) as door:
        yield door


@pytest.fixture
async def plans(tmp_path: Path, door: Door) -> AsyncIterator[Path]:
    """It is looked at again and again."""
    path = tmp_path / "plans"
    path.mkdir()
    looking = asyncio.create_task(Directory(door, TEAM, path, Reader("en", "UTC")).run(pause=0.02))
    yield path
    assert not looking.done()
    looking.cancel()


def write(path: Path, text: str) -> None:
    """As an editor does: a new file in the place of the old one."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def move(path: Path, name: str) -> Path:
    return path.rename(path.with_name(name))


async def test_a_file_that_comes_is_a_launch_and_a_newer_one_its_newer_plan(plans: Path, door: Door) -> None:
    write(plans / "small.yaml", SMALL)
    await until(lambda: door.look(TEAM, "small-1"), "the launch")
    write(plans / "small.yaml", SMALL.replace("answer: 15m", "answer: 20m"))
    await until(lambda: launch_in(door, "small-1").plan_version == 2, "the newer plan")


async def test_under_way_a_newer_file_is_offered(plans: Path, door: Door) -> None:
    write(plans / "small.yaml", SMALL)
    await until(lambda: door.look(TEAM, "small-1"), "the launch")
    await say(door, SLACK, SettleRoom("C1"), "small-1")
    write(plans / "small.yaml", SMALL.replace("answer: 15m", "answer: 20m"))
    await until(lambda: launch_in(door, "small-1").offers, "the offer")
    assert launch_in(door, "small-1").plan_version == 1


async def test_one_with_mistakes_is_told_once_and_the_others_are_added(plans: Path, door: Door) -> None:
    with capture_logs() as logs:
        write(plans / "broken.yaml", BROKEN)
        await until(lambda: any(entry["event"] == "plan_has_mistakes" for entry in logs), "the mistakes")
        write(plans / "small.yaml", SMALL)
        await until(lambda: door.look(TEAM, "small-1"), "the launch")
        write(plans / "small.yaml", SMALL.replace("answer: 15m", "answer: 20m"))
        await until(lambda: launch_in(door, "small-1").plan_version == 2, "some looks more")
    assert [entry["file"] for entry in logs if entry["event"] == "plan_has_mistakes"] == ["broken.yaml"]


async def test_a_directory_that_goes_away_is_told_once_and_looked_for(plans: Path, door: Door) -> None:
    with capture_logs() as logs:
        moved = move(plans, "elsewhere")
        await until(lambda: any(entry["event"] == "plans_not_read" for entry in logs), "the loss")
        write(moved / "small.yaml", SMALL)
        move(moved, plans.name)
        await until(lambda: door.look(TEAM, "small-1"), "the launch")
    assert [entry["event"] for entry in logs].count("plans_not_read") == 1
