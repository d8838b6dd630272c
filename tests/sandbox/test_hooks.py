"""response_url: what may be said through it, how often, and to whom."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.errors import SlackError
from sandbox.grants import HOOK_SECONDS, Hooks
from sandbox.standin import StandIn

from .conftest import GO, Bot


@pytest.fixture
async def clicked(web: AsyncWebClient, desk, bot: Bot, room: str, ids: dict[str, str]) -> dict:
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[GO]))["ts"]
    await desk("interact", channel=room, messageTs=ts, user=ids["ada"], action="go")
    return bot.payloads("block_actions")[0]


async def post(http: aiohttp.ClientSession, url: str, **body) -> tuple[int, str]:
    async with http.post(url, json=body) as answer:
        return answer.status, await answer.text()


async def test_by_default_it_says_something_to_that_person_only(http, clicked: dict, slack: StandIn, ids: dict[str, str]):
    assert await post(http, clicked["response_url"], text="Not your vote.") == (200, "ok")
    assert [(m["user"], m["text"]) for m in slack.workspace.ephemerals] == [(ids["ada"], "Not your vote.")]


async def test_it_speaks_aloud_replaces_and_deletes(http, clicked: dict, slack: StandIn, room: str):
    messages = slack.workspace.channels[room].messages
    await post(http, clicked["response_url"], text="Aloud.", response_type="in_channel")
    assert list(messages.values())[-1]["text"] == "Aloud."
    await post(http, clicked["response_url"], text="Closed.", replace_original=True)
    original = messages[clicked["container"]["message_ts"]]
    assert (original["text"], "blocks" in original, "edited" in original) == ("Closed.", False, True)
    await post(http, clicked["response_url"], delete_original=True)
    assert clicked["container"]["message_ts"] not in messages
    assert await post(http, clicked["response_url"], text="x", replace_original=True) == (400, "message_not_found")


async def test_five_uses_and_what_slack_would_not_take(http, clicked: dict, slack: StandIn):
    assert await post(http, clicked["response_url"], blocks=[{"type": "nonsense"}]) == (400, "invalid_blocks")
    assert await post(http, clicked["response_url"], text=" ") == (400, "no_text")
    for _ in range(3):
        assert (await post(http, clicked["response_url"], text="again"))[0] == 200
    assert (await post(http, clicked["response_url"], text="sixth"))[0] == 404
    assert [entry["accepted"] for entry in slack.log.entries if entry["kind"] == "response_url"] == [False, False, True, True, True, False]


async def test_an_ephemeral_can_be_replaced_through_its_own_click(
    http, desk, bot: Bot, slack: StandIn, web: AsyncWebClient, room: str, ids: dict[str, str]
):
    ts = (await web.chat_postEphemeral(channel=room, user=ids["ada"], text="sure?", blocks=[GO]))["message_ts"]
    await desk("interact", channel=room, messageTs=ts, user=ids["ada"], action="go")
    told = bot.payloads("block_actions")[0]
    assert (told["container"]["is_ephemeral"], "message" in told) == (True, False)
    await post(http, told["response_url"], text="Done.", replace_original=True)
    assert [m["text"] for m in slack.workspace.ephemerals] == ["Done."]
    await post(http, told["response_url"], delete_original=True)
    assert slack.workspace.ephemerals == []


def test_it_ends_after_half_an_hour():
    now = 0.0
    hooks = Hooks(lambda: now)
    path = hooks.grant("C1", "U1")
    now = HOOK_SECONDS + 1
    with pytest.raises(SlackError, match="expired_url"):
        hooks.spend(path)
