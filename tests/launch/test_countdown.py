"""L runs, T stands still in a hold: what is given from T-0 moves, what is given as an hour does not. Nothing proceeds by itself."""

from datetime import timedelta

import pytest

from launch import game
from launch.countdown import countdown
from launch.messages import (
    AskOverrun,
    CallHold,
    CastVote,
    CheckpointOpened,
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
from launch.state import Answer, Decision, Status
from tests.days import (
    BORN,
    CLAIRE,
    CLOCK,
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
    a_step,
    minutes,
    moment,
    perform,
    play,
    refused,
    t,
    wait,
    wake,
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
    assert day.events[-1] == HoldCalled(1, t(-100), minutes(40), "samira", WHY)
    assert countdown(day.launch, t(-70)) == minutes(-100)


def test_a_resume_moves_t_0_by_as_long_as_t_stood_still() -> None:
    day = play(held(-100), [(t(-75), CLAIRE, Resume())])
    assert day.events[-1] == HoldEnded(1, "claire")
    assert (day.launch.t0, day.launch.hold) == (t(25), None)
    assert countdown(day.launch, t(-75)) == minutes(-100)
    assert (day.launch.holds[1].ended_at, day.launch.holds[1].ended_by) == (t(-75), "claire")


def test_in_a_hold_what_is_counted_from_t_0_waits_and_moves_and_the_hour_does_not() -> None:
    day = wait(held(-60), t(-40))
    assert "checkpoint:final" not in game.due(day.launch)
    assert game.due(day.launch)["checkpoint:shops"].at == SHOPS
    day = wait(play(day, [(t(-30), CLAIRE, Resume())]), t(-15))
    assert day.fact(CheckpointOpened).at == t(-15), "thirty minutes after its hour"
    assert game.due(day.launch)["guard:final"].at == t(0)
    assert game.due(day.launch)["checkpoint:shops"].at == SHOPS


def test_a_question_of_a_fixed_hour_is_asked_in_a_hold() -> None:
    day = wait(play(a_launch(UNGUARDED), [(t(200), DAY_APPLICATION, HOLD)]), SHOPS)
    assert day.launch.hold
    assert day.events[-1] == CheckpointOpened("shops", 1)


DAY_APPLICATION = game.Actor("person", "UTHEO")


def test_a_question_running_when_t_stops_keeps_its_time_to_answer() -> None:
    day = wait(play(a_launch(), [(t(-44), SAMIRA, HOLD)]), t(-33))
    assert day.launch.polls["final"].outcome is Answer.NO_GO


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


# --- the guard ---------------------------------------------------------------------------------------------------------


def test_t_stops_before_the_undecided_step() -> None:
    day = wait(a_launch(), t(-10))
    assert day.events[-1] == HoldCalled(1, t(-30), minutes(40), None, None, "final")
    assert countdown(day.launch, t(-10)) == minutes(-30)


def test_an_outcome_is_not_a_decision() -> None:
    votes = [(t(-44), SAMIRA, "application"), (t(-43), INES, "database"), (t(-42), JULIE, "comms")]
    day = play(a_launch(), [(at, by, CastVote("final", role, Answer.GO)) for at, by, role in votes])
    assert wait(day, t(-30)).launch.hold


def test_noticed_hours_late_t_stood_still_at_the_step_all_the_same() -> None:
    day = wake(wait(a_launch(), t(-32)), t(80))
    assert day.launch.hold
    assert (day.launch.hold.began_at, day.launch.hold.called_at) == (t(-30), t(80))
    assert countdown(day.launch, t(80)) == minutes(-30)
    assert game.due(day.launch)["hold:1"].at == t(120), "the limit counts from when people could know"
    assert play(day, [(t(85), CLAIRE, PROCEED)]).launch.t0 == t(115)


def test_what_comes_after_the_step_is_not_asked_before_it() -> None:
    plan = a_plan(a_checkpoint("final", -45, "application", before="dns"), a_checkpoint("keep", 20, "application"))
    assert "keep" not in wake(a_launch(plan, BORN), t(60)).launch.polls
    assert "keep" not in wait(a_launch(plan, BORN), t(60)).launch.polls


def test_t_does_not_resume_before_an_undecided_step() -> None:
    day = wait(a_launch(), t(-20))
    assert refused(day, t(-20), CLAIRE, Resume()) == "decide_first"
    day = play(day, [(t(-18), CLAIRE, PROCEED)])
    assert (day.launch.t0, day.launch.hold) == (t(12), None)
    assert not wait(day, t(60)).launch.hold


def test_a_decision_to_hold_at_the_guard_keeps_t_there() -> None:
    day = play(wait(a_launch(), t(-20)), [(t(-19), CLAIRE, DecideCheckpoint("final", Decision.HOLD, WHY))])
    assert refused(day, t(-18), CLAIRE, Resume()) == "decide_first"
    assert len(day.launch.holds) == 1
    assert play(day, [(t(-15), CLAIRE, PROCEED)]).launch.t0 == t(15)


def test_two_questions_before_one_step_are_both_decided() -> None:
    plan = a_plan(a_checkpoint("final", -45, "application", before="dns"), a_checkpoint("money", -44, "comms", before="dns"))
    day = play(wait(a_launch(plan), t(-20)), [(t(-20), CLAIRE, PROCEED)])
    day = wait(day, t(-15))
    assert day.launch.hold
    assert (day.launch.hold.checkpoint, day.launch.hold.began_at) == ("money", t(-20))
    day = play(day, [(t(-10), CLAIRE, DecideCheckpoint("money", Decision.PROCEED, WHY))])
    assert (day.launch.t0, wait(day, t(60)).launch.hold) == (t(20), None)


def test_a_guard_at_a_fixed_hour_stops_t_too() -> None:
    plan = a_plan(a_checkpoint("legacy", 100, "application", before="retire"), steps=[a_step("retire", t(150))])
    day = wait(a_launch(plan), t(160))
    assert countdown(day.launch, t(160)) == minutes(150)


FIXED = a_plan(a_checkpoint("legacy", -60, "application", before="retire"), steps=[a_step("retire", t(-30))])


def test_a_fixed_hour_that_passed_in_a_hold_is_decided_before_t_goes_on() -> None:
    day = wait(play(a_launch(FIXED), [(t(-50), CLAIRE, HOLD)]), t(-25))
    assert refused(day, t(-20), CLAIRE, Resume()) == "decide_first"
    day = play(day, [(t(-20), CLAIRE, DecideCheckpoint("legacy", Decision.PROCEED, WHY)), (t(-19), CLAIRE, Resume())])
    assert (day.launch.t0, wait(day, t(0)).launch.hold) == (t(31), None)


def test_time_that_t_stood_still_is_not_counted_twice() -> None:
    """A hold for "final" ends at T-20m, the fixed hour of "retire" has passed in it: T stops there, from now and not from then."""
    checkpoints = (a_checkpoint("final", -70, "application"), FIXED.checkpoints["legacy"])
    day = wait(a_launch(a_plan(*checkpoints, steps=FIXED.cutover.values())), t(-40))
    day = play(day, [(t(-40), CLAIRE, DecideCheckpoint("final", Decision.HOLD, WHY)), (t(-20), CLAIRE, PROCEED)])
    before = countdown(day.launch, t(-20))
    day = wait(day, t(-5))
    assert day.launch.hold
    assert countdown(day.launch, t(-5)) == before == minutes(-40)
    day = play(day, [(t(-5), CLAIRE, DecideCheckpoint("legacy", Decision.PROCEED, WHY))])
    assert (day.launch.t0, countdown(day.launch, t(-5))) == (t(35), minutes(-40))


# --- a clock with the past in mind --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("late", "instant"),
    [(OpenCheckpoint("final"), t(-45)), (StopAtGuard("final", t(-30)), t(-30)), (OpenRoom(), t(-120))],
    ids=["question", "guard", "room"],
)
def test_what_a_hold_has_moved_does_not_come_at_its_old_hour(late: game.Command, instant: game.datetime) -> None:
    """The clock took the deadline in hand just before T-0 moved."""
    launch = a_launch(a_plan(room=Room(moment(-120))))
    day = play(launch, [(t(-200), SAMIRA, HOLD), (t(-170), CLAIRE, Resume())])
    day = Day(wait(day, instant).launch)
    assert perform(day, instant, CLOCK, late) == day


def test_t_reads_from_the_plan_before_anything_happened() -> None:
    assert countdown(a_launch(), BORN) == -timedelta(days=1)
