"""`/launch new`: a launch from its name, its T-0 and its people, by an admin."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.plans import add_plan, sentences
from bot.slack.accounts import people
from bot.slack.plans import for_admins
from bot.slack.turn import Opens, Reply, Told, Turn
from bot.views import changes, new
from bot.wire import CallFailed
from launch.first_plan import COMMANDER, NewPerson, NewPlan, NewRole, key_for, new_plan
from launch.reading import Read, read_plan

Rows = list[tuple[str, list[str]]]
"""The title of each role, and the accounts of those who hold it."""


async def choose(turn: Turn) -> Reply:
    for_admins(turn)
    return Opens(new.form(turn.reader))


async def more(turn: Turn) -> Reply:
    """The same form, with room for more roles."""
    for_admins(turn)
    return Opens(new.form(turn.reader, new.MANY))


async def given(turn: Turn) -> Reply:
    """The form: its people are looked up, the plan is written, read like any other, and added."""
    for_admins(turn)
    if not turn.fields[new.NAME].strip():
        return Told(new.name_needed(turn.reader), turn.reader, new.NAME)
    if half := next(halves(turn), None):
        return Told(new.role_and_people(turn.reader), turn.reader, half)
    try:
        facts = await known(turn)
    except CallFailed:
        return Told(changes.no_account(turn.reader), turn.reader, new.COMMANDER)
    source = new_plan(facts, turn.door.outside.clock.read().now)
    return await added(turn, source, await asyncio.to_thread(read_plan, source))


async def added(turn: Turn, source: str, read: Read) -> Reply:
    """What became of it; after a no the form stays open, and nothing that was filled in is lost."""
    findings = list(sentences(read, turn.reader))
    if read.plan is None:
        return Opens(new.mistakes(findings, turn.reader))
    answer = await add_plan(turn.door, turn.team_id, source, read, turn.by, turn.request_id)
    if no := turn.told(answer):
        return replace(no, field=new.T0 if answer.refused and answer.refused.code == "t0_past" else new.NAME)
    return Opens(new.planned(read.plan.key, source, findings, turn.reader))


def rows(turn: Turn) -> Rows:
    """The roles of the form, row by row."""
    numbers = range(1, new.MANY + 1)
    found = [(turn.fields.get(new.role_field(number), "").strip(), turn.fields.get(new.people_field(number), "")) for number in numbers]
    return [(title, users.split(",") if users else []) for title, users in found]


def halves(turn: Turn) -> Iterator[str]:
    """The empty field of each row that has another."""
    for number, (title, users) in enumerate(rows(turn), start=1):
        if bool(title) != bool(users):
            yield new.people_field(number) if title else new.role_field(number)


async def known(turn: Turn) -> NewPlan:
    """What the form says of the launch. It speaks the admin's language, on the clocks of their zone. Raises CallFailed."""
    commander, deputy = turn.fields[new.COMMANDER], turn.fields.get(new.DEPUTY, "")
    asked = [(title, users) for title, users in rows(turn) if title]
    found = await people(turn, [commander, *filter(None, [deputy]), *(user for _, users in asked for user in users), turn.user])
    admin, name = found[turn.user], turn.fields[new.NAME].strip()
    return NewPlan(
        key=key_for(name, turn.door.plans(turn.team_id), joint="-", most=21),
        name=name,
        language=admin.language,
        zone=admin.zone,
        t0=datetime.fromtimestamp(int(turn.fields[new.T0]), UTC),
        commander=found[commander],
        deputies=tuple(found[user] for user in [deputy] if user and user != commander),
        roles=tuple(roles_of(asked, found)),
    )


def roles_of(asked: Rows, found: dict[str, NewPerson]) -> Iterator[NewRole]:
    taken = {COMMANDER}
    for title, users in asked:
        key = key_for(title, taken)
        taken.add(key)
        yield NewRole(key, title, tuple(found[user] for user in users))
