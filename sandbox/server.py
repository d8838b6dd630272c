"""The stand-in's one HTTP and WebSocket server: Web API, sockets, response_url, desk and page, on loopback only."""
import asyncio
import socket
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypedDict, Unpack

import uvicorn

from sandbox.clock import Clock
from sandbox.log import Log
from sandbox.manifest import Manifest, read_manifest
from sandbox.record import Record
from sandbox.routes import application
from sandbox.standin import StandIn, Tokens
from sandbox.transport import Connection

END_SECONDS = 1.0


class Server(uvicorn.Server):
    """Leaves signals to whoever runs it, says when it listens, and rests until it is told to end."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens, self.ends = asyncio.Event(), asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()

    async def main_loop(self) -> None:
        await self.ends.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for door in (*self.servers, *(sockets or ())):
            door.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        _, late = await asyncio.wait([*self.server_state.tasks, asyncio.create_task(asyncio.sleep(0))], timeout=END_SECONDS)
        for task in late:
            task.cancel()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Options(TypedDict, total=False):
    """Of `start`; each may be left out."""

    port: int  # 0, the default, takes a free one
    host: str  # loopback only
    manifest: Path | Manifest | None  # without one every scope, event and command is granted
    users: Iterable[Mapping[str, Any]] | None  # as POST /_control/users takes them; without any there are three everyday people
    moments: Sequence[Mapping[str, Any]]  # {at, label: {fr, en}} that the page offers to jump to
    clock: Path | None  # the file shared with the bot, created when missing; without it launch time is the system's
    launch: str | None  # ISO-8601: where launch time starts
    speed: float | None  # how fast it runs
    record: Path | None  # JSON lines of what the bot sends
    bot_token: str
    app_token: str
    brief_log: bool  # keeps payloads out of the log, for load


@asynccontextmanager
async def start(**options: Unpack[Options]) -> AsyncIterator[StandIn]:
    """The stand-in, listening in the running event loop until the block is left.

        async with start(manifest=path, users=[{"name": "ada"}], clock=tmp_path / "clock.json", launch="2027-03-16T03:30:00Z") as slack:
            web = AsyncWebClient(token=slack.tokens.bot, base_url=slack.url + "/api/")

    `slack.url` is http://HOST:PORT; the desk answers under /_control there; `slack.workspace` and `slack.log.entries` may be read directly.
    Raises ValueError (host not loopback, clock that cannot be), DeskError (user that cannot be), OSError (port taken, file unreadable)."""
    standin = put_together(options)
    listener = listening(options.get("host", "127.0.0.1"), options.get("port", 0))
    standin.url = "http://{}:{}".format(*listener.getsockname()[:2])
    server = Server(uvicorn.Config(
        application(standin), http=Connection, ws="websockets-sansio", ws_ping_interval=10.0, ws_ping_timeout=20.0,
        ws_per_message_deflate=False, lifespan="off", log_config=None, log_level="warning", access_log=False,
        server_header=False, date_header=False, proxy_headers=False, timeout_keep_alive=75,
    ))
    serving = asyncio.create_task(server.serve([listener]))
    try:
        await server.listens.wait()
        yield standin
    finally:
        await standin.end()
        server.ends.set()
        await serving


def put_together(options: Options) -> StandIn:
    granted = options.get("manifest") or Manifest()
    clock = Clock(options.get("clock"), options.get("launch"), options.get("speed"))
    standin = StandIn(
        clock, read_manifest(granted) if isinstance(granted, Path) else granted, options.get("users"),
        Tokens(options.get("bot_token", Tokens.bot), options.get("app_token", Tokens.app)), Log(clock, options.get("brief_log", False)),
        Record(options.get("record")),
    )
    standin.moments = options.get("moments", ())
    return standin


def listening(host: str, port: int) -> socket.socket:
    """Said to be TCP outright, because asyncio sends small answers without delay only on such sockets."""
    if not ip_address("127.0.0.1" if host == "localhost" else host).is_loopback:
        raise ValueError(f"the stand-in listens on loopback only, not on {host}")
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener
