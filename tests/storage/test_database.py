"""SQLite is set up to lose nothing, and its schema is brought to the head before anybody reads."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from storage.database import open_engine
from tests.storage.databases import a_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "launchroom.db"


@pytest.fixture
def counter(path: Path) -> Engine:
    """A database with one number in it, 0."""
    engine = open_engine(path, "NORMAL")
    with engine.begin() as tx:
        tx.exec_driver_sql("CREATE TABLE counter (number INTEGER)")
        tx.exec_driver_sql("INSERT INTO counter VALUES (0)")
    return engine


def number(tx: Connection) -> int:
    return int(tx.exec_driver_sql("SELECT number FROM counter").scalar_one())


def pragmas(engine: Engine) -> Iterator[tuple[str, object]]:
    with engine.connect() as connection:
        for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout"):
            yield name, connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_every_connection_is_set_up_to_lose_nothing(path: Path) -> None:
    engine = open_engine(path)
    for _ in range(2):
        assert dict(pragmas(engine)) == {
            "journal_mode": "wal",
            "synchronous": 2,  # FULL
            "foreign_keys": 1,
            "recursive_triggers": 1,
            "busy_timeout": 5000,
        }


def test_a_file_may_be_called_anything(tmp_path: Path) -> None:
    """An address would read a question mark, a percent sign or a hash as its own."""
    path = tmp_path / "l’été 100%25 ?mode=memory#1.db"
    with open_engine(path).begin() as tx:
        tx.exec_driver_sql("CREATE TABLE counter (number INTEGER)")
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_synchronous_normal_is_there_for_who_wants_it(path: Path) -> None:
    assert dict(pragmas(open_engine(path, "NORMAL")))["synchronous"] == 1


def test_a_transaction_holds_the_write_lock_from_its_first_read(path: Path, counter: Engine) -> None:
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        with counter.begin() as tx:
            assert number(tx) == 0
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")


def test_another_writer_waits_for_its_turn(counter: Engine) -> None:
    is_committed, seen = threading.Event(), list[tuple[bool, int]]()

    def write_after() -> None:
        with counter.begin() as tx:
            seen.append((is_committed.is_set(), number(tx)))

    waiting = threading.Thread(target=write_after)
    with counter.begin() as tx:
        tx.exec_driver_sql("UPDATE counter SET number = 1")
        waiting.start()
        is_committed.set()
    waiting.join()
    assert seen == [(True, 1)]


def test_what_two_writers_read_and_write_back_is_never_lost(counter: Engine) -> None:
    def count() -> None:
        for _ in range(50):
            with counter.begin() as tx:
                tx.exec_driver_sql("UPDATE counter SET number = ?", (number(tx) + 1,))

    writers = [threading.Thread(target=count) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with counter.begin() as tx:
        assert number(tx) == 100


def test_readers_do_not_wait_for_a_writer(path: Path, counter: Engine) -> None:
    with counter.begin() as tx, closing(sqlite3.connect(path, timeout=0)) as reader:
        tx.exec_driver_sql("UPDATE counter SET number = 1")
        assert reader.execute("SELECT number FROM counter").fetchone() == (0,)


def test_a_transaction_that_fails_leaves_nothing(counter: Engine) -> None:
    def fail_half_way() -> None:
        with counter.begin() as tx:
            tx.exec_driver_sql("UPDATE counter SET number = 1")
            raise ValueError("half-way")

    with pytest.raises(ValueError, match="half-way"):
        fail_half_way()
    with counter.begin() as tx:
        assert number(tx) == 0


def test_an_error_does_not_tell_what_somebody_typed(counter: Engine) -> None:
    """It goes to the log, where nobody could forget it."""
    with counter.begin() as tx, pytest.raises(OperationalError, match="no such table") as error:
        tx.exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("typed in confidence",))
    assert "confidence" not in str(error.value)


def test_a_copy_of_the_file_is_the_whole_database(tmp_path: Path) -> None:
    """What the other tests rest on: once nobody has it open, nothing stands beside the file."""
    a_database(tmp_path / "one.db")
    assert [file.name for file in tmp_path.iterdir()] == ["one.db"]
