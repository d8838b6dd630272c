"""The rule gives the outcome, the commander decides. A correction is a new entry, a new round a new question."""

import pytest

from launch import game
from launch.messages import (
    AskAgain,
    CallHold,
    CastVote,
    CheckpointDecided,
    CheckpointOpened,
    DecideCheckpoint,
    HoldCalled,
    HoldEnded,
    OpenCheckpoint,
    Resume,
)
from launch.state import Answer, Decision, Outcome, Phase
from tests.days import (
    CLAIRE,
    DANIEL,
    HUGO,
    INES,
    JULIE,
    SAMIRA,
    SHOPS,
    Day,
    a_checkpoint,
    a_launch,
    a_plan,
    a_step,
    actor,
    minutes,
    play,
    refusal,
    refused,
    t,
    wait,
    words,
)

GO, NO_GO = Answer.GO, Answer.NO_GO
WHY = words("restore test is red")
PROCEED = DecideCheckpoint("final", Decision.PROCEED)
HOLD = DecideCheckpoint("final", Decision.HOLD, WHY)
VOTES = [
    (t(-44), SAMIRA, CastVote("final", "application", GO)),
    (t(-43), INES, CastVote("final", "database", GO)),
    (t(-42), JULIE, CastVote("final", "comms", GO)),
]


def counted(outcome: Answer = GO) -> Day:
    """The night until "final" is counted, at T-42m if all say go and at T-33m if nobody says a word."""
    return play(a_launch(), VOTES) if outcome is GO else wait(a_launch(), t(-33))


# --- proceed -----------------------------------------------------------------------------------------------------------


def test_the_commander_proceeds_on_a_go() -> None:
    day = play(counted(), [(t(-41), CLAIRE, PROCEED)])
    assert day.events[-1] == CheckpointDecided("final", 1, Decision.PROCEED, "claire")
    poll = day.launch.polls["final"]
    assert (poll.phase, poll.decision, poll.decided_by, poll.phase_at) == (Phase.DECIDED, Decision.PROCEED, "claire", t(-41))
    assert poll.may_proceed


def test_after_a_proceed_t_runs_through_the_guarded_step() -> None:
    day = wait(play(counted(), [(t(-41), CLAIRE, PROCEED)]), t(0))
    assert not day.launch.holds
    assert day.launch.t0 == t(0)


def test_the_deputy_of_the_shift_may_decide_the_commander_of_the_next_may_not_yet() -> None:
    assert refused(counted(), t(-41), HUGO, PROCEED) == "only_commander"
    assert play(counted(), [(t(-41), DANIEL, PROCEED)]).launch.polls["final"].decided_by == "daniel"


def test_nothing_is_decided_while_answers_may_still_come() -> None:
    assert refused(a_launch(), t(-44), CLAIRE, PROCEED) == "still_asking"
    assert refused(a_launch(), t(-34), CLAIRE, PROCEED) == "still_asking", "nor in the grace"


def test_nothing_is_decided_that_was_not_asked() -> None:
    assert refused(a_launch(), t(-50), CLAIRE, PROCEED) == "not_asked_yet"
    assert refused(a_launch(), t(-50), CLAIRE, DecideCheckpoint("fnial", Decision.PROCEED)) == "no_such_checkpoint"


def test_against_the_outcome_only_with_a_written_reason() -> None:
    day = counted(NO_GO)
    assert refused(day, t(-32), CLAIRE, PROCEED) == "reason_needed"
    assert refused(day, t(-32), CLAIRE, DecideCheckpoint("final", Decision.PROCEED, words("  "))) == "reason_needed"
    day = play(day, [(t(-32), CLAIRE, DecideCheckpoint("final", Decision.PROCEED, words("they are on the phone: all go")))])
    poll = day.launch.polls["final"]
    assert (poll.outcome, poll.may_proceed, str(poll.reason)) == (NO_GO, True, "they are on the phone: all go")


# --- hold --------------------------------------------------------------------------------------------------------------


def test_the_commander_holds_and_t_stops() -> None:
    day = play(counted(), [(t(-41), CLAIRE, DecideCheckpoint("final", Decision.HOLD, WHY, minutes(15)))])
    assert day.events[-2:] == [
        CheckpointDecided("final", 1, Decision.HOLD, "claire", WHY),
        HoldCalled(1, t(-41), minutes(15), "claire", WHY, "final", "commander"),
    ]
    assert day.launch.hold


def test_a_hold_needs_a_reason() -> None:
    assert refused(counted(), t(-41), CLAIRE, DecideCheckpoint("final", Decision.HOLD)) == "reason_needed"
    assert refused(counted(NO_GO), t(-32), CLAIRE, DecideCheckpoint("final", Decision.HOLD)) == "reason_needed"


def test_deciding_to_hold_while_held_keeps_the_hold_there_is() -> None:
    day = play(counted(), [(t(-41), SAMIRA, CallHold(words("disk full"))), (t(-40), CLAIRE, HOLD)])
    assert len(day.told(HoldCalled)) == 1
    assert day.launch.polls["final"].decision is Decision.HOLD


def test_a_resume_is_no_proceed() -> None:
    """T goes on to the step and stops there: what was held is still to be decided."""
    day = play(counted(), [(t(-41), CLAIRE, HOLD), (t(-36), CLAIRE, Resume())])
    day = wait(day, t(-25))
    assert day.events[-1] == HoldCalled(2, t(-25), minutes(40), None, None, "final")
    assert refused(day, t(-24), CLAIRE, Resume()) == "decide_first"


# --- correction --------------------------------------------------------------------------------------------------------


def test_a_correction_is_a_new_entry_and_lets_t_go_on() -> None:
    day = play(counted(), [(t(-41), CLAIRE, HOLD), (t(-38), DANIEL, PROCEED)])
    assert [decided.decision for decided in day.told(CheckpointDecided)] == [Decision.HOLD, Decision.PROCEED]
    assert day.events[-1] == HoldEnded(1, "daniel")
    assert day.launch.t0 == t(3)


def test_a_proceed_may_be_taken_back_until_the_step_begins() -> None:
    day = play(counted(), [(t(-41), CLAIRE, PROCEED)])
    assert play(day, [(t(-31), CLAIRE, HOLD)]).launch.hold
    assert refused(day, t(-30), CLAIRE, HOLD) == "step_has_begun"
    assert refused(day, t(-30), CLAIRE, AskAgain("final")) == "step_has_begun"


def test_what_guards_nothing_may_be_corrected_long_after() -> None:
    day = wait(a_launch(), SHOPS)
    go = [(t(256), by, CastVote("shops", role, GO)) for by, role in ((actor("theo"), "application"), (actor("olivier"), "comms"))]
    day = play(day, [*go, (t(257), HUGO, DecideCheckpoint("shops", Decision.PROCEED))])
    assert play(day, [(t(500), HUGO, DecideCheckpoint("shops", Decision.HOLD, WHY))]).launch.polls["shops"].decision is Decision.HOLD


def test_the_same_decision_twice_is_said_to_be_made() -> None:
    assert refused(play(counted(), [(t(-41), CLAIRE, PROCEED)]), t(-40), DANIEL, PROCEED) == "already_decided"
    assert refused(play(counted(), [(t(-41), CLAIRE, HOLD)]), t(-40), DANIEL, HOLD) == "already_decided"


def test_a_refusal_says_what_is_needed_to_understand_it() -> None:
    day = play(counted(), [(t(-41), CLAIRE, PROCEED)])
    assert refusal(day, t(-40), DANIEL, PROCEED).facts == {"checkpoint": "final", "person": "claire", "decision": "proceed"}
    assert refusal(day, t(-30), CLAIRE, HOLD).facts == {"checkpoint": "final", "step": "dns"}
    assert refusal(counted(), t(-30), CLAIRE, Resume()).facts == {"checkpoint": "final"}
    held = play(counted(), [(t(-41), SAMIRA, CallHold(WHY))])
    assert refusal(held, t(-40), CLAIRE, CallHold(WHY)).facts == {"since": t(-41).isoformat()}


def test_a_proceed_does_not_end_a_hold_that_was_called_for_something_else() -> None:
    day = play(counted(), [(t(-41), SAMIRA, CallHold(words("disk full"))), (t(-40), CLAIRE, PROCEED)])
    assert day.launch.hold
    assert day.launch.polls["final"].may_proceed
    assert play(day, [(t(-38), CLAIRE, Resume())]).launch.t0 == t(3)


# --- ask again ---------------------------------------------------------------------------------------------------------


def test_ask_again_is_a_new_round_in_which_nothing_is_answered_or_decided() -> None:
    day = play(counted(NO_GO), [(t(-32), CLAIRE, AskAgain("final"))])
    assert day.events[-1] == CheckpointOpened("final", 2)
    poll = day.launch.polls["final"]
    assert (poll.round, poll.phase, poll.outcome, poll.decision, poll.is_reminded) == (2, Phase.ASKING, None, None, False)
    assert len(game.asks(day.launch)) == 3
    assert day.launch.asked["final", 2, "database", "ines"].at == t(-32)


def test_the_answers_of_an_earlier_round_stay_and_count_no_more() -> None:
    day = play(counted(), [(t(-41), CLAIRE, AskAgain("final")), (t(-40), SAMIRA, CastVote("final", "application", NO_GO, WHY))])
    assert day.launch.votes["final", 1, "application"].answer is GO
    day = wait(day, t(-29))
    assert day.launch.polls["final"].outcome is Outcome.NO_GO


def test_asking_again_takes_a_proceed_back() -> None:
    day = wait(play(counted(), [(t(-41), CLAIRE, PROCEED), (t(-40), CLAIRE, AskAgain("final"))]), t(-30))
    assert day.launch.hold
    assert day.launch.hold.checkpoint == "final"


def test_nothing_is_asked_again_while_it_is_asked() -> None:
    assert refused(a_launch(), t(-44), CLAIRE, AskAgain("final")) == "still_asking"
    assert refused(a_launch(), t(-50), CLAIRE, AskAgain("final")) == "not_asked_yet"


def test_the_reminder_of_an_earlier_round_never_comes() -> None:
    day = play(a_launch(), [*[vote for vote in VOTES if vote[0] <= t(-42)], (t(-41), CLAIRE, AskAgain("final"))])
    assert set(game.due(day.launch)) >= {"remind:final:2:0", "answer:final:2:0"}
    assert not {key for key in game.due(day.launch) if key.endswith("final:1:0")}


# --- before the step ---------------------------------------------------------------------------------------------------


def test_a_guarded_step_whose_question_was_never_asked_is_asked_first() -> None:
    """Guarded at T-50m, asked at T-45m: T stands still before the question would come by itself."""
    plan = a_plan(a_checkpoint("final", -45, "application", before="dns"), steps=[a_step("dns", -50)])
    day = wait(a_launch(plan), t(-40))
    assert "final" not in day.launch.polls
    assert refused(day, t(-39), CLAIRE, Resume()) == "decide_first"
    assert refused(day, t(-39), CLAIRE, PROCEED) == "not_asked_yet"
    day = play(day, [(t(-39), CLAIRE, OpenCheckpoint("final")), (t(-38), SAMIRA, CastVote("final", "application", GO))])
    assert play(day, [(t(-37), CLAIRE, PROCEED)]).launch.t0 == t(13)


@pytest.mark.parametrize("minute", [-30, -20, 240])
def test_a_proceed_at_the_guard_lets_t_go_on_at_once(minute: float) -> None:
    day = play(counted(), [(t(minute), CLAIRE, PROCEED)]) if minute < 90 else play(counted(), [(t(minute), HUGO, PROCEED)])
    assert day.told(HoldEnded)
    assert day.launch.t0 == t(30 + minute)
    assert wait(day, t(minute + 5)).launch.hold is None
