"""A plan file → a Plan, or all of its mistakes at once. Section by section here; what only the whole shows is in `launch.checking`."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from launch.checking import Draft, check
from launch.document import Node, tree
from launch.fields import UNKNOWN, Fields, check_mail, is_known, text_of
from launch.findings import Finding, Findings
from launch.plan import LANGUAGES, Audience, Bridge, Checkpoint, Language, Limits, Link, Person, Plan, Role, Room, Shift, Step
from launch.sections import Sections

# The channel is named after the key, and people type it in commands: it stays short.
_LAUNCH_KEY = re.compile(r"[a-z][a-z0-9-]{0,19}[a-z0-9]")

_SECTIONS = ("launch", "people", "observers", "roles", "shifts", "checkpoints", "cutover", "updates")
_LAUNCH = ("key", "name", "kind", "language", "zone", "t0", "room", "bridge", "links", "limits")
_ROOM = ("visibility", "opens", "invite")
_BRIDGE = ("video", "dial_in", "place")
_LINK = ("title", "url")
_LIMITS = ("hold", "grace", "page", "approval")
_PERSON = ("name", "mail", "slack", "zone", "lang", "guest")
_ROLE = ("title", "blocking", "decides", "standby", "patience", "aliases", "absent")
_SHIFT = ("name", "zone", "from", "to")
_CHECKPOINT = ("name", "at", "answer", "ask", "before", "on")
_STEP = ("id", "do", "owner", "at")
_AUDIENCE = ("title", "approvers", "channel", "languages")
_KINDS: tuple[Literal["external", "internal"], ...] = ("external", "internal")
_VISIBLE: tuple[Literal["private", "public"], ...] = ("private", "public")
_INVITED = ("all on duty", "on shift")

# What a card, and a list to choose from, have room for.
_MOST_LINKS, _MOST_AUDIENCES = 8, 20


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


class _Reading(Sections):
    """Reads section by section. What cannot be read has a stand-in, and nothing else is blamed for it."""

    def __init__(self, root: Node, said: Findings) -> None:
        super().__init__(root, said, _SECTIONS, ("launch", "people", "roles", "shifts", "checkpoints"))
        self.launch = self.group(self.file, "launch", _LAUNCH, ("key", "name", "language", "zone", "t0", "room"))
        self.home = self.launch.zone("zone")
        self.language = self.launch.choice("language", LANGUAGES, "en", "unknown_language")
        self.shifts = self.listed("shifts", "name", _SHIFT, ("name", "from", "to"), others=True)
        self.steps = self.listed("cutover", "id", _STEP, _STEP)
        self.checkpoints = self.listed("checkpoints", "name", _CHECKPOINT, ("name", "at", "answer", "ask"))
        self.people = {key: self._person(key, node) for key, node in self.keyed(self.file, "people").items()}
        self.roles = {key: self._role(key, node) for key, node in self.keyed(self.file, "roles").items()}

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
            bridge=self._bridge(),
            links=self._links(),
            audiences=self._audiences(),
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
            absent=self.names("unknown_shift", fields.texts("absent"), self.shifts),
            patience=fields.duration("patience", timedelta()) or None,
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
        roles = [role for role, node in fields.others.items() if self.is_one_of("unknown_role", node, role, self.roles, meant)]
        return Shift(name, zone.key if zone else "UTC", starts, ends, {role: self._holders(fields, role) for role in roles})

    def _holders(self, fields: Fields, role: str) -> tuple[str, ...]:
        """The people of a role in a shift, primary first."""
        if fields.node.at(role).value == []:
            self.said.error("nobody_named", fields.node.at(role), role=role)
        return self.names("unknown_person", fields.texts(role), self.people)

    def _step(self, name: str, fields: Fields) -> Step:
        owner = self.names("unknown_role", fields.single("owner"), self.roles)
        return Step(name, fields.title("do", 200), "".join(owner), fields.moment("at", self.home))

    def _checkpoint(self, name: str, fields: Fields) -> Checkpoint:
        before = self.names("unknown_step", fields.single("before"), self.steps)
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
        return self.names("unknown_role", [(node, role) for node in nodes if (role := text_of(node, self.said))], self.roles)

    def _room(self) -> Room:
        fields = self.group(self.launch, "room", _ROOM, ("opens",))
        invited = fields.texts("invite") if fields.is_list("invite") else fields.single("invite")
        return Room(
            opens=fields.moment("opens", self.home),
            visibility=fields.choice("visibility", _VISIBLE, "private"),
            invite=self.names("not_invitable", invited, (*_INVITED, *self.roles)) or _INVITED[:1],
        )

    def _limits(self) -> Limits:
        fields, usual = self.group(self.launch, "limits", _LIMITS), Limits()
        return Limits(
            hold=fields.duration("hold", usual.hold),
            grace=fields.duration("grace", usual.grace, may_be_zero=True),
            page=fields.duration("page", usual.page),
            approval=fields.duration("approval", usual.approval),
        )

    def _bridge(self) -> Bridge | None:
        fields = self.group(self.launch, "bridge", _BRIDGE)
        bridge = Bridge(fields.address("video"), fields.plain("dial_in", 80), fields.plain("place", 80))
        return bridge if bridge != Bridge() else None

    def _links(self) -> tuple[Link, ...]:
        nodes = self.launch.items("links")
        if len(nodes) > _MOST_LINKS:
            self.said.error("too_many", self.launch.node.at("links"), count=str(len(nodes)), limit=str(_MOST_LINKS))
        written = [Fields(node, self.said, _LINK, _LINK) for node in nodes[:_MOST_LINKS]]
        return tuple(Link(fields.title("title", 40), fields.address("url") or "") for fields in written)

    def _audiences(self) -> dict[str, Audience]:
        updates = self.group(self.file, "updates", ("audiences",), ("audiences",))
        nodes = self.keyed(updates, "audiences")
        if len(nodes) > _MOST_AUDIENCES:
            self.said.error("too_many", updates.node.at("audiences"), count=str(len(nodes)), limit=str(_MOST_AUDIENCES))
        return {key: self._audience(key, nodes[key]) for key in list(nodes)[:_MOST_AUDIENCES]}

    def _audience(self, key: str, node: Node) -> Audience:
        fields = Fields(node, self.said, _AUDIENCE, ("title", "approvers", "channel"))
        if fields.is_list("approvers") and not fields.items("approvers"):
            self.said.error("no_approver", fields.node.at("approvers"))
        return Audience(
            key=key,
            title=fields.title("title", 40),
            approvers=self.names("unknown_role", fields.texts("approvers"), self.roles),
            channel=fields.channel("channel") or "",
            languages=self._languages(fields) or (self.language,),
        )

    def _languages(self, fields: Fields) -> tuple[Language, ...]:
        named = self.names("unknown_language", fields.texts("languages"), LANGUAGES)
        return tuple(language for name in named for language in LANGUAGES if language == name)
