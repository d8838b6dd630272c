"""Notices and errands: rows of the transaction that made them, done once, however often the bot is killed meanwhile.

A row is ready, claimed by one run of the bot (`fence`), then done or failed. A row claimed by another run has an unknown outcome.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from storage.models import OutboxRow
from storage.tables import add, table

OUTBOX = table(OutboxRow)
READY, CLAIMED, DONE, FAILED = "ready", "claimed", "done", "failed"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row as the courier carries it. `key` marks a post in Slack, so that it can be found again."""

    id: int
    team_id: str
    launch_id: str
    key: str
    kind: str
    body: Mapping[str, Any]
    person: str | None
    urgency: int
    state: str
    fence: str | None
    channel: str | None = None


FIELDS = tuple(Parcel.__dataclass_fields__)


def post(tx: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put new rows in; each has team_id, launch_id, key, kind, body, person, urgency."""
    add(tx, OUTBOX, [{**row, "state": READY} for row in rows])


def open_parcels(tx: Connection, after: int = 0, most: int = 2000) -> list[Parcel]:
    """What is not settled yet behind the row `after`, the oldest first."""
    columns = [OUTBOX.c[name] for name in FIELDS]
    query = select(*columns).where(OUTBOX.c.state.in_((READY, CLAIMED)), OUTBOX.c.id > after).order_by(OUTBOX.c.id).limit(most)
    return [Parcel(**row) for row in tx.execute(query).mappings()]


def claim(tx: Connection, ids: Iterable[int], fence: str) -> None:
    """Take rows before anything is said outside: from here on their outcome may be unknown."""
    tx.execute(update(OUTBOX).where(OUTBOX.c.id.in_(list(ids))).values(state=CLAIMED, fence=fence))


def release(tx: Connection, row_id: int) -> None:
    """Give a row back that certainly had no effect."""
    tx.execute(update(OUTBOX).where(OUTBOX.c.id == row_id).values(state=READY, fence=None))


def settle(tx: Connection, row_id: int, channel: str | None = None, ts: str | None = None) -> None:
    """It is done. What it said is dropped: people may ask us to forget what they typed, and Slack has it."""
    tx.execute(update(OUTBOX).where(OUTBOX.c.id == row_id).values(state=DONE, channel=channel, ts=ts, body={}))


def fail(tx: Connection, ids: Iterable[int], error: str) -> None:
    """Slack said no for good, or there is nobody to say it to."""
    tx.execute(update(OUTBOX).where(OUTBOX.c.id.in_(list(ids))).values(state=FAILED, error=error, body={}))
