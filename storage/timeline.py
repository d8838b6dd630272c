"""The record: what happened, in order, each entry hashed with the one before it. Nothing in it is ever changed."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from launch.game import Value, evolve
from launch.messages import Actor, Fact
from storage.facts import VERSION, canonical, decoded, digests_in, encoded, words_of
from storage.models import TimelineRow
from storage.tables import add, table
from storage.words import keep, recall

TIMELINE = table(TimelineRow)
VOICES = ("clock", "slack", "shell")


def record(tx: Connection, team_id: str, launch_id: str, facts: Sequence[Fact], plan_version: int, head: str) -> str:
    """Append facts behind the entry whose hash is `head` ("" for the first); the hash of the last one is returned."""
    rows, head = rows_of(team_id, launch_id, facts, plan_version, head)
    add(tx, TIMELINE, rows)
    keep(tx, team_id, (words for fact in facts for words in words_of(fact.event)))
    return head


def rows_of(team_id: str, launch_id: str, facts: Iterable[Fact], plan_version: int, head: str) -> tuple[list[dict[str, object]], str]:
    """The entries of facts, and the hash of the last."""
    rows: list[dict[str, object]] = []
    for fact in facts:
        row: dict[str, object] = {
            "team_id": team_id,
            "launch_id": launch_id,
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
        head = chained(head, row)
        rows.append({**row, "hash": head})
    return rows, head


def chained(head: str, row: dict[str, object]) -> str:
    """The hash of an entry: SHA-256 over the hash before it and the canonical JSON of all its fields."""
    said = canonical({name: value if isinstance(value, (str, int)) or value is None else str(value) for name, value in row.items()})
    return hashlib.sha256(f"{head}\n{said}".encode()).hexdigest()


def read(tx: Connection, team_id: str, launch_id: str) -> list[Fact]:
    """Every fact of a launch, in order, with the words that are still kept."""
    rows = entries(tx, team_id, launch_id)
    words = recall(tx, team_id, (digest for row in rows for digest in digests_in(row["facts"])))
    return [
        Fact(row["seq"], row["at"], actor(row["by"]), decoded(row["kind"], row["facts"], words), row["due_at"], row["role"]) for row in rows
    ]


def entries(tx: Connection, team_id: str, launch_id: str) -> list[dict[str, Any]]:
    query = select(TIMELINE).where(TIMELINE.c.team_id == team_id, TIMELINE.c.launch_id == launch_id).order_by(TIMELINE.c.seq)
    return [dict(row) for row in tx.execute(query).mappings()]


def actor(by: str) -> Actor:
    """Who an entry names."""
    return Actor(by) if by in VOICES else Actor("person", by)  # type: ignore[arg-type]  # the three voices are its kinds


def head_of(tx: Connection, team_id: str, launch_id: str) -> str:
    """The hash of the newest entry; "" when there is none."""
    query = select(TIMELINE.c.hash).where(TIMELINE.c.team_id == team_id, TIMELINE.c.launch_id == launch_id)
    return tx.execute(query.order_by(TIMELINE.c.seq.desc()).limit(1)).scalar() or ""


def broken_at(tx: Connection, team_id: str, launch_id: str) -> int | None:
    """The first entry that does not follow from the one before; None when the record is whole."""
    head = ""
    for place, row in enumerate(entries(tx, team_id, launch_id), start=1):
        found = row.pop("hash")
        head = chained(head, row)
        if row["seq"] != place or found != head:
            return place
    return None


def folded(facts: Iterable[Fact]) -> Value | None:
    """The value that a record tells."""
    value: Value | None = None
    for fact in facts:
        value = evolve(value, fact)
    return value
