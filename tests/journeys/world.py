"""A whole day in miniature: the stand-in Slack in the test's loop, the real bot as a process that can be killed and started again."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from sandbox.server import start
from sandbox.standin import StandIn

MANIFEST = Path("manifests/slack_app.yaml")
SETTLE = 0.6
"""Seconds that an unknown outcome rests: more than the stand-in's latest acceptance in these tests."""


@dataclass(slots=True)
class World:
    """What a test sees: the desk (as people and the clock), the log (as Slack), and the bot's process."""

    slack: StandIn
    http: aiohttp.ClientSession
    home: Path
    surroundings: dict[str, str]
    bot: asyncio.subprocess.Process | None = None
    kills: int = 0
    ids: dict[str, str] = field(default_factory=dict)

    # --- the bot -----------------------------------------------------------------------------------------------------

    async def start_bot(self, crash: str = "") -> None:
        log = (self.home / "bot.log").open("ab")
        env = {**os.environ, **self.surroundings, "LAUNCHROOM_CRASH": crash}
        self.bot = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot.cli", "run", env=env, stdout=log, stderr=log)
        log.close()

    async def kill_bot(self) -> None:
        """kill -9, at whatever it is doing."""
        if self.bot and self.bot.returncode is None:
            self.bot.send_signal(signal.SIGKILL)
            self.kills += 1
            await self.bot.wait()

    async def stop_bot(self) -> int:
        """SIGTERM; the exit code."""
        assert self.bot
        if self.bot.returncode is None:
            self.bot.terminate()
        return await self.bot.wait()

    def said(self) -> str:
        """What the bot logged."""
        return (self.home / "bot.log").read_text(encoding="utf-8")

    # --- the people --------------------------------------------------------------------------------------------------

    async def desk(self, order: str, **body: Any) -> dict[str, Any]:
        async with self.http.post(f"{self.slack.url}/_control/{order}", json=body) as response:
            answer: dict[str, Any] = await response.json()
        return {**answer, "status": response.status}

    async def press(self, person: str, action: str, subject: str = "", channel: str = "") -> dict[str, Any]:
        """Press the newest button `action` that this person sees in private (or in `channel`), whose value contains `subject`."""
        found = self.button(person, action, subject, channel)
        if found is None:
            return {"ok": False, "error": "no such button"}
        where, ts, name = found
        return await self.desk("interact", user=self.ids[person], channel=where, messageTs=ts, action=name)

    def button(self, person: str, action: str, subject: str = "", channel: str = "") -> tuple[str, str, str] | None:
        for message in reversed(self.messages(channel or person)):
            for block in message.get("blocks") or ():
                for element in (*block.get("elements", ()), block.get("accessory") or {}):
                    if element.get("action_id", "").startswith(action) and subject in element.get("value", ""):
                        return message["channel"], message["ts"], f"{block['block_id']}/{element['action_id']}"
        return None

    async def jump(self, instant: str) -> None:
        await self.desk("clock", launch=instant)

    # --- what Slack shows --------------------------------------------------------------------------------------------

    def channel(self, name: str) -> str | None:
        """The id of a room by its name, or of a person's private conversation with the bot."""
        for channel in self.slack.workspace.channels.values():
            if channel.name == name or (channel.is_im and channel.user == self.ids.get(name)):
                return channel.id
        return None

    def messages(self, name: str) -> list[dict[str, Any]]:
        """What stands in a room or in somebody's private conversation, with what only they see."""
        where = self.channel(name)
        if where is None:
            return []
        return [{**message, "channel": where} for message in self.slack.workspace.channels[where].messages.values()]

    def texts(self, name: str) -> list[str]:
        return [message["text"] for message in self.messages(name)]

    async def until(self, condition: Callable[[], Any], seconds: float = 20.0) -> Any:
        """Wait for a condition; what it gave. On time-out, say what the bot logged last."""
        try:
            async with asyncio.timeout(seconds):
                while not (found := condition()):
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"not within {seconds} s; the bot said:\n{self.said()[-3000:]}") from None
        return found

    async def insist(self, act: Callable[[], Awaitable[Any]], done: Callable[[], Any], seconds: float = 30.0) -> Any:
        """A person does something again until they see that it worked: the bot may be dead just now."""
        async with asyncio.timeout(seconds):
            while not (found := done()):
                await act()
                for _ in range(40):
                    if found := done():
                        return found
                    await asyncio.sleep(0.025)
        return found


@asynccontextmanager
async def world(home: Path, plan: str | None, launch: str, users: list[dict[str, Any]], **options: Any) -> AsyncIterator[World]:
    """A workspace of `users` at the launch time `launch` (ISO), whose bot finds `plan` in its directory of plans."""
    (home / "plans").mkdir()
    if plan:
        (home / "plans" / "plan.yaml").write_text(plan, encoding="utf-8")
    clock = home / "clock.json"
    async with start(users=users, clock=clock, launch=launch, manifest=MANIFEST, **options) as slack, aiohttp.ClientSession() as http:
        surroundings = {
            "SLACK_API_URL": f"{slack.url}/api/",
            "SLACK_BOT_TOKEN": slack.tokens.bot,
            "SLACK_APP_TOKEN": slack.tokens.app,
            "LAUNCHROOM_CLOCK": str(clock),
            "LAUNCHROOM_DATABASE": str(home / "launchroom.db"),
            "LAUNCHROOM_PLANS": str(home / "plans"),
            "LAUNCHROOM_SETTLE": str(SETTLE),
            "LAUNCHROOM_LOG": "INFO",
        }
        here = World(slack, http, home, surroundings)
        here.ids = {user.name: user.id for user in slack.workspace.users.values()}
        try:
            yield here
        finally:
            await here.kill_bot()
