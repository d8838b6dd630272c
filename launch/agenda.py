"""What the day asks and does, as the file has it: criteria, checkpoints, the steps of the cutover, planned holds."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from launch import chains
from launch.document import Node
from launch.fields import Fields, text_of, title_of
from launch.moments import UNKNOWN, Unreadable, duration, planned
from launch.plan import Checkpoint, Criterion, Evidence, Moment, PlannedHold, Series, Step, Title
from launch.sections import Sections

_CHECKPOINT = ("name", "at", "every", "from", "to", "answer", "ask", "before", "on")
_SERIES = ("every", "from", "to")
_STEP = ("id", "do", "owner", "at", "after", "likely", "worst", "irreversible", "check", "with", "backup")
_HOLD = ("name", "at", "lasts", "why")
_CRITERION = ("title", "unit", "source", "every", "go", "hold", "rollback", "baseline")

POINT_OF_NO_RETURN = "point_of_no_return"

_LIMIT = re.compile(r"(<=|>=|<>|<|>|=) *-?\d{1,15}(\.\d{1,9})?(?P<words>[ %].*)?")
_SOURCE = re.compile(r"(prometheus|http|csv):.*\S")
_ASKED_OF = "asked of "
_SECRET_IN = re.compile(r"secret:(?![A-Z][A-Z0-9_]{0,59}(?![A-Za-z0-9_]))")


class Agenda:
    """The four sections, read with the names of people and roles at hand."""

    def __init__(self, sections: Sections, launch: Fields, home: ZoneInfo | None, people: Collection[str], roles: Collection[str]) -> None:
        self._in, self._said, self._home, self._people, self._roles = sections, sections.said, home, people, roles
        self._steps = sections.listed(sections.file, "cutover", "id", _STEP, ("id", "do", "owner"))
        self._checkpoints = sections.listed(sections.file, "checkpoints", "name", _CHECKPOINT, ("name", "answer", "ask"))
        self._holds = sections.listed(launch, "holds", "name", _HOLD, _HOLD)
        self.criteria = {key: self._criterion(key, node) for key, node in sections.keyed(sections.file, "criteria").items()}

    @property
    def entries(self) -> Mapping[tuple[str, str], Node]:
        """Where each entry is written, by section and name."""
        listed = (("cutover", self._steps), ("checkpoints", self._checkpoints), ("holds", self._holds))
        return {(section, name): fields.node for section, group in listed for name, fields in group.items()}

    @property
    def unwritten(self) -> Collection[str]:
        """The steps whose hour follows from those they come after."""
        return {name for name, fields in self._steps.items() if not fields.has("at")}

    # --- steps and holds -------------------------------------------------------------------------------------------------

    def holds(self) -> dict[str, PlannedHold]:
        return {name: self._hold(name, fields) for name, fields in self._holds.items()}

    def _hold(self, name: str, fields: Fields) -> PlannedHold:
        at = fields.moment("at", self._home)
        if at.at not in {None, UNKNOWN}:
            self._said.error("not_from_t0", fields.node.at("at"), value=fields.text("at") or "")
        return PlannedHold(name, at, fields.duration("lasts", timedelta()), fields.title("why", 200))

    def cutover(self, t0: datetime, holds: Collection[PlannedHold]) -> dict[str, Step]:
        """The steps, each with the hour at which it begins by plan."""
        steps = {name: self._step(name, fields) for name, fields in self._steps.items()}
        for circle in chains.circles(steps):
            self._said.error("steps_in_a_circle", self._steps[circle[0]].node.at("after"), steps=" → ".join((*circle[::-1], circle[-1])))
        return chains.reckoned(steps, self.unwritten, lambda moment: planned(moment, t0, holds))

    def _step(self, name: str, fields: Fields) -> Step:
        if not (fields.has("at") or fields.has("after")):
            self._said.error("step_without_time", fields.node)
        owns = fields.single("owner")
        hands = self._in.names("unknown_role", [*owns, *fields.texts("with")], self._roles)
        owner = next((role for _, role in owns if role in hands), "")
        step = Step(
            id=name,
            do=fields.title("do", 200),
            owner=owner,
            at=fields.moment("at", self._home),
            after=self._in.names("unknown_step", fields.texts("after"), self._steps),
            irreversible=fields.flag("irreversible"),
            check=self._check(fields),
            beside=tuple(role for role in hands if role != owner),
            backup="".join(self._in.names("unknown_person", fields.single("backup"), self._people)) or None,
        )
        return self._lasting(step, fields)

    def _lasting(self, step: Step, fields: Fields) -> Step:
        """The step with how long it takes: one of the two that is not written is the other."""
        worst = fields.duration("worst", timedelta(), may_be_zero=True)
        likely = fields.duration("likely", worst, may_be_zero=True)
        if fields.has("worst") and worst < likely:
            self._said.warning("worst_is_better", fields.node.at("worst"), step=step.id)
        return replace(step, likely=likely, worst=max(likely, worst))

    def _check(self, fields: Fields) -> str | None:
        text = fields.text("check")
        if text:
            self._hint(fields.node.at("check"), text)
        return text

    # --- checkpoints -----------------------------------------------------------------------------------------------------

    def checkpoints(self) -> dict[str, Checkpoint]:
        return {name: self._checkpoint(name, fields) for name, fields in self._checkpoints.items()}

    def _checkpoint(self, name: str, fields: Fields) -> Checkpoint:
        at, series = self._when(fields)
        return Checkpoint(
            name=name,
            at=at,
            tiers=self._tiers(fields),
            answer=fields.duration("answer", timedelta()),
            before=self._guarded(fields),
            on=tuple(self._evidence(node) for node in fields.items("on")),
            series=series,
        )

    def _when(self, fields: Fields) -> tuple[Moment, Series | None]:
        """When it is asked, and until when it comes again."""
        written = [name for name in _SERIES if fields.has(name)]
        if not written:
            if not fields.has("at"):
                self._said.error("missing_field", fields.node, field="at")
            return fields.moment("at", self._home), None
        if fields.has("at"):
            self._said.error("at_and_every", fields.node.at("at"))
        for name in _SERIES:
            if name not in written:
                self._said.error("missing_field", fields.node, field=name)
        first, every = fields.moment("from", self._home), fields.duration("every", timedelta())
        return first, Series(every, fields.moment("to", self._home)) if every else None

    def _tiers(self, fields: Fields) -> tuple[tuple[str, ...], ...]:
        """The roles that are asked, tier by tier; a flat list is one tier."""
        items = fields.items("ask")
        lists = [item.value for item in items if isinstance(item.value, list)]
        if fields.is_list("ask") and (not items or len(lists) not in {0, len(items)} or not all(lists)):
            self._said.error("not_tiers", fields.node.at("ask"))
        tiers = [item.value if isinstance(item.value, list) else [item] for item in items] if lists else [items]
        written = [[(node, role) for node in tier if (role := text_of(node, self._said))] for tier in tiers]
        known = self._in.names("unknown_role", [pair for tier in written for pair in tier], self._roles)
        firsts = {role: number for number, tier in reversed([*enumerate(written)]) for _, role in tier}
        named = (tuple(role for role in known if firsts[role] == number) for number in range(len(written)))
        return tuple(tier for tier in named if tier)

    def _guarded(self, fields: Fields) -> str | None:
        """The step that does not begin undecided, or the point of no return, wherever the steps have it."""
        written = fields.single("before")
        if any(text == POINT_OF_NO_RETURN for _, text in written):
            return POINT_OF_NO_RETURN
        return "".join(self._in.names("unknown_step", written, self._steps)) or None

    def _evidence(self, node: Node) -> Evidence:
        """A criterion by its key, or words."""
        if not isinstance(node.value, str):
            return Evidence(title_of(node, self._said, 200))
        text = text_of(node, self._said) or ""
        criterion = self.criteria.get(text)
        if criterion:
            return Evidence(criterion.title, criterion.key)
        self._hint(node, text)
        return Evidence(Title({"": text}))

    def _hint(self, node: Node, text: str) -> None:
        """Words that are nearly the key of a criterion may have been meant to be it."""
        nearest = self._said.nearest(text, self.criteria) if text not in self.criteria and " " not in text else ""
        if nearest:
            self._said.warning("not_a_criterion", node, value=text, nearest=nearest)

    # --- criteria ----------------------------------------------------------------------------------------------------------

    def _criterion(self, key: str, node: Node) -> Criterion:
        fields = Fields(node, self._said, _CRITERION, ("go",))
        return Criterion(
            key=key,
            title=fields.title("title", 80) if fields.has("title") else Title({"": key.replace("_", " ")}),
            unit=fields.title("unit", 40) if fields.has("unit") else None,
            source=self._source(fields),
            every=fields.duration("every", timedelta()) or None,
            go=self._limit(fields, "go"),
            hold=self._limit(fields, "hold"),
            rollback=self._limit(fields, "rollback"),
            baseline=fields.text("baseline", 40),
        )

    def _source(self, fields: Fields) -> str | None:
        """Where the number is read, or who is asked for it."""
        text, node = fields.text("source"), fields.node.at("source")
        if text is None:
            return None
        if text.startswith(_ASKED_OF):
            role = text.removeprefix(_ASKED_OF)
            return text if self._in.is_one_of("unknown_role", node, role, self._roles) else None
        if not _SOURCE.fullmatch(text):
            self._said.error("bad_source", node, value=text)
        elif _SECRET_IN.search(text):
            self._said.error("not_a_secret", node)
        return text

    def _limit(self, fields: Fields, name: str) -> str | None:
        """What a number has to be: "> 3 for 5m"."""
        text = fields.text(name)
        if text is not None and not _is_limit(text):
            self._said.error("bad_limit", fields.node.at(name), value=text)
        return text


def _is_limit(text: str) -> bool:
    """Whether a text is an operator, a number, then perhaps words, then perhaps "for" and how long."""
    form = _LIMIT.fullmatch(text)
    _, lasts, length = ((form["words"] or "") if form else "").rpartition(" for ")
    if not form or not lasts:
        return form is not None
    try:
        return bool(duration(length))
    except Unreadable:
        return False
