"""Who is there when the plan wants somebody: on duty when asked, within reach at night, not just arrived, not too long awake."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from launch.document import Node
from launch.draft import Draft
from launch.findings import Code, Findings
from launch.moments import Wall, is_known, length_text
from launch.plan import Checkpoint, Person, Role, Shift
from launch.spans import Span, Times, joined, shared, without

_NIGHT_BEGINS, _NIGHT_ENDS = timedelta(hours=22), timedelta(hours=7)
_SOME_NIGHT = timedelta(hours=1)
_NEAR = timedelta(minutes=30)
_DAY, _INSTANT = timedelta(days=1), timedelta.resolution
_END = datetime.max.replace(tzinfo=UTC)

_Questions = Mapping[str, list[tuple[Checkpoint, Times]]]


def check(draft: Draft, said: Findings) -> None:
    """Tell what is wrong or doubtful of the people on duty."""
    times = {name: found for name, checkpoint in draft.plan.checkpoints.items() if (found := draft.times(checkpoint))}
    questions = _by_role(draft, times)
    for role in draft.plan.roles.values():
        _asked(draft, role, questions, said)
    _holes(draft, questions, said)
    _edges(draft, times, said)
    _within_reach(draft, said)
    _one_night(draft, said)
    _long_duty(draft, said)


# --- somebody is there ---------------------------------------------------------------------------------------------------


def _by_role(draft: Draft, times: Mapping[str, Times]) -> _Questions:
    """The checkpoints that want something of a role, an answer or the decision, and when."""
    found: dict[str, list[tuple[Checkpoint, Times]]] = defaultdict(list)
    deciding = [role.key for role in draft.plan.roles.values() if role.decides]
    for name, each in times.items():
        checkpoint = draft.plan.checkpoints[name]
        for role in dict.fromkeys((*checkpoint.ask, *deciding)):
            found[role].append((checkpoint, each))
    return found


def _asked(draft: Draft, role: Role, questions: _Questions, said: Findings) -> None:
    """Somebody is there to answer for a role, or to decide, at each checkpoint; a planned absence is told once."""
    held, absent = _held(draft, role.key), _absent(draft, role)
    gaps = list(without((held[0][0], _END), held)) if held else []
    planned: list[str] = []
    for checkpoint, times in questions.get(role.key, ()):
        met = [gap for gap in gaps if times.within(gap)]
        bare = [part for gap in met for part in without(gap, absent if role.key in checkpoint.ask else ())]
        missed = [found for part in bare if (found := times.within(part))]
        if missed:
            _say_missed(draft, role, checkpoint, missed, said)
        elif met:
            planned.append(checkpoint.name)
    if planned:
        said.warning("planned_gap", draft.asks(draft.plan.checkpoints[planned[0]], role.key), role=role.key, checkpoints=", ".join(planned))


def _say_missed(draft: Draft, role: Role, checkpoint: Checkpoint, missed: list[Times], said: Findings) -> None:
    code: Code = "no_commander_on_shift" if role.decides else "nobody_on_shift"
    facts = {"role": role.key, "checkpoint": checkpoint.name, "at": draft.wall(missed[0].first)}
    said.error(code, draft.asks(checkpoint, role.key), **facts, **_more(sum(times.number for times in missed)))


def _more(number: int) -> dict[str, str]:
    """Of several occurrences the first is told and the rest counted."""
    return {"more": str(number - 1)} if number > 1 else {}


def _held(draft: Draft, role: str) -> list[Span]:
    """When a role is held, as far as that is sure."""
    return joined((shift.starts, shift.ends) for shift in draft.sure_shifts(role))


def _absent(draft: Draft, role: Role) -> list[Span]:
    """When the plan says that nobody holds a role."""
    return joined((shift.starts, shift.ends) for shift in draft.plan.shifts if shift.name in role.absent)


def _holes(draft: Draft, questions: _Questions, said: Findings) -> None:
    """From the first thing that the plan wants of a blocking role to the last, somebody holds it; one hole is told once for all roles."""
    holes: dict[Span, list[str]] = defaultdict(list)
    for role in draft.plan.roles.values():
        held = _held(draft, role.key) if role.blocking and not role.standby else []
        asked = questions.get(role.key, [])
        wanted = _wanted(draft, role.key, asked)
        if not held or not wanted:
            continue
        span = (max(wanted[0], held[0][0]), wanted[1])
        for hole in without(span, joined([*held, *_absent(draft, role)])):
            if not any(times.within(hole) for _, times in asked):  # else that is told, and as a mistake
                holes[hole].append(role.key)
    for (starts, ends), roles in holes.items():
        spot = _around(draft, starts)
        said.warning("hole_in_cover", spot, roles=", ".join(roles), starts=draft.wall(starts), ends=draft.wall(ends))


def _wanted(draft: Draft, role: str, asked: Iterable[tuple[Checkpoint, Times]]) -> Span | None:
    """From the first thing that the plan wants of a role to the last, and all that `cover` names."""
    cover = draft.plan.cover
    spans = [(cover.starts, cover.ends)] if cover else []
    spans += [(times.first, times.last + _INSTANT) for _, times in asked]
    for step in draft.plan.cutover.values():
        if role in (step.owner, *step.beside):
            spans.append((draft.instant(step.at), draft.instant(step.at) + step.likely))
    known = [span for span in spans if is_known(span[0]) and is_known(span[1])]
    return (min(starts for starts, _ in known), max(ends for _, ends in known)) if known else None


def _around(draft: Draft, at: datetime) -> Node:
    """The shift in which a hole begins; where none is on, the end of the last one."""
    on = next((shift for shift in draft.plan.shifts if shift.starts <= at < shift.ends), None)
    if on:
        return draft.spot("shifts", on.name)
    before = [shift for shift in draft.plan.shifts if shift.ends <= at]
    last = max(before, key=lambda shift: shift.ends, default=None)
    return draft.spot("shifts", last.name, "to") if last else draft.root.at("shifts")


# --- and has arrived -----------------------------------------------------------------------------------------------------


def _edges(draft: Draft, times: Mapping[str, Times], said: Findings) -> None:
    """No role changes hands just when it is asked, or does what cannot be undone."""
    edges = {role: list(_handovers(draft, role)) for role in draft.plan.roles}
    for name, each in times.items():
        checkpoint = draft.plan.checkpoints[name]
        near = _near(each, draft.answering(checkpoint), {role: edges[role] for role in checkpoint.ask if role in edges})
        if near:
            edge, (found, roles) = min(near.items())
            facts = {"checkpoint": name, "roles": ", ".join(roles), "at": draft.wall(found.first), "edge": draft.wall(edge)}
            more = _more(sum(times.number for times, _ in near.values()))
            said.warning("asked_near_edge", draft.spot("checkpoints", name, "every" if checkpoint.series else "at"), **facts, **more)
    for step in draft.plan.cutover.values():
        begins = draft.instant(step.at)
        near = _near(Times(begins), step.likely, {step.owner: edges.get(step.owner, [])}) if step.irreversible and is_known(begins) else {}
        for edge in near:
            facts = {"step": step.id, "role": step.owner, "at": draft.wall(begins), "edge": draft.wall(edge)}
            said.warning("step_near_edge", draft.spot("cutover", step.id, "at"), **facts)


def _handovers(draft: Draft, role: str) -> Iterator[datetime]:
    """When a role passes from one person to another."""
    for before, after in pairwise(draft.sure_shifts(role)):
        if before.ends == after.starts and before.holders[role][0] != after.holders[role][0]:
            yield after.starts


def _near(times: Times, lasts: timedelta, edges: Mapping[str, list[datetime]]) -> dict[datetime, tuple[Times, list[str]]]:
    """By edge: which of the `times`, each with what follows for so long, are near it, and the roles that change hands there."""
    near: dict[datetime, tuple[Times, list[str]]] = {}
    for role, each in edges.items():
        for edge in each:
            found = times.within((edge - _NEAR - lasts, edge + _NEAR + _INSTANT))
            if found:
                near.setdefault(edge, (found, []))[1].append(role)
    return near


# --- and awake -----------------------------------------------------------------------------------------------------------


def _nightly(draft: Draft) -> Iterator[tuple[Shift, Role, list[Person]]]:
    """Each shift of each blocking role that is not left in peace there, with its people, primary first."""
    for role in draft.plan.roles.values():
        for shift in draft.shifts_of(role.key) if role.blocking else ():
            people = [draft.plan.people[key] for key in shift.holders[role.key] if key in draft.plan.people]
            if people and is_known(shift.starts) and is_known(shift.ends) and not role.is_on_standby(shift.name):
                yield shift, role, people


def _within_reach(draft: Draft, said: Findings) -> None:
    """Who is on duty in their night may be asleep: Slack alone wakes nobody. One finding for each person."""
    asleep: dict[str, dict[str, None]] = defaultdict(dict)
    for shift, _, (person, *_others) in _nightly(draft):
        is_slack_only = all(reach.way == "slack" for reach in person.reach) and (person.mail or person.slack)
        if is_slack_only and night_in((shift.starts, shift.ends), person.zone) >= _SOME_NIGHT:
            asleep[person.key][shift.name] = None
    for key, shifts in asleep.items():
        said.warning("slack_only_at_night", draft.spot("people", key), person=key, shifts=", ".join(shifts))


def _one_night(draft: Draft, said: Findings) -> None:
    """Not all who hold a role in a shift have their night in it."""
    for shift, role, people in _nightly(draft):
        span = (shift.starts, shift.ends)
        offsets = {shift.starts.astimezone(ZoneInfo(person.zone)).utcoffset() for person in people}
        if len(people) > 1 and len(offsets) == 1 and night_in(span, people[0].zone) >= _SOME_NIGHT:
            said.warning("one_night", draft.spot("shifts", shift.name, role.key), role=role.key, shift=shift.name, zone=people[0].zone)


@lru_cache(maxsize=1024)
def night_in(span: Span, zone: str) -> timedelta:
    """How much of `span` is night in `zone`: 22:00 to 07:00 on its clocks. A whole day has a whole night."""
    starts, ends = span
    if ends - starts >= _DAY:
        return _DAY + _NIGHT_ENDS - _NIGHT_BEGINS
    here = ZoneInfo(zone)
    midnight = starts.astimezone(here).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    days = [midnight + _DAY * number for number in (-1, 0, 1)]
    nights = [(Wall(day + _NIGHT_BEGINS, here).instant, Wall(day + _DAY + _NIGHT_ENDS, here).instant) for day in days]
    return sum((shared(span, night) for night in nights), timedelta())


def _long_duty(draft: Draft, said: Findings) -> None:
    """Nobody is on duty, first in any role, for longer than the limit without a break."""
    limit, watches = draft.plan.limits.duty, _watches(draft)
    for person, each in watches.items():
        for starts, ends in joined((starts, ends) for starts, ends, *_ in each):
            if ends - starts > limit:
                spot = next(draft.spot("shifts", shift, role) for _, until, shift, role in sorted(each) if starts + limit < until <= ends)
                facts = {"person": person, "starts": draft.wall(starts), "ends": draft.wall(ends)}
                said.warning("long_duty", spot, **facts, limit=length_text(limit))


def _watches(draft: Draft) -> Mapping[str, list[tuple[datetime, datetime, str, str]]]:
    """By person: from when until when they are the first of a role that is not left in peace, in which shift, and of which role."""
    watches: dict[str, list[tuple[datetime, datetime, str, str]]] = defaultdict(list)
    for role in draft.plan.roles.values():
        for shift in draft.sure_shifts(role.key):
            if not role.is_on_standby(shift.name):
                watches[shift.holders[role.key][0]].append((shift.starts, shift.ends, shift.name, role.key))
    return watches
