"""A plan file → a Plan, or all of its mistakes at once. Section by section here; what only the whole shows is in `launch.checking`."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from launch.checking import Draft, check
from launch.document import Node, tree
from launch.fields import UNKNOWN, Fields, check_key, check_mail, is_known, text_of
from launch.findings import Code, Finding, Findings
from launch.plan import LANGUAGES, Checkpoint, Limits, Person, Plan, Role, Room, Shift, Step

# The channel is named after the key, and people type it in commands: it stays short.
_LAUNCH_KEY = re.compile(r"[a-z][a-z0-9-]{0,19}[a-z0-9]")

_SECTIONS = ("launch", "people", "observers", "roles", "shifts", "checkpoints", "cutover")
_LAUNCH = ("key", "name", "kind", "language", "zone", "t0", "room", "limits")
_ROOM = ("visibility", "opens", "invite")
_PERSON = ("name", "mail", "slack", "zone", "lang", "guest")
_ROLE = ("title", "blocking", "decides", "standby", "aliases", "absent")
_SHIFT = ("name", "zone", "from", "to")
_CHECKPOINT = ("name", "at", "answer", "ask", "before", "on")
_STEP = ("id", "do", "owner", "at")
_KINDS: tuple[Literal["external", "internal"], ...] = ("external", "internal")
_VISIBLE: tuple[Literal["private", "public"], ...] = ("private", "public")
_INVITED = ("all on duty", "on shift")


@dataclass(frozen=True, slots=True)
class Read:
    """What a file came to. `plan` is None if, and only if, one of the findings is an error; they are in the order of their lines."""

    plan: Plan | None
    findings: tuple[Finding, ...]


def read_plan(source: str | bytes) -> Read:
    """The plan in a YAML file of at most 256 KB. Never raises for what the file holds."""
    said = Findings()
    root = tree(source, said)
    if root is None:
        return Read(None, said.in_order())
    draft = _Reading(root, said).draft()
    check(draft, said)
    return Read(None if said.has_errors else draft.plan, said.in_order())


class _Reading:
    """Reads section by section. What cannot be read has a stand-in, and nothing else is blamed for it."""

    def __init__(self, root: Node, said: Findings) -> None:
        self.root, self.said = root, said
        self.file = Fields(root, said, _SECTIONS, ("launch", "people", "roles", "shifts", "checkpoints"))
        self.launch = self._group(self.file, "launch", _LAUNCH, ("key", "name", "language", "zone", "t0", "room"))
        self.home = self.launch.zone("zone")
        self.language = self.launch.choice("language", LANGUAGES, "en", "unknown_language")
        self.shifts = self._listed("shifts", "name", _SHIFT, ("name", "from", "to"), others=True)
        self.steps = self._listed("cutover", "id", _STEP, _STEP)
        self.checkpoints = self._listed("checkpoints", "name", _CHECKPOINT, ("name", "at", "answer", "ask"))
        self.people = {key: self._person(key, node) for key, node in self._keyed("people").items()}
        self.roles = {key: self._role(key, node) for key, node in self._keyed("roles").items()}

    def draft(self) -> Draft:
        """The plan, as far as it could be read, and where its parts are written."""
        plan = self._plan()
        listed = (("shifts", self.shifts), ("cutover", self.steps), ("checkpoints", self.checkpoints))
        entries = {(section, name): fields.node for section, group in listed for name, fields in group.items()}
        blurred = {shift.name for shift in plan.shifts if not shift.holders or len(shift.holders) < len(self.shifts[shift.name].others)}
        return Draft(plan, self.root, entries, blurred)

    def _plan(self) -> Plan:
        return Plan(
            key=self.launch.matching("key", _LAUNCH_KEY, "bad_launch_key") or "",
            name=self.launch.title("name", 80),
            language=self.language,
            zone=self.home.key if self.home else "UTC",
            t0=self.launch.hour("t0", self.home),
            room=self._room(),
            people=self.people,
            roles=self.roles,
            shifts=tuple(self._shift(name, fields) for name, fields in self.shifts.items()),
            checkpoints={name: self._checkpoint(name, fields) for name, fields in self.checkpoints.items()},
            cutover={name: self._step(name, fields) for name, fields in self.steps.items()},
            limits=self._limits(),
            kind=self.launch.choice("kind", _KINDS, "external"),
            observers=tuple(mail for node, mail in self.file.texts("observers") if check_mail(node, mail, self.said)),
        )

    def _person(self, key: str, node: Node) -> Person:
        fields = Fields(node, self.said, _PERSON, ("name",))
        zone = fields.zone("zone") if fields.child("zone") else self.home
        if not (fields.child("mail") or fields.child("slack")):
            self.said.warning("unreachable", node, person=key)
        return Person(
            key=key,
            name=fields.text("name", 80) or key,
            zone=zone.key if zone else "UTC",
            language=fields.choice("lang", LANGUAGES, self.language, "unknown_language"),
            mail=fields.mail("mail"),
            slack=fields.slack_id("slack"),
            guest=fields.flag("guest"),
        )

    def _role(self, key: str, node: Node) -> Role:
        fields = Fields(node, self.said, _ROLE, ("title",))
        return Role(
            key=key,
            title=fields.title("title", 40),
            blocking=fields.flag("blocking"),
            decides=fields.flag("decides"),
            standby=fields.flag("standby"),
            aliases=tuple(word for _, word in fields.texts("aliases", 40)),
            absent=self._names("unknown_shift", fields.texts("absent"), self.shifts),
        )

    def _shift(self, name: str, fields: Fields) -> Shift:
        zone = fields.zone("zone") if fields.child("zone") else self.home
        starts, ends = fields.hour("from", zone), fields.hour("to", zone)
        if is_known(starts) and ends <= starts:
            self.said.error("shift_ends_early", fields.node.at("to"), shift=name)
            ends = UNKNOWN
        if not fields.others:
            self.said.error("empty_shift", fields.node, shift=name)
        meant = (*self.roles, *_SHIFT)
        roles = [role for role, node in fields.others.items() if self._is_one_of("unknown_role", node, role, self.roles, meant)]
        return Shift(name, zone.key if zone else "UTC", starts, ends, {role: self._holders(fields, role) for role in roles})

    def _holders(self, fields: Fields, role: str) -> tuple[str, ...]:
        """The people of a role in a shift, primary first."""
        if fields.node.at(role).value == []:
            self.said.error("nobody_named", fields.node.at(role), role=role)
        return self._names("unknown_person", fields.texts(role), self.people)

    def _step(self, name: str, fields: Fields) -> Step:
        owner = self._names("unknown_role", fields.single("owner"), self.roles)
        return Step(name, fields.title("do", 200), "".join(owner), fields.moment("at", self.home))

    def _checkpoint(self, name: str, fields: Fields) -> Checkpoint:
        before = self._names("unknown_step", fields.single("before"), self.steps)
        return Checkpoint(
            name=name,
            at=fields.moment("at", self.home),
            ask=self._asked(fields),
            answer=fields.duration("answer", timedelta()),
            before="".join(before) or None,
            on=fields.titles("on"),
        )

    def _asked(self, fields: Fields) -> tuple[str, ...]:
        """The roles of the one tier."""
        tiers = fields.items("ask")
        if fields.is_list("ask") and not (tiers and all(isinstance(tier.value, list) and tier.value for tier in tiers)):
            self.said.error("not_tiers", fields.node.at("ask"))
        elif len(tiers) > 1:
            self.said.error("one_tier", fields.node.at("ask"), count=str(len(tiers)))
        nodes = [node for tier in tiers for node in (tier.value if isinstance(tier.value, list) else [tier])]
        return self._names("unknown_role", [(node, role) for node in nodes if (role := text_of(node, self.said))], self.roles)

    def _room(self) -> Room:
        fields = self._group(self.launch, "room", _ROOM, ("opens",))
        invited = fields.texts("invite") if fields.is_list("invite") else fields.single("invite")
        return Room(
            opens=fields.moment("opens", self.home),
            visibility=fields.choice("visibility", _VISIBLE, "private"),
            invite=self._names("not_invitable", invited, (*_INVITED, *self.roles)) or _INVITED[:1],
        )

    def _limits(self) -> Limits:
        fields, usual = self._group(self.launch, "limits", ("hold", "grace")), Limits()
        return Limits(fields.duration("hold", usual.hold), fields.duration("grace", usual.grace, may_be_zero=True))

    def _names(self, code: Code, written: list[tuple[Node, str]], known: Collection[str]) -> tuple[str, ...]:
        """Those of the written names that the plan knows, each once."""
        names: dict[str, None] = {}
        for node, name in written:
            if name in names:
                self.said.error("named_twice", node, value=name)
            elif self._is_one_of(code, node, name, known):
                names[name] = None
        return tuple(names)

    def _is_one_of(self, code: Code, node: Node, name: str, known: Collection[str], meant: Collection[str] = ()) -> bool:
        """Whether the plan knows a name; where nothing of its section could be read, each is taken on trust."""
        is_known_here = name in known or (not known and (code != "unknown_step" or self.file.child("cutover") is not None))
        if not is_known_here:
            accepted = ", ".join(each for each in known if not each.endswith("]"))  # not those that only their place names
            self.said.error(code, node, value=name, nearest=self.said.nearest(name, meant or known), accepted=accepted or "–")
        return is_known_here

    def _group(self, fields: Fields, name: str, known: Collection[str], required: Collection[str] = ()) -> Fields:
        """The fields under the field `name`; none, and none missed, where nothing is written there."""
        child = fields.child(name)
        return Fields(child, self.said, known, required) if child else Fields(Node(0, name, {}), self.said, known)

    def _keyed(self, section: str) -> dict[str, Node]:
        """The entries of a section by their keys."""
        child = self.file.child(section)
        entries = Fields(child, self.said, (), others=True).others if child else {}
        for key, node in entries.items():
            check_key(node, key, self.said)
        return {key: node for key, node in entries.items() if node.value is not None}

    def _listed(
        self, section: str, key: str, known: Collection[str], required: Collection[str], *, others: bool = False
    ) -> dict[str, Fields]:
        """The entries of a section by their names; one without a name, or with that of another, by its place."""
        found: dict[str, Fields] = {}
        for node in self.file.items(section):
            fields = Fields(node, self.said, known, required, others=others)
            name = fields.text(key) or node.place
            if name in found:
                self.said.error("duplicate_name", node.at(key), value=name, first_line=str(found[name].node.line))
            elif name != node.place:
                check_key(node.at(key), name, self.said)
            found[node.place if name in found else name] = fields
        if not found and self.file.is_list(section):
            self.said.error("empty", self.root.at(section))
        return found
