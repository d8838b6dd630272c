"""A checkpoint is asked on time, answered by who is on duty, and counted by rule. Silence is never a go."""

from dataclasses import replace

import pytest

from launch import game
from launch.messages import (
    AnswerTimePassed,
    Ask,
    CastVote,
    CheckpointCounted,
    CheckpointOpened,
    EndAnswering,
    OpenCheckpoint,
    RemindSilent,
    SilentReminded,
    VoteCast,
)
from launch.plan import Limits
from launch.state import Answer, Asked, Phase
from tests.days import (
    BORN,
    CAMILLE,
    CLAIRE,
    CLOCK,
    DANIEL,
    INES,
    JULIE,
    NADIA,
    SAMIRA,
    STRANGER,
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

GO, NO_GO = Answer.GO, Answer.NO_GO
APP_GO = CastVote("final", "application", GO)
DB_GO = CastVote("final", "database", GO)
COMMS_GO = CastVote("final", "comms", GO)
WHY = words("restore test is red")


def asked() -> Day:
    """The night until "final" has just been asked."""
    return wait(a_launch(), t(-45))


# --- asking ------------------------------------------------------------------------------------------------------------


def test_the_clock_asks_at_the_hour() -> None:
    assert "final" not in wait(a_launch(), t(-45.1)).launch.polls
    day = asked()
    assert day.events[-1] == CheckpointOpened("final", 1)
    assert (day.facts[-1].at, day.facts[-1].due_at, day.facts[-1].by) == (t(-45), t(-45), CLOCK)
    assert game.asks(day.launch) == [
        Ask("checkpoint:final:application", "samira", "application"),
        Ask("checkpoint:final:database", "ines", "database"),
        Ask("checkpoint:final:comms", "julie", "comms"),
    ]


def test_the_commander_asks_earlier_and_the_clock_does_not_ask_twice() -> None:
    day = wait(play(a_launch(), [(t(-60), CLAIRE, OpenCheckpoint("final"))]), t(-40))
    assert day.told(CheckpointOpened) == [CheckpointOpened("final", 1)]
    assert day.launch.polls["final"].opened_at == t(-60)
    assert day.launch.polls["final"].outcome is NO_GO, "ten minutes to answer count from when it was asked"


def test_a_doubled_firing_of_the_clock_asks_once() -> None:
    day = asked()
    assert perform(day, t(-45), CLOCK, OpenCheckpoint("final")) == day


def test_what_is_asked_already_is_not_asked_a_first_time_again() -> None:
    assert refused(asked(), t(-44), CLAIRE, OpenCheckpoint("final")) == "already_asked"


def test_there_is_no_such_checkpoint() -> None:
    assert refused(a_launch(), t(-60), CLAIRE, OpenCheckpoint("fnial")) == "no_such_checkpoint"
    assert refused(a_launch(), t(-60), SAMIRA, CastVote("fnial", "application", GO)) == "no_such_checkpoint"


def test_before_the_first_shift_its_first_primary_answers() -> None:
    eve = a_launch(a_plan(a_checkpoint("eve", t(-14 * 60), "application comms", answer=60)))
    day = play(eve, [(t(-13.9 * 60), SAMIRA, CastVote("eve", "application", GO)), (t(-13.8 * 60), JULIE, CastVote("eve", "comms", GO))])
    assert day.launch.polls["eve"].outcome is GO


def test_whoever_is_asked_is_written_down() -> None:
    assert list(asked().launch.asked.values()) == [
        Asked("final", 1, "application", "samira", t(-45)),
        Asked("final", 1, "database", "ines", t(-45)),
        Asked("final", 1, "comms", "julie", t(-45)),
    ]


def test_one_person_in_two_roles_answers_for_each() -> None:
    plan = a_plan(a_checkpoint("both", -45, "application database"))
    night = replace(plan.shifts[0], holders={**plan.shifts[0].holders, "database": ("samira",)})
    day = wait(a_launch(replace(plan, shifts=(night, plan.shifts[1]))), t(-45))
    assert [(ask.person, ask.role) for ask in game.asks(day.launch)] == [("samira", "application"), ("samira", "database")]
    day = play(day, [(t(-44), SAMIRA, CastVote("both", "application", GO)), (t(-43), SAMIRA, CastVote("both", "database", NO_GO, WHY))])
    assert day.launch.polls["both"].outcome is NO_GO


# --- answering ---------------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_with_who_gave_it_and_their_role() -> None:
    day = play(asked(), [(t(-44), SAMIRA, APP_GO)])
    fact = day.fact(VoteCast)
    assert fact.event == VoteCast("final", 1, "application", "samira", GO)
    assert (fact.at, fact.by, fact.role) == (t(-44), SAMIRA, "application")
    assert [ask.person for ask in game.asks(day.launch)] == ["ines", "julie"]


def test_a_no_go_needs_a_reason() -> None:
    assert refused(asked(), t(-44), SAMIRA, CastVote("final", "application", NO_GO)) == "reason_needed"
    assert refused(asked(), t(-44), SAMIRA, CastVote("final", "application", NO_GO, words(" \n"))) == "reason_needed"
    day = play(asked(), [(t(-44), SAMIRA, CastVote("final", "application", NO_GO, WHY))])
    assert str(day.launch.votes["final", 1, "application"].reason) == "restore test is red"


def test_an_answer_may_change_until_the_close() -> None:
    day = play(asked(), [(t(-44), SAMIRA, CastVote("final", "application", NO_GO, WHY)), (t(-41), SAMIRA, APP_GO)])
    (vote,) = day.launch.votes.values()
    assert (vote.answer, vote.reason, vote.at) == (GO, None, t(-41))
    assert len(day.told(VoteCast)) == 2, "both stand in the record"


def test_the_same_answer_twice_is_one_answer() -> None:
    day = play(asked(), [(t(-44), SAMIRA, APP_GO), (t(-43), SAMIRA, APP_GO)])
    assert len(day.told(VoteCast)) == 1
    assert day.launch.votes["final", 1, "application"].at == t(-44)


def test_the_last_answer_closes_the_question() -> None:
    day = play(asked(), [(t(-44), SAMIRA, APP_GO), (t(-43), INES, DB_GO), (t(-42), JULIE, COMMS_GO)])
    assert day.events[-1] == CheckpointCounted("final", 1, GO)
    poll = day.launch.polls["final"]
    assert (poll.phase, poll.phase_at, poll.outcome) == (Phase.COUNTED, t(-42), GO)
    assert game.asks(day.launch) == []
    assert refused(day, t(-41), SAMIRA, CastVote("final", "application", NO_GO, WHY)) == "answers_are_closed"


def test_a_changed_answer_is_what_counts_at_the_close() -> None:
    no_first = [(t(-44), SAMIRA, CastVote("final", "application", NO_GO, WHY)), (t(-43), INES, DB_GO), (t(-42), SAMIRA, APP_GO)]
    day = play(asked(), [*no_first, (t(-41), JULIE, COMMS_GO)])
    assert day.launch.polls["final"].outcome is GO


def test_only_the_holder_of_an_asked_role_answers() -> None:
    day = asked()
    assert refused(day, t(-44), CAMILLE, APP_GO) == "not_your_vote", "the secondary of the role"
    assert refused(day, t(-44), INES, APP_GO) == "not_your_vote", "another role's holder"
    assert refused(day, t(-44), CLAIRE, APP_GO) == "not_your_vote", "the commander decides, and does not answer for others"
    assert refused(day, t(-44), NADIA, CastVote("final", "qa", GO)) == "role_not_asked"
    assert refused(day, t(-44), NADIA, CastVote("final", "quality", GO)) == "role_not_asked"
    assert refused(day, t(-44), STRANGER, APP_GO) == "not_named"
    assert refused(a_launch(), t(-46), SAMIRA, APP_GO) == "not_asked_yet"


# --- silence -----------------------------------------------------------------------------------------------------------


def test_half_way_the_silent_are_reminded_once_and_only_they() -> None:
    day = wait(play(asked(), [(t(-44), SAMIRA, APP_GO)]), t(-36))
    assert day.told(SilentReminded) == [SilentReminded("final", 1, ("database", "comms"))]
    assert day.fact(SilentReminded).at == t(-40)
    assert perform(day, t(-36), CLOCK, RemindSilent("final", 1)) == day


def test_nobody_is_reminded_of_what_is_counted() -> None:
    day = play(asked(), [(t(-44), SAMIRA, APP_GO), (t(-43), INES, DB_GO), (t(-42), JULIE, COMMS_GO)])
    assert not wait(day, t(-31)).told(SilentReminded)


def test_after_its_time_an_answer_still_counts_for_the_grace() -> None:
    day = play(asked(), [(t(-44), SAMIRA, APP_GO), (t(-43), INES, DB_GO)])
    assert wait(day, t(-35)).events[-1] == AnswerTimePassed("final", 1, ("comms",))
    day = play(day, [(t(-34), JULIE, COMMS_GO)])
    assert day.events[-1] == CheckpointCounted("final", 1, GO)


def test_silence_counts_as_no_go_when_the_grace_is_over() -> None:
    day = wait(play(asked(), [(t(-44), SAMIRA, APP_GO), (t(-43), JULIE, COMMS_GO)]), t(-33))
    assert day.events[-1] == CheckpointCounted("final", 1, NO_GO, ("database",))
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
    assert play(day, [(t(-30.5), INES, DB_GO)]).launch.polls["final"].outcome is GO


def test_a_clock_with_an_older_round_in_mind_changes_nothing() -> None:
    day = asked()
    assert perform(day, t(-44), CLOCK, EndAnswering("final", 0)) == day


def test_a_gap_on_duty_is_silence() -> None:
    """Nobody holds qa by day, as planned: nobody is asked, and a blocking role that says nothing is a no."""
    day = wait(a_launch(a_plan(a_checkpoint("late", 200, "application qa"))), t(200))
    assert [ask.role for ask in game.asks(day.launch)] == ["application"]
    day = wait(day, t(212))
    assert day.events[-1] == CheckpointCounted("late", 1, NO_GO, ("application", "qa"))


# --- the rule ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("application", "database", "comms", "outcome"),
    [
        (GO, GO, GO, GO),
        (GO, GO, NO_GO, GO),  # advisory: heard and shown
        (GO, GO, None, GO),  # advisory, silent
        (GO, NO_GO, GO, NO_GO),
        (GO, None, GO, NO_GO),
        (None, None, None, NO_GO),
    ],
)
def test_a_blocking_no_or_silence_stops_the_launch_an_advisory_one_does_not(
    application: Answer | None, database: Answer | None, comms: Answer | None, outcome: Answer
) -> None:
    said = [(SAMIRA, "application", application), (INES, "database", database), (JULIE, "comms", comms)]
    votes = [(t(-44), by, CastVote("final", role, answer, WHY)) for by, role, answer in said if answer]
    assert wait(play(asked(), votes), t(-32)).launch.polls["final"].outcome is outcome


def test_a_question_to_advisers_only_is_no_go_while_nobody_says_go() -> None:
    day = wait(a_launch(a_plan(a_checkpoint("mood", -45, "comms"))), t(-45))
    assert wait(day, t(-33)).launch.polls["mood"].outcome is NO_GO
    assert play(day, [(t(-44), JULIE, CastVote("mood", "comms", GO))]).launch.polls["mood"].outcome is GO


def test_who_is_late_to_the_day_finds_it_asked() -> None:
    """Down from the day before until T-40m: the room, the shift edge and the question come at once, in their order."""
    day = wake(a_launch(at=BORN), t(-40))
    assert [fact.due_at for fact in day.facts] == sorted(fact.due_at for fact in day.facts if fact.due_at)
    assert {fact.at for fact in day.facts} == {t(-40)}
    assert day.launch.polls["final"].phase_at == t(-40), "everybody has the whole time to answer"
    assert refused(day, t(-39), DANIEL, APP_GO) == "not_your_vote"
