"""The bot as it speaks to Slack (sockets, app, Homes, admins) in the test's loop, on the stand-in Slack, with people at its desk."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bot.admins import Admins
from bot.door import Door
from bot.homes import Homes
from bot.slack.app import slack_app
from bot.sockets import Sockets
from bot.wire import Identity, Wire
from launch.messages import Actor
from sandbox.server import start
from sandbox.standin import StandIn
from tests.days import PEOPLE, TEAM, user_of
from tests.door.doors import Site, until
from tests.views.limits import buttons_of, words_of

MANIFEST = Path("manifests/slack_app.yaml")
USERS = [
    {"id": user_of(key), "name": key, "email": each.mail, "tz": each.zone, "locale": "fr-FR", "is_admin": key == "claire"}
    for key, each in PEOPLE.items()
    if each.mail
] + [{"id": "USTRANGER", "name": "stranger", "tz": "America/Toronto", "locale": "fr-CA"}]


@dataclass
class Living:
    """What people do, and what they see."""

    slack: StandIn
    http: aiohttp.ClientSession
    door: Door
    homes: Homes
    admins: Admins
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def desk(self, order: str, **body: Any) -> dict[str, Any]:
        async with self.http.post(f"{self.slack.url}/_control/{order}", json=body) as response:
            answer: dict[str, Any] = await response.json()
        assert response.status == 200, answer
        return answer

    async def open_home(self, by: Actor) -> list[str]:
        """What they then read."""
        await self.desk("open-home", user=by.user)
        return await self.reads(lambda: self.home(by))

    async def press(self, by: Actor, action: str, view: str = "home", **more: Any) -> None:
        assert (await self.desk("interact", user=by.user, view=view, action=action, **more))["acked"]

    async def submit(self, by: Actor, **values: Any) -> dict[str, Any]:
        return await self.desk("submit", user=by.user, values=values)

    async def upload(self, by: Actor, content: str) -> str:
        """A file, by its id."""
        return str((await self.desk("files", user=by.user, name="plan.yaml", content=content))["file"]["id"])

    def home(self, by: Actor) -> list[str]:
        view = self.slack.workspace.homes.get(by.user or "")
        return lines(view["blocks"]) if view else []

    def window(self, by: Actor) -> dict[str, Any]:
        """What stands open before them; {} for nothing."""
        stack = self.slack.workspace.views.get(by.user or "")
        return dict(stack[-1]) if stack else {}

    def labels(self, by: Actor, *, is_home: bool = False) -> list[str]:
        view = self.slack.workspace.homes[by.user or ""] if is_home else self.window(by)
        return [button["text"]["text"] for button in buttons_of(view.get("blocks", ()))]

    async def reads(self, told: Callable[[], list[str]], sentence: str = "") -> list[str]:
        """Wait until something stands there, or `sentence` does."""
        await until(lambda: any(sentence in each for each in told()), sentence or "a view")
        return told()

    async def sees(self, by: Actor, sentence: str) -> list[str]:
        """Wait until a sentence stands in their window."""
        return await self.reads(lambda: lines(self.window(by).get("blocks", ())), sentence)

    def calls(self, method: str) -> int:
        """How often the bot has called a method."""
        return sum(entry.get("method") == method for entry in self.slack.log.entries)


def lines(blocks: Any) -> list[str]:
    """What is read, line by line."""
    return [row for block in blocks for row in "".join(words_of([block])).splitlines() if row]


@asynccontextmanager
async def living(site: Site, door: Door, *, patience: float = 2.5, **options: Any) -> AsyncIterator[Living]:
    """Of a door that was started. `options`: of the stand-in."""
    options = {"users": USERS, "clock": site.hands, "manifest": MANIFEST, **options}
    async with start(**options) as slack, aiohttp.ClientSession() as http:
        wire = Wire(slack.tokens.bot, f"{slack.url}/api/")
        homes, admins = Homes(door, wire, door.outside, TEAM), Admins(door, wire, TEAM)
        identity = Identity(TEAM, "Corvane", slack.url, "B1", "UBOT", frozenset())
        app = slack_app(door, wire, door.outside, identity, homes, admins, patience)
        sockets = Sockets(app, slack.tokens.app, f"{slack.url}/api/")
        here = Living(slack, http, door, homes, admins)
        here.tasks = [asyncio.create_task(each) for each in (homes.run(), admins.run(), sockets.run())]
        try:
            await until(lambda: slack.sockets.links and door.admins(TEAM), "a connection")
            yield here
        finally:
            for task in here.tasks:
                task.cancel()
            await asyncio.gather(*here.tasks, return_exceptions=True)
            await sockets.close()
            homes.close()
            await wire.close()
