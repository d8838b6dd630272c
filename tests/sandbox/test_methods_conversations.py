"""Channels as Slack keeps them: names, members, topics, what the bot may see."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.standin import StandIn


async def refused(call) -> str:
    with pytest.raises(SlackApiError) as no:
        await call
    return no.value.response["error"]


async def test_a_channel_is_made_by_the_bot_which_is_then_in_it(web: AsyncWebClient, slack: StandIn):
    made = (await web.conversations_create(name="lancement-été", is_private=True))["channel"]
    assert (made["name"], made["is_private"], made["is_member"], made["creator"]) == ("lancement-été", True, True, slack.workspace.bot.id)
    assert (await web.conversations_members(channel=made["id"]))["members"] == [slack.workspace.bot.id]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("Launch", "invalid_name_specials"),
        ("a b", "invalid_name_specials"),
        ("a.b", "invalid_name_specials"),
        ("--_", "invalid_name_punctuation"),
        ("taken", "name_taken"),
    ],
)
async def test_a_name_slack_does_not_take_is_refused(web: AsyncWebClient, name: str, error: str):
    await web.conversations_create(name="taken")
    assert await refused(web.conversations_create(name=name)) == error


async def test_the_name_of_an_archived_channel_stays_taken(web: AsyncWebClient):
    made = (await web.conversations_create(name="old"))["channel"]["id"]
    await web.conversations_archive(channel=made)
    assert await refused(web.conversations_create(name="old")) == "name_taken"
    assert await refused(web.conversations_archive(channel=made)) == "already_archived"
    assert await refused(web.chat_postMessage(channel=made, text="hello")) == "is_archived"


async def test_invite_takes_all_or_none_unless_forced(web: AsyncWebClient, ids: dict[str, str]):
    made = (await web.conversations_create(name="room"))["channel"]["id"]
    with pytest.raises(SlackApiError) as no:
        await web.conversations_invite(channel=made, users=[ids["ada"], "U0NOBODY", ids["old"]])
    assert no.value.response["errors"] == [
        {"user": "U0NOBODY", "ok": False, "error": "user_not_found"},
        {"user": ids["old"], "ok": False, "error": "cant_invite"},
    ]
    assert ids["ada"] not in (await web.conversations_members(channel=made))["members"]
    forced = await web.conversations_invite(channel=made, users=[ids["ada"], "U0NOBODY"], force=True)
    assert [error["error"] for error in forced["errors"]] == ["user_not_found"]
    assert ids["ada"] in (await web.conversations_members(channel=made))["members"]
    assert await refused(web.conversations_invite(channel=made, users=ids["ada"])) == "already_in_channel"
    assert await refused(web.conversations_invite(channel=made, users=[ids["ada"]], force=True)) == "already_in_channel"


async def test_invite_takes_a_hundred_people_at_once_and_no_more(web: AsyncWebClient, desk):
    made = (await web.conversations_create(name="room"))["channel"]["id"]
    people = [(await desk("users", name=f"p{number}"))["user"]["id"] for number in range(101)]
    assert await refused(web.conversations_invite(channel=made, users=people)) == "invalid_arguments"
    assert (await web.conversations_invite(channel=made, users=people[:100]))["ok"]


async def test_topic_leaves_a_line_and_is_not_said_twice(web: AsyncWebClient, room: str):
    await web.conversations_setTopic(channel=room, topic="T-0 04:30")
    await web.conversations_setTopic(channel=room, topic="T-0 04:30")
    lines = [m for m in (await web.conversations_history(channel=room))["messages"] if m.get("subtype") == "channel_topic"]
    assert [line["topic"] for line in lines] == ["T-0 04:30"]
    assert await refused(web.conversations_setTopic(channel=room, topic="x" * 251)) == "too_long"


async def test_private_channels_of_others_are_not_there_for_the_bot(web: AsyncWebClient, desk, ids: dict[str, str]):
    secret = (await desk("channels", user=ids["ada"], name="secret", is_private=True))["channel"]
    public = (await desk("channels", user=ids["ada"], name="open"))["channel"]
    listed = (await web.conversations_list(types="public_channel,private_channel"))["channels"]
    assert [channel["id"] for channel in listed] == [public]
    assert await refused(web.conversations_info(channel=secret)) == "channel_not_found"
    assert await refused(web.chat_postMessage(channel=secret, text="hello")) == "channel_not_found"
    assert await refused(web.conversations_history(channel=public)) == "not_in_channel"
    assert await refused(web.conversations_create(name="secret")) == "name_taken"
    assert (await web.conversations_join(channel=public))["channel"]["is_member"]


async def test_lists_come_in_pages(web: AsyncWebClient):
    for number in range(5):
        await web.conversations_create(name=f"c{number}")
    names, cursor = [], ""
    while True:
        page = await web.conversations_list(limit=2, cursor=cursor)
        names += [channel["name"] for channel in page["channels"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert names == ["c0", "c1", "c2", "c3", "c4"]
    assert await refused(web.conversations_list(cursor="nonsense")) == "invalid_cursor"
    assert await refused(web.conversations_list(types="dm")) == "invalid_types"


async def test_a_person_is_opened_kicked_and_renamed_around(web: AsyncWebClient, room: str, ids: dict[str, str], slack: StandIn):
    opened = await web.conversations_open(users=ids["ada"], return_im=True)
    assert opened["channel"]["user"] == ids["ada"]
    assert (await web.conversations_open(users=ids["ada"]))["already_open"]
    assert await refused(web.conversations_open(users=ids["old"])) == "user_disabled"
    await web.conversations_kick(channel=room, user=ids["ada"])
    assert await refused(web.conversations_kick(channel=room, user=ids["ada"])) == "not_in_channel"
    assert await refused(web.conversations_kick(channel=room, user=slack.workspace.bot.id)) == "cant_kick_self"
    assert (await web.conversations_rename(channel=room, name="other"))["channel"]["previous_names"] == ["launch-room"]


async def test_people_are_told_with_zone_and_locale(web: AsyncWebClient, ids: dict[str, str]):
    ada = (await web.users_info(user=ids["ada"], include_locale=True))["user"]
    assert (ada["tz"], ada["locale"], ada["tz_offset"], ada["profile"]["email"]) == ("Europe/Paris", "fr-FR", 3600, "ada@example.com")
    assert (await web.users_lookupByEmail(email="BOB@example.com"))["user"]["id"] == ids["bob"]
    assert await refused(web.users_lookupByEmail(email="old@example.com")) == "users_not_found"
    first = await web.users_list(limit=3)
    rest = await web.users_list(limit=3, cursor=first["response_metadata"]["next_cursor"])
    assert [user["name"] for page in (first, rest) for user in page["members"]] == ["ada", "bob", "gus", "old", "launchroom"]


async def test_wrong_calls_have_the_error_that_slack_documents(web: AsyncWebClient, desk, room: str, ids: dict[str, str]):
    theirs = (await desk("channels", user=ids["ada"], name="theirs"))["channel"]
    gone = (await web.conversations_create(name="gone"))["channel"]["id"]
    await web.conversations_archive(channel=gone)
    await web.conversations_join(channel=theirs)
    im = (await web.conversations_open(users=ids["bob"]))["channel"]["id"]
    line = (await web.conversations_history(channel=room, limit=1))["messages"][0]["ts"]
    for method, error, args in (
        ("conversations.rename", "not_authorized", {"channel": theirs, "name": "ours"}),
        ("conversations.rename", "method_not_supported_for_channel_type", {"channel": im, "name": "ours"}),
        ("conversations.invite", "is_archived", {"channel": gone, "users": ids["ada"]}),
        ("conversations.invite", "method_not_supported_for_channel_type", {"channel": im, "users": ids["ada"]}),
        ("conversations.invite", "no_user", {"channel": room}),
        ("conversations.leave", "is_archived", {"channel": gone}),
        ("conversations.leave", "channel_not_found", {"channel": "C0NOWHERE"}),
        ("conversations.setTopic", "channel_not_found", {"topic": "x"}),
        ("conversations.join", "is_archived", {"channel": gone}),
        ("conversations.open", "users_list_not_supplied", {}),
        ("users.conversations", "invalid_limit", {"limit": "many"}),
        ("chat.postMessage", "channel_not_found", {"text": "x"}),
        ("chat.postEphemeral", "no_text", {"channel": room, "user": ids["ada"]}),
        ("pins.add", "not_pinnable", {"channel": room, "timestamp": line}),
        ("pins.add", "bad_timestamp", {"channel": room, "timestamp": "now"}),
        ("reactions.add", "invalid_name", {"channel": room, "timestamp": line, "name": "Not An Emoji"}),
        ("files.info", "file_not_found", {"file": "F0NONE"}),
    ):
        assert (method, await refused(web.api_call(method, params=args))) == (method, error)
