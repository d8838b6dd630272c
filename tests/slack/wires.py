"""What tests of calls to Slack have in common: a wire that loses patience soon, and a server that answers as it is told."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.wire import Wire
from sandbox.standin import StandIn


@asynccontextmanager
async def a_wire(base_url: str, token: str = "xoxb-sandbox-bot") -> AsyncIterator[Wire]:
    wire = Wire(token, base_url, timeout=2.0, trigger_timeout=0.2)
    try:
        yield wire
    finally:
        await wire.close()


@asynccontextmanager
async def a_server(handler: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """Answers that the stand-in does not give. The address to call."""
    runner = web.ServerRunner(web.Server(handler), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


def somebody(slack: StandIn) -> str:
    return next(user.id for user in slack.workspace.users.values() if user.name == "claire")


def named(value: object) -> str | None:
    return "-".join(map(str, value.values())) if isinstance(value, dict) else None
