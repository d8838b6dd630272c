"""Silence is never a go: the silent are reminded, then given a grace, then counted as no. The rule gives the outcome."""

import pytest

from launch import game
from launch.messages import (
    CLOCK,
    AnswerTimePassed,
    CastVote,
    CheckpointCounted,
    EndAnswering,
    RemindSilent,
    SilentReminded,
)
from launch.plan import Limits
from launch.state import Answer, Outcome
from tests.days import (
    BORN,
    DANIEL,
    INES,
    JULIE,
    SAMIRA,
    Day,
    a_checkpoint,
    a_launch,
    a_plan,
    minutes,
    perform,
    play,
    refused,
    t,
    wait,
    wake,
    words,
)

GO, NO_GO, IF = Answer.GO, Answer.NO_GO, Answer.CONDITION
APP_GO = CastVote("final", "application", GO)
DB_GO = CastVote("final", "database", GO)
COMMS_GO = CastVote("final", "comms", GO)
WHY = words("restore test is red")


def asked() -> Day:
    """The night until "final" has just been asked."""
    return wait(a_launch(), t(-45))


# --- silence -----------------------------------------------------------------------------------------------------------


def test_half_way_the_silent_are_reminded_once_and_only_they() -> None:
    day = wait(play(asked(), [(t(-44), SAMIRA, APP_GO)]), t(-36))
    assert day.told(SilentReminded) == [SilentReminded("final", 1, ("database", "comms"))]
    assert day.fact(SilentReminded).at == t(-40)
    assert perform(day, t(-36), CLOCK, RemindSilent("final", 1)) == day


def test_a_reminder_after_the_time_has_passed_says_nothing() -> None:
    day = perform(asked(), t(-35), CLOCK, EndAnswering("final", 1))
    assert perform(day, t(-35), CLOCK, RemindSilent("final", 1)) == day


def test_a_clock_that_knows_more_than_the_launch_changes_nothing() -> None:
    day = wait(a_launch(), t(-46))
    assert perform(day, t(-46), CLOCK, RemindSilent("final", 1)) == day


def test_nobody_is_reminded_of_what_is_counted() -> None:
    day = play(asked(), [(t(-44), SAMIRA, APP_GO), (t(-43), INES, DB_GO), (t(-42), JULIE, COMMS_GO)])
    assert not wait(day, t(-31)).told(SilentReminded)


def test_after_its_time_an_answer_still_counts_for_the_grace() -> None:
    day = play(asked(), [(t(-44), SAMIRA, APP_GO), (t(-43), INES, DB_GO)])
    assert wait(day, t(-35)).events[-1] == AnswerTimePassed("final", 1, ("comms",))
    day = play(day, [(t(-34), JULIE, COMMS_GO)])
    assert day.events[-1] == CheckpointCounted("final", 1, Outcome.GO)


def test_silence_counts_as_no_go_when_the_grace_is_over() -> None:
    day = wait(play(asked(), [(t(-44), SAMIRA, APP_GO), (t(-43), JULIE, COMMS_GO)]), t(-33))
    assert day.events[-1] == CheckpointCounted("final", 1, Outcome.NO_GO, ("database",))
    assert day.facts[-1].at == t(-33)
    assert refused(day, t(-32.5), INES, DB_GO) == "answers_are_closed"


def test_the_grace_is_the_one_of_the_plan() -> None:
    day = wait(a_launch(a_plan(limits=Limits(grace=minutes(0)))), t(-35))
    assert [type(event) for event in day.events[-2:]] == [AnswerTimePassed, CheckpointCounted]


def test_a_late_clock_still_leaves_the_grace() -> None:
    """The program was down while the time to answer ran out: whoever answers now has not been silent."""
    day = wake(play(asked(), [(t(-44), SAMIRA, APP_GO), (t(-43), JULIE, COMMS_GO)]), t(-31))
    assert day.events[-1] == AnswerTimePassed("final", 1, ("database",))
    assert (day.facts[-1].at, day.facts[-1].due_at) == (t(-31), t(-35))
    assert play(day, [(t(-30.5), INES, DB_GO)]).launch.polls["final"].outcome is Outcome.GO


def test_a_clock_with_an_older_round_in_mind_changes_nothing() -> None:
    day = asked()
    assert perform(day, t(-44), CLOCK, EndAnswering("final", 0)) == day


def test_a_gap_on_duty_is_silence() -> None:
    """Nobody holds qa by day, as planned: nobody is asked, and a blocking role that says nothing is a no."""
    day = wait(a_launch(a_plan(a_checkpoint("late", 200, "application qa"))), t(200))
    assert [ask.role for ask in game.asks(day.launch) if ask.subject != "live"] == ["application"]
    day = wait(day, t(212))
    assert day.events[-1] == CheckpointCounted("late", 1, Outcome.NO_GO, ("application", "qa"))


# --- the rule ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("application", "database", "comms", "outcome"),
    [
        (GO, GO, GO, Outcome.GO),
        (GO, IF, GO, Outcome.GO),  # a condition is no objection
        (GO, GO, NO_GO, Outcome.GO),  # advisory: heard and shown
        (GO, GO, None, Outcome.GO),  # advisory, silent
        (GO, NO_GO, GO, Outcome.NO_GO),
        (GO, None, GO, Outcome.NO_GO),
        (None, None, None, Outcome.NO_GO),
    ],
)
def test_a_blocking_no_or_silence_stops_the_launch_an_advisory_one_does_not(
    application: Answer | None, database: Answer | None, comms: Answer | None, outcome: Outcome
) -> None:
    said = [(SAMIRA, "application", application), (INES, "database", database), (JULIE, "comms", comms)]
    votes = [(t(-44), by, CastVote("final", role, answer, WHY)) for by, role, answer in said if answer]
    assert wait(play(asked(), votes), t(-32)).launch.polls["final"].outcome is outcome


def test_a_question_to_advisers_only_is_no_go_while_nobody_says_go() -> None:
    day = wait(a_launch(a_plan(a_checkpoint("mood", -45, "comms"))), t(-45))
    assert wait(day, t(-33)).launch.polls["mood"].outcome is Outcome.NO_GO
    assert play(day, [(t(-44), JULIE, CastVote("mood", "comms", GO))]).launch.polls["mood"].outcome is Outcome.GO


def test_who_is_late_to_the_day_finds_it_asked() -> None:
    """Down from the day before until T-40m: the room, the shift edge and the question come at once, in their order."""
    day = wake(a_launch(at=BORN), t(-40))
    assert [fact.due_at for fact in day.facts] == sorted(fact.due_at for fact in day.facts if fact.due_at)
    assert {fact.at for fact in day.facts} == {t(-40)}
    assert day.launch.polls["final"].phase_at == t(-40), "everybody has the whole time to answer"
    assert refused(day, t(-39), DANIEL, APP_GO) == "not_your_vote"
