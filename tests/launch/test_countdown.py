"""L runs, T stands still in a hold: what is given from T-0 moves, what is given as an hour does not. Nothing proceeds by itself."""

from datetime import datetime, timedelta

import pytest

from launch import game
from launch.countdown import countdown
from launch.messages import (
    CLOCK,
    Actor,
    AskOverrun,
    CallHold,
    CheckpointOpened,
    Command,
    DecideCheckpoint,
    HoldCalled,
    HoldEnded,
    HoldOverran,
    OpenCheckpoint,
    OpenRoom,
    Resume,
    StopAtGuard,
)
from launch.plan import Limits, Room
from launch.state import Decision, Outcome, Status
from tests.days import (
    BORN,
    CLAIRE,
    DANIEL,
    ELIF,
    INES,
    JULIE,
    SAMIRA,
    SHOPS,
    Day,
    a_checkpoint,
    a_launch,
    a_plan,
    minutes,
    moment,
    perform,
    play,
    refused,
    t,
    wait,
    words,
)

WHY = words("disk full on the new store")
HOLD = CallHold(WHY)
PROCEED = DecideCheckpoint("final", Decision.PROCEED, words("all said go on the bridge"))
UNGUARDED = a_plan(a_checkpoint("final", -45, "application"), a_checkpoint("shops", SHOPS, "comms"))


def held(minute: float = -100) -> Day:
    return play(a_launch(), [(t(minute), SAMIRA, HOLD)])


# --- hold and resume ---------------------------------------------------------------------------------------------------


def test_a_hold_stops_t_now() -> None:
    day = held(-100)
    assert day.events[-1] == HoldCalled(1, t(-100), minutes(40), "samira", WHY, owner="application")
    assert countdown(day.launch, t(-70)) == minutes(-100)
    assert day.launch.hold
    assert (day.launch.hold.by, day.launch.hold.reason, day.launch.hold.called_at) == ("samira", WHY, t(-100))


def test_a_resume_moves_t_0_by_as_long_as_t_stood_still() -> None:
    day = play(held(-100), [(t(-75), CLAIRE, Resume())])
    assert day.events[-1] == HoldEnded(1, "claire")
    assert (day.launch.t0, day.launch.hold) == (t(25), None)
    assert countdown(day.launch, t(-75)) == minutes(-100)
    assert (day.launch.holds[1].ended_at, day.launch.holds[1].ended_by) == (t(-75), "claire")


def test_in_a_hold_what_is_counted_from_t_0_waits_and_moves_and_the_hour_does_not() -> None:
    day = wait(held(-60), t(-40))
    assert "checkpoint:final:0" not in game.due(day.launch)
    assert game.due(day.launch)["checkpoint:shops:0"].at == SHOPS
    day = wait(play(day, [(t(-30), CLAIRE, Resume())]), t(-15))
    assert day.fact(CheckpointOpened).at == t(-15), "thirty minutes after its hour"
    assert game.due(day.launch)["guard:final"].at == t(0)
    assert game.due(day.launch)["checkpoint:shops:0"].at == SHOPS


def test_a_question_of_a_fixed_hour_is_asked_in_a_hold() -> None:
    day = wait(play(a_launch(UNGUARDED), [(t(200), DAY_APPLICATION, HOLD)]), SHOPS)
    assert day.launch.hold
    assert day.events[-1] == CheckpointOpened("shops", 1)


DAY_APPLICATION = Actor("person", "UTHEO")


def test_a_question_running_when_t_stops_keeps_its_time_to_answer() -> None:
    day = wait(play(a_launch(), [(t(-44), SAMIRA, HOLD)]), t(-33))
    assert day.launch.polls["final"].outcome is Outcome.NO_GO


def test_several_holds_add_up() -> None:
    script = [(t(-100), SAMIRA, HOLD), (t(-90), CLAIRE, Resume()), (t(-80), INES, HOLD), (t(-60), DANIEL, Resume())]
    day = play(a_launch(), script)
    assert day.launch.t0 == t(30)
    assert sorted(day.launch.holds) == [1, 2]


def test_one_hold_at_a_time() -> None:
    assert refused(held(), t(-99), CLAIRE, HOLD) == "already_held"


def test_a_hold_is_for_a_reason() -> None:
    assert refused(a_launch(), t(-99), CLAIRE, CallHold(words("  "))) == "reason_needed"


def test_who_may_hold_and_who_may_resume() -> None:
    assert refused(a_launch(), t(-100), JULIE, HOLD) == "only_blocking"
    assert refused(a_launch(), t(-100), ELIF, HOLD) == "only_blocking"
    assert refused(held(), t(-99), SAMIRA, Resume()) == "only_commander", "not even who called it"
    assert play(held(), [(t(-99), DANIEL, Resume())]).launch.hold is None


def test_what_is_not_held_is_not_resumed() -> None:
    assert refused(a_launch(), t(-100), CLAIRE, Resume()) == "not_held"


def test_a_hold_on_the_very_minute_of_a_question_lets_it_be_asked() -> None:
    day = wait(play(a_launch(), [(t(-45), CLAIRE, HOLD)]), t(-44))
    assert "final" in day.launch.polls


def test_the_room_waits_with_t_if_its_hour_is_counted_from_t_0() -> None:
    launch = a_launch(a_plan(room=Room(moment(-120))))
    day = wait(play(launch, [(t(-200), SAMIRA, HOLD)]), t(-100))
    assert day.launch.status is Status.PLANNED
    day = wait(play(day, [(t(-100), CLAIRE, Resume())]), t(-20))
    assert day.launch.status is Status.OPENING


# --- the limit ---------------------------------------------------------------------------------------------------------


def test_a_hold_longer_than_its_limit_is_said_once() -> None:
    day = wait(play(a_launch(), [(t(-100), CLAIRE, CallHold(WHY, minutes(15)))]), t(0))
    assert day.told(HoldOverran) == [HoldOverran(1)]
    assert day.fact(HoldOverran).at == t(-85)
    assert day.launch.hold, "it goes on: only the commander resumes"
    assert perform(day, t(0), CLOCK, AskOverrun(1)) == day


def test_without_a_limit_the_plan_s_is_taken() -> None:
    day = wait(play(a_launch(a_plan(limits=Limits(hold=minutes(7)))), [(t(-100), CLAIRE, HOLD)]), t(-90))
    assert day.fact(HoldOverran).at == t(-93)


def test_the_limit_of_an_ended_hold_says_nothing_in_the_next() -> None:
    day = play(held(-100), [(t(-90), CLAIRE, Resume()), (t(-80), CLAIRE, HOLD)])
    assert perform(day, t(-60), CLOCK, AskOverrun(1)) == day
    assert wait(day, t(-40)).told(HoldOverran) == [HoldOverran(2)]


# --- a clock with the past in mind --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("late", "instant"),
    [(OpenCheckpoint("final"), t(-45)), (StopAtGuard("final", t(-30)), t(-30)), (OpenRoom(), t(-120))],
    ids=["question", "guard", "room"],
)
def test_what_a_hold_has_moved_does_not_come_at_its_old_hour(late: Command, instant: datetime) -> None:
    """The clock took the deadline in hand just before T-0 moved."""
    launch = a_launch(a_plan(room=Room(moment(-120))))
    day = play(launch, [(t(-200), SAMIRA, HOLD), (t(-170), CLAIRE, Resume())])
    day = Day(wait(day, instant).launch)
    assert perform(day, instant, CLOCK, late) == day


def test_t_reads_from_the_plan_before_anything_happened() -> None:
    assert countdown(a_launch(), BORN) == -timedelta(days=1)


def test_time_to_answer_and_to_hold_elapses_and_everything_else_is_an_instant() -> None:
    """A clock that is set back must not give anybody an hour more."""
    deadlines = {**game.due(wait(a_launch(), t(-45)).launch), **game.due(wait(a_launch(), t(-35)).launch), **game.due(held().launch)}
    lasting = {key: deadline.lasts for key, deadline in deadlines.items() if deadline.lasts}
    answering = {"remind:final:1:0": minutes(5), "answer:final:1:0": minutes(10), "count:final:1:0": minutes(2)}
    assert lasting == {**answering, "hold:1:2400": minutes(40)}
    shops = {"checkpoint:shops:0", "heads_up:shops:0"}
    assert deadlines.keys() - lasting.keys() == {"shift", "guard:final", "t_zero", *shops}
