"""Socket Mode as Slack runs it: tickets, hello, envelopes to one socket each in turn, acks within three seconds."""

import asyncio
import json

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.grants import TICKET_SECONDS, Tickets
from sandbox.standin import StandIn

from .conftest import GO, Bot, connected, until


async def address(web: AsyncWebClient, slack: StandIn) -> str:
    return str((await web.apps_connections_open(app_token=slack.tokens.app))["url"])


async def test_hello_names_the_app_and_counts_the_sockets(web: AsyncWebClient, slack: StandIn, http: aiohttp.ClientSession):
    async with http.ws_connect(await address(web, slack)) as first, http.ws_connect(await address(web, slack)) as second:
        hellos = [await first.receive_json(), await second.receive_json()]
        assert [hello["num_connections"] for hello in hellos] == [1, 2]
        assert hellos[0]["type"] == "hello"
        assert hellos[0]["connection_info"] == {"app_id": "A0SANDBOX"}
        assert hellos[0]["debug_info"]["approximate_connection_time"] > 0


async def test_a_ticket_opens_one_socket_and_dies_after_half_a_minute(web: AsyncWebClient, slack: StandIn, http: aiohttp.ClientSession):
    url = await address(web, slack)
    async with http.ws_connect(url):
        with pytest.raises(aiohttp.WSServerHandshakeError) as no:
            await http.ws_connect(url)
    assert no.value.status == 403
    now = 0.0
    tickets = Tickets(lambda: now)
    fresh, stale = tickets.grant(), tickets.grant()
    now = TICKET_SECONDS
    assert tickets.spend(fresh)
    now += 1
    assert not tickets.spend(stale)


async def test_the_eleventh_socket_is_sent_away(web: AsyncWebClient, slack: StandIn, http: aiohttp.ClientSession):
    open_ones = [await http.ws_connect(await address(web, slack)) for _ in range(10)]
    async with http.ws_connect(await address(web, slack)) as one_more:
        assert (await one_more.receive_json())["reason"] == "too_many_websockets"
        assert (await one_more.receive()).type == aiohttp.WSMsgType.CLOSE
    assert len(slack.sockets.links) == 10
    for one in open_ones:
        await one.close()


async def test_envelopes_go_to_one_socket_each_in_turn(slack: StandIn, web: AsyncWebClient, desk, room: str, ids: dict[str, str]):
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[GO]))["ts"]
    bots = [Bot(), Bot()]
    clients = [await connected(slack, bot) for bot in bots]
    for _ in range(6):
        assert (await desk("interact", channel=room, messageTs=ts, user=ids["ada"], action="go"))["acked"]
    assert [len(bot.payloads("block_actions")) for bot in bots] == [3, 3]
    for client in clients:
        await client.close()


async def test_pings_are_answered(web: AsyncWebClient, slack: StandIn, http: aiohttp.ClientSession):
    async with http.ws_connect(await address(web, slack), autoping=False) as socket:
        await socket.receive_json()
        await socket.ping(b"are you there")
        pong = await socket.receive(timeout=2)
        assert (pong.type, bytes(pong.data)) == (aiohttp.WSMsgType.PONG, b"are you there")


async def test_an_ack_for_nothing_and_one_that_is_no_ack_are_written_down(web: AsyncWebClient, slack: StandIn, http: aiohttp.ClientSession):
    async with http.ws_connect(await address(web, slack)) as socket:
        await socket.receive_json()
        await socket.send_str(json.dumps({"envelope_id": "never-sent"}))
        await socket.send_str("not json")
        found = await until(lambda: [entry["accepted"] for entry in slack.log.entries if entry["kind"] == "ack"][1:])
    assert found == [False]


@pytest.mark.slow
async def test_a_late_ack_does_nothing_and_the_person_is_told(
    slack: StandIn, web: AsyncWebClient, desk, room: str, ids: dict[str, str], http: aiohttp.ClientSession
):
    """Three real seconds, because that is what Slack waits."""
    async with http.ws_connect(await address(web, slack)) as socket:
        await socket.receive_json()
        command = asyncio.create_task(desk("command", channel=room, user=ids["ada"], command="/launch", text="help"))
        envelope = await socket.receive_json()
        assert (await command)["ack"] is None
        await socket.send_str(json.dumps({"envelope_id": envelope["envelope_id"], "payload": {"text": "too late"}}))
        late = await until(lambda: [entry for entry in slack.log.entries if entry["kind"] == "ack"])
    assert late[0]["accepted"] is False
    assert late[0]["ms"] >= 3000
    assert [message["text"] for message in slack.workspace.ephemerals] == ["/launch a échoué avec l’erreur « operation_timeout »."]


async def test_without_a_socket_the_person_is_told_at_once(slack: StandIn, desk, room: str, ids: dict[str, str]):
    assert (await desk("command", channel=room, user=ids["bob"], command="/launch", text=""))["ack"] is None
    assert "dispatch_failed" in slack.workspace.ephemerals[0]["text"]


async def test_an_ack_body_where_slack_takes_none_is_dropped_and_a_fault(
    slack: StandIn, web: AsyncWebClient, desk, bot: Bot, room: str, ids: dict[str, str]
):
    bot.answer = lambda request: {"text": "thanks"}
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[GO]))["ts"]
    assert (await desk("interact", channel=room, messageTs=ts, user=ids["ada"], action="go"))["acked"]
    faults = [entry for entry in slack.log.entries if entry["kind"] == "fault" and entry.get("type") == "block_actions"]
    assert [fault["args"] for fault in faults] == [{"text": "thanks"}]
    assert slack.workspace.ephemerals == []
