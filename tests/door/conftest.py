from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.door import Door
from tests.door.doors import Site, a_site, bring_in


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    """What was logged, instead of a page of traceback for each fault that a test makes on purpose."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A workspace a day before the launch, its clock standing."""
    return a_site(tmp_path)


@pytest.fixture(params=["inline", "threaded"])
async def door(site: Site, request: pytest.FixtureRequest) -> AsyncIterator[Door]:
    """An open door with the launch of the night behind it."""
    door = site.door(inline=request.param == "inline")
    door.start()
    await bring_in(door)
    yield door
    door.stop()


@pytest.fixture
async def threaded(site: Site) -> AsyncIterator[Door]:
    """The same with a writer thread of its own, for what only that one can show."""
    door = site.door()
    door.start()
    await bring_in(door)
    yield door
    door.stop()
