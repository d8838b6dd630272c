"""What of a message is seen on a phone without scrolling: about a dozen lines, and nobody scrolls at four in the morning."""

import re
from collections.abc import Iterable, Iterator

from bot.views.lines import Buttons, Heading, Line, Piece, Quote
from bot.views.locale import Reader
from bot.views.tables import Folded, Small

LINES = 12
WIDTH = 44
"""Characters in a line of a phone."""
RED = "🔴"
"""Begins what somebody has to see at once."""

_date = re.compile(r"<!date\^\d+\^(?P<shape>[^|]+)\|[^>]*>")


def on_phone(pieces: Iterable[Piece], lines: int, reader: Reader) -> Iterator[Piece]:
    """As many pieces as a phone shows in so many lines; the heading, whatever is red, the first calm line and the end always."""
    found = [(piece, shown(piece, reader)) for piece in pieces]
    first = next((piece for piece, text in found if isinstance(piece, Line) and RED not in text), None)
    stays = [piece is first or RED in text or isinstance(piece, Heading | Buttons | Small) for piece, text in found]
    lines -= sum(lines_of(text) for (piece, text), is_kept in zip(found, stays, strict=True) if is_kept and not isinstance(piece, Buttons))
    for (piece, text), is_kept in zip(found, stays, strict=True):
        if is_kept:
            yield piece
        elif lines_of(text) <= lines:
            lines -= lines_of(text)
            yield piece


def red_first(pieces: Iterable[Piece], reader: Reader) -> Iterator[Piece]:
    """What burns on top, each with what was said of it; the rest in its order."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and isinstance(piece, Quote):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for group in sorted(groups, key=lambda group: RED not in group[0].text(reader)):
        yield from group


def shown(piece: Piece, reader: Reader) -> str:
    """What is read before anything is opened."""
    return piece.title if isinstance(piece, Folded) else piece.text(reader)


def lines_of(text: str) -> int:
    """How many lines of a phone it takes."""
    return sum(1 + len(row) // WIDTH for row in _as_shown(text).split("\n"))


def _as_shown(text: str) -> str:
    """About what Slack makes of a token: "Mar 16th at 04:30" or "04:30"."""
    return _date.sub(lambda found: "date, 00:00" if "date" in found["shape"] else "00:00", text)
