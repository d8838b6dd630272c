"""T-0 is reached by the clock, live by a word; turning back by a decision, after which nothing more is asked."""

from launch import game
from launch.messages import CallHold, CheckpointOpened, GoLive, MilestoneReached, Resume, TurnBack
from launch.state import Reached
from tests.days import CLAIRE, DNS, SAMIRA, Day, a_checkpoint, a_launch, a_plan, play, refused, t, wait, words

WHY = words("points are lost")
PLAN = a_plan(a_checkpoint("keep", 20, "application"), steps=[DNS])
LIVE, BACK = GoLive(), TurnBack(WHY)


def asked(day: Day, subject: str = "live") -> list[str]:
    return [ask.person for ask in game.asks(day.launch) if ask.subject == subject]


def test_at_t_0_the_commander_is_asked_whether_it_is_live() -> None:
    assert not asked(wait(a_launch(PLAN), t(-1)))
    day = wait(a_launch(PLAN), t(0))
    assert day.events[-1] == MilestoneReached(Reached.T_ZERO)
    assert asked(day) == ["claire"]


def test_a_hold_keeps_t_0_away() -> None:
    day = play(a_launch(PLAN), [(t(-5), SAMIRA, CallHold(WHY))])
    assert not wait(day, t(30)).told(MilestoneReached)
    assert wait(play(day, [(t(10), CLAIRE, Resume())]), t(15)).fact(MilestoneReached).at == t(15)


def test_live_is_said_once_by_the_commander() -> None:
    day = play(a_launch(PLAN), [(t(2), CLAIRE, LIVE)])
    assert day.events[-1] == MilestoneReached(Reached.LIVE, "claire")
    assert not asked(day)
    assert refused(day, t(3), CLAIRE, LIVE) == "already_live"
    assert refused(a_launch(PLAN), t(2), SAMIRA, LIVE) == "only_commander"


def test_live_is_not_said_before_t_0_nor_in_a_hold() -> None:
    assert refused(a_launch(PLAN), t(-1), CLAIRE, LIVE) == "before_t_zero"
    held = play(a_launch(PLAN), [(t(1), SAMIRA, CallHold(WHY))])
    assert refused(held, t(2), CLAIRE, LIVE) == "held_still"


def test_turning_back_needs_a_reason_and_stops_t_for_good() -> None:
    assert refused(a_launch(PLAN), t(2), CLAIRE, TurnBack(words(""))) == "reason_needed"
    assert refused(a_launch(PLAN), t(2), SAMIRA, BACK) == "only_commander"
    day = play(a_launch(PLAN), [(t(2), CLAIRE, BACK)])
    assert day.launch.hold
    assert day.launch.hold.reason == WHY
    assert refused(day, t(3), CLAIRE, Resume()) == "turned_back"
    assert refused(day, t(3), CLAIRE, LIVE) == "turned_back"
    assert refused(day, t(3), CLAIRE, BACK) == "turned_back"


def test_after_turning_back_the_clock_asks_nothing_more() -> None:
    day = wait(play(a_launch(a_plan(a_checkpoint("fixed", t(60), "application"))), [(t(2), CLAIRE, BACK)]), t(90))
    assert not day.told(CheckpointOpened)
    assert not asked(day)
    assert not asked(day, "overrun:1"), "what is to become of the hold is decided"


def test_in_a_hold_that_lasts_too_long_the_commander_is_asked_what_now() -> None:
    day = play(a_launch(PLAN), [(t(-50), SAMIRA, CallHold(WHY))])
    assert not asked(wait(day, t(-11)), "overrun:1")
    assert asked(wait(day, t(-10)), "overrun:1") == ["claire"]
