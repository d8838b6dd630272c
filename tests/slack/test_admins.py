"""Who may add plans: those of the settings; without any, the admins of the workspace, however many accounts it has."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.admins import PAGE, Admins
from bot.door import Door
from bot.wire import Wire
from sandbox.server import start
from sandbox.standin import StandIn
from tests.days import TEAM, t
from tests.door.doors import Site, a_site

pytestmark = pytest.mark.slow

CROWD = [{"id": f"U{number:04}", "name": f"someone-{number}", "is_admin": number == PAGE + 20} for number in range(PAGE + 30)]
GONE = {"id": "UGONE", "name": "gone", "is_admin": True, "deleted": True}


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    door = a_site(tmp_path, t(-44)).door()
    door.start()
    yield door
    door.stop()


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    async with start(users=[*CROWD, GONE]) as slack:
        yield slack


@pytest.fixture
async def wire(slack: StandIn) -> AsyncIterator[Wire]:
    wire = Wire(slack.tokens.bot, f"{slack.url}/api/")
    yield wire
    await wire.close()


async def test_every_page_of_the_accounts_is_looked_through(door: Door, wire: Wire) -> None:
    await Admins(door, wire, TEAM).run()
    assert door.admins(TEAM) == (f"U{PAGE + 20:04}",)
    assert wire.counts["users.list", "answered"] == 2


async def test_those_of_the_settings_are_the_admins_whatever_the_workspace_says(door: Door, wire: Wire) -> None:
    admins = Admins(door, wire, TEAM, frozenset({"UCLAIRE", "UANNE"}))
    await admins.run()
    await admins.follow({"id": "U0001", "is_owner": True}, "Ev1")
    await admins.follow({"id": "UCLAIRE", "is_admin": False}, "Ev2")
    assert door.admins(TEAM) == ("UANNE", "UCLAIRE")
    assert wire.counts == {}


async def test_they_are_known_at_the_next_start(tmp_path: Path, door: Door, wire: Wire) -> None:
    await Admins(door, wire, TEAM, frozenset({"UCLAIRE"})).run()
    next_one = Site(tmp_path / "launchroom.db", tmp_path / "clock.json").door()
    next_one.start()
    assert next_one.admins(TEAM) == ("UCLAIRE",)
    next_one.stop()


async def test_changes_that_come_at_once_are_all_kept(door: Door, wire: Wire) -> None:
    admins = Admins(door, wire, TEAM)
    await admins.run()
    await asyncio.gather(*(admins.follow({"id": f"U{number:04}", "is_admin": True}, f"Ev{number}") for number in range(3)))
    await admins.follow({"id": "U0001", "is_admin": True, "deleted": True}, "Ev9")
    assert door.admins(TEAM) == ("U0000", "U0002", f"U{PAGE + 20:04}")


async def test_a_slack_that_will_not_tell_leaves_nobody_an_admin_and_is_told_once(door: Door, wire: Wire, slack: StandIn) -> None:
    slack.faults.add({"kind": "refuse_method", "method": "users.list"})
    with capture_logs() as logs:
        await Admins(door, wire, TEAM).run()
    assert [each["event"] for each in logs] == ["admins_unknown"]
    assert door.admins(TEAM) == ()
