"""python -m sandbox: the ready line, the bot as its child, the page's files, and the end of both."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from .conftest import Desk

pytestmark = pytest.mark.slow

TELLING_BOT = """
import json, os, pathlib, sys, time
names = "SLACK_API_URL SLACK_BOT_TOKEN SLACK_APP_TOKEN LAUNCHROOM_CLOCK".split()
told = pathlib.Path(sys.argv[1])
told.with_suffix(".new").write_text(json.dumps([os.getpid(), *(os.environ[name] for name in names)]))
told.with_suffix(".new").rename(told)
time.sleep(600)
"""


@asynccontextmanager
async def running(*arguments: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "sandbox", *arguments, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    try:
        assert line.startswith("sandbox ready http://127.0.0.1:")
        yield process, line.split()[-1]
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 20)


async def test_it_starts_the_bot_with_its_addresses_and_ends_it(tmp_path: Path, http: aiohttp.ClientSession):
    told, clock = tmp_path / "told", tmp_path / "clock.json"
    script = tmp_path / "bot.py"
    script.write_text(TELLING_BOT)
    arguments = ["--clock", str(clock), "--start", "2027-03-16T03:30:00Z", "--run", f"{sys.executable} {script} {told}"]
    async with running(*arguments) as (process, url):
        async with asyncio.timeout(20):
            while not told.exists():
                await asyncio.sleep(0.02)
        pid, *surroundings = json.loads(told.read_text())
        assert surroundings == [f"{url}/api/", "xoxb-sandbox-bot", "xapp-sandbox-app", str(clock)]
        assert (await Desk(http, url).read("state"))["bot"]["process"]["running"] is True
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 20)
    assert process.returncode == 0
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return
    raise AssertionError("the bot outlived the stand-in")


async def test_a_bot_that_dies_is_told_and_not_started_again(http: aiohttp.ClientSession, tmp_path: Path):
    async with running("--run", f'{sys.executable} -c "raise SystemExit(7)"') as (_, url):
        desk = Desk(http, url)
        state = await desk.read("state")
        while state["bot"]["process"]["running"]:
            state = await desk.read(f"state?since={state['version']}")
        assert state["bot"]["process"]["code"] == 7


async def test_people_and_moments_come_from_files_and_the_page_is_served(http: aiohttp.ClientSession, tmp_path: Path):
    users, moments = tmp_path / "people.yaml", tmp_path / "moments.json"
    users.write_text("- {name: zoe, real_name: Zoé, tz: Europe/Paris, dnd: true, is_ultra_restricted: true}\n")
    moments.write_text('[{"at": "2027-03-16T03:30:00Z", "label": {"fr": "T-0", "en": "T-0"}}]')
    async with running("--users", str(users), "--moments", str(moments)) as (_, url):
        state = await Desk(http, url).read("state")
        assert ([user["name"] for user in state["users"]], state["moments"][0]["label"]["fr"]) == (["zoe"], "T-0")
        assert [state["users"][0][key] for key in ("dnd", "is_restricted", "is_ultra_restricted")] == [True, True, True]
        async with http.get(url) as page:
            assert (page.status, page.content_type) == (200, "text/html")


async def test_what_cannot_be_is_said_in_one_line(tmp_path: Path):
    users, manifest = tmp_path / "people.yaml", tmp_path / "app.yaml"
    users.write_text("- {name: zoe, dnd: often}\n")
    manifest.write_text("features: {shortcuts: [{name: Menu, type: global}]}\n")
    for arguments, sentence in (
        (["--users", str(users)], "dnd of a user is true or false"),
        (["--manifest", str(manifest)], "app.yaml is not the manifest of a Slack app"),
        (["--host", "192.0.2.1"], "loopback only"),
        (["--start", "2027-03-16T03:30:00Z"], "needs a clock file"),
    ):
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "sandbox", *arguments, stderr=asyncio.subprocess.PIPE)
        _, said = await asyncio.wait_for(process.communicate(), 20)
        assert process.returncode == 1
        assert said.decode().startswith("sandbox: ")
        assert sentence in said.decode()


async def test_it_begins_with_the_channels_of_a_file(tmp_path: Path, http: aiohttp.ClientSession):
    given = tmp_path / "channels.json"
    given.write_text(json.dumps([{"user": "claire", "name": "clients", "members": ["daniel"]}]))
    async with running("--channels", str(given)) as (_, url):
        state = await Desk(http, url).read("state")
        (channel,) = state["channels"]
        names = {user["id"]: user["name"] for user in state["users"]}
        assert (channel["name"], [names[member] for member in channel["members"]]) == ("clients", ["claire", "daniel"])
