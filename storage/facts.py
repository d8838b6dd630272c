"""Events and commands as canonical JSON and back. What a person typed stands there as its digest only."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from launch import messages
from launch.messages import Command, Event
from launch.words import Words

KINDS: dict[str, type[Any]] = {
    name: kind for name, kind in vars(messages).items() if isinstance(kind, type) and issubclass(kind, (Command, Event))
}
FIELDS: dict[str, tuple[str, ...]] = {
    name: tuple(field.name for field in fields(kind)) for name, kind in KINDS.items() if is_dataclass(kind)
}
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
VERSION = 1
"""The version of an event's fields; it goes up when a kind changes, and `decoded` then learns to read the old one."""


def encoded(message: Command | Event) -> str:
    """The fields of a message as JSON with sorted keys: the same message is always the same bytes."""
    return canonical({name: plain(getattr(message, name)) for name in FIELDS[type(message).__name__]})


def canonical(value: object) -> str:
    return _ENCODER.encode(value)


def plain(value: object) -> object:
    """A field as JSON has it."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat(timespec="microseconds")
        case timedelta():
            return value.total_seconds()
        case Words():
            return {"words": value.digest}
        case tuple():
            return [plain(item) for item in value]
    return value


def decoded(kind: str, facts: str, words: Mapping[str, Words]) -> Any:
    """The message of `kind` that `encoded` wrote; `words` by digest, those that are missing are forgotten."""
    return adapter(kind).validate_python(with_words(json.loads(facts), words))


@cache
def adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[kind])


def with_words(facts: dict[str, Any], words: Mapping[str, Words]) -> dict[str, Any]:
    """The fields with every digest replaced by the words it stands for."""
    return {name: words.get(value["words"], Words(value["words"])) if is_digest(value) else value for name, value in facts.items()}


def is_digest(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"words"}


def words_of(message: Command | Event) -> Iterator[Words]:
    """What a person typed in a message."""
    for name in FIELDS[type(message).__name__]:
        value = getattr(message, name)
        if isinstance(value, Words):
            yield value


def digests_in(facts: str) -> list[str]:
    """The digests that a message in JSON speaks of."""
    return [value["words"] for value in json.loads(facts).values() if is_digest(value)]
