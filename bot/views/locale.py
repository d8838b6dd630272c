"""Who reads: a language and a time zone. Every sentence of a view is said through one, and every hour written in its zone.

The code holds the English; `make locales` carries it into `bot/locales/*/launchroom.po`, where the French is written."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

# What the zone data has forgotten: it calls this one Toronto, which nobody there does.
_cities = {"America/Montreal": "Montréal"}


@cache
def _catalogue(language: Language) -> GNUTranslations:
    compiled = BytesIO()
    with (files("bot") / "locales" / language / "launchroom.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def load_catalogues() -> None:
    """Read both catalogues now, so that no person's click waits for it and a broken one stops the start."""
    for language in LANGUAGES:
        _catalogue(language)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody, or a room, that reads `language` in the IANA `zone`. Instants are aware; a naive one raises ValueError."""

    language: Language
    zone: str

    def _(self, sentence: str) -> str:
        """The reader's version of an English sentence; placeholders stay: `_("Asked of {role}").format(role=…)`."""
        return _catalogue(self.language).gettext(sentence)

    def n(self, one: str, many: str, count: int) -> str:
        """The form that `count` wants: `n("{count} answer", "{count} answers", 3).format(count=3)`."""
        return _catalogue(self.language).ngettext(one, many, count)

    def p(self, context: str, sentence: str) -> str:
        """A sentence under a context. "title" is one: what Slack cuts at 24 characters, held to that in every language by a test."""
        return _catalogue(self.language).pgettext(context, sentence)

    def clock(self, instant: datetime, *, named: bool = False) -> str:
        """The wall time, "14:30"; `named`, "14:30 (Paris)", where it may be read by somebody in another zone."""
        wall = f"{self._local(instant):%H:%M}"
        return f"{wall} ({self.city})" if named else wall

    def day(self, instant: datetime) -> str:
        """The day as the reader says it: "Tuesday 16 March", "mardi 16 mars"."""
        local = self._local(instant)
        if self.language == "fr" and local.day == 1:
            return format_date(local, "EEEE '1er' MMMM", locale="fr")
        return format_date(local, "EEEE d MMMM", locale=self.language)

    def moment(self, instant: datetime) -> str:
        """Day, wall time and zone, for what is read outside its day: "Tuesday 16 March 14:30 (Paris)"."""
        return f"{self.day(instant)} {self.clock(instant, named=True)}"

    def duration(self, length: timedelta) -> str:
        """Exact to the second, in at most days, hours, minutes, seconds: "1 h 35 min". Days begin at 48 h, which nobody miscounts."""
        seconds = abs(int(length.total_seconds()))
        days, seconds = divmod(seconds, 86_400) if seconds >= 172_800 else (0, seconds)
        parts = {self._("d"): days, "h": seconds // 3600, "min": seconds // 60 % 60, "s": seconds % 60}
        said = " ".join(f"{count} {unit}" for unit, count in parts.items() if count)
        if not said:
            return "0 s"
        return f"−{said}" if length < timedelta(0) else said

    def instant_token(self, instant: datetime, *, with_day: bool = False) -> str:
        """For mrkdwn: Slack writes the instant in the zone and manner of whoever looks."""
        return f"<!date^{_epoch(instant)}^{_shape(with_day)}|{self._fallback(instant, with_day)}>"

    def rich_instant(self, instant: datetime, *, with_day: bool = False) -> dict[str, str | int]:
        """The same as an element of rich_text."""
        return {"type": "date", "timestamp": _epoch(instant), "format": _shape(with_day), "fallback": self._fallback(instant, with_day)}

    @property
    def city(self) -> str:
        """The zone as people say it: "Paris", "Bruxelles", "UTC"."""
        return _cities.get(self.zone) or get_timezone_location(self.zone, locale=self.language, return_city=True).rpartition("/")[2]

    def _local(self, instant: datetime) -> datetime:
        if instant.tzinfo is None:
            raise ValueError(f"{instant} has no zone: instants are UTC")
        return instant.astimezone(ZoneInfo(self.zone))

    def _fallback(self, instant: datetime, with_day: bool) -> str:
        return self.moment(instant) if with_day else self.clock(instant, named=True)


def _shape(with_day: bool) -> str:
    return "{date_short_pretty} {time}" if with_day else "{time}"


def _epoch(instant: datetime) -> int:
    return int(instant.timestamp())
