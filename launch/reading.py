"""A plan file → a Plan, or all of its mistakes at once. Section by section here; what only the whole shows is in `launch.checking`."""

import re
from dataclasses import dataclass
from typing import Literal

from launch.agenda import Agenda
from launch.checking import check
from launch.crew import Crew
from launch.document import Node, tree
from launch.draft import Draft
from launch.fields import Fields, check_mail
from launch.findings import Finding, Findings
from launch.moments import is_known
from launch.plan import LANGUAGES, Audience, Bridge, Cover, Language, Limits, Link, Plan, Room
from launch.sections import Sections

# The channel is named after the key, and people type it in commands: it stays short.
_LAUNCH_KEY = re.compile(r"[a-z][a-z0-9-]{0,19}[a-z0-9]")

_SECTIONS = ("launch", "people", "observers", "roles", "shifts", "criteria", "checkpoints", "cutover", "updates")
_LAUNCH = ("key", "name", "kind", "language", "zone", "t0", "room", "bridge", "links", "limits", "cover", "holds")
_ROOM = ("visibility", "opens", "invite", "observers_channel")
_BRIDGE = ("video", "dial_in", "place")
_LINK = ("title", "url")
_LIMITS = ("hold", "grace", "page", "approval", "decision", "condition", "duty", "problem")
_PROBLEM = ("total", "partial")
_COVER = ("from", "to")
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
        self.crew = Crew(self, self.home, self.language)
        self.agenda = Agenda(self, self.launch, self.home, self.crew.people, self.crew.roles)

    def draft(self) -> Draft:
        """The plan, as far as it could be read, and where its parts are written."""
        plan = self._plan()
        blurred = {shift.name for shift in plan.shifts if self.crew.is_blurred(shift)}
        return Draft(plan, self.root, {**self.crew.entries, **self.agenda.entries}, blurred, self.agenda.unwritten)

    def _plan(self) -> Plan:
        t0, holds = self.launch.hour("t0", self.home), self.agenda.holds()
        return Plan(
            key=self.launch.matching("key", _LAUNCH_KEY, "bad_launch_key") or "",
            name=self.launch.title("name", 80),
            language=self.language,
            zone=self.home.key if self.home else "UTC",
            t0=t0,
            room=self._room(),
            people=self.crew.people,
            roles=self.crew.roles,
            shifts=self.crew.shifts(),
            checkpoints=self.agenda.checkpoints(),
            cutover=self.agenda.cutover(t0, holds.values()),
            limits=self._limits(),
            kind=self.launch.choice("kind", _KINDS, "external"),
            observers=tuple(mail for node, mail in self.file.texts("observers") if check_mail(node, mail, self.said)),
            bridge=self._bridge(),
            links=self._links(),
            audiences=self._audiences(),
            criteria=self.agenda.criteria,
            holds=holds,
            cover=self._cover(),
        )

    def _room(self) -> Room:
        fields = self.group(self.launch, "room", _ROOM, ("opens",))
        invited = fields.texts("invite") if fields.is_list("invite") else fields.single("invite")
        invited = [(node, word.replace("_", " ") if word.replace("_", " ") in _INVITED else word) for node, word in invited]
        return Room(
            opens=fields.moment("opens", self.home),
            visibility=fields.choice("visibility", _VISIBLE, "private"),
            invite=self.names("not_invitable", invited, (*_INVITED, *self.crew.roles)) or _INVITED[:1],
            observers=fields.channel("observers_channel"),
        )

    def _cover(self) -> Cover | None:
        if not self.launch.child("cover"):
            return None
        fields = self.group(self.launch, "cover", _COVER, _COVER)
        cover = Cover(fields.hour("from", self.home), fields.hour("to", self.home))
        if is_known(cover.starts) and cover.ends <= cover.starts:
            self.said.error("cover_ends_early", fields.node.at("to"))
        return cover

    def _limits(self) -> Limits:
        fields, usual = self.group(self.launch, "limits", _LIMITS), Limits()
        problem = self.group(fields, "problem", _PROBLEM)
        return Limits(
            hold=fields.duration("hold", usual.hold),
            grace=fields.duration("grace", usual.grace, may_be_zero=True),
            page=fields.duration("page", usual.page),
            approval=fields.duration("approval", usual.approval),
            decision=fields.duration("decision", usual.decision),
            condition=fields.duration("condition", usual.condition),
            duty=fields.duration("duty", usual.duty),
            total=problem.duration("total", usual.total),
            partial=problem.duration("partial", usual.partial),
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
            approvers=self.names("unknown_role", fields.texts("approvers"), self.crew.roles),
            channel=fields.channel("channel") or "",
            languages=self._languages(fields) or (self.language,),
        )

    def _languages(self, fields: Fields) -> tuple[Language, ...]:
        named = self.names("unknown_language", fields.texts("languages"), LANGUAGES)
        return tuple(language for name in named for language in LANGUAGES if language == name)
