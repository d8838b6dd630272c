"""What the doctor looks at in Slack: who the tokens belong to, whether a socket opens, what time it is there. Each look ends within
its seconds, and one that comes to nothing keeps none of the others from being made."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from aiohttp import ClientError, ClientWSTimeout, WSMsgType

from bot.outside import Clock
from bot.settings import Settings
from bot.wire import Identity, RateLimited, SlackRefused, Wire, proxy_for

T = TypeVar("T")
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Unseen:
    """A look that came to nothing: `refused` is Slack's own code where Slack said no; `reason` never holds a secret."""

    reason: str
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Hello:
    """Slack's first word on a socket: how many connections of this app it counts, this one among them."""

    connections: int
    app: str


@dataclass(frozen=True, slots=True)
class Seen:
    """`app` is the id of the bot token's app; `ahead` is by how many seconds our clock is before Slack's, None where Slack told no time."""

    identity: Identity | Unseen
    app: str | Unseen
    ticket: str | Unseen
    hello: Hello | Unseen
    ahead: float | Unseen | None


class SocketRefused(Exception):
    """Slack hung up without a hello; why, in its own word."""


async def look_at_slack(settings: Settings, clock: Clock, seconds: float = SECONDS) -> Seen:
    """Everything at once: a Slack that does not answer costs one look's time."""
    bot = Wire(settings.bot_token.get_secret_value(), settings.api_url, timeout=seconds)
    app = Wire(settings.app_token.get_secret_value(), settings.api_url, timeout=seconds)
    async with AsyncExitStack() as stack:
        for wire in (bot, app):
            stack.push_async_callback(wire.close)
        (identity, app_id), (ticket, hello), ahead = await asyncio.gather(
            _identity_and_app(bot, seconds), _ticket_and_hello(app, seconds), attempt(lambda: _ahead(bot, clock), seconds)
        )
    return Seen(identity, app_id, ticket, hello, ahead)


async def attempt(look: Callable[[], Awaitable[T]], seconds: float = SECONDS) -> T | Unseen:
    """What was seen, or why nothing was."""
    try:
        async with asyncio.timeout(seconds):
            return await look()
    except RateLimited as no:
        return Unseen(no.error)
    except SlackRefused as no:
        return Unseen(no.error, no.error)
    except SocketRefused as no:
        return Unseen(str(no), str(no))
    except Exception as error:  # noqa: BLE001 - whatever it was, it is told, and the other looks are made
        return Unseen(_reason(error))


def _reason(error: Exception) -> str:
    """One line. The address of a socket is a secret for as long as its ticket is good, and aiohttp puts it into its words."""
    if isinstance(error, ClientError):
        return type(error).__name__
    cause = getattr(error, "orig", None) or error  # what SQLite said, without what is said around it
    return next(iter(str(cause).splitlines()), "") or type(error).__name__


async def _identity_and_app(bot: Wire, seconds: float) -> tuple[Identity | Unseen, str | Unseen]:
    identity = await attempt(bot.identify, seconds)
    if isinstance(identity, Unseen):
        return identity, identity
    return identity, await attempt(lambda: _app_of(bot, identity), seconds)


async def _app_of(bot: Wire, identity: Identity) -> str:
    return str((await bot.call("bots.info", bot=identity.bot_id))["bot"]["app_id"])


async def _ticket_and_hello(app: Wire, seconds: float) -> tuple[str | Unseen, Hello | Unseen]:
    ticket = await attempt(lambda: _ticket(app), seconds)
    if isinstance(ticket, Unseen):
        return ticket, ticket
    return ticket, await attempt(lambda: _hello(app, ticket), seconds)


async def _ticket(app: Wire) -> str:
    return str((await app.call("apps.connections.open"))["url"])


async def _hello(app: Wire, url: str) -> Hello:
    """Hangs up at once: what Slack gave this socket to carry would be lost. Raises SocketRefused."""
    hang_up = ClientWSTimeout(ws_close=1.0)
    async with app.session.ws_connect(url, timeout=hang_up, proxy=proxy_for(url)) as ws:
        async for frame in ws:
            message = json.loads(frame.data) if frame.type is WSMsgType.TEXT and frame.data.startswith("{") else {}
            if message.get("type") == "hello":
                return Hello(message.get("num_connections") or 1, (message.get("connection_info") or {}).get("app_id") or "")
            if message.get("type") == "disconnect":
                raise SocketRefused(message.get("reason") or "disconnect")
    raise SocketRefused("no hello")


async def _ahead(bot: Wire, clock: Clock) -> float | None:
    """By the Date of an answer that needs no token; it tells whole seconds, so that half a second more is the likeliest."""
    url = f"{bot.client.base_url}api.test"
    async with bot.session.get(url, proxy=proxy_for(url), allow_redirects=False) as response:
        ours, date = clock.read().now, response.headers.get("Date")
    return (ours - _instant(date)).total_seconds() - 0.5 if date else None


def _instant(date: str) -> datetime:
    return parsedate_to_datetime(date).astimezone(UTC)
