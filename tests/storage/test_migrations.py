"""The schema comes to its head by its migrations, whole or not at all, and the head is what the models say."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event
from sqlmodel import SQLModel

import storage
from launch.house import House
from launch.messages import HOUSE
from storage import launches
from storage.database import open_engine, revision, upgrade
from storage.migrations import HEAD

pytestmark = pytest.mark.slow

UPGRADE = """
import json, sys
from storage.database import open_engine, upgrade
has_upgraded = upgrade(open_engine(sys.argv[1]))
print(json.dumps([has_upgraded, "alembic" in sys.modules]))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "launchroom.db"


def upgrading(path: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", UPGRADE, str(path)], stdout=subprocess.PIPE, text=True)


def told(process: "subprocess.Popen[str]") -> tuple[bool, bool]:
    """Whether it upgraded, and whether it loaded Alembic for that."""
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    return tuple(json.loads(out))


def schema(engine: Engine) -> dict[str, Any]:
    """Every table's columns (name, type, not null, default, place in the key) and indexes, as SQLite has them."""
    with engine.begin() as tx:
        names = tx.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").scalars()
        return {name: (rows(tx, f"table_info('{name}')", 1), indexes(tx, name)) for name in names if name != "alembic_version"}


def rows(tx: Any, pragma: str, start: int) -> list[tuple[Any, ...]]:
    return [tuple(row)[start:] for row in tx.exec_driver_sql(f"PRAGMA {pragma}")]


def indexes(tx: Any, name: str) -> list[Any]:
    return sorted((*row[:3], *rows(tx, f"index_info('{row[0]}')", 2)) for row in rows(tx, f"index_list('{name}')", 1))


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_an_empty_file_becomes_exactly_what_the_models_say(path: Path, tmp_path: Path) -> None:
    engine, modelled = open_engine(path), open_engine(tmp_path / "modelled.db")
    assert upgrade(engine)
    SQLModel.metadata.create_all(modelled)
    assert schema(engine) == schema(modelled)
    with engine.begin() as tx:
        assert compare_metadata(MigrationContext.configure(tx, opts={"compare_type": True}), SQLModel.metadata) == []


@pytest.mark.slow
def test_at_the_head_there_is_nothing_to_do_and_alembic_is_not_even_loaded(path: Path) -> None:
    """Two that start at once on an empty file wait for each other; who comes later finds the work done."""
    both = [told(process) for process in (upgrading(path), upgrading(path))]
    assert (True, True) in both
    assert revision(open_engine(path)) == HEAD
    assert told(upgrading(path)) == (False, False)


def test_foreign_keys_are_off_while_tables_are_rebuilt(path: Path) -> None:
    engine = open_engine(path)
    seen: set[int] = set()

    @event.listens_for(engine, "before_cursor_execute")
    def look(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().startswith("CREATE TABLE"):
            seen.add(connection.connection.cursor().execute("PRAGMA foreign_keys").fetchone()[0])

    upgrade(engine)
    assert seen == {0}


def test_a_migration_that_fails_half_way_leaves_nothing_and_can_be_done_again(path: Path) -> None:
    engine = open_engine(path)
    broken = {"votes"}

    @event.listens_for(engine, "before_cursor_execute")
    def fail(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if any(f"CREATE TABLE {name}" in statement for name in broken):
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        upgrade(engine)
    assert (revision(engine), schema(engine)) == (None, {})
    broken.clear()
    assert upgrade(engine)
    assert revision(engine) == HEAD


def test_what_an_older_version_wrote_is_read_by_this_one(path: Path) -> None:
    """A house and its plans from before there were admins in Slack."""
    engine = open_engine(path)
    older = Config()
    older.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    older.attributes["engine"] = engine
    command.upgrade(older, "0001")
    with engine.begin() as tx:
        tx.exec_driver_sql("INSERT INTO houses (team_id, last_at, seq) VALUES ('T1', '2027-03-15T03:30:00.000000+00:00', 3)")
    assert upgrade(engine)
    with engine.begin() as tx:
        house = launches.load(tx, "T1", HOUSE).value
    assert isinstance(house, House)
    assert (house.seq, house.admins) == (3, ())
