"""What the clock will do, as rows: instants by the wall clock, durations by elapsed time, however either is set."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from bot.outside import Reading
from launch.messages import AskOverrun, Deadline, EndAnswering, OpenRoom, TurnShift
from storage import deadlines
from storage.deadlines import Timer, Timers, rearmed
from tests.days import TEAM, minutes, t
from tests.storage.databases import a_database

ROOM = Deadline("room", t(-60), OpenRoom())
SHIFT = Deadline("shift", t(90), TurnShift(t(90)))
ANSWER = Deadline("answer:final:1", t(-35), EndAnswering("final", 1), minutes(10))
HOLD = Deadline("hold:1", t(10), AskOverrun(1), minutes(40))


def reading(minute: float, boot: str = "boot-1", mono: float = 1000.0) -> Reading:
    return Reading(t(minute), boot, mono)


def later(seconds: float, stepped: timedelta = timedelta(0), boot: str = "boot-1") -> Reading:
    """So many seconds after ANSWER was set at T-45m, with the wall clock set to another time meanwhile."""
    return Reading(t(-45) + timedelta(seconds=seconds) + stepped, boot, 1000.0 + seconds)


def timers(*all_of: Deadline, at: Reading | None = None) -> Timers:
    return rearmed({}, {deadline.key: deadline for deadline in all_of}, at or reading(-45))


# --- when it is ripe ---------------------------------------------------------------------------------------------------


def test_an_instant_is_ripe_when_the_wall_clock_says_so() -> None:
    timer = timers(ROOM, at=reading(-120))["room"]
    assert not timer.is_ripe(reading(-60.01, mono=99999))
    assert timer.is_ripe(reading(-60, mono=0))


@pytest.mark.parametrize("stepped", [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1)])
def test_a_duration_lasts_as_long_however_the_wall_clock_is_set(stepped: timedelta) -> None:
    timer = timers(ANSWER)[ANSWER.key]
    assert not timer.is_ripe(later(599.9, stepped))
    assert timer.is_ripe(later(600, stepped))


def test_after_a_reboot_only_the_wall_clock_is_left_of_a_duration() -> None:
    timer = timers(ANSWER)[ANSWER.key]
    assert not timer.is_ripe(Reading(t(-35.01), "boot-2", 10**6))
    assert timer.is_ripe(Reading(t(-35), "boot-2", 1.0))


# --- what is kept when the state changes -------------------------------------------------------------------------------


def test_what_runs_already_keeps_the_reading_it_began_with() -> None:
    before = timers(ANSWER, ROOM, at=reading(-45, mono=1000))
    after = rearmed(before, {HOLD.key: HOLD, ANSWER.key: ANSWER}, reading(-40, mono=1300))
    assert after == {HOLD.key: Timer(HOLD, "boot-1", 1300), ANSWER.key: before[ANSWER.key]}


def test_what_is_due_at_another_time_begins_anew() -> None:
    before = timers(ROOM)
    moved = replace(ROOM, at=t(-30))
    assert rearmed(before, {"room": moved}, reading(-44, mono=1060)) == {"room": Timer(moved, "boot-1", 1060)}


def test_when_nothing_changed_nothing_is_written() -> None:
    before = timers(ROOM, ANSWER)
    assert rearmed(before, {ANSWER.key: ANSWER, "room": ROOM}, reading(0)) is before


# --- as rows -----------------------------------------------------------------------------------------------------------


def saved(engine: Engine, *launches: tuple[str, Timers, Timers]) -> None:
    with engine.begin() as tx:
        deadlines.save(tx, [(TEAM, key, before, after) for key, before, after in launches])


def loaded(engine: Engine, key: str, team: str = TEAM) -> Timers:
    with engine.begin() as tx:
        return deadlines.load(tx, team, key)


def test_timers_come_back_as_they_were_each_to_its_launch(engine: Engine) -> None:
    one, two = timers(ROOM, ANSWER, SHIFT), timers(replace(ROOM, at=t(-10)), at=reading(-50, "boot-0", 7.25))
    saved(engine, ("one", {}, one), ("two", {}, two))
    assert (loaded(engine, "one"), loaded(engine, "two"), loaded(engine, "three"), loaded(engine, "one", "T2")) == (one, two, {}, {})


def test_only_what_changed_is_written(engine: Engine) -> None:
    before = timers(ROOM, ANSWER)
    saved(engine, ("one", {}, before))
    after = rearmed(before, {ANSWER.key: ANSWER, HOLD.key: HOLD}, reading(-40))
    written: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(*told: object) -> None:
        parameters = told[3]
        if str(told[2]).startswith(("INSERT", "DELETE")):
            written.extend(str(row) for row in (parameters if isinstance(parameters, list) else [parameters]))

    saved(engine, ("one", before, after))
    assert len(written) == 2
    assert [key in "".join(written) for key in (HOLD.key, "'room'", ANSWER.key)] == [True, True, False]
    assert loaded(engine, "one") == after


# --- asked of the database ---------------------------------------------------------------------------------------------

SECONDS = st.sampled_from([-7200.0, -600.0, -1.0, -0.000001, 0.0, 0.000001, 1.0, 600.0, 7200.0])
BOOTS = st.sampled_from(["boot-1", "boot-2"])
TIMERS = st.builds(
    lambda key, at, lasts, boot, mono: Timer(Deadline(key, t(0) + timedelta(seconds=at), OpenRoom(), lasts), boot, mono),
    st.sampled_from("abcd"),
    SECONDS,
    st.sampled_from([None, timedelta(seconds=1), timedelta(seconds=600)]),
    BOOTS,
    st.sampled_from([0.0, 400.0, 999.0, 1000.0]),
)
READINGS = st.builds(
    lambda seconds, boot, mono: Reading(t(0) + timedelta(seconds=seconds), boot, mono),
    SECONDS,
    BOOTS,
    st.sampled_from([600.0, 1000.0, 1600.0]),
)
LAUNCHES = st.lists(st.lists(TIMERS, max_size=3, unique_by=lambda timer: timer.deadline.key), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deadlines") / "launchroom.db"


def wait_of(timer: Timer, at: Reading) -> float:
    """The rule in memory: how long until a timer is ripe."""
    if timer.ripe is not None and timer.boot == at.boot:
        return timer.ripe - at.mono
    return (timer.deadline.at - at.now).total_seconds()


@settings(max_examples=50, deadline=None)
@given(launches=LAUNCHES, at=READINGS)
def test_the_database_finds_what_the_rule_finds(shared: Path, launches: Sequence[Sequence[Timer]], at: Reading) -> None:
    engine = a_database(shared)
    known = {f"launch-{number}": {timer.deadline.key: timer for timer in some} for number, some in enumerate(launches)}
    saved(engine, *((key, {}, some) for key, some in known.items()))
    with engine.begin() as tx:
        found, wait = deadlines.ripe(tx, at), deadlines.next_ripe(tx, at)
    ripe = {key: [timer.deadline.at for timer in some.values() if timer.is_ripe(at)] for key, some in known.items()}
    since = {key: min(instants) for key, instants in ripe.items() if instants}
    assert {key for _, key in found} == set(since)
    assert [since[key] for _, key in found] == sorted(since.values()), "who waits longest comes first"
    waits = [wait_of(timer, at) for some in known.values() for timer in some.values()]
    assert wait == min(waits, default=None)
    assert (wait is not None and wait <= 0) == bool(found)


@pytest.mark.parametrize("number", [0, 1, 700])
def test_so_many_at_most_are_taken_at_once(engine: Engine, number: int) -> None:
    saved(engine, *((f"launch-{each}", {}, timers(ROOM)) for each in range(number)))
    with engine.begin() as tx:
        assert len(deadlines.ripe(tx, reading(0))) == min(number, 500)
        assert len(deadlines.ripe(tx, reading(0), most=1)) == min(number, 1)


def test_instants_sort_as_they_come(engine: Engine) -> None:
    """Microseconds and years alike: the column is text."""
    instants = [datetime(2027, 3, 16, 3, 30, 0, micro, tzinfo=UTC) for micro in (0, 1, 10, 999999)] + [datetime(2031, 1, 1, tzinfo=UTC)]
    for number, at in enumerate(instants):
        saved(engine, (f"launch-{number}", {}, timers(replace(ROOM, at=at))))
    with engine.begin() as tx:
        assert [key for _, key in deadlines.ripe(tx, Reading(instants[3], "boot-1", 0.0))] == [f"launch-{number}" for number in range(4)]
