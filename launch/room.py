"""The room: opened by the clock or by hand, filled with the people of the plan, written in, closed on purpose."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from launch.countdown import has_come, instant, is_said
from launch.messages import (
    Actor,
    BoardPosted,
    ChangeMember,
    CloseLaunch,
    Deadline,
    DutyMoved,
    Errand,
    ErrandFailed,
    Event,
    Fact,
    FindMember,
    HandoverAnnounced,
    LaunchClosed,
    LaunchPlanned,
    MemberChanged,
    MemberFound,
    MemberMissing,
    MembersInvited,
    NoteWritten,
    OpenRoom,
    PageTaken,
    PlanRevised,
    Refused,
    ReportErrand,
    ReportInvited,
    RoomOpened,
    RoomWanted,
    SettleBoard,
    SettleRoom,
    WriteNote,
)
from launch.plan import Person, Plan
from launch.roster import moves_of
from launch.state import Duty, Lack, Launch, Member, Stage, Status

FORBIDDEN = frozenset({"missing_scope", "unknown_method", "not_allowed_token_type", "no_permission", "restricted_action"})
"""Slack's words for what the app may not do in this workspace."""


def open_room(command: OpenRoom, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The room is wanted; Slack gives it later. By hand it may also be asked for again after Slack refused it."""
    if by.kind == "clock":
        is_time = launch.status is Status.PLANNED and has_come(launch, launch.plan.room.opens, at)
        return [RoomWanted()] if is_time else []
    if launch.status is Status.OPEN:
        raise Refused("room_is_open")
    return [RoomWanted()]


def settle_room(command: SettleRoom, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    return [] if launch.channel else [RoomOpened(command.channel)]


def settle_board(command: SettleBoard, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    return [] if launch.board == command.ts else [BoardPosted(command.ts)]


def find_member(command: FindMember, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Slack knows, or does not know, who a person of the plan is; only somebody who can be asked stays on the hook."""
    if command.person not in launch.plan.people:
        return []
    if command.user is None:
        missing = MemberMissing(command.person, command.trouble or "")
        lack = [ErrandFailed("find_person", missing.trouble)] if is_forbidden(launch, missing.trouble) else []
        return [missing, *lack, *moves_of(launch, member_missing(launch, None, missing), command.person, at)]
    found = MemberFound(command.person, command.user, command.is_active, command.is_guest)
    return [found, *moves_of(launch, member_found(launch, None, found), command.person, at)]


def is_forbidden(launch: Launch, trouble: str) -> bool:
    """Whether it is not this person whom Slack does not know: we may not ask at all, and that was not said before."""
    return trouble in FORBIDDEN and "find_person" not in launch.lacks


def change_member(command: ChangeMember, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """An account was changed; a holder whose account is gone leaves the hook at once."""
    member = next((m for m in launch.members.values() if m.user == command.user), None)
    if member is None or (member.is_active, member.is_guest) == (command.is_active, command.is_guest):
        return []
    changed = MemberChanged(member.person, command.is_active, command.is_guest)
    return [changed, *moves_of(launch, member_changed(launch, None, changed), member.person, at)]


def report_invited(command: ReportInvited, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    return [MembersInvited(command.persons, command.refused)] if command.persons or command.refused else []


def report_errand(command: ReportErrand, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Slack refuses something for good: that is off from here, and told once."""
    return [] if command.errand in launch.lacks else [ErrandFailed(command.errand, command.error)]


def write_note(command: WriteNote, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    if not is_said(command.text):
        raise Refused("reason_needed")
    return [NoteWritten(launch.person_of(by.user) or "", command.text)]


def close_launch(command: CloseLaunch, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Not while a customer text is on its way out, or may be: whoever closes could not tell any more what customers have read."""
    under_way = (draft for draft in launch.drafts.values() if draft.stage in (Stage.APPROVED, Stage.UNSURE))
    if draft := next(under_way, None):
        raise Refused("update_under_way", audience=draft.audience)
    return [LaunchClosed()]


# --- what becomes of it ------------------------------------------------------------------------------------------------


def wanted(launch: Launch, fact: Fact, event: RoomWanted) -> Launch:
    """If Slack refused it before, it may be told again."""
    lacks = {key: row for key, row in launch.lacks.items() if key != "create_room"}
    return replace(launch, status=Status.OPENING, lacks=lacks)


def room_opened(launch: Launch, fact: Fact, event: RoomOpened) -> Launch:
    return replace(launch, status=Status.OPEN, channel=event.channel)


def board_posted(launch: Launch, fact: Fact, event: BoardPosted) -> Launch:
    return replace(launch, board=event.ts)


def member_found(launch: Launch, fact: Fact | None, event: MemberFound) -> Launch:
    invited = (known := launch.members.get(event.person)) is not None and known.is_invited
    return with_member(launch, Member(event.person, event.user, event.is_active, event.is_guest, invited))


def member_missing(launch: Launch, fact: Fact | None, event: MemberMissing) -> Launch:
    return with_member(launch, Member(event.person, trouble=event.trouble))


def member_changed(launch: Launch, fact: Fact | None, event: MemberChanged) -> Launch:
    return with_member(launch, replace(launch.members[event.person], is_active=event.is_active, is_guest=event.is_guest))


def invited(launch: Launch, fact: Fact, event: MembersInvited) -> Launch:
    rows = {p: replace(launch.members[p], is_invited=True) for p in (*event.persons, *event.refused) if p in launch.members}
    return replace(launch, members={**launch.members, **rows})


def errand_failed(launch: Launch, fact: Fact, event: ErrandFailed) -> Launch:
    return replace(launch, lacks={**launch.lacks, event.errand: Lack(event.errand, event.error, fact.at)})


def with_member(launch: Launch, member: Member) -> Launch:
    return replace(launch, members={**launch.members, member.person: member})


def unchanged(launch: Launch, fact: Fact, event: Event) -> Launch:
    """Some things are only said and recorded."""
    return launch


def closed(launch: Launch, fact: Fact, event: LaunchClosed) -> Launch:
    return replace(launch, status=Status.CLOSED, closed_at=fact.at)


# --- what it waits for, and what it has done outside --------------------------------------------------------------------


def due(launch: Launch) -> Iterator[Deadline]:
    """The hour at which the room opens."""
    at = instant(launch, launch.plan.room.opens)
    if launch.status is Status.PLANNED and at:
        yield Deadline("room", at, OpenRoom())


def invitees(launch: Launch) -> list[Member]:
    """Who belongs in the room and was not invited yet: known, active, and asked in by the plan."""
    wanted = belonging(launch)
    return [m for m in launch.members.values() if m.person in wanted and m.user and m.is_active and not m.is_invited]


def belonging(launch: Launch) -> set[str]:
    """The people of the room by the plan's `invite`; standby roles are told where it is, not invited, unless it names them."""
    plan, invite = launch.plan, set(launch.plan.room.invite)
    first = {
        person
        for shift in plan.shifts
        for role, people in shift.holders.items()
        for person in people[:1]
        if role in invite or ("all on duty" in invite and not plan.roles[role].is_on_standby(shift.name))
    }
    now = {row.person for row in launch.duty.values() if row.person and belongs_now(plan, row, invite)}
    answering = {page.holder for page in launch.pages.values() if page.holder}
    incoming = {row.incoming for row in launch.handovers.values() if row.incoming}
    return first | answering | incoming | now


def belongs_now(plan: Plan, duty: Duty, invite: Collection[str]) -> bool:
    """Whether whoever is on the hook for a role belongs in the room."""
    is_open_to_all = "on shift" in invite or "all on duty" in invite
    return duty.role in invite or (is_open_to_all and not plan.roles[duty.role].is_on_standby(duty.shift))


def errands(fact: Fact, launch: Launch) -> Iterator[Errand]:
    """What an event asks of Slack besides words."""
    match fact.event:
        case LaunchPlanned() | PlanRevised():
            unknown = [p for p in launch.plan.people.values() if (row := launch.members.get(p.key)) is None or row.user is None]
            yield from (find(person) for person in unknown if person.slack or person.mail)
        case RoomWanted():
            yield Errand("create_room")
        case RoomOpened():
            yield Errand("topic")
            yield Errand("invite")
        case BoardPosted():
            yield Errand("pin")
            yield from (Errand("bookmark", {"of": of}) for of in bookmarked(launch.plan))
        case MemberFound() | DutyMoved() | MemberChanged() | PageTaken() | HandoverAnnounced() if launch.channel and invitees(launch):
            yield Errand("invite")


def bookmarked(plan: Plan) -> list[str]:
    """What the bar above the room leads to: the board, the bridge, the links of the plan by their place."""
    bridge = ["bridge"] if plan.bridge and plan.bridge.video else []
    return ["board", *bridge, *(str(place) for place in range(len(plan.links)))]


def find(person: Person) -> Errand:
    return Errand("find_person", {"person": person.key, "slack": person.slack, "mail": person.mail})
