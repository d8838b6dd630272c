"""The record for judges: what the bot sends, line by line, without tokens."""

import json
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import start

from .conftest import GO, PEOPLE, Bot, Desk, connected
from .test_interactions import FORM


async def test_calls_hooks_and_acks_are_recorded(tmp_path: Path, http: aiohttp.ClientSession):
    path = tmp_path / "calls.jsonl"
    async with start(users=PEOPLE, record=path) as slack:
        web, desk, bot = AsyncWebClient(token=slack.tokens.bot, base_url=f"{slack.url}/api/", session=http), Desk(http, slack.url), Bot()
        client = await connected(slack, bot)
        ada = next(iter(slack.workspace.users))
        acks: dict[str, Any] = {"command": {"text": "Done."}, "view_submission": None}
        bot.answer = lambda request: acks.get(request.payload.get("type", "command"))
        posted = await web.chat_postMessage(channel=ada, text="vote", blocks=[GO])
        await desk("interact", channel=posted["channel"], messageTs=posted["ts"], user=ada, action="go")
        await http.post(bot.payloads("block_actions")[0]["response_url"], json={"text": "noted"})
        await desk("command", channel=posted["channel"], user=ada, command="/launch")
        await desk("shortcut", user=ada, callback_id="menu")
        await web.views_open(trigger_id=bot.payloads("shortcut")[0]["trigger_id"], view=FORM)
        await desk("submit", user=ada, values={"text": "because"})
        await client.close()
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["method"] for line in lines] == [
        "apps.connections.open",
        "chat.postMessage",
        "response_url",
        "ack.command",
        "views.open",
        "ack.view",
    ]
    assert (lines[1]["args"], lines[1]["content_type"]) == ({"channel": ada, "text": "vote", "blocks": [GO]}, "application/json")
    assert (lines[2]["args"], lines[3]["args"], lines[5]["args"]) == ({"text": "noted"}, {"text": "Done."}, {})
    assert lines[4]["args"]["view"] == FORM
    assert "xoxb" not in path.read_text()
