"""Killed at any of the door's places and started again: what was acknowledged is stored, and nothing is stored twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.crash import POINTS, VARIABLE
from launch import game
from launch.messages import NoteWritten
from storage import launches, timeline
from tests.days import TEAM
from tests.door.doors import Site, bring_in, opened
from tests.door.writing import NOTES, write_all

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DOOR_POINTS = [point for point in POINTS if point.startswith("door.")]


def killed_at(point: str, site: Site) -> list[str]:
    """The notes that were acknowledged before the process died at `point`, when it came there for the third time."""
    command = [sys.executable, "-m", "tests.door.writing", str(site.database), str(site.hands)]
    armed = {**os.environ, VARIABLE: f"{point}:3"}
    died = subprocess.run(command, cwd=ROOT, env=armed, capture_output=True, text=True, timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    return died.stdout.splitlines()


def notes(site: Site) -> list[str]:
    with site.engine().begin() as tx:
        return [str(fact.event.text) for fact in timeline.read(tx, TEAM, "corvane") if isinstance(fact.event, NoteWritten)]


@pytest.mark.slow
@pytest.mark.parametrize("point", DOOR_POINTS)
async def test_what_was_acknowledged_is_stored_and_asked_again_it_is_stored_once(site: Site, point: str) -> None:
    async with opened(site.door(inline=True)) as door:
        await bring_in(door)
    acknowledged = killed_at(point, site)
    stored = notes(site)
    assert set(acknowledged) <= set(stored)
    assert 0 < len(stored) < len(NOTES)
    assert (set(stored) > set(acknowledged)) == (point == "door.after_commit"), "stored, but whoever asked was not told"
    await write_all(site)
    assert sorted(notes(site)) == sorted(NOTES)
    assert site.rows("SELECT count(*) FROM outbox WHERE kind = 'notice'") == [(len(NOTES),)]
    with site.engine().begin() as tx:
        kept = launches.load(tx, TEAM, "corvane")
        assert timeline.folded(timeline.read(tx, TEAM, "corvane")) == kept.value
        assert timeline.broken_at(tx, TEAM, "corvane") is None
    assert kept.value
    assert {key: timer.deadline for key, timer in kept.timers.items()} == game.due(kept.value)
