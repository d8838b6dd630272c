"""A plan changed on the day: what was said is kept, what is still to come follows the new plan, and what has happened stays in it."""

from dataclasses import replace
from datetime import datetime

import pytest

from launch import game
from launch.birth import written
from launch.edits import BEHIND, at_time, later, minutes, movable, seated
from launch.messages import (
    SHELL,
    SLACK,
    Actor,
    CastVote,
    ChangePlan,
    CheckpointCounted,
    DutyMoved,
    LeaveOffer,
    OpenCheckpoint,
    PlanLaunch,
    PlanOffered,
    PlanRevised,
    SettleRoom,
    TakeOffer,
    TierAsked,
)
from launch.moments import Unreadable
from launch.plan import Plan, Shift
from launch.plans import changes_in
from launch.state import Answer
from tests.days import (
    CLAIRE,
    DANIEL,
    DNS,
    FINAL,
    HUGO,
    JULIE,
    PEOPLE,
    ROLES,
    ROOM,
    SAMIRA,
    SHIFTS,
    SHOPS_OPEN,
    TEAM,
    Day,
    a_checkpoint,
    a_launch,
    a_plan,
    a_role,
    a_step,
    every,
    fold,
    play,
    refusal,
    t,
    wait,
    words,
)

GO = Answer.GO


def opened(plan: Plan | None = None) -> Day:
    return play(a_launch(plan), [(ROOM, SLACK, SettleRoom("C1"))])


def changed(day: Day, at: datetime, plan: Plan, by: Actor = CLAIRE) -> Day:
    return play(day, [(at, by, ChangePlan(day.launch.plan_version, words(written(plan)), words("# the file")))])


def offered(day: Day, at: datetime, plan: Plan) -> Day:
    """An admin hands in a newer file."""
    day = wait(day, at)
    newer = PlanLaunch(2, words(written(plan)), words("# newer"))
    return fold(day, at, SHELL, game.bear(newer, day.launch, SHELL, at, TEAM, plan.key))


def night_with(**holders: tuple[str, ...]) -> tuple[Shift, ...]:
    return (replace(SHIFTS[0], holders={**SHIFTS[0].holders, **holders}), SHIFTS[1])


def no(day: Day, at: datetime, by: Actor, command: ChangePlan | TakeOffer | LeaveOffer) -> tuple[str, dict[str, str]]:
    found = refusal(day, at, by, command)
    return found.code, found.facts


# --- a change on the day -----------------------------------------------------------------------------------------------


def test_with_t_zero_moves_what_is_counted_from_it() -> None:
    day = changed(opened(), t(-60), a_plan(t0=t(15)))
    assert (day.launch.plan_version, day.launch.t0) == (2, t(15))
    day = wait(day, t(-31))
    assert "final" not in day.launch.polls
    assert wait(day, t(-30)).launch.polls["final"].opened_at == t(-30)


def test_the_record_keeps_who_changed_what() -> None:
    day = changed(opened(), t(-60), a_plan(a_checkpoint("final", -40, "application database comms", before="dns"), SHOPS_OPEN))
    (revised,) = day.told(PlanRevised)
    (change,) = changes_in(str(revised.changes))
    assert (revised.person, change.part, change.name, change.before, change.after) == ("claire", "checkpoints", "final", "T-45m", "T-40m")
    assert set(change.persons) == {"samira", "ines", "julie"}


def test_who_is_replaced_at_night_hands_over_the_role_and_what_it_is_asked() -> None:
    day = wait(opened(), t(-44))
    day = changed(day, t(-43), a_plan(shifts=night_with(application=("theo", "camille"))))
    assert (day.launch.duty["application"].person, day.launch.duty["application"].deputies) == ("theo", ("camille",))
    assert ("final", 1, "application", "theo") in day.launch.asked
    assert refusal(day, t(-42), SAMIRA, CastVote("final", "application", GO)).code == "not_your_vote"


def test_answers_are_kept_and_a_question_that_waits_for_nobody_any_more_is_counted() -> None:
    day = play(opened(), [(t(-44), SAMIRA, CastVote("final", "application", GO)), (t(-44), JULIE, CastVote("final", "comms", GO))])
    day = changed(day, t(-43), a_plan(a_checkpoint("final", -45, "application comms", before="dns"), SHOPS_OPEN))
    assert {role: vote.person for role, vote in day.launch.votes_of(day.launch.polls["final"]).items()} == {
        "application": "samira",
        "comms": "julie",
    }
    assert [event.silent for event in day.told(CheckpointCounted)] == [()]


def test_a_role_that_comes_to_a_running_question_is_asked_and_has_its_time() -> None:
    day = play(opened(), [(t(-44), SAMIRA, CastVote("final", "application", GO))])
    day = changed(day, t(-40), a_plan(a_checkpoint("final", -45, "application database comms qa", before="dns"), SHOPS_OPEN))
    assert day.told(TierAsked) == [TierAsked("final", 1, 0)]
    assert ("final", 1, "qa", "nadia") in day.launch.asked
    assert day.launch.polls["final"].phase_at == t(-40)
    assert set(day.launch.votes_of(day.launch.polls["final"])) == {"application"}


def test_a_role_that_is_new_is_on_the_hook_at_once() -> None:
    roles = {**ROLES, "shops": a_role("shops")}
    day = changed(opened(), t(-60), a_plan(roles=roles, shifts=night_with(shops=("theo",))))
    assert DutyMoved("shops", "theo", (), "night", is_new=True) in day.events
    assert changed(opened(), t(-60), a_plan(roles=roles)).launch.duty["shops"].person is None


def test_only_whoever_commands_may() -> None:
    plan = words(written(a_plan(language="en")))
    for by, code in ((SAMIRA, "only_commander"), (HUGO, "only_commander")):
        assert no(opened(), t(-60), by, ChangePlan(1, plan, plan))[0] == code
    assert changed(opened(), t(-60), a_plan(language="en"), by=DANIEL).launch.plan.language == "en"


UNFIT = [
    (a_plan(roles={key: role for key, role in ROLES.items() if key != "qa"}), "still_needed"),
    (a_plan(SHOPS_OPEN), "still_needed"),
    (a_plan(steps=[]), "still_needed"),
    (a_plan(people={key: each for key, each in PEOPLE.items() if key != "samira"}), "still_needed"),
    (a_plan(t0=t(-50)), "t0_past"),
    (a_plan(key="other"), "other_launch"),
    (a_plan(), "same_plan"),
]


@pytest.mark.parametrize(("plan", "code"), UNFIT)
def test_what_has_happened_stays_in_the_plan(plan: Plan, code: str) -> None:
    """Asked at T-45m: its question, the people and roles of it."""
    day = wait(opened(), t(-40))
    assert no(day, t(-40), CLAIRE, ChangePlan(1, words(written(plan)), words("# the file")))[0] == code


def test_what_is_named_as_needed_is_what_is_missing() -> None:
    plan = a_plan(SHOPS_OPEN, steps=[])
    assert no(wait(opened(), t(-40)), t(-40), CLAIRE, ChangePlan(1, words(written(plan)), words("#"))) == (
        "still_needed",
        {"names": "final, dns"},
    )


def test_a_difference_that_was_looked_at_too_long_ago_is_not_confirmed() -> None:
    day = changed(opened(), t(-60), a_plan(language="en"))
    assert no(day, t(-59), CLAIRE, ChangePlan(1, words(written(a_plan())), words("#"))) == ("plan_changed_since", {"version": "2"})


# --- a plan that is offered --------------------------------------------------------------------------------------------


def test_a_newer_file_is_offered_to_whoever_commands_and_taken_up() -> None:
    day = offered(opened(), t(-60), a_plan(steps=(DNS, a_step("open", 0))))
    assert (day.launch.plan_version, [ask.person for ask in game.asks(day.launch) if ask.subject == "plan:1"]) == (1, ["claire"])
    day = play(day, [(t(-59), CLAIRE, TakeOffer(1, 1))])
    assert (set(day.launch.plan.cutover), day.launch.plan_version, str(day.launch.plan_source)) == ({"dns", "open"}, 2, "# newer")
    assert (day.launch.offers[1].taken_by, [ask for ask in game.asks(day.launch) if ask.subject == "plan:1"]) == ("claire", [])
    assert no(day, t(-58), CLAIRE, LeaveOffer(1)) == ("offer_over", {"person": "claire"})


def test_an_offer_is_left_or_replaced_by_a_newer_one() -> None:
    day = offered(opened(), t(-60), a_plan(language="en"))
    day = offered(day, t(-59), a_plan(steps=(DNS, a_step("open", 0))))
    assert [(offer.left_by, offer.is_open) for offer in day.launch.offers.values()] == [("", False), (None, True)]
    assert no(day, t(-58), CLAIRE, TakeOffer(1, 1)) == ("offer_over", {"person": ""})
    day = play(day, [(t(-58), CLAIRE, LeaveOffer(2))])
    assert (day.launch.plan, day.launch.offers[2].left_by) == (a_plan(), "claire")


def test_an_offer_is_put_to_whoever_commands_next_too() -> None:
    day = wait(offered(opened(), t(-60), a_plan(language="en")), t(-59))
    assert day.launch.offers[1].shown_to == ("claire",)
    day = changed(day, t(-58), a_plan(shifts=night_with(commander=("daniel", "claire"))))
    assert day.launch.offers[1].shown_to == ("claire", "daniel")
    assert no(day, t(-57), DANIEL, TakeOffer(1, 1)) == ("plan_changed_since", {"version": "2"})


def test_before_anybody_was_asked_a_newer_file_is_the_plan() -> None:
    day = offered(Day(a_launch()), t(-1000), a_plan(language="en"))
    assert (day.told(PlanOffered), day.launch.plan.language) == ([], "en")


# --- what somebody writes ----------------------------------------------------------------------------------------------


def test_only_what_the_clock_has_still_to_ask_can_be_moved() -> None:
    watch = every(120, a_checkpoint("watch", 60, "application"), 300)
    day = wait(opened(a_plan(FINAL, SHOPS_OPEN, watch)), t(-44))
    assert movable(day.launch) == ["watch", "shops"]
    assert movable(play(day, [(t(-43), CLAIRE, OpenCheckpoint("shops"))]).launch) == ["watch"]


@pytest.mark.parametrize(
    ("text", "minutes_"),
    [("+15", 15), ("15", 15), ("-10", -10), ("−10", -10), (" +5 ", 5), ("0", None), ("1.5", None), ("soon", None), ("", None)],
)
def test_minutes_are_written_with_a_sign_or_without(text: str, minutes_: int | None) -> None:
    assert minutes(text) == (None if minutes_ is None else t(minutes_) - t(0))


def test_a_checkpoint_keeps_the_clock_that_it_went_by() -> None:
    launch = a_launch()
    assert later(launch, "final", t(15) - t(0)) == "T-30m"
    assert later(launch, "final", t(60) - t(0)) == "T+15m"
    assert later(launch, "shops", t(-15) - t(0)) == "2027-03-16 08:30 Europe/Paris"


TIMES = [
    ("final", "T-30m", "T-30m"),
    ("final", "t − 1h30m", "T-1h30m"),
    ("final", "04:00", "2027-03-16 04:00 Europe/Paris"),
    ("final", "4h05", "2027-03-16 04:05 Europe/Paris"),
    ("final", "23:50", "2027-03-15 23:50 Europe/Paris"),
    ("shops", "03:00", "2027-03-16 03:00 Europe/Paris"),
    ("shops", "2027-03-16 09:00", "2027-03-16 09:00"),
]


@pytest.mark.parametrize(("name", "text", "written_"), TIMES)
def test_a_time_is_written_as_people_write_it(name: str, text: str, written_: str) -> None:
    """Looked at when it is 22:00 in Paris, the evening before."""
    assert at_time(a_launch(), name, text, t(-390)) == written_


def test_an_hour_that_has_passed_is_that_of_the_next_day() -> None:
    assert at_time(a_launch(), "final", "22:30", t(-300)) == "2027-03-16 22:30 Europe/Paris"


@pytest.mark.parametrize("text", ["", "soon", "25:00", "T-x", "2027-02-30 05:00"])
def test_what_is_no_time_is_not_one(text: str) -> None:
    with pytest.raises(Unreadable):
        at_time(a_launch(), "final", text, t(-390))


def test_somebody_takes_a_place_and_leaves_the_one_they_had() -> None:
    assert seated(("samira", "camille"), "samira", "theo") == ["theo", "camille"]
    assert seated(("samira", "camille"), "samira", "camille") == ["camille"]
    assert seated(("samira", "camille"), BEHIND, "theo") == ["samira", "camille", "theo"]
    assert seated(("samira", "camille"), BEHIND, "samira") == ["camille", "samira"]
    assert seated((), BEHIND, "theo") == ["theo"]
    assert seated(("samira",), "samira", "samira") == ["samira"]


def test_who_replaces_somebody_and_was_asked_stays_in_the_plan() -> None:
    """In the grace the deputy is asked too."""
    day = wait(opened(), t(-34))
    people = {key: each for key, each in PEOPLE.items() if key != "camille"}
    shifts = night_with(application=("samira",))
    assert day.launch.asked["final", 1, "application", "camille"].is_second
    assert no(day, t(-34), CLAIRE, ChangePlan(1, words(written(a_plan(people=people, shifts=shifts))), words("#")))[1] == {
        "names": "camille"
    }
