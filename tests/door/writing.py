"""The process that test_crash kills: three people write notes at once, four times; each note is printed as it is acknowledged."""

import asyncio
import sys
from pathlib import Path

from bot.door import Door
from launch.messages import WriteNote
from tests.days import CLAIRE, words
from tests.door.doors import Site, ask

NOTES = [f"note {number}" for number in range(12)]
AT_ONCE = 3


async def write(door: Door, note: str) -> None:
    """The note is its own request id: whoever asks again after a restart asks the same."""
    answer = await ask(door, CLAIRE, WriteNote(words(note)), request_id=note)
    assert (answer.refused, answer.failure) == (None, None)
    sys.stdout.write(f"{note}\n")
    sys.stdout.flush()


async def write_all(site: Site) -> None:
    door = site.door()
    door.start()
    for first in range(0, len(NOTES), AT_ONCE):
        await asyncio.gather(*(write(door, note) for note in NOTES[first : first + AT_ONCE]))
    door.stop()


if __name__ == "__main__":
    asyncio.run(write_all(Site(Path(sys.argv[1]), Path(sys.argv[2]))))
