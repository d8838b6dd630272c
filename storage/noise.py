"""What has rung: every message of a launch that Slack took, with whom it was for and when. An edit rings nobody and is not here.

Slack's own stamp of a message says when it was posted.
"""

from datetime import UTC, datetime

from sqlalchemy import Connection, select

from storage.cards import CARDS
from storage.outbox import DONE, OUTBOX

Rung = tuple[str, datetime]
"""For whom (a person, "" for the room, the name that stands for observers), and the instant, UTC."""


def load(tx: Connection, team_id: str, launch_id: str) -> list[Rung]:
    """In no order. A card counts from its first post; one that was lost and posted anew counts once."""
    of_cards = select(CARDS.c.person, CARDS.c.ts).where(CARDS.c.team_id == team_id, CARDS.c.launch_id == launch_id, CARDS.c.ts.is_not(None))
    of_notices = select(OUTBOX.c.person, OUTBOX.c.ts).where(
        OUTBOX.c.team_id == team_id, OUTBOX.c.launch_id == launch_id, OUTBOX.c.kind == "notice", OUTBOX.c.state == DONE
    )
    found = [*tx.execute(of_cards), *tx.execute(of_notices)]
    return [(person or "", datetime.fromtimestamp(float(ts), UTC)) for person, ts in found if ts]
