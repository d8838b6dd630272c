"""A checkpoint is asked on time, answered by who is on duty, and counted by rule. Silence is never a go."""

from dataclasses import replace

from launch import game
from launch.messages import (
    CLOCK,
    Ask,
    CastVote,
    CheckpointCounted,
    CheckpointOpened,
    OpenCheckpoint,
    VoteCast,
)
from launch.state import Answer, Asked, Outcome, Phase
from launch.words import Words
from tests.days import (
    CAMILLE,
    CLAIRE,
    INES,
    JULIE,
    NADIA,
    SAMIRA,
    STRANGER,
    Day,
    a_checkpoint,
    a_launch,
    a_plan,
    perform,
    play,
    refused,
    t,
    wait,
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
    assert day.launch.polls["final"].outcome is Outcome.NO_GO, "ten minutes to answer count from when it was asked"


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
    assert day.launch.polls["eve"].outcome is Outcome.GO


def test_whoever_is_asked_is_written_down_from_the_heads_up_on() -> None:
    assert list(asked().launch.asked.values()) == [
        Asked("final", 1, "application", "samira", t(-55)),
        Asked("final", 1, "database", "ines", t(-55)),
        Asked("final", 1, "comms", "julie", t(-55)),
    ]


def test_one_person_in_two_roles_answers_for_each() -> None:
    plan = a_plan(a_checkpoint("both", -45, "application database"))
    night = replace(plan.shifts[0], holders={**plan.shifts[0].holders, "database": ("samira",)})
    day = wait(a_launch(replace(plan, shifts=(night, plan.shifts[1]))), t(-45))
    assert [(ask.person, ask.role) for ask in game.asks(day.launch)] == [("samira", "application"), ("samira", "database")]
    day = play(day, [(t(-44), SAMIRA, CastVote("both", "application", GO)), (t(-43), SAMIRA, CastVote("both", "database", NO_GO, WHY))])
    assert day.launch.polls["both"].outcome is Outcome.NO_GO


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
    assert day.events[-1] == CheckpointCounted("final", 1, Outcome.GO)
    poll = day.launch.polls["final"]
    assert (poll.phase, poll.phase_at, poll.outcome) == (Phase.COUNTED, t(-42), GO)
    assert {(ask.subject, ask.person) for ask in game.asks(day.launch)} == {("decision:final", "claire")}
    assert refused(day, t(-41), SAMIRA, CastVote("final", "application", NO_GO, WHY)) == "answers_are_closed"


def test_a_changed_answer_is_what_counts_at_the_close() -> None:
    no_first = [(t(-44), SAMIRA, CastVote("final", "application", NO_GO, WHY)), (t(-43), INES, DB_GO), (t(-42), SAMIRA, APP_GO)]
    day = play(asked(), [*no_first, (t(-41), JULIE, COMMS_GO)])
    assert day.launch.polls["final"].outcome is Outcome.GO


def test_only_the_holder_of_an_asked_role_answers() -> None:
    day = asked()
    assert refused(day, t(-44), CAMILLE, APP_GO) == "not_your_vote", "the secondary of the role"
    assert refused(day, t(-44), INES, APP_GO) == "not_your_vote", "another role's holder"
    assert refused(day, t(-44), CLAIRE, APP_GO) == "not_your_vote", "the commander decides, and does not answer for others"
    assert refused(day, t(-44), NADIA, CastVote("final", "qa", GO)) == "role_not_asked"
    assert refused(day, t(-44), NADIA, CastVote("final", "quality", GO)) == "role_not_asked"
    assert refused(day, t(-44), STRANGER, APP_GO) == "not_named"
    assert refused(a_launch(), t(-46), SAMIRA, APP_GO) == "not_asked_yet"


def test_the_same_no_sent_twice_is_one_no() -> None:
    """Somebody who does not see yet that it arrived sends it again; the form salts what they typed anew each time."""
    asked = wait(a_launch(), t(-45)).launch
    first = CastVote("final", "application", Answer.NO_GO, Words.typed("tills are down", "one salt"))
    second = CastVote("final", "application", Answer.NO_GO, Words.typed("tills are down", "another"))
    day = play(asked, [(t(-44), SAMIRA, first), (t(-43), SAMIRA, second)])
    assert [type(fact.event) for fact in day.facts].count(VoteCast) == 1
