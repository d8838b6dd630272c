"""The clock from Slack: holds with an owner, the question after the limit, T-0, turning back; and which launch a word hits."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from launch.messages import CLOCK, SLACK, SettleRoom
from launch.plan import Plan
from launch.state import Hold, Launch, Reached
from tests.days import CLAIRE, INES, SAMIRA, TEAM, a_plan, minutes, t
from tests.door.doors import Site, a_site, bring_in, say
from tests.slack.people import PRIVATE, ROOM, Desk, a_desk

pytestmark = pytest.mark.slow

LIVE, RESUME, EXTEND, BACK, HOLD = "clock.live", "clock.resume", "clock.extend", "clock.turn_back", "clock.hold"


def spoken(key: str) -> Plan:
    """The night without anything that is asked, in English."""
    plan = a_plan(key=key, language="en", people={k: replace(p, language="en") for k, p in a_plan().people.items()})
    return replace(plan, checkpoints={})


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path, t(-100))


@pytest.fixture
async def desk(site: Site) -> AsyncIterator[Desk]:
    """The night at 02:50 in Paris; a second launch has no room yet."""
    site.set_clock(t(-24 * 60))
    door = site.door()
    door.start()
    await bring_in(door, spoken("corvane"), spoken("tills"))
    site.set_clock(t(-100))
    await say(door, SLACK, SettleRoom(ROOM))
    async with a_desk(door) as desk:
        yield desk
    door.stop()


def night(desk: Desk, key: str = "corvane") -> Launch:
    launch = desk.door.look(TEAM, key)
    assert launch
    return launch


def held(desk: Desk, key: str = "corvane") -> Hold:
    hold = night(desk, key).hold
    assert hold
    return hold


async def at_its_limit(desk: Desk, site: Site) -> None:
    assert "waiting for DNS" in await desk.type(INES, "hold waiting for DNS")
    site.set_clock(t(-60))
    await say(desk.door, CLOCK, None)
    assert held(desk).is_overrun


# --- holds -------------------------------------------------------------------------------------------------------------


async def test_the_form_asks_who_has_to_see_to_it_and_offers_whoever_opened_it(desk: Desk) -> None:
    await desk.press(INES, HOLD, is_menu=True)
    _, owner, _ = (await desk.form())["blocks"]
    assert owner["element"]["initial_option"]["value"] == "database"
    assert await desk.submit(INES, HOLD, reason="waiting for DNS", owner="application", minutes="20") == {}
    assert (held(desk).owner, held(desk).limit, str(held(desk).reason)) == ("application", minutes(20), "waiting for DNS")


async def test_a_hold_is_prolonged_with_a_reason(desk: Desk, site: Site) -> None:
    await at_its_limit(desk, site)
    await desk.press(CLAIRE, EXTEND, "overrun", "1")
    form = await desk.form()
    assert (form["title"]["text"], form["private_metadata"]) == ("Hold on", "corvane/overrun/1")
    told = await desk.submit(CLAIRE, EXTEND, "overrun", "1", reason=" ", minutes="15")
    assert told["errors"] == {"reason": "Please give a reason, in a few words."}
    told = await desk.submit(CLAIRE, EXTEND, "overrun", "1", reason="nearly there", minutes="0")
    assert told["errors"] == {"minutes": "Please give a whole number of minutes, from 1 to 1440."}
    assert await desk.submit(CLAIRE, EXTEND, "overrun", "1", reason="nearly there", minutes="15") == {}
    assert (held(desk).limit, held(desk).is_overrun) == (minutes(55), False)


async def test_resume_under_the_question_is_told_by_its_card_alone(desk: Desk, site: Site) -> None:
    await at_its_limit(desk, site)
    await desk.press(CLAIRE, RESUME, "overrun", "1")
    assert (night(desk).hold, desk.slack.told, desk.slack.calls) == (None, [], [])


async def test_the_question_about_a_hold_that_is_over_prolongs_no_other(desk: Desk, site: Site) -> None:
    await at_its_limit(desk, site)
    await desk.press(CLAIRE, RESUME, "overrun", "1")
    await desk.type(INES, "hold once more")
    told = await desk.submit(CLAIRE, EXTEND, "overrun", "1", reason="nearly there", minutes="15")
    assert (told["response_action"], held(desk).limit) == ("update", minutes(40))


async def test_rolling_back_wants_its_reason_and_names_its_consequence(desk: Desk, site: Site) -> None:
    await at_its_limit(desk, site)
    await desk.press(CLAIRE, BACK, "overrun", "1")
    assert "T stands still for good" in str((await desk.form())["blocks"])
    assert await desk.submit(CLAIRE, BACK, "overrun", "1", reason="data is corrupt") == {}
    assert str(night(desk).milestones[Reached.TURNED_BACK].reason) == "data is corrupt"
    assert "The launch rolls back, decided by Claire" in await desk.type(CLAIRE, "resume")


async def test_live_is_said_by_whoever_commands_once(desk: Desk, site: Site) -> None:
    await desk.press(CLAIRE, LIVE, "live")
    assert "T-0 is still to come" in (await desk.heard())[0]["text"]
    site.set_clock(t(1))
    await desk.press(SAMIRA, LIVE, "live")
    assert "Only Commander or a deputy" in (await desk.heard(2))[1]["text"]
    await desk.press(CLAIRE, LIVE, "live")
    assert night(desk).milestones[Reached.LIVE].person == "claire"
    await desk.press(CLAIRE, LIVE, "live")
    assert "Claire has said so already" in (await desk.heard(3))[2]["text"]


# --- which launch ------------------------------------------------------------------------------------------------------


async def test_typed_outside_with_two_launches_the_words_wait_for_the_choice(desk: Desk) -> None:
    asked = await desk.type(INES, "pause waiting for DNS", channel=PRIVATE)
    assert asked.splitlines() == [
        "Which launch is /launch hold for? It is done in the one that you choose.", "“waiting for DNS”", "Corvane", "Tills",
    ]  # fmt: skip
    assert (night(desk).hold, night(desk, "tills").hold) == (None, None)
    await desk.press(INES, "menu.typed", "hold", "waiting for DNS", key="tills", is_menu=True)
    assert (str(held(desk, "tills").reason), night(desk).hold) == ("waiting for DNS", None)
    assert (await desk.heard())[0]["text"].splitlines()[0] == "Done in Tills."


async def test_in_the_room_there_is_no_question_and_no_name(desk: Desk) -> None:
    said = await desk.type(INES, "hold waiting for DNS")
    assert said.splitlines()[0] == "Corvane"
    assert night(desk, "tills").hold is None


async def test_a_note_and_a_form_from_outside_say_which_launch_they_are_for(desk: Desk) -> None:
    await desk.press(SAMIRA, "menu.typed", "note", "the till in Lyon works", is_menu=True)
    assert (await desk.heard())[0]["text"] == "Corvane – Noted, and posted in the room."
    await desk.press(SAMIRA, "menu.typed", "note", "", key="tills", is_menu=True)
    head, *_ = (await desk.form())["blocks"]
    assert head["elements"][0]["elements"][0]["text"] == "Tills"


async def test_a_choice_of_a_word_that_is_none_leads_nowhere(desk: Desk) -> None:
    await desk.press(INES, "menu.typed", "detonate", "", is_menu=True)
    assert "This button no longer leads anywhere." in (await desk.heard())[0]["text"]
