"""The three ways in which rows are written, each one statement for many rows, portable between SQLite and PostgreSQL."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

Rows = Sequence[Mapping[str, Any]]


def table(model: type[SQLModel]) -> Table:
    """The Core table behind a model."""
    found: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel adds it to every model with table=True
    return found


def add(tx: Connection, into: Table, rows: Rows) -> None:
    """Write rows that are new."""
    if rows:
        tx.execute(insert(into), rows)


def insert_new(tx: Connection, into: Table, rows: Rows) -> None:
    """Write rows; those whose key is there already stay as they are."""
    if rows:
        tx.execute(ignoring(into, tx.dialect.name), rows)


def put(tx: Connection, into: Table, rows: Rows) -> None:
    """Write rows over those that have their key."""
    if rows:
        tx.execute(replacing(into, tx.dialect.name), rows)


def drop(tx: Connection, into: Table, keys: Rows) -> None:
    """Delete rows by their whole key."""
    if keys:
        tx.execute(deleting(into), [{f"_{name}": value for name, value in key.items()} for key in keys])


@cache
def replacing(into: Table, dialect: str) -> Any:
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(into)
    rest = {c.name: statement.excluded[c.name] for c in into.columns if not c.primary_key}
    return statement.on_conflict_do_update(index_elements=list(into.primary_key.columns), set_=rest) if rest else ignoring(into, dialect)


@cache
def ignoring(into: Table, dialect: str) -> Any:
    return (postgresql if dialect == "postgresql" else sqlite).insert(into).on_conflict_do_nothing()


@cache
def deleting(into: Table) -> Any:
    return delete(into).where(and_(*(c == bindparam(f"_{c.name}") for c in into.primary_key.columns)))
