"""What not every workspace shows, as pieces of a message: a table, a line that opens; and how the same is said where Slack refuses them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.views import blocks
from bot.views.blocks import escape, one_line
from bot.views.card import Block
from bot.views.lines import Line, Piece, drawn
from bot.views.locale import Reader

NEW = frozenset({"table", "container"})
"""The blocks that Slack added late (2025 and 2026), and does not take everywhere."""
GAP = " · "


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under their heads. In `text` each row is a line."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]

    def text(self, reader: Reader) -> str:
        heads = GAP.join(escape(head) for head in self.heads)
        return "\n".join((heads, *(GAP.join(cell.text(reader) for cell in row) for row in self.rows)))

    def add_to(self, made: list[Block], reader: Reader) -> None:
        rows = [[drawn([cell], reader).blocks[0] for cell in row] for row in self.rows]
        made.append(blocks.table([[blocks.cell(head) for head in self.heads], *rows]))


@dataclass(frozen=True, slots=True)
class Folded:
    """A line that says the most of it, and opens to show the rest."""

    title: str
    pieces: tuple[Piece, ...]

    def text(self, reader: Reader) -> str:
        return "\n".join((escape(one_line(self.title)), *(piece.text(reader) for piece in self.pieces)))

    def add_to(self, made: list[Block], reader: Reader) -> None:
        made.append(blocks.container(one_line(self.title), drawn(self.pieces, reader).blocks))


@dataclass(frozen=True, slots=True)
class Plain:
    """Words of ours without an instant in them: a block that may stand in any other."""

    words: str

    def text(self, reader: Reader) -> str:
        return escape(self.words)

    def add_to(self, made: list[Block], reader: Reader) -> None:
        made.append(blocks.section(self.words))


@dataclass(frozen=True, slots=True)
class Small:
    """Small print at the end."""

    line: Line

    def text(self, reader: Reader) -> str:
        return self.line.text(reader)

    def add_to(self, made: list[Block], reader: Reader) -> None:
        made.append(blocks.context(self.line.text(reader)))


# --- where Slack refuses them --------------------------------------------------------------------------------------------


def kinds_in(made: Sequence[Block]) -> frozenset[str]:
    """Which of the new blocks stand in a message; what is inside a line that opens goes with it."""
    return frozenset(block["type"] for block in made) & NEW


def plainer(made: Sequence[Block], refused: Collection[str]) -> list[Block]:
    """The same message without blocks of the kinds that are refused."""
    return [each for block in made for each in _said_otherwise(block, refused)] if refused else list(made)


def _said_otherwise(block: Block, refused: Collection[str]) -> Iterator[Block]:
    """A table row by row; of what is folded away, the line that would open it."""
    match block["type"]:
        case "table" if "table" in refused:
            yield _as_lines(block)
        case "container" if "container" in refused or any(child["type"] in refused for child in block["child_blocks"]):
            yield blocks.rich_text() | {"elements": [blocks.rich_section([blocks.rich_words(block["title"]["text"])])]}
        case _:
            yield block


def _as_lines(table: Block) -> Block:
    elements: list[Block] = []
    for number, row in enumerate(table["rows"]):
        elements += [blocks.rich_words("\n")] if number else []
        for place, cell in enumerate(row):
            elements += [blocks.rich_words(GAP)] if place else []
            elements += _words_of(cell)
    return blocks.rich_text() | {"elements": [blocks.rich_section(elements)]}


def _words_of(cell: Block) -> list[Block]:
    if cell["type"] == "raw_text":
        return [blocks.rich_words(cell["text"], is_bold=True)]
    return [element for part in cell["elements"] for element in part["elements"]]
