"""The room: opened by the clock or by hand, filled by the plan's `invite`, written in, closed on purpose."""

from dataclasses import replace

import pytest

from launch import game
from launch.messages import (
    SHELL,
    SLACK,
    BoardPosted,
    CallHold,
    CastVote,
    ChangeMember,
    CloseLaunch,
    Command,
    DecideCheckpoint,
    Errand,
    ErrandFailed,
    Fact,
    FindMember,
    LaunchClosed,
    MemberChanged,
    MemberFound,
    MemberMissing,
    MembersInvited,
    NoteWritten,
    OpenCheckpoint,
    OpenRoom,
    ReportErrand,
    ReportInvited,
    RoomOpened,
    RoomWanted,
    SettleBoard,
    SettleRoom,
    ShiftTurned,
    WriteNote,
)
from launch.plan import Room
from launch.room import invitees
from launch.state import Answer, Decision, Launch, Member, Status
from tests.days import (
    BORN,
    CLAIRE,
    CLOCK,
    DAY,
    HUGO,
    INES,
    JULIE,
    ROOM,
    SAMIRA,
    STRANGER,
    Day,
    a_launch,
    a_plan,
    actor,
    found_as,
    minutes,
    moment,
    perform,
    play,
    refused,
    t,
    user_of,
    wait,
    wake,
    words,
)

SETTLED = SettleRoom("C1")
MEERA = actor("meera")


def opened() -> Day:
    return play(a_launch(), [(ROOM, SLACK, SETTLED)])


def errands(day: Day) -> list[str]:
    """What the newest fact asks of Slack."""
    return [errand.kind for errand in game.errands(day.facts[-1], day.launch)]


# --- open ----------------------------------------------------------------------------------------------------------------


def test_the_room_opens_by_the_clock() -> None:
    day = wait(a_launch(), ROOM)
    assert day.events == [RoomWanted()]
    assert day.launch.status is Status.OPENING
    assert game.errands(day.facts[-1], day.launch) == [Errand("create_room")]
    day = play(day, [(ROOM, SLACK, SETTLED)])
    assert day.events[-1] == RoomOpened("C1")
    assert (day.launch.status, day.launch.channel) == (Status.OPEN, "C1")
    assert errands(day) == ["topic", "invite"]


def test_the_room_opens_by_hand_and_the_clock_does_not_open_it_again() -> None:
    day = wait(play(a_launch(), [(BORN, CLAIRE, OpenRoom())]), ROOM)
    assert day.events == [RoomWanted()]
    assert "room" not in game.due(day.launch)


def test_whoever_commands_in_some_shift_may_open_it() -> None:
    for by in (CLAIRE, HUGO, MEERA):
        assert play(a_launch(), [(BORN, by, OpenRoom())]).events == [RoomWanted()]
    assert refused(a_launch(), BORN, SAMIRA, OpenRoom()) == "only_leads"
    assert refused(a_launch(), BORN, STRANGER, OpenRoom()) == "not_named"


def test_an_open_room_is_not_opened() -> None:
    assert refused(opened(), t(-500), CLAIRE, OpenRoom()) == "room_is_open"
    assert perform(opened(), t(-500), CLOCK, OpenRoom()) == opened()


def test_a_room_that_slack_refused_may_be_asked_for_again() -> None:
    day = play(wait(a_launch(), ROOM), [(ROOM, SLACK, ReportErrand("create_room", "restricted_action"))])
    assert day.events[-1] == ErrandFailed("create_room", "restricted_action")
    assert "room" not in game.due(day.launch), "the clock does not hammer at it"
    day = play(day, [(t(-500), CLAIRE, OpenRoom()), (t(-500), SLACK, SETTLED)])
    assert day.launch.status is Status.OPEN


def test_a_room_is_settled_once() -> None:
    assert perform(opened(), ROOM, SLACK, SettleRoom("C2")) == opened()


def test_a_room_whose_hour_fell_in_a_gap_opens_at_once() -> None:
    day = wake(a_launch(), t(-300))
    assert (day.facts[0].event, day.facts[0].at, day.facts[0].due_at) == (RoomWanted(), t(-300), ROOM)


def test_the_board_is_settled_when_it_stands_somewhere_else() -> None:
    day = play(opened(), [(ROOM, SLACK, SettleBoard("1.1"))])
    assert day.events[-1] == BoardPosted("1.1")
    assert errands(day) == ["pin", "bookmark"]
    assert perform(day, ROOM, SLACK, SettleBoard("1.1")) == day
    assert play(day, [(ROOM, SLACK, SettleBoard("2.2"))]).launch.board == "2.2"


# --- people --------------------------------------------------------------------------------------------------------------


def test_at_birth_everybody_with_an_address_is_looked_up() -> None:
    launch = a_launch(found=False)
    looked_up = {errand.facts["person"] for errand in game.errands(birth_of(launch), launch)}
    assert looked_up == set(launch.plan.people) - {"hotline"}


def birth_of(launch: Launch) -> Fact:
    born = game.m.LaunchPlanned(launch.team_id, launch.id, 1, launch.plan_words)
    return Fact(1, BORN, SHELL, born)


def test_a_person_is_found() -> None:
    day = play(a_launch(found=False), [(BORN, SLACK, found_as("elif", is_guest=True))])
    assert day.events == [MemberFound("elif", "UELIF", is_active=True, is_guest=True)]
    assert day.launch.members["elif"] == Member("elif", "UELIF", is_guest=True)
    assert day.launch.person_of("UELIF") == "elif"


def test_a_person_is_missing_and_says_why() -> None:
    day = play(a_launch(found=False), [(BORN, SLACK, FindMember("olivier", None, trouble="users_not_found"))])
    assert day.events[0] == MemberMissing("olivier", "users_not_found")
    assert day.launch.members["olivier"].trouble == "users_not_found"


def test_somebody_the_plan_does_not_name_is_nobody() -> None:
    assert not play(a_launch(found=False), [(BORN, SLACK, found_as("stranger"))]).events


def test_a_changed_account_is_noticed_if_it_changed() -> None:
    day = play(a_launch(), [(BORN, SLACK, ChangeMember("UJULIE", is_active=True, is_guest=True))])
    assert day.events == [MemberChanged("julie", is_active=True, is_guest=True)]
    assert not play(a_launch(), [(BORN, SLACK, ChangeMember("UJULIE", is_active=True, is_guest=False))]).events
    assert not play(a_launch(), [(BORN, SLACK, ChangeMember("USTRANGER", is_active=False, is_guest=False))]).events


PRIMARIES = {"claire", "samira", "ines", "nadia", "julie", "hugo", "theo", "paul", "olivier"}


@pytest.mark.parametrize(
    ("invite", "people"),
    [
        (("all on duty",), PRIMARIES),
        (("on shift",), {"claire", "samira", "ines", "nadia", "julie"}),
        (("commander", "vendor"), {"claire", "hugo", "elif"}),
        (("on shift", "vendor"), {"claire", "samira", "ines", "nadia", "julie", "elif"}),
    ],
)
def test_who_is_invited_is_what_the_plan_says(invite: tuple[str, ...], people: set[str]) -> None:
    """Standby roles are told where the room is; they are in it only if the plan names them."""
    launch = a_launch(a_plan(room=Room(moment(ROOM), invite=invite)))
    assert {member.person for member in invitees(launch)} == people


def test_who_is_invited_is_not_invited_again() -> None:
    everybody = tuple(sorted(PRIMARIES))
    day = play(opened(), [(ROOM, SLACK, ReportInvited(everybody[1:], everybody[:1]))])
    assert day.events[-1] == MembersInvited(everybody[1:], everybody[:1])
    assert invitees(day.launch) == [], "nor whom Slack would not take"
    assert not play(day, [(ROOM, SLACK, ReportInvited(()))]).facts[len(day.facts) :]


def test_who_comes_on_the_hook_later_is_invited_then() -> None:
    day = play(opened(), [(ROOM, SLACK, ReportInvited(tuple(PRIMARIES)))])
    day = play(day, [(t(-60), SLACK, ChangeMember("USAMIRA", is_active=False, is_guest=False))])
    assert [member.person for member in invitees(day.launch)] == ["camille"]
    assert errands(day) == ["invite"]


def test_whom_slack_finds_after_the_room_stands_is_invited_then() -> None:
    day = play(a_launch(found=False), [(ROOM, SLACK, SETTLED), (t(-500), SLACK, found_as("ines"))])
    assert errands(day) == ["invite"]
    day = play(day, [(t(-499), SLACK, found_as("kevin"))])
    assert {member.person for member in invitees(day.launch)} == {"ines"}, "a secondary waits outside"


def test_a_shift_that_brings_nobody_new_invites_nobody() -> None:
    day = wait(play(opened(), [(ROOM, SLACK, ReportInvited(tuple(PRIMARIES)))]), DAY)
    turned = [fact for fact in day.facts if isinstance(fact.event, ShiftTurned) and fact.at == DAY]
    assert turned
    assert not [errand for fact in day.facts[-7:] for errand in game.errands(fact, day.launch)]


# --- notes ---------------------------------------------------------------------------------------------------------------


def test_anybody_named_may_leave_a_note() -> None:
    day = play(opened(), [(t(-50), JULIE, WriteNote(words("shops are open late")))])
    assert day.events[-1] == NoteWritten("julie", words("shops are open late"))
    assert day.facts[-1].role == "comms"
    assert replace(day.launch, seq=0, last_at=BORN) == replace(wait(opened(), t(-50)).launch, seq=0, last_at=BORN)
    assert refused(opened(), t(-50), STRANGER, WriteNote(words("hello"))) == "not_named"


# --- close ---------------------------------------------------------------------------------------------------------------


def closed() -> Day:
    script = [(ROOM, SLACK, SETTLED), (t(-44), SAMIRA, CastVote("final", "application", Answer.GO)), (t(-43), CLAIRE, CloseLaunch())]
    return play(a_launch(), script)


def test_the_commander_closes() -> None:
    day = closed()
    assert day.events[-1] == LaunchClosed()
    assert (day.launch.status, day.launch.closed_at) == (Status.CLOSED, t(-43))
    assert refused(opened(), t(-50), SAMIRA, CloseLaunch()) == "only_commander"


def test_a_closed_launch_waits_for_nothing_and_asks_nobody() -> None:
    assert game.due(closed().launch) == {}
    assert game.asks(closed().launch) == []
    assert wait(closed(), t(1000)) == closed()


@pytest.mark.parametrize(
    ("by", "command"),
    [
        (CLAIRE, OpenRoom()),
        (CLAIRE, OpenCheckpoint("shops")),
        (INES, CastVote("final", "database", Answer.GO)),
        (CLAIRE, DecideCheckpoint("final", Decision.PROCEED)),
        (SAMIRA, CallHold(words("stop"))),
        (JULIE, WriteNote(words("bye"))),
        (CLAIRE, CloseLaunch()),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Command) else "",
)
def test_after_the_close_everything_is_refused(by: game.Actor, command: Command) -> None:
    assert refused(closed(), t(-42), by, command) == "launch_closed"


@pytest.mark.parametrize(
    "command",
    [SettleRoom("C2"), SettleBoard("9.9"), found_as("samira"), ChangeMember(user_of("ines"), False, False), ReportInvited(("ines",))],
    ids=lambda command: type(command).__name__,
)
def test_what_slack_says_after_the_close_changes_nothing(command: Command) -> None:
    assert perform(closed(), t(-42) + minutes(1), SLACK, command) == closed()
