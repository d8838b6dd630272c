"""Those who only look on: three lines, one post a decision, no buttons, no names, no reasons."""

from dataclasses import replace

import pytest

from bot.views.card import LOOKING_ON
from bot.views.index import cards
from bot.views.pulse import Pulse
from launch.messages import (
    SLACK,
    CallHold,
    CastVote,
    DecideCheckpoint,
    GoLive,
    OutletFound,
    PutQuestion,
    Resume,
    SettleOutlet,
    SettleRoom,
    TurnBack,
)
from launch.plan import Language
from launch.publishing import OBSERVERS
from launch.state import Answer, Decision
from tests.days import CLAIRE, INES, JULIE, PEOPLE, ROOM, SAMIRA, Day, Script, a_launch, minutes, play, t, wait, words
from tests.views.drawn import all_notices, card, labels, noticed, people_of, plain
from tests.views.scenes import night, plain_plan

WHY = words("the restore test is red")
GO = (
    (t(-44), SAMIRA, CastVote("final", "application", Answer.GO)),
    (t(-43), INES, CastVote("final", "database", Answer.GO)),
    (t(-42), JULIE, CastVote("final", "comms", Answer.GO)),
)


def watched(script: Script, until: float, language: Language = "en") -> Day:
    """The plain night with a channel for those who look on."""
    plan = plain_plan(language)
    plan = replace(plan, room=replace(plan.room, observers="watch"))
    return wait(play(a_launch(plan), [(ROOM, SLACK, SettleOutlet(OBSERVERS, "C9")), (ROOM, SLACK, SettleRoom("C1")), *script]), t(until))


def mirror(day: Day) -> list[str]:
    return plain(card(day.launch, "observers", OBSERVERS).text).splitlines()


def posts(day: Day) -> list[str]:
    return [plain(notice.drawn.text) for _, notice in all_notices(day) if notice.place == LOOKING_ON]


def test_three_lines_say_where_the_launch_stands() -> None:
    assert mirror(watched([], -500)) == [
        "Corvane – T-0: Tuesday 16 March 04:30 (Paris)",
        "Nothing decided yet.",
        "Next: 22:00 (Paris) – shift night comes on",
    ]
    assert mirror(watched([], -44))[1] == "Being asked: final"
    decided = watched([*GO, (t(-40), CLAIRE, DecideCheckpoint("final", Decision.PROCEED))], -39)
    assert mirror(decided)[1:] == ["Last decision: final – proceed, 03:50 (Paris)", "Next: 04:00 (Paris) (T−30 min) – “dns”"]


def test_a_launch_without_such_a_channel_has_no_such_board() -> None:
    assert people_of(night([], -44).launch, "observers") == set()
    assert posts(night([(t(-40), CLAIRE, CallHold(WHY))], -39)) == []


def test_nobody_is_named_nothing_can_be_pressed_and_no_reason_is_given() -> None:
    asked = (t(-60), CLAIRE, PutQuestion(words("Is Ines all right?"), ("database",), minutes(5)))
    held = (t(-35), CLAIRE, DecideCheckpoint("final", Decision.HOLD, WHY))
    for day in (watched([asked], -59), watched([*GO, held], -34)):
        said = "\n".join((*mirror(day), *posts(day)))
        assert labels(card(day.launch, "observers", OBSERVERS)) == []
        assert [word for word in (*(person.name for person in PEOPLE.values()), str(WHY), "all right") if word in said] == []
    assert mirror(watched([asked], -59))[1] == "Being asked: a question of the day"


@pytest.mark.parametrize(
    ("script", "until", "said"),
    [
        ([*GO, (t(-40), CLAIRE, DecideCheckpoint("final", Decision.PROCEED))], -39, ["decision on final: proceed."]),
        ([*GO, (t(-40), CLAIRE, DecideCheckpoint("final", Decision.HOLD, WHY))], -39, ["decision on final: hold."]),
        ([(t(-60), CLAIRE, CallHold(WHY)), (t(-50), CLAIRE, Resume())], -49, ["🔴 T stands still", "T runs again."]),
        ([*GO, (t(-40), CLAIRE, DecideCheckpoint("final", Decision.PROCEED)), (t(1), CLAIRE, GoLive())], 2, ["decision on", "live for"]),
        ([(t(-60), CLAIRE, TurnBack(WHY))], -59, ["🔴 the launch turns back."]),
        ([], -29, ["🔴 T stands still"]),
    ],
)
def test_one_post_a_decision_whatever_follows_from_it(script: Script, until: float, said: list[str]) -> None:
    told = posts(watched(script, until))
    assert len(told) == len(said)
    assert all(row.startswith(f"Corvane: {begins}") for row, begins in zip(told, said, strict=True))


def test_a_step_that_the_clock_let_begin_is_seen_though_nothing_has_happened() -> None:
    launch = watched([*GO, (t(-40), CLAIRE, DecideCheckpoint("final", Decision.PROCEED))], -39).launch
    (before, after) = [
        next(each.draw().text for each in cards(launch, Pulse(t(minute))) if each.subject == "observers") for minute in (-35, -25)
    ]
    assert "“dns”" in before
    assert "“dns”" not in after


def test_a_channel_that_cannot_be_used_is_told_to_whoever_commands_with_a_remedy() -> None:
    plan = plain_plan("en")
    plan = replace(plan, room=replace(plan.room, observers="watch"))
    day = play(a_launch(plan), [(t(-600), SLACK, SettleOutlet(OBSERVERS, None, "not_in_channel"))])
    ((person, said),) = noticed(day, OutletFound)
    assert person == "claire"
    assert said.startswith("Corvane: those who look on see nothing, for #watch cannot be used (not_in_channel). ")
    assert said.endswith("Somebody who is in #watch adds the bot there: /invite @launchroom")
