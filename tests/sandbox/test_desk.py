"""The desk: clock, users, the state that the page follows, resets, and the log that tests compare with."""

import asyncio
import json
import time
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock, instant
from sandbox.errors import DeskError
from sandbox.people import person
from sandbox.server import start
from sandbox.standin import StandIn

from .conftest import GO, PEOPLE, Bot, Desk


async def test_the_clock_file_is_what_the_bot_reads(desk: Desk, slack: StandIn):
    answer = (await desk("clock", launch="2027-03-16T04:00:00Z", speed=60))["clock"]
    assert slack.clock.path is not None
    assert json.loads(slack.clock.path.read_text()) == answer
    assert (answer["launch"], answer["speed"]) == ("2027-03-16T04:00:00.000000Z", 60)
    elapsed = slack.clock.now() - instant("2027-03-16T04:00:00Z")
    assert elapsed == pytest.approx((time.monotonic() - answer["machine"]) * 60, abs=1.0)
    await desk("clock", speed=0)
    assert slack.clock.now() == slack.clock.now()
    assert (await desk.raw("clock", launch="tomorrow"))[0] == 400
    assert (await desk.raw("clock", speed=-1))[0] == 400


def test_a_clock_goes_on_from_its_file_unless_told_otherwise(tmp_path: Path):
    path = tmp_path / "clock.json"
    Clock(path, "2027-03-16T03:30:00Z", 10.0)
    again = Clock(path)
    assert again.shown()["speed"] == 10.0
    assert 0 <= again.now() - instant("2027-03-16T03:30:00Z") < 60
    assert Clock(path, "2027-03-17T00:00:00Z").shown()["launch"] == "2027-03-17T00:00:00.000000Z"
    with pytest.raises(ValueError, match="clock file"):
        Clock(None, "2027-03-16T03:30:00Z")


async def test_without_a_file_the_system_clock_cannot_be_set(http: aiohttp.ClientSession):
    async with start() as standin:
        desk = Desk(http, standin.url)
        status, answer = await desk.raw("clock", speed=2)
        assert (status, "without a clock file" in answer["error"], (await desk.read("state"))["clock"]) == (400, True, None)


async def test_people_are_added_and_changed(desk: Desk):
    added = (await desk("users", name="zoe", real_name="Zoé", email="zoe@example.com", tz="Asia/Kolkata", locale="en-IN"))["user"]
    changed = (await desk("users", id=added["id"], deleted=True))["user"]
    assert changed == {**added, "deleted": True}
    assert person({"name": "zoe"}).id == added["id"]  # the same name has the same id each time
    for wrong in ({"name": "x", "tz": "Paris"}, {"name": "x", "age": 3}, {"real_name": "x"}, {"name": "x", "deleted": "yes"}):
        with pytest.raises(DeskError):
            person(wrong)


async def test_the_state_waits_for_news(desk: Desk, web: AsyncWebClient, room: str, ids: dict[str, str], slack: StandIn):
    state = await desk.read("state")
    assert state["bot"] == {"id": slack.workspace.bot_id, "name": "Launch Room", "user_id": slack.workspace.bot.id, "process": None}
    waiting = asyncio.create_task(desk.read(f"state?since={state['version']}"))
    ts = (await web.chat_postMessage(channel=room, text="news"))["ts"]
    newer = await waiting
    assert newer["version"] > state["version"]
    assert newer["messages"][room][-1]["ts"] == ts
    channel = newer["channels"][0]
    assert (channel["name"], channel["is_private"], ids["ada"] in channel["members"]) == ("launch-room", True, True)
    assert [message["text"] for message in (await desk.read("messages/launch-room"))["messages"]][-1] == "news"


async def test_a_reset_leaves_the_people_and_the_sockets(desk: Desk, web: AsyncWebClient, slack: StandIn, bot: Bot, room: str):
    await desk("fault", kind="slow")
    await desk("reset")
    state = await desk.read("state")
    assert (state["channels"], state["messages"], state["ephemerals"], state["faults"], state["connections"]) == ([], {}, [], [], 1)
    assert len(state["users"]) == len(PEOPLE)
    again = (await web.conversations_create(name="launch-room"))["channel"]["id"]
    assert again != room
    log = (await desk.read("log"))["log"]
    assert [(entry["kind"], entry["method"]) for entry in log if entry["kind"] == "call"] == [("call", "conversations.create")]


async def test_the_log_tells_everything_in_order(desk: Desk, web: AsyncWebClient, bot: Bot, room: str, ids: dict[str, str]):
    since = (await desk.read("log"))["log"][-1]["n"]
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[GO]))["ts"]
    await desk("interact", channel=room, messageTs=ts, user=ids["ada"], action="go")
    log = [entry for entry in (await desk.read(f"log?since={since}"))["log"] if entry.get("type") in (None, "block_actions")]
    assert [(entry["kind"], entry["accepted"]) for entry in log] == [("call", True), ("envelope", True), ("ack", True)]
    assert (log[0]["method"], log[0]["args"]["text"], log[0]["answer"]["ts"]) == ("chat.postMessage", "vote", ts)
    assert log[1]["envelope_id"] == log[2]["envelope_id"]
    assert log[1]["payload"]["actions"][0]["value"] == "checkpoint 1"
    assert log[0]["at"].startswith("2027-03-16T03:30:")
    assert [entry["n"] for entry in log] == sorted(entry["n"] for entry in log)


async def test_wrong_orders_are_sentences(desk: Desk, room: str, ids: dict[str, str]):
    for order, body, sentence in [
        ("dance", {}, "the desk takes no 'dance'"),
        ("message", {"channel": room, "text": "x"}, "user is needed, as a text"),
        ("message", {"channel": room, "user": "nobody", "text": "x"}, "there is no user 'nobody'"),
        ("message", {"channel": "C0", "user": ids["ada"], "text": "x"}, "there is no channel 'C0'"),
        ("message", {"channel": room, "user": ids["gus"], "text": "x"}, "Gus Guest is not in #launch-room"),
        ("interact", {"channel": room, "messageTs": "1.1", "user": ids["ada"], "action": "go"}, "there is no message 1.1"),
        ("burst", {"clicks": "many"}, "a burst is {clicks"),
    ]:
        status, answer = await desk.raw(order, **body)
        assert (status, answer["ok"], answer["error"][: len(sentence)]) == (400, False, sentence)


async def test_a_public_channel_is_joined_by_writing_in_it_but_not_by_guests(desk: Desk, ids: dict[str, str]):
    public = (await desk("channels", user=ids["ada"], name="open"))["channel"]
    await desk("message", channel=public, user=ids["bob"], text="hello")
    assert (await desk.raw("message", channel=public, user=ids["gus"], text="hello"))[0] == 400
    members = next(channel["members"] for channel in (await desk.read("state"))["channels"] if channel["id"] == public)
    assert members == [ids["ada"], ids["bob"]]
