"""What a message says, as pieces that become both its blocks and its `text`: so a lock screen says what the screen says.

A sentence of ours is split at its placeholders; what fills them is shown letter by letter, whatever it contains.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from string import Formatter
from typing import Protocol

from bot.views import blocks
from bot.views.blocks import clip, escape, one_line
from bot.views.card import Block, Drawn
from bot.views.locale import Reader
from launch.words import Words

LONGEST_TEXT = 3800
"""Slack asks for messages below 4,000 characters; what is too much is left out of text and blocks alike."""
MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Instant:
    """A point in time, which Slack writes in the zone of whoever looks."""

    at: datetime
    with_day: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of Slack, by its id: one tap leads there."""

    id: str


@dataclass(frozen=True, slots=True)
class Web:
    """The address of a page, to be opened; shown under its `label` where links can be."""

    url: str
    label: str


Part = str | Strong | Instant | Channel | Web


class Piece(Protocol):
    """A part of a message: what it says, and the blocks that it adds to those above it."""

    def text(self, reader: Reader) -> str: ...

    def add_to(self, made: list[Block], reader: Reader) -> None: ...


@dataclass(frozen=True, slots=True)
class Line:
    """A line of ours, with its placeholders filled. Lines that follow each other make one paragraph."""

    parts: tuple[Part, ...]

    def text(self, reader: Reader) -> str:
        return "".join(_token(part, reader) for part in self.parts)

    def add_to(self, made: list[Block], reader: Reader) -> None:
        elements, above = [_element(part, reader) for part in self.parts], _rich(made)
        if above and above[-1]["type"] == "rich_text_section":
            above[-1]["elements"] += [blocks.rich_words("\n"), *elements]
        else:
            above.append(blocks.rich_section(elements))


@dataclass(frozen=True, slots=True)
class Quote:
    """What a person typed."""

    words: Words
    most: int = 500

    def text(self, reader: Reader) -> str:
        return reader._("“{words}”").format(words=escape(self._shown()))

    def add_to(self, made: list[Block], reader: Reader) -> None:
        _rich(made).append(blocks.rich_quote(self._shown()))

    def _shown(self) -> str:
        return clip(str(self.words).strip(), self.most) or "…"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list as it stands in the plan."""

    rows: tuple[str, ...]

    def text(self, reader: Reader) -> str:
        return "\n".join(f"• {escape(one_line(row))}" for row in self.rows)

    def add_to(self, made: list[Block], reader: Reader) -> None:
        _rich(made).append(blocks.rich_list([one_line(row) for row in self.rows]))


@dataclass(frozen=True, slots=True)
class Heading:
    words: str

    def text(self, reader: Reader) -> str:
        return escape(one_line(self.words))

    def add_to(self, made: list[Block], reader: Reader) -> None:
        made.append(blocks.header(one_line(self.words)))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of plain text with a button at its end."""

    words: str
    button: Block

    def text(self, reader: Reader) -> str:
        return escape(one_line(self.words))

    def add_to(self, made: list[Block], reader: Reader) -> None:
        made.append(blocks.section(one_line(self.words), self.button))


@dataclass(frozen=True, slots=True)
class Buttons:
    """They add nothing to the text: what they are for is said in the lines above them."""

    buttons: tuple[Block, ...]

    def text(self, reader: Reader) -> str:
        return ""

    def add_to(self, made: list[Block], reader: Reader) -> None:
        made.append(blocks.actions(self.buttons))


def line(sentence: str, **facts: Part | Line | int) -> Line:
    """`sentence` with its placeholders filled: `line(_("{role} says no"), role=Strong("Network"))`."""
    parts: list[Part] = []
    for words, name, _, _ in Formatter().parse(sentence):
        parts += [words] if words else []
        parts += _parts(facts[name]) if name is not None else ()
    return Line(tuple(parts))


def _parts(fact: Part | Line | int) -> tuple[Part, ...]:
    match fact:
        case Line(parts):
            return parts
        case Instant() | Channel() | Web():
            return (fact,)
        case Strong(text):
            return (Strong(one_line(text)),)
    return (one_line(str(fact)),)


def listed(names: Sequence[str], reader: Reader, most: int = 12) -> Line:
    """The first names, and how many more there are."""
    shown, more = ", ".join(one_line(name, 80) for name in names[:most]), len(names) - most
    if more > 0:
        shown = reader.n("{names} and {count} more", "{names} and {count} more", more).format(names=shown, count=more)
    return Line((shown,) if shown else ())


def drawn(pieces: Iterable[Piece], reader: Reader) -> Drawn:
    """The message. Beside Slack's own tokens, times are written in the reader's zone."""
    texts: list[str] = []
    made: list[Block] = []
    for piece, text in _fitting(pieces, reader):
        texts += [text] if text else []
        piece.add_to(made, reader)
    return Drawn("\n".join(texts), tuple(made))


def _fitting(pieces: Iterable[Piece], reader: Reader) -> Iterator[tuple[Piece, str]]:
    """As many pieces as a message holds, with their texts, and the buttons always."""
    characters, rows, is_cut = LONGEST_TEXT, MOST_ROWS, False
    for piece in pieces:
        text = piece.text(reader)
        characters -= len(text) + 1
        rows -= isinstance(piece, Row)
        if isinstance(piece, Buttons) or (characters >= 0 and rows >= 0):
            yield piece, text
        elif not is_cut:
            is_cut = True
            yield Line(("…",)), "…"


def _rich(made: list[Block]) -> list[Block]:
    """The elements of the rich_text that the message ends in; a new one when it ends in something else."""
    if not made or made[-1]["type"] != "rich_text":
        made.append(blocks.rich_text())
    elements: list[Block] = made[-1]["elements"]
    return elements


@lru_cache(maxsize=4096)
def _instant_token(instant: Instant, reader: Reader) -> str:
    """Five hundred messages of one checkpoint name the same few instants."""
    return reader.instant_token(instant.at, with_day=instant.with_day)


@lru_cache(maxsize=4096)
def _rich_instant(instant: Instant, reader: Reader) -> Block:
    return dict(reader.rich_instant(instant.at, with_day=instant.with_day))


def _token(part: Part, reader: Reader) -> str:
    match part:
        case Instant():
            return _instant_token(part, reader)
        case Channel(channel):
            return f"<#{channel}>"
        case Strong(text):
            return escape(text)
        case Web(url, label):
            return f"{escape(one_line(label))} ({escape(url)})"
    return escape(part)


def _element(part: Part, reader: Reader) -> Block:
    match part:
        case Instant():
            return dict(_rich_instant(part, reader))
        case Channel(channel):
            return blocks.rich_channel(channel)
        case Web(url, label):
            return blocks.rich_link(url, one_line(label))
        case Strong(text):
            return blocks.rich_words(text, is_bold=True)
    return blocks.rich_words(part)
