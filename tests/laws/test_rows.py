"""Every slice of the state has its table with the same fields, and what is saved is what is loaded."""

import typing
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from sqlalchemy import Engine, Table
from sqlmodel import SQLModel

from bot.outside import Reading
from launch import game
from launch.house import House, PlanEntry
from launch.state import SLICES, Launch
from storage.cards import Standing
from storage.launches import HOUSES, LAUNCHES, PLANS, SLICE_TABLES, Kept
from storage.models import CardRow, OutboxRow
from storage.outbox import Parcel
from storage.tables import table
from tests.days import play
from tests.laws.histories import OPENING, History, moves, turns
from tests.laws.histories import PLANS as KINDS_OF_DAY
from tests.storage.databases import Book, a_database, since_birth

pytestmark = pytest.mark.slow

# What stands elsewhere than in the row: slices in their own tables, the plan as words, the house's id in the code.
ELSEWHERE = {Launch: {"plan", *SLICES}, House: {"id", "plans"}, PlanEntry: set[str]()}
BESIDE_TEAM: list[tuple[type[Any], Table]] = [(Launch, LAUNCHES), (House, HOUSES), (PlanEntry, PLANS)]
BESIDE_LAUNCH: list[tuple[type[Any], Table]] = [(kind, SLICE_TABLES[name]) for name, kind in SLICES.items()]


def names(kind: type[Any]) -> list[str]:
    return [field.name for field in fields(kind) if field.name not in ELSEWHERE.get(kind, ())]


def may_be_none(kind: type[Any]) -> set[str]:
    return {name for name, hint in typing.get_type_hints(kind).items() if type(None) in typing.get_args(hint)}


def columns(found: Table) -> list[str]:
    return [column.name for column in found.columns]


def test_every_slice_has_its_table() -> None:
    """And no map of rows is kept in the state that no table knows."""
    assert set(SLICE_TABLES) == set(SLICES)
    hints = typing.get_type_hints(Launch)
    assert {name for name, hint in hints.items() if "Mapping" in str(hint)} == set(SLICES)


@pytest.mark.parametrize(("kind", "found"), BESIDE_LAUNCH, ids=str)
def test_a_table_has_the_fields_of_its_slice_behind_team_and_launch(kind: type[Any], found: Table) -> None:
    """In whatever order: a column that came later stands at the end of its table."""
    assert sorted(columns(found)) == sorted(["team_id", "launch_id", *names(kind)])


@pytest.mark.parametrize(("kind", "found"), BESIDE_TEAM, ids=str)
def test_launch_house_and_plan_have_theirs_behind_the_team(kind: type[Any], found: Table) -> None:
    assert columns(found) == ["team_id", *(name for name in names(kind) if name != "team_id")]


@pytest.mark.parametrize(("kind", "found"), BESIDE_LAUNCH + BESIDE_TEAM, ids=str)
def test_a_column_may_be_empty_where_its_field_may(kind: type[Any], found: Table) -> None:
    assert {column.name for column in found.columns if column.nullable} == may_be_none(kind) & set(columns(found))


@pytest.mark.parametrize(("kind", "model"), [(Standing, CardRow), (Parcel, OutboxRow)], ids=str)
def test_what_the_courier_carries_are_columns(kind: type[Any], model: type[SQLModel]) -> None:
    assert set(names(kind)) <= set(columns(table(model)))


def test_every_row_belongs_to_a_workspace() -> None:
    assert {name for name, found in SQLModel.metadata.tables.items() if "team_id" not in found.columns} == set()


# --- save, then load -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rows") / "launchroom.db"


@pytest.mark.parametrize("plan", sorted(KINDS_OF_DAY))
def test_whatever_happens_what_is_loaded_is_what_was_saved(shared: Path, plan: str) -> None:
    """After each turn of a day only what changed is written; another process then finds the same launch, words and timers."""

    @settings(max_examples=5, deadline=None, derandomize=True, database=None)
    @given(moves(is_closing=True))
    def found_again(history: History) -> None:
        book = begun(a_database(shared), plan)
        for number, turn in enumerate(turns(plan, history), start=1):
            if turn.after.launch is book.launch:
                continue
            book.write(turn.after, Reading(turn.at, "boot", float(number)))
            found = book.read()
            assert found == Kept(turn.after.launch, book.head, book.timers)
            assert in_order(found.value) == in_order(turn.after.launch)
            assert {key: timer.deadline for key, timer in book.timers.items()} == game.due(turn.after.launch)

    found_again()


def in_order(value: game.Value | None) -> list[list[Any]]:
    """The keys of every slice; who comes first must not depend on when the bot was started."""
    return [list(getattr(value, name)) for name in SLICES]


def begun(engine: Engine, plan: str) -> Book:
    """A book that has the beginning of a history: the launch as it was born, and all its people found."""
    day, book = play(since_birth(KINDS_OF_DAY[plan]), OPENING[plan]), Book(engine)
    book.write(day, Reading(day.launch.last_at, "boot", 0.0))
    return book
