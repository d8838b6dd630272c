"""Who is on duty is a fact: the hook passes at the edges of the plan, and to the next person when an account is gone."""

from dataclasses import replace
from datetime import datetime

import pytest

from launch import game
from launch.messages import (
    CLOCK,
    SLACK,
    Ask,
    CastVote,
    ChangeMember,
    CloseLaunch,
    DecideCheckpoint,
    DutyMoved,
    FindMember,
    MemberMissing,
    ShiftTurned,
    TurnShift,
    VoteCast,
)
from launch.plan import Plan
from launch.roster import rostered
from launch.state import Answer, Decision, Duty, Outcome
from tests.days import (
    BORN,
    CAMILLE,
    CLAIRE,
    DAY,
    END,
    HUGO,
    NIGHT,
    SAMIRA,
    SHIFTS,
    THEO,
    Day,
    a_checkpoint,
    a_launch,
    a_plan,
    a_shift,
    found_as,
    minutes,
    perform,
    play,
    refused,
    t,
    user_of,
    wait,
    wake,
    words,
)

GO = Answer.GO
ACROSS = a_checkpoint("across", 85, "application comms", answer=60)  # asked by night, answered by day


def on_hook(day: Day) -> dict[str, str | None]:
    return {role: duty.person for role, duty in day.launch.duty.items()}


def gone(person: str, *, is_active: bool = False) -> ChangeMember:
    return ChangeMember(user_of(person), is_active, False)


# --- the edges of the plan -----------------------------------------------------------------------------------------------


def test_duty_passes_at_the_edge() -> None:
    before, after = wait(a_launch(), DAY - minutes(0.1)), wait(a_launch(), DAY)
    assert on_hook(before)["application"] == "samira"
    by_day = {"commander": "hugo", "application": "theo", "database": "paul", "qa": None, "comms": "olivier", "vendor": "hotline"}
    assert on_hook(after) == by_day
    assert after.fact(ShiftTurned).event == ShiftTurned(DAY)
    assert DutyMoved("application", "theo", ("priya",), "day") in after.events
    assert after.launch.duty["application"].since == DAY


def test_the_first_primary_is_on_the_hook_before_the_first_shift_and_nothing_moves_as_it_begins() -> None:
    day = wait(a_launch(), NIGHT)
    assert on_hook(Day(a_launch())) == on_hook(day)
    assert day.told(ShiftTurned) == [ShiftTurned(NIGHT)]
    assert not day.told(DutyMoved)


def test_after_the_last_shift_nobody_is_on_the_hook() -> None:
    day = wait(a_launch(), END)
    assert set(on_hook(day).values()) == {None}
    assert "shift" not in game.due(day.launch)


def test_a_planned_absence_is_a_gap_like_another() -> None:
    day = wait(a_launch(), DAY)
    assert day.launch.plan.roles["qa"].absent == ("day",)
    assert day.launch.duty["qa"] == Duty("qa", None, (), None, DAY)


def test_a_role_in_no_shift_is_held_by_nobody() -> None:
    plan = a_plan(shifts=tuple(replace(s, holders={r: p for r, p in s.holders.items() if r != "vendor"}) for s in SHIFTS))
    assert rostered(plan, "vendor", t(0)) == (None, ())
    assert on_hook(Day(a_launch(plan)))["vendor"] is None


def test_many_edges_in_one_gap_are_turned_in_order_and_marked_late() -> None:
    day = wake(a_launch(), END - minutes(1))
    assert day.told(ShiftTurned) == [ShiftTurned(NIGHT), ShiftTurned(DAY)]
    assert [(fact.at, fact.due_at) for fact in day.facts if isinstance(fact.event, ShiftTurned)] == [
        (END - minutes(1), NIGHT),
        (END - minutes(1), DAY),
    ]
    assert on_hook(day)["application"] == "theo"


def test_an_edge_is_turned_once() -> None:
    day = wait(a_launch(), DAY)
    assert perform(day, DAY, CLOCK, TurnShift(DAY)) == day
    assert perform(day, DAY, CLOCK, TurnShift(NIGHT)) == day


def test_a_plan_taken_up_in_the_middle_of_its_day_begins_with_who_is_there() -> None:
    day = Day(a_launch(a_plan(t0=t(600)), at=t(100)))
    assert on_hook(day)["application"] == "theo"
    assert game.due(day.launch)["shift"].at == END


@pytest.mark.parametrize("at", [DAY, DAY + minutes(1)])
def test_an_edge_that_lay_behind_at_birth_is_not_turned(at: datetime) -> None:
    launch = a_launch(a_plan(t0=t(600)), at=at, found=False)
    assert game.due(launch)["shift"].at == END
    assert launch.duty["application"].person == "theo"


# --- an ask follows the hook ---------------------------------------------------------------------------------------------


def test_what_is_still_asked_goes_to_the_new_holder() -> None:
    day = wait(a_launch(a_plan(ACROSS)), DAY)
    assert game.asks(day.launch)[0] == Ask("checkpoint:across:application", "theo", "application")
    assert refused(day, t(91), SAMIRA, CastVote("across", "application", GO)) == "not_your_vote"
    day = play(day, [(t(92), THEO, CastVote("across", "application", GO))])
    assert day.events[-1] == VoteCast("across", 1, "application", "theo", GO)


def answers_wanted(day: Day) -> list[Ask]:
    return [ask for ask in game.asks(day.launch) if ask.subject.startswith("checkpoint:")]


def test_both_who_were_asked_are_written_down() -> None:
    rows = wait(a_launch(a_plan(ACROSS)), DAY).launch.asked
    assert rows["across", 1, "application", "samira"].at == t(75)
    assert rows["across", 1, "application", "theo"].at == DAY


def test_what_was_answered_is_not_asked_of_the_next() -> None:
    day = wait(play(a_launch(a_plan(ACROSS)), [(t(86), SAMIRA, CastVote("across", "application", GO))]), DAY)
    assert ("across", 1, "application", "theo") not in day.launch.asked
    assert [ask.role for ask in answers_wanted(day)] == ["comms"]


def test_the_next_holder_may_change_the_answer_until_the_close() -> None:
    day = play(a_launch(a_plan(ACROSS)), [(t(86), SAMIRA, CastVote("across", "application", GO))])
    day = play(day, [(t(95), THEO, CastVote("across", "application", Answer.NO_GO, words("tills refuse")))])
    (vote,) = day.launch.votes.values()
    assert (vote.person, vote.answer) == ("theo", Answer.NO_GO)


def test_a_role_asked_in_a_gap_asks_whoever_comes() -> None:
    gap = replace(SHIFTS[1], holders={**SHIFTS[1].holders, "qa": ()})
    noon = a_shift("noon", t(200), t(300), qa="nadia")
    day = wait(a_launch(a_plan(a_checkpoint("late", 195, "qa", answer=30), shifts=(SHIFTS[0], gap, noon))), t(199))
    assert answers_wanted(day) == []
    day = wait(day, t(200))
    assert [ask.person for ask in answers_wanted(day)] == ["nadia"]


def test_nobody_new_is_asked_what_is_counted() -> None:
    day = wait(a_launch(a_plan(a_checkpoint("early", 60, "application"))), DAY)
    assert day.launch.polls["early"].outcome is Outcome.NO_GO
    assert [(row.person, row.is_second) for row in day.launch.asked.values()] == [("samira", False), ("camille", True)]


def test_a_gap_is_asked_of_nobody() -> None:
    day = wait(a_launch(a_plan(a_checkpoint("across", 85, "qa", answer=30))), DAY)
    assert day.launch.polls["across"].is_asking
    assert [row.person for row in day.launch.asked.values()] == ["nadia"]


# --- accounts that are gone ----------------------------------------------------------------------------------------------


def test_a_holder_whose_account_is_gone_leaves_the_hook_to_the_next() -> None:
    day = play(a_launch(), [(t(-44), SLACK, gone("samira"))])
    assert day.events[-1] == DutyMoved("application", "camille", (), "night")
    assert game.asks(day.launch)[0].person == "camille"
    assert refused(day, t(-43), SAMIRA, CastVote("final", "application", GO)) == "not_named"
    assert play(day, [(t(-43), CAMILLE, CastVote("final", "application", GO))]).launch.votes


def test_an_account_that_comes_back_is_on_the_hook_again() -> None:
    day = play(a_launch(), [(t(-60), SLACK, gone("samira")), (t(-50), SLACK, gone("samira", is_active=True))])
    assert on_hook(day)["application"] == "samira"
    day = play(a_launch(), [(t(-60), SLACK, gone("samira")), (t(-50), SLACK, found_as("samira"))])
    assert on_hook(day)["application"] == "samira"


def test_a_secondary_whose_account_is_gone_is_deputy_no_more() -> None:
    day = play(a_launch(), [(t(-60), SLACK, gone("daniel"))])
    assert day.launch.duty["commander"].deputies == ()


def test_if_all_are_gone_there_is_a_gap() -> None:
    day = play(a_launch(), [(t(-60), SLACK, gone("samira")), (t(-60), SLACK, gone("camille"))])
    assert on_hook(day)["application"] is None


def test_who_is_gone_does_not_come_back_at_an_edge() -> None:
    day = wait(play(a_launch(), [(t(-60), SLACK, gone("theo"))]), DAY)
    assert on_hook(day)["application"] == "priya"


def test_whom_slack_does_not_know_cannot_be_asked() -> None:
    """Slack finds no deactivated account by its mail: it says that it knows nobody."""
    day = play(a_launch(found=False), [(BORN, SLACK, FindMember("samira", None, trouble="users_not_found"))])
    assert day.events == [MemberMissing("samira", "users_not_found"), DutyMoved("application", "camille", (), "night")]
    day = play(day, [(t(-60), SLACK, found_as("samira"))])
    assert on_hook(day)["application"] == "samira"


def test_who_has_no_slack_by_plan_holds_a_role_all_the_same() -> None:
    assert on_hook(wait(a_launch(), DAY))["vendor"] == "hotline"


# --- nobody commands -----------------------------------------------------------------------------------------------------


def commanderless(plan: Plan) -> Plan:
    """The day shift has no commander."""
    night, day = plan.shifts
    return replace(plan, shifts=(night, replace(day, holders={r: p for r, p in day.holders.items() if r != "commander"})))


def test_in_a_gap_of_command_whoever_commands_in_some_shift_may_decide() -> None:
    day = wait(a_launch(commanderless(a_plan(a_checkpoint("across", 85, "comms"), steps=[]))), t(100))
    assert on_hook(day)["commander"] is None
    proceed = DecideCheckpoint("across", Decision.PROCEED, words("went well"))
    assert play(day, [(t(100), CLAIRE, proceed)]).launch.polls["across"].may_proceed
    assert refused(day, t(100), THEO, proceed) == "only_commander"


def test_after_the_last_shift_a_commander_can_still_close() -> None:
    day = wait(a_launch(), END)
    assert refused(day, END, THEO, CloseLaunch()) == "only_commander"
    assert play(day, [(END, HUGO, CloseLaunch())]).launch.closed_at == END
