"""Handover as others see it: one line for the room, a line for whoever lists who is on duty, and what each side hears once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.views.card import Notice
from bot.views.lines import Instant, Line, Strong, line, listed
from bot.views.locale import Reader
from bot.views.no import No
from bot.views.notice import is_reachable, reachable_commander, to_person
from bot.views.people import launch_title, name, reader_of, role_title
from launch.handover import is_open
from launch.messages import Fact, HandoverAccepted, HandoverAnnounced, HandoverLate, HandoversReminded
from launch.plan import Plan
from launch.roster import is_in_slack
from launch.state import Handover, Launch, Status


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far the newest handover is: of `total` roles that change hands so many are accepted, and `roles` are not."""

    accepted: int
    total: int
    roles: tuple[str, ...]
    is_late: bool


def waiting(launch: Launch) -> Waiting | None:
    """The newest edge at which anything is still to be accepted."""
    if launch.status is not Status.OPEN:
        return None
    pending = [row for row in launch.handovers.values() if is_open(launch, row)]
    edge = max((row.edge for row in pending), default=None)
    roles = tuple(row.role for row in pending if row.edge == edge)
    accepted = sum(row.accepted_by is not None for row in launch.handovers.values() if row.edge == edge)
    is_late = any(row.is_late for row in pending)
    return Waiting(accepted, accepted + len(roles), roles, is_late) if roles else None


def line_of(seen: Waiting, plan: Plan, reader: Reader) -> Line:
    roles = listed([role_title(plan, role, reader) for role in seen.roles], reader, most=3)
    calm, late = (
        reader._("Handover: {accepted} of {total} accepted, waiting for {roles}"),
        reader._("🔴 Late handover: waiting for {roles}"),
    )
    return line(late if seen.is_late else calm, accepted=seen.accepted, total=seen.total, roles=roles)


def heading(row: Handover, plan: Plan, reader: Reader) -> str:
    return reader._("Handover: {role}").format(role=role_title(plan, row.role, reader))


# --- what is said once -------------------------------------------------------------------------------------------------


def announced(fact: Fact, event: HandoverAnnounced, launch: Launch) -> Iterator[Notice]:
    """Both sides have their own message; that nobody can be asked is for whoever commands."""
    for person in reachable_commander(launch) if event.incoming is None else ():
        reader = reader_of(launch.plan, person)
        sentence = reader._("🔴 {launch}: nobody of the next shift can be asked to take over {role} at {time}. {person} keeps it.")
        yield told(fact, launch, person, launch.handovers[event.role, event.shift], sentence)


def reminded(fact: Fact, event: HandoversReminded, launch: Launch) -> Iterator[Notice]:
    """Shortly before the end of the shift, to both sides; when that comes too late, the page says it."""
    rows = [row for row in launch.handovers.values() if row.edge == event.edge and row.role in event.roles]
    for row in rows if fact.at < event.edge else ():
        if row.incoming and is_reachable(launch, row.incoming):
            _ = reader_of(launch.plan, row.incoming)._
            sentence = _("{launch}: you take over {role} at {time}. Press “I accept” in the message “{heading}”, or {person} cannot leave.")
            yield told(fact, launch, row.incoming, row, sentence)
        if row.incoming and is_reachable(launch, row.outgoing):
            _ = reader_of(launch.plan, row.outgoing)._
            sentence = _("{launch}: your shift as {role} ends at {time}. {incoming} has not accepted yet: until then you keep it.")
            yield told(fact, launch, row.outgoing, row, sentence)


def late(fact: Fact, event: HandoverLate, launch: Launch) -> Iterator[Notice]:
    row = launch.handovers[event.role, event.shift]
    if is_reachable(launch, row.outgoing):
        _ = reader_of(launch.plan, row.outgoing)._
        paged = _("🔴 {launch}: nobody has accepted {role}. You still have it; {incoming} is being paged.")
        nobody = _("🔴 {launch}: nobody has accepted {role}. You still have it; whoever can take it is being paged.")
        yield told(fact, launch, row.outgoing, row, paged if row.incoming and is_in_slack(launch, row.incoming) else nobody)


def accepted(fact: Fact, event: HandoverAccepted, launch: Launch) -> Iterator[Notice]:
    """Whoever goes hears that they may, if nothing else holds them."""
    row = launch.handovers[event.role, event.shift]
    if not is_reachable(launch, row.outgoing):
        return
    reader = reader_of(launch.plan, row.outgoing)
    others = [duty.role for duty in launch.duty.values() if duty.person == row.outgoing and duty.role != row.role]
    kept = [role_title(launch.plan, role, reader) for role in others]
    released = reader._("{launch}: {accepted_by} has {role} from now on. Thank you, you are released.")
    stays = reader._("{launch}: {accepted_by} has {role} from now on. You still have {roles}.")
    yield told(fact, launch, row.outgoing, row, stays if kept else released, roles=listed(kept, reader))


def told(fact: Fact, launch: Launch, person: str, row: Handover, sentence: str, **facts: Line) -> Notice:
    """`sentence` for one side of a handover, with whatever it asks for of it."""
    plan, reader = launch.plan, reader_of(launch.plan, person)
    about: dict[str, str | Strong | Instant | Line] = {
        "launch": launch_title(plan, reader),
        "role": Strong(role_title(plan, row.role, reader)),
        "time": Instant(row.edge),
        "person": name(plan, row.outgoing),
        "incoming": name(plan, row.incoming),
        "accepted_by": name(plan, row.accepted_by),
        "heading": heading(row, plan, reader),
    }
    return to_person(fact, launch, person, line(sentence, **about, **facts))


# --- every no ----------------------------------------------------------------------------------------------------------


def handover_accepted(no: No) -> str:
    sentence = no._("{person} has already accepted {role}, and has it now.")
    return no.say(sentence, role=no.role(no.facts["role"]), person=no.person(no.facts["person"]))


def handover_over(no: No) -> str:
    sentence = no._("This handover is over and waits for nobody. On duty for {role} now: {person}.")
    return no.say(sentence, role=no.role(no.facts["role"]), person=no.person(no.facts["person"]))


def not_incoming(no: No) -> str:
    if not no.facts["person"]:
        return no.say(
            no._("Only somebody of the next shift can accept {role}, and none of them can be asked."), role=no.role(no.facts["role"])
        )
    sentence = no._("Only somebody of the next shift can accept {role}. Asked now: {person}.")
    return no.say(sentence, role=no.role(no.facts["role"]), person=no.person(no.facts["person"]))


NOES: dict[str, Callable[[No], str]] = {
    "handover_accepted": handover_accepted,
    "handover_over": handover_over,
    "not_incoming": not_incoming,
}
