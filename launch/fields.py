"""The fields of one mapping in a plan file, each read as what it should be; what it is not goes to the findings."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from launch.document import INVISIBLE, Node
from launch.findings import Code, Findings
from launch.moments import UNKNOWN, Unreadable, Wall, duration, moment, wall_text, zone, zones
from launch.plan import LANGUAGES, Moment, Title

WordT = TypeVar("WordT", bound=str)

_BREAKS = re.compile(r"[ \t\r\n]+")
_KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_MAIL = re.compile(r"[^@\s<>|]{1,64}@[^@\s<>|]{1,180}\.[^@\s<>|.]{2,}")
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{4,20}")
_ADDRESS = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#][^\s<>|\"]*)?")
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{4,20}")
_CHANNEL_NAME = re.compile(r"#[\w-]{1,80}")
_SECRET = re.compile(r"secret:([A-Z][A-Z0-9_]{0,59})")


class Fields:
    """Reads the fields of `node`. One that is absent or wrong gives None, or the default; where that is a mistake, it has been told."""

    def __init__(self, node: Node, said: Findings, known: Collection[str], required: Collection[str] = (), *, others: bool = False) -> None:
        """`others`: fields beside the `known` ones are not mistakes but names, in `self.others`."""
        self.node, self._said = node, said
        self._all = node.value if isinstance(node.value, dict) else {}
        self.others = {name: child for name, child in self._all.items() if name not in known}
        if not isinstance(node.value, dict):
            said.error("not_mapping" if node.value else "empty", node)
            return
        for name, child in self._all.items():
            if name not in known and not others:
                said.error("unknown_field", child, field=name, nearest=said.nearest(name, known), accepted=", ".join(known))
            elif child.value is None:
                said.error("empty", child)
        for name in required:
            if name not in self._all:
                said.error("missing_field", node, field=name)

    def child(self, name: str) -> Node | None:
        """The node of a field in which something is written."""
        child = self._all.get(name)
        return child if child and child.value is not None else None

    def has(self, name: str) -> bool:
        """Whether a field is there, be it empty."""
        return name in self._all

    def text(self, name: str, most: int = 200) -> str | None:
        child = self.child(name)
        return text_of(child, self._said, most) if child else None

    def matching(self, name: str, form: re.Pattern[str], code: Code) -> str | None:
        """A text of a certain form."""
        text = self.text(name)
        if text is None or form.fullmatch(text):
            return text
        self._said.error(code, self.node.at(name), value=text)
        return None

    def mail(self, name: str) -> str | None:
        return next((mail for node, mail in self.single(name) if check_mail(node, mail, self._said)), None)

    def slack_id(self, name: str) -> str | None:
        return self.matching(name, _SLACK_ID, "bad_slack_id")

    def plain(self, name: str, most: int = 200) -> str | None:
        """A text that stands in the plan itself, and is not read from a secret."""
        text = self.text(name, most)
        if text is None or not text.startswith("secret:"):
            return text
        self._said.error("secret_not_read", self.node.at(name), value=text)
        return None

    def secret(self, name: str) -> str | None:
        """The name of a secret. What else is written there may be a number, and is not shown."""
        text = self.text(name)
        named = _SECRET.fullmatch(text) if text else None
        if text and not named:
            self._said.error("not_a_secret", self.node.at(name))
        return named[1] if named else None

    def address(self, name: str) -> str | None:
        """Of a page, http or https."""
        text = self.plain(name, 500)
        if text is None or _ADDRESS.fullmatch(text):
            return text
        meant = f"https://{text}"
        nearest = meant if "." in text and _ADDRESS.fullmatch(meant) else ""
        self._said.error("bad_address", self.node.at(name), value=text, nearest=nearest)
        return None

    def channel(self, name: str) -> str | None:
        """A channel of Slack: its name without the #, or its id."""
        text = self.plain(name)
        if text is None or _CHANNEL_ID.fullmatch(text):
            return text
        meant = "#" + text.removeprefix("#").lower().replace(" ", "-")
        if text != meant or not _CHANNEL_NAME.fullmatch(text):
            nearest = meant if _CHANNEL_NAME.fullmatch(meant) else ""
            self._said.error("bad_channel", self.node.at(name), value=text, nearest=nearest)
            return None
        return text.removeprefix("#")

    def choice(self, name: str, accepted: Collection[WordT], default: WordT, code: Code = "not_one_of") -> WordT:
        """One of the accepted words."""
        text = self.text(name)
        chosen = next((word for word in accepted if word == text), None)
        if text and not chosen:
            nearest = self._said.nearest(text, accepted)
            self._said.error(code, self.node.at(name), value=text, nearest=nearest, accepted=", ".join(accepted))
        return chosen or default

    def flag(self, name: str) -> bool:
        text = self.text(name)
        if text not in {"true", "false", None}:
            self._said.error("not_true_false", self.node.at(name), value=text or "")
        return text == "true"

    def title(self, name: str, most: int) -> Title:
        """A text for all, or a text by language."""
        child = self.child(name)
        return title_of(child, self._said, most) if child else Title({"": ""})

    def items(self, name: str) -> list[Node]:
        """The nodes of a list."""
        child = self.child(name)
        if child is None or isinstance(child.value, list):
            return child.value if child and isinstance(child.value, list) else []
        self._said.error("not_list", child)
        return []

    def is_list(self, name: str) -> bool:
        child = self.child(name)
        return child is not None and isinstance(child.value, list)

    def single(self, name: str) -> list[tuple[Node, str]]:
        """The text of a field with its place, as a list of one, or of none."""
        text = self.text(name)
        return [(self.node.at(name), text)] if text else []

    def texts(self, name: str, most: int = 200) -> list[tuple[Node, str]]:
        """The texts of a list, each with its place."""
        return [(node, text) for node in self.items(name) if (text := text_of(node, self._said, most))]

    def zone(self, name: str) -> ZoneInfo | None:
        text = self.text(name)
        if text is None:
            return None
        try:
            return zone(text)
        except Unreadable as wrong:
            self._unreadable(name, wrong)
            return None

    def duration(self, name: str, default: timedelta, *, may_be_zero: bool = False) -> timedelta:
        text = self.text(name)
        try:
            length = duration(text) if text else default
        except Unreadable as wrong:
            self._unreadable(name, wrong)
            return default
        if text and not length and not may_be_zero:
            self._said.error("not_above_zero", self.node.at(name), value=text)
        return length

    def moment(self, name: str, home: ZoneInfo | None) -> Moment:
        """A wall time or a distance from T-0; UNKNOWN if it cannot be read, or `home` could not."""
        text = self.text(name)
        try:
            when = moment(text, home) if text else None
        except Unreadable as wrong:
            self._unreadable(name, wrong)
            return Moment(at=UNKNOWN)
        if isinstance(when, timedelta):
            return Moment(offset=when)
        return Moment(at=self._instant(name, when) if when else UNKNOWN)

    def hour(self, name: str, home: ZoneInfo | None) -> datetime:
        """A wall time, as an instant in UTC; UNKNOWN if it cannot be read."""
        when = self.moment(name, home)
        if when.offset is not None:
            self._said.error("not_an_hour", self.node.at(name), value=self.text(name) or "")
        return when.at or UNKNOWN

    def _instant(self, name: str, wall: Wall) -> datetime:
        if wall.comes != "once":
            code: Code = "time_twice" if wall.comes == "twice" else "time_skipped"
            taken = wall_text(wall.instant, wall.zone.key)
            self._said.warning(code, self.node.at(name), value=f"{wall.local:%Y-%m-%d %H:%M}", taken=taken, utc=f"{wall.instant:%H:%M}")
        return wall.instant

    def _unreadable(self, name: str, wrong: Unreadable) -> None:
        facts = {"value": wrong.value}
        if wrong.code == "unknown_zone":
            facts["nearest"] = _zone_meant(wrong.value, self._said)
        self._said.error(wrong.code, self.node.at(name), **facts)


def _zone_meant(word: str, said: Findings) -> str:
    """The zone of the city that was written, or the one whose name is nearest."""
    city = "/" + word.casefold().replace(" ", "_")
    return next((name for name in sorted(zones()) if name.casefold().endswith(city)), "") or said.nearest(word, sorted(zones()))


def text_of(node: Node, said: Findings, most: int = 200) -> str | None:
    """The text of a node, on one line."""
    if not isinstance(node.value, str):
        said.error("not_text" if node.value is not None else "empty", node)
        return None
    text = _BREAKS.sub(" ", node.value).strip()
    if odd := INVISIBLE.search(text):
        said.error("control_character", node, value=f"U+{ord(odd[0]):04X}")
        return None
    if len(text) > most:
        said.error("too_long", node, limit=str(most), value=text)
        return None
    return text


def title_of(node: Node, said: Findings, most: int) -> Title:
    """The text of a node for all, or by language."""
    if not isinstance(node.value, dict):
        return Title({"": text_of(node, said, most) or ""})
    words = Fields(node, said, LANGUAGES)
    return Title({language: words.text(language, most) or "" for language in LANGUAGES if words.child(language)})


def check_key(node: Node, key: str, said: Findings) -> None:
    """A name by which the rest of the plan, and people in Slack, call something."""
    if not _KEY.fullmatch(key):
        said.error("bad_key", node, value=key)


def check_mail(node: Node, mail: str, said: Findings) -> bool:
    """Whether `mail` can be the address of a mailbox."""
    if not (is_mail := _MAIL.fullmatch(mail) is not None):
        said.error("bad_mail", node, value=mail)
    return is_mail
