"""A plan changed on the day: the forms, the difference, the confirmed change; the plan that an admin offers; the file, to be read."""

from dataclasses import replace
from datetime import datetime

from bot.plans import sentences
from bot.slack.edits import Revised, edited, file_of
from bot.slack.plans import not_fetched
from bot.slack.turn import Opens, Reply, Told, Turn
from bot.views import changes, plans
from bot.views.address import Address
from bot.views.revised import touched
from bot.wire import CallFailed
from launch.authority import authorise
from launch.birth import written
from launch.consequences import consequences
from launch.edits import at_time, later, minutes
from launch.messages import ChangePlan, LeaveOffer, PlanRevised, Refused, TakeOffer
from launch.moments import Unreadable
from launch.occurrences import next_occurrence
from launch.plan import Plan
from launch.plans import change_plan, changes_in, is_under_way, refuse_if_other
from launch.roster import shift_named
from launch.state import Launch
from launch.words import Words

_blank = Words("")


# --- the forms ---------------------------------------------------------------------------------------------------------


def for_command(turn: Turn) -> Launch:
    """The launch, for those who may change its plan; the door looks again. Raises Refused."""
    launch = turn.launch
    authorise(ChangePlan(launch.plan_version, _blank, _blank), launch, turn.by)
    return launch


def now(turn: Turn) -> datetime:
    return turn.door.outside.clock.read().now


async def choose(turn: Turn) -> Reply:
    return Opens(changes.ways(for_command(turn), turn.reader))


async def move(turn: Turn) -> Reply:
    """The button, of a launch or of one checkpoint."""
    launch = for_command(turn)
    name = next(iter(turn.address.subject), None)
    checkpoint = launch.checkpoints.get(name or "")
    if checkpoint and next_occurrence(launch, checkpoint) is None:
        raise Refused("already_asked", checkpoint=checkpoint.name)
    return Opens(changes.move_form(launch, turn.reader, name))


async def choose_seat(turn: Turn) -> Reply:
    return Opens(changes.seat_form(for_command(turn), now(turn), turn.reader))


async def seat_chosen(turn: Turn) -> Reply:
    """The form: where it is known where, it is asked who."""
    launch = for_command(turn)
    shift = shift_named(launch.plan, turn.fields.get(changes.SHIFT))
    role = turn.fields.get(changes.ROLE, "")
    if shift is None or role not in launch.plan.roles:
        raise Refused("unknown_button")
    return Opens(changes.swap_form(launch, shift, role, turn.reader))


async def choose_file(turn: Turn) -> Reply:
    return Opens(changes.file_form(for_command(turn), turn.reader), Told(plans.no_files(turn.reader), turn.reader))


async def show(turn: Turn) -> Reply:
    """The plan in use, to those whom it names."""
    if turn.launch.person_of(turn.user) is None:
        raise Refused("not_named")
    return Opens(plans.file_window(file_of(turn), turn.launch.id, turn.reader))


# --- what was filled in ------------------------------------------------------------------------------------------------


async def moved(turn: Turn) -> Reply:
    launch, name = for_command(turn), turn.fields.get(changes.CHECKPOINT, "")
    if name not in launch.plan.checkpoints:
        raise Refused("no_such_checkpoint", checkpoint=name)
    when = time_of(turn, launch, name)
    return when if isinstance(when, Told) else await previewed(turn, ("move", name, when))


def time_of(turn: Turn, launch: Launch, name: str) -> str | Told:
    """The new time as the plan writes it, or what stands beside the field that does not say one."""
    by, to = (turn.fields.get(field, "").strip() for field in (changes.BY_MINUTES, changes.TO_TIME))
    if bool(by) == bool(to):
        return Told(changes.one_time(turn.reader), turn.reader, changes.TO_TIME)
    if by:
        span = minutes(by)
        return later(launch, name, span) if span else Told(changes.no_minutes(turn.reader), turn.reader, changes.BY_MINUTES)
    try:
        return at_time(launch, name, to, now(turn))
    except Unreadable:
        return Told(changes.no_time(turn.reader), turn.reader, changes.TO_TIME)


async def swapped(turn: Turn) -> Reply:
    launch = for_command(turn)
    by = named(turn, launch.plan)
    if isinstance(by, Told):
        return by
    try:
        return await previewed(turn, ("seat", *turn.address.subject, turn.fields.get(changes.WHOM, ""), by))
    except CallFailed:
        return Told(changes.no_account(turn.reader), turn.reader, changes.BY_ACCOUNT)


def named(turn: Turn, plan: Plan) -> str | Told:
    """The key of somebody in the plan, or "@" and the account of somebody who is not; else what stands beside the field."""
    key, words, user = (turn.fields.get(field, "").strip() for field in (changes.WHO, changes.BY_NAME, changes.BY_ACCOUNT))
    if bool(key or words) == bool(user):
        return Told(changes.one_person(turn.reader), turn.reader, changes.BY_ACCOUNT)
    if user:
        return turn.launch.person_of(user) or f"@{user}"
    key = key or next((each.key for each in plan.people.values() if words.casefold() in (each.key, each.name.casefold())), "")
    return key or Told(changes.no_person(turn.reader), turn.reader, changes.BY_NAME)


async def file_given(turn: Turn) -> Reply:
    for_command(turn)
    try:
        return await previewed(turn, ("file", turn.fields.get(changes.GIVEN, "")))
    except CallFailed as lost:
        return Opens(changes.refused(not_fetched(turn, lost), turn.reader))


# --- the difference, and the change ------------------------------------------------------------------------------------


async def previewed(turn: Turn, edit: tuple[str, ...]) -> Reply:
    """What a change would come to, before anything happens. Raises CallFailed, Refused."""
    launch = turn.launch
    try:
        revised = await edited(turn, edit)
        if revised.read.plan is None:
            return mistakes(turn, revised)
        seen = seen_of(turn, launch, revised, revised.read.plan)
    except Refused as no:
        told = turn.no(no)
        return Opens(changes.nothing_new(turn.reader) if no.code == "same_plan" else changes.refused(told.sentence, turn.reader))
    address = Address(launch.id, (str(launch.plan_version), *edit))
    return Opens(changes.preview(seen, revised.read.plan, address, turn.reader))


def mistakes(turn: Turn, revised: Revised) -> Opens:
    """What keeps a file from being a plan; what is only doubtful in it is for another time."""
    errors = tuple(finding for finding in revised.read.findings if finding.severity == "error")
    return Opens(changes.mistakes(list(sentences(replace(revised.read, findings=errors), turn.reader)), turn.reader))


def seen_of(turn: Turn, launch: Launch, revised: Revised, plan: Plan) -> changes.Preview:
    """What would follow if it were confirmed now. Raises Refused when it could not be."""
    at = now(turn)
    (first, *_) = change_plan(command(launch.plan_version, turn, revised, plan), launch, turn.by, at)
    found = changes_in(str(first.changes)) if isinstance(first, PlanRevised) else ()
    known = {(finding.code, finding.place, str(finding.facts)) for finding in revised.before.findings}
    fresh = [each for each in revised.read.findings if (each.code, each.place, str(each.facts)) not in known]
    warnings = sentences(replace(revised.read, findings=tuple(fresh)), turn.reader)
    told = touched(found, replace(launch, plan=plan), launch.person_of(turn.user)) if is_under_way(launch) else None
    return changes.Preview(found, consequences(launch, plan, at), told, list(warnings))


def command(base: int, turn: Turn, revised: Revised, plan: Plan) -> ChangePlan:
    return ChangePlan(base, turn.words(written(plan)), turn.words(revised.source))


async def confirmed(turn: Turn) -> Reply:
    """The change is made once more, of the plan in use, which must be the one that the difference was shown of."""
    base, *edit = turn.address.subject
    refuse_if_other(for_command(turn), int(base))
    try:
        revised = await edited(turn, tuple(edit))
    except CallFailed as lost:
        return Opens(changes.refused(not_fetched(turn, lost) if edit[0] == "file" else changes.no_account(turn.reader), turn.reader))
    if revised.read.plan is None:
        return mistakes(turn, revised)
    no = await turn.perform(command(int(base), turn, revised, revised.read.plan))
    return no or Told(changes.done(turn.launch.plan_version, turn.reader), turn.reader)


# --- a plan that was offered -------------------------------------------------------------------------------------------


async def take(turn: Turn) -> Reply:
    number, base = numbers(turn, 2)
    return await turn.perform(TakeOffer(number, base))


async def leave(turn: Turn) -> Reply:
    (number,) = numbers(turn, 1)
    return await turn.perform(LeaveOffer(number))


def numbers(turn: Turn, count: int) -> list[int]:
    """What a button stands for. Raises Refused."""
    found = [int(text) for text in turn.address.subject if text.isdecimal()]
    if len(found) != count:
        raise Refused("unknown_button")
    return found
