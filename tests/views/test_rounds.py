"""Go or no-go in depth: heads-up and tiers, conditions, what was spoken, questions that come again or are put on the day."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from bot.views.card import ROOM as IN_ROOM
from bot.views.index import WANTED, cards, notices
from bot.views.lines import drawn
from bot.views.people import reader_of
from launch import game
from launch.messages import (
    SLACK,
    AnswerTimePassed,
    AskAgain,
    CallHold,
    CastVote,
    CheckpointCounted,
    CheckpointDecided,
    DecideCheckpoint,
    DecisionPressed,
    DisputeVote,
    LetStand,
    PutQuestion,
    RecordVote,
    SettleRoom,
    VoteCast,
    VoteDisputed,
    WithdrawObjection,
)
from launch.plan import Checkpoint, Criterion, Evidence, Plan, Title
from launch.state import Answer, Decision, Launch, Phase, Status
from tests.days import (
    CLAIRE,
    DANIEL,
    INES,
    JULIE,
    KEVIN,
    NADIA,
    ROOM,
    SAMIRA,
    Day,
    Script,
    a_checkpoint,
    a_launch,
    every,
    minutes,
    play,
    t,
    wait,
    words,
)
from tests.views.drawn import all_notices, card, labels, noticed, people_of
from tests.views.polls import asked_night
from tests.views.scenes import night, plain_plan

GO, NO_GO, CONDITION, ROLL_BACK = Answer.GO, Answer.NO_GO, Answer.CONDITION, Answer.ROLL_BACK
WARM = words("if the cache is warm")
TIERED = a_checkpoint("final", -45, "application database, qa", answer=7, before="dns")
HEALTH = every(30, a_checkpoint("health", 5, "application database", answer=5), 65)
ALL_GO = ((t(-44), SAMIRA, CastVote("final", "application", GO)), (t(-43), INES, CastVote("final", "database", GO)))
PROCEED = (t(-40), CLAIRE, DecideCheckpoint("final", Decision.PROCEED))


def nights(plan: Plan, script: Script, until: float) -> Day:
    return wait(play(a_launch(plan), [(ROOM, SLACK, SettleRoom("C1")), *script]), t(until))


def with_checkpoints(*points: Checkpoint, **changes: object) -> Plan:
    return replace(plain_plan("en"), checkpoints={each.name: each for each in points}, **changes)  # type: ignore[arg-type]


def on_home(launch: Launch, person: str) -> list[tuple[str, list[str]]]:
    """What is asked of somebody on their Home, with its buttons."""
    reader = reader_of(launch.plan, person)
    asks = [ask for ask in game.asks(launch) if ask.person == person]
    found = [drawn(WANTED[ask.subject.partition(":")[0]](launch, ask, reader), reader) for ask in asks]
    return [(each.text.splitlines()[0], labels(each)) for each in found]


# --- before it is asked, and tier by tier ------------------------------------------------------------------------------


def test_the_heads_up_says_when_and_after_whom_and_becomes_the_ask() -> None:
    plan = with_checkpoints(TIERED)
    ahead = nights(plan, (), -54).launch
    first, later = (card(ahead, f"ask:final:1:{seat}", seat.split(":")[1]) for seat in ("application:samira", "qa:nadia"))
    assert "In ten minutes you will be asked: " in first.text
    assert "03:45 (Paris)> (T−45 min)" in first.text
    assert "Before “dns”:" in first.text
    assert "Before you: Application, Database." in later.text
    assert labels(first) == labels(later) == []
    asked = nights(plan, (), -44).launch
    assert labels(card(asked, "ask:final:1:application:samira", "samira")) == ["GO", "GO with a condition…", "NO-GO…"]
    assert "Asked now: Application, Database. It is your turn after them." in card(asked, "ask:final:1:qa:nadia", "nadia").text
    assert labels(card(asked, "ask:final:1:qa:nadia", "nadia")) == []


def test_while_t_stands_still_nobody_can_say_when_it_is_asked() -> None:
    launch = nights(with_checkpoints(TIERED), [(t(-50), CLAIRE, CallHold(words("look")))], -49).launch
    assert "You will be asked: T−45 min, once T runs again." in card(launch, "ask:final:1:qa:nadia", "nadia").text


def test_the_room_sees_the_tiers_in_turn() -> None:
    plan = with_checkpoints(TIERED)
    first = nights(plan, ALL_GO[:1], -43.5).launch
    assert (
        "1 of 3 have answered: ✓ Application (Samira)\nAsked now: Database (Ines); then: Qa (Nadia)"
        in card(first, "checkpoint:final:1").text
    )
    second = nights(plan, ALL_GO, -42).launch
    assert (
        "2 of 3 have answered: ✓ Application (Samira), ✓ Database (Ines)\nStill to answer: Qa (Nadia)"
        in card(second, "checkpoint:final:1").text
    )
    assert labels(card(second, "ask:final:1:qa:nadia", "nadia")) == ["GO", "GO with a condition…", "NO-GO…"]


def test_in_grace_the_second_is_asked_in_whose_place_and_until_when() -> None:
    day = night(ALL_GO[:1], -34)
    kevins = card(day.launch, "ask:final:1:database:kevin", "kevin")
    assert "Corvane: you are asked for Database in the place of Ines, who did not answer in time." in kevins.text
    assert "Silence until <!date^1805165820^{time}|03:57 (Paris)> counts as NO-GO." in kevins.text
    assert labels(kevins) == labels(card(day.launch, "ask:final:1:database:ines", "ines")) == ["GO", "GO with a condition…", "NO-GO…"]
    assert [text for to, text in noticed(day, AnswerTimePassed) if to == "ines"] != []
    told = [each.drawn.text for event, each in all_notices(day) if isinstance(event, AnswerTimePassed) and each.place.person == "ines"]
    assert told[0].endswith("In your place this is asked too: Kevin.")
    answered = play(day, [(t(-34), KEVIN, CastVote("final", "database", GO))]).launch
    assert "Kevin has answered in your place: GO." in card(answered, "ask:final:1:database:ines", "ines").text
    assert "✓ Database (Kevin)" in card(answered, "checkpoint:final:1").text


# --- conditions, and what becomes of them ------------------------------------------------------------------------------


def conditional(*script: object, until: float = -41) -> Day:
    said = (t(-44), SAMIRA, CastVote("final", "application", CONDITION, WARM))
    others = (ALL_GO[1], (t(-42), JULIE, CastVote("final", "comms", GO)))
    return night((said, *others, *script), until)  # type: ignore[arg-type]


def test_a_condition_goes_to_the_commander_at_once_and_to_the_room_at_the_count() -> None:
    asking = night([(t(-44), SAMIRA, CastVote("final", "application", CONDITION, WARM))], -43.5)
    assert noticed(asking, VoteCast) == [("claire", "🟠 final: GO with a condition from Application (Samira)")]
    assert "if the cache is warm" not in card(asking.launch, "checkpoint:final:1").text
    counted = conditional()
    assert "🟠 GO with a condition: Application (Samira)\n“if the cache is warm”" in card(counted.launch, "checkpoint:final:1").text
    assert noticed(counted, CheckpointCounted) == [(None, "final: GO (3 GO, 0 NO-GO, 0 silent). Decision awaited from: Claire.")]
    text = card(counted.launch, "decision:final:1", "claire").text
    assert text.index("GO with a condition") < text.index("GO: Database (Ines)")


def test_a_condition_is_met_by_its_giver() -> None:
    decided = conditional(PROCEED, until=-39)
    mine = card(decided.launch, "ask:final:1:application:samira", "samira")
    assert "The condition of <!date^1805165160^{time}|03:46 (Paris)> is kept in sight until you say that it is met." in mine.text
    assert labels(mine) == ["It is met"]
    met = play(decided, [(t(-38), SAMIRA, WithdrawObjection("final", 1, "application"))]).launch
    assert "Met, says Samira." in card(met, "checkpoint:final:1").text
    assert labels(card(met, "ask:final:1:application:samira", "samira")) == []


def test_a_condition_that_stands_is_put_to_the_commander_who_lets_it_stand() -> None:
    day = conditional(PROCEED, until=-33)
    asked = card(day.launch, "objection:final:1:application", "claire")
    assert "Condition of <!date^" in asked.text
    assert ", from Application (Samira):\n“if the cache is warm”" in asked.text
    assert labels(asked) == ["Let it stand", "Hold…", "Ask again"]
    assert on_home(day.launch, "claire")[0][1] == ["Let it stand", "Hold…", "Ask again"]
    assert people_of(conditional(PROCEED, until=-37).launch, "objection:final:1:application") == set()
    let = play(day, [(t(-33), CLAIRE, LetStand("final", 1, "application"))]).launch
    ended = card(let, "objection:final:1:application", "claire")
    assert (labels(ended), ended.text.endswith("Claire lets it stand.")) == ([], True)


# --- what was spoken ---------------------------------------------------------------------------------------------------

SPOKEN = (t(-44), CLAIRE, RecordVote("final", "application", GO))


def test_a_spoken_answer_is_marked_and_its_giver_may_take_it_away() -> None:
    launch = night([SPOKEN], -43).launch
    mine = card(launch, "ask:final:1:application:samira", "samira")
    assert "Written down by Claire as said by you: GO." in mine.text
    assert labels(mine) == ["GO", "GO with a condition…", "NO-GO…", "Not what I said"]
    gone = play(night([SPOKEN], -43), [(t(-43), SAMIRA, DisputeVote("final", 1, "application"))])
    assert "Still to answer: Application (Samira)" in card(gone.launch, "checkpoint:final:1").text
    assert noticed(gone, VoteDisputed) == [
        ("claire", "final: Samira did not say what was written down for Application. It is taken away, the answer is awaited.")
    ]


def test_disputed_after_the_count_it_is_marked_and_the_commander_hears_of_it() -> None:
    counted = night([SPOKEN, ALL_GO[1], (t(-42), JULIE, CastVote("final", "comms", GO))], -41)
    assert (
        "GO: Database (Ines), Comms (Julie)\nGO: Application (Samira), spoken, written down by Claire\n"
        in card(counted.launch, "checkpoint:final:1").text
    )
    assert labels(card(counted.launch, "ask:final:1:application:samira", "samira")) == ["Not what I said"]
    disputed = play(counted, [(t(-40), SAMIRA, DisputeVote("final", 1, "application"))])
    assert noticed(disputed, VoteDisputed)[0][1].endswith("It was counted: you can ask again.")
    assert "Samira says: not what I said" in card(disputed.launch, "checkpoint:final:1").text
    assert labels(card(disputed.launch, "ask:final:1:application:samira", "samira")) == []


# --- what comes again --------------------------------------------------------------------------------------------------


def healthy(*script: object, until: float) -> Day:
    return nights(with_checkpoints(HEALTH), script, until)  # type: ignore[arg-type]


def said(at: float, answer: Answer = GO) -> Script:
    why = None if answer is GO else words("errors above 8 %")
    return ((t(at), SAMIRA, CastVote("health", "application", answer, why)), (t(at), INES, CastVote("health", "database", GO)))


def test_a_periodic_one_is_called_by_its_hour_and_needs_no_decision_when_all_is_well() -> None:
    day = healthy(*said(6), until=7)
    text = card(day.launch, "checkpoint:health:1").text
    assert text.startswith(
        "Continue? health, 04:35\nOutcome: continue. There is nothing to decide, the launch goes on.\ncontinue: Application"
    )
    assert noticed(day, CheckpointCounted) == [(None, "health, 04:35: continue, from 2 of 2. There is nothing to decide.")]
    assert people_of(day.launch, "decision:health:1") == set()


def test_the_next_time_is_a_card_of_its_own_and_the_last_one_keeps_its_outcome() -> None:
    launch = healthy(*said(6), until=36).launch
    assert card(launch, "checkpoint:health:2").text.startswith("Continue? health, 05:05\nAnswer by")
    assert card(launch, "checkpoint:health:1").text.startswith("Continue? health, 04:35\nOutcome: continue. Its time is over")
    assert labels(card(launch, "ask:health:2:application:samira", "samira")) == ["Continue", "Hold…", "Roll back…"]
    assert labels(card(launch, "ask:health:1:application:samira", "samira")) == []


def test_asked_again_it_is_the_second_round_of_the_same_hour() -> None:
    launch = healthy(*said(6, NO_GO), (t(9), CLAIRE, AskAgain("health", 1)), until=10).launch
    assert card(launch, "checkpoint:health:2").text.startswith("Continue? health, 04:35 (round 2)\n")
    assert "Asked again since: these answers no longer count." in card(launch, "checkpoint:health:1").text


def test_roll_back_is_said_at_once_and_decided_with_a_form() -> None:
    day = healthy(*said(6, ROLL_BACK), until=7)
    assert noticed(day, VoteCast) == [(None, "🔴 health, 04:35: roll back from Application (Samira)")]
    assert noticed(day, CheckpointCounted) == [(None, "health, 04:35: roll back. Decision awaited from: Claire.")]
    assert labels(card(day.launch, "decision:health:1", "claire")) == ["Continue all the same…", "Hold…", "Roll back…", "Ask again"]
    back = play(day, [(t(8), CLAIRE, DecideCheckpoint("health", Decision.ROLL_BACK, words("errors")))])
    assert noticed(back, CheckpointDecided) == []
    assert "Claire decided: roll back." in card(back.launch, "checkpoint:health:1").text


def test_silence_where_all_goes_on_is_not_known_and_named() -> None:
    day = healthy(*said(6)[:1], until=13)
    assert noticed(day, CheckpointCounted) == [(None, "health, 04:35: not known from Database (Ines). Decision awaited from: Claire.")]
    text = card(day.launch, "checkpoint:health:1").text
    assert "Outcome: not known." in text
    assert "No answer, so not known from: Database (Ines)" in text
    proceed = card(day.launch, "decision:health:1", "claire").blocks[-1]["elements"][0]
    assert proceed["confirm"]["text"]["text"] == "The launch goes on, although not everybody has answered."


# --- a question of one's own -------------------------------------------------------------------------------------------


def test_a_question_of_ones_own_is_shown_in_its_words_with_who_asks() -> None:
    put = (t(-90), CLAIRE, PutQuestion(words("Is the cache warm?"), ("application", "qa"), minutes(5)))
    day = night([put], -89)
    mine = card(day.launch, "ask:question_1:1:qa:nadia", "nadia")
    assert mine.text.startswith("Go or no-go: “Is the cache warm?”\nClaire asks:\n“Is the cache warm?”\nCorvane: you answer for Qa.")
    assert labels(mine) == ["GO", "NO-GO…"]
    over = play(day, [(t(-88), NADIA, CastVote("question_1", "qa", GO)), (t(-88), SAMIRA, CastVote("question_1", "application", GO))])
    assert noticed(over, CheckpointCounted) == [(None, "“Is the cache warm?”: GO, from 2 of 2. There is nothing to decide.")]


# --- nobody decides ----------------------------------------------------------------------------------------------------

NO_VOTES = (
    *ALL_GO[:1],
    (t(-43), INES, CastVote("final", "database", NO_GO, words("red"))),
    (t(-42), JULIE, CastVote("final", "comms", GO)),
)


def test_the_commander_is_reminded_and_then_the_deputy_is_paged_and_may_decide() -> None:
    reminded = night(NO_VOTES, -39.5)
    assert [to for to, _ in noticed(reminded, DecisionPressed)] == ["claire"]
    assert noticed(reminded, DecisionPressed)[0][1].startswith("Corvane: final is NO-GO since")
    assert people_of(reminded.launch, "decision:final:1") == {"claire"}
    paged = night(NO_VOTES, -36.5)
    ring = card(paged.launch, "page:1", "daniel")
    assert ring.text.startswith(
        "Nobody has decided on final since <!date^1805165280^{time}|03:48 (Paris)>: NO-GO. You may decide, as Commander. Can you?"
    )
    assert labels(ring) == ["I have it", "Can’t, pass on"]
    assert people_of(paged.launch, "page:1") == {"daniel"}
    assert labels(card(paged.launch, "decision:final:1", "daniel")) == ["Proceed all the same…", "Hold…", "Ask again"]
    assert "🔴 Nobody has decided yet: the deputies are being paged, and may decide." in card(paged.launch, "checkpoint:final:1").text
    decided = play(paged, [(t(-36), DANIEL, DecideCheckpoint("final", Decision.HOLD, words("red")))]).launch
    over = card(decided, "page:1", "daniel")
    assert (labels(over), "Daniel decided: hold, " in over.text) == ([], True)
    assert "being paged" not in card(decided, "checkpoint:final:1").text


# --- what to look at ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"go": "< 1.5", "hold": "> 3 for 5m", "unit": Title({"": "%"})}, "login errors: go below 1.5 %; hold above 3 % for 5 min"),
        (
            {"go": "= 0 accounts missing", "rollback": ">= 2 for 1h30m"},
            "login errors: go at 0 accounts missing; roll back at least 2 for 1 h 30 min",
        ),
        ({}, "login errors"),
    ],
)
def test_a_criterion_says_what_its_number_has_to_be(limits: dict[str, Any], said: str) -> None:
    criterion = Criterion("login_errors", Title({"": "login errors"}), **limits)
    point = replace(TIERED, on=(Evidence(criterion.title, "login_errors"),))
    launch = nights(with_checkpoints(point, criteria={"login_errors": criterion}), (), -44).launch
    assert f"• {said}" in card(launch, "checkpoint:final:1").text.splitlines()
    assert launch.polls["final"].phase is Phase.ASKING


# --- to the end --------------------------------------------------------------------------------------------------------


def test_every_message_stands_until_the_launch_is_over_and_then_without_buttons() -> None:
    night_ = asked_night("en", is_evil=False)
    for before, now in pairwise(night_):
        there = {(each.subject, each.place.person) for each in cards(now.launch)}
        assert [each.subject for each in cards(before.launch) if (each.subject, each.place.person) not in there] == []
    assert night_[-1].launch.status is Status.CLOSED
    assert [each.subject for each in cards(night_[-1].launch) if labels(each.draw())] == []


def test_the_room_hears_no_more_than_refusals_outcomes_and_decisions() -> None:
    told = [(scene.fact.event, notice) for scene in asked_night("en", is_evil=False) for notice in notices(scene.fact, scene.launch)]
    posts = [type(event).__name__ for event, notice in told if notice.place == IN_ROOM and "final" in notice.drawn.text]
    assert posts == ["VoteCast", "CheckpointCounted", "CheckpointDecided"]
