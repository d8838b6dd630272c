"""A condition is work for the next minutes: until it is withdrawn, or somebody lets it stand, the commander is asked again."""

import pytest

from launch import game
from launch.messages import (
    AskAgain,
    CastVote,
    CheckpointCounted,
    DecideCheckpoint,
    LetStand,
    ObjectionStands,
    ObjectionWithdrawn,
    WithdrawObjection,
)
from launch.state import Answer, Decision, Outcome
from tests.days import CAMILLE, CLAIRE, INES, JULIE, SAMIRA, Day, a_launch, play, refused, t, wait, words

IF = words("the probe in Lyon must be green")
WITHDRAWN, STANDS = WithdrawObjection("final", 1, "application"), LetStand("final", 1, "application")


def decided(answer: Answer = Answer.CONDITION) -> Day:
    """Application has said `answer` at T-44m, the others GO; the commander lets it proceed at T-41m."""
    votes = [(t(-44), SAMIRA, CastVote("final", "application", answer, IF))]
    votes += [(t(-43), INES, CastVote("final", "database", Answer.GO)), (t(-42), JULIE, CastVote("final", "comms", Answer.GO))]
    return play(a_launch(), [*votes, (t(-41), CLAIRE, DecideCheckpoint("final", Decision.PROCEED, words("seen")))])


def asked_again(day: Day) -> list[str]:
    return [ask.person for ask in game.asks(day.launch) if ask.subject == "objection:final:1:application"]


def test_a_condition_is_a_go_with_a_reason() -> None:
    bare = CastVote("final", "application", Answer.CONDITION)
    assert refused(a_launch(), t(-44), SAMIRA, bare) == "reason_needed"
    assert decided().told(CheckpointCounted) == [CheckpointCounted("final", 1, Outcome.GO)]


@pytest.mark.parametrize("answer", [Answer.CONDITION, Answer.NO_GO])
def test_what_is_not_withdrawn_in_its_time_is_put_to_the_commander_again(answer: Answer) -> None:
    day = wait(decided(answer), t(-34.1))
    assert not asked_again(day)
    day = wait(day, t(-34))
    assert day.told(ObjectionStands) == [ObjectionStands("final", 1, "application")]
    assert asked_again(day) == ["claire"]


def test_its_giver_withdraws_it() -> None:
    day = play(decided(), [(t(-38), SAMIRA, WITHDRAWN)])
    assert day.events[-1] == ObjectionWithdrawn("final", 1, "application", "samira")
    assert not wait(day, t(-31)).told(ObjectionStands)
    assert refused(day, t(-37), SAMIRA, WITHDRAWN) == "objection_over"


def test_nobody_else_does() -> None:
    assert refused(decided(), t(-38), INES, WITHDRAWN) == "not_your_vote"
    assert refused(decided(), t(-38), CAMILLE, STANDS) == "only_commander"


def test_the_commander_lets_it_stand() -> None:
    day = play(wait(decided(), t(-34)), [(t(-33), CLAIRE, STANDS)])
    assert not asked_again(day)
    assert day.launch.objections["final", 1, "application"].let_stand_by == "claire"


def test_asked_again_it_matters_no_more() -> None:
    day = wait(play(decided(), [(t(-38), CLAIRE, AskAgain("final"))]), t(-31))
    assert not day.told(ObjectionStands)
    assert refused(day, t(-31), SAMIRA, WITHDRAWN) == "asked_again" or refused(day, t(-31), SAMIRA, WITHDRAWN) == "objection_over"


def test_held_it_matters_no_more() -> None:
    day = play(decided(), [(t(-38), CLAIRE, DecideCheckpoint("final", Decision.HOLD, IF))])
    assert not wait(day, t(-31)).told(ObjectionStands)


def test_a_plain_go_cannot_be_withdrawn() -> None:
    assert refused(decided(), t(-38), INES, WithdrawObjection("final", 1, "database")) == "unknown_button"
