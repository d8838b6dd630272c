"""Edits to the file of a plan: what an edit is not about stays as its writer left it, to the last comment, column and quote.

The files are those that `launch.reading` read without errors.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from json import dumps
from typing import TYPE_CHECKING, Literal

from launch.document import INVISIBLE
from launch.moments import moment

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

_BREAKS = re.compile(r"[ \t\r\n]+")
_SIGN_OR_COMMENT = re.compile(r"[,-]|#[^\r\n]*")
_BLOCK_SIGN = re.compile(r"[|>][-+\d]*")
_PLAIN = re.compile(r"[^\W\d_](?:[\w .’@/+-]*[\w.+-])?")
# Plain, another reader of YAML takes them for something else than a text.
_NOT_PLAIN = {"true", "false", "yes", "no", "on", "off", "y", "n", "null"}


Code = Literal["no_section", "no_checkpoint", "no_shift", "nobody", "person_there"]


class NotWritten(Exception):
    """What was to be changed is not in the file, what was to be added is there already, or nobody was named; `name` says what."""

    def __init__(self, code: Code, name: str) -> None:
        super().__init__(f"{code}: {name}")
        self.code, self.name = code, name


@dataclass(frozen=True, slots=True)
class _Piece:
    """A value of the file, from the character `start` up to `end`; `column` is where it begins in its line."""

    start: int
    end: int
    column: int
    is_flow: bool
    value: "str | list[_Piece] | dict[str, _Piece]"

    @property
    def fields(self) -> "dict[str, _Piece]":
        return self.value if isinstance(self.value, dict) else {}

    @property
    def parts(self) -> "list[_Piece]":
        """What a list or a group holds, in its order."""
        return self.value if isinstance(self.value, list) else list(self.fields.values())


def move_checkpoint(source: str, name: str, when: str) -> str:
    """The file with the time of a checkpoint, the first of a periodic one, as `when`: "T-30m", "2027-03-16 05:00".

    Raises NotWritten, or Unreadable for what is no time.
    """
    moment(when, None)
    fields = _entry(_root(source), "checkpoints", name).fields
    if not fields:
        raise NotWritten("no_checkpoint", name)
    return _spliced(source, [_rewritten(source, fields["from" if "every" in fields else "at"], when)])


def seat(source: str, shift: str, role: str, people: Sequence[str]) -> str:
    """The file with `people`, one at least, as the holders of a role in a shift, primary first. Raises NotWritten."""
    if not people:
        raise NotWritten("nobody", role)
    found = _entry(_root(source), "shifts", shift)
    if not found.fields:
        raise NotWritten("no_shift", shift)
    if holders := found.fields.get(role):
        return _spliced(source, _relisted(source, holders, people))
    return _spliced(source, [_added(source, found, role, f"[{', '.join(map(scalar, people))}]")])


def add_person(source: str, key: str, fields: Mapping[str, str]) -> str:
    """The file with one more person; `fields` as the file calls them (name, mail, slack, zone, lang). Raises NotWritten."""
    section = _root(source).fields.get("people")
    if section is None:
        raise NotWritten("no_section", "people")
    if key in section.fields:
        raise NotWritten("person_there", key)
    return _spliced(source, [_added(source, section, key, group({name: text for name, text in fields.items() if said(text)}))])


# --- texts of YAML -----------------------------------------------------------------------------------------------------


def said(text: str) -> str:
    """What reading a text gives back: on one line, an é one character, without what nobody can see."""
    return _BREAKS.sub(" ", INVISIBLE.sub(" ", unicodedata.normalize("NFC", text))).strip()


def scalar(text: str) -> str:
    """A text as YAML that means it, wherever it stands; in quotes if it needs them."""
    words = said(text)
    is_plain = _PLAIN.fullmatch(words) and words.casefold() not in _NOT_PLAIN
    return words if is_plain else dumps(words, ensure_ascii=False)


def group(fields: Mapping[str, str]) -> str:
    """Fields and their texts, in one line."""
    return "{" + ", ".join(f"{scalar(name)}: {scalar(text)}" for name, text in fields.items()) + "}"


# --- where things stand ------------------------------------------------------------------------------------------------


def _root(source: str) -> _Piece:
    from ruamel.yaml import YAML  # noqa: PLC0415 - a start that writes no plan does not wait for the parser

    return _piece(YAML(typ="safe", pure=True).compose(source))


def _piece(node: "Node") -> _Piece:
    """A node of the parser. A list or group on several lines ends with its last part: comments and blank lines after it are not its own."""
    start, end, is_flow = node.start_mark, node.end_mark.index, bool(getattr(node, "flow_style", None))
    if isinstance(node.value, str):
        return _Piece(start.index, end, start.column, is_flow, said(node.value))
    is_group = bool(node.value) and isinstance(node.value[0], tuple)
    parts = [_piece(each[1] if is_group else each) for each in node.value]
    value = dict(zip((said(key.value) for key, _ in node.value), parts, strict=True)) if is_group else parts
    return _Piece(start.index, parts[-1].end if parts and not is_flow else end, start.column, is_flow, value)


def _entry(root: _Piece, section: str, name: str) -> _Piece:
    """The entry of a section that has this name; an empty one where none has."""
    entries = root.fields[section].parts if section in root.fields else []
    return next((each for each in entries if "name" in each.fields and each.fields["name"].value == name), _Piece(0, 0, 0, False, {}))


# --- what to put there -------------------------------------------------------------------------------------------------

_Splice = tuple[int, int, str]
"""From a character up to another, what stands there instead."""


def _spliced(source: str, splices: Iterable[_Splice]) -> str:
    for start, end, text in sorted(splices, reverse=True):
        source = source[:start] + text + source[end:]
    return source


def _rewritten(source: str, piece: _Piece, text: str) -> _Splice:
    """`text` in place of a text; the comment in the first line of one that is written in lines, and the lines after it, stay."""
    old = source[piece.start : piece.end]
    if not (block := _BLOCK_SIGN.match(old)):
        return piece.start, piece.end, text
    first, tail = old.splitlines()[0][block.end() :], old[len(old.rstrip("\r\n")) :]
    return piece.start, piece.end, f"{text}{first.rstrip()}{tail}"


def _added(source: str, piece: _Piece, key: str, text: str) -> _Splice:
    """One more field behind the last of a group, below the others or beside them as these are."""
    end = piece.parts[-1].end
    if piece.is_flow:
        return end, end, f", {scalar(key)}: {text}"
    columns = {each.column for each in piece.parts}
    width = columns.pop() - piece.column - 1 if len(columns) == 1 < len(piece.parts) else 0
    return _below(source, piece, [f"{scalar(key) + ':':<{width}} {text}"])


def _below(source: str, piece: _Piece, texts: Iterable[str]) -> _Splice:
    """Lines below the last of a group or list."""
    line_end = "\r\n" if "\r\n" in source else "\n"
    lines = line_end.join(" " * piece.column + text for text in texts)
    end = piece.parts[-1].end
    if source[end - 1] != "\n":
        end = source.find("\n", end) + 1 or len(source)
    return end, end, lines + line_end if source[end - 1] == "\n" else line_end + lines


def _relisted(source: str, piece: _Piece, texts: Sequence[str]) -> Iterator[_Splice]:
    """`texts` in place of those of a list, one by one."""
    old = piece.parts
    for part, text in zip(old, texts, strict=False):
        if part.value != text:
            yield _rewritten(source, part, scalar(text))
    if len(texts) < len(old):
        yield _shortened(source, old[len(texts) - 1 :])
    elif more := texts[len(old) :]:
        beside = old[-1].end, old[-1].end, "".join(f", {scalar(text)}" for text in more)
        yield beside if piece.is_flow else _below(source, piece, [f"- {scalar(text)}" for text in more])


def _shortened(source: str, parts: Sequence[_Piece]) -> _Splice:
    """A list without what follows the first of these parts; the comments between them stay."""
    start, end = parts[0].end, parts[-1].end
    gaps = (source[one.end : next_.start] for one, next_ in pairwise(parts))
    kept = "".join(_SIGN_OR_COMMENT.sub(lambda found: " " if found[0] in ",-" else found[0], gap) for gap in gaps)
    is_line_full = source[end:].lstrip(" \t")[:1] not in ("", "\r", "\n")
    return start, end, kept if "#" in kept and is_line_full else kept.rstrip()
