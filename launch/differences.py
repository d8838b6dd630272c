"""In what two plans differ, thing by thing: a change on the day is read before it is made."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, TypeVar

from launch.moments import length_text, moment_text, planned, wall_text
from launch.plan import (
    Audience,
    Change,
    Checkpoint,
    Criterion,
    Evidence,
    Moment,
    Part,
    Person,
    Plan,
    PlannedHold,
    Role,
    Series,
    Shift,
    Step,
    Title,
)
from launch.roster import rostered

T = TypeVar("T")
_Pair = tuple[T, T]
"""Of the plan before, of the plan after."""

# The fields of a plan that are parts; all the rest is "other", and so is a field that is added later.
_APART = ("t0", "shifts", "checkpoints", "cutover", "holds", "roles", "people", "criteria", "limits", "room", "audiences")
_FIELDS = {"steps": "cutover"}


def differences(before: Plan, after: Plan) -> tuple[Change, ...]:
    """What differs, what matters most first; () for two plans that are the same, and for no others."""
    plans = (before, after)
    found = (
        _values("t0", plans, plans, ["t0"], after.named()),
        _shifts(plans),
        _holders(plans),
        *(_entries(part, plans) for part in ("checkpoints", "steps", "holds", "roles", "people", "criteria")),
        _values("limits", plans, (before.limits, after.limits), _names(after.limits)),
        _values("room", plans, (before.room, after.room), _names(after.room)),
        _entries("audiences", plans),
        _values("other", plans, plans, [name for name in _names(after) if name not in _APART]),
    )
    return tuple(chain.from_iterable(found))


# --- part by part ------------------------------------------------------------------------------------------------------


def _names(value: Any) -> list[str]:
    """The fields of a dataclass."""
    return [each.name for each in fields(value)]


def _values(part: Part, plans: _Pair[Plan], groups: _Pair[Any], names: Iterable[str], persons: Iterable[str] = ()) -> Iterator[Change]:
    """Fields of a group, each an entry of its own."""
    touched = tuple(persons)
    for name in names:
        was, now = (getattr(group, name) for group in groups)
        if was != now:
            yield Change(part, name, "", _text(was, plans[0].zone), _text(now, plans[1].zone), touched)


def _entries(part: Part, plans: _Pair[Plan]) -> Iterator[Change]:
    """Entries that have a key or a name."""
    olds, news = (getattr(plan, _FIELDS.get(part, part)) for plan in plans)
    for key in dict.fromkeys((*olds, *news)):
        pair, touched = (olds.get(key), news.get(key)), _TOUCHED.get(part, _nobody)
        persons = chain.from_iterable(touched(plan, entry) for plan, entry in zip(plans, pair, strict=True) if entry)
        yield from _entry(part, key, pair, (plans[0].zone, plans[1].zone), persons)


def _entry(part: Part, name: str, pair: _Pair[Any], zones: _Pair[str], persons: Iterable[str]) -> Iterator[Change]:
    """An entry that came, went, or has other fields."""
    (was, now), touched = pair, tuple(dict.fromkeys(persons))
    if was is None or now is None:
        yield Change(part, name, "", _text(was, zones[0]), _text(now, zones[1]), touched)
        return
    for field in _names(now):
        old, new = getattr(was, field), getattr(now, field)
        if old != new and field != "holders":
            yield Change(part, name, field, _text(old, zones[0]), _text(new, zones[1]), touched)


def _shifts(plans: _Pair[Plan]) -> Iterator[Change]:
    """When shifts are, and which there are; their order, though nothing hangs on it."""
    olds, news = ({shift.name: shift for shift in plan.shifts} for plan in plans)
    for name in dict.fromkeys((*olds, *news)):
        was, now = olds.get(name), news.get(name)
        zones = (was.zone if was else "UTC", now.zone if now else "UTC")
        yield from _entry("shifts", name, (was, now), zones, (*_crew(was), *_crew(now)))
    if olds.keys() == news.keys() and list(olds) != list(news):
        yield Change("shifts", "", "order", ", ".join(olds), ", ".join(news))


def _crew(shift: Shift | None) -> Iterator[str]:
    return (person for people in shift.holders.values() for person in people) if shift else iter(())


def _holders(plans: _Pair[Plan]) -> Iterator[Change]:
    """Who holds which role in a shift; touched is whoever comes, goes, or has another place."""
    olds, news = ({(shift.name, role): held for shift in plan.shifts for role, held in shift.holders.items()} for plan in plans)
    for shift, role in dict.fromkeys((*olds, *news)):
        was, now = olds.get((shift, role)), news.get((shift, role))
        if was != now:
            places, stay = [*enumerate(now or ()), *enumerate(was or ())], {*enumerate(was or ())} & {*enumerate(now or ())}
            touched = dict.fromkeys(person for place, person in places if (place, person) not in stay)
            yield Change("holders", f"{shift}/{role}", "", _text(was, "UTC"), _text(now, "UTC"), tuple(touched))


# --- who is touched ----------------------------------------------------------------------------------------------------


def _nobody(plan: Plan, entry: Any) -> Iterator[str]:
    return iter(())


def _answering(plan: Plan, checkpoint: Checkpoint) -> Iterator[str]:
    """Who is the first to answer it by the plan."""
    return _first(plan, checkpoint.ask, checkpoint.at)


def _working(plan: Plan, step: Step) -> Iterator[str]:
    """Who does a step by the plan."""
    return _first(plan, (step.owner, *step.beside, *filter(None, [step.backup])), step.at)


def _first(plan: Plan, roles: Iterable[str], when: Moment) -> Iterator[str]:
    at = planned(when, plan.t0, plan.holds.values())
    return (person for role in roles for person in rostered(plan, role, at)[1][:1])


def _holding(plan: Plan, role: Role) -> Iterator[str]:
    return (person for shift in plan.shifts for person in shift.holders.get(role.key, ()))


_TOUCHED: dict[Part, Callable[[Plan, Any], Iterator[str]]] = {
    "checkpoints": _answering,
    "steps": _working,
    "roles": _holding,
    "people": lambda plan, person: iter((person.key,)),
}

# --- as the plan would write it ----------------------------------------------------------------------------------------


def _text(value: Any, zone: str) -> str | None:
    """A value; an entry by what it is called or when it is. Of what has no form of its own, all its fields; None for nothing."""
    if value is None or value == ():
        return None
    write = _FORMS.get(type(value))
    return write(value, zone) if write else " ".join(filter(None, (_text(getattr(value, name), zone) for name in _names(value))))


def _title(title: Title) -> str:
    common = title.words.get("")
    return common if common is not None else f"{{{', '.join(f'{language}: {words}' for language, words in title.words.items())}}}"


def _list(items: tuple[Any, ...], zone: str) -> str:
    """What stands in tiers is told apart by semicolons."""
    return ("; " if isinstance(items[0], tuple) else ", ").join(_text(item, zone) or "" for item in items)


_FORMS: dict[type, Callable[[Any, str], str | None]] = {
    str: lambda text, _: text,
    bool: lambda is_so, _: "true" if is_so else "false",
    datetime: wall_text,
    timedelta: lambda length, _: length_text(length),
    Moment: moment_text,
    Title: lambda title, _: _title(title),
    tuple: _list,
    Evidence: lambda evidence, _: evidence.criterion or _title(evidence.title),
    Series: lambda series, zone: f"every {length_text(series.every)} to {moment_text(series.last, zone)}",
    Person: lambda person, _: person.name,
    Role: lambda role, _: _title(role.title),
    Criterion: lambda criterion, _: _title(criterion.title),
    Audience: lambda audience, _: _title(audience.title),
    Shift: lambda shift, _: f"{wall_text(shift.starts, shift.zone)} – {wall_text(shift.ends, shift.zone)}",
    Checkpoint: lambda checkpoint, zone: moment_text(checkpoint.at, zone),
    Step: lambda step, zone: moment_text(step.at, zone),
    PlannedHold: lambda hold, zone: moment_text(hold.at, zone),
}
