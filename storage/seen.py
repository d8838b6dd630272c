"""Requests that were answered: Slack may deliver a copy, and a copy gets the answer of the first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from storage.models import SeenRow
from storage.tables import insert_new, table

SEEN = table(SeenRow)
KEPT_FOR = timedelta(hours=48)
"""Slack repeats an event for up to 24 hours; twice that, so that a late copy after a long stop is known too."""


def answered(tx: Connection, team_id: str, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """The rows of those requests that were answered before."""
    query = select(SEEN).where(SEEN.c.team_id == team_id, SEEN.c.id.in_(ids))
    return {row["id"]: dict(row) for row in tx.execute(query).mappings()}


def remember(tx: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    insert_new(tx, SEEN, list(rows))


def sweep(tx: Connection, now: datetime) -> int:
    """Forget what is older than any copy can be; how many rows went is returned."""
    return tx.execute(delete(SEEN).where(SEEN.c.at < now - KEPT_FOR)).rowcount
