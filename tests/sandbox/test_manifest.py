"""The manifest grants scopes, events and words; without them Slack says no or says nothing."""

from pathlib import Path

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import start
from sandbox.standin import StandIn

from .conftest import PEOPLE, Bot, Desk, connected, until

SMALL = """
display_information: {name: Launch Room}
features:
  bot_user: {display_name: launchroom}
  app_home: {home_tab_enabled: false}
  slash_commands:
    - {command: /launch, description: Launch, should_escape: false}
  shortcuts:
    - {callback_id: menu, name: Menu, type: global, description: Menu}
oauth_config:
  scopes: {bot: [chat:write, commands, channels:manage, channels:read, channels:history, users:read], bot_optional: [pins:write]}
settings:
  event_subscriptions: {bot_events: [user_change, message.channels]}
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
"""


@pytest.fixture
async def slack(tmp_path: Path):
    file = tmp_path / "app.yaml"
    file.write_text(SMALL)
    async with start(manifest=file, users=PEOPLE) as standin:
        yield standin


async def refused(call) -> dict:
    with pytest.raises(SlackApiError) as no:
        await call
    return no.value.response.data


async def test_scopes_are_asked_for_by_the_kind_of_conversation(web: AsyncWebClient):
    public = (await web.conversations_create(name="open"))["channel"]["id"]
    no = await refused(web.conversations_create(name="secret", is_private=True))
    assert no == {
        "ok": False,
        "error": "missing_scope",
        "needed": "groups:write",
        "provided": "channels:history,channels:manage,channels:read,chat:write,commands,pins:write,users:read",
    }
    assert (await refused(web.conversations_list(types="public_channel,private_channel")))["needed"] == "groups:read"
    assert (await refused(web.conversations_open(users="U1")))["needed"] == "im:write"
    assert (await refused(web.reactions_add(channel=public, timestamp="1.1", name="x")))["needed"] == "reactions:write"
    assert (await web.conversations_history(channel=public))["ok"]
    ts = (await web.chat_postMessage(channel=public, text="pinned by an optional scope"))["ts"]
    assert (await web.pins_add(channel=public, timestamp=ts))["ok"]
    assert (await web.chat_postMessage(channel=public, text="x")).headers["x-oauth-scopes"].startswith("channels:history")


async def test_mail_addresses_need_their_own_scope(web: AsyncWebClient, ids: dict[str, str]):
    assert "email" not in (await web.users_info(user=ids["ada"]))["user"]["profile"]
    assert (await refused(web.users_lookupByEmail(email="ada@example.com")))["needed"] == "users:read.email"


async def test_private_messages_need_only_the_right_to_write(web: AsyncWebClient, ids: dict[str, str]):
    posted = await web.chat_postMessage(channel=ids["ada"], text="for you")
    assert (await refused(web.conversations_history(channel=posted["channel"])))["needed"] == "im:history"


async def test_a_home_that_is_not_enabled_and_words_that_are_not_there(web: AsyncWebClient, desk: Desk, bot: Bot, ids: dict[str, str]):
    assert (await refused(web.views_publish(user_id=ids["ada"], view={"type": "home", "blocks": []})))["error"] == "not_enabled"
    public = (await web.conversations_create(name="open"))["channel"]["id"]
    status, answer = await desk.raw("command", channel=public, user=ids["ada"], command="/lunch")
    assert (status, answer["error"]) == (400, "/lunch n’est pas une commande ici. Il y a /launch.")
    assert (await desk.raw("shortcut", user=ids["ada"], callback_id="other"))[0] == 400
    await desk("command", channel=public, user=ids["ada"], command="/launch", text="page @bob")
    assert bot.payloads("command")[0]["text"] == "page @bob"  # should_escape is off here
    await desk("shortcut", user=ids["ada"], callback_id="menu")
    assert len(bot.payloads("shortcut")) == 1


async def test_only_events_subscribed_to_are_told(web: AsyncWebClient, desk: Desk, slack: StandIn, bot: Bot, ids: dict[str, str]):
    public = (await web.conversations_create(name="open"))["channel"]["id"]
    await desk("open-home", user=ids["ada"])
    await desk("message", channel=public, user=ids["bob"], text="is @launchroom there & <awake>?")
    await desk("users", id=ids["ada"], tz="America/Montreal", locale="fr-CA")
    change = (await until(lambda: bot.payloads("user_change")))[0]
    assert change["event"]["user"]["tz"] == "America/Montreal"
    said = [told["event"] for told in bot.payloads("message") if told["event"].get("client_msg_id")]
    assert [(event["text"], event["channel_type"]) for event in said] == [
        (f"is <@{slack.workspace.bot.id}> there &amp; &lt;awake&gt;?", "channel")
    ]
    assert {told["event"]["type"] for told in bot.payloads("user_change") + bot.payloads("message")} == {"user_change", "message"}
    assert bot.payloads("app_home_opened") + bot.payloads("app_mention") + bot.payloads("member_joined_channel") == []


async def test_an_event_is_told_again_until_it_is_acked(desk: Desk, slack: StandIn, ids: dict[str, str], http: aiohttp.ClientSession):
    """Nobody listens at first: Slack tries again at once, and once more after a minute."""
    await desk("users", id=ids["ada"], real_name="Ada L.")
    tries = await until(lambda: [entry for entry in slack.log.entries if entry["kind"] == "envelope"][1:])
    assert [(entry["retry_attempt"], entry["retry_reason"], entry["accepted"]) for entry in tries] == [(1, "timeout", False)]


async def test_an_event_envelope_has_slacks_shape(desk: Desk, slack: StandIn, ids: dict[str, str]):
    bot = Bot()
    client = await connected(slack, bot)
    await desk("users", id=ids["ada"], deleted=True)
    told = (await until(lambda: bot.payloads("user_change")))[0]
    assert (told["type"], told["team_id"], told["api_app_id"]) == ("event_callback", "T0SANDBOX", "A0SANDBOX")
    assert told["event_id"].startswith("Ev")
    assert told["event"]["user"]["deleted"] is True
    await client.close()
