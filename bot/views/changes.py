"""A plan that is changed on the day: the forms, and the difference before anything is done."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.views import blocks, modals, plans
from bot.views.address import Address
from bot.views.blocks import button
from bot.views.card import Block
from bot.views.difference import consequences, rows
from bot.views.lines import Buttons, Line, Piece, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.no import No
from bot.views.people import name, role_title
from launch.consequences import Consequences
from launch.edits import BEHIND, movable, shifts_ahead
from launch.plan import Change, Plan, Shift
from launch.state import Launch

CHANGE, MOVE, SEAT, FILE, SHOW = "plan.change", "plan.move", "plan.seat", "plan.file", "plan.show"
SWAP, CONFIRM = "plan.swap", "plan.confirm"
CHECKPOINT, BY_MINUTES, TO_TIME = "checkpoint", "by_minutes", "to_time"
SHIFT, ROLE, WHOM, WHO, BY_NAME, BY_ACCOUNT, GIVEN = "shift", "role", "whom", "who", "who_by_name", "who_by_account", "file"

MOST_OPTIONS = 100
"""Slack offers no more in one list."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would come to. `told` are the people whom it touches and who would hear of it, None while nothing is said of it;
    `warnings` are new with it."""

    changes: tuple[Change, ...]
    follows: Consequences
    told: Sequence[str] | None
    warnings: Sequence[str]


# --- the forms ---------------------------------------------------------------------------------------------------------


def ways(launch: Launch, reader: Reader) -> Block:
    """What may be changed from here."""
    here = str(Address(launch.id))
    said = line(reader._("You see what would change, and what follows from it, before anything happens."))
    pressed = [button(reader._("Move a checkpoint…"), MOVE, here)] if movable(launch) else []
    pressed += [
        button(reader._("Replace or add somebody…"), SEAT, here),
        button(reader._("Take another file…"), FILE, here),
        button(reader._("Show the plan"), SHOW, here),
    ]
    return blocks.modal(title(reader), drawn([said, Buttons(tuple(pressed))], reader).blocks, reader.p("title", "Close"))


def title(reader: Reader) -> str:
    return reader.p("title", "Change the plan")


def form(fields: list[Block], callback_id: str, address: Address, reader: Reader) -> Block:
    return modals.form(title(reader), fields, reader.p("title", "Next"), callback_id, address, reader)


def move_form(launch: Launch, reader: Reader, checkpoint: str | None = None) -> Block:
    names = movable(launch)[:MOST_OPTIONS]
    fields = [
        blocks.select_input(CHECKPOINT, reader._("Which checkpoint?"), [(each, each) for each in names], checkpoint),
        blocks.line_input(BY_MINUTES, reader._("By how many minutes?"), reader._("+15 for later, -10 for earlier."), 6, is_optional=True),
        blocks.line_input(TO_TIME, reader._("Or to which time?"), time_hint(launch, reader), 60, is_optional=True),
    ]
    return form(fields, MOVE, Address(launch.id), reader)


def time_hint(launch: Launch, reader: Reader) -> str:
    said = reader._("T-30m moves with T-0. 05:00 and 2027-03-16 05:00 do not; they are hours in {city}.")
    return said.format(city=Reader(reader.language, launch.plan.zone).city)


def seat_form(launch: Launch, now: datetime, reader: Reader) -> Block:
    """First where: the shift and the role."""
    shifts = [(shift.name, shift_label(shift, reader)) for shift in shifts_ahead(launch.plan, now)][:MOST_OPTIONS]
    roles = [(role, role_title(launch.plan, role, reader)) for role in launch.plan.roles][:MOST_OPTIONS]
    fields = [
        blocks.select_input(SHIFT, reader._("In which shift?"), shifts, shifts[0][0] if shifts else None),
        blocks.select_input(ROLE, reader._("For which role?"), roles),
    ]
    return form(fields, SEAT, Address(launch.id), reader)


def shift_label(shift: Shift, reader: Reader) -> str:
    time = reader._("{day}, {begin} to {end}").format(
        day=reader.day(shift.starts), begin=reader.clock(shift.starts), end=reader.clock(shift.ends)
    )
    return f"{shift.name}: {time}"


def swap_form(launch: Launch, shift: Shift, role: str, reader: Reader) -> Block:
    """Then who, and in whose place."""
    plan, holders = launch.plan, shift.holders.get(role, ())
    places = [(person, reader._("in the place of {person}").format(person=name(plan, person))) for person in holders]
    places.append((BEHIND, reader._("behind them") if holders else reader._("nobody holds it yet")))
    fields = [blocks.select_input(WHOM, reader._("In whose place?"), places[:MOST_OPTIONS], places[0][0])]
    if len(plan.people) <= MOST_OPTIONS:
        people = [(key, person.name) for key, person in plan.people.items()]
        fields.append(blocks.select_input(WHO, reader._("Who?"), people) | {"optional": True})
    else:
        fields.append(blocks.line_input(BY_NAME, reader._("Who?"), reader._("Their name, or their key in the plan."), 80, is_optional=True))
    hint = reader._("Name, time zone and language are taken from Slack.")
    fields.append(blocks.person_input(BY_ACCOUNT, reader._("Or somebody who is not in the plan yet"), hint, is_optional=True))
    return form(fields, SWAP, Address(launch.id, (shift.name, role)), reader)


def file_form(launch: Launch, reader: Reader) -> Block:
    hint = reader._("The whole plan, as a YAML file of at most 256 KB. Answers that were given are kept.")
    return form([blocks.file_input(GIVEN, reader._("The plan"), hint, plans.KINDS)], FILE, Address(launch.id), reader)


# --- what stands beside a field, and in the place of a form -----------------------------------------------------------


def one_time(reader: Reader) -> str:
    return reader._("Please give minutes or a time: one of the two.")


def no_minutes(reader: Reader) -> str:
    return reader._("Please give a whole number of minutes, like +15 or -10.")


def no_time(reader: Reader) -> str:
    return reader._("This is no time of a plan. Please write it like T-30m, 05:00 or 2027-03-16 05:00.")


def one_person(reader: Reader) -> str:
    return reader._("Please name one person: of the plan, or one who is not in it yet.")


def no_person(reader: Reader) -> str:
    return reader._("The plan names nobody like that. Please write their name as the plan does, or their key.")


def no_account(reader: Reader) -> str:
    return reader._("Slack did not say who that is. Please try once more, or name somebody else.")


def nothing_new(reader: Reader) -> Block:
    return window([line(reader._("Nothing in the plan would be different."))], reader)


def refused(sentence: str, reader: Reader) -> Block:
    return window([Line((sentence,))], reader)


def mistakes(findings: Sequence[str], reader: Reader) -> Block:
    """Nothing was changed, and why."""
    count = len(findings)
    said = reader.n(
        "Nothing is changed. The plan would have {count} mistake:", "Nothing is changed. The plan would have {count} mistakes:", count
    )
    return window([Line((Strong(said.format(count=count)),))], reader, findings)


def window(said: Sequence[Piece], reader: Reader, findings: Sequence[str] = ()) -> Block:
    made = [*drawn(said, reader).blocks, *plans.listed(findings, reader)]
    return blocks.modal(title(reader), made, reader.p("title", "Close"))


# --- the difference ----------------------------------------------------------------------------------------------------


def preview(seen: Preview, plan: Plan, edit: Address, reader: Reader) -> Block:
    """The whole of it, to be confirmed. `edit` leads to the same change, made again of the plan that is in use then."""
    made = [*drawn(preview_pieces(seen, plan, reader), reader).blocks, *plans.listed(seen.warnings, reader)]
    return modals.form(title(reader), made, reader.p("title", "Change the plan"), CONFIRM, edit, reader)


def preview_pieces(seen: Preview, plan: Plan, reader: Reader) -> Iterator[Piece]:
    yield Line((Strong(reader._("What changes:")),))
    yield from rows(seen.changes, plan, reader)
    yield from following(seen.follows, plan, reader)
    if seen.told is not None:
        yield told(len(seen.told), reader)
    if seen.warnings:
        yield line(reader._("What may not be meant as it is written:"))


def following(follows: Consequences, plan: Plan, reader: Reader) -> Iterator[Line]:
    if follows.gaps or follows.moved:
        yield Line((Strong(reader._("What follows:")),))
        yield from consequences(follows, plan, reader)


def told(count: int, reader: Reader) -> Line:
    if not count:
        return line(reader._("Nobody else is concerned; the room is told."))
    said = reader.n("{count} person is told in private, and the room.", "{count} people are told in private, and the room.", count)
    return line(said, count=count)


def done(version: int, reader: Reader) -> str:
    return reader._("The plan is changed: this is version {version}.").format(version=version)


# --- why not -----------------------------------------------------------------------------------------------------------


def plan_changed_since(no: No) -> str:
    return no.say(no._("The plan has been changed meanwhile: version {version} is in use. Please look at the difference again."))


def still_needed(no: No) -> str:
    return no.say(no._("This launch has already had to do with {names}: that stays in the plan. Everything else can change."))


def holds_are_fixed(no: No) -> str:
    return no._("Planned holds stay as they are once the launch is under way. /launch hold stops T at any time.")


def offer_over(no: No) -> str:
    if no.facts["person"]:
        return no.say(no._("{person} has answered that already."), person=no.person(no.facts["person"]))
    return no._("A newer file has taken its place: please answer that one.")


def other_launch(no: No) -> str:
    sentence = no._("This is the plan of another launch, {plan}. The key of this one is {key}.")
    return no.say(sentence, key=no.launch.id)


def plan_file_gone(no: No) -> str:
    return no._("The file of this plan was not kept. Please hand over the whole plan: “Take another file…”.")


NOES: dict[str, Callable[[No], str]] = {
    "holds_are_fixed": holds_are_fixed,
    "offer_over": offer_over,
    "other_launch": other_launch,
    "plan_changed_since": plan_changed_since,
    "plan_file_gone": plan_file_gone,
    "still_needed": still_needed,
}
