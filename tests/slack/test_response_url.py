"""Answers to a response_url end in the same ways as calls, and go nowhere else."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.wire import CallFailed, RateLimited, SlackRefused, Unknown, Wire
from sandbox.server import start
from sandbox.standin import StandIn
from tests.slack.wires import a_server, a_wire, named, somebody

pytestmark = pytest.mark.slow


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    async with start() as slack:
        yield slack


@pytest.fixture
async def wire(slack: StandIn) -> AsyncIterator[Wire]:
    async with a_wire(f"{slack.url}/api/") as wire:
        yield wire


async def test_a_response_url_is_answered_until_slack_says_no(slack: StandIn, wire: Wire) -> None:
    channel = slack.workspace.im(somebody(slack))
    url = slack.url + slack.hooks.grant(channel.id, somebody(slack))
    for _ in range(5):
        await wire.respond(url, {"text": "Not your vote.", "response_type": "ephemeral"})
    with pytest.raises(SlackRefused, match="used_url"):
        await wire.respond(url, {"text": "Not your vote."})
    with pytest.raises(SlackRefused, match="no_text"):
        await wire.respond(slack.url + slack.hooks.grant(channel.id, somebody(slack)), {"text": ""})
    assert [each["text"] for each in slack.workspace.ephemerals] == ["Not your vote."] * 5
    assert wire.counts == {("response_url", "answered"): 5, ("response_url", "refused"): 2}


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"kind": "reset", "accepted": True}, Unknown),
        ({"kind": "accept_then_hang"}, Unknown),
        ({"kind": "half_body"}, Unknown),
        ({"kind": "status", "status": 503}, Unknown),
        ({"kind": "status", "status": 200, "accepted": True}, Unknown),
        ({"kind": "error", "error": "internal_error"}, Unknown),
        ({"kind": "rate_limit"}, RateLimited),
    ],
    ids=named,
)
async def test_a_response_url_ends_in_the_same_ways(slack: StandIn, wire: Wire, fault: dict[str, Any], outcome: type[CallFailed]) -> None:
    channel = slack.workspace.im(somebody(slack))
    url = slack.url + slack.hooks.grant(channel.id, somebody(slack))
    slack.faults.add({**fault, "method": "response_url"})
    with pytest.raises(outcome) as failure:
        await wire.respond(url, {"text": "t"})
    assert type(failure.value) is outcome
    assert wire.counts == {("response_url", outcome.outcome): 1}


@pytest.mark.parametrize(
    ("base_url", "response_url"),
    [
        ("https://slack.com/api/", "https://hooks.slack.com.example.com/actions/T1"),
        ("https://slack.com/api/", "https://hooks.slack.com@example.com/actions/T1"),
        ("https://slack.com/api/", "http://hooks.slack.com/actions/T1"),
        ("https://slack.com/api/", "https://slack.com/actions/T1"),
        ("http://127.0.0.1:8042/api/", "http://127.0.0.1:80/hooks/1"),
        ("http://127.0.0.1:8042/api/", "https://hooks.slack.com/actions/T1"),
    ],
)
async def test_a_response_url_elsewhere_is_not_called(base_url: str, response_url: str) -> None:
    async with a_wire(base_url) as wire:
        with pytest.raises(SlackRefused, match="foreign_response_url"):
            await wire.respond(response_url, {"text": "t"})


async def test_an_answer_is_not_carried_elsewhere_by_a_redirect() -> None:
    asked: list[str] = []

    async def handler(request: web.BaseRequest) -> web.Response:
        asked.append(request.path)
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async with a_server(handler) as url, a_wire(url) as wire:
        with pytest.raises(Unknown):
            await wire.respond(url.replace("/api/", "/hooks/1"), {"text": "t"})
    assert asked == ["/hooks/1"]
