"""Doors, opened and closed again."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.door import Door
from tests.days import a_plan, t
from tests.door.doors import Site, a_site, bring_in, opened


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
    async with opened(site.door(inline=request.param == "inline")) as door:
        await bring_in(door)
        yield door


@pytest.fixture
async def threaded(site: Site) -> AsyncIterator[Door]:
    """The same with a writer thread of its own, for what only that one can show."""
    async with opened(site.door()) as door:
        await bring_in(door)
        yield door


@pytest.fixture
async def by_hand(site: Site) -> AsyncIterator[Door]:
    """A door whose batches the test makes itself, with two launches behind it, at an hour when both should have asked their question."""
    async with opened(site.door(inline=True)) as door:
        await bring_in(door, a_plan(), a_plan(key="tills"))
        site.set_clock(t(-44))
        yield door
