"""Nothing proceeds by itself: T stops before the step that nobody has let begin, and stays there until somebody does."""

from launch import game
from launch.countdown import countdown
from launch.messages import (
    CallHold,
    CastVote,
    DecideCheckpoint,
    HoldCalled,
    Resume,
)
from launch.state import Answer, Decision
from tests.days import (
    BORN,
    CLAIRE,
    INES,
    JULIE,
    SAMIRA,
    a_checkpoint,
    a_launch,
    a_plan,
    a_step,
    minutes,
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


def test_t_stops_before_the_undecided_step() -> None:
    day = wait(a_launch(), t(-10))
    assert day.told(HoldCalled) == [HoldCalled(1, t(-30), minutes(40), None, None, "final")]
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
    assert game.due(day.launch)["hold:1:2400"].at == t(120), "the limit counts from when people could know"
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


def test_a_fixed_hour_that_is_still_ahead_keeps_nobody() -> None:
    day = play(a_launch(FIXED), [(t(-50), CLAIRE, HOLD), (t(-45), CLAIRE, Resume())])
    assert day.launch.hold is None
    assert game.due(day.launch)["guard:legacy"].at == t(-30), "it has not moved"


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
