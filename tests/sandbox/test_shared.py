"""Channels of others: shared with another company, public ones the bot is not in, guests, who is not to be disturbed."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.standin import StandIn

from .conftest import Bot, Desk, until


async def refused(call) -> str:
    with pytest.raises(SlackApiError) as no:
        await call
    return no.value.response["error"]


async def test_a_shared_channel_is_told_as_one(web: AsyncWebClient, desk: Desk, bot: Bot, ids: dict[str, str], slack: StandIn):
    partner = (await desk("channels", user=ids["ada"], name="with-acme", is_ext_shared=True))["channel"]
    told = (await web.conversations_info(channel=partner))["channel"]
    assert (told["is_shared"], told["is_ext_shared"], told["connected_team_ids"]) == (True, True, ["T0PARTNER"])
    assert [(one["name"], one["is_ext_shared"]) for one in (await web.conversations_list())["channels"]] == [("with-acme", True)]
    created = (await until(lambda: bot.payloads("channel_created")))[0]
    assert (created["event"]["channel"]["is_ext_shared"], created["is_ext_shared_channel"]) == (True, True)
    await web.conversations_join(channel=partner)
    assert (await web.chat_postMessage(channel=partner, text="T-0 at 04:30"))["ok"]
    assert (await desk.read("state"))["channels"][0]["is_ext_shared"] is True


async def test_sharing_starts_and_ends(web: AsyncWebClient, desk: Desk, bot: Bot, room: str, ids: dict[str, str]):
    await desk("share", channel=room, on=True)
    await desk("message", channel=room, user=ids["ada"], text="hello partner")
    await desk("share", channel=room, on=False)
    await desk("message", channel=room, user=ids["ada"], text="among us")
    await until(lambda: "among us" in [told["event"]["text"] for told in bot.payloads("message")])
    flags = {told["event"]["text"]: told["is_ext_shared_channel"] for told in bot.payloads("message")}
    assert (flags["hello partner"], flags["among us"]) == (True, False)
    assert bot.payloads("channel_shared")[0]["event"]["connected_team_id"] == "T0PARTNER"
    assert bot.payloads("channel_unshared")[0]["event"]["is_ext_shared"] is False
    assert "connected_team_ids" not in (await web.conversations_info(channel=room))["channel"]
    for body, sentence in (
        ({"channel": room}, "on is needed"),
        ({"channel": room, "on": "yes"}, "on is true or false, not 'yes'"),
        ({"channel": "C0", "on": True}, "there is no channel 'C0'"),
    ):
        status, answer = await desk.raw("share", **body)
        assert (status, answer["error"][: len(sentence)]) == (400, sentence)


@pytest.mark.parametrize("slack", [{"manifest": None}], indirect=True)
async def test_a_channel_the_bot_is_not_in(web: AsyncWebClient, desk: Desk, ids: dict[str, str]):
    public = (await desk("channels", user=ids["ada"], name="open"))["channel"]
    secret = (await desk("channels", user=ids["ada"], name="secret", is_private=True))["channel"]
    await desk("fault", kind="missing_scope", scope="chat:write.public")
    assert (await web.conversations_info(channel=public))["channel"]["is_member"] is False
    for name in (public, "#open", "open"):
        assert await refused(web.chat_postMessage(channel=name, text="x")) == "not_in_channel"
    for name in (secret, "#secret", "#nowhere", ""):
        assert await refused(web.chat_postMessage(channel=name, text="x")) == "channel_not_found"
    assert await refused(web.conversations_join(channel=secret)) == "channel_not_found"
    assert await refused(web.conversations_info(channel=secret)) == "channel_not_found"
    await desk("fault", kind="clear")
    assert (await web.chat_postMessage(channel="#open", text="from outside"))["channel"] == public
    await web.conversations_join(channel=public)
    again = await web.conversations_join(channel=public)
    assert again["warning"] == "already_in_channel"


async def test_the_bot_lists_and_leaves_its_channels(web: AsyncWebClient, desk: Desk, room: str, slack: StandIn, ids: dict[str, str]):
    public = (await web.conversations_create(name="open"))["channel"]["id"]

    async def listed(**more: str) -> list[str]:
        return [channel["id"] for channel in (await web.users_conversations(types="public_channel,private_channel", **more))["channels"]]

    assert (await listed(), await listed(user=ids["ada"])) == ([room, public], [room])
    assert (await web.conversations_leave(channel=public))["ok"]
    assert (await web.conversations_leave(channel=public))["not_in_channel"]
    assert await listed() == [room]
    alone = (await web.conversations_create(name="alone", is_private=True))["channel"]["id"]
    assert await refused(web.conversations_leave(channel=alone)) == "last_member"
    assert await refused(web.users_conversations(types="dm")) == "invalid_types"


async def test_a_guest_of_one_channel_is_in_one_channel(web: AsyncWebClient, desk: Desk, room: str, ids: dict[str, str]):
    one = (await desk("users", name="una", is_ultra_restricted=True))["user"]
    assert (one["is_restricted"], one["is_ultra_restricted"]) == (True, True)
    told = (await web.users_info(user=one["id"]))["user"]
    assert (told["is_restricted"], told["is_ultra_restricted"]) == (True, True)
    await web.conversations_invite(channel=room, users=[one["id"], ids["gus"]])
    other = (await web.conversations_create(name="other"))["channel"]["id"]
    assert await refused(web.conversations_invite(channel=other, users=one["id"])) == "ura_max_channels"
    assert (await web.conversations_invite(channel=other, users=ids["gus"]))["ok"]
    assert await refused(web.conversations_invite(channel=other, users="")) == "no_user"
    status, answer = await desk.raw("users", id=one["id"], is_restricted=False)
    assert (status, answer["error"]) == (400, "a guest of one channel is a guest: is_ultra_restricted goes with is_restricted")


async def test_who_is_not_to_be_disturbed(web: AsyncWebClient, desk: Desk, bot: Bot, slack: StandIn, ids: dict[str, str]):
    assert (await desk("users", name="ada", dnd=True))["user"]["dnd"] is True
    told, now = (await web.dnd_info(user=ids["ada"])).data, slack.clock.now()
    assert (told["dnd_enabled"], told["next_dnd_start_ts"] < now < told["next_dnd_end_ts"]) == (True, True)
    team = (await web.dnd_teamInfo(users=[ids["ada"], ids["bob"], "U0NOBODY"]))["users"]
    assert {user: status["dnd_enabled"] for user, status in team.items()} == {ids["ada"]: True, ids["bob"]: False}
    assert team[ids["bob"]] == {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    event = (await until(lambda: bot.payloads("dnd_updated_user")))[0]["event"]
    assert (event["user"], event["dnd_status"]["dnd_enabled"]) == (ids["ada"], True)
    assert await refused(web.dnd_info(user="U0NOBODY")) == "user_not_found"
    assert await refused(web.dnd_teamInfo(users="")) == "no_users_provided"
    await desk("fault", kind="missing_scope", scope="dnd:read")
    assert await refused(web.dnd_info(user=ids["ada"])) == "missing_scope"
    assert (await desk.raw("users", name="ada", dnd="yes"))[1]["error"] == "dnd of a user is true or false, not 'yes'"
