"""Lengths, fields and text objects: the smallest rules of Block Kit."""
from collections.abc import Collection, Iterator, Mapping
from typing import Any

Fault = tuple[str, str]  # JSON pointer, what is wrong there


def items(value: Any) -> list[Any]:
    """Of an array; nothing of whatever else stands where one should."""
    return value if isinstance(value, list) else []


def unknown_faults(node: Mapping[str, Any], where: str, known: Collection[str]) -> Iterator[Fault]:
    """Fields that Slack's own blocks do not have."""
    for name in node:
        if name not in known:
            yield where, f"invalid additional property: {name}"


def length_faults(value: Any, where: str, most: int, least: int = 0, unit: str = "characters", needed: bool = False) -> Iterator[Fault]:
    """Of a text in characters or of an array in items; what is absent is fine unless it is needed."""
    if value is None:
        if needed:
            yield where, f"missing required field: {where.rsplit('/', 1)[-1]}"
    elif not isinstance(value, str if unit == "characters" else list):
        yield where, "must be a string" if unit == "characters" else "must be an array"
    elif len(value) > most:
        yield where, f"must be less than {most + 1} characters" if unit == "characters" else f"no more than {most} items allowed"
    elif len(value) < least:
        yield where, f"must be more than {least - 1} {unit}"


def text_faults(text: Any, where: str, most: int, least: int = 1, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> Iterator[Fault]:
    """Of a text object."""
    if not isinstance(text, dict):
        yield where, f"missing required field: {where.rsplit('/', 1)[-1]}" if text is None else "must provide an object"
    elif text.get("type") not in kinds:
        yield f"{where}/type", f"must be one of: {', '.join(kinds)}"
    else:
        yield from unknown_faults(text, where, ("type", "text", "emoji" if text["type"] == "plain_text" else "verbatim"))
        yield from length_faults(text.get("text"), f"{where}/text", most, least, needed=True)
