"""Frame by frame: what the stand-in Slack does not do on a connection, played by a little server from a script."""

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from structlog.testing import capture_logs

from tests.door.doors import until
from tests.slack.holding import SHORT, held

pytestmark = pytest.mark.slow


async def answer_pings(ws: web.WebSocketResponse) -> None:
    async for frame in ws:
        if frame.type is WSMsgType.PING:
            await ws.pong(frame.data)


Script = Callable[[web.WebSocketResponse, int], Awaitable[None]]


@asynccontextmanager
async def scripted(script: Script, dead_tickets: int = 0) -> AsyncIterator[tuple[str, list[float]]]:
    """A Slack that does on each connection, numbered from 1, what the stand-in does not do. Its address; when each ticket was asked for."""
    asked: list[float] = []

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        if request.path == "/api/apps.connections.open":
            asked.append(time.monotonic())
            return web.json_response({"ok": True, "url": f"ws://{request.host}/link/?ticket={len(asked)}"})
        number = int(request.query["ticket"])
        if number <= dead_tickets:
            return web.Response(status=404)
        ws = web.WebSocketResponse(autoping=False)
        await ws.prepare(request)
        await script(ws, number)
        return ws

    runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()


def an_envelope(ident: str) -> dict[str, Any]:
    payload = {"command": "/launch", "text": ident, "team_id": "T1", "user_id": "U2"}
    return {"envelope_id": ident, "type": "slash_commands", "accepts_response_payload": True, "payload": payload}


async def test_an_acknowledgement_goes_back_on_the_connection_that_brought_the_envelope() -> None:
    acknowledged: dict[int, list[str]] = {1: [], 2: []}

    async def script(ws: web.WebSocketResponse, number: int) -> None:
        await ws.send_json({"type": "hello", "num_connections": number})
        for each in range(3):
            await ws.send_json(an_envelope(f"{number}-{each}"))
        async for frame in ws:
            if frame.type is WSMsgType.PING:
                await ws.pong(frame.data)
            elif frame.type is WSMsgType.TEXT:
                acknowledged[number].append(json.loads(frame.data)["envelope_id"])

    async with scripted(script) as (url, _), held(url):
        await until(lambda: sum(map(len, acknowledged.values())) == 6)
    assert {number: sorted(idents) for number, idents in acknowledged.items()} == {1: ["1-0", "1-1", "1-2"], 2: ["2-0", "2-1", "2-2"]}


async def test_slacks_own_pings_are_answered_and_odd_frames_do_no_harm() -> None:
    heard: list[tuple[WSMsgType, Any]] = []

    async def script(ws: web.WebSocketResponse, _: int) -> None:
        await ws.send_json({"type": "hello", "num_connections": 1})
        await ws.send_str("")
        await ws.send_json({"type": "news", "of": "a later version"})
        await ws.send_json({"envelope_id": "odd", "type": "interactive", "payload": ["not", "a", "dict"]})
        await ws.send_json({"envelope_id": "odder", "type": "interactive"})
        await ws.ping(b"Ping from applink")
        await ws.send_json(an_envelope("sound"))
        async for frame in ws:
            heard.append((frame.type, frame.data))
            if frame.type is WSMsgType.PING:
                await ws.pong(frame.data)

    with capture_logs() as logs:
        async with scripted(script) as (url, asked), held(url, wanted=1) as sockets:
            await until(lambda: any(kind is WSMsgType.TEXT for kind, _ in heard))
            assert sockets.connections == 1
            assert len(asked) == 1
    assert (WSMsgType.PONG, b"Ping from applink") in heard
    [acknowledgement] = [json.loads(data) for kind, data in heard if kind is WSMsgType.TEXT]
    assert acknowledgement == {"envelope_id": "sound", "payload": {"text": "You said sound."}}
    assert len([each for each in logs if each["event"] == "envelope_not_handled"]) == 2


async def test_a_connection_without_a_hello_is_given_up_in_time() -> None:
    async def script(ws: web.WebSocketResponse, number: int) -> None:
        if number > 2:
            await ws.send_json({"type": "hello", "num_connections": 1})
        await answer_pings(ws)

    async with scripted(script) as (url, asked), held(url, wanted=1, limits=replace(SHORT, connect=0.3)) as sockets:
        await until(lambda: sockets.is_ready)
        assert len(asked) == 3
        assert asked[1] - asked[0] == pytest.approx(0.4, abs=0.2)
        assert sockets.strangers == 0


async def test_closing_while_a_hello_is_awaited_hangs_up_properly() -> None:
    begun, ended = list[int](), dict[int, int | None]()

    async def script(ws: web.WebSocketResponse, number: int) -> None:
        begun.append(number)
        await answer_pings(ws)
        ended[number] = ws.close_code

    async with scripted(script) as (url, _):
        async with held(url):
            await until(lambda: len(begun) == 2)
        await until(lambda: ended == {1: 1000, 2: 1000})


async def test_a_dead_ticket_is_not_tried_twice() -> None:
    async def script(ws: web.WebSocketResponse, _: int) -> None:
        await ws.send_json({"type": "hello", "num_connections": 1})
        await answer_pings(ws)

    async with scripted(script, dead_tickets=3) as (url, asked), held(url, wanted=1) as sockets:
        await until(lambda: sockets.is_ready)
        assert len(asked) == 4


async def test_a_slack_that_hangs_up_at_once_is_not_asked_without_end() -> None:
    async def script(ws: web.WebSocketResponse, _: int) -> None:
        await ws.send_json({"type": "hello", "num_connections": 1})
        await ws.close()

    async with scripted(script) as (url, asked), held(url, wanted=1, limits=replace(SHORT, apart=0.3)):
        await until(lambda: len(asked) == 4)
    assert min(after - before for before, after in pairwise(asked)) >= 0.29


async def test_told_to_leave_by_a_slack_that_then_forgets_to_hang_up_it_leaves() -> None:
    ended: list[int] = []

    async def script(ws: web.WebSocketResponse, number: int) -> None:
        await ws.send_json({"type": "hello", "num_connections": number})
        if number == 1:
            await ws.send_json({"type": "disconnect", "reason": "warning"})
        await answer_pings(ws)
        ended.append(number)

    async with scripted(script) as (url, asked), held(url, wanted=1) as sockets:
        await until(lambda: sockets.connections == 2)
        await until(lambda: ended == [1])
        assert (sockets.connections, len(asked)) == (1, 2)
