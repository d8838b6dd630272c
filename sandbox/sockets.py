"""Socket Mode: tickets, the bot's open sockets, one socket for each envelope in turn, and the acks that come back."""
import asyncio
import json
import time
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from sandbox.faults import SOCKET, Faults
from sandbox.grants import SECRET, Tickets, counted
from sandbox.log import Log
from sandbox.record import Record
from sandbox.transport import reset, swallow, transport_of

ACK_SECONDS = 3.0
MOST_SOCKETS = 10
HOST = "applink-sandbox"


@dataclass(eq=False)
class Link:
    """One open socket of the bot."""

    number: int
    transport: asyncio.Transport
    send: Send
    is_black_hole: bool = False

    async def say(self, message: Mapping[str, Any]) -> None:
        await self.say_text(json.dumps(message))

    async def say_text(self, text: str) -> None:
        """Says it, or loses it when the line is dead: Slack learns that only from the missing ack."""
        if not self.is_black_hole:
            with suppress(OSError):
                await self.send({"type": "websocket.send", "text": text})

    async def close(self) -> None:
        with suppress(OSError):
            await self.send({"type": "websocket.close", "code": 1000})


@dataclass(frozen=True)
class Ack:
    """What the bot answered in time; `body` only where Slack takes one. `seconds` since the envelope was sent."""

    body: Mapping[str, Any] | None
    seconds: float


@dataclass
class Waiting:
    kind: str
    takes_body: bool
    since: float
    answer: asyncio.Future[Ack] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Sockets:
    def __init__(self, app_id: str, log: Log, faults: Faults, record: Record, touched: Callable[[], None],
                 start_later: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        """`touched` is called when the number of open sockets changes."""
        self.app_id, self.log, self.faults, self.record, self._touched = app_id, log, faults, record, touched
        self._start_later = start_later
        self.links: list[Link] = []
        self.tickets = Tickets(time.monotonic)
        self._waiting: dict[str, Waiting] = {}
        self._turn = self._numbered = 0

    async def serve(self, ticket: str, scope: Scope, receive: Receive, send: Send) -> None:
        """One socket from its handshake to its end."""
        await receive()
        transport = transport_of(scope)
        if self.faults.standing("down"):
            reset(transport)
            await receive()
        elif not self.tickets.spend(ticket):
            self.log.add("socket", accepted=False, what="refused: the ticket is unknown, used or too old")
            await send({"type": "websocket.close"})
        else:
            await send({"type": "websocket.accept"})
            self._numbered += 1
            await self._greet(Link(self._numbered, transport, send), receive)

    async def _greet(self, link: Link, receive: Receive) -> None:
        others = self.faults.take(("too_many",))
        count = len(self.links) + 1 + (others.options["others"] if others else 0)
        if count > MOST_SOCKETS:
            self.log.add("socket", accepted=False, socket=link.number, what="too_many_websockets")
            await link.say({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {"host": HOST}})
            return await link.close()
        debug = {"host": HOST, "build_number": 1, "approximate_connection_time": 18060}
        await link.say({"type": "hello", "num_connections": count, "debug_info": debug, "connection_info": {"app_id": self.app_id}})
        self.links.append(link)
        self.log.add("socket", accepted=True, socket=link.number, what="open", connections=len(self.links))
        self._touched()
        try:
            self.apply_faults()
            await self._hear(link, receive)
        finally:
            self.links.remove(link)
            self.log.add("socket", accepted=True, socket=link.number, what="closed", connections=len(self.links))
            self._touched()

    async def _hear(self, link: Link, receive: Receive) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            if link.is_black_hole:
                swallow(link.transport)
            else:
                self._heard(message)

    def _heard(self, message: Message) -> None:
        try:
            envelope_id, body = read_ack(message.get("text") or "")
        except (ValueError, TypeError):
            self.log.add("ack", accepted=False, what="not an ack", args=message.get("text"))
            return
        waiting = self._waiting.pop(envelope_id, None)
        if waiting is None:
            self.log.add("ack", accepted=False, envelope_id=envelope_id, what="no such envelope waits for an ack", args=body)
            return
        seconds, in_time = time.monotonic() - waiting.since, not waiting.answer.done()
        self.log.add("ack", accepted=in_time, envelope_id=envelope_id, type=waiting.kind, ms=round(seconds * 1000, 1), args=body)
        self.record.ack(waiting.kind, body)
        if body and not waiting.takes_body:
            what = "an ack with a body where Slack takes none"
            self.log.add("fault", accepted=False, envelope_id=envelope_id, type=waiting.kind, what=what, args=body)
            body = None
        if in_time:
            waiting.answer.set_result(Ack(body, seconds))

    async def deliver(self, envelope: str, kind: str, payload: Mapping[str, Any], takes_body: bool, **retry: Any) -> Ack | None:
        """Sends the payload through the socket whose turn it is. None when no ack came within 3 s.

        `envelope`: slash_commands, interactive or events_api. `kind`: the interaction's or the event's own type."""
        link, envelope_id = self._next(), f"{SECRET}-{next(counted)}"
        number = link.number if link else None
        self.log.add("envelope", accepted=link is not None, envelope_id=envelope_id, type=kind, socket=number, payload=payload, **retry)
        if link is None:
            return None
        waiting = self._waiting[envelope_id] = Waiting(kind, takes_body, time.monotonic())
        told = {"envelope_id": envelope_id, "payload": payload, "type": envelope, "accepts_response_payload": takes_body, **retry}
        text = json.dumps(told)
        again = self.faults.take(("duplicate",), kind)
        try:
            async with asyncio.timeout(ACK_SECONDS):
                await link.say_text(text)
                if again:
                    await (self._next() or link).say_text(text)
                return await waiting.answer
        except TimeoutError:
            waiting.answer.cancel()
            return None

    def _next(self) -> Link | None:
        if not self.links:
            return None
        self._turn += 1
        return self.links[self._turn % len(self.links)]

    def apply_faults(self) -> None:
        """Lets waiting socket faults loose on the sockets that are open and well."""
        for link in list(self.links):
            if not link.is_black_hole and not link.transport.is_closing() and (fault := self.faults.take(SOCKET)):
                self.log.add("fault", accepted=True, what=fault.kind, socket=link.number)
                if fault.kind == "drop_socket":
                    reset(link.transport)
                elif fault.kind == "black_hole":
                    link.is_black_hole = True
                    swallow(link.transport)
                    self._start_later(_given_up(link, fault.options["seconds"]))
                else:
                    self._start_later(_refreshed(link, fault.options["seconds"]))

    def give_up(self) -> None:
        """Nobody waits for an ack any longer."""
        for waiting in self._waiting.values():
            if not waiting.answer.done():
                waiting.answer.set_exception(TimeoutError())

    def heal(self) -> None:
        """Black holes read and answer again."""
        for link in self.links:
            if link.is_black_hole and not link.transport.is_closing():
                link.transport.resume_reading()
            link.is_black_hole = False

    def cut_all(self) -> None:
        for link in self.links:
            reset(link.transport)


def read_ack(text: str) -> tuple[str, dict[str, Any] | None]:
    """The envelope it is for and its body. Raises ValueError, TypeError."""
    told = json.loads(text)
    if not isinstance(told, dict) or not isinstance(told.get("envelope_id"), str) or not isinstance(told.get("payload"), dict | None):
        raise TypeError(text)
    return told["envelope_id"], told.get("payload") or None


async def _given_up(link: Link, seconds: float) -> None:
    """After a while Slack itself notices that a socket is dead."""
    await asyncio.sleep(seconds)
    if link.is_black_hole:
        reset(link.transport)


async def _refreshed(link: Link, seconds: float) -> None:
    await link.say({"type": "disconnect", "reason": "warning", "debug_info": {"host": HOST}})
    await asyncio.sleep(seconds)
    await link.say({"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": HOST}})
    await link.close()
