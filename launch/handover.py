"""Handover: a role passes to the next shift when somebody of that shift accepts. Until then the outgoing person has the hook."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from launch.messages import (
    AcceptHandover,
    Actor,
    AnnounceHandovers,
    Ask,
    Deadline,
    DutyMoved,
    Event,
    Fact,
    HandoverAccepted,
    HandoverAnnounced,
    HandoverLate,
    HandoversReminded,
    PageLate,
    PageResolved,
    Refused,
    RemindHandovers,
    ShiftTurned,
    TurnShift,
)
from launch.plan import Shift
from launch.roster import changes, duty_at, duty_in, edge_ahead, is_ahead, is_there, rostered, shift_named
from launch.state import Handover, Launch, PageKind, Status

FIRST, SECOND = timedelta(minutes=30), timedelta(minutes=10)
"""So long before the end of a shift both sides are told, and told again."""
LATE = timedelta(minutes=5)
"""So long after the end of a shift somebody is paged to accept."""

# --- what is decided ---------------------------------------------------------------------------------------------------


def changing(launch: Launch, edge: datetime) -> Iterator[tuple[str, Shift]]:
    """The roles that pass from one person to another at an edge, with the shift that takes over. Standby passes by itself."""
    for role in launch.plan.roles.values():
        shift, duty = rostered(launch.plan, role.key, edge)[0], launch.duty[role.key]
        if shift is None or role.is_on_standby(shift.name) or is_ahead(launch, role.key, edge):
            continue
        if duty.person is None or duty.shift == shift.name:
            continue
        if duty_in(launch, role.key, shift, edge).person != duty.person:
            yield role.key, shift


def is_working(launch: Launch) -> bool:
    """Before the room is open nobody has anything to hand over."""
    return launch.status is Status.OPEN


def announce_handovers(command: AnnounceHandovers, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Both sides of every role that changes hands are told, each once."""
    return [] if launch.edge_at and command.edge < launch.edge_at else list(announcements(launch, command.edge))


def announcements(launch: Launch, edge: datetime) -> Iterator[HandoverAnnounced]:
    """What is not announced yet, and what changed since: another incoming."""
    for role, shift in changing(launch, edge) if is_working(launch) else ():
        outgoing, incoming = launch.duty[role].person or "", duty_in(launch, role, shift, edge).person
        row = launch.handovers.get((role, shift.name))
        if row is None or (row.outgoing, row.incoming) != (outgoing, incoming):
            yield HandoverAnnounced(role, shift.name, edge, outgoing, incoming)


def remind_handovers(command: RemindHandovers, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Those that nobody has accepted, a second time."""
    rows = [row for row in launch.handovers.values() if row.edge == command.edge and not row.is_reminded]
    roles = tuple(row.role for row in rows if is_open(launch, row))
    return [HandoversReminded(command.edge, roles)] if roles else []


def turn_shift(command: TurnShift, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """At an edge of the plan duty passes to whoever is rostered from there, where nobody has to hand anything over."""
    if launch.edge_at and command.edge <= launch.edge_at:
        return []
    waiting = {role for role, _ in changing(launch, command.edge)} if is_working(launch) else set()
    free = [role for role in launch.plan.roles if role not in waiting and not is_ahead(launch, role, command.edge)]
    moved = changes(launch, {role: duty_at(launch, role, command.edge) for role in free})
    return [ShiftTurned(command.edge), *announcements(launch, command.edge), *moved]


def accept_handover(command: AcceptHandover, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """From here on the role is theirs. Anybody whom the next shift has for the role may take it."""
    row, person = entry(launch, command.role, command.shift), launch.person_of(by.user) or ""
    if row is None:
        raise Refused("unknown_button")
    if row.accepted_by == person:
        return []
    if row.accepted_by:
        raise Refused("handover_accepted", role=row.role, person=row.accepted_by)
    if not is_open(launch, row):
        raise Refused("handover_over", role=row.role, person=launch.duty[row.role].person or "")
    if not is_incoming(launch, row, person):
        raise Refused("not_incoming", role=row.role, person=row.incoming or "")
    return accepted(launch, row, person)


def accepted(launch: Launch, row: Handover, person: str) -> list[Event]:
    """What follows from an acceptance: the hook moves, and nobody has to be paged for it any more."""
    shift = shift_named(launch.plan, row.shift)
    others = tuple(other for other in (shift.holders.get(row.role, ()) if shift else ()) if other != person and is_there(launch, other))
    pages = [page for page in launch.pages.values() if page.is_open and (page.kind, page.role, page.shift) == of_handover(row)]
    resolved = [PageResolved(page.number, person) for page in pages]
    return [HandoverAccepted(row.role, row.shift, person), DutyMoved(row.role, person, others, row.shift), *resolved]


def of_handover(row: Handover) -> tuple[PageKind, str, str | None]:
    return (PageKind.HANDOVER, row.role, row.shift)


def entry(launch: Launch, role: str, shift: str | None) -> Handover | None:
    return launch.handovers.get((role, shift or ""))


def is_open(launch: Launch, row: Handover) -> bool:
    """Whether it still waits for an acceptance: a later edge, or the end of cover, leaves an old one behind."""
    if row.accepted_by or launch.duty[row.role].person != row.outgoing:
        return False
    shift, _ = rostered(launch.plan, row.role, max(row.edge, launch.edge_at or row.edge))
    return shift is not None and shift.name == row.shift


def is_incoming(launch: Launch, row: Handover, person: str) -> bool:
    """Whether somebody is of the shift that takes over, and has not handed over themselves."""
    shift = shift_named(launch.plan, row.shift)
    return shift is not None and person in shift.holders.get(row.role, ()) and person != row.outgoing and is_open(launch, row)


# --- what becomes of it ------------------------------------------------------------------------------------------------


def announced(launch: Launch, fact: Fact, event: HandoverAnnounced) -> Launch:
    """Announced again when somebody else has become the incoming: who was told before stays among the told."""
    before = launch.handovers.get((event.role, event.shift))
    told = (*(person for person in (before.told if before else ()) if person != event.incoming), *filter(None, (event.incoming,)))
    row = Handover(event.role, event.shift, event.edge, event.outgoing, event.incoming, told, before.announced_at if before else fact.at)
    kept = replace(row, is_reminded=before.is_reminded, is_late=before.is_late) if before else row
    return with_handover(launch, kept)


def reminded(launch: Launch, fact: Fact, event: HandoversReminded) -> Launch:
    rows = [row for row in launch.handovers.values() if row.edge == event.edge and row.role in event.roles]
    return replace(launch, handovers={**launch.handovers, **{row.key: replace(row, is_reminded=True) for row in rows}})


def handover_late(launch: Launch, fact: Fact, event: HandoverLate) -> Launch:
    return with_handover(launch, replace(launch.handovers[event.role, event.shift], is_late=True))


def handover_accepted(launch: Launch, fact: Fact, event: HandoverAccepted) -> Launch:
    row = launch.handovers[event.role, event.shift]
    return with_handover(launch, replace(row, accepted_by=event.person, accepted_at=fact.at))


def with_handover(launch: Launch, row: Handover) -> Launch:
    return replace(launch, handovers={**launch.handovers, row.key: row})


# --- what it waits for -------------------------------------------------------------------------------------------------


def due(launch: Launch) -> Iterator[Deadline]:
    """Before the next edge both sides are told, and told again; after an edge, whoever has not accepted is paged."""
    if not is_working(launch):
        return
    ahead, rows = edge_ahead(launch), [row for row in launch.handovers.values() if is_open(launch, row)]
    for edge in filter(None, (launch.edge_at, ahead)):
        if next(announcements(launch, edge), None):
            yield Deadline(f"handover:{edge.isoformat()}", edge - FIRST, AnnounceHandovers(edge))
    if ahead and any(row.edge == ahead and not row.is_reminded for row in rows):
        yield Deadline(f"handover_again:{ahead.isoformat()}", ahead - SECOND, RemindHandovers(ahead))
    for row in rows:
        if not row.is_late and launch.edge_at and row.edge <= launch.edge_at:
            yield Deadline(f"handover_late:{row.role}:{row.shift}", row.edge + LATE, PageLate(row.role, row.shift))


def asks(launch: Launch) -> Iterator[Ask]:
    """The acceptances that are wanted; once it is late the page asks in their place."""
    rung = {(page.kind, page.role, page.shift) for page in launch.pages.values() if page.is_ringing}
    for row in launch.handovers.values():
        if row.incoming and is_open(launch, row) and of_handover(row) not in rung:
            yield Ask(f"handover:{row.role}:{row.shift}", row.incoming, row.role)
