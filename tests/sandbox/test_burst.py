"""A thousand clicks in a second from one order, all delivered and acked."""

import asyncio

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.standin import StandIn

from .conftest import GO, Bot, Desk


@pytest.mark.parametrize("slack", [{"brief_log": True}], indirect=True)
async def test_a_thousand_clicks_in_a_second(slack: StandIn, desk: Desk, web: AsyncWebClient, bot: Bot, room: str, ids: dict[str, str]):
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[GO]))["ts"]
    click = {"channel": room, "messageTs": ts, "user": ids["ada"], "action": "go"}
    began = asyncio.get_running_loop().time()
    answer = await desk("burst", clicks=[click] * 1000, over_seconds=1)
    assert (answer["sent"], answer["acked"], len(answer["ack_ms"])) == (1000, 1000, 1000)
    assert answer["ack_ms"] == sorted(answer["ack_ms"])
    assert asyncio.get_running_loop().time() - began < 4
    assert len({payload["trigger_id"] for payload in bot.payloads("block_actions")}) == 1000
    assert all("payload" not in entry for entry in slack.log.entries)


@pytest.mark.slow
async def test_clicks_nobody_acks_are_counted_as_such(
    slack: StandIn, desk: Desk, web: AsyncWebClient, bot: Bot, room: str, ids: dict[str, str]
):
    bot.answer = lambda request: None if len(bot.payloads("block_actions")) <= 2 else Bot.SILENT
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[GO]))["ts"]
    answer = await desk("burst", clicks=[{"channel": room, "messageTs": ts, "user": ids["ada"], "action": "go"}] * 5, over_seconds=0)
    assert (answer["sent"], answer["acked"]) == (5, 2)
    assert len(slack.workspace.ephemerals) == 3
