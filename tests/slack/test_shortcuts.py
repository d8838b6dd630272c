"""The shortcuts: the menu from everywhere; a message that becomes a note, or the beginning of a customer update."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from launch.messages import SLACK, SettleRoom
from launch.plan import Title
from tests.days import CUSTOMERS, JULIE, PEOPLE, SAMIRA, STRANGER, a_plan, t
from tests.door.doors import Site, a_site, bring_in, say, until
from tests.slack.living import Living, lines, living

pytestmark = pytest.mark.slow

NAMED = {key: replace(each, language="en") for key, each in PEOPLE.items()}
NOT_NAMED = "You are not named in the plan. You can look, with /launch who; those it names can act."


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path, t(-24 * 60))


@pytest.fixture
async def here(site: Site) -> AsyncIterator[Living]:
    door = site.door()
    door.start()
    async with living(site, door) as here:
        yield here
    door.stop()


async def plan_in(here: Living, key: str, name: str) -> None:
    plan = a_plan(key=key, name=Title({"": name}), people=NAMED, language="en")
    await bring_in(here.door, replace(plan, audiences={"customers": CUSTOMERS}))


async def a_message(here: Living, text: str, name: str = "talk", *, is_room: bool = False) -> dict[str, str]:
    """Where somebody wrote it: in a channel where people talk, or in the room of Corvane."""
    channel = (await here.desk("channels", user="USAMIRA", name=name, members=["UJULIE", "USTRANGER"]))["channel"]
    if is_room:
        await say(here.door, SLACK, SettleRoom(channel))
    said = await here.desk("message", channel=channel, user="USAMIRA", text=text)
    return {"channel": channel, "messageTs": said["ts"]}


def begun(here: Living) -> list[str]:
    """What the fields of Julie's form begin with."""
    fields = (block["element"] for block in here.window(JULIE)["blocks"] if block["type"] == "input")
    return [field["initial_value"] for field in fields if "initial_value" in field]


def told_privately(here: Living) -> list[str]:
    return [message["text"] for message in here.slack.workspace.ephemerals]


async def test_the_menu_from_everywhere_is_a_window(here: Living) -> None:
    await plan_in(here, "corvane", "Corvane")
    await here.desk("shortcut", user="USAMIRA", callback_id="menu.show")
    assert (await here.sees(SAMIRA, "Planned. The room opens:"))[0] == "Corvane"
    await here.desk("shortcut", user="USTRANGER", callback_id="menu.show")
    await here.sees(STRANGER, "You are not named in the plan: you can look, not act.")


async def test_without_a_launch_the_menu_says_so_and_offers_an_admin_to_add_a_plan(here: Living) -> None:
    await here.desk("shortcut", user="USAMIRA", callback_id="menu.show")
    assert (await here.sees(SAMIRA, "No launch is planned here."))[0].endswith("launchroom plan add FILE")
    await here.desk("shortcut", user="UCLAIRE", callback_id="menu.show")
    await until(lambda: here.labels(replace(SAMIRA, user="UCLAIRE")) == ["Add a plan…", "New launch…"], "the buttons")


async def test_a_message_becomes_a_note_that_begins_with_it(here: Living, site: Site) -> None:
    await plan_in(here, "corvane", "Corvane")
    place = await a_message(here, "the till in <Lyon> works & prints")
    await here.desk("shortcut", user="UJULIE", callback_id="note.add", **place)
    await until(lambda: here.window(JULIE), "the form")
    field = here.window(JULIE)["blocks"][0]["element"]
    assert (here.window(JULIE)["callback_id"], field["initial_value"]) == ("room.note", "the till in <Lyon> works & prints")
    assert (await here.submit(JULIE))["closed"]
    assert "NoteWritten" in site.record()


async def test_a_message_becomes_the_beginning_of_an_update(here: Living) -> None:
    await plan_in(here, "corvane", "Corvane")
    place = await a_message(here, "logins fail")
    await here.desk("shortcut", user="UJULIE", callback_id="update.draft", **place)
    await until(lambda: here.window(JULIE), "the form")
    assert here.window(JULIE)["callback_id"] == "update.draft"
    assert "logins fail" in begun(here)


@pytest.mark.parametrize("callback", ["note.add", "update.draft"])
async def test_whoever_the_plan_does_not_name_gets_a_sentence_and_no_form(here: Living, callback: str) -> None:
    await plan_in(here, "corvane", "Corvane")
    await here.desk("shortcut", user="USTRANGER", callback_id=callback, **(await a_message(here, "hello")))
    await until(lambda: told_privately(here), "the sentence")
    assert told_privately(here) == [f"Corvane – {NOT_NAMED}"]
    assert here.window(STRANGER) == {}


async def test_with_two_launches_the_room_tells_which_is_meant_else_the_person(here: Living) -> None:
    await plan_in(here, "corvane", "Corvane")
    await plan_in(here, "other", "Another")
    in_room = await a_message(here, "in the room", "launch-room", is_room=True)
    await here.desk("shortcut", user="UJULIE", callback_id="note.add", **in_room)
    await until(lambda: here.window(JULIE), "the form")
    assert here.window(JULIE)["private_metadata"] == "corvane"
    await here.desk("close-view", user="UJULIE")
    for callback, form in (("note.add", "room.note"), ("update.draft", "update.draft")):
        place = await a_message(here, "elsewhere", callback.replace(".", "-"))
        await here.desk("shortcut", user="UJULIE", callback_id=callback, **place)
        await here.sees(JULIE, "Which launch is meant?")
        assert lines(here.window(JULIE)["blocks"])[1:] == ["Corvane", "Another"]
        second = here.window(JULIE)["blocks"][2]
        await here.press(JULIE, f"{second['block_id']}/{second['accessory']['action_id']}", "modal")
        await until(lambda: here.window(JULIE).get("callback_id"), "the form in the place of the question")
        assert (here.window(JULIE)["callback_id"], here.window(JULIE)["private_metadata"]) == (form, "other")
        assert "elsewhere" in begun(here)
        await here.desk("close-view", user="UJULIE")
