"""A page as whoever is rung, the room and whoever commands see it, from the first ring to its end."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.views.address import Address
from bot.views.bridge import bridge
from bot.views.card import Urgency
from bot.views.index import WANTED, cards
from bot.views.lines import drawn
from bot.views.locale import Reader
from bot.views.paging import form, rings_now
from bot.views.people import reader_for
from launch import game
from launch.messages import (
    SLACK,
    AcceptHandover,
    Actor,
    CallPage,
    Command,
    DecideCheckpoint,
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
from launch.plan import Bridge, Plan
from launch.state import Decision, Launch
from tests.days import CAMILLE, CLAIRE, DANIEL, JULIE, SAMIRA, Day, actor, t, words
from tests.views.drawn import all_notices, card, labels, noticed, people_of
from tests.views.limits import buttons_of
from tests.views.scenes import night, paged_night, plain_plan

EN = Reader("en", "Europe/Paris")
CALLED = (t(-100), JULIE, CallPage("application", words("payment errors rising")))
ROOM_CARD = "page:1"
BOTH = ["I have it", "Can’t, pass on"]
THEO = actor("theo")


def paged(*script: tuple[datetime, Actor, Command], until: float = -99.9) -> Day:
    """Julie pages the application at 02:50: Samira, after three minutes Camille, then Claire and Daniel, who command."""
    return night((CALLED, *script), until)


def private(launch: Launch, person: str) -> list[str]:
    return card(launch, ROOM_CARD, person).text.splitlines()


def at(hour: str) -> str:
    return f"|{hour} (Paris)>"


# --- whoever is rung ---------------------------------------------------------------------------------------------------


def test_the_first_line_says_who_asks_for_what_since_when_and_what_is_wanted() -> None:
    launch = paged().launch
    first, name, after = private(launch, "samira")
    assert first.startswith("Julie asks for Application: payment errors rising (since <!date^")
    assert first.endswith(f"{at('02:50')}). Can you take it?")
    assert (name, after.endswith(at("02:53") + ".")) == ("Corvane", True)
    assert after.startswith("Without an answer it goes to Camille: ")
    assert labels(card(launch, ROOM_CARD, "samira")) == BOTH
    assert people_of(launch, ROOM_CARD) == {None, "samira"}


def test_it_goes_before_everything_else() -> None:
    assert {each.urgency for each in cards(paged().launch) if each.subject == ROOM_CARD and each.place.person} == {Urgency.PAGE}


def test_a_reason_too_long_for_a_lock_screen_stands_whole_below() -> None:
    reason = "the tills of forty shops refuse every card " * 5
    launch = night([(t(-100), JULIE, CallPage("application", words(reason)))], -99).launch
    first, quoted = private(launch, "samira")[:2]
    assert first.startswith("Julie asks for Application: the tills of forty shops refuse every card the tills of")
    assert "… (since <!date^" in first
    assert quoted == f"“{reason.strip()}”"


def test_whoever_did_not_answer_may_still_take_it_and_whoever_passed_it_on_has_no_buttons() -> None:
    silent = paged(until=-96).launch
    assert private(silent, "samira")[-1] == "It is ringing Camille now. You can still take it."
    assert labels(card(silent, ROOM_CARD, "samira")) == BOTH
    passed = paged((t(-99), SAMIRA, PassPage(1)), until=-98.9).launch
    assert private(passed, "samira")[-1] == "You passed it on. It is ringing Camille now."
    assert private(passed, "samira")[0].startswith("Julie asked for Application: payment errors rising (since")
    assert (labels(card(passed, ROOM_CARD, "samira")), labels(card(passed, ROOM_CARD, "camille"))) == ([], BOTH)


def test_when_all_have_passed_it_on_it_can_only_be_taken() -> None:
    passing = [(t(-99 + n), person, PassPage(1)) for n, person in enumerate((SAMIRA, CAMILLE, CLAIRE, DANIEL))]
    launch = paged(*passing, until=-95.5).launch
    assert launch.pages[1].ringing == "samira"
    assert labels(card(launch, ROOM_CARD, "samira")) == ["I have it"]


def test_after_an_answer_every_copy_says_who_has_it_and_has_no_buttons() -> None:
    launch = paged((t(-96), CAMILLE, TakePage(1)), until=-95).launch
    assert private(launch, "camille")[-1].startswith("You have it since <!date^")
    assert private(launch, "samira")[-1].startswith("Camille has it since <!date^")
    over = paged((t(-96), CAMILLE, TakePage(1)), (t(-90), JULIE, ResolvePage(1)), until=-89).launch
    assert private(over, "samira")[-1].startswith("Resolved: Julie, <!date^")
    assert [labels(card(each, ROOM_CARD, person)) for each in (launch, over) for person in ("samira", "camille")] == [[], [], [], []]


def test_it_names_the_bridge_and_the_address_can_be_tapped() -> None:
    launch = next(scene.launch for scene in paged_night("en", is_evil=False) if scene.launch.rings)
    drawn_card = card(launch, ROOM_CARD, "samira")
    assert drawn_card.text.endswith("Bridge: video (https://visio.corvane.example/night) · +33 1 99 00 12 34 · Lyon")
    links = [element for block in drawn_card.blocks for part in block["elements"] for element in part.get("elements", ())]
    assert {"type": "link", "url": "https://visio.corvane.example/night", "text": "video"} in links
    (only,) = bridge(plain_with(Bridge(place="Lyon")), EN)
    assert only.text(EN) == "Bridge: Lyon"
    assert list(bridge(plain_with(None), EN)) == []


def plain_with(where: Bridge | None) -> Plan:
    return replace(plain_plan("en"), bridge=where)


# --- a shift that nobody accepted --------------------------------------------------------------------------------------


def late_shift(*script: tuple[datetime, Actor, Command], until: float = 95.5) -> Day:
    """The day shift begins at 06:00 (T+90 min); from 06:05 on somebody is paged for each role that nobody accepted."""
    decided = (t(-31), CLAIRE, DecideCheckpoint("final", Decision.PROCEED, words("seen")))
    accepted = [
        decided,
        (t(80), actor("hugo"), AcceptHandover("commander", "day")),
        (t(80), actor("paul"), AcceptHandover("database", "day")),
    ]
    return night([*accepted, (t(80), actor("olivier"), AcceptHandover("comms", "day")), *script], until)


def test_of_an_unaccepted_shift_the_words_are_about_the_shift() -> None:
    launch = late_shift().launch
    first = private(launch, "theo")[0]
    assert first.startswith("Your shift as Application began at <!date^")
    assert first.endswith(f"{at('06:00')} and nobody has accepted it: Samira still has it. Can you take it?")
    assert "“I have it” means that you accept the shift: Application is yours from then on." in private(launch, "theo")
    assert private(late_shift(until=102).launch, "hugo")[0].endswith("answers, Samira still has it. Can you see to it?")


def test_an_answer_from_the_shift_accepts_it_and_one_in_command_does_not() -> None:
    accepted = late_shift((t(96), THEO, TakePage(1)), until=97)
    assert private(accepted.launch, "theo")[-1].startswith("Theo has accepted: on duty for Application since")
    assert noticed(accepted, PageTaken) == []
    seen_to = late_shift((t(96), actor("hugo"), TakePage(1)), until=97)
    assert any("Hugo has it since" in line for line in private(seen_to.launch, "theo"))
    assert noticed(seen_to, PageTaken) == [("hugo", "You have the page for Application.")]


def test_a_late_handover_is_between_those_it_concerns_until_a_round_went_unheard() -> None:
    subjects = {card.subject for card in cards(late_shift().launch) if card.place.person is None}
    assert ROOM_CARD not in subjects
    unheard = late_shift(until=125).launch
    assert unheard.pages[1].round > 1
    assert "Application" in card(unheard, ROOM_CARD).text


# --- the room ----------------------------------------------------------------------------------------------------------


def test_the_room_sees_red_until_somebody_has_it() -> None:
    heading, red, asked, why, rung = card(paged(until=-96).launch, ROOM_CARD).text.splitlines()
    assert (heading, why) == ("Page for Application", "“payment errors rising”")
    assert red.startswith("🔴 Nobody has it yet. Ringing Camille; without an answer Claire, <!date^")
    assert asked.startswith("Julie asked, <!date^")
    assert rung.startswith("Rung: Samira <!date^")
    assert f"{at('02:50')}, Camille <!date^" in rung
    taken = card(paged((t(-96), CAMILLE, TakePage(1)), until=-95).launch, ROOM_CARD).text
    assert "🔴" not in taken
    assert taken.splitlines()[1].startswith("Camille has it since <!date^")


def test_the_room_can_resolve_it_after_a_question_that_names_the_consequence() -> None:
    (button,) = buttons_of(card(paged().launch, ROOM_CARD).blocks)
    assert (button["action_id"], button["value"]) == ("page.resolve", "corvane/1")
    assert button["confirm"]["text"]["text"] == "The ringing ends, and nobody is asked any more. To ask again is a new page."
    assert labels(card(paged((t(-96), CLAIRE, ResolvePage(1)), until=-95).launch, ROOM_CARD)) == []


def test_whoever_has_no_slack_is_named_to_be_reached_by_phone() -> None:
    launch = night([(t(-100), JULIE, CallPage("vendor", words("no answer")))], -99).launch
    assert "Not in Slack, to be reached by phone: Keyline hotline" in card(launch, ROOM_CARD).text


# --- what is said once -------------------------------------------------------------------------------------------------


def test_at_the_second_silence_whoever_commands_is_told_once() -> None:
    day = night([(t(-100), SAMIRA, CallPage("vendor", words("no answer")))], -92)
    told = "Corvane: nobody has the page for Vendor yet. Elif, Claire did not take it. Ringing Daniel now."
    assert noticed(day, PageRang) == [("claire", told)]


def test_a_round_that_nobody_heard_alarms_the_room_and_whoever_commands_once() -> None:
    alarm = "🔴 Corvane: nobody answers for Application. It has rung Samira, Camille, Claire, Daniel, and goes on."
    assert noticed(paged(until=-89), PageUnheard) == []
    assert noticed(paged(until=-60), PageUnheard) == [(None, alarm), ("claire", alarm)]


def test_whoever_was_rung_before_gets_a_message_that_rings() -> None:
    day = paged(until=-87)
    again = [notice for event, notice in all_notices(day) if isinstance(event, PageRang)]
    assert [(notice.place.person, notice.urgency) for notice in again] == [("samira", Urgency.PAGE)]
    assert again[0].drawn.text.startswith("Still nobody: Julie asks for Application: payment errors rising (since")


def test_whoever_takes_it_is_told_where_to_come_and_whoever_asked_that_somebody_does() -> None:
    day = paged((t(-96), CAMILLE, TakePage(1)), until=-95)
    (brief, asker) = [notice for event, notice in all_notices(day) if isinstance(event, PageTaken)]
    assert (brief.place.person, asker.place.person) == ("camille", "julie")
    assert brief.drawn.text.splitlines()[:2] == ["You have the page for Application.", "The room: <#C1>"]
    assert "T-0: <!date^" in brief.drawn.text
    assert asker.drawn.text == "Corvane: Camille has the page for Application."


def test_the_room_hears_of_an_answer_only_after_its_alarm() -> None:
    day = paged((t(-87), CAMILLE, TakePage(1)), until=-86)
    assert (None, "Corvane: Camille has the page for Application.") in noticed(day, PageTaken)


def test_the_end_is_told_to_whoever_had_it_and_whoever_asked_but_not_to_whoever_says_so() -> None:
    told = "Corvane: the page for Application is resolved, says {}."
    taken = (t(-96), CAMILLE, TakePage(1))
    by_claire = paged(taken, (t(-90), CLAIRE, ResolvePage(1)), until=-89)
    assert noticed(by_claire, PageResolved) == [("camille", told.format("Claire")), ("julie", told.format("Claire"))]
    assert noticed(paged(taken, (t(-90), JULIE, ResolvePage(1)), until=-89), PageResolved) == [("camille", told.format("Julie"))]


def test_what_slack_cannot_deliver_is_told_to_whoever_commands() -> None:
    day = paged((t(-99), SLACK, ReportUndelivered(1, "samira", "messages_tab_disabled")), until=-98)
    (told,) = noticed(day, PageUndelivered)
    assert told == (
        "claire",
        "Corvane: Slack could not deliver the page for Application to Samira (messages_tab_disabled). It goes to the next one now.",
    )
    assert day.launch.pages[1].ringing == "camille"


# --- asking, Home ------------------------------------------------------------------------------------------------------


def test_whoever_asks_is_told_whom_it_rings() -> None:
    launch = paged().launch
    assert rings_now(launch, launch.pages[1], EN) == "Ringing Samira for Application. Without an answer in 3 min it goes to Camille."


def test_the_form_offers_every_role_with_who_is_on_duty() -> None:
    launch = paged().launch
    select, _ = form(launch, Address("corvane"), "database", EN)["blocks"]
    assert [option["text"]["text"] for option in select["element"]["options"]][:2] == ["Commander (Claire)", "Application (Samira)"]
    assert select["element"]["initial_option"]["value"] == "database"


def test_home_has_one_line_for_each_page_that_waits_with_its_buttons() -> None:
    launch = paged().launch
    (ask,) = [each for each in game.asks(launch) if each.subject == "page:1"]
    reader = reader_for(launch, "USAMIRA")
    shown = drawn(WANTED["page"](launch, ask, reader), reader)
    assert (shown.text, labels(shown)) == (private(launch, "samira")[0], BOTH)


@pytest.mark.parametrize("is_evil", [True, False])
def test_a_page_is_drawn_until_the_launch_is_over_and_then_without_buttons(*, is_evil: bool) -> None:
    there: set[tuple[str, str | None]] = set()
    for scene in paged_night("fr", is_evil=is_evil):
        now = {(each.subject, each.place.person) for each in cards(scene.launch) if each.subject.startswith("page:")}
        assert there <= now
        there = now
    last = paged_night("fr", is_evil=is_evil)[-1].launch
    assert len(there) == 14
    assert [each.subject for each in cards(last) if buttons_of(each.draw().blocks)] == []
    assert "Le lancement a été clos avant que ce soit résolu." in card(last, "page:3").text
