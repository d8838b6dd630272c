"""Threads: what a parent tells of its replies, and what becomes of them when messages go."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.standin import StandIn

from .conftest import Bot, Desk, until


async def refused(call) -> str:
    with pytest.raises(SlackApiError) as no:
        await call
    return no.value.response["error"]


async def test_the_parent_counts_its_replies(web: AsyncWebClient, desk: Desk, room: str, slack: StandIn, ids: dict[str, str]):
    parent = (await web.chat_postMessage(channel=room, text="wave 1"))["ts"]
    await web.chat_postMessage(channel=room, text="done", thread_ts=parent)
    last = (await desk("message", channel=room, user=ids["ada"], text="thanks", thread_ts=parent))["ts"]
    told = (await web.conversations_replies(channel=room, ts=parent))["messages"][0]
    assert {key: told[key] for key in ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply", "subscribed")} == {
        "thread_ts": parent,
        "reply_count": 2,
        "reply_users": [slack.workspace.bot.id, ids["ada"]],
        "reply_users_count": 2,
        "latest_reply": last,
        "subscribed": True,
    }


async def test_replies_are_read_in_pages_between_bounds(web: AsyncWebClient, room: str):
    parent = (await web.chat_postMessage(channel=room, text="parent"))["ts"]
    stamps = [(await web.chat_postMessage(channel=room, text=str(number), thread_ts=parent))["ts"] for number in range(4)]
    first = await web.conversations_replies(channel=room, ts=parent, limit=3)
    rest = await web.conversations_replies(channel=room, ts=parent, limit=3, cursor=first["response_metadata"]["next_cursor"])
    assert [[message["text"] for message in page["messages"]] for page in (first, rest)] == [["parent", "0", "1"], ["2", "3"]]
    assert (first["has_more"], rest["has_more"]) == (True, False)
    later = (await web.conversations_replies(channel=room, ts=parent, oldest=stamps[1]))["messages"]
    assert [message["text"] for message in later] == ["parent", "2", "3"]


async def test_a_reply_for_the_whole_channel_stands_in_both(web: AsyncWebClient, room: str):
    parent = (await web.chat_postMessage(channel=room, text="parent"))["ts"]
    said = await web.chat_postMessage(channel=room, text="for all", thread_ts=parent, reply_broadcast=True)
    assert said["message"]["subtype"] == "thread_broadcast"
    newest = (await web.conversations_history(channel=room, limit=1))["messages"][0]
    assert (newest["text"], newest["thread_ts"]) == ("for all", parent)
    assert (await web.conversations_replies(channel=room, ts=parent))["messages"][-1]["ts"] == said["ts"]


async def test_a_reply_to_what_is_not_there_is_taken_and_seen_nowhere(web: AsyncWebClient, room: str):
    orphan = await web.chat_postMessage(channel=room, text="into the void", thread_ts="1805167000.000100")
    assert orphan["message"]["thread_ts"] == "1805167000.000100"
    assert "into the void" not in [message["text"] for message in (await web.conversations_history(channel=room))["messages"]]
    assert await refused(web.conversations_replies(channel=room, ts="1805167000.000100")) == "thread_not_found"
    assert await refused(web.chat_postMessage(channel=room, text="x", thread_ts="yesterday")) == "invalid_thread_ts"


async def test_a_parent_that_is_deleted_leaves_a_tombstone_until_its_last_reply_goes(
    web: AsyncWebClient, room: str, bot: Bot, slack: StandIn
):
    parent = (await web.chat_postMessage(channel=room, text="parent"))["ts"]
    replies = [(await web.chat_postMessage(channel=room, text=text, thread_ts=parent))["ts"] for text in ("one", "two")]
    await web.chat_delete(channel=room, ts=parent)
    changed = await until(lambda: [told["event"] for told in bot.payloads("message") if told["event"].get("subtype") == "message_changed"])
    assert (changed[0]["message"]["subtype"], changed[0]["previous_message"]["text"]) == ("tombstone", "parent")
    await web.chat_delete(channel=room, ts=replies[1])
    left = slack.workspace.channels[room].messages[parent]
    assert (left["reply_count"], left["latest_reply"], left["text"]) == (1, replies[0], "This message was deleted.")
    assert await refused(web.chat_delete(channel=room, ts=parent)) == "cant_delete_message"
    await web.chat_delete(channel=room, ts=replies[0])
    assert parent not in slack.workspace.channels[room].messages


async def test_a_thread_without_replies_is_none(web: AsyncWebClient, room: str, slack: StandIn):
    parent = (await web.chat_postMessage(channel=room, text="parent"))["ts"]
    reply = (await web.chat_postMessage(channel=room, text="reply", thread_ts=parent))["ts"]
    await web.chat_delete(channel=room, ts=reply)
    assert {"thread_ts", "reply_count", "latest_reply"} & set(slack.workspace.channels[room].messages[parent]) == set()
