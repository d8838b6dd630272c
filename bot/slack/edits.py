"""The file of the plan in use, and with a change in it, read like any other."""

import asyncio
from dataclasses import dataclass

from bot.plans import read_source
from bot.slack.accounts import people
from bot.slack.plans import fetched
from bot.slack.turn import Turn
from launch.edits import seated
from launch.first_plan import NewPerson
from launch.messages import Refused
from launch.plan import Plan
from launch.reading import Read, read_plan
from launch.roster import shift_named
from launch.writing import NotWritten, add_person, move_checkpoint, seat


@dataclass(frozen=True, slots=True)
class Revised:
    """A file of the plan that is in use, and the one that it would become."""

    before: Read
    source: str
    read: Read


def file_of(turn: Turn) -> str:
    """The file of the plan in use. Raises Refused."""
    launch, entry = turn.launch, turn.door.plans(turn.team_id).get(turn.launch.id)
    source = launch.plan_source or (entry.source if entry else None)
    if source is None or source.text is None:
        raise Refused("plan_file_gone")
    return source.text


async def edited(turn: Turn, edit: tuple[str, ...]) -> Revised:
    """The file with a change in it, read anew. Raises CallFailed, and Refused where the file does not hold what is to be changed."""
    before = file_of(turn)
    match edit:
        case ("move", name, when):
            return await asyncio.to_thread(revised_by_move, before, name, when)
        case ("seat", shift, role, whom, by):
            new = await people(turn, [by[1:]], turn.launch.plan.people) if by.startswith("@") else {}
            holders = held(turn.launch.plan, shift, role)
            return await asyncio.to_thread(revised_by_seat, before, shift, role, holders, whom, new.get(by[1:]) or by)
        case ("file", file):
            source, read = await asyncio.to_thread(read_source, await fetched(turn, file))
            return Revised(await asyncio.to_thread(read_plan, before), source, read)
    raise Refused("unknown_button")


def held(plan: Plan, shift: str, role: str) -> tuple[str, ...]:
    found = shift_named(plan, shift)
    return tuple(found.holders.get(role, ())) if found else ()


def revised_by_move(before: str, name: str, when: str) -> Revised:
    try:
        return of(before, move_checkpoint(before, name, when))
    except NotWritten as missing:
        raise Refused("no_such_checkpoint", checkpoint=name) from missing


def revised_by_seat(before: str, shift: str, role: str, holders: tuple[str, ...], whom: str, by: NewPerson | str) -> Revised:
    """With somebody in a shift; who is not in the plan yet is added to its people first."""
    try:
        if isinstance(by, str):
            return of(before, seat(before, shift, role, seated(holders, whom, by)))
        source = add_person(before, by.key, {"name": by.name, "slack": by.slack, "zone": by.zone, "lang": by.language})
        return of(before, seat(source, shift, role, seated(holders, whom, by.key)))
    except NotWritten as missing:
        raise Refused("plan_file_gone") from missing


def of(before: str, source: str) -> Revised:
    return Revised(read_plan(before), source, read_plan(source))
