"""The bot as a child process of the stand-in: started with the addresses it needs, ended with it, its death told."""
import asyncio
import os
import shlex
from collections.abc import Callable, Mapping
from typing import Any

END_SECONDS = 10.0


class Child:
    """Output passes through. It is not started again when it dies."""

    def __init__(self, command: str, surroundings: Mapping[str, str], ended: Callable[[], None]) -> None:
        """`ended` is called when the process has gone, whatever the cause."""
        self.command, self._surroundings, self._ended = command, surroundings, ended
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Raises OSError when the command cannot be started."""
        self._process = await asyncio.create_subprocess_exec(*shlex.split(self.command), env={**os.environ, **self._surroundings})
        self._watch = asyncio.create_task(self._wait(self._process))

    async def _wait(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()
        self._ended()

    async def end(self) -> None:
        """SIGTERM, then SIGKILL. It stays in our process group, so that Ctrl-C in a terminal reaches it even when we are killed at once."""
        if self._process is None or self._watch is None:
            return
        if self._process.returncode is None:
            self._process.terminate()
        try:
            async with asyncio.timeout(END_SECONDS):
                await asyncio.shield(self._watch)
        except TimeoutError:
            self._process.kill()
            await self._watch

    def shown(self) -> dict[str, Any]:
        """{command, running, code}: `code` is the exit code once it has ended, below 0 for a signal."""
        code = self._process.returncode if self._process else None
        return {"command": self.command, "running": self._process is not None and code is None, "code": code}
