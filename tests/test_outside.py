"""Two clocks and new ids: what rules, rows and waits rest on."""

import json
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.outside import FileClock, Outside, SystemClock, clock_from

HALF_PAST_THREE = datetime(2027, 3, 16, 3, 30, tzinfo=UTC)


def steer(path: Path, launch: str = "2027-03-16T03:30:00Z", speed: float = 1.0, machine: float | None = None) -> Path:
    """Set the clock as the stand-in does: a new file in the place of the old one."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"machine": time.monotonic() if machine is None else machine, "launch": launch, "speed": speed}))
    fresh.replace(path)
    return path


@pytest.fixture
def hands(tmp_path: Path) -> Path:
    return tmp_path / "clock.json"


def test_the_system_clock_is_utc_and_counts_on() -> None:
    clock = SystemClock()
    first, second = clock.read(), clock.read()
    assert abs(first.now - datetime.now(UTC)) < timedelta(seconds=5)
    assert first.now.utcoffset() == timedelta(0)
    assert first.boot == second.boot
    assert second.mono >= first.mono


def test_the_boot_is_the_same_for_two_processes_so_that_durations_outlive_a_restart() -> None:
    code = "from bot.outside import SystemClock as C; r = C().read(); print(r.boot, r.mono)"
    boot, mono = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    now = SystemClock().read()
    assert now.boot == boot
    assert 0 <= now.mono - float(mono) < 60


def test_the_system_clock_says_how_long_to_wait() -> None:
    clock = SystemClock()
    now = clock.read().now
    assert 58 < clock.machine_seconds_until(now + timedelta(minutes=1)) <= 60
    assert clock.machine_seconds_until(now - timedelta(minutes=1)) == 0


def test_a_file_clock_runs_at_its_speed(hands: Path) -> None:
    steer(hands, speed=60, machine=time.monotonic() - 10)
    clock = FileClock(hands)
    now = clock.read().now
    assert timedelta(minutes=10) <= now - HALF_PAST_THREE < timedelta(minutes=11)
    wait = clock.machine_seconds_until(HALF_PAST_THREE + timedelta(minutes=60))
    assert wait is not None
    assert 49 < wait <= 50


def test_a_jump_is_seen_at_the_next_look_and_durations_follow_launch_time(hands: Path) -> None:
    clock = FileClock(steer(hands, speed=0))
    before = clock.read()
    steer(hands, "2027-03-16T04:30:00+01:00", speed=0)
    assert clock.read() == before
    steer(hands, "2027-03-16T05:00:00Z", speed=0)
    after = clock.read()
    assert after.now - before.now == timedelta(minutes=90)
    assert after.mono - before.mono == 5400
    assert after.boot == before.boot == FileClock(hands).read().boot


def test_while_the_clock_stands_nobody_waits_for_it_but_what_is_due_is_due(hands: Path) -> None:
    clock = FileClock(steer(hands, speed=0))
    assert clock.read().now == HALF_PAST_THREE
    assert clock.machine_seconds_until(HALF_PAST_THREE + timedelta(seconds=1)) is None
    assert clock.machine_seconds_until(HALF_PAST_THREE) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"machine": 1, "launch": "2027-03-16T03:30:00Z"}',
        '{"machine": 1, "launch": "soon", "speed": 1}',
        '{"machine": 1, "launch": "2027-03-16T03:30:00", "speed": 1}',
        '{"machine": 1, "launch": "2027-03-16T03:30:00Z", "speed": -1}',
        '{"machine": NaN, "launch": "2027-03-16T03:30:00Z", "speed": 1}',
        '{"machine": 1, "launch": "2027-03-16T03:30:00Z", "speed": Infinity}',
    ],
)
def test_what_is_no_clock_file_is_told_with_what_one_is(hands: Path, text: str) -> None:
    hands.write_text(text)
    with pytest.raises(ValueError, match=r'is no clock file.* one is \{"machine": 1234\.5'):
        FileClock(hands)


def test_the_setting_names_the_clock(hands: Path) -> None:
    assert isinstance(clock_from("system"), SystemClock)
    assert clock_from(str(steer(hands, speed=0))).read().now == HALF_PAST_THREE


def test_keys_and_salts_are_opaque_and_never_the_same() -> None:
    outside = Outside()
    keys = {outside.new_key() for _ in range(100)} | {outside.new_salt() for _ in range(100)}
    assert len(keys) == 200
    assert {len(bytes.fromhex(key)) for key in keys} == {12, 16}


def test_a_simulation_with_the_same_seed_gets_the_same_keys(hands: Path) -> None:
    clock = FileClock(steer(hands, speed=0))
    first, second = (Outside(clock, machine=lambda: 5.0, random_bytes=random.Random(7).randbytes) for _ in range(2))
    assert [first.new_key(), first.new_salt()] == [second.new_key(), second.new_salt()]
    assert (first.machine(), first.clock.read().now) == (5.0, HALF_PAST_THREE)
