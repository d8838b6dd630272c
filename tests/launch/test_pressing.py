"""Nothing proceeds by itself: an outcome without a decision is pressed on the commander, then on the deputies."""

from dataclasses import replace

from launch import game
from launch.messages import AskAgain, DecideCheckpoint, DecisionEscalated, DecisionPressed, PageCalled, PageRang, PageResolved, TakePage
from launch.state import Decision, PageKind
from tests.days import CLAIRE, DANIEL, SHIFTS, Day, a_launch, a_plan, minutes, play, refused, t, wait, words

WHY = words("seen on the bridge")
PROCEED = DecideCheckpoint("final", Decision.PROCEED, WHY)


def counted() -> Day:
    """Nobody answered: counted at T-33m."""
    return wait(a_launch(), t(-33))


def deciders(day: Day) -> list[str]:
    return [ask.person for ask in game.asks(day.launch) if ask.subject == "decision:final"]


def test_at_first_it_is_the_commanders_alone() -> None:
    assert deciders(counted()) == ["claire"]
    assert play(counted(), [(t(-32), DANIEL, PROCEED)]).launch.polls["final"].decided_by == "daniel", "the deputy may, unasked"


def test_after_two_minutes_the_commander_is_reminded_once() -> None:
    day = wait(counted(), t(-29))
    assert day.told(DecisionPressed) == [DecisionPressed("final", 1)]
    assert day.fact(DecisionPressed).at == t(-31)


def test_after_five_the_deputy_is_paged_and_both_may_decide() -> None:
    day = wait(counted(), t(-28))
    assert day.fact(DecisionEscalated).at == t(-28)
    called = day.told(PageCalled)[0]
    assert (called.kind, called.role, called.chain, called.checkpoint) == (PageKind.DECISION, "commander", ("daniel", "claire"), "final")
    assert day.told(PageRang)[0].person == "daniel"
    assert deciders(day) == ["claire", "daniel"]


def test_the_limit_is_that_of_the_plan() -> None:
    day = wait(a_launch(a_plan(limits=replace(a_plan().limits, decision=minutes(1)))), t(-29))
    assert not day.told(DecisionPressed), "paged before a reminder would have come"
    assert day.fact(DecisionEscalated).at == t(-32)


def test_a_decision_ends_the_page_and_no_page_comes_after_it() -> None:
    day = play(wait(counted(), t(-28)), [(t(-27), DANIEL, PROCEED)])
    assert day.told(PageResolved) == [PageResolved(1, "daniel")]
    assert not deciders(day)
    in_time = wait(play(counted(), [(t(-32), CLAIRE, PROCEED)]), t(-20))
    assert not in_time.told(DecisionPressed)
    assert not in_time.told(PageCalled)


def test_asked_again_the_page_is_over_too() -> None:
    day = play(wait(counted(), t(-28)), [(t(-27), CLAIRE, AskAgain("final"))])
    assert day.told(PageResolved) == [PageResolved(1, "claire")]


def test_whoever_takes_the_page_still_has_to_decide() -> None:
    day = play(wait(counted(), t(-28)), [(t(-27), DANIEL, TakePage(1))])
    assert deciders(day) == ["claire", "daniel"]
    assert day.launch.hold is None or day.launch.hold.checkpoint == "final"


def test_a_commander_without_a_deputy_is_paged_themselves() -> None:
    alone = replace(SHIFTS[0], holders={**SHIFTS[0].holders, "commander": ("claire",)})
    day = wait(a_launch(a_plan(shifts=(alone, SHIFTS[1]))), t(-28))
    assert day.told(PageRang)[0].person == "claire"


def test_a_new_commander_has_the_outcome_in_hand() -> None:
    plan = a_plan(*[replace(a_plan().checkpoints["final"], at=a_plan().checkpoints["shops"].at, before=None)])
    day = wait(a_launch(plan), t(270))
    assert deciders(day) == ["hugo"]
    assert refused(day, t(270), CLAIRE, PROCEED) == "only_commander"
