"""The rules of rich text and of tables, whose cells may hold it."""
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.limits_texts import Fault, items, length_faults, unknown_faults

ROWS, CELLS = 100, 20
# part -> what it holds beside its type: the first is needed
PARTS = {"rich_text_section": (), "rich_text_quote": ("border",), "rich_text_preformatted": ("border", "language"),
         "rich_text_list": ("style", "indent", "offset", "border")}
INLINE = {
    "text": ("text", "style"), "link": ("url", "text", "unsafe", "style"), "user": ("user_id", "style"), "channel": ("channel_id", "style"),
    "usergroup": ("usergroup_id", "style"), "emoji": ("name", "unicode", "skin_tone", "style", "url", "display_name"),
    "date": ("timestamp", "format", "url", "fallback", "style"), "broadcast": ("range", "style"), "color": ("value", "style"),
}
STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")


def rich_text_faults(block: Mapping[str, Any], where: str) -> Iterator[Fault]:
    yield from length_faults(block.get("elements"), f"{where}/elements", 10_000, 1, unit="items", needed=True)
    for number, part in enumerate(items(block.get("elements"))):
        yield from _part(part, f"{where}/elements/{number}")


def _part(part: Any, where: str) -> Iterator[Fault]:
    kind = str(part.get("type")) if isinstance(part, dict) else "None"
    if kind not in PARTS:
        yield f"{where}/type", f"unsupported type: {kind}"
        return
    yield from unknown_faults(part, where, ("type", "elements", *PARTS[kind]))
    if not isinstance(part.get("elements"), list):
        yield where, "missing required field: elements"
    if kind == "rich_text_list" and part.get("style") not in ("bullet", "ordered"):
        yield f"{where}/style", "must be one of: bullet, ordered"
    for number, inner in enumerate(items(part.get("elements"))):
        if kind != "rich_text_list":
            yield from _inline(inner, f"{where}/elements/{number}")
        elif isinstance(inner, dict) and inner.get("type") == "rich_text_section":
            yield from _part(inner, f"{where}/elements/{number}")
        else:
            yield f"{where}/elements/{number}/type", "must be the value: rich_text_section"


def _inline(inner: Any, where: str) -> Iterator[Fault]:
    kind = str(inner.get("type")) if isinstance(inner, dict) else "None"
    if kind not in INLINE:
        yield f"{where}/type", f"unsupported type: {kind}"
        return
    needed = INLINE[kind][0]
    yield from unknown_faults(inner, where, ("type", *INLINE[kind]))
    if needed not in inner:
        yield where, f"missing required field: {needed}"
    elif kind == "date":
        yield from _date(inner, where)
    else:
        yield from length_faults(inner[needed], f"{where}/{needed}", 40_000, 1)
    if "style" in inner:
        yield from unknown_faults(inner["style"] if isinstance(inner["style"], dict) else {"style": ""}, f"{where}/style", STYLES)


def _date(inner: Mapping[str, Any], where: str) -> Iterator[Fault]:
    if not isinstance(inner["timestamp"], int):
        yield f"{where}/timestamp", "must be an integer"
    yield from length_faults(inner.get("format"), f"{where}/format", 1_000, 1, needed=True)


def table_faults(block: Mapping[str, Any], where: str) -> Iterator[Fault]:
    yield from length_faults(block.get("rows"), f"{where}/rows", ROWS, 1, unit="items", needed=True)
    yield from length_faults(block.get("column_settings"), f"{where}/column_settings", CELLS, unit="items")
    for number, row in enumerate(items(block.get("rows"))):
        yield from length_faults(row, f"{where}/rows/{number}", CELLS, 1, unit="items")
        for place, cell in enumerate(items(row)):
            yield from _cell(cell, f"{where}/rows/{number}/{place}")


def _cell(cell: Any, where: str) -> Iterator[Fault]:
    kind = cell.get("type") if isinstance(cell, dict) else None
    if kind == "rich_text":
        yield from rich_text_faults(cell, where)
    elif kind == "raw_text":
        yield from length_faults(cell.get("text"), f"{where}/text", 10_000, 1, needed=True)
    elif kind != "raw_number":
        yield f"{where}/type", f"unsupported type: {kind}"
