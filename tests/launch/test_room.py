"""The room: opened by the clock or by hand, filled by the plan's `invite`, written in, closed on purpose."""

from dataclasses import replace

import pytest

from launch import game
from launch.messages import (
    CLOCK,
    SLACK,
    Actor,
    BoardPosted,
    CallHold,
    CastVote,
    ChangeMember,
    CloseLaunch,
    Command,
    DecideCheckpoint,
    Errand,
    ErrandFailed,
    LaunchClosed,
    NoteWritten,
    OpenCheckpoint,
    OpenRoom,
    ReportErrand,
    ReportInvited,
    RoomOpened,
    RoomWanted,
    SettleBoard,
    SettleRoom,
    WriteNote,
)
from launch.state import Answer, Decision, Status
from tests.days import (
    BORN,
    CLAIRE,
    HUGO,
    INES,
    JULIE,
    ROOM,
    SAMIRA,
    STRANGER,
    Day,
    a_launch,
    actor,
    found_as,
    minutes,
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
def test_after_the_close_everything_is_refused(by: Actor, command: Command) -> None:
    assert refused(closed(), t(-42), by, command) == "launch_closed"


@pytest.mark.parametrize(
    "command",
    [SettleRoom("C2"), SettleBoard("9.9"), found_as("samira"), ChangeMember(user_of("ines"), False, False), ReportInvited(("ines",))],
    ids=lambda command: type(command).__name__,
)
def test_what_slack_says_after_the_close_changes_nothing(command: Command) -> None:
    assert perform(closed(), t(-42) + minutes(1), SLACK, command) == closed()
