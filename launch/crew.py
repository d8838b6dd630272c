"""The people of a plan, what they are on the day, and who is on duty when, as the file has it."""

from datetime import timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from launch.document import Node
from launch.fields import Fields
from launch.moments import UNKNOWN, is_known
from launch.plan import LANGUAGES, Language, Person, Reach, Role, Shift
from launch.sections import Sections

_PERSON = ("name", "mail", "slack", "zone", "lang", "guest", "reach")
_WAYS: tuple[Literal["call", "sms", "push", "mail"], ...] = ("call", "sms", "push", "mail")
_ROLE = (
    "title", "blocking", "decides", "standby", "standby_in", "standby_outside", "patience", "aliases", "absent", "scribe", "handover",
    "levels",
)  # fmt: skip
_HANDOVERS: tuple[Literal["full", "light"], ...] = ("full", "light")
SHIFT = ("name", "zone", "from", "to")
"""The fields of a shift; every other is a role."""


class Crew:
    """The three sections, which name each other."""

    def __init__(self, sections: Sections, home: ZoneInfo | None, language: Language) -> None:
        self._in, self._said, self._home, self._language = sections, sections.said, home, language
        self._shifts = sections.listed(sections.file, "shifts", "name", SHIFT, ("name", "from", "to"), others=True)
        self.people = {key: self._person(key, node) for key, node in sections.keyed(sections.file, "people").items()}
        self._titled = sections.keyed(sections.file, "roles")
        self.roles = {key: self._role(key, node) for key, node in self._titled.items()}

    @property
    def entries(self) -> dict[tuple[str, str], Node]:
        """Where each shift is written."""
        return {("shifts", name): fields.node for name, fields in self._shifts.items()}

    def shifts(self) -> tuple[Shift, ...]:
        return tuple(self._shift(name, fields) for name, fields in self._shifts.items())

    def is_blurred(self, shift: Shift) -> bool:
        """Whether some role of a shift could not be made out."""
        return not shift.holders or len(shift.holders) < len(self._shifts[shift.name].others)

    def _person(self, key: str, node: Node) -> Person:
        fields = Fields(node, self._said, _PERSON, ("name",))
        zone = fields.zone("zone") if fields.child("zone") else self._home
        reach = tuple(self._reach(each) for each in fields.items("reach"))
        is_in_slack = fields.child("mail") or fields.child("slack")
        if not is_in_slack and (not reach or any(each.way == "slack" for each in reach)):
            self._said.warning("unreachable", node, person=key)
        return Person(
            key=key,
            name=fields.text("name", 80) or key,
            zone=zone.key if zone else "UTC",
            language=fields.choice("lang", LANGUAGES, self._language, "unknown_language"),
            mail=fields.mail("mail"),
            slack=fields.slack_id("slack"),
            guest=fields.flag("guest"),
            reach=reach,
        )

    def _reach(self, node: Node) -> Reach:
        """One way to reach somebody: `slack`, or `{call: secret:TEL_LEA, after: 1m}`; one that cannot be read is taken for a call."""
        if node.value == "slack":
            return Reach("slack")
        ways = [way for way in _WAYS if isinstance(node.value, dict) and way in node.value]
        if len(ways) != 1:
            self._said.error("not_a_way", node)
            return Reach("call")
        fields = Fields(node, self._said, (*_WAYS, "after"))
        return Reach(ways[0], fields.secret(ways[0]), fields.duration("after", timedelta(), may_be_zero=True))

    def _role(self, key: str, node: Node) -> Role:
        fields = Fields(node, self._said, _ROLE, ("title",))
        return Role(
            key=key,
            title=fields.title("title", 40),
            blocking=fields.flag("blocking"),
            decides=fields.flag("decides"),
            standby=fields.flag("standby"),
            aliases=tuple(word for _, word in fields.texts("aliases", 40)),
            absent=self._in.names("unknown_shift", fields.texts("absent"), self._shifts),
            patience=fields.duration("patience", timedelta()) or None,
            standby_in=self._standby_in(key, fields),
            scribe=fields.flag("scribe"),
            handover=fields.choice("handover", _HANDOVERS, "full"),
            levels=self._levels(key, fields),
        )

    def _standby_in(self, role: str, fields: Fields) -> tuple[str, ...]:
        """The shifts in which whoever holds the role is left in peace: those named, or all but those named."""
        named = self._in.names("unknown_shift", fields.texts("standby_in"), self._shifts)
        if not fields.has("standby_outside"):
            return named
        outside = self._in.names("unknown_shift", fields.texts("standby_outside"), self._shifts)
        held = (name for name, shift in self._shifts.items() if role in shift.others)
        return tuple(name for name in held if name in named or name not in outside)

    def _levels(self, role: str, fields: Fields) -> tuple[str, ...]:
        """To whom it passes on what it cannot solve: itself first, written or not."""
        named = self._in.names("unknown_role", fields.texts("levels"), self._titled)
        return tuple(dict.fromkeys((role, *named))) if named else ()

    def _shift(self, name: str, fields: Fields) -> Shift:
        zone = fields.zone("zone") if fields.child("zone") else self._home
        starts, ends = fields.hour("from", zone), fields.hour("to", zone)
        if is_known(starts) and ends <= starts:
            self._said.error("shift_ends_early", fields.node.at("to"), shift=name)
            ends = UNKNOWN
        if not fields.others:
            self._said.error("empty_shift", fields.node, shift=name)
        meant = (*self.roles, *SHIFT)
        roles = [role for role, node in fields.others.items() if self._in.is_one_of("unknown_role", node, role, self.roles, meant)]
        return Shift(name, zone.key if zone else "UTC", starts, ends, {role: self._holders(fields, role) for role in roles})

    def _holders(self, fields: Fields, role: str) -> tuple[str, ...]:
        """The people of a role in a shift, primary first."""
        if fields.node.at(role).value == []:
            self._said.error("nobody_named", fields.node.at(role), role=role)
        return self._in.names("unknown_person", fields.texts(role), self.people)
