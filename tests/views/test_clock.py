"""The clock in Slack: holds and their owner, the question after a hold's limit, T-0, live, turned back."""

from dataclasses import replace

import pytest

from bot.views import clock, live, modals, overrun
from bot.views.locale import Reader
from bot.views.menu import menu
from bot.views.sentences import sentence
from launch.game import asks
from launch.messages import (
    SLACK,
    CallHold,
    ChangeMember,
    CloseLaunch,
    DecideCheckpoint,
    ExtendHold,
    GoLive,
    HoldCalled,
    HoldExtended,
    MilestoneReached,
    Refused,
    Resume,
    SettleRoom,
    TurnBack,
)
from launch.plan import Language, Title
from launch.state import Decision, Launch
from tests.days import CLAIRE, INES, ROOM, Day, Script, a_launch, a_plan, minutes, play, refusal, t, wait, words
from tests.views.drawn import all_notices, card, labels, noticed, people_of, plain
from tests.views.scenes import night, plain_plan, with_pause

WHY = words("waiting for DNS")
HELD = ((t(-100), INES, CallHold(WHY, owner="application")),)
EN = Reader("en", "Europe/Paris")


def quiet(script: Script, until: float, language: Language = "en") -> Day:
    """The same night without anything that is asked."""
    base = plain_plan(language)
    plan = replace(a_plan(), checkpoints={}, language=language, people=base.people)
    return wait(play(a_launch(plan), [(ROOM, SLACK, SettleRoom("C1")), *script]), t(until))


def paused(until: float, language: Language = "en") -> Day:
    """T stops at 03:20 in Paris, for ten minutes, as planned."""
    start = a_launch(with_pause(plain_plan(language), "everybody draws breath"))
    return wait(play(start, [(ROOM, SLACK, SettleRoom("C1"))]), t(until))


def post(day: Day, kind: type[HoldCalled] | type[HoldExtended] | type[MilestoneReached]) -> list[str]:
    """What the room is told of an event, line by line."""
    (told,) = [notice.drawn.text for event, notice in all_notices(day) if type(event) is kind and notice.place.person is None]
    return plain(told).splitlines()


# --- holds -------------------------------------------------------------------------------------------------------------


def test_a_hold_says_who_called_it_why_for_how_long_and_who_sees_to_it() -> None:
    assert post(quiet(HELD, -90), HoldCalled) == [
        "🔴 T has stood still since 02:50 (Paris): hold by Ines, 40 min at most. Application has to see to it:",
        "“waiting for DNS”",
    ]
    assert post(quiet(HELD, -90, "fr"), HoldCalled)[0].endswith("À régler par Application\u00a0:")


def test_a_planned_hold_is_nobodys_and_nothing_is_wrong() -> None:
    assert post(paused(-65), HoldCalled) == ["Planned hold “breath” until about 03:30 (Paris): everybody draws breath"]
    assert post(paused(-65, "fr"), HoldCalled) == [
        "Pause prévue «\u00a0breath\u00a0» jusque vers 03:30 (Paris)\u00a0: everybody draws breath"
    ]


def test_the_form_offers_an_owner_for_the_clock_alone() -> None:
    plan = plain_plan("en")
    for_clock = modals.hold(modals.HOLD, clock.Address("corvane"), plan, EN, "database")
    owner = for_clock["blocks"][1]["element"]
    assert [option["text"]["text"] for option in owner["options"]] == ["Commander", "Application", "Database", "Qa", "Comms", "Vendor"]
    assert owner["initial_option"]["value"] == "database"
    assert [block["block_id"] for block in modals.hold("decision.hold", clock.Address("corvane"), plan, EN)["blocks"]] == [
        "reason",
        "minutes",
    ]


# --- the question after its limit --------------------------------------------------------------------------------------


def test_at_its_limit_the_commander_is_asked_and_nobody_else() -> None:
    launch = quiet(HELD, -60).launch
    assert people_of(launch, "overrun:1:1") == {"claire"}
    asked = card(launch, "overrun:1:1", "claire")
    assert plain(asked.text).splitlines() == [
        "The hold is at its limit",
        "Corvane",
        "🔴 T has stood still since 02:50 (Paris): hold by Ines, 40 min at most. Application has to see to it:",
        "“waiting for DNS”",
        "The hold has lasted as long as agreed (40 min). What now?",
    ]
    assert labels(asked) == ["Resume", "Hold on…", "Roll back…"]
    assert people_of(quiet(HELD, -61).launch, "overrun:1:1") == set()


def test_home_asks_the_same() -> None:
    launch = quiet(HELD, -60).launch
    (ask,) = [each for each in asks(launch) if each.subject == "overrun:1"]
    pieces = list(overrun.wanted(launch, ask, EN))
    assert [piece.text(EN) for piece in pieces] == ["The hold has lasted as long as agreed (40 min). What now?", ""]


def test_a_planned_hold_that_lasts_is_asked_about_as_well() -> None:
    assert "(10 min). What now?" in card(paused(-60).launch, "overrun:1:1", "claire").text


@pytest.mark.parametrize(
    ("script", "ending"),
    [
        ([(t(-59), CLAIRE, Resume())], "Claire let T run again: Tuesday 16 March 03:31 (Paris)."),
        ([(t(-59), CLAIRE, TurnBack(WHY))], "Rolled back, decided by Claire: Tuesday 16 March 03:31 (Paris)."),
        ([(t(-59), CLAIRE, ExtendHold(minutes(20), WHY))], "The hold goes on until Tuesday 16 March 03:51 (Paris) at most."),
        ([(t(-59), CLAIRE, CloseLaunch())], "The launch was closed while T stood still."),
    ],
)
def test_once_answered_it_says_how_it_ended(script: Script, ending: str) -> None:
    ended = card(quiet([*HELD, *script], -58).launch, "overrun:1:1", "claire")
    assert (plain(ended.text).splitlines()[-1], labels(ended)) == (ending, [])


def test_a_hold_that_was_prolonged_is_asked_about_anew_by_a_new_message() -> None:
    day = quiet([*HELD, (t(-59), CLAIRE, ExtendHold(minutes(20), WHY))], -39)
    assert post(day, HoldExtended) == ["The hold goes on until 03:51 (Paris) at most: Claire", "“waiting for DNS”"]
    assert labels(card(day.launch, "overrun:1:1", "claire")) == []
    assert card(day.launch, "overrun:1:1", "claire").text.endswith("It was asked anew since: Claire decides.")
    assert "(1 h 1 min). What now?" in card(day.launch, "overrun:1:2", "claire").text


def test_it_passes_to_whoever_commands_next() -> None:
    launch = quiet([*HELD, (t(-50), SLACK, ChangeMember("UCLAIRE", is_active=False, is_guest=False))], -49).launch
    assert labels(card(launch, "overrun:1:1", "claire")) == []
    assert labels(card(launch, "overrun:1:2", "daniel")) == ["Resume", "Hold on…", "Roll back…"]


def test_before_a_step_that_nobody_let_begin_the_decision_is_what_lets_t_run() -> None:
    launch = night([], 15).launch
    asked = card(launch, "overrun:1:1", "claire")
    assert labels(asked) == ["Hold on…", "Roll back…"]
    assert "T runs again with the decision on final, before “dns”: give it in the message about final." in asked.text


# --- T-0 ---------------------------------------------------------------------------------------------------------------


def test_at_t_zero_the_commander_is_asked_whether_customers_are_in() -> None:
    launch = quiet([], 0).launch
    asked = card(launch, "live:1", "claire")
    assert plain(asked.text).splitlines()[:2] == ["T-0. Are customers in?", "Corvane: T-0 was Tuesday 16 March 04:30 (Paris)."]
    assert labels(asked) == ["We are live", "Hold…"]
    (ask,) = [each for each in asks(launch) if each.subject == "live"]
    assert plain(next(live.wanted(launch, ask, EN)).text(EN)) == "T-0 was Tuesday 16 March 04:30 (Paris). Are customers in?"


def test_live_is_one_post_and_the_question_says_who_said_so() -> None:
    day = quiet([(t(1), CLAIRE, GoLive())], 2)
    assert [person for person, _ in noticed(day, MilestoneReached)] == [None]
    assert post(day, MilestoneReached) == ["🟢 Live since 04:31 (Paris) – Claire"]
    said = card(day.launch, "live:1", "claire")
    assert (plain(said.text).splitlines()[-1], labels(said)) == ("Live since Tuesday 16 March 04:31 (Paris): said by Claire.", [])


def test_in_a_hold_it_waits_and_is_asked_again_in_the_same_message() -> None:
    held = quiet([(t(1), CLAIRE, CallHold(WHY))], 2)
    assert plain(card(held.launch, "live:1", "claire").text).splitlines()[-1].startswith("T stands still since 04:31")
    assert labels(card(play(held, [(t(3), CLAIRE, Resume())]).launch, "live:1", "claire")) == ["We are live", "Hold…"]


def test_turning_back_is_one_post_with_its_reason_and_what_it_means() -> None:
    day = quiet([(t(1), CLAIRE, TurnBack(words("data is corrupt")))], 60)
    assert post(day, MilestoneReached) == [
        "🔴 The launch rolls back: decided by Claire.",
        "“data is corrupt”",
        "T stands still for good, and the clock asks for no more answers. Now the rollback plan counts, led by: Commander.",
    ]
    assert noticed(day, HoldCalled) == []
    assert people_of(day.launch, "overrun:1:1") == set()


def said(launch: Launch, no: Refused) -> str:
    return sentence(no, launch, EN)


def test_every_no_says_what_would_be_accepted() -> None:
    back = quiet([(t(1), CLAIRE, TurnBack(WHY))], 2)
    assert said(back.launch, refusal(back, t(3), CLAIRE, Resume())).startswith("The launch rolls back, decided by Claire: Tuesday 16 March")
    early = quiet([], -60)
    assert said(early.launch, refusal(early, t(-59), CLAIRE, GoLive())) == (
        "T-0 is still to come: Tuesday 16 March 04:30 (Paris). Live can be said from then on."
    )
    again = quiet([(t(1), CLAIRE, GoLive())], 2)
    assert (
        said(again.launch, refusal(again, t(3), CLAIRE, GoLive()))
        == "Claire has said so already: live since Tuesday 16 March 04:31 (Paris)."
    )
    held = quiet([(t(1), CLAIRE, CallHold(WHY))], 2)
    assert "let it run again first" in said(held.launch, refusal(held, t(3), CLAIRE, GoLive()))


# --- the menu ----------------------------------------------------------------------------------------------------------


def test_live_and_roll_back_are_offered_when_they_make_sense() -> None:
    before, after = quiet([], -31).launch, quiet([], 1).launch
    assert not {"We are live", "Roll back…"} & set(labels(menu(before, "UCLAIRE")))
    assert labels(menu(before, "UCLAIRE", t(-30)))[:2] == ["Hold…", "Roll back…"]
    assert labels(menu(after, "UCLAIRE"))[:3] == ["We are live", "Hold…", "Roll back…"]
    assert not {"We are live", "Roll back…"} & set(labels(menu(after, "UINES")))
    back = quiet([(t(1), CLAIRE, TurnBack(WHY))], 2).launch
    assert not {"We are live", "Roll back…", "Resume", "Hold…"} & set(labels(menu(back, "UCLAIRE")))


def test_a_guarded_step_has_not_begun_before_it_is_let() -> None:
    assert "Roll back…" not in labels(menu(night([], -29).launch, "UCLAIRE"))
    decided = [(t(-29), CLAIRE, DecideCheckpoint("final", Decision.PROCEED, words("all said go on the bridge")))]
    assert "Roll back…" in labels(menu(night(decided, -28).launch, "UCLAIRE"))


def test_the_titles_are_those_of_the_plan() -> None:
    plan = plain_plan("en")
    named = replace(plan, roles={**plan.roles, "application": replace(plan.roles["application"], title=Title({"": "Web shop"}))})
    day = wait(play(a_launch(named), [(ROOM, SLACK, SettleRoom("C1")), *HELD]), t(-99))
    assert "Web shop has to see to it" in post(day, HoldCalled)[0]
