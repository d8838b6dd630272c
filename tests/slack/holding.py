"""Connections held for a test: a small Bolt app on real sockets, with times that are short in the real proportions."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.sockets import Limits, Sockets
from sandbox import control
from sandbox.server import start
from sandbox.standin import StandIn
from tests.slack.wires import somebody

SHORT = Limits(quiet=0.5, connect=1.0, apart=0.1, drain=1.0)
ANY = re.compile(".*")
Handle = Callable[[dict[str, Any], AsyncAck], Awaitable[None]]


async def authorize(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_id="B1", bot_user_id="U1")


def an_app(handle: Handle) -> AsyncApp:
    app = AsyncApp(authorize=authorize, process_before_response=True)

    async def listener(body: dict[str, Any], ack: AsyncAck) -> None:
        await handle(body, ack)

    app.command(ANY)(listener)
    app.action(ANY)(listener)
    return app


async def repeat(body: dict[str, Any], ack: AsyncAck) -> None:
    await ack(f"You said {body['text']}.")


@asynccontextmanager
async def held(url: str, handle: Handle = repeat, wanted: int = 2, limits: Limits = SHORT) -> AsyncIterator[Sockets]:
    sockets = Sockets(an_app(handle), "xapp-sandbox-app", f"{url}/api/", wanted, limits, chance=lambda: 1.0)
    running = asyncio.create_task(sockets.run())
    try:
        yield sockets
    finally:
        await sockets.close()
        await running
        assert (sockets.connections, sockets.is_ready) == (0, False)


@asynccontextmanager
async def a_workspace() -> AsyncIterator[StandIn]:
    async with start() as slack:
        slack.workspace.add_channel("launch", somebody(slack))
        yield slack


async def say(slack: StandIn, text: str) -> Any:
    """What a slash command was acknowledged with; None when it was not within Slack's three seconds."""
    order = {"channel": "launch", "user": somebody(slack), "command": "/launch", "text": text}
    return (await control.command(slack, order))["ack"]


def socket_log(slack: StandIn) -> list[tuple[str, int | None]]:
    return [(entry["what"], entry.get("connections")) for entry in slack.log.entries if entry["kind"] == "socket"]
