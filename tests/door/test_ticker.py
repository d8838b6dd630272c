"""The clock's turn: what is due is done without anybody asking, once, whatever the clock did meanwhile, and each for itself."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.door import Door
from bot.ticker import SWEEP, EverySecond, Ticker
from launch.messages import CallHold, CloseLaunch, WriteNote
from launch.state import Phase
from tests.days import BORN, CLAIRE, NIGHT, TEAM, a_plan, t, words
from tests.door.doors import Site, ask, bring_in, launch_in, opened, say, until

pytestmark = pytest.mark.slow

ROOM_AND_QUESTION = ["RoomWanted", "ShiftTurned", "CheckpointAnnounced", "CheckpointOpened"]


@asynccontextmanager
async def ticking(door: Door) -> AsyncIterator[Ticker]:
    """A ticker that has had its first turn."""
    ticker, before = Ticker(door, door.outside), door.commits
    ticker.start()
    await until(lambda: door.commits > before and not ticker.turning.locked(), "the first turn")
    yield ticker
    await ticker.stop()


def is_asked(door: Door, *keys: str) -> bool:
    return all("final" in launch_in(door, key).polls for key in keys or ("corvane",))


def due_ats(site: Site, kind: str) -> list[str]:
    return [due for (due,) in site.rows("SELECT due_at FROM timeline WHERE kind = ? ORDER BY launch_id", kind)]


# --- on time -----------------------------------------------------------------------------------------------------------


async def test_a_deadline_comes_without_anybody_asking(site: Site, threaded: Door) -> None:
    site.set_clock(t(-45) - timedelta(seconds=0.3), speed=1)
    async with ticking(threaded):
        await until(lambda: is_asked(threaded))
    (asked_at,) = (poll.opened_at for poll in launch_in(threaded).polls.values())
    assert t(-45) <= asked_at < t(-45) + timedelta(seconds=10)
    assert site.record()[-4:] == ROOM_AND_QUESTION


async def test_it_wakes_by_itself_at_the_earliest_deadline(site: Site, threaded: Door) -> None:
    """The sweep is taken away, so that only the armed wake-up is left."""
    site.set_clock(t(-50))
    async with ticking(threaded) as ticker:
        site.set_clock(t(-45) - timedelta(seconds=2), speed=1)
        await ticker.turn()
        ticker.scheduler.remove_job("sweep")
        await until(lambda: is_asked(threaded))


async def test_what_a_decision_makes_due_earlier_wakes_it_earlier(site: Site, threaded: Door) -> None:
    site.set_clock(t(-50))
    async with ticking(threaded) as ticker:
        ticker.scheduler.remove_job("sweep")
        site.set_clock(t(-50), speed=1)
        await ticker.turn()
        await say(threaded, CLAIRE, CallHold(words("disk full"), timedelta(seconds=0.2)))
        await until(lambda: launch_in(threaded).holds[1].is_overrun)


async def test_a_clock_that_runs_fast_is_waited_for_less(site: Site, threaded: Door) -> None:
    """Sixty minutes a second: the question, the end of its answering and the count within a second or two."""
    site.set_clock(t(-46), speed=3600)
    async with ticking(threaded):
        await until(lambda: is_asked(threaded) and launch_in(threaded).polls["final"].phase is Phase.COUNTED)


# --- a clock that jumps ------------------------------------------------------------------------------------------------


async def test_a_jump_of_the_clock_is_noticed_by_the_sweep(site: Site, threaded: Door) -> None:
    """The clock stands, so that nothing can be armed; then somebody sets it."""
    async with ticking(threaded) as ticker:
        assert ticker.armed_at is None
        site.set_clock(t(-44))
        await until(lambda: is_asked(threaded))
    assert site.record()[-4:] == ROOM_AND_QUESTION


async def test_a_jump_back_brings_nothing_about_a_second_time(site: Site, threaded: Door) -> None:
    site.set_clock(t(-44))
    async with ticking(threaded) as ticker:
        await until(lambda: is_asked(threaded))
        before = site.record()
        site.set_clock(BORN)
        await ticker.turn()
        site.set_clock(t(-44))
        await ticker.turn()
    assert site.record() == before


async def test_a_wall_clock_set_back_does_not_leave_the_scheduler_asleep(site: Site, threaded: Door) -> None:
    """As after a step of an hour: the scheduler's next look lies an hour ahead, and wall and elapsed time have drifted apart."""
    async with ticking(threaded) as ticker:
        ticker.scheduler.modify_job("sweep", next_run_time=datetime.now(UTC) + timedelta(hours=1))
        ticker._drift += 3600
        site.set_clock(t(-44))
        await until(lambda: is_asked(threaded))


def test_a_machine_that_slept_for_a_year_has_one_look_to_catch_up_with() -> None:
    now = datetime(2027, 3, 16, tzinfo=UTC)
    assert EverySecond().get_next_fire_time(now - timedelta(days=365), now) == now + SWEEP


# --- after a stop ------------------------------------------------------------------------------------------------------


async def test_what_fell_due_while_we_were_down_is_done_once_and_says_when_it_was_due(site: Site, threaded: Door) -> None:
    threaded.stop()
    before = len(site.record())
    site.set_clock(t(-44))
    async with opened(site.door()) as again, ticking(again) as ticker:
        await until(lambda: is_asked(again))
        for _ in range(3):
            await ticker.turn()
    late = site.rows("SELECT kind, at, due_at FROM timeline WHERE seq > ? ORDER BY seq", before)
    now, *due = (at.isoformat(timespec="microseconds") for at in (t(-44), t(-570), NIGHT, t(-55), t(-45)))
    assert late == [(kind, now, at) for kind, at in zip(ROOM_AND_QUESTION, due, strict=True)]


async def test_it_can_be_stopped_and_started(site: Site, threaded: Door) -> None:
    async with ticking(threaded):
        pass
    site.set_clock(t(-600))
    await say(threaded, CLAIRE, WriteNote(words("all quiet")))
    site.set_clock(t(-44))
    async with ticking(threaded):
        await until(lambda: is_asked(threaded))
    assert threaded.watchers == []
    assert site.record()[-4:] == ROOM_AND_QUESTION


# --- many, and one that fails ------------------------------------------------------------------------------------------


async def test_what_is_due_in_many_launches_at_once_is_done_in_few_transactions(site: Site, threaded: Door) -> None:
    keys = [f"launch-{number}" for number in range(30)]
    await bring_in(threaded, *(a_plan(key=key) for key in keys))
    site.set_clock(t(-44))
    before = threaded.commits
    async with ticking(threaded):
        await until(lambda: is_asked(threaded, "corvane", *keys))
    assert threaded.commits - before <= 10
    assert due_ats(site, "CheckpointOpened") == [t(-45).isoformat(timespec="microseconds")] * 31


def of_kind(logs: list[Any], event: str) -> list[Any]:
    return [line for line in logs if line["event"] == event]


@pytest.fixture
async def broken(site: Site, threaded: Door) -> Door:
    """Two launches whose night has begun; in one a row is missing, so that those who are silent cannot be reminded."""
    await bring_in(threaded, a_plan(key="tills"))
    site.set_clock(t(-50))
    await asyncio.gather(*(ask(threaded, CLAIRE, None, key) for key in ("corvane", "tills")))
    site.run("DELETE FROM duty WHERE launch_id = 'tills' AND role = 'database'")
    return threaded


async def test_a_deadline_that_fails_is_told_once_and_blocks_nobody(site: Site, broken: Door, logs: list[Any]) -> None:
    site.set_clock(t(-44))
    async with ticking(broken) as ticker:
        await until(lambda: is_asked(broken, "corvane", "tills"))
        site.set_clock(t(-39))
        await until(lambda: launch_in(broken).polls["final"].is_reminded)
        for _ in range(5):
            await ticker.turn()
        site.set_clock(t(-29))
        await until(lambda: launch_in(broken, "tills").hold and launch_in(broken).hold)
    told = [(line["launch"], line["deadline"]) for line in of_kind(logs, "deadline_failed")]
    assert told == [((TEAM, "tills"), "remind:final:1:0"), ((TEAM, "tills"), "answer:final:1:0")]
    assert launch_in(broken).polls["final"].phase is Phase.GRACE


async def test_a_launch_that_cannot_be_written_blocks_nobody(site: Site, threaded: Door, logs: list[Any]) -> None:
    await bring_in(threaded, a_plan(key="tills"))
    site.run("CREATE TRIGGER refusing BEFORE INSERT ON polls WHEN new.launch_id = 'tills' BEGIN SELECT RAISE(ABORT, 'no room'); END")
    site.set_clock(t(-44))
    async with ticking(threaded) as ticker:
        await until(lambda: is_asked(threaded))
        assert "CheckpointOpened" not in site.record("tills")
        assert of_kind(logs, "write_failed")
        site.run("DROP TRIGGER refusing")
        await ticker.turn()
    assert site.record("tills")[-4:] == ROOM_AND_QUESTION


async def test_a_closed_launch_wakes_nobody(site: Site, threaded: Door) -> None:
    await say(threaded, CLAIRE, CloseLaunch())
    site.set_clock(t(-44), speed=1)
    async with ticking(threaded) as ticker:
        assert ticker.armed_at is None
    assert site.record()[-1] == "LaunchClosed"


async def test_once_an_hour_what_was_seen_long_ago_is_forgotten(site: Site, threaded: Door) -> None:
    await ask(threaded, CLAIRE, WriteNote(words("all quiet")), request_id="old")
    site.set_clock(BORN + timedelta(hours=49))
    await ask(threaded, CLAIRE, WriteNote(words("still quiet")), request_id="new")
    async with ticking(threaded) as ticker:
        assert ticker.scheduler.get_job("forget")
        await ticker.forget()
    assert site.rows("SELECT id FROM seen") == [("new",)]
