"""Supervised Socket Mode: each of two connections is held for ever; what comes goes to the Bolt app, its answer back where it came from.

Straight on aiohttp: slack_sdk's client on the same base tries a dead ticket for ever, acknowledges on whichever connection is the
current one, closes the old before it has the new, and times its pongs by the wall clock."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import ClientWebSocketResponse, ClientWSTimeout, WSMsgType
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.heart import Links
from bot.logs import reference
from bot.wire import RateLimited, Wire, proxy_for

log = structlog.get_logger("bot.sockets")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds; and how many envelopes are handled at once. A connection without a frame or a pong for `quiet` is dead; `connect` is for
    ticket, handshake and hello together; `apart` is the longest pause between attempts unless Slack asks for more; `drain` is the end's."""

    quiet: float = 15.0
    connect: float = 10.0
    apart: float = 30.0
    drain: float = 5.0
    in_flight: int = 2_000


LIMITS = Limits()
Take = Callable[["Link", dict[str, Any]], Awaitable[None]]
Chance = Callable[[], float]


class Link:
    """One connection, from its handshake to its end."""

    def __init__(self, ws: ClientWebSocketResponse, quiet: float, hello_by: float, is_busy: Callable[[], bool]) -> None:
        """`hello_by`: the loop's time. `is_busy`: it is we who do not read just now, so that silence says nothing of Slack."""
        self._ws, self._quiet, self._leave_by, self._is_busy = ws, quiet, hello_by, is_busy
        self._heard = False
        self.is_open = False
        self.has_spoken = asyncio.Event()
        """Slack said hello, or goodbye, or nothing any more."""
        self.needs_successor = asyncio.Event()
        """The connection is lost; or Slack will close it, and until then it is as good as any."""

    async def live(self, take: Take) -> None:
        """Gives each message to `take`, until the connection is lost or this is cancelled."""
        reading = asyncio.create_task(self._read(take))
        try:
            await self._watch(reading)
        finally:
            self.is_open = False
            self.has_spoken.set()
            self.needs_successor.set()
            reading.cancel()
            await asyncio.wait({reading})
            await self._ws.close()
            error = None if reading.cancelled() else reading.exception()
            log.info("connection_ended", exc_info=error)

    def greeted(self) -> None:
        self.is_open = True
        self._leave_by = float("inf")
        self.has_spoken.set()

    def told_to_leave(self) -> None:
        """Slack hangs up within seconds; should it forget to, we do."""
        self._leave_by = asyncio.get_running_loop().time() + (2 * self._quiet if self.is_open else 0.0)
        self.has_spoken.set()
        self.needs_successor.set()

    async def acknowledge(self, acknowledgement: Mapping[str, Any]) -> None:
        """Lost with this connection where that is lost: Slack would not know it on another."""
        try:
            async with asyncio.timeout(self._quiet):
                await self._ws.send_str(json.dumps(acknowledgement))
        except (ConnectionError, TimeoutError) as error:
            log.warning("acknowledgement_lost", error=type(error).__name__)

    async def _read(self, take: Take) -> None:
        async for frame in self._ws:
            self._heard = True
            if frame.type is WSMsgType.PING:
                await self._ws.pong(frame.data)
            # Slack sends an empty text now and then.
            elif frame.type is WSMsgType.TEXT and frame.data.startswith("{"):
                await take(self, json.loads(frame.data))

    async def _watch(self, reading: asyncio.Task[None]) -> None:
        """Counts pings without an answer, not seconds: a loop of ours that stood still must not cost a good connection."""
        missed, loop = 0, asyncio.get_running_loop()
        while missed < 4 and not reading.done() and loop.time() < self._leave_by:
            self._heard = False
            try:
                await self._ws.ping()
            except ConnectionError:
                return
            await asyncio.wait({reading}, timeout=min(self._quiet / 5, self._leave_by - loop.time()))
            missed = 0 if self._heard or self._is_busy() else missed + 1


class Sockets:
    """`run` holds `wanted` connections until `close`; no fault of the network or of Slack ends it."""

    def __init__(
        self, app: AsyncApp, app_token: str, base_url: str, wanted: int = 2, limits: Limits = LIMITS, chance: Chance = random.random
    ) -> None:
        """Made inside a running loop. `chance`, from 0 to 1, spreads the attempts of many bots over time."""
        self._app, self._wanted, self._limits, self._chance = app, wanted, limits, chance
        self._wire = Wire(app_token, base_url, timeout=limits.connect)
        self._room = asyncio.Semaphore(limits.in_flight)
        self._holders: list[asyncio.Task[None]] = []
        self._links: dict[Link, asyncio.Task[None]] = {}
        self._handling: set[asyncio.Task[None]] = set()
        self._is_closing = False
        self.strangers = 0
        """Connections of this app beyond ours at Slack's last count: another bot with our token, or dead ones that Slack still counts."""

    @property
    def connections(self) -> int:
        """How many of ours stand; for a moment more than wanted, while one takes over from another."""
        return sum(link.is_open for link in self._links)

    @property
    def links(self) -> Links:
        """For whoever tells people how well we hear Slack."""
        return Links(min(self.connections, self._wanted), self._wanted, self.strangers)

    @property
    def is_ready(self) -> bool:
        return self.connections > 0

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            self._holders = [group.create_task(self._hold()) for _ in range(self._wanted)]

    async def close(self) -> None:
        """Takes nothing more, lets what is being handled finish and be acknowledged, and hangs up."""
        self._is_closing = True
        await _end(self._holders)
        if self._handling:
            await asyncio.wait(self._handling, timeout=self._limits.drain)
        await _end([*self._handling, *self._links.values()])
        await self._wire.close()

    async def _hold(self) -> None:
        """Keeps one connection, the next begun before the last has ended wherever Slack gives notice."""
        failures, loop = 0, asyncio.get_running_loop()
        while True:
            try:
                link = await self._connect()
            except Exception as error:  # noqa: BLE001 - whatever it was, there is nothing better than to try again
                failures += 1
                asked = error.retry_after if isinstance(error, RateLimited) else 0.0
                wait = max(asked, pause(failures, self._limits.apart, self._chance()))
                log.warning("connection_failed", error=f"{type(error).__name__}: {error}", failures=failures, next_try_in=wait)
                await asyncio.sleep(wait)
                continue
            since = loop.time()
            await link.needs_successor.wait()
            # One that does not last is a failure too: else a Slack that hangs up at once would be asked for tickets without end.
            failures = failures + 1 if loop.time() - since < self._limits.quiet else 0
            await asyncio.sleep(pause(failures, self._limits.apart, self._chance()))

    async def _connect(self) -> Link:
        """A connection on which Slack said hello. Raises TimeoutError, ConnectionError, CallFailed, aiohttp.ClientError."""
        by = asyncio.get_running_loop().time() + self._limits.connect
        async with asyncio.timeout_at(by):
            url = (await self._wire.call("apps.connections.open"))["url"]
            hang_up = ClientWSTimeout(ws_close=1.0)
            ws = await self._wire.session.ws_connect(url, autoping=False, timeout=hang_up, proxy=proxy_for(url))
        link = Link(ws, self._limits.quiet, by, self._room.locked)
        self._links[link] = asyncio.create_task(link.live(self._take))
        self._links[link].add_done_callback(lambda _: self._links.pop(link))
        await link.has_spoken.wait()
        if not link.is_open:
            raise ConnectionError("no hello")
        return link

    async def _take(self, link: Link, message: dict[str, Any]) -> None:
        match message.get("type"):
            case "hello":
                link.greeted()
                log.info("connection_open", connections=self.connections)
                self._count_strangers(message.get("num_connections") or 0)
            case "disconnect":
                log.info("told_to_leave", reason=message.get("reason"))
                link.told_to_leave()
            case _ if "envelope_id" in message and not self._is_closing:
                await self._room.acquire()
                task = asyncio.create_task(self._handle(link, message))
                self._handling.add(task)
                task.add_done_callback(self._handling.discard)

    def _count_strangers(self, counted: int) -> None:
        """Those wanted count as ours before they stand: Slack may have seen one before we heard its hello."""
        strangers = max(0, counted - max(self._wanted, len(self._links)))
        if strangers and not self.strangers:
            log.warning("more_connections_than_ours", strangers=strangers)
        self.strangers = strangers

    async def _handle(self, link: Link, envelope: dict[str, Any]) -> None:
        """What was not handled is not acknowledged: the person sees that it failed, and events come again."""
        # Ties what Bolt and its listeners log of this envelope to our reference.
        structlog.contextvars.bind_contextvars(envelope_id=envelope["envelope_id"])
        try:
            acknowledgement = await self._answer(envelope)
        except Exception:
            log.exception("envelope_not_handled", reference=reference(), type=envelope.get("type"))
        else:
            await link.acknowledge(acknowledgement)
        finally:
            self._room.release()

    async def _answer(self, envelope: dict[str, Any]) -> dict[str, Any]:
        request = SocketModeRequest.from_dict(envelope)
        if request is None:
            raise ValueError("an envelope without a type or a payload")
        response = await run_async_bolt_app(self._app, request)
        if response.status != 200:
            raise RuntimeError(f"the app answered {response.status}: {response.body}")
        if not response.body:
            return {"envelope_id": request.envelope_id}
        is_json = response.first_headers().get("content-type", "").startswith("application/json")
        return {"envelope_id": request.envelope_id, "payload": json.loads(response.body) if is_json else {"text": response.body}}


def pause(failures: int, longest: float, chance: float) -> float:
    """Seconds: none after a connection that lasted, then half a second, doubled up to `longest`; a low `chance` takes half of it off."""
    return min(longest, 2.0 ** min(failures, 10) / 4) * (1 + chance) / 2 if failures else 0.0


async def _end(tasks: Collection[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)
