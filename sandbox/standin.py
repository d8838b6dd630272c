"""The stand-in Slack put together: one value that every method, interaction and desk order works on."""
import asyncio
import time
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sandbox.child import Child
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.grants import Hooks, Triggers
from sandbox.log import Log
from sandbox.manifest import Manifest
from sandbox.people import EVERYDAY_PEOPLE
from sandbox.record import Record
from sandbox.scopes import Scopes
from sandbox.sockets import Sockets
from sandbox.tiers import Tiers
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Tokens:
    bot: str = "xoxb-sandbox-bot"
    app: str = "xapp-sandbox-app"


class StandIn:
    def __init__(self, clock: Clock, manifest: Manifest, people: Iterable[Mapping[str, Any]] | None, tokens: Tokens, log: Log,
                 record: Record) -> None:
        self.clock, self.manifest, self.tokens, self.log, self.record = clock, manifest, tokens, log, record
        self.moments: Sequence[Mapping[str, Any]] = ()
        self.workspace = Workspace(clock, manifest.bot_name, manifest.app_name, EVERYDAY_PEOPLE if people is None else people)
        self.tiers, self.faults = Tiers(time.monotonic), Faults()
        self.scopes = Scopes(manifest, self.faults)
        self.triggers, self.hooks = Triggers(time.monotonic), Hooks(time.monotonic)
        self._tasks: set[asyncio.Task[Any]] = set()
        self.sockets = Sockets(self.workspace.app_id, self.log, self.faults, self.record, self.workspace.touch, self.start_later)
        self.child: Child | None = None
        self.url = ""
        self.is_ending = asyncio.Event()

    def start_later(self, work: Coroutine[Any, Any, Any]) -> None:
        """Runs it beside what is going on; `end` cuts it off."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            self.log.add("fault", accepted=False, what=f"the stand-in itself failed: {task.exception()!r}")

    async def pause(self, seconds: float) -> None:
        """Sleeps, but not past the end of the stand-in."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.is_ending.wait(), seconds)

    async def end(self) -> None:
        self.is_ending.set()
        self.workspace.touch()
        self.sockets.give_up()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.child is not None:
            await self.child.end()
        self.record.close()
