"""How the rules' own types stand in a column: portable between SQLite and PostgreSQL, readable in a database shell."""

import json
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Float, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from launch.words import Words


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime as ISO 8601 with microseconds: it sorts as text."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Span(TypeDecorator[timedelta]):
    """A duration in seconds."""

    impl = Float
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> float | None:
        return None if value is None else value.total_seconds()

    def process_result_value(self, value: float | None, dialect: Dialect) -> timedelta | None:
        return None if value is None else timedelta(seconds=value)


class Digest(TypeDecorator[Words]):
    """What a person typed stands in the table of words; here is only its digest."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Words | None, dialect: Dialect) -> str | None:
        return None if value is None else value.digest

    def process_result_value(self, value: str | None, dialect: Dialect) -> Words | None:
        return None if value is None else Words(value)


class Names(TypeDecorator[tuple[str, ...]]):
    """A few keys in order, as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(json.loads(value))


class Choice(TypeDecorator[StrEnum]):
    """One word of an enumeration of the rules."""

    impl = String(32)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else value.value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.words(value)
