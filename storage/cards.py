"""Which message in Slack is which card, and what Slack last accepted of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.models import CardRow
from storage.tables import put, table

CARDS = table(CardRow)
CLAIMED, POSTED, FAILED, GONE = "claimed", "posted", "failed", "gone"


@dataclass(frozen=True, slots=True)
class Standing:
    """A card as it stands in Slack. `person` is "" for the room. Claimed by another run, its first post may have happened."""

    team_id: str
    launch_id: str
    subject: str
    person: str
    key: str
    state: str
    fence: str | None = None
    channel: str | None = None
    ts: str | None = None
    digest: str | None = None


FIELDS = tuple(Standing.__dataclass_fields__)


def load(tx: Connection, team_id: str, launch_id: str) -> dict[tuple[str, str], Standing]:
    """The cards of a launch by subject and person."""
    query = select(*(CARDS.c[name] for name in FIELDS)).where(CARDS.c.team_id == team_id, CARDS.c.launch_id == launch_id)
    return {(row["subject"], row["person"]): Standing(**row) for row in tx.execute(query).mappings()}


def save(tx: Connection, cards: Iterable[Standing]) -> None:
    put(tx, CARDS, [{name: getattr(card, name) for name in FIELDS} for card in cards])
