"""Tiers are asked in turn: one when the one before is complete or has had its time. Those asked later know it ten minutes before."""

from launch import game
from launch.messages import AnswerTimePassed, CastVote, CheckpointAnnounced, CheckpointCounted, CheckpointOpened, OpenCheckpoint, TierAsked
from launch.state import Answer, Asked, Outcome, Phase
from tests.days import (
    CAMILLE,
    CLAIRE,
    INES,
    KEVIN,
    NADIA,
    SAMIRA,
    Day,
    a_checkpoint,
    a_launch,
    a_plan,
    play,
    refused,
    t,
    wait,
    wake,
    words,
)

TWO = a_plan(a_checkpoint("final", -45, "application database, qa", before="dns"))
GO = Answer.GO
APP, DB, QA = (CastVote("final", role, GO) for role in ("application", "database", "qa"))


def wanted(day: Day) -> list[tuple[str, str]]:
    """(role, person) of the answers that are wanted."""
    return [(ask.role, ask.person) for ask in game.asks(day.launch) if ask.subject.startswith("checkpoint:")]


# --- the heads-up --------------------------------------------------------------------------------------------------------


def test_ten_minutes_before_everybody_who_will_be_asked_is_told() -> None:
    day = wait(a_launch(TWO), t(-55))
    assert day.events[-1] == CheckpointAnnounced("final", 1, 0)
    assert [(row.role, row.person) for row in day.launch.asked.values()] == [
        ("application", "samira"),
        ("database", "ines"),
        ("qa", "nadia"),
    ]
    assert wanted(day) == [], "nothing is asked yet"
    assert refused(day, t(-54), SAMIRA, APP) == "not_asked_yet"


def test_the_message_of_the_heads_up_becomes_the_ask() -> None:
    told = wait(a_launch(TWO), t(-55)).launch.asked
    asked = wait(a_launch(TWO), t(-45)).launch
    assert dict(asked.asked) == dict(told)
    assert not asked.announced


def test_asked_earlier_there_is_no_heads_up_any_more() -> None:
    day = wait(play(a_launch(TWO), [(t(-70), CLAIRE, OpenCheckpoint("final"))]), t(-44))
    assert not day.told(CheckpointAnnounced)
    assert len(day.told(CheckpointOpened)) == 1


def test_after_a_gap_of_ours_the_heads_up_and_the_ask_come_together() -> None:
    day = wake(a_launch(TWO), t(-44))
    kinds = [type(event) for event in day.events]
    assert kinds.index(CheckpointAnnounced) < kinds.index(CheckpointOpened)
    assert day.launch.polls["final"].due_at == t(-45)


# --- in turn -------------------------------------------------------------------------------------------------------------


def test_the_next_tier_is_asked_when_the_one_before_is_complete() -> None:
    day = wait(a_launch(TWO), t(-45))
    assert wanted(day) == [("application", "samira"), ("database", "ines")]
    assert refused(day, t(-44), NADIA, QA) == "not_asked_yet_tier"
    day = play(day, [(t(-44), SAMIRA, APP), (t(-43), INES, DB)])
    assert day.events[-1] == TierAsked("final", 1, 1)
    assert wanted(day) == [("qa", "nadia")]
    assert play(day, [(t(-42), NADIA, QA)]).events[-1] == CheckpointCounted("final", 1, Outcome.GO)


def test_or_when_it_has_had_its_time_and_its_grace() -> None:
    day = wait(play(a_launch(TWO), [(t(-44), SAMIRA, APP)]), t(-33.5))
    assert day.launch.polls["final"].phase is Phase.GRACE
    day = wait(day, t(-33))
    assert day.events[-1] == TierAsked("final", 1, 1)
    assert wanted(day) == [("database", "ines"), ("database", "kevin"), ("qa", "nadia")], "who was silent may still answer"
    late = play(day, [(t(-32), INES, DB), (t(-31), NADIA, QA)])
    assert late.events[-1] == CheckpointCounted("final", 1, Outcome.GO)
    silent = play(day, [(t(-31), NADIA, QA)])
    assert silent.events[-1] == CheckpointCounted("final", 1, Outcome.NO_GO, ("database",))


def test_each_tier_has_the_whole_time_to_answer() -> None:
    day = play(a_launch(TWO), [(t(-44), SAMIRA, APP), (t(-43), INES, DB)])
    assert wait(day, t(-33)).events[-1] == AnswerTimePassed("final", 1, ("qa",))
    counted = wait(day, t(-31))
    assert counted.events[-1] == CheckpointCounted("final", 1, Outcome.NO_GO, ("qa",))


def test_an_answer_of_an_earlier_tier_may_change_while_the_next_is_asked() -> None:
    no = CastVote("final", "application", Answer.NO_GO, words("tills refuse"))
    day = play(a_launch(TWO), [(t(-44), SAMIRA, APP), (t(-43), INES, DB), (t(-42), SAMIRA, no), (t(-41), NADIA, QA)])
    assert day.events[-1] == CheckpointCounted("final", 1, Outcome.NO_GO)


# --- who replaces the silent -----------------------------------------------------------------------------------------------


def test_in_the_grace_whoever_replaces_the_silent_is_asked_too() -> None:
    day = play(a_launch(TWO), [(t(-44), SAMIRA, APP)])
    assert refused(day, t(-36), KEVIN, DB) == "not_your_vote"
    day = wait(day, t(-35))
    assert day.launch.asked["final", 1, "database", "kevin"] == Asked("final", 1, "database", "kevin", t(-35), is_second=True)
    assert refused(day, t(-34), CAMILLE, APP) == "not_your_vote", "application has answered"
    day = play(day, [(t(-34), KEVIN, DB)])
    assert day.launch.votes["final", 1, "database"].person == "kevin"
    assert day.events[-1] == TierAsked("final", 1, 1)
