"""What people typed, by digest. Forgetting deletes the text; the record and its proof stay whole."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select

from launch.words import Words
from storage.models import WordsRow
from storage.tables import insert_new, table

WORDS = table(WordsRow)


def keep(tx: Connection, team_id: str, words: Iterable[Words]) -> None:
    """Keep new texts; a digest that is known already is the same text."""
    rows = [{"team_id": team_id, "id": w.digest, "salt": w.salt, "text": w.text} for w in words if w.text is not None]
    insert_new(tx, WORDS, rows)


def recall(tx: Connection, team_id: str, digests: Iterable[str]) -> dict[str, Words]:
    """The texts still kept for these digests."""
    wanted = list(dict.fromkeys(digests))
    found: dict[str, Words] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        query = select(WORDS.c.id, WORDS.c.text, WORDS.c.salt).where(WORDS.c.team_id == team_id, WORDS.c.id.in_(some))
        found.update({row.id: Words(row.id, row.text, row.salt) for row in tx.execute(query)})
    return found


def forget(tx: Connection, team_id: str, digests: Iterable[str]) -> int:
    """Delete texts for good; how many were there is returned."""
    return tx.execute(delete(WORDS).where(WORDS.c.team_id == team_id, WORDS.c.id.in_(list(digests)))).rowcount
