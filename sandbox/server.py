"""The stand-in's one HTTP and WebSocket server: Web API, sockets, response_url, desk and page, on loopback only."""
import asyncio
import socket
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import uvicorn

from sandbox.clock import Clock
from sandbox.manifest import Manifest, read_manifest
from sandbox.routes import application
from sandbox.standin import StandIn, Tokens
from sandbox.transport import Connection


class Server(uvicorn.Server):
    """Leaves signals to whoever runs it, and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def start(
    *, port: int = 0, host: str = "127.0.0.1", manifest: Path | Manifest | None = None, users: Iterable[Mapping[str, Any]] | None = None,
    moments: Sequence[Mapping[str, Any]] = (), clock: Path | None = None, launch: str | None = None, speed: float | None = None,
    record: Path | None = None, bot_token: str = Tokens.bot, app_token: str = Tokens.app, brief_log: bool = False,
) -> AsyncIterator[StandIn]:
    """The stand-in, listening, in the running event loop, until the block is left.

        async with sandbox.server.start(manifest=path, users=[{"name": "ada"}], clock=tmp_path / "clock.json", launch="2027-03-16T03:30:00Z") as slack:
            AsyncWebClient(token=slack.tokens.bot, base_url=slack.url + "/api/")

    `slack.url` is http://HOST:PORT; its desk answers under `/_control`, and `slack.workspace`, `slack.log.entries` may be read directly.
    `port` 0 takes a free one. Without a manifest every scope, event and command is granted; without users there are three everyday people.
    `clock` is the file shared with the bot (created when missing), without it launch time is the system's; `launch` is ISO-8601, `speed` a factor.
    Raises ValueError for a host that is not loopback or a clock that cannot be, DeskError for a user that cannot be, OSError when the port is taken."""
    if not ip_address("127.0.0.1" if host == "localhost" else host).is_loopback:
        raise ValueError(f"the stand-in listens on loopback only, not on {host}")
    granted = read_manifest(manifest) if isinstance(manifest, Path) else manifest or Manifest()
    standin = StandIn(Clock(clock, launch, speed), granted, users, moments, Tokens(bot_token, app_token), record, brief_log)
    listener = listening(host, port)
    standin.url = f"http://{host}:{listener.getsockname()[1]}"
    server = Server(uvicorn.Config(
        application(standin), http=Connection, ws="websockets-sansio", lifespan="off", log_config=None, log_level="warning", access_log=False,
        server_header=False, proxy_headers=False, ws_ping_interval=10.0, ws_ping_timeout=20.0, ws_per_message_deflate=False, timeout_keep_alive=75, timeout_graceful_shutdown=1,
    ))
    serving = asyncio.create_task(server.serve([listener]))
    try:
        await server.listens.wait()
        yield standin
    finally:
        await standin.end()
        server.should_exit = True
        await serving


def listening(host: str, port: int) -> socket.socket:
    """Said to be TCP outright, because asyncio sends small answers without delay only on such sockets."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener
