"""The real courier and the real Homes on the stand-in Slack, in the test's loop, with a clock set by hand."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.courier import Courier
from bot.door import Door
from bot.heart import Heart
from bot.homes import Homes
from bot.shapes import Shapes
from bot.wire import Wire
from launch.messages import HOUSE, SHELL, SLACK, FindMember
from launch.plan import Plan
from launch.state import Launch
from sandbox.server import start
from sandbox.standin import StandIn
from sandbox.workspace import Message
from tests.days import PEOPLE, TEAM, actor, user_of
from tests.door.doors import Site, a_site, launch_in, say, until
from tests.launch.workspaces import adding

USERS = [{"person": key, "id": user_of(key), "name": key} for key, each in PEOPLE.items() if each.mail]


@dataclass
class Stage:
    """What is on it; `heart` beats when the test lets it."""

    slack: StandIn
    site: Site
    door: Door
    courier: Courier
    homes: Homes
    heart: Heart
    key: str

    @property
    def launch(self) -> Launch:
        return launch_in(self.door, self.key)

    def fault(self, **told: Any) -> None:
        self.slack.faults.add(told)

    def calls(self, method: str) -> int:
        """How often Slack took that call."""
        return sum(each["kind"] == "call" and each["method"] == method and each["accepted"] for each in self.slack.log.entries)

    def messages(self, channel: str) -> list[Message]:
        """What the bot has said there, by the name or the id of the channel."""
        found = self.slack.workspace.named(channel) or self.slack.workspace.channels[channel]
        return [message for message in found.messages.values() if message.get("bot_id")]

    def board(self) -> Message:
        return self.slack.workspace.channels[self.launch.channel or ""].messages[self.launch.board or ""]

    def turn_to(self, at: datetime) -> None:
        """The launch clock, ours and the stand-in's; it stands still there."""
        self.slack.clock.set(at.isoformat(), 0.0)

    async def open_home(self, user: str) -> None:
        await self.homes.open(user, is_blank=True)

    async def rest(self) -> None:
        """Until Slack shows the state."""
        await until(lambda: self.courier.is_idle and not self.homes.dirty and not self.homes.under_way, "rest")

    async def beat(self, at: datetime) -> None:
        """The launch clock goes on to `at`, and the heart beats if it is time."""
        before = self.heart.pulse
        self.turn_to(at)
        for tell in self.heart.watchers if self.heart.pulse != before else ():
            tell()
        await self.rest()


@asynccontextmanager
async def a_stage(
    home: Path, plan: Plan, at: datetime, users: Sequence[dict[str, Any]] = USERS, channels: Sequence[str] = ()
) -> AsyncIterator[Stage]:
    """The room of `plan` is open, its people are known, and its board stands; it is `at`. `channels` that were there before."""
    site = a_site(home, at - timedelta(hours=1))
    door = site.door()
    door.start()
    await say(door, SHELL, adding(plan), HOUSE)
    await asyncio.gather(*(say(door, SLACK, FindMember(user["person"], user["id"]), plan.key) for user in users))
    site.run("DELETE FROM outbox WHERE kind = 'find_person'")
    site.set_clock(at)
    await say(door, actor("nobody"), None, plan.key)
    told = [{name: value for name, value in user.items() if name != "person"} for user in users]
    async with start(users=told, clock=site.hands) as slack:
        for name in channels:
            slack.workspace.add_channel(name, users[0]["id"])
        wire = Wire(slack.tokens.bot, f"{slack.url}/api/")
        heart, shapes = Heart(door.outside), Shapes()
        courier = Courier(door, wire, door.outside, await wire.identify(), 0.8, heart=heart, shapes=shapes)
        homes = Homes(door, wire, door.outside, TEAM, heart=heart, shapes=shapes)
        courier.start()
        running = [asyncio.create_task(courier.run()), asyncio.create_task(homes.run())]
        stage = Stage(slack, site, door, courier, homes, heart, plan.key)
        try:
            await until(lambda: stage.launch.board, "the board")
            await stage.rest()
            yield stage
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            homes.close()
            await courier.close()
            await wire.close()
            door.stop()
