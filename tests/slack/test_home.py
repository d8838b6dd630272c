"""Home from end to end: opened, drawn anew when the launch changes, clicked in; remembered for the next start."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from launch.messages import SLACK, CastVote, SettleRoom
from launch.state import Answer
from storage.homes import KEPT_FOR
from tests.days import CLAIRE, HUGO, INES, JULIE, PEOPLE, SAMIRA, STRANGER, TEAM, a_plan, t, words
from tests.door.doors import Site, a_site, bring_in, launch_in, say, until
from tests.slack.living import Living, living

pytestmark = pytest.mark.slow

ROOM = "C1"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path, t(-44))


@pytest.fixture
async def here(site: Site) -> AsyncIterator[Living]:
    """The night at 03:46 in Paris: the room is open and "final" is asked."""
    door = site.door()
    site.set_clock(t(-24 * 60))
    door.start()
    await bring_in(door, a_plan(people={key: replace(each, language="en") for key, each in PEOPLE.items()}))
    site.set_clock(t(-44))
    await say(door, SLACK, SettleRoom(ROOM))
    async with living(site, door) as here:
        yield here
    door.stop()


async def test_home_is_drawn_when_it_is_opened_and_remembered(here: Living, site: Site) -> None:
    told = await here.open_home(SAMIRA)
    assert told[1] == "T-0: Tuesday 16 March 04:30 (Paris)"
    assert "final: your answer for Application, by Tuesday 16 March 03:56 (Paris)." in told[told.index("This waits for you:") :]
    await until(lambda: site.rows("SELECT 1 FROM homes WHERE digest IS NOT NULL"), "the row")
    assert site.rows("SELECT team_id, user FROM homes") == [(TEAM, "USAMIRA")]


async def test_a_go_pressed_in_home_counts_and_waits_no_longer(here: Living) -> None:
    await here.open_home(SAMIRA)
    await here.press(SAMIRA, "checkpoint.go")
    assert launch_in(here.door).votes["final", 1, "application"].answer is Answer.GO
    told = await here.reads(lambda: here.home(SAMIRA), "Nothing waits for you.")
    assert "This waits for you:" not in told


async def test_a_no_go_opens_its_form_and_the_reason_is_kept(here: Living) -> None:
    await here.open_home(INES)
    await here.press(INES, "checkpoint.no_go")
    await until(lambda: here.window(INES), "the form")
    assert here.window(INES)["callback_id"] == "checkpoint.no_go"
    assert (await here.submit(INES, reason="restore test is red"))["closed"]
    assert str(launch_in(here.door).votes["final", 1, "database"].reason) == "restore test is red"


async def test_a_no_is_told_on_top_of_home_until_it_is_opened_again(here: Living) -> None:
    await here.open_home(SAMIRA)
    view = here.slack.workspace.homes["USAMIRA"]
    button = next(each for block in view["blocks"] for each in block.get("elements", ()) if each.get("action_id") == "checkpoint.go")
    button["value"] = "corvane/final/1/database"
    await here.press(SAMIRA, "checkpoint.go")
    told = await here.reads(lambda: here.home(SAMIRA), "The answer for Database comes from whoever is on duty for it: now Ines.")
    assert told[1] == "Corvane"
    await here.desk("open-home", user=SAMIRA.user)
    await until(lambda: here.home(SAMIRA)[0] == "Corvane", "Home without the sentence")


async def test_the_menu_opens_as_a_window_in_which_its_buttons_work(here: Living) -> None:
    await here.open_home(CLAIRE)
    await here.press(CLAIRE, "menu.show")
    assert (await here.sees(CLAIRE, "You are on duty for: Commander."))[0] == "Corvane"
    await here.press(CLAIRE, "checkpoint.list", "modal")
    await here.sees(CLAIRE, "The checkpoints of Corvane:")
    shops = next(block for block in here.window(CLAIRE)["blocks"] if block.get("accessory", {}).get("value") == "corvane/shops")
    await here.press(CLAIRE, f"{shops['block_id']}/checkpoint.show", "modal")
    await here.sees(CLAIRE, "Go or no-go: shops")
    await here.press(CLAIRE, "checkpoint.ask_now", "modal")
    assert set(launch_in(here.door).polls) == {"final", "shops"}
    await here.sees(CLAIRE, "Answer by")


async def test_a_question_of_ones_own_is_asked_from_the_window(here: Living) -> None:
    await here.open_home(CLAIRE)
    await here.press(CLAIRE, "menu.show")
    await here.sees(CLAIRE, "You are on duty for: Commander.")
    await here.press(CLAIRE, "checkpoint.list", "modal")
    await here.sees(CLAIRE, "The checkpoints of Corvane:")
    await here.press(CLAIRE, "checkpoint.question", "modal")
    await until(lambda: here.window(CLAIRE).get("callback_id") == "checkpoint.question", "the form in the place of the list")
    assert (await here.submit(CLAIRE, reason="Is the cache warm?", roles=["application", "qa"], minutes="5"))["closed"]
    assert launch_in(here.door).questions["question_1"].roles == ("application", "qa")
    await here.reads(lambda: here.home(CLAIRE), "“Is the cache warm?”")


async def test_a_form_opens_in_the_place_of_the_menu(here: Living) -> None:
    await here.open_home(CLAIRE)
    await here.press(CLAIRE, "menu.show")
    await here.sees(CLAIRE, "You are on duty for: Commander.")
    await here.press(CLAIRE, "clock.hold", "modal")
    await until(lambda: here.window(CLAIRE).get("callback_id") == "clock.hold", "the form in the place of the menu")
    assert (await here.submit(CLAIRE, reason="look", minutes="5"))["closed"]
    assert launch_in(here.door).hold


async def test_whoever_commands_sees_how_loud_the_launch_is(here: Living) -> None:
    await here.open_home(CLAIRE)
    await here.press(CLAIRE, "menu.show")
    await here.sees(CLAIRE, "You are on duty for: Commander.")
    await here.press(CLAIRE, "noise.show", "modal")
    told = await here.sees(CLAIRE, "Messages that rang in Corvane, by the hour:")
    assert "The room · 0 · 0 · 10" in told, "in a window a table is lines"


async def test_what_others_do_is_seen_and_what_changes_nothing_is_not_published(here: Living) -> None:
    await here.open_home(CLAIRE)
    await here.open_home(HUGO)
    before = here.calls("views.publish")
    await say(here.door, JULIE, CastVote("final", "comms", Answer.GO))
    await say(here.door, SAMIRA, CastVote("final", "application", Answer.NO_GO, words("red")))
    await here.reads(lambda: here.home(CLAIRE), "NO-GO from Application (Samira)")
    await here.desk("open-home", user=HUGO.user)
    await until(lambda: not here.homes.dirty and not here.homes.under_way, "quiet")
    assert here.calls("views.publish") - before <= 4, "two people, at most each change once"


async def test_a_stranger_reads_in_the_language_of_their_account(here: Living) -> None:
    told = await here.open_home(STRANGER)
    assert told[0] == "Salle de lancement"
    await here.desk("users", id="USTRANGER", locale="en-GB")
    await here.reads(lambda: here.home(STRANGER), "Launch Room")
    assert here.calls("users.info") == 1


async def test_an_admin_whom_no_plan_names_gets_the_button_to_add_one(here: Living) -> None:
    await here.open_home(STRANGER)
    assert here.labels(STRANGER, is_home=True) == []
    await here.desk("users", id="USTRANGER", is_admin=True)
    await until(lambda: here.labels(STRANGER, is_home=True) == ["Ajouter un plan…", "Nouveau lancement…"], "the buttons")
    await here.desk("users", id="USTRANGER", is_admin=False)
    await until(lambda: here.labels(STRANGER, is_home=True) == [], "no button")
    assert here.door.admins(TEAM) == ("UCLAIRE",)


async def test_after_a_start_every_home_is_drawn_anew_but_only_those_that_differ_are_published(here: Living, site: Site) -> None:
    for person in (SAMIRA, INES):
        await here.open_home(person)
    await until(lambda: not here.homes.under_way, "the rows")
    here.homes.opened.clear()
    here.homes.is_loaded = False
    site.run("UPDATE homes SET digest = NULL WHERE user = 'UINES'")
    before = here.calls("views.publish")
    here.homes.wake.set()
    await until(lambda: here.calls("views.publish") > before and not here.homes.dirty, "the start")
    assert here.calls("views.publish") - before == 1


async def test_a_home_that_was_opened_long_ago_is_left_alone(here: Living, site: Site) -> None:
    await here.open_home(SAMIRA)
    site.set_clock(t(-44) + KEPT_FOR + timedelta(seconds=1))
    before = here.calls("views.publish")
    await say(here.door, CLAIRE, None)
    assert not here.homes.dirty
    assert here.calls("views.publish") == before


async def test_when_slack_lets_us_wait_home_comes_later_and_when_it_forbids_homes_they_are_off(here: Living) -> None:
    await here.desk("fault", kind="rate_limit", method="views.publish", count=1, seconds=1)
    assert (await here.open_home(SAMIRA))[0] == "Corvane"
    await here.desk("fault", kind="refuse_method", method="views.publish")
    with capture_logs() as logs:
        for person in (INES, JULIE):
            await here.desk("open-home", user=person.user)
            await until(lambda: here.homes.is_off and not here.homes.under_way, "off")
    assert [each["event"] for each in logs if each["event"].startswith("home")] == ["homes_are_off"]
    await here.press(SAMIRA, "checkpoint.go")
    assert launch_in(here.door).votes["final", 1, "application"].answer is Answer.GO
