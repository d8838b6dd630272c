"""In what two plans differ, and what follows from that, in sentences: before it is done, and after."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from bot.views.countdown import t_of
from bot.views.lines import Instant, Line, Part, line, listed
from bot.views.locale import Reader
from bot.views.people import name, role_title
from launch.consequences import Consequences, Gap, Moved
from launch.moments import Unreadable, Wall, duration, moment
from launch.plan import Change, Plan
from launch.plan import Part as PlanPart

MOST = 30
"""Differences that are shown one by one."""


def rows(changes: tuple[Change, ...], plan: Plan, reader: Reader, most: int = MOST) -> Iterator[Line]:
    """A line for each difference, in at most so many lines; `plan` knows the names."""
    shown = changes if len(changes) <= most else changes[: most - 1]
    yield from (bullet(difference(change, plan, reader)) for change in shown)
    if more := len(changes) - len(shown):
        yield line(reader.n("And {count} more change.", "And {count} more changes.", more), count=more)


def bullet(row: Line) -> Line:
    return line("• {row}", row=row)


def difference(change: Change, plan: Plan, reader: Reader) -> Line:
    """One difference, for anybody."""
    facts: dict[str, Part | Line] = {
        "what": what(change, plan, reader),
        "before": value(change, change.before, plan, reader),
        "after": value(change, change.after, plan, reader),
    }
    if change.before is None and change.after is None:
        return line(reader._("{what} is another one."), **facts)
    is_entry = not change.field
    if change.before is None:
        return line(reader._("New: {what}, {after}.") if is_entry else reader._("{what}: {after}, which is new."), **facts)
    if change.after is None:
        return line(reader._("No longer in the plan: {what}, {before}.") if is_entry else reader._("{what}: no longer {before}."), **facts)
    return line(reader._("{what}: {after} instead of {before}."), **facts)


# --- what differs ------------------------------------------------------------------------------------------------------


def what(change: Change, plan: Plan, reader: Reader) -> str:
    """The entry and, of one that stays, the part of it."""
    label = entry(change, plan, reader)
    field = fields(reader).get(change.field, f"“{change.field}”") if change.field else ""
    return reader._("{entry}, {field}").format(entry=label, field=field) if field and change.field != "at" else label


def entry(change: Change, plan: Plan, reader: Reader) -> str:
    if change.part == "t0":
        return "T-0"
    if change.part == "holders":
        shift, _, role = change.name.partition("/")
        return reader._("{role} in the shift {shift}").format(role=role_title(plan, role, reader), shift=shift)
    known = {"people": name(plan, change.name), "roles": role_title(plan, change.name, reader)}
    return parts(reader)[change.part].format(name=known.get(change.part) or fields(reader).get(change.name, change.name))


def parts(reader: Reader) -> Mapping[PlanPart, str]:
    """What each kind of entry is called."""
    _ = reader._
    return {
        "people": "{name}",
        "roles": _("role {name}"),
        "shifts": _("shift {name}"),
        "checkpoints": _("checkpoint {name}"),
        "steps": _("step {name}"),
        "holds": _("planned hold {name}"),
        "criteria": _("criterion {name}"),
        "limits": _("limit “{name}”"),
        "room": _("room, {name}"),
        "audiences": _("customers “{name}”"),
        "other": _("the plan’s {name}"),
    }


def fields(reader: Reader) -> Mapping[str, str]:
    """What the parts of an entry are called; those that only a writer of plans knows are named as the file names them."""
    _ = reader._
    return {
        "tiers": _("who is asked"),
        "answer": _("time to answer"),
        "question": _("the question"),
        "before": _("what waits for it"),
        "on": _("what to look at"),
        "series": _("how often"),
        "starts": _("its beginning"),
        "ends": _("its end"),
        "order": _("order"),
        "name": _("name"),
        "title": _("name"),
        "zone": _("time zone"),
        "language": _("language"),
        "owner": _("who does it"),
        "do": _("what is done"),
        "after": _("what comes before it"),
        "likely": _("likely duration"),
        "worst": _("longest duration"),
        "lasts": _("duration"),
        "opens": _("opening"),
        "invite": _("who is invited"),
        "observers": _("observers"),
        "mail": _("mail address"),
        "slack": _("Slack account"),
        "reach": _("ways to reach them"),
        "blocking": _("whether a no stops the launch"),
        "aliases": _("other names"),
        "patience": _("patience of a page"),
        "approvers": _("who approves"),
        "channel": _("channel"),
        "languages": _("languages"),
        "bridge": _("where people talk"),
        "links": _("links"),
        "cover": _("cover"),
        "kind": _("kind"),
    }


# --- what it is --------------------------------------------------------------------------------------------------------


def value(change: Change, text: str | None, plan: Plan, reader: Reader) -> Line:
    """What the plan says, as its reader says it: people by name, hours in their zone, durations in words."""
    if text is None:
        return line(reader._("nobody") if change.part == "holders" else reader._("nothing"))
    if change.part == "holders":
        return listed([name(plan, person) for person in text.split(", ")], reader)
    begin, between, end = text.partition(" – ")
    if between and isinstance(when(begin), Wall):
        return line(reader._("{begin} to {end}"), begin=timed(begin, reader), end=timed(end, reader))
    return timed(text, reader)


def timed(text: str, reader: Reader) -> Line:
    """A time or a duration, if it is one; else the text as it stands."""
    match when(text):
        case Wall(instant=at):
            return Line((Instant(at, with_day=True),))
        case offset if offset is not None and text.startswith("T"):
            return Line((t_of(offset, reader),))
        case length if length is not None:
            return Line((reader.duration(length),))
    return line("{text}", text=text)


def when(text: str) -> Wall | timedelta | None:
    """An hour, a distance from T-0, or a duration; None for what is none of them."""
    with suppress(Unreadable):
        return moment(text, None)
    with suppress(Unreadable):
        return duration(text)
    return None


# --- what follows ------------------------------------------------------------------------------------------------------


def consequences(found: Consequences, plan: Plan, reader: Reader) -> Iterator[Line]:
    """Gaps first; then what is asked at another time, or of others."""
    yield from (gap(each, plan, reader) for each in found.gaps)
    yield from (bullet(moved(each, plan, reader)) for each in found.moved[:MOST])


def gap(found: Gap, plan: Plan, reader: Reader) -> Line:
    sentence = reader._("🔴 {checkpoint}: nobody would be on shift for {role} then, {time}.")
    role, time = role_title(plan, found.role, reader), Instant(found.at, with_day=True)
    return line(sentence, checkpoint=found.checkpoint, role=role, time=time)


def moved(found: Moved, plan: Plan, reader: Reader) -> Line:
    facts: dict[str, Part | Line] = {
        "checkpoint": found.name,
        "before": expected(found.before, reader),
        "after": expected(found.after, reader),
        "people": listed([name(plan, person) for person in found.people_after], reader),
    }
    if not found.people_after:
        return line(reader._("{checkpoint} is asked no more."), **facts)
    if not found.people_before:
        return line(reader._("{checkpoint} is asked: {after}. First to answer: {people}."), **facts)
    if found.before == found.after:
        return line(reader._("{checkpoint} is asked of others. First to answer: {people}."), **facts)
    if found.people_before == found.people_after:
        return line(reader._("{checkpoint} is asked: {after} instead of {before}."), **facts)
    return line(reader._("{checkpoint} is asked: {after} instead of {before}. First to answer: {people}."), **facts)


def expected(at: datetime | None, reader: Reader) -> Line:
    return Line((Instant(at, with_day=True),)) if at else line(reader._("once T runs again"))
