"""What is said of a plan once it is changed on the day: to the room in four lines, to each person what it means for them."""

from collections.abc import Iterator, Sequence

from bot.views.card import Notice
from bot.views.difference import bullet, difference, rows
from bot.views.lines import Instant, Line, Strong, line, listed
from bot.views.locale import Reader
from bot.views.notice import in_room, is_awaited, is_reachable, to_person
from bot.views.people import launch_title, name, reader_of, role_title, room_reader
from launch.messages import Fact, PlanRevised
from launch.plan import Change, Plan
from launch.plans import changes_in, is_under_way
from launch.roster import shift_named
from launch.state import Launch

MOST_SAID = 3
"""Differences that the room is told one by one."""


def touched(changes: Sequence[Change], launch: Launch, by: str | None) -> list[str]:
    """Those for whom something is different and who can be told; whoever changed it knows."""
    people = dict.fromkeys(person for change in changes for person in change.persons if person != by)
    return [person for person in people if is_reachable(launch, person) or is_awaited(launch, person)]


def plan_revised(fact: Fact, event: PlanRevised, launch: Launch) -> Iterator[Notice]:
    """On the day: the room hears what was changed and by whom, each person whom it touches what it means for them."""
    if event.person is None or event.changes is None or not is_under_way(launch):
        return
    changes, reader = changes_in(str(event.changes)), room_reader(launch.plan)
    said = reader._("{person} changed the plan (version {version}):")
    head = line(said, person=Strong(name(launch.plan, event.person)), version=event.version)
    yield in_room(fact, launch, head, *rows(changes, launch.plan, reader, MOST_SAID))
    for person in touched(changes, launch, event.person):
        own = [change for change in changes if person in change.persons]
        yield to_person(fact, launch, person, *personal(own, person, event, launch))


def personal(changes: Sequence[Change], person: str, event: PlanRevised, launch: Launch) -> Iterator[Line]:
    plan, reader = launch.plan, reader_of(launch.plan, person)
    said = reader._("{launch}: {person} changed the plan. For you:")
    yield line(said, launch=Strong(launch_title(plan, reader)), person=name(plan, event.person))
    yield from (bullet(for_them(change, person, plan, reader)) for change in changes)


def for_them(change: Change, person: str, plan: Plan, reader: Reader) -> Line:
    """A difference as it concerns one person: a shift they have now, or have no more."""
    shift_name, _, role = change.name.partition("/")
    shift = shift_named(plan, shift_name)
    if change.part != "holders" or shift is None:
        return difference(change, plan, reader)
    holders, title = shift.holders.get(role, ()), Strong(role_title(plan, role, reader))
    if person not in holders:
        others = listed([name(plan, each) for each in holders], reader) if holders else line(reader._("nobody"))
        return line(reader._("you no longer hold {role} in the shift {shift}, now: {people}"), role=title, shift=shift.name, people=others)
    times = {"begin": Instant(shift.starts, with_day=True), "end": Instant(shift.ends, with_day=True)}
    if holders[0] == person:
        return line(reader._("you hold {role} in the shift {shift}, {begin} to {end}"), role=title, shift=shift.name, **times)
    sentence = reader._("you stand in for {person}, {role} in the shift {shift}, {begin} to {end}")
    return line(sentence, person=name(plan, holders[0]), role=title, shift=shift.name, **times)
