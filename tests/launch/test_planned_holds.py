"""Holds of the plan: the hour of T-0 allows for them, what comes before them comes earlier, and they end by a decision like any other."""

import pytest

from launch.countdown import countdown, instant, nominal
from launch.messages import CLOCK, BeginPlannedHold, CallHold, ExtendHold, HoldCalled, HoldOverran, Resume
from launch.plan import PlannedHold, Title
from tests.days import CLAIRE, SAMIRA, Day, a_checkpoint, a_launch, a_plan, minutes, moment, perform, play, refused, t, wait, wake, words

WHY = words("disk full")
WAIT = PlannedHold("fuel", moment(-30), minutes(20), Title({"": "Everybody at their place"}))
LATE = PlannedHold("look", moment(60), minutes(15), Title({"": "Look at the figures"}))
PLAN = a_plan(
    a_checkpoint("early", -45, "application"),
    a_checkpoint("late", -10, "application"),
    a_checkpoint("after", 90, "application"),
    steps=[],
    holds={hold.name: hold for hold in (WAIT, LATE)},
)


def held() -> Day:
    return wait(a_launch(PLAN), t(-50))


def test_t_0_is_when_the_plan_says_and_what_comes_before_the_hold_earlier() -> None:
    launch = a_launch(PLAN)
    assert nominal(launch, moment(0)) == t(0)
    assert instant(launch, moment(-45)) == t(-65)
    assert instant(launch, moment(-30)) == t(-50)
    assert instant(launch, moment(-10)) == t(-10)
    assert instant(launch, moment(90)) == t(105), "after a hold that comes after T-0"


def test_t_shows_what_is_left_of_the_countdown() -> None:
    launch = a_launch(PLAN)
    assert countdown(launch, t(-65)) == minutes(-45)
    assert countdown(held().launch, t(-40)) == minutes(-30)


def test_t_stops_by_itself_and_goes_on_by_a_word_of_the_commander() -> None:
    day = held()
    assert day.told(HoldCalled) == [HoldCalled(1, t(-50), minutes(20), owner="commander", planned="fuel")]
    day = play(day, [(t(-30), CLAIRE, Resume())])
    assert day.launch.t0 == t(0), "as planned"
    assert countdown(day.launch, t(-30)) == minutes(-30)
    assert refused(held(), t(-40), SAMIRA, Resume()) == "only_commander"


@pytest.mark.parametrize(("ended", "t0"), [(-40, -10), (-30, 0), (-15, 15)])
def test_ended_earlier_or_later_t_0_moves_with_it(ended: float, t0: float) -> None:
    assert play(held(), [(t(ended), CLAIRE, Resume())]).launch.t0 == t(t0)


def test_one_after_t_0_moves_only_what_comes_after_it() -> None:
    day = wait(play(held(), [(t(-30), CLAIRE, Resume())]), t(60))
    assert day.launch.hold
    assert (day.launch.hold.planned, day.launch.t0) == ("look", t(0))
    day = play(day, [(t(75), CLAIRE, Resume())])
    assert instant(day.launch, moment(90)) == t(105)
    assert countdown(day.launch, t(75)) == minutes(60)


def test_it_begins_once() -> None:
    day = play(held(), [(t(-30), CLAIRE, Resume())])
    assert perform(day, t(-29), CLOCK, BeginPlannedHold("fuel")) == day


def test_noticed_late_it_began_where_it_was_planned() -> None:
    day = wake(a_launch(PLAN), t(-35))
    assert day.launch.hold
    assert (day.launch.hold.began_at, day.launch.hold.called_at) == (t(-50), t(-35))


def test_in_another_hold_it_waits_until_t_gets_there() -> None:
    day = play(a_launch(PLAN), [(t(-60), SAMIRA, CallHold(WHY))])
    assert len(wait(day, t(-20)).told(HoldCalled)) == 1
    day = play(day, [(t(-20), CLAIRE, Resume())])
    assert day.launch.t0 == t(40)
    assert wait(day, t(-10)).told(HoldCalled)[-1] == HoldCalled(2, t(-10), minutes(20), owner="commander", planned="fuel")


# --- longer ----------------------------------------------------------------------------------------------------------------


def test_at_its_limit_the_question_is_put_and_more_time_puts_it_again() -> None:
    day = wait(held(), t(-30))
    assert day.told(HoldOverran) == [HoldOverran(1)]
    day = play(day, [(t(-28), CLAIRE, ExtendHold(minutes(10), WHY))])
    assert day.launch.hold
    assert not day.launch.hold.is_overrun
    assert len(wait(day, t(-18)).told(HoldOverran)) == 2
    assert day.launch.hold.limit == minutes(32)


def test_more_time_needs_a_reason_and_a_hold() -> None:
    assert refused(held(), t(-40), CLAIRE, ExtendHold(minutes(10), words(" "))) == "reason_needed"
    assert refused(a_launch(), t(-40), CLAIRE, ExtendHold(minutes(10), WHY)) == "not_held"


def test_the_owner_of_a_hold_is_the_role_that_has_to_act() -> None:
    day = play(a_launch(), [(t(-60), SAMIRA, CallHold(WHY, owner="database"))])
    assert day.launch.hold
    assert day.launch.hold.owner == "database"
    own = play(a_launch(), [(t(-60), SAMIRA, CallHold(WHY))])
    assert own.launch.hold
    assert own.launch.hold.owner == "application"
    assert refused(a_launch(), t(-60), SAMIRA, CallHold(WHY, owner="shops")) == "no_such_role"
