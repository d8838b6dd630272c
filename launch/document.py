"""A plan file as text → a tree of nodes that know their line and place. What a plan has no need of, and hostile YAML uses, is refused.

Only the grammar is ruamel's. What a text means (a time, a yes) is told by the field it stands in: nothing is guessed from its form.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from launch.findings import Code, Findings, shown

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.events import Event

_MOST_BYTES = 256 * 1024
_MOST_DEPTH = 20
# A parser in Python reads these slowly; a plan has some hundred lines, some thousand words and hardly an escape.
_MOST_LINES, _LONGEST_LINE, _MOST_WORDS, _MOST_ESCAPES, _MOST_EVENTS = 5_000, 4_000, 50_000, 2_000, 6_000

INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
"""What no text of a plan may hold: it would break a line, turn its direction, or be no character at all."""

_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_BRACKETS = re.compile(rf"[\[{{]{{{_MOST_DEPTH + 1}}}")
_KINDS: dict[str, Literal["document", "list", "mapping", "text", "end"]] = {
    "DocumentStartEvent": "document",
    "SequenceStartEvent": "list",
    "MappingStartEvent": "mapping",
    "ScalarEvent": "text",
    "SequenceEndEvent": "end",
    "MappingEndEvent": "end",
}
_NOTHING = ("", "~", "null", "Null", "NULL")

# What the parser says of a file → what its writer did; the first that fits, and whether it shows where it began or where it was noticed.
_SYNTAX: tuple[tuple[str, Code, Literal["began", "noticed"]], ...] = (
    (r"'\\t'", "tab", "noticed"),
    ("mapping values are not allowed", "stray_colon", "noticed"),
    ("could not find expected ':'", "no_colon", "began"),
    ("quoted scalar", "open_quote", "began"),
    ("flow (sequence|mapping)|flow (node|context)", "open_bracket", "began"),
    ("block (sequence|mapping|collection|end)|indentation|document start", "indentation", "noticed"),
    ("cannot start any token", "odd_start", "noticed"),
    ("alias|anchor", "alias", "noticed"),
    ("tag", "tag", "noticed"),
)


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of the file: a text, a list, fields by name, or None where nothing is written. `line` is that of its key, from 1."""

    line: int
    place: str
    value: "str | list[Node] | dict[str, Node] | None" = None

    def at(self, *path: str | int) -> "Node":
        """The node down `path`, or the last one on the way that is there."""
        node = self
        for step in path:
            match node.value, step:
                case dict() as fields, str() if step in fields:
                    node = fields[step]
                case list() as items, int() if step < len(items):
                    node = items[step]
                case _:
                    break
        return node

    def having(self, text: str) -> "Node":
        """The item of a list that holds `text`; the list itself where none does."""
        return next((item for item in self.value if item.value == text), self) if isinstance(self.value, list) else self


class _Stop(Exception):
    """No sense can be made of what follows."""

    def __init__(self, code: Code, line: int, **facts: str) -> None:
        super().__init__(code)
        self.code, self.spot, self.facts = code, Node(line, ""), facts


class _Event(NamedTuple):
    kind: Literal["document", "list", "mapping", "text", "end"]
    line: int
    text: str | None = None


def tree(source: str | bytes, said: Findings) -> Node | None:
    """The root of the file, or None if it cannot be read; why not, and keys written twice, go to `said`."""
    try:
        text = _text(source)
        _refuse_at_a_glance(text)
        root = _root(_events(text), said)
    except _Stop as stop:
        said.error(stop.code, stop.spot, **stop.facts)
        return None
    if root.value is None:
        said.error("nothing_there", root)
        return None
    return root


def _text(source: str | bytes) -> str:
    """The characters of the file; an é is one of them, however it was typed."""
    raw = source.encode(errors="surrogatepass") if isinstance(source, str) else source
    if len(raw) > _MOST_BYTES:
        raise _Stop("too_large", 1, limit=str(_MOST_BYTES // 1024))
    try:
        text = source if isinstance(source, str) else source.decode()
    except UnicodeDecodeError as wrong:
        raise _Stop("not_utf8", raw.count(b"\n", 0, wrong.start) + 1) from wrong
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff"))


def _refuse_at_a_glance(text: str) -> None:
    """Refuse what a parser would spend its time on before it came to the same answer."""
    if odd := INVISIBLE.search(text):
        raise _Stop("control_character", _line(text, odd), value=f"U+{ord(odd[0]):04X}")
    if directive := _DIRECTIVE.search(text):
        raise _Stop("directive", _line(text, directive))
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        raise _Stop("too_many_lines", _MOST_LINES + 1, limit=str(_MOST_LINES))
    if long := next((number for number, line in enumerate(lines, 1) if len(line) > _LONGEST_LINE), None):
        raise _Stop("line_too_long", long, limit=str(_LONGEST_LINE))
    if deep := _BRACKETS.search(text):
        raise _Stop("too_deep", _line(text, deep), limit=str(_MOST_DEPTH))
    if len(text.split()) > _MOST_WORDS or text.count("\\") + text.count("''") > _MOST_ESCAPES:
        raise _Stop("too_dense", 1)


def _line(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1


def _events(text: str) -> Iterator[_Event]:
    """What the parser finds, one by one, up to the first thing that is refused."""
    from ruamel.yaml import YAML  # noqa: PLC0415 - a start that reads no plan does not wait for the parser
    from ruamel.yaml.error import MarkedYAMLError  # noqa: PLC0415 - the same

    line = 1
    try:
        for event in _bounded(YAML(typ="safe", pure=True).parse(text)):
            line = event.line
            yield event
    except MarkedYAMLError as wrong:
        raise _misread(wrong) from wrong
    except (ValueError, OverflowError) as wrong:  # "\UFFFFFFFF": the parser makes a character of it unasked
        raise _Stop("syntax", line) from wrong


def _bounded(events: Iterable["Event"]) -> Iterator[_Event]:
    """The events that make nodes, as long as there are not too many, nor too deep, nor of a kind that a plan does not use."""
    depth = 0
    for number, event in enumerate(events):
        line, kind = event.start_mark.line + 1, _KINDS.get(type(event).__name__)
        depth += {"list": 1, "mapping": 1, "end": -1}.get(kind or "", 0)
        if depth > _MOST_DEPTH:
            raise _Stop("too_deep", line, limit=str(_MOST_DEPTH))
        if number > _MOST_EVENTS:
            raise _Stop("too_dense", line)
        if anchor := getattr(event, "anchor", None):
            raise _Stop("alias", line, value=anchor)
        if tag := getattr(event, "tag", None):
            raise _Stop("tag", line, value=str(tag))
        if kind:
            yield _Event(kind, line, _written(event))


def _written(event: "Event") -> str | None:
    """The text of a scalar; None where nothing is written, or nothing but spaces."""
    value: str = getattr(event, "value", "")
    is_plain = getattr(event, "style", None) in {None, ""}
    return None if not value.strip() or (is_plain and value in _NOTHING) else value


def _misread(wrong: "MarkedYAMLError") -> _Stop:
    """Why the parser gave up, and the line that a person has to mend."""
    words = f"{wrong.context or ''} {wrong.problem or ''}"
    code, shows = next(((code, shows) for pattern, code, shows in _SYNTAX if re.search(pattern, words)), ("syntax", "noticed"))
    mark = (wrong.context_mark if shows == "began" else None) or wrong.problem_mark or wrong.context_mark
    return _Stop(code, mark.line + 1 if mark else 1)


def _root(events: Iterator[_Event], said: Findings) -> Node:
    """The one document of the file."""
    if next(events, None) is None:
        return Node(1, "")
    root = _node(next(events), "", 1, events, said)
    if another := next(events, None):
        raise _Stop("second_document", another.line)
    return root


def _node(event: _Event, place: str, line: int, events: Iterator[_Event], said: Findings) -> Node:
    """The node that begins with `event`, at `place`; what belongs to it is taken from `events`."""
    if event.kind == "list":
        return Node(line, place, _items(place, events, said))
    if event.kind == "mapping":
        return Node(line, place, _fields(place, events, said) or None)
    return Node(line, place, event.text)


def _items(place: str, events: Iterator[_Event], said: Findings) -> list[Node]:
    items: list[Node] = []
    while (event := next(events)).kind != "end":
        items.append(_node(event, f"{place}[{len(items)}]", event.line, events, said))
    return items


def _fields(place: str, events: Iterator[_Event], said: Findings) -> dict[str, Node]:
    """The fields of a mapping; of a key written twice, the first."""
    fields: dict[str, Node] = {}
    while (event := next(events)).kind != "end":
        if event.kind != "text" or event.text is None:
            raise _Stop("key_not_text", event.line)
        if event.text == "<<":
            raise _Stop("merge_key", event.line)
        key = event.text.strip()
        node = _node(next(events), f"{place}.{shown(key, 40)}".removeprefix("."), event.line, events, said)
        if key in fields:
            said.error("duplicate_key", node, field=key, first_line=str(fields[key].line))
        fields.setdefault(key, node)
    return fields
