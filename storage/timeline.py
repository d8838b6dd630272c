"""The record: what happened, in order, each entry hashed with the one before it. Nothing in it is ever changed."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, LargeBinary, cast, select

from launch.game import Value, evolve
from launch.messages import HOUSE, Actor, Fact
from launch.words import Words
from storage.facts import VERSION, canonical, decoded, digests_in, encoded, plain, words_of
from storage.models import HouseRow, LaunchRow, TimelineRow
from storage.tables import add, table
from storage.words import keep, recall

TIMELINE, LAUNCHES, HOUSES = table(TimelineRow), table(LaunchRow), table(HouseRow)
Key = tuple[str, str]
"""Workspace and launch."""


def record(tx: Connection, facts: Iterable[tuple[Key, Fact, int]], heads: Mapping[Key, str]) -> dict[Key, str]:
    """Append facts, each with its launch and the version of that launch's plan; the hash of each launch's newest is returned.

    `heads` has the hash of the newest entry so far, "" where there is none.
    """
    rows: list[dict[str, Any]] = []
    newest: dict[Key, str] = {}
    said: dict[str, list[Words]] = {}
    for key, fact, plan_version in facts:
        row = row_of(key, fact, plan_version)
        newest[key] = row["hash"] = chained(newest.get(key, heads[key]), {name: as_text(value) for name, value in row.items()})
        rows.append(row)
        said.setdefault(key[0], []).extend(words_of(fact.event))
    add(tx, TIMELINE, rows)
    for team_id, words in said.items():
        keep(tx, team_id, words)
    return newest


def row_of(key: Key, fact: Fact, plan_version: int) -> dict[str, Any]:
    """An entry, but for its hash."""
    return {
        "team_id": key[0],
        "launch_id": key[1],
        "seq": fact.seq,
        "at": fact.at,
        "due_at": fact.due_at,
        "by": str(fact.by),
        "role": fact.role,
        "kind": type(fact.event).__name__,
        "v": VERSION,
        "facts": encoded(fact.event),
        "plan_version": plan_version,
    }


def as_text(value: object) -> str | None:
    """A field as it is hashed: as it stands in its column."""
    return None if value is None else str(plain(value))


def chained(head: str, row: Mapping[str, str | None]) -> str:
    """The hash of an entry: SHA-256 over the hash before it and the canonical JSON of all its fields."""
    return hashlib.sha256(f"{head}\n{canonical(row)}".encode()).hexdigest()


def read(tx: Connection, team_id: str, launch_id: str) -> list[Fact]:
    """Every fact of a launch, in order, with the words that are still kept."""
    rows = entries(tx, team_id, launch_id)
    words = recall(tx, team_id, (digest for row in rows for digest in digests_in(row["facts"])))
    return [fact_in(row, words) for row in rows]


def fact_in(row: Mapping[str, Any], words: Mapping[str, Words]) -> Fact:
    event = decoded(row["kind"], row["facts"], words)
    return Fact(row["seq"], row["at"], Actor.read(row["by"]), event, row["due_at"], row["role"])


def entries(tx: Connection, team_id: str, launch_id: str) -> list[dict[str, Any]]:
    query = select(TIMELINE).where(TIMELINE.c.team_id == team_id, TIMELINE.c.launch_id == launch_id).order_by(TIMELINE.c.seq)
    return [dict(row) for row in tx.execute(query).mappings()]


def head_of(tx: Connection, team_id: str, launch_id: str) -> str:
    """The hash of the newest entry; "" when there is none."""
    query = select(TIMELINE.c.hash).where(TIMELINE.c.team_id == team_id, TIMELINE.c.launch_id == launch_id)
    return tx.execute(query.order_by(TIMELINE.c.seq.desc()).limit(1)).scalar() or ""


def broken_at(tx: Connection, team_id: str, launch_id: str) -> int | None:
    """The first entry that does not follow from the one before, or is not there; None when the record is whole."""
    head, place = "", 0
    for place, row in enumerate(proof(tx, team_id, launch_id), start=1):
        found = row.pop("hash")
        head = chained(head, row)
        if row["seq"] != str(place) or found != head:
            return place
    told = last_told(tx, team_id, launch_id)
    return None if place == told else min(place, told) + 1


def proof(tx: Connection, team_id: str, launch_id: str) -> Iterator[dict[str, str | None]]:
    """The entries as bytes in the file, so that what has become unreadable, or reads the same, is found too."""
    columns = [cast(column, LargeBinary).label(column.name) for column in TIMELINE.columns]
    query = select(*columns).where(TIMELINE.c.team_id == team_id, TIMELINE.c.launch_id == launch_id).order_by(TIMELINE.c.seq)
    for row in tx.execute(query).mappings():
        yield {name: None if value is None else value.decode(errors="replace") for name, value in row.items()}


def last_told(tx: Connection, team_id: str, launch_id: str) -> int:
    """The place of the newest entry by what the state says: a chain alone cannot tell that its end was cut off."""
    query = select(LAUNCHES.c.seq).where(LAUNCHES.c.team_id == team_id, LAUNCHES.c.id == launch_id)
    if launch_id == HOUSE:
        query = select(HOUSES.c.seq).where(HOUSES.c.team_id == team_id)
    return tx.execute(query).scalar() or 0


def folded(facts: Iterable[Fact]) -> Value | None:
    """The value that a record tells."""
    value: Value | None = None
    for fact in facts:
        value = evolve(value, fact)
    return value
