"""A night of questions of every kind, to draw: tiers, conditions, what was spoken, comes again, is put on the day, is not decided."""

from dataclasses import replace
from functools import cache

from launch.messages import (
    SLACK,
    CastVote,
    CloseLaunch,
    DecideCheckpoint,
    DisputeVote,
    LetStand,
    PutQuestion,
    RecordVote,
    SettleRoom,
    TakePage,
    WithdrawObjection,
)
from launch.plan import Criterion, Evidence, Language, Plan, Title
from launch.state import Answer, Decision
from tests.days import CLAIRE, DANIEL, INES, KEVIN, NADIA, ROOM, SAMIRA, Script, a_checkpoint, a_launch, every, minutes, play, t, words
from tests.views.scenes import EVIL, Scene, evil_plan, plain_plan, scenes

GO, CONDITION, NO_GO, ROLL_BACK = Answer


def questions(plan: Plan, text: str) -> Plan:
    """The night with two tiers before its step, and a question that comes again after it."""
    told = Title({"": text})
    criterion = Criterion("errors", told, unit=Title({"": "%"}), go="< 1.5", hold="> 3 for 5m", rollback="> 8")
    on = (Evidence(told), Evidence(criterion.title, "errors"))
    final = replace(a_checkpoint("final", -45, "application database, qa", answer=5, before="dns"), on=on)
    health = replace(every(30, a_checkpoint("health", 5, "application database", answer=5), 95), on=on)
    return replace(plan, checkpoints={"final": final, "health": health}, criteria={"errors": criterion})


def script(reason: str) -> Script:
    said = words(reason)
    return (
        (ROOM, SLACK, SettleRoom("C1")),
        (t(-90), CLAIRE, PutQuestion(said, ("application", "qa"), minutes(5))),
        (t(-89), SAMIRA, CastVote("question_1", "application", GO)),
        (t(-88), NADIA, CastVote("question_1", "qa", NO_GO, said)),
        (t(-44), CLAIRE, RecordVote("final", "application", CONDITION, said)),
        (t(-43), SAMIRA, DisputeVote("final", 1, "application")),
        (t(-42), SAMIRA, CastVote("final", "application", CONDITION, said)),
        (t(-39), KEVIN, CastVote("final", "database", NO_GO, said)),
        (t(-38), CLAIRE, RecordVote("final", "qa", GO)),
        (t(-37), NADIA, DisputeVote("final", 1, "qa")),
        (t(-32.5), DANIEL, TakePage(2)),
        (t(-32), DANIEL, DecideCheckpoint("final", Decision.PROCEED, said)),
        (t(-31), SAMIRA, WithdrawObjection("final", 1, "application")),
        (t(-20), CLAIRE, LetStand("final", 1, "database")),
        (t(6), INES, CastVote("health", "database", GO)),
        (t(7), SAMIRA, CastVote("health", "application", GO)),
        (t(36), SAMIRA, CastVote("health", "application", GO)),
        (t(66), SAMIRA, CastVote("health", "application", ROLL_BACK, said)),
        (t(67), INES, CastVote("health", "database", NO_GO, said)),
        (t(68), CLAIRE, DecideCheckpoint("health", Decision.ROLL_BACK, said)),
        (t(69), CLAIRE, CloseLaunch()),
    )


@cache
def asked_night(language: Language, *, is_evil: bool = True) -> tuple[Scene, ...]:
    text = EVIL if is_evil else "caches are warm"
    start = a_launch(questions(evil_plan(language) if is_evil else plain_plan(language), text))
    return tuple(scenes(start, play(start, script(text)).facts))
