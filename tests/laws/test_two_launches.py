"""Two launches at once with the same people: what is said in one is never heard in the other."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from launch import game
from launch.messages import (
    HOUSE,
    SLACK,
    Actor,
    CallHold,
    CastVote,
    ChangePerson,
    CloseLaunch,
    Command,
    DecideCheckpoint,
    OpenCheckpoint,
    Refused,
    Resume,
)
from launch.state import Answer, Decision, Launch
from tests.days import BORN, CLAIRE, INES, JULIE, SAMIRA, a_plan, minutes, play, t, wait, words
from tests.launch.workspaces import Workspace, a_workspace, give

WHY = words("so that it is known")
GO = Answer.GO
ONE, TWO = a_plan(), a_plan(key="tills", t0=t(10))
BOTH = a_workspace(ONE, TWO)
EVERYTHING = [
    (SAMIRA, CastVote("final", "application", GO)),
    (INES, CastVote("final", "database", GO)),
    (JULIE, CastVote("final", "comms", Answer.NO_GO, WHY)),
    (CLAIRE, DecideCheckpoint("final", Decision.PROCEED, WHY)),
    (CLAIRE, DecideCheckpoint("final", Decision.HOLD, WHY)),
    (CLAIRE, OpenCheckpoint("shops")),
    (CLAIRE, CallHold(WHY)),
    (CLAIRE, Resume()),
]
Said = tuple[float, str, tuple[Actor, Command]]


def told(space: Workspace, minute: float, to: str, by: Actor, command: Command) -> Workspace:
    """As `give`; what is refused leaves only what the clock did."""
    try:
        return give(space, t(minute), by, to, command)
    except Refused:
        return replace(space, launches={**space.launches, to: wait(space.launches[to], t(minute)).launch})


def alone(key: str, said: Iterable[Said]) -> Launch:
    """The launch `key` if nobody had ever heard of the other."""
    space = replace(BOTH, launches={key: BOTH.launches[key]})
    for minute, to, (by, command) in said:
        space = told(space, minute, to, by, command) if to == key else space
    return space.launches[key]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(st.floats(-45, 60), st.sampled_from(["corvane", "tills"]), st.sampled_from(EVERYTHING)), max_size=25))
def test_each_goes_as_if_it_were_alone(spoken: list[Said]) -> None:
    said = sorted(spoken, key=lambda one: one[0])
    space = BOTH
    for minute, to, (by, command) in said:
        space = told(space, minute, to, by, command)
    assert space.launches == {key: alone(key, said) for key in ("corvane", "tills")}


def test_the_same_question_in_both_is_two_questions() -> None:
    one, two = wait(BOTH.launches["corvane"], t(-34)).launch, wait(BOTH.launches["tills"], t(-34)).launch
    assert [ask.person for ask in game.asks(one)] == ["samira", "camille", "ines", "kevin", "julie", "sophie"], "ten minutes later"
    assert [ask.person for ask in game.asks(two)] == ["samira", "ines", "julie"]
    space = give(replace(BOTH, launches={"corvane": one, "tills": two}), t(-34), SAMIRA, "tills", CastVote("final", "application", GO))
    assert space.launches["corvane"] == one
    assert [ask.person for ask in game.asks(space.launches["tills"])] == ["ines", "julie"]


def test_a_hold_in_one_stops_one() -> None:
    space = give(BOTH, t(-60), SAMIRA, "corvane", CallHold(WHY))
    assert space.launches["corvane"].hold
    assert wait(space.launches["tills"], t(-35)).launch.polls["final"].is_asking


def test_a_close_closes_one() -> None:
    space = give(BOTH, t(-60), CLAIRE, "corvane", CloseLaunch())
    assert game.due(space.launches["corvane"]) == {}
    assert play(space.launches["tills"], [(t(-60), CLAIRE, OpenCheckpoint("final"))]).launch.polls


def test_an_account_that_is_gone_is_gone_in_both() -> None:
    space = give(BOTH, BORN + minutes(1), SLACK, HOUSE, ChangePerson("USAMIRA", is_active=False, is_guest=False))
    assert {launch.duty["application"].person for launch in space.launches.values()} == {"camille"}
