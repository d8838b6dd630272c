"""What people do in Slack, as the payloads that it sends for them, given to the real Bolt app; and what the bot then says to Slack."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from bot.admins import Admins
from bot.door import Door
from bot.homes import Homes
from bot.slack.app import slack_app
from bot.views.address import Address
from bot.wire import Identity, Wire
from launch.messages import Actor
from tests.days import TEAM
from tests.door.doors import until

ROOM = "C1"
PRIVATE = "D1"


@dataclass
class Slack:
    """A little server: it takes every call, writes it down, and refuses the methods that it is told to refuse."""

    calls: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)

    async def take(self, request: web.BaseRequest) -> web.StreamResponse:
        place, _, name = request.path.strip("/").partition("/")
        if place == "hooks":
            self.told.append(await request.json())
            return web.json_response({"ok": True})
        self.calls.append((name, dict(parse_qsl(await request.text()))))
        error = self.refuses.get(name)
        return web.json_response({"ok": False, "error": error} if error else {"ok": True})

    def opened(self) -> list[dict[str, Any]]:
        """The forms that were opened."""
        return [json.loads(args["view"]) for name, args in self.calls if name == "views.open"]


@dataclass
class Desk:
    """The app, and people at it. Each of these gives back what the payload was acknowledged with."""

    app: AsyncApp
    door: Door
    slack: Slack
    hooks: str
    _ids: Iterator[int] = field(default_factory=count)

    async def send(self, body: Mapping[str, Any]) -> dict[str, Any] | None:
        """None when it was not acknowledged."""
        answer = await self.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=dict(body)))
        if answer.status != 200:
            return None
        acknowledged: dict[str, Any] = json.loads(answer.body) if answer.body else {}
        return acknowledged

    async def type(self, by: Actor, text: str, channel: str = ROOM, trigger: str = "") -> str:
        """`/launch text`; the private answer."""
        body = {"command": "/launch", "text": text, "user_id": by.user, "channel_id": channel, "team_id": TEAM}
        answer = await self.send({**body, "trigger_id": trigger or self._new(), "response_url": self.hooks})
        assert answer is not None
        assert answer == {} or answer["response_type"] == "ephemeral"
        return str(answer.get("text", ""))

    async def press(self, by: Actor, action: str, *names: str, key: str = "corvane", is_menu: bool = False, trigger: str = "") -> None:
        """A button; its acknowledgement carries nothing, for Slack would drop it."""
        value = str(Address(key, names))
        place = {"type": "message", "message_ts": "1.1", "channel_id": PRIVATE, "is_ephemeral": is_menu}
        press = {"action_id": action, "value": value, "action_ts": "1.2", "type": "button", "block_id": "b"}
        who = {"user": {"id": by.user, "team_id": TEAM}, "team": {"id": TEAM}, "container": place}
        body = {"type": "block_actions", **who, "actions": [press], "response_url": self.hooks, "trigger_id": trigger or self._new()}
        assert await self.send(body) == {}

    async def submit(self, by: Actor, callback: str, *names: str, key: str = "corvane", view: str = "", **fields: str) -> dict[str, Any]:
        """A form, with what was written into it; one that is sent again has the same id, `view`."""
        values = {name: {name: {"type": "plain_text_input", "value": text}} for name, text in fields.items()}
        where = {"callback_id": callback, "private_metadata": str(Address(key, names))}
        sent = {"id": view or f"V{self._new()}", "hash": "1", "type": "modal", **where, "state": {"values": values}}
        body = {"type": "view_submission", "user": {"id": by.user}, "team": {"id": TEAM}, "trigger_id": self._new(), "view": sent}
        answer = await self.send(body)
        assert answer is not None
        return answer

    async def tell(self, user: str, event_id: str = "Ev1", **account: bool) -> dict[str, Any] | None:
        """Slack says that an account changed."""
        event = {"type": "user_change", "user": {"id": user, **account}}
        return await self.send({"type": "event_callback", "team_id": TEAM, "event_id": event_id, "event": event})

    async def heard(self, number: int = 1) -> list[dict[str, Any]]:
        """What the bot posted to response_urls, once it is so many."""
        await until(lambda: len(self.slack.told) >= number, "a private answer")
        return self.slack.told

    async def form(self) -> dict[str, Any]:
        """The form that was opened, once it is."""
        await until(self.slack.opened, "a form")
        (view,) = self.slack.opened()
        return view

    def _new(self) -> str:
        return f"{next(self._ids)}.1.a"


@asynccontextmanager
async def a_desk(door: Door, patience: float = 2.5) -> AsyncIterator[Desk]:
    slack = Slack()
    runner = web.ServerRunner(web.Server(slack.take), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    wire = Wire("xoxb-unused", f"{address}/api/")
    identity = Identity(TEAM, "Corvane", address, "B1", "UBOT", frozenset())
    homes, admins = Homes(door, wire, door.outside, TEAM), Admins(door, wire, TEAM)
    keeping = asyncio.create_task(homes.run())
    try:
        yield Desk(slack_app(door, wire, door.outside, identity, homes, admins, patience), door, slack, f"{address}/hooks/1")
    finally:
        keeping.cancel()
        await wire.close()
        await runner.cleanup()
