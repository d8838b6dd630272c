"""A checkpoint as the room, the asked and the commander see it, from the question to its end."""

from dataclasses import replace
from datetime import datetime

from bot.views.index import cards
from launch.messages import (
    SLACK,
    AcceptHandover,
    Actor,
    AnswerTimePassed,
    AskAgain,
    CallHold,
    CastVote,
    CheckpointCounted,
    CheckpointDecided,
    Command,
    DecideCheckpoint,
    HoldCalled,
    HoldEnded,
    Resume,
    SettleRoom,
    SilentReminded,
    VoteCast,
)
from launch.state import Answer, Decision, Launch, Member
from tests.days import CLAIRE, HUGO, INES, JULIE, ROOM, SAMIRA, a_launch, a_plan, a_role, actor, play, t, user_of, wait, wake, words
from tests.views.drawn import card, labels, noticed, people_of
from tests.views.scenes import night, plain_plan

GO, NO_GO = Answer.GO, Answer.NO_GO
RED = words("restore test is red")
SAMIRA_GO = (t(-44), SAMIRA, CastVote("final", "application", GO))
INES_NO = (t(-43), INES, CastVote("final", "database", NO_GO, RED))
INES_GO = (t(-43), INES, CastVote("final", "database", GO))
JULIE_GO = (t(-42), JULIE, CastVote("final", "comms", GO))
A_HOLD = CallHold(words("look again"))
ROOM_CARD = "checkpoint:final:1"
ANSWERS = ["GO", "GO with a condition…", "NO-GO…"]


def asking(*script: tuple[datetime, Actor, Command]) -> Launch:
    return night(script, -41).launch


# --- while it is asked -------------------------------------------------------------------------------------------------


def test_the_room_sees_who_has_answered_and_not_what() -> None:
    text = card(asking(SAMIRA_GO), ROOM_CARD).text
    assert "1 of 3 have answered: ✓ Application (Samira)" in text
    assert "Still to answer: Database (Ines), Comms (Julie)" in text
    assert "GO" not in text.replace("Go or no-go", "")


def test_a_no_go_is_shown_at_once_with_its_reason_and_said_aloud() -> None:
    day = night((SAMIRA_GO, INES_NO), -41)
    assert "🔴 NO-GO: Database (Ines)\n“restore test is red”" in card(day.launch, ROOM_CARD).text
    assert noticed(day, VoteCast) == [(None, "🔴 final: NO-GO from Database (Ines)")]


def test_an_advisory_no_go_says_that_it_stops_nothing() -> None:
    day = night([(t(-44), JULIE, CastVote("final", "comms", NO_GO, RED))], -41)
    assert noticed(day, VoteCast) == [(None, "🔴 final: NO-GO from Comms (Julie), advisory")]


def test_the_question_has_its_whole_context() -> None:
    text = card(asking(), "ask:final:1:application:samira", "samira").text
    assert "Corvane: you answer for Application." in text
    assert "03:55 (Paris)" in text
    assert "Before “dns”:" in text
    assert "04:00 (Paris)" in text
    assert "• smoke test passed\n• accounts match" in text
    assert "A NO-GO from Application stops the launch" in text


def test_an_answer_is_shown_to_its_giver_and_can_be_changed() -> None:
    drawn = card(asking(INES_NO), "ask:final:1:database:ines", "ines")
    assert "Your answer: NO-GO. You may change it until the count.\n“restore test is red”" in drawn.text
    assert labels(drawn) == ANSWERS


def test_the_question_to_one_person_does_not_change_when_another_answers() -> None:
    before, after = asking(), asking(SAMIRA_GO)
    changed = [a.subject for a, b in zip(cards(before), cards(after), strict=True) if a.basis != b.basis]
    assert changed == ["board", ROOM_CARD, "ask:final:1:application:samira"]


def test_one_person_on_duty_for_two_roles_is_asked_twice() -> None:
    plan = plain_plan("en")
    night_shift = replace(plan.shifts[0], holders={**plan.shifts[0].holders, "database": ("samira",)})
    launch = wait(a_launch(replace(plan, shifts=(night_shift, *plan.shifts[1:]))), t(-44)).launch
    assert people_of(launch, "ask:final:1:application:samira") == people_of(launch, "ask:final:1:database:samira") == {"samira"}


def test_whoever_leaves_the_hook_loses_the_buttons_and_reads_who_has_it_now() -> None:
    plan = plain_plan("en")
    late = replace(plan.checkpoints["final"], at=replace(plan.checkpoints["final"].at, offset=t(85) - t(0)), before=None)
    launch = wait(a_launch(replace(plan, checkpoints={"final": late})), t(91)).launch
    left, came = card(launch, "ask:final:1:application:samira", "samira"), card(launch, "ask:final:1:application:theo", "theo")
    assert "You are no longer on duty for Application, now: Theo." in left.text
    assert (labels(left), labels(came)) == ([], ANSWERS)


# --- the silent --------------------------------------------------------------------------------------------------------


def test_only_the_silent_are_reminded_and_told_that_time_is_up() -> None:
    day = night((SAMIRA_GO,), -32)
    reminded, passed = noticed(day, SilentReminded), noticed(day, AnswerTimePassed)
    assert {person for person, _ in reminded} == {person for person, _ in passed} == {"ines", "julie"}
    assert "03:55 (Paris)" in reminded[0][1]
    assert "03:57 (Paris)" in passed[0][1]


def test_silence_is_told_as_what_it_counted_for() -> None:
    launch = night((SAMIRA_GO, INES_GO), -32).launch
    assert "No answer, which counts as NO-GO: Comms (Julie)" in card(launch, ROOM_CARD).text
    assert "There was no answer for Comms: that counted as NO-GO." in card(launch, "ask:final:1:comms:julie", "julie").text


# --- the count and the decision ----------------------------------------------------------------------------------------


def test_at_the_count_everything_is_shown_and_the_questions_lose_their_buttons() -> None:
    day = night((SAMIRA_GO, INES_NO, JULIE_GO), -41)
    text = card(day.launch, ROOM_CARD).text
    assert "Outcome: NO-GO. Decision awaited from: Claire." in text
    assert "GO: Application (Samira), Comms (Julie)" in text
    assert labels(card(day.launch, "ask:final:1:application:samira", "samira")) == []
    assert noticed(day, CheckpointCounted) == [(None, "final: NO-GO (2 GO, 1 NO-GO, 0 silent). Decision awaited from: Claire.")]


def test_the_commander_decides_in_private_and_the_room_has_no_buttons() -> None:
    launch = night((SAMIRA_GO, INES_GO, JULIE_GO), -41).launch
    assert people_of(launch, "decision:final:1") == {"claire"}
    assert labels(card(launch, "decision:final:1", "claire")) == ["Proceed", "Hold…", "Ask again"]
    assert labels(card(launch, ROOM_CARD)) == []


def test_proceed_names_its_consequence_when_the_outcome_is_go_and_wants_a_reason_when_not() -> None:
    go, no_go = night((SAMIRA_GO, INES_GO, JULIE_GO), -41).launch, night((SAMIRA_GO, INES_NO, JULIE_GO), -41).launch
    proceed, against = (card(launch, "decision:final:1", "claire").blocks[-1]["elements"][0] for launch in (go, no_go))
    assert proceed["confirm"]["text"]["text"] == "“dns” begins: Tuesday 16 March 04:00 (Paris)."
    assert (against["text"]["text"], "confirm" in against) == ("Proceed all the same…", False)


def test_at_the_guard_proceed_says_that_t_runs_again() -> None:
    launch = night((SAMIRA_GO, INES_GO, JULIE_GO), -20).launch
    proceed = card(launch, "decision:final:1", "claire").blocks[-1]["elements"][0]
    assert proceed["confirm"]["text"]["text"] == "T runs again and “dns” begins."


def test_a_decision_can_be_corrected_until_the_step_has_begun() -> None:
    proceeded = (SAMIRA_GO, INES_GO, JULIE_GO, (t(-40), CLAIRE, DecideCheckpoint("final", Decision.PROCEED)))
    before = night(proceeded, -31).launch
    begun = play(night(proceeded, -29), [(t(-29), CLAIRE, A_HOLD)]).launch
    assert labels(card(before, "decision:final:1", "claire")) == ["Hold…", "Ask again"]
    assert labels(card(begun, "decision:final:1", "claire")) == []


def test_a_hold_decided_is_one_post_and_a_proceed_at_the_guard_two() -> None:
    hold = night((SAMIRA_GO, INES_NO, JULIE_GO, (t(-40), CLAIRE, DecideCheckpoint("final", Decision.HOLD, RED))), -39)
    assert noticed(hold, CheckpointDecided) == []
    assert noticed(hold, HoldCalled) == [(None, "final: the decision is to hold.")]
    proceed = night((SAMIRA_GO, INES_GO, JULIE_GO, (t(-20), CLAIRE, DecideCheckpoint("final", Decision.PROCEED))), -19)
    assert noticed(proceed, CheckpointDecided) == [(None, "final: Claire decided: proceed.")]
    assert "Claire let T run again after 10 min. T-0 is now" in noticed(proceed, HoldEnded)[0][1]


def test_what_was_decided_stays_with_those_who_decided_it() -> None:
    """The next shift is not bothered with it; of what is undecided it gets its own message, and the others lose their buttons."""
    decided = night((SAMIRA_GO, INES_GO, JULIE_GO, (t(-40), CLAIRE, DecideCheckpoint("final", Decision.PROCEED))), 91).launch
    assert people_of(decided, "decision:final:1") == {"claire"}
    undecided = night((SAMIRA_GO, INES_GO, JULIE_GO, (t(88), HUGO, AcceptHandover("commander", "day"))), 91).launch
    assert people_of(undecided, "decision:final:1") == {"claire", "daniel", "hugo", "meera"}
    assert labels(card(undecided, "decision:final:1", "claire")) == []
    assert labels(card(undecided, "decision:final:1", "hugo")) == ["Proceed", "Hold…", "Ask again"]


def test_in_a_gap_of_command_whoever_commands_in_another_shift_decides() -> None:
    plan = plain_plan("en")
    nobody = replace(plan.shifts[0], holders={role: people for role, people in plan.shifts[0].holders.items() if role != "commander"})
    before = replace(plan.shifts[0], name="before", starts=t(-500), ends=t(-400), holders={"commander": ("claire",)})
    launch = play(a_launch(replace(plan, shifts=(before, nobody, plan.shifts[1]))), [SAMIRA_GO, INES_GO, JULIE_GO]).launch
    assert people_of(launch, "decision:final:1") == {"claire", "hugo", "meera"}


def test_asked_again_both_rounds_stand_and_only_the_new_one_is_asked() -> None:
    launch = night((SAMIRA_GO, INES_NO, JULIE_GO, (t(-40), CLAIRE, AskAgain("final"))), -39).launch
    assert "Asked again since: these answers no longer count." in card(launch, ROOM_CARD).text
    assert "🔴 NO-GO: Database (Ines)" in card(launch, ROOM_CARD).text
    assert card(launch, "checkpoint:final:2").text.startswith("Go or no-go: final (round 2)\n")
    assert labels(card(launch, "decision:final:1", "claire")) == labels(card(launch, "ask:final:1:database:ines", "ines")) == []
    assert labels(card(launch, "ask:final:2:database:ines", "ines")) == ANSWERS


# --- late --------------------------------------------------------------------------------------------------------------


def test_a_question_that_came_late_says_when_it_was_due() -> None:
    day = wake(play(a_launch(plain_plan("en")), [(ROOM, SLACK, SettleRoom("C1"))]), t(-38))
    assert "Late: it was to be asked" in card(day.launch, ROOM_CARD).text
    assert "03:45 (Paris)" in card(day.launch, ROOM_CARD).text
    assert "Late: " not in card(asking(), ROOM_CARD).text


def test_a_late_question_stays_late_by_as_much_when_a_hold_moves_t0() -> None:
    day = wake(play(a_launch(plain_plan("en")), [(ROOM, SLACK, SettleRoom("C1"))]), t(-38))
    later = play(day, [(t(-37), CLAIRE, A_HOLD), (t(-33), CLAIRE, Resume())]).launch
    assert "03:45 (Paris)" in card(later, ROOM_CARD).text.splitlines()[2]


def test_a_hold_never_makes_a_question_late() -> None:
    launch = play(night((), -44), [(t(-43), CLAIRE, A_HOLD), (t(-33), CLAIRE, Resume())]).launch
    assert "Late: " not in card(launch, ROOM_CARD).text


# --- many --------------------------------------------------------------------------------------------------------------


def test_five_hundred_roles_are_one_readable_card() -> None:
    plan = plain_plan("en")
    names = [f"team{number}" for number in range(500)]
    people = {**plan.people, **{n: replace(plan.people["samira"], key=n, name=f"Person {n}", mail=f"{n}@x.example") for n in names}}
    roles = {**plan.roles, **{n: a_role(n, blocking=True) for n in names}}
    shift = replace(plan.shifts[0], holders={**plan.shifts[0].holders, **{n: (n,) for n in names}})
    final = replace(plan.checkpoints["final"], tiers=(tuple(names),))
    crowd = a_plan(final, people=people, roles=roles, shifts=(shift,), language="en")
    votes = [(t(-44), actor(n), CastVote("final", n, NO_GO if i % 5 == 0 else GO, words("red " * 200))) for i, n in enumerate(names[:400])]
    known = replace(a_launch(crowd, found=False), members={n: Member(n, user_of(n)) for n in crowd.people})
    launch = play(known, [(ROOM, SLACK, SettleRoom("C1")), *votes]).launch
    text = card(launch, ROOM_CARD).text
    assert "400 of 500 have answered: ✓ Team0 (Person team0)" in text
    assert "and 388 more" in text
    assert text.count("NO-GO: ") == 6
    assert len(text) < 4000
