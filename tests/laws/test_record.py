"""The record: folded it gives the state, nothing in it can be changed unnoticed, and forgetting what was typed leaves it whole."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields, replace
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from bot.outside import Reading
from launch import game
from launch.messages import HOUSE, Fact, LaunchPlanned, PlanOffered, PlanRevised
from launch.state import SLICES, Launch
from launch.words import Words
from storage import launches, timeline
from storage.facts import words_of
from storage.timeline import broken_at, folded
from storage.words import forget
from tests.days import TEAM, Day, a_plan, play, t, wait
from tests.laws.histories import OPENING, PLANS, History, moves, turns
from tests.laws.tour import of_the_house, the_tour
from tests.storage.databases import Book, a_database, since_birth

pytestmark = pytest.mark.slow

NOW = Reading(t(600), "boot", 0.0)
TOUR = the_tour()
KEY = (TEAM, TOUR.launch.id)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "launchroom.db"


@pytest.fixture
def engine(path: Path) -> Engine:
    return a_database(path)


def write(engine: Engine, day: Day) -> None:
    Book(engine).write(day, NOW)


def broken(engine: Engine, team: str = TEAM, launch: str = KEY[1]) -> int | None:
    with engine.begin() as tx:
        return broken_at(tx, team, launch)


def loaded(engine: Engine, team: str = TEAM, launch: str = KEY[1]) -> tuple[game.Value | None, list[Fact]]:
    """The state as its rows have it, and the record."""
    with engine.begin() as tx:
        return launches.load(tx, team, launch).value, timeline.read(tx, team, launch)


# --- it tells the state --------------------------------------------------------------------------------------------------


def test_folding_the_record_of_everything_that_can_happen_gives_the_launch(engine: Engine) -> None:
    write(engine, TOUR)
    value, facts = loaded(engine)
    assert facts == list(TOUR.facts)
    assert folded(facts) == value == TOUR.launch
    assert broken(engine) is None


def test_folding_the_record_of_a_house_gives_the_house_but_for_when_it_began(engine: Engine) -> None:
    empty, told = of_the_house()
    house = reduce(game.evolve, told, empty)
    with engine.begin() as tx:
        launches.save(tx, [(None, house)])
        timeline.record(tx, [((TEAM, HOUSE), fact, 0) for fact in told], {(TEAM, HOUSE): ""})
    value, facts = loaded(engine, launch=HOUSE)
    assert (value, facts) == (house, told)
    assert reduce(game.evolve, facts, empty) == house
    assert broken(engine, launch=HOUSE) is None


@settings(max_examples=10, deadline=None, derandomize=True, database=None)
@given(moves(is_closing=True))
def test_whatever_happens_the_record_tells_it(tmp_path_factory: pytest.TempPathFactory, history: History) -> None:
    engine = a_database(tmp_path_factory.getbasetemp() / "record.db")
    end = list(turns("guards", history))[-1].after
    begun = play(since_birth(PLANS["guards"]), OPENING["guards"])
    write(engine, Day(end.launch, (*begun.facts, *end.facts)))
    value, facts = loaded(engine)
    assert folded(facts) == value == end.launch
    assert broken(engine) is None


# --- nothing in it is changed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE timeline SET \"by\" = 'UELSE' WHERE seq = 2",
        "UPDATE OR IGNORE timeline SET seq = 99 WHERE seq = 2",
        "DELETE FROM timeline WHERE seq = (SELECT max(seq) FROM timeline)",
        "DELETE FROM timeline",
        "INSERT OR REPLACE INTO timeline SELECT * FROM timeline WHERE seq = 2",
        "REPLACE INTO timeline SELECT * FROM timeline WHERE seq = 2",
        "INSERT INTO timeline SELECT * FROM timeline WHERE seq = 2 ON CONFLICT DO UPDATE SET \"by\" = 'UELSE'",
        "INSERT INTO timeline SELECT * FROM timeline WHERE seq = 2",
    ],
)
def test_an_entry_that_stands_can_be_neither_changed_nor_taken_out_nor_replaced(engine: Engine, statement: str) -> None:
    write(engine, TOUR)
    with engine.connect() as tx, pytest.raises(IntegrityError, match=r"append-only|UNIQUE"):
        tx.exec_driver_sql(statement)
    assert loaded(engine)[1] == list(TOUR.facts)


THREE = [replace(fact, seq=seq) for seq, fact in enumerate(TOUR.facts[15:18], start=1)]  # a note, a clock's doing, an answer
COLUMNS = [column.name for column in timeline.TIMELINE.columns]
MOVE = "UPDATE timeline SET seq ="


@pytest.fixture
def shell(path: Path, engine: Engine) -> Iterator[sqlite3.Connection]:
    """A record of three entries in the hands of somebody who has taken its triggers away."""
    write(engine, Day(replace(TOUR.launch, seq=len(THREE)), tuple(THREE)))
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute("DROP TRIGGER timeline_no_update")
        opened.execute("DROP TRIGGER timeline_no_delete")
        yield opened


def changes(value: bytes | None) -> Iterator[bytes]:
    """The value with each of its bytes changed, to its neighbour and beyond ASCII; an empty one filled."""
    if value is None:
        yield from (b"", b"0")
        return
    for place in range(len(value)):
        for bit in (1, 0x80):
            yield value[:place] + bytes([value[place] ^ bit]) + value[place + 1 :]


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", [1, 2, 3])
def test_one_changed_byte_is_found_where_it_is(engine: Engine, shell: sqlite3.Connection, column: str, seq: int) -> None:
    (value,) = shell.execute(f'SELECT CAST("{column}" AS BLOB) FROM timeline WHERE seq = {seq}').fetchone()  # noqa: S608 - our own names
    with engine.connect() as tx:
        for changed in changes(value):
            with tx.begin() as transaction:
                statement = f'UPDATE OR IGNORE timeline SET "{column}" = CAST(? AS TEXT) WHERE seq = {seq}'  # noqa: S608 - our own names
                is_done = tx.exec_driver_sql(statement, (changed,)).rowcount
                assert not is_done or broken_at(tx, *KEY) == seq, changed
                transaction.rollback()
    assert broken(engine) is None


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("DELETE FROM timeline WHERE seq = 1", 1),
        ("DELETE FROM timeline WHERE seq = 2", 2),
        ("DELETE FROM timeline WHERE seq = 3", 3),
        ("DELETE FROM timeline", 1),
        (f"{MOVE} 9 WHERE seq = 1; {MOVE} 1 WHERE seq = 2; {MOVE} 2 WHERE seq = 9", 1),
        (f"{MOVE} seq + 10", 1),
        ("UPDATE timeline SET hash = (SELECT hash FROM timeline WHERE seq = 1) WHERE seq = 3", 3),
        ("UPDATE timeline SET facts = (SELECT facts FROM timeline WHERE seq = 1) WHERE seq = 3", 3),
    ],
)
def test_what_is_taken_out_or_moved_is_found(engine: Engine, shell: sqlite3.Connection, statement: str, place: int) -> None:
    shell.executescript(statement)
    assert broken(engine) == place


def test_an_entry_that_was_made_up_is_found_even_with_the_right_hash(engine: Engine, shell: sqlite3.Connection) -> None:
    (head,) = shell.execute("SELECT hash FROM timeline WHERE seq = 3").fetchone()
    with engine.begin() as tx:
        timeline.record(tx, [(KEY, replace(THREE[0], seq=4), 1)], {KEY: head})
    assert broken(engine) == 4


# --- what was typed may be forgotten -------------------------------------------------------------------------------------


def digests(day: Day) -> set[str]:
    """What people typed, but for the plan."""
    spoken = [fact.event for fact in day.facts if not isinstance(fact.event, LaunchPlanned | PlanRevised | PlanOffered)]
    return {each.digest for event in spoken for each in words_of(event)}


def without_words(launch: Launch) -> Launch:
    """The launch when only the digest is left of what people typed, but for the plan."""
    slices = {name: {key: forgotten(row) for key, row in getattr(launch, name).items()} for name in SLICES if name != "offers"}
    return replace(launch, **slices)


def forgotten(row: Any) -> Any:
    return replace(row, **{f.name: Words(said.digest) for f in fields(row) if isinstance(said := getattr(row, f.name), Words)})


def test_forgetting_words_keeps_the_record_whole_and_the_rest_of_the_state(engine: Engine) -> None:
    write(engine, TOUR)
    with engine.begin() as tx:
        assert forget(tx, TEAM, digests(TOUR)) == len(digests(TOUR)) > 3
        assert forget(tx, TEAM, digests(TOUR)) == 0
    assert broken(engine) is None
    value, facts = loaded(engine)
    assert value == without_words(TOUR.launch) != TOUR.launch
    assert folded(facts) == value


def test_what_was_typed_stands_in_the_table_of_words_alone(path: Path, engine: Engine) -> None:
    write(engine, TOUR)
    with closing(sqlite3.connect(path)) as shell:
        names = [name for (name,) in shell.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: str(shell.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names}  # noqa: S608 - the database's own names
    for text in ("les caisses ferment tard", "restore test is red", "all said go", "claire@corvane.example"):
        assert [name for name, found in rows.items() if text in found] == ["words"]


# --- nothing crosses -----------------------------------------------------------------------------------------------------


def in_team(day: Day, team: str) -> Day:
    """The same day in another workspace."""
    facts = [replace(f, event=replace(f.event, team_id=team)) if isinstance(f.event, LaunchPlanned) else f for f in day.facts]
    return Day(replace(day.launch, team_id=team), tuple(facts))


def test_launches_and_workspaces_do_not_mix(engine: Engine, path: Path) -> None:
    """The same people, the same words, the same key: each has its own rows, record and memory."""
    other = wait(since_birth(a_plan(key="tills")), t(-40))
    for day in (TOUR, in_team(TOUR, "T2"), other):
        write(engine, day)
    with engine.begin() as tx:
        forget(tx, TEAM, digests(TOUR))
    assert loaded(engine, "T2") == (in_team(TOUR, "T2").launch, list(in_team(TOUR, "T2").facts))
    assert loaded(engine, TEAM, "tills") == (other.launch, list(other.facts))
    with closing(sqlite3.connect(path)) as shell:
        shell.execute("DROP TRIGGER timeline_no_update")
        shell.execute("UPDATE timeline SET kind = 'RoomOpened' WHERE team_id = ? AND launch_id = ? AND seq = 2", KEY)
        shell.commit()
    assert [broken(engine), broken(engine, "T2"), broken(engine, TEAM, "tills")] == [2, None, None]
