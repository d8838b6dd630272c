"""A page rings at one person after the other until one has it; an answer ends it at once, and nobody's silence does."""

from dataclasses import replace

from launch import game
from launch.messages import (
    SLACK,
    CallPage,
    ChangeMember,
    PageCalled,
    PageRang,
    PageResolved,
    PageTaken,
    PageUndelivered,
    PageUnheard,
    PassPage,
    ReportUndelivered,
    ResolvePage,
    TakePage,
)
from launch.roster import is_in_slack
from launch.state import Launch
from tests.days import (
    CAMILLE,
    CLAIRE,
    DANIEL,
    INES,
    JULIE,
    NADIA,
    ROLES,
    SAMIRA,
    THEO,
    Day,
    a_launch,
    a_plan,
    minutes,
    play,
    refused,
    t,
    user_of,
    wait,
    words,
)

WHY = words("payments fail")
PAGED = play(a_launch(), [(t(-60), JULIE, CallPage("application", WHY))])


def rang(day: Day) -> list[tuple[int, str]]:
    """Round and person of every ring."""
    return [(event.round, event.person) for event in day.told(PageRang)]


def gone(person: str) -> ChangeMember:
    return ChangeMember(user_of(person), is_active=False, is_guest=False)


def test_it_rings_whoever_is_on_the_hook_first() -> None:
    assert PAGED.launch.pages[1].chain == ("samira", "camille", "claire", "daniel")
    assert rang(PAGED) == [(1, "samira")]
    assert [(ask.subject, ask.person) for ask in game.asks(PAGED.launch)] == [("page:1", "samira")]


def test_no_answer_in_three_minutes_rings_the_next() -> None:
    assert rang(wait(PAGED, t(-57.1))) == [(1, "samira")]
    assert rang(wait(PAGED, t(-57))) == [(1, "samira"), (1, "camille")]
    assert rang(wait(PAGED, t(-51)))[-1] == (1, "daniel")


def test_the_role_may_be_more_patient() -> None:
    roles = {**ROLES, "vendor": replace(ROLES["vendor"], patience=minutes(10))}
    day = play(a_launch(a_plan(roles=roles)), [(t(-60), JULIE, CallPage("vendor", WHY))])
    assert rang(wait(day, t(-51))) == [(1, "elif")]
    assert rang(wait(day, t(-50)))[-1] == (1, "claire"), "the hotline has no Slack to ring in"


def test_a_round_that_nobody_heard_is_told_and_the_ringing_goes_on_slower_after_the_third() -> None:
    day = wait(PAGED, t(-48))
    assert day.told(PageUnheard) == [PageUnheard(1, 1)]
    assert rang(day)[-1] == (2, "samira")
    late = wait(PAGED, t(60)).launch.pages[1]
    assert (late.is_ringing, late.round) == (True, 5)


def test_the_first_answer_wins_and_stops_the_ringing() -> None:
    day = play(PAGED, [(t(-56), CAMILLE, TakePage(1)), (t(-55), CAMILLE, TakePage(1))])
    assert day.told(PageTaken) == [PageTaken(1, "camille")]
    assert refused(day, t(-55), SAMIRA, TakePage(1)) == "page_taken"
    assert rang(wait(day, t(-46))) == rang(day)
    assert not [ask for ask in game.asks(wait(day, t(0)).launch) if ask.subject == "page:1"]


def test_whoever_holds_the_role_or_commands_may_take_it_unrung_and_nobody_else() -> None:
    assert play(PAGED, [(t(-59), CLAIRE, TakePage(1))]).launch.pages[1].holder == "claire"
    assert refused(PAGED, t(-59), INES, TakePage(1)) == "not_paged"


def test_passing_on_rings_the_next_at_once_and_skips_who_passed() -> None:
    day = play(PAGED, [(t(-59), SAMIRA, PassPage(1)), (t(-59), SAMIRA, PassPage(1))])
    assert rang(day) == [(1, "samira"), (1, "camille")]
    assert rang(wait(day, t(-48)))[-1] == (2, "camille")
    assert refused(PAGED, t(-59), THEO, PassPage(1)) == "not_paged"


def test_when_all_have_passed_it_rings_at_all_of_them_again() -> None:
    day = play(PAGED, [(t(-59), SAMIRA, PassPage(1)), (t(-58), CAMILLE, PassPage(1)), (t(-57), CLAIRE, PassPage(1))])
    day = play(day, [(t(-56), DANIEL, PassPage(1))])
    assert day.told(PageUnheard)
    assert rang(day)[-1] == (2, "samira")


def test_what_slack_does_not_deliver_goes_to_the_next_now() -> None:
    day = play(PAGED, [(t(-60), SLACK, ReportUndelivered(1, "samira", "account_inactive"))])
    assert day.told(PageUndelivered) == [PageUndelivered(1, "samira", "account_inactive")]
    assert rang(day) == [(1, "samira"), (1, "camille")]


def test_whoever_leaves_slack_while_it_rings_is_skipped_at_once() -> None:
    day = wait(play(PAGED, [(t(-59), SLACK, gone("samira"))]), t(-59))
    assert rang(day) == [(1, "samira"), (1, "camille")]
    assert rang(play(a_launch(), [(t(-70), SLACK, gone("samira")), (t(-60), JULIE, CallPage("application", WHY))])) == [(1, "camille")]


def test_with_nobody_to_ring_the_room_is_told_at_once_and_it_is_tried_again() -> None:
    script = [(t(-70), SLACK, gone(person)) for person in ("samira", "camille", "theo", "priya", "claire", "daniel", "hugo", "meera")]
    day = play(play(a_launch(), script), [(t(-60), JULIE, CallPage("application", WHY))])
    assert (rang(day), day.told(PageUnheard)) == ([], [PageUnheard(1, 1)])
    assert len(wait(day, t(-54)).told(PageUnheard)) == 3


def test_in_a_gap_everybody_who_ever_holds_the_role_is_rung() -> None:
    by_day = wait(a_launch(), t(120)).launch
    assert by_day.duty["qa"].person is None
    assert rung_first(by_day, "qa") == "nadia"


def rung_first(launch: Launch, role: str) -> str:
    return rang(play(launch, [(launch.last_at, JULIE, CallPage(role, WHY))]))[0][1]


def test_twice_the_same_page_is_one_and_another_reason_is_another() -> None:
    assert refused(PAGED, t(-59), CLAIRE, CallPage("application", words("payments fail"))) == "already_paged"
    assert len(play(PAGED, [(t(-59), CLAIRE, CallPage("application", words("logins too")))]).told(PageCalled)) == 2


def test_a_page_wants_a_role_and_a_reason() -> None:
    assert refused(a_launch(), t(-60), JULIE, CallPage("pilots", WHY)) == "no_such_role"
    assert refused(a_launch(), t(-60), JULIE, CallPage("qa", words(" "))) == "reason_needed"


def test_it_is_over_when_its_holder_its_caller_or_the_commander_says_so() -> None:
    taken = play(PAGED, [(t(-59), SAMIRA, TakePage(1))])
    for by in (SAMIRA, JULIE, CLAIRE):
        assert play(taken, [(t(-50), by, ResolvePage(1)), (t(-49), by, ResolvePage(1))]).told(PageResolved)[0].page == 1
    assert refused(taken, t(-50), NADIA, ResolvePage(1)) == "not_your_page"
    over = play(PAGED, [(t(-59), JULIE, ResolvePage(1))])
    assert refused(over, t(-58), SAMIRA, TakePage(1)) == "page_resolved"
    assert rang(wait(over, t(-46))) == [(1, "samira")]


def test_somebody_of_the_plan_without_an_account_is_not_rung() -> None:
    assert not is_in_slack(a_launch(), "hotline")
    assert is_in_slack(a_launch(found=False), "samira"), "not looked up yet: their message waits"
