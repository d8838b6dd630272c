"""The forms that a field of a plan file can have, in JSON Schema."""

from collections.abc import Collection, Mapping
from typing import Any

from launch.plan import LANGUAGES

Schema = dict[str, Any]

KEY = "[a-z][a-z0-9_-]{0,39}"
_WALL = r"\d{4}-\d\d?-\d\d? +\d\d?:\d\d( +\S+)?"
_LENGTH = r"(?=\d)(\d+d)?(\d+h)?(\d+m)?(\d+s)?"


def group(what: str, fields: Mapping[str, Schema], required: Collection[str] = ()) -> Schema:
    """Fields by name, and no other."""
    shape: Schema = {"description": what, "type": "object", "properties": dict(fields), "additionalProperties": False}
    return shape | ({"required": list(required)} if required else {})


def by_key(what: str, entry: Schema) -> Schema:
    return {"description": what, "type": "object", "propertyNames": {"pattern": f"^{KEY}$"}, "additionalProperties": entry}


def list_of(what: str, item: Schema, most: int | None = None, least: int | None = None) -> Schema:
    bounds = {"minItems": least, "maxItems": most}
    return {"description": what, "type": "array", "items": item} | {name: bound for name, bound in bounds.items() if bound}


def names(what: str, least: int | None = None) -> Schema:
    return list_of(what, {"type": "string"}, least=least)


def text(what: str, form: str | None = None) -> Schema:
    return {"description": what, "type": "string"} | ({"pattern": f"^({form})$"} if form else {})


def words(what: str, most: int) -> Schema:
    """What a person reads; an editor takes bare digits for a number, which the plan does not."""
    return {"description": what, "type": ["string", "number"], "maxLength": most}


def title(what: str, most: int) -> Schema:
    """A text for all, or one a language."""
    each: dict[str, Schema] = {language: words(f"In this language ({language}).", most) for language in LANGUAGES}
    languages = group("A text for each language.", each) | {"minProperties": 1}
    return {"description": what, "anyOf": [words("One text for all.", most), languages]}


def choice(what: str, words: Collection[str], usual: str | None = None) -> Schema:
    return {"description": what, "enum": list(words)} | ({"default": usual} if usual else {})


def flag(what: str) -> Schema:
    """A plan reads the words; an editor may have made a truth of them already."""
    return {"description": what, "enum": [True, False, "true", "false"], "default": False}


def address(what: str) -> Schema:
    return text(f"{what} http:// or https://", r"https?://\S+")


def zone(what: str) -> Schema:
    return text(what, r"\w+(/[\w+-]+)+|UTC") | {"examples": ["Europe/Paris", "America/Toronto", "Asia/Kolkata", "UTC"]}


def hour(what: str) -> Schema:
    return text(f"{what} A date and an hour, like 2027-03-16 04:30, with another zone behind it where it is not the usual one.", _WALL)


def moment(what: str) -> Schema:
    form = rf"{_WALL}|T[+-](0|{_LENGTH})"
    return text(f"{what} Like 2027-03-16 04:30; or T-45m, counted from T-0 and moving with it.", form)


def duration(what: str, usual: str | None = None) -> Schema:
    return text(f"{what} Like 90s, 10m, 3h, 1h30m or 2d.", _LENGTH) | ({"default": usual} if usual else {})


def secret(what: str) -> Schema:
    return text(f"{what} Never written here: the name of the secret that holds it, like secret:TEL_LEA.", r"secret:[A-Z][A-Z0-9_]{0,59}")


def limit(what: str) -> Schema:
    form = r"(<=|>=|<>|<|>|=) *-?\d+(\.\d+)?([ %].*)?"
    return text(f"{what} A sign, a number, and perhaps words and for how long, like “> 3 for 5m”.", form)
