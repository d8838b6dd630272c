"""What is made to go wrong really goes wrong on the wire, and what was accepted is in the log."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.standin import StandIn

from .conftest import GO, Bot, connected, until

pytestmark = pytest.mark.slow

LOST = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, TimeoutError)


def texts(slack: StandIn, room: str) -> list[str]:
    return [message["text"] for message in slack.workspace.channels[room].messages.values() if "bot_id" in message]


async def post(http: aiohttp.ClientSession, slack: StandIn, room: str, text: str, seconds: float = 5.0) -> tuple[int, dict[str, str], str]:
    headers, body = {"Authorization": f"Bearer {slack.tokens.bot}"}, {"channel": room, "text": text}
    async with asyncio.timeout(seconds), http.post(f"{slack.url}/api/chat.postMessage", json=body, headers=headers) as answer:
        return answer.status, {key.lower(): value for key, value in answer.headers.items()}, await answer.text()


@pytest.mark.parametrize(
    ("fault", "accepted"),
    [
        ({"kind": "reset"}, False),
        ({"kind": "reset", "accepted": True}, True),
        ({"kind": "half_body"}, True),
        ({"kind": "accept_then_hang", "seconds": 0.1}, True),
    ],
)
async def test_an_answer_that_never_comes(desk, http, slack: StandIn, room: str, fault: dict[str, Any], accepted: bool):
    await desk("fault", method="chat.postMessage", **fault)
    with pytest.raises(LOST):
        await post(http, slack, room, "lost?")
    assert texts(slack, room) == (["lost?"] if accepted else [])
    calls = [entry for entry in slack.log.entries if entry.get("method") == "chat.postMessage" and entry["kind"] == "call"]
    assert [call["accepted"] for call in calls] == [accepted]
    assert (await post(http, slack, room, "next"))[0] == 200  # one fault, one call


async def test_an_accepted_call_hangs_until_the_client_gives_up(desk, http, slack: StandIn, room: str):
    await desk("fault", kind="accept_then_hang", method="chat.postMessage")
    with pytest.raises(TimeoutError):
        await post(http, slack, room, "lost?", seconds=0.2)
    assert texts(slack, room) == ["lost?"]


async def test_an_effect_comes_after_the_connection_is_gone(desk, http, slack: StandIn, room: str):
    await desk("fault", kind="accept_late", method="chat.postMessage", seconds=0.2)
    began = time.monotonic()
    with pytest.raises(aiohttp.ClientConnectionError):
        await post(http, slack, room, "late")
    assert texts(slack, room) == []
    await until(lambda: texts(slack, room) == ["late"])
    assert 0.2 <= time.monotonic() - began < 1


async def test_an_effect_comes_after_the_client_timed_out(desk, http, slack: StandIn, room: str):
    await desk("fault", kind="accept_late", method="chat.postMessage", seconds=0.1, hold=10)
    with pytest.raises(TimeoutError):
        await post(http, slack, room, "late", seconds=0.1)
    assert texts(slack, room) == []
    await until(lambda: texts(slack, room) == ["late"])


async def test_wrong_statuses_pages_and_errors(desk, http, slack: StandIn, room: str):
    await desk("fault", kind="status")
    status, headers, body = await post(http, slack, room, "a")
    assert (status, headers["content-type"].split(";")[0], body[:15]) == (503, "text/html", "<!DOCTYPE html>")
    await desk("fault", kind="status", status=200)
    assert (await post(http, slack, room, "b"))[2].startswith("<!DOCTYPE html>")
    await desk("fault", kind="error", error="fatal_error", accepted=True)
    assert (await post(http, slack, room, "c"))[2] == '{"ok":false,"error":"fatal_error"}'
    assert texts(slack, room) == ["c"]


async def test_429_with_and_without_retry_after(desk, http, slack: StandIn, room: str):
    await desk("fault", kind="rate_limit", seconds=30)
    status, headers, body = await post(http, slack, room, "a")
    assert (status, headers["retry-after"], body) == (429, "30", '{"ok":false,"error":"ratelimited"}')
    await desk("fault", kind="rate_limit", retry_after=False)
    status, headers, _ = await post(http, slack, room, "a")
    assert (status, "retry-after" in headers) == (429, False)
    assert texts(slack, room) == []


async def test_slow_calls_and_faults_that_count(desk, http, slack: StandIn, room: str):
    await desk("fault", kind="slow", method="chat.postMessage", seconds=0.15, count=2)
    took = []
    for number in range(3):
        began = time.monotonic()
        await post(http, slack, room, str(number))
        took.append(time.monotonic() - began > 0.15)
    assert took == [True, True, False]


async def test_methods_and_scopes_taken_away_until_cleared(desk, web: AsyncWebClient, room: str):
    async def refused(call) -> dict:
        with pytest.raises(SlackApiError) as no:
            await call
        return no.value.response.data

    await desk("fault", kind="refuse_method", method="pins.add")
    await desk("fault", kind="missing_scope", scope="bookmarks:write")
    ts = (await web.chat_postMessage(channel=room, text="board"))["ts"]
    for _ in range(2):
        assert (await refused(web.pins_add(channel=room, timestamp=ts)))["error"] == "unknown_method"
        no = await refused(web.bookmarks_add(channel_id=room, title="Board", type="link", link="https://example.com"))
        assert (no["error"], no["needed"], "bookmarks:write" in no["provided"]) == ("missing_scope", "bookmarks:write", False)
    await desk("fault", kind="clear", of="refuse_method")
    await web.pins_add(channel=room, timestamp=ts)
    await desk("fault", kind="clear")
    await web.bookmarks_add(channel_id=room, title="Board", type="link", link="https://example.com")


async def test_down_is_down_for_calls_and_sockets_but_not_for_the_desk(desk, http, slack: StandIn, bot: Bot, room: str):
    await desk("fault", kind="down")
    for _ in range(2):
        with pytest.raises(aiohttp.ClientConnectionError):
            await post(http, slack, room, "a")
    await until(lambda: not slack.sockets.links)
    assert (await desk.read("state"))["faults"][0]["kind"] == "down"
    await desk("fault", kind="down", on=False)
    assert (await post(http, slack, room, "b"))[0] == 200


async def test_a_response_url_can_fail_like_a_call(desk, http, bot: Bot, web: AsyncWebClient, room: str, ids: dict[str, str]):
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[GO]))["ts"]
    await desk("interact", channel=room, messageTs=ts, user=ids["ada"], action="go")
    url = bot.payloads("block_actions")[0]["response_url"]
    await desk("fault", kind="status", method="response_url", status=500)
    async with http.post(url, json={"text": "x"}) as answer:
        assert answer.status == 500
    async with http.post(url, json={"text": "x"}) as answer:
        assert answer.status == 200


async def test_a_dropped_socket_and_one_that_waits_for_its_victim(desk, http, slack: StandIn, bot: Bot):
    await desk("fault", kind="drop_socket")
    await until(lambda: not slack.sockets.links)
    await desk("fault", kind="drop_socket")
    url = (await AsyncWebClient(base_url=f"{slack.url}/api/").apps_connections_open(app_token=slack.tokens.app))["url"]
    async with http.ws_connect(url) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        assert (await socket.receive()).type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR, aiohttp.WSMsgType.CLOSE)
    assert slack.faults.active == []


async def test_a_black_hole_swallows_pings_and_envelopes_until_it_heals(
    desk, slack: StandIn, http, web: AsyncWebClient, room: str, ids: dict[str, str]
):
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[GO]))["ts"]
    url = (await web.apps_connections_open(app_token=slack.tokens.app))["url"]
    async with http.ws_connect(url, autoping=False) as socket:
        await socket.receive_json()
        await desk("fault", kind="black_hole")
        await socket.ping(b"1")
        press = asyncio.create_task(desk("interact", channel=room, messageTs=ts, user=ids["ada"], action="go"))
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.3)
        assert len(slack.sockets.links) == 1  # Slack does not know yet
        await desk("fault", kind="clear")
        assert bytes((await socket.receive(timeout=2)).data) == b"1"
        press.cancel()


async def test_a_black_hole_leaves_the_other_socket_alone(desk, slack: StandIn, web: AsyncWebClient, room: str, ids: dict[str, str]):
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[GO]))["ts"]
    bots = [Bot(), Bot()]
    clients = [await connected(slack, bot) for bot in bots]
    await desk("fault", kind="black_hole", seconds=0.5)
    presses = [asyncio.create_task(desk("interact", channel=room, messageTs=ts, user=ids["ada"], action="go")) for _ in range(4)]
    await until(lambda: len(bots[0].heard) + len(bots[1].heard) == 2)
    await until(lambda: len(slack.sockets.links) == 1)  # after a while Slack gives the dead one up
    for press in presses:
        press.cancel()
    for client in clients:
        await client.close()


async def test_a_socket_is_warned_and_refreshed(desk, http, slack: StandIn, web: AsyncWebClient):
    async with http.ws_connect((await web.apps_connections_open(app_token=slack.tokens.app))["url"]) as socket:
        await socket.receive_json()
        await desk("fault", kind="refresh", seconds=0.05)
        said = [await socket.receive_json(), await socket.receive_json()]
        assert [(one["type"], one["reason"]) for one in said] == [("disconnect", "warning"), ("disconnect", "refresh_requested")]
        assert (await socket.receive()).type == aiohttp.WSMsgType.CLOSE


async def test_others_connected_are_counted_or_leave_no_room(desk, http, slack: StandIn, web: AsyncWebClient):
    await desk("fault", kind="too_many", others=2, count=1)
    async with http.ws_connect((await web.apps_connections_open(app_token=slack.tokens.app))["url"]) as socket:
        assert (await socket.receive_json())["num_connections"] == 3
    await desk("fault", kind="too_many")
    async with http.ws_connect((await web.apps_connections_open(app_token=slack.tokens.app))["url"]) as socket:
        assert (await socket.receive_json())["reason"] == "too_many_websockets"


async def test_an_envelope_delivered_twice(desk, slack: StandIn, web: AsyncWebClient, bot: Bot, room: str, ids: dict[str, str]):
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[GO]))["ts"]
    await desk("fault", kind="duplicate", method="block_actions")
    await desk("interact", channel=room, messageTs=ts, user=ids["ada"], action="go")
    await until(lambda: len(bot.payloads("block_actions")) == 2)
    twice = [request.envelope_id for request in bot.heard if request.payload.get("type") == "block_actions"]
    assert twice[0] == twice[1]


async def test_a_fault_that_does_not_exist_is_a_sentence(desk):
    status, answer = await desk.raw("fault", kind="meteor")
    assert (status, answer["error"].split(";")[0]) == (400, "no fault 'meteor'")
    status, answer = await desk.raw("fault", kind="slow", speed=1)
    assert answer["error"] == "slow takes no speed; accepted are method, count, seconds"
    assert (await desk.raw("fault", kind="slow", count=0))[0] == 400
    assert (await desk.raw("fault", kind="slow", seconds="long"))[1]["error"] == "seconds of slow is float, such as 1.0, not 'long'"
