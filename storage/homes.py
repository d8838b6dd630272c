"""Whose Home was opened, and what Slack last accepted of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from storage.models import HomeRow
from storage.tables import put, table

HOMES = table(HomeRow)
KEPT_FOR = timedelta(hours=12)
"""A Home that was opened longer ago is drawn when it is opened again."""


@dataclass(frozen=True, slots=True)
class Opened:
    """`digest` is None while Slack has accepted nothing."""

    team_id: str
    user: str
    opened_at: datetime
    digest: str | None = None


FIELDS = tuple(Opened.__dataclass_fields__)


def load(tx: Connection, team_id: str, now: datetime) -> dict[str, Opened]:
    """Those that are still kept current, by user."""
    query = select(HOMES).where(HOMES.c.team_id == team_id, HOMES.c.opened_at >= now - KEPT_FOR)
    return {row["user"]: Opened(**row) for row in tx.execute(query).mappings()}


def save(tx: Connection, home: Opened) -> None:
    put(tx, HOMES, [{name: getattr(home, name) for name in FIELDS}])


def sweep(tx: Connection, now: datetime) -> int:
    """Forget the others; how many rows went is returned."""
    return tx.execute(delete(HOMES).where(HOMES.c.opened_at < now - KEPT_FOR)).rowcount
