"""Misconfigurations planted one by one in a house that is well: the doctor names each with its remedy, and blames nothing else."""

import asyncio
import fcntl
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import get_args

import pytest
from aiohttp import web

from bot import manifest
from bot.doctor import diagnose
from bot.doctor.given import given
from bot.doctor.house import room_on_disk
from bot.views import doctor as view
from bot.views import setup
from bot.views.doctor import Code, Finding
from bot.views.locale import Reader
from tests.doctor.houses import House, a_house, served
from tests.doctor.plants import PLANTED, misspelt, user_token, without
from tests.slack.wires import a_server

pytestmark = pytest.mark.slow

EN, FR = Reader("en", "UTC"), Reader("fr", "UTC")


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return served(tmp_path_factory.mktemp("served") / "launchroom.db")


@pytest.fixture
async def house(tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    async with a_house(tmp_path, database, monkeypatch) as house:
        yield house


def trouble(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(each.check, each.code, each.state) for each in findings if each.state in {"bad", "warning"}]


async def test_a_house_that_is_well_has_nothing_to_mend(house: House) -> None:
    findings = await house.findings()
    assert {(each.check, each.state) for each in findings if each.state != "good"} == set()
    assert view.report(findings, EN).endswith("All is well.")
    assert [entry["connections"] for entry in house.slack.log.entries if entry["kind"] == "socket"] == [1, 0]


@pytest.mark.parametrize("name", PLANTED)
async def test_each_misconfiguration_is_named_with_its_remedy_and_nothing_else_is_blamed(house: House, name: str) -> None:
    plant, expected = PLANTED[name]
    plant(house)
    findings = await house.findings()
    assert trouble(findings) == expected
    told = [each for each in findings if each.state in {"bad", "warning"}]
    assert all(view.said(each, reader) and view.remedy(each, reader) for each in told for reader in (EN, FR))
    assert "sesame" not in view.report(findings, EN) + json.dumps(view.as_facts(findings, FR))


async def test_a_remedy_says_what_stops_working_and_where_to_go(house: House) -> None:
    without("pins:write")(house)
    user_token(house)
    lines = view.report(await house.findings(), EN).splitlines()
    assert "✗ SLACK_BOT_TOKEN holds a user token (xoxp-…), with which the bot would act as a person." in lines
    where = lines.index("✗ SLACK_BOT_TOKEN holds a user token (xoxp-…), with which the bot would act as a person.")
    assert lines[where + 1] == "  → Put in its place the Bot User OAuth Token (xoxb-…), from the app's page OAuth & Permissions."
    assert "– Not looked at: the scopes. First correct SLACK_BOT_TOKEN." in lines
    assert "✓ A socket opens, and Slack says hello on it." in lines


async def test_a_file_of_settings_that_is_no_text_is_named_and_the_environment_looked_at(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_APP_TOKEN", "SLACK_API_URL"):
        monkeypatch.setenv(name, house.said[name])
    file = house.write()
    file.write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe")
    findings = await diagnose(given(file))
    assert trouble(findings)[:2] == [("settings", "setting_wrong", "bad"), ("bot_token", "no_token", "bad")]
    assert view.said(findings[0], EN).startswith(f"{file}: ")
    assert ("socket", "socket_fine") in {(each.check, each.code) for each in findings}


@pytest.mark.parametrize(("reason", "code"), [("link_disabled", "socket_mode_off"), ("refresh_requested", "socket_fails")])
async def test_a_goodbye_instead_of_a_hello_is_told(house: House, reason: str, code: str) -> None:
    """The stand-in never switches Socket Mode off: a socket that does takes the place of its own."""

    async def hang_up(request: web.BaseRequest) -> web.StreamResponse:
        if "apps.connections.open" in request.path:
            return web.json_response({"ok": True, "url": str(request.url.with_scheme("ws").with_path("/link"))})
        if request.path != "/link":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        await ws.send_json({"type": "disconnect", "reason": reason})
        await ws.close()
        return ws

    async with a_server(hang_up) as address:
        house.said["SLACK_API_URL"] = address
        found = {each.check: each for each in await house.findings()}
    assert (found["app_token"].state, found["socket"].code, found["socket"].state) == ("good", code, "bad")


async def test_the_running_bot_is_not_taken_for_somebody_else(house: House) -> None:
    house.slack.faults.add({"kind": "too_many", "others": 2})
    with house.database.with_name("launchroom.db.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = {each.check: each.code for each in await house.findings()}
    assert (found["bot"], found["others"], found["database"]) == ("bot_runs", "nobody_else", "database_fine")
    found = {each.check: each.code for each in await house.findings()}
    assert (found["bot"], found["others"]) == ("bot_rests", "others_connected")


async def test_a_slack_that_never_answers_costs_its_seconds_and_nothing_else(house: House) -> None:
    house.slack.faults.add({"kind": "slow", "seconds": 20.0, "count": -1})
    found = {each.check: each.code for each in await house.findings(seconds=0.5)}
    assert (found["bot_token"], found["app_token"], found["clock"]) == ("slack_out_of_reach", "slack_out_of_reach", "clock_unknown")
    assert (found["database"], found["plans"]) == ("database_fine", "plan_fine")


async def test_a_clock_that_is_steered_by_a_file_is_not_compared(house: House) -> None:
    clock = house.home / "clock.json"
    clock.write_text("{}")
    house.said["LAUNCHROOM_CLOCK"] = str(clock)
    house.ahead = 900.0
    findings = {each.check: each for each in await house.findings()}
    assert (findings["clock"].code, findings["clock"].state) == ("clock_file", "skipped")


def test_a_disk_that_fills_up_is_told_before_it_is_full() -> None:
    room = [room_on_disk(Path("var"), free) for free in (500_000_000, 499_000_000, 49_000_000)]
    assert [(each.code, each.state) for each in room] == [("disk_fine", "good"), ("disk_low", "warning"), ("disk_low", "bad")]
    assert view.said(room[2], EN) == "Only 49 MB are free in var."


async def test_the_shell_ends_with_1_where_something_has_to_be_mended(house: House) -> None:
    misspelt(house)
    code, said = await shell(house)
    assert (code, said.splitlines()[0]) == (1, "✗ LAUNCHROOM_LANGAUGE is not a setting. Did you mean LAUNCHROOM_LANGUAGE?")
    del house.said["LAUNCHROOM_LANGAUGE"]
    without("pins:write")(house)
    code, said = await shell(house, "--json", "--language", "fr")
    [scope] = [each for each in json.loads(said) if each["check"] == "scopes"]
    assert (code, scope["state"], scope["facts"]) == (0, "warning", {"scope": "pins:write"})
    assert scope["said"] == "Il manque pins:write\u00a0: le tableau ne sera pas épinglé."


async def shell(house: House, *options: str) -> tuple[int | None, str]:
    house.write()
    doctor = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "doctor", *options, cwd=house.home, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await doctor.communicate()
    return doctor.returncode, said.decode()


def test_every_code_has_its_sentence_and_every_scope_what_is_lost_without_it() -> None:
    assert set(view.sentences(EN)) == set(get_args(Code))
    required, optional = manifest.scopes()
    assert set(setup.losses(EN)) == {*required, *optional}
