"""Ends the process when its own loop or its writer stopped answering: whoever supervises it starts a healthy one."""

import asyncio
import os
import threading
from contextlib import suppress

import structlog

from bot.door import Door, Unwritten

log = structlog.get_logger()
LOOK_EVERY = 5.0
DEAD_AFTER = 6
"""Looks, one every five seconds, without a sign of life between them: 30 s in which we ran. Time in which the whole process
was stopped does not count, and Slack being out of reach is no reason: then the bot goes on and keeps trying."""
EXIT_CODE = 70
"""EX_SOFTWARE of sysexits.h."""


class Watchdog:
    """A thread of its own counts how long the loop has had no answer from the door."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._silent = 0
        self._ended = threading.Event()

    async def run(self) -> None:
        """Ask the door for a sign of life, again and again, until cancelled."""
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()
        try:
            while True:
                with suppress(Unwritten):  # a failed write is an answer too, and the door has logged it
                    await self._door.write(lambda tx: None)
                self._silent = 0
                await asyncio.sleep(LOOK_EVERY)
        finally:
            self._ended.set()

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_EVERY):
            self._silent += 1
            if self._silent > DEAD_AFTER:
                log.critical("not_answering", looks=self._silent)
                os._exit(EXIT_CODE)
