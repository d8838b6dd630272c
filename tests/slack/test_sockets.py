"""The connections to Slack under everything that networks and the stand-in Slack do to them."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck
from structlog.testing import capture_logs

from bot.sockets import LIMITS, pause
from sandbox import control
from sandbox.standin import StandIn
from tests.door.doors import until
from tests.slack.holding import SHORT, a_workspace, held, say, socket_log

pytestmark = pytest.mark.slow


@pytest.fixture
async def slack() -> AsyncIterator[StandIn]:
    async with a_workspace() as slack:
        yield slack


async def test_two_connections_stand_and_both_carry_answers(slack: StandIn) -> None:
    async with held(slack.url) as sockets:
        assert not sockets.is_ready
        await until(lambda: sockets.connections == 2)
        assert [await say(slack, text) for text in "abcd"] == [{"text": f"You said {text}."} for text in "abcd"]
        assert {entry["socket"] for entry in slack.log.entries if entry["kind"] == "envelope"} == {1, 2}
        assert sockets.strangers == 0
    assert socket_log(slack)[-1] == ("closed", 0)


async def test_an_answer_with_blocks_arrives_as_it_is_and_an_empty_one_has_no_body(slack: StandIn) -> None:
    async def handle(body: dict[str, Any], ack: AsyncAck) -> None:
        if body["text"] == "menu":
            await ack(text="Menu", blocks=[{"type": "divider"}])
        else:
            await ack()

    async with held(slack.url, handle) as sockets:
        await until(lambda: sockets.is_ready)
        assert await say(slack, "menu") == {"text": "Menu", "blocks": [{"type": "divider"}]}
        assert await say(slack, "nothing") is None
    assert [entry["accepted"] for entry in slack.log.entries if entry["kind"] == "ack"] == [True, True]


async def test_a_dropped_connection_is_replaced_with_a_new_ticket_while_the_other_serves(slack: StandIn) -> None:
    async with held(slack.url) as sockets:
        await until(lambda: sockets.connections == 2)
        await control.fault(slack, {"kind": "drop_socket"})
        await until(lambda: ("closed", 1) in socket_log(slack))
        assert await say(slack, "on") == {"text": "You said on."}
        await until(lambda: sockets.connections == 2)
        await control.fault(slack, {"kind": "drop_socket", "count": 2})
        await until(lambda: socket_log(slack).count(("closed", 0)) == 1)
        await until(lambda: sockets.connections == 2)
        assert await say(slack, "again") == {"text": "You said again."}
    assert not [what for what, _ in socket_log(slack) if what.startswith("refused")]


async def test_a_black_hole_is_noticed_within_the_quiet_time_and_slack_still_counts_it(slack: StandIn) -> None:
    async with held(slack.url, limits=replace(SHORT, quiet=1.0)) as sockets:
        await until(lambda: sockets.connections == 2)
        with capture_logs() as logs:
            await control.fault(slack, {"kind": "black_hole"})
            since = time.monotonic()
            await until(lambda: any(each["event"] == "connection_ended" for each in logs))
            # Not above 1.0 on a machine that has time; the rest is for one that has not.
            assert 0.7 < time.monotonic() - since < 1.5
            await until(lambda: sockets.connections == 2)
        assert sockets.strangers == 1
        assert [each for each in logs if each["event"] == "more_connections_than_ours"] == [
            {"event": "more_connections_than_ours", "log_level": "warning", "strangers": 1}
        ]


async def test_when_slack_asks_for_a_fresh_connection_it_stands_before_the_old_one_goes(slack: StandIn) -> None:
    async with held(slack.url) as sockets:
        await until(lambda: sockets.connections == 2)
        await control.fault(slack, {"kind": "refresh", "seconds": 0.5})
        await until(lambda: ("closed", 2) in socket_log(slack))
        await until(lambda: sockets.connections == 2)
    assert socket_log(slack)[:4] == [("open", 1), ("open", 2), ("open", 3), ("closed", 2)]


async def test_strangers_are_counted_and_said_once(slack: StandIn) -> None:
    slack.faults.add({"kind": "too_many", "others": 3})
    with capture_logs() as logs:
        async with held(slack.url) as sockets:
            await until(lambda: sockets.connections == 2)
            await control.fault(slack, {"kind": "drop_socket"})
            await until(lambda: socket_log(slack)[-1] == ("open", 2) and len(socket_log(slack)) == 4)
            assert sockets.strangers == 3
            slack.faults.clear()
            await control.fault(slack, {"kind": "drop_socket"})
            await until(lambda: sockets.strangers == 0)
    assert len([each for each in logs if each["event"] == "more_connections_than_ours"]) == 1


async def test_turned_away_for_too_many_it_keeps_trying(slack: StandIn) -> None:
    slack.faults.add({"kind": "too_many", "others": 10})
    async with held(slack.url) as sockets:
        await until(lambda: socket_log(slack).count(("too_many_websockets", None)) >= 4)
        assert not sockets.is_ready
        slack.faults.clear()
        await until(lambda: sockets.connections == 2)
        assert await say(slack, "in") == {"text": "You said in."}


async def test_started_while_slack_is_down_it_comes_up_with_slack(slack: StandIn) -> None:
    slack.faults.add({"kind": "down"})
    async with held(slack.url) as sockets:
        await until(lambda: len([entry for entry in slack.log.entries if entry.get("what") == "down"]) >= 4)
        assert not sockets.is_ready
        await control.fault(slack, {"kind": "down", "on": False})
        await until(lambda: sockets.connections == 2)


async def test_whatever_becomes_of_a_ticket_another_is_asked_for(slack: StandIn) -> None:
    for fault in (
        {"kind": "reset"},
        {"kind": "half_body"},
        {"kind": "status", "status": 503},
        {"kind": "status", "status": 200},
        {"kind": "error", "error": "internal_error"},
        {"kind": "error", "error": "invalid_auth"},
        {"kind": "accept_then_hang"},
        {"kind": "rate_limit", "seconds": 1.0},
    ):
        slack.faults.add({"method": "apps.connections.open", **fault})
    async with held(slack.url, wanted=1, limits=replace(SHORT, connect=0.4)) as sockets:
        await until(lambda: sockets.is_ready)
        assert await say(slack, "in") == {"text": "You said in."}
    asked = [entry["machine"] for entry in slack.log.entries if entry.get("method") == "apps.connections.open" and entry["kind"] == "call"]
    assert len(asked) == 9
    assert asked[-1] - asked[-2] >= 1.0


def test_pauses_double_up_to_the_longest_and_begin_with_none() -> None:
    assert [pause(failures, 30.0, chance=1.0) for failures in range(9)] == [0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    assert [pause(failures, 30.0, chance=0.0) for failures in range(3)] == [0.0, 0.25, 0.5]
    assert pause(100_000, LIMITS.apart, chance=1.0) == 30.0
    assert (LIMITS.quiet, LIMITS.connect) == (15.0, 10.0)
