"""The checkpoints as somebody looks at them: all in the order of the day, and one with what they can do about it."""

from dataclasses import replace

from bot.views.agenda import listed, shown
from launch.messages import CastVote, DecideCheckpoint, PutQuestion
from launch.state import Answer, Decision
from tests.days import CLAIRE, INES, JULIE, SAMIRA, Script, a_launch, minutes, play, t, words
from tests.views.drawn import labels
from tests.views.limits import buttons_of
from tests.views.polls import questions
from tests.views.scenes import night, plain_plan

GO = Answer.GO
ALL_GO: Script = [
    (t(-44), who, CastVote("final", role, GO)) for who, role in ((SAMIRA, "application"), (INES, "database"), (JULIE, "comms"))
]


def test_all_stand_in_the_order_of_the_day_with_what_they_wait_for() -> None:
    put = (t(-90), CLAIRE, PutQuestion(words("Is the cache warm?"), ("qa",), minutes(60)))
    rows = listed(night([put], -50).launch, "USAMIRA")
    assert rows.text.splitlines() == [
        "The checkpoints of Corvane:",
        "“Is the cache warm?”: being answered, until 04:00 (Paris)",
        "final: Tuesday 16 March 03:45 (Paris)",
        "shops: Tuesday 16 March 08:45 (Paris)",
    ]
    assert labels(rows) == ["Show", "Show", "Show"]
    counted = listed(night(ALL_GO, -43).launch, "UCLAIRE")
    assert "final: GO, waits for a decision" in counted.text
    assert labels(counted) == ["Show", "Show", "Ask a question of your own…"]
    decided = [*ALL_GO, (t(-42), CLAIRE, DecideCheckpoint("final", Decision.PROCEED))]
    assert "final: GO, decided: proceed" in listed(night(decided, -41).launch, "UCLAIRE").text


def test_what_comes_again_stands_where_it_comes_next() -> None:
    plan = questions(plain_plan("en"), "errors")
    launch = a_launch(replace(plan, checkpoints={"health": plan.checkpoints["health"]}))
    assert "health: Tuesday 16 March 04:35 (Paris)" in listed(launch, "UCLAIRE").text
    later = play(launch, [(t(6), who, CastVote("health", role, GO)) for who, role in ((SAMIRA, "application"), (INES, "database"))]).launch
    assert "health: Tuesday 16 March 05:05 (Paris)" in listed(later, "UCLAIRE").text
    assert "Asked next: " in shown(later, "UCLAIRE", "health").text
    assert "Outcome: continue." in shown(later, "UCLAIRE", "health").text


def test_one_that_is_to_come_says_when_whom_and_on_what_and_only_the_commander_may_ask_now() -> None:
    launch = a_launch(questions(plain_plan("en"), "errors"))
    seen = shown(launch, "UCLAIRE", "final")
    assert "Asked, 5 min each: Application (Samira), Database (Ines); then: Qa (Nadia)" in seen.text
    assert "• errors: go below 1.5 %; hold above 3 % for 5 min; roll back above 8 %" in seen.text
    assert labels(seen) == ["Ask now", "Move…"]
    (ask, _) = buttons_of(seen.blocks)
    assert ask["confirm"]["text"]["text"] == "2 roles are asked now, in private."
    assert labels(shown(launch, "USAMIRA", "final")) == labels(shown(launch, "USTRANGER", "final")) == []


def test_while_it_is_asked_nobody_reads_more_than_in_the_room() -> None:
    launch = night(ALL_GO[:1], -43).launch
    seen = shown(launch, "UCLAIRE", "final")
    assert "1 of 3 have answered: ✓ Application (Samira)" in seen.text
    assert labels(seen) == ["Record a spoken answer…"]
    assert labels(shown(launch, "USAMIRA", "final")) == []
    assert labels(shown(night(ALL_GO, -41).launch, "UCLAIRE", "final")) == ["Ask again"]
