"""Messages: posted, changed, read back, pinned; and what Slack refuses."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.standin import StandIn

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Checkpoint*"}}


async def refused(call) -> str:
    with pytest.raises(SlackApiError) as no:
        await call
    return no.value.response["error"]


async def test_a_post_comes_back_as_slack_keeps_it(web: AsyncWebClient, room: str, slack: StandIn):
    posted = await web.chat_postMessage(channel=room, text="Checkpoint", blocks=[SECTION])
    message = posted["message"]
    assert (message["bot_id"], message["app_id"], message["team"]) == (slack.workspace.bot_id, "A0SANDBOX", "T0SANDBOX")
    assert message["blocks"][0]["block_id"]
    assert message["blocks"][0]["text"]["verbatim"] is False
    assert posted["ts"].startswith("1805167800.")  # launch time, not the machine's


async def test_a_user_id_as_channel_opens_the_conversation(web: AsyncWebClient, ids: dict[str, str]):
    posted = await web.chat_postMessage(channel=ids["ada"], text="for you")
    again = await web.chat_postMessage(channel=ids["ada"], text="and this")
    assert posted["channel"].startswith("D")
    assert posted["channel"] == again["channel"]
    assert (await web.chat_postMessage(channel=ids["old"], text="history stays open"))["ok"]
    assert await refused(web.chat_update(channel=ids["ada"], ts=posted["ts"], text="x")) == "channel_not_found"


async def test_stamps_grow_even_when_the_clock_is_set_back(web: AsyncWebClient, room: str, desk):
    first = (await web.chat_postMessage(channel=room, text="one"))["ts"]
    await desk("clock", launch="2027-03-16T01:00:00Z")
    second = (await web.chat_postMessage(channel=room, text="two"))["ts"]
    assert second > first


async def test_an_update_keeps_what_it_does_not_name(web: AsyncWebClient, room: str, slack: StandIn):
    metadata = {"event_type": "card", "event_payload": {"key": "k1"}}
    ts = (await web.chat_postMessage(channel=room, text="one", blocks=[SECTION], metadata=metadata))["ts"]
    await web.chat_update(channel=room, ts=ts, text="two")
    message = slack.workspace.channels[room].messages[ts]
    assert (message["text"], message["blocks"][0]["type"], message["metadata"]) == ("two", "section", metadata)
    assert message["edited"]["user"] == slack.workspace.bot.id
    await web.chat_update(channel=room, ts=ts, text="three", blocks=[])
    assert "blocks" not in slack.workspace.channels[room].messages[ts]


async def test_updates_slack_refuses(web: AsyncWebClient, room: str, desk, ids: dict[str, str]):
    theirs = (await desk("message", channel=room, user=ids["ada"], text="mine"))["ts"]
    ours = (await web.chat_postMessage(channel=room, text="one"))["ts"]
    assert await refused(web.chat_update(channel=room, ts=theirs, text="x")) == "cant_update_message"
    assert await refused(web.chat_update(channel=room, ts="1805167800.999999", text="x")) == "message_not_found"
    assert await refused(web.chat_update(channel=room, ts=ours, text="x" * 4001)) == "msg_too_long"
    assert await refused(web.api_call("chat.update", params={"channel": room, "ts": ours, "text": " "})) == "no_text"
    await web.chat_delete(channel=room, ts=ours)
    assert await refused(web.chat_delete(channel=room, ts=ours)) == "message_not_found"


async def test_metadata_is_read_back_only_when_asked_for(web: AsyncWebClient, room: str):
    await web.chat_postMessage(channel=room, text="one", metadata={"event_type": "card", "event_payload": {"key": "k1"}})
    plain = (await web.conversations_history(channel=room, limit=1))["messages"][0]
    full = (await web.conversations_history(channel=room, limit=1, include_all_metadata=True))["messages"][0]
    assert "metadata" not in plain
    assert full["metadata"]["event_payload"] == {"key": "k1"}
    assert await refused(web.chat_postMessage(channel=room, text="x", metadata={"event_type": "card"})) == "invalid_metadata_schema"
    assert await refused(web.chat_postMessage(channel=room, text="x", metadata="card")) == "invalid_metadata_format"


async def test_history_is_newest_first_in_pages_between_bounds(web: AsyncWebClient, room: str):
    stamps = [(await web.chat_postMessage(channel=room, text=str(number)))["ts"] for number in range(5)]
    seen, cursor = [], ""
    while True:
        page = await web.conversations_history(channel=room, limit=2, cursor=cursor, oldest=stamps[0], latest=stamps[4])
        seen += [message["text"] for message in page["messages"]]
        cursor = page["response_metadata"]["next_cursor"]
        assert page["has_more"] == bool(cursor)
        if not cursor:
            break
    assert seen == ["3", "2", "1"]
    exact = await web.conversations_history(channel=room, oldest=stamps[2], latest=stamps[2], inclusive=True)
    assert [message["text"] for message in exact["messages"]] == ["2"]
    assert await refused(web.conversations_history(channel=room, oldest="yesterday")) == "invalid_ts_oldest"


async def test_a_thread_hangs_under_its_parent(web: AsyncWebClient, room: str, desk, ids: dict[str, str]):
    parent = (await web.chat_postMessage(channel=room, text="wave 1"))["ts"]
    reply = (await web.chat_postMessage(channel=room, text="done", thread_ts=parent))["ts"]
    await desk("message", channel=room, user=ids["ada"], text="thanks", thread_ts=parent)
    thread = (await web.conversations_replies(channel=room, ts=parent))["messages"]
    assert [message["text"] for message in thread] == ["wave 1", "done", "thanks"]
    assert (thread[0]["reply_count"], thread[1]["parent_user_id"]) == (2, thread[0]["user"])
    texts = [message["text"] for message in (await web.conversations_history(channel=room))["messages"]]
    assert "wave 1" in texts
    assert "done" not in texts
    assert await refused(web.chat_postMessage(channel=room, text="x", thread_ts=reply)) == "cannot_reply_to_message"
    assert await refused(web.conversations_replies(channel=room, ts="1.000001")) == "thread_not_found"


async def test_an_ephemeral_is_for_one_member_and_in_no_history(web: AsyncWebClient, room: str, slack: StandIn, ids: dict[str, str]):
    await web.chat_postEphemeral(channel=room, user=ids["ada"], text="only you")
    assert [(message["user"], message["text"]) for message in slack.workspace.ephemerals] == [(ids["ada"], "only you")]
    assert "only you" not in [message["text"] for message in (await web.conversations_history(channel=room))["messages"]]
    assert await refused(web.chat_postEphemeral(channel=room, user=ids["gus"], text="x")) == "user_not_in_channel"


async def test_pins_bookmarks_reactions_and_permalinks(web: AsyncWebClient, room: str, slack: StandIn):
    ts = (await web.chat_postMessage(channel=room, text="board"))["ts"]
    await web.pins_add(channel=room, timestamp=ts)
    assert await refused(web.pins_add(channel=room, timestamp=ts)) == "already_pinned"
    assert [item["message"]["ts"] for item in (await web.pins_list(channel=room))["items"]] == [ts]
    assert (await web.conversations_history(channel=room, limit=1))["messages"][0]["subtype"] == "pinned_item"
    await web.pins_remove(channel=room, timestamp=ts)
    assert await refused(web.pins_remove(channel=room, timestamp=ts)) == "no_pin"
    link = (await web.chat_getPermalink(channel=room, message_ts=ts))["permalink"]
    assert link == f"{slack.url}/archives/{room}/p{ts.replace('.', '')}"
    added = (await web.bookmarks_add(channel_id=room, title="Board", type="link", link=link))["bookmark"]
    await web.bookmarks_edit(channel_id=room, bookmark_id=added["id"], title="Tableau")
    assert [(one["title"], one["link"]) for one in (await web.bookmarks_list(channel_id=room))["bookmarks"]] == [("Tableau", link)]
    await web.bookmarks_remove(channel_id=room, bookmark_id=added["id"])
    assert await refused(web.bookmarks_edit(channel_id=room, bookmark_id=added["id"], title="x")) == "not_found"
    await web.reactions_add(channel=room, timestamp=ts, name="rocket")
    assert await refused(web.reactions_add(channel=room, timestamp=ts, name="rocket")) == "already_reacted"


async def test_forms_and_json_bodies_say_the_same(web: AsyncWebClient, room: str, http, slack: StandIn):
    headers = {"Authorization": f"Bearer {slack.tokens.bot}"}
    form = {"channel": room, "text": "form", "blocks": '[{"type":"divider"}]', "unknown": "tolerated"}
    async with http.post(f"{slack.url}/api/chat.postMessage", data=form, headers=headers) as answer:
        assert (await answer.json())["message"]["blocks"][0]["type"] == "divider"
    async with http.post(f"{slack.url}/api/chat.postMessage", data={**form, "blocks": "[oops"}, headers=headers) as answer:
        assert (await answer.json())["error"] == "invalid_blocks_format"
    async with http.post(f"{slack.url}/api/conversations.info", json={"channel": room}, headers=headers) as answer:
        assert (await answer.json())["error"] == "channel_not_found"  # takes no JSON body, so nothing was said
    async with http.get(f"{slack.url}/api/conversations.info", params={"channel": room, "token": slack.tokens.bot}) as answer:
        assert (await answer.json())["channel"]["id"] == room


async def test_tokens_of_the_wrong_kind_and_methods_that_do_not_exist(web: AsyncWebClient, slack: StandIn):
    assert await refused(web.api_call("conversations.unarchive")) == "unknown_method"
    for token, error in (("", "not_authed"), ("xoxb-other", "invalid_auth"), (slack.tokens.app, "not_allowed_token_type")):
        assert await refused(AsyncWebClient(token=token, base_url=f"{slack.url}/api/").api_call("auth.test")) == error
    assert await refused(web.apps_connections_open(app_token=slack.tokens.bot)) == "not_allowed_token_type"
    assert (await web.api_test())["ok"]
    assert (await web.team_info())["team"]["domain"] == "sandbox"
