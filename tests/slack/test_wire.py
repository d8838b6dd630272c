"""Calls to Slack: what is answered, what is refused, and when nobody can know. Against the stand-in over real connections."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.wire import Identity, RateLimited, SlackRefused, Unknown, Unsent, Wire, proxy_for
from sandbox.manifest import Manifest
from sandbox.server import start
from sandbox.standin import StandIn
from sandbox.workspace import TEAM_ID, TEAM_NAME
from tests.slack.wires import a_server, a_wire, named, somebody

pytestmark = pytest.mark.slow

SCOPES = frozenset({"chat:write", "channels:history", "channels:manage", "users:read"})


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    async with start(manifest=Manifest(scopes=SCOPES)) as slack:
        yield slack


@pytest.fixture
async def wire(slack: StandIn) -> AsyncIterator[Wire]:
    async with a_wire(f"{slack.url}/api/") as wire:
        yield wire


def calls(slack: StandIn, method: str) -> list[dict[str, Any]]:
    return [entry for entry in slack.log.entries if entry["kind"] == "call" and entry["method"] == method]


async def test_a_message_is_posted_and_the_answer_is_a_plain_dict(slack: StandIn, wire: Wire) -> None:
    answer = await wire.call("chat.postMessage", channel=somebody(slack), text="GO or NO-GO?", thread_ts=None)
    assert type(answer) is dict
    [message] = slack.workspace.im(somebody(slack)).messages.values()
    assert (message["text"], message["ts"]) == ("GO or NO-GO?", answer["ts"])
    assert "thread_ts" not in calls(slack, "chat.postMessage")[0]["args"]
    assert wire.counts == {("chat.postMessage", "answered"): 1}


async def test_nested_arguments_lists_of_ids_flags_and_numbers_arrive_as_they_were_meant(slack: StandIn, wire: Wire) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "é & <@U1>"}}]
    mark = {"event_type": "launchroom", "event_payload": {"key": "abc"}}
    await wire.call("chat.postMessage", channel=somebody(slack), text="t", blocks=blocks, metadata=mark, unfurl_links=False)
    [message] = slack.workspace.im(somebody(slack)).messages.values()
    assert message["blocks"][0]["text"]["text"] == "é & <@U1>"
    assert message["metadata"]["event_payload"] == {"key": "abc"}
    assert calls(slack, "chat.postMessage")[0]["args"]["unfurl_links"] == "false"
    opened = await wire.call("conversations.create", name="launch-corvane")
    people = [user.id for user in slack.workspace.users.values() if not user.is_bot]
    await wire.call("conversations.invite", channel=opened["channel"]["id"], users=people)
    assert set(people) <= set(slack.workspace.channels[opened["channel"]["id"]].members)
    history = await wire.call("conversations.history", channel=opened["channel"]["id"], limit=1)
    assert len(history["messages"]) == 1


async def test_a_no_bears_slacks_code_and_what_it_says_besides(slack: StandIn, wire: Wire) -> None:
    with pytest.raises(SlackRefused) as no:
        await wire.call("chat.postMessage", channel="C0NOWHERE", text="t")
    assert (no.value.error, no.value.needed, no.value.messages) == ("channel_not_found", None, ())
    with pytest.raises(SlackRefused) as no:
        await wire.call("chat.postMessage", channel=somebody(slack), text="t", blocks=[{"type": "divider"}] * 51)
    assert no.value.error == "invalid_blocks"
    assert no.value.messages == tuple(no.value.answer["response_metadata"]["messages"])
    assert no.value.messages
    with pytest.raises(SlackRefused) as no:
        await wire.call("pins.add", channel="C0NOWHERE", timestamp="1.0")
    assert (no.value.error, no.value.needed) == ("missing_scope", "pins:write")
    assert wire.counts == {("chat.postMessage", "refused"): 2, ("pins.add", "refused"): 1}


@pytest.mark.parametrize(("told", "retry_after"), [({"seconds": 7.0}, 7.0), ({"retry_after": False}, 30.0), ({"seconds": 0.0}, 1.0)])
async def test_a_rate_limit_says_how_long(slack: StandIn, wire: Wire, told: dict[str, Any], retry_after: float) -> None:
    slack.faults.add({"kind": "rate_limit", "method": "chat.postMessage", **told})
    with pytest.raises(RateLimited) as limit:
        await wire.call("chat.postMessage", channel=somebody(slack), text="t")
    assert limit.value.retry_after == retry_after
    assert not slack.workspace.im(somebody(slack)).messages
    assert wire.counts == {("chat.postMessage", "rate_limited"): 1}


@pytest.mark.parametrize(
    ("fault", "is_accepted"),
    [
        ({"kind": "accept_then_hang"}, True),
        ({"kind": "reset", "accepted": True}, True),
        ({"kind": "reset", "accepted": False}, False),
        ({"kind": "half_body"}, True),
        ({"kind": "status", "status": 503, "accepted": True}, True),
        ({"kind": "status", "status": 200, "accepted": True}, True),
        ({"kind": "status", "status": 404}, False),
        ({"kind": "status", "status": 500, "error": "channel_not_found"}, False),
        ({"kind": "error", "error": "internal_error", "accepted": True}, True),
        ({"kind": "error", "error": "fatal_error", "accepted": True}, True),
        ({"kind": "error", "error": "service_unavailable"}, False),
        ({"kind": "error", "error": "request_timeout"}, False),
    ],
    ids=named,
)
async def test_without_a_verdict_the_outcome_is_unknown_and_nothing_is_sent_twice(
    slack: StandIn, wire: Wire, fault: dict[str, Any], is_accepted: bool
) -> None:
    slack.faults.add(fault)
    with pytest.raises(Unknown):
        await wire.call("chat.postMessage", channel=somebody(slack), text="t")
    assert wire.counts == {("chat.postMessage", "unknown"): 1}
    # A second one, had it been sent, would have come before this one on the same loop.
    await wire.call("chat.postMessage", channel=somebody(slack), text="after")
    assert [entry["accepted"] for entry in calls(slack, "chat.postMessage")] == [is_accepted, True]


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/plain", b"ok"),
        (200, "application/json", b'["ok"]'),
        (200, "application/json", b'{"ok": true, "ts": "1'),
        (200, "application/json", b'{"ok": true, "text": "\xff"}'),
        (200, "application/json", b'{"channel": "C1"}'),
        (200, "application/json", b"null"),
        (200, "application/json", b""),
        (302, "text/html", b"<a href='https://example.com/'>moved</a>"),
        (400, "text/plain", b"Bad request"),
    ],
)
async def test_an_answer_that_is_not_slacks_is_no_verdict(status: int, kind: str, body: bytes) -> None:
    async def handler(_: web.BaseRequest) -> web.Response:
        return web.Response(status=status, body=body, headers={"Content-Type": kind})

    async with a_server(handler) as url, a_wire(url) as wire:
        with pytest.raises(Unknown):
            await wire.call("chat.postMessage", channel="C1", text="t")


@pytest.mark.parametrize(("kind", "body"), [("text/plain", b"slow down"), ("application/json", b"{broken"), ("text/html", b"<html>")])
async def test_a_429_is_a_rate_limit_whatever_its_body(kind: str, body: bytes) -> None:
    async def handler(_: web.BaseRequest) -> web.Response:
        return web.Response(status=429, body=body, headers={"Content-Type": kind, "Retry-After": "12"})

    async with a_server(handler) as url, a_wire(url) as wire:
        with pytest.raises(RateLimited) as limit:
            await wire.call("chat.postMessage", channel="C1", text="t")
        assert limit.value.retry_after == 12.0


async def test_what_never_had_a_connection_is_unsent() -> None:
    hung: list[asyncio.StreamWriter] = []

    async def says_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hung.append(writer)

    async with await asyncio.start_server(says_nothing, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        # TLS to a peer that never says hello: the connection's own time runs out.
        async with a_wire(f"https://127.0.0.1:{port}/api/") as wire:
            with pytest.raises(Unsent, match="ConnectionTimeoutError"):
                await wire.call("chat.postMessage", channel="C1", text="t")
        # Plain HTTP to the same peer stands, so the same silence is unknown.
        async with a_wire(f"http://127.0.0.1:{port}/api/") as wire:
            with pytest.raises(Unknown, match="TimeoutError"):
                await wire.call("chat.postMessage", channel="C1", text="t")
        for writer in hung:
            writer.close()
    async with a_wire(f"http://127.0.0.1:{port}/api/") as wire:
        with pytest.raises(Unsent, match="ClientConnectorError"):
            await wire.call("chat.postMessage", channel="C1", text="t")
        assert wire.counts == {("chat.postMessage", "unsent"): 1}


async def test_tls_to_a_peer_that_speaks_none_is_unsent(slack: StandIn) -> None:
    async with a_wire(slack.url.replace("http://", "https://") + "/api/") as wire:
        with pytest.raises(Unsent):
            await wire.call("auth.test")


async def test_a_view_on_a_trigger_is_given_up_sooner_than_other_calls(slack: StandIn, wire: Wire) -> None:
    slack.faults.add({"kind": "slow", "seconds": 0.5, "count": 2})
    with pytest.raises(Unknown):
        await wire.call("views.open", trigger_id="1.2.3", view={"type": "modal"})
    assert (await wire.call("users.info", user=somebody(slack)))["user"]["name"] == "claire"


async def test_who_the_bot_is_and_what_it_was_granted(slack: StandIn, wire: Wire) -> None:
    workspace = slack.workspace
    me = await wire.identify()
    assert me == Identity(TEAM_ID, TEAM_NAME, f"{slack.url}/", workspace.bot_id, workspace.bot.id, SCOPES)
    slack.faults.add({"kind": "error", "method": "auth.test", "error": "invalid_auth"})
    with pytest.raises(SlackRefused, match="invalid_auth"):
        await wire.identify()


async def test_slacks_own_response_url_is_called_through_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing leaves this machine: the proxy named is a port where nobody listens."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    async with a_wire("https://slack.com/api/") as wire:
        with pytest.raises(Unsent, match=r"127\.0\.0\.1"):
            await wire.respond("https://hooks.slack.com/actions/T1", {"text": "t"})
        with pytest.raises(Unsent, match=r"127\.0\.0\.1"):
            await wire.call("auth.test")


async def test_this_machine_is_never_called_through_a_proxy(slack: StandIn, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "wss-primary.slack.com")
    async with a_wire(f"{slack.url}/api/") as proxied:
        assert (await proxied.call("auth.test"))["ok"] is True
    assert proxy_for("wss://wss-backup.slack.com/link/?ticket=1") == "http://127.0.0.1:1"
    assert proxy_for("wss://wss-primary.slack.com/link/?ticket=1") is None
    assert proxy_for("ws://localhost:8042/link/") is None


async def test_many_calls_share_connections(slack: StandIn, wire: Wire) -> None:
    seen: set[int] = set()
    for _ in range(20):
        await wire.call("users.info", user=somebody(slack))
        seen |= {id(transport) for transport in _open_transports(wire)}
    assert len(seen) == 1


def _open_transports(wire: Wire) -> list[Any]:
    connector: Any = wire.session.connector
    return [protocol.transport for kept in connector._conns.values() for protocol, _ in kept]


async def test_arguments_that_cannot_be_written_are_our_mistake_and_not_slacks(wire: Wire) -> None:
    with pytest.raises(TypeError):
        await wire.call("chat.postMessage", channel="C1", blocks=[{"at": object()}])
    assert wire.counts == {}
