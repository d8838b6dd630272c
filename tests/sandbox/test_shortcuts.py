"""Shortcuts and Home: what their payloads carry, and what they never do."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.manifest import manifest
from sandbox.standin import StandIn

from .conftest import GO, PEOPLE, Bot, Desk, until

SHORTCUTS = {
    "features": {
        "app_home": {"home_tab_enabled": True},
        "shortcuts": [
            {"callback_id": "menu", "name": "Launch menu", "type": "global", "description": "Menu"},
            {"callback_id": "problem", "name": "Note a problem", "type": "message", "description": "Problem"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "groups:write", "commands"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}, "interactivity": {"is_enabled": True}},
}
NOWHERE = {"channel", "message", "response_url", "message_ts"}
OF_THE_MANIFEST = pytest.mark.parametrize("slack", [{"manifest": manifest(SHORTCUTS), "users": PEOPLE}], indirect=True)


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


INPUT = {
    "type": "input",
    "block_id": "find",
    "dispatch_action": True,
    "label": plain("Find"),
    "element": {"type": "plain_text_input", "action_id": "find"},
}


@OF_THE_MANIFEST
async def test_the_page_may_offer_what_the_manifest_has(desk: Desk, room: str, web: AsyncWebClient, bot: Bot, ids: dict[str, str]):
    assert (await desk.read("state"))["shortcuts"] == [
        {"callback_id": "menu", "name": "Launch menu", "type": "global"},
        {"callback_id": "problem", "name": "Note a problem", "type": "message"},
    ]
    ts = (await web.chat_postMessage(channel=room, text="x"))["ts"]
    for body in ({"callback_id": "problem"}, {"callback_id": "menu", "channel": room, "messageTs": ts}, {"callback_id": "other"}):
        status, answer = await desk.raw("shortcut", user=ids["ada"], **body)
        assert (status, answer["error"].endswith("; it has menu (global), problem (message)")) == (400, True)


@OF_THE_MANIFEST
async def test_a_shortcut_of_everywhere_knows_no_place(desk: Desk, bot: Bot, ids: dict[str, str]):
    assert (await desk("shortcut", user=ids["ada"], callback_id="menu"))["acked"]
    told = bot.payloads("shortcut")[0]
    assert (told["callback_id"], told["user"]["id"], bool(told["trigger_id"]), NOWHERE & set(told)) == ("menu", ids["ada"], True, set())


async def test_a_shortcut_of_a_message_knows_the_message(
    web: AsyncWebClient, desk: Desk, bot: Bot, http, room: str, slack: StandIn, ids: dict[str, str]
):
    said = (await desk("message", channel=room, user=ids["bob"], text="payments fail"))["ts"]
    await desk("shortcut", user=ids["ada"], callback_id="problem", channel=room, messageTs=said)
    told = bot.payloads("message_action")[0]
    assert (told["channel"], told["message_ts"]) == ({"id": room, "name": "privategroup"}, said)
    assert (told["message"]["text"], told["message"]["user"]) == ("payments fail", ids["bob"])
    async with http.post(told["response_url"], json={"text": "Noted.", "replace_original": True}) as answer:
        assert answer.status == 200
    assert slack.workspace.channels[room].messages[said]["text"] == "payments fail"  # what a person said stays theirs
    assert [message["text"] for message in slack.workspace.ephemerals] == ["Noted."]


async def test_a_shortcut_is_offered_on_what_stays_and_can_be_read(web: AsyncWebClient, desk: Desk, room: str, ids: dict[str, str]):
    private = (await web.chat_postEphemeral(channel=room, user=ids["ada"], text="only you"))["message_ts"]
    said = (await web.chat_postMessage(channel=room, text="evidence"))["ts"]
    for user, ts, sentence in (
        (ids["ada"], private, f"the message {private} is seen by ada only: it has no shortcuts"),
        (ids["gus"], said, "Gus Guest is not in #launch-room and cannot read it."),
    ):
        assert await desk.raw("shortcut", user=user, callback_id="problem", channel=room, messageTs=ts) == (
            400,
            {"ok": False, "error": sentence},
        )


async def test_a_click_in_home_knows_no_message_and_no_way_back(web: AsyncWebClient, desk: Desk, bot: Bot, ids: dict[str, str]):
    view = (await web.views_publish(user_id=ids["ada"], view={"type": "home", "blocks": [GO, INPUT]}))["view"]
    await desk("open-home", user=ids["ada"])
    opened = (await until(lambda: bot.payloads("app_home_opened")))[0]["event"]
    assert (opened["tab"], opened["view"]["id"], opened["view"]["hash"]) == ("home", view["id"], view["hash"])
    await desk("interact", user=ids["ada"], view="home", action="go")
    await desk("interact", user=ids["ada"], view="home", action="find/find", value="db")
    clicked, typed = bot.payloads("block_actions")
    assert (clicked["container"], NOWHERE & set(clicked)) == ({"type": "view", "view_id": view["id"]}, set())
    assert (clicked["view"]["type"], clicked["actions"][0]["value"], bool(clicked["trigger_id"])) == ("home", "checkpoint 1", True)
    assert typed["view"]["state"]["values"]["find"]["find"]["value"] == "db"


async def test_home_is_published_over_what_was_known(web: AsyncWebClient, ids: dict[str, str]):
    async def published(**more: str) -> dict:
        return (await web.views_publish(user_id=ids["ada"], view={"type": "home", "external_id": "home-1", "blocks": [GO]}, **more))["view"]

    old = await published()
    new = await published(hash=old["hash"])
    assert (new["id"], new["hash"] != old["hash"]) == (old["id"], True)
    with pytest.raises(SlackApiError) as no:
        await published(hash=old["hash"])
    assert no.value.response["error"] == "hash_conflict"
    with pytest.raises(SlackApiError) as no:
        await web.views_publish(user_id=ids["bob"], view={"type": "home", "external_id": "home-1", "blocks": [GO]})
    assert no.value.response["error"] == "duplicate_external_id"
