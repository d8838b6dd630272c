"""What was approved reaches customers once and nothing else does, whatever becomes of the call: the real courier and the stand-in Slack."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.courier import Courier
from bot.demo import users
from bot.door import Door
from bot.wire import Wire
from launch.messages import ApproveUpdate, DraftUpdate, EditUpdate, SayPublished
from launch.plan import Audience, Plan, Title, is_channel_id
from launch.state import Draft, Launch, Outlet, Situation, Stage
from sandbox.server import start
from sandbox.standin import StandIn
from sandbox.workspace import Channel
from tests.days import CLAIRE, JULIE, a_plan, t, user_of, words
from tests.door.doors import a_site, bring_in, launch_in, say, until

pytestmark = pytest.mark.slow

NEWS = Audience("news", Title({"": "News"}), ("commander",), "clients-pro", ("en",))
TEXT = DraftUpdate("news", Situation.INVESTIGATING, words("Logins fail. We are looking."), None)
SETTLE = 0.8
"""Seconds that an unknown outcome rests here: more than the stand-in's latest acceptance."""
HANGS = {"kind": "accept_then_hang", "method": "chat.postMessage"}
LATE = {"kind": "accept_late", "method": "chat.postMessage", "seconds": 0.5}
LOST = {"kind": "reset", "method": "chat.postMessage"}
UNREADABLE = {"kind": "missing_scope", "scope": "channels:history"}


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    """What was logged of the faults that a test makes on purpose."""
    with capture_logs() as entries:
        yield entries


@dataclass
class Newsroom:
    """The stand-in, a door and a courier between them."""

    slack: StandIn
    door: Door
    wire: Wire
    courier: Courier
    running: asyncio.Task[None]

    @property
    def launch(self) -> Launch:
        return launch_in(self.door)

    @property
    def draft(self) -> Draft:
        return self.launch.drafts[1]

    def fault(self, told: dict[str, Any]) -> None:
        self.slack.faults.add(told)

    def channel(self, name: str = "clients-pro") -> Channel:
        return next(channel for channel in self.slack.workspace.channels.values() if channel.name == name)

    def read(self) -> list[str]:
        """What customers read."""
        return [message["text"] for message in self.channel().messages.values() if message.get("bot_id")]

    async def calm(self) -> None:
        await until(lambda: self.courier.is_idle, "a courier with nothing to do")

    async def delivered(self) -> None:
        """No row of the outbox is left: nothing can be posted a second time any more."""
        await until(lambda: not self.courier.parcels and not self.courier.under_way, "an empty outbox")

    async def stage(self, *stages: Stage) -> None:
        await until(lambda: self.draft.stage in stages, f"a draft that is {stages}")

    async def drafted(self) -> None:
        """Written, and its private messages posted: the next post is the update itself."""
        await say(self.door, JULIE, TEXT)
        await self.calm()

    async def killed(self) -> None:
        """The run of the bot ends wherever it is, and another begins."""
        for task in (self.running, *self.courier.tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        self.courier = fresh(self.courier)
        self.running = begun(self.courier)


def fresh(before: Courier) -> Courier:
    return Courier(before.door, before.wire, before.outside, before.identity, before.settle)


def begun(courier: Courier) -> asyncio.Task[None]:
    courier.start()
    return asyncio.create_task(courier.run())


@asynccontextmanager
async def a_newsroom(home: Path, *, is_private: bool = False, audience: Audience = NEWS) -> AsyncIterator[Newsroom]:
    plan = a_plan(language="en", audiences={audience.key: audience})
    site = a_site(home, t(-60))
    door = site.door()
    door.start()
    await bring_in(door, plan)
    site.run("DELETE FROM outbox WHERE kind = 'find_person'")  # who everybody is, Slack has told
    async with start(users=people(plan)) as slack:
        channel = slack.workspace.add_channel("clients-pro", user_of("julie"), is_private=is_private)
        if is_channel_id(audience.channel):
            slack.workspace.channels[audience.channel] = channel
        wire = Wire(slack.tokens.bot, f"{slack.url}/api/", timeout=0.4)
        courier = Courier(door, wire, door.outside, await wire.identify(), SETTLE)
        room = Newsroom(slack, door, wire, courier, begun(courier))
        try:
            yield room
        finally:
            room.running.cancel()
            await room.courier.close()
            await wire.close()
            door.stop()


def people(plan: Plan) -> list[dict[str, Any]]:
    return [{**user, "id": user_of(user["name"])} for user in users(plan)]


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    """A public channel that the bot was not invited to: it joins by itself."""
    async with a_newsroom(tmp_path) as room:
        await room.calm()
        yield room


# --- once --------------------------------------------------------------------------------------------------------------


async def test_what_is_approved_is_published_and_nothing_before(room: Newsroom) -> None:
    await room.drafted()
    await say(room.door, JULIE, EditUpdate(1, 1, Situation.RESOLVED, words("Logins work."), None))
    await room.calm()
    assert room.read() == []
    await say(room.door, CLAIRE, ApproveUpdate(1, 2))
    await room.stage(Stage.PUBLISHED)
    assert room.read() == ["Resolved\nLogins work."]
    (ts,) = [ts for ts, message in room.channel().messages.items() if message.get("bot_id")]
    assert (room.draft.channel, room.draft.ts) == (room.channel().id, ts)


@pytest.mark.parametrize("fault", [HANGS, LATE, LOST, {**HANGS, "kind": "half_body"}], ids=lambda fault: str(fault["kind"]))
async def test_whatever_becomes_of_the_call_it_is_published_once(room: Newsroom, fault: dict[str, Any]) -> None:
    await room.drafted()
    room.fault(fault)
    await say(room.door, CLAIRE, ApproveUpdate(1, 1))
    await room.stage(Stage.PUBLISHED)
    await room.delivered()
    assert room.read() == ["Investigating\nLogins fail. We are looking."]


@pytest.mark.parametrize("fault", [HANGS, LOST], ids=lambda fault: str(fault["kind"]))
async def test_another_run_of_the_bot_finds_what_the_first_one_posted(room: Newsroom, fault: dict[str, Any]) -> None:
    await room.drafted()
    room.fault(fault)
    await say(room.door, CLAIRE, ApproveUpdate(1, 1))
    await until(lambda: not room.slack.faults.active, "the call")
    await room.killed()
    await room.stage(Stage.PUBLISHED)
    await room.delivered()
    assert len(room.read()) == 1


async def test_a_limit_of_slack_only_delays_it(room: Newsroom) -> None:
    await room.drafted()
    room.fault({"kind": "rate_limit", "method": "chat.postMessage", "seconds": 1.0})
    await say(room.door, CLAIRE, ApproveUpdate(1, 1))
    await room.stage(Stage.PUBLISHED)
    assert len(room.read()) == 1


# --- when nobody can tell ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fault", "is_there"), [(HANGS, True), (LOST, False)], ids=["there", "not there"])
async def test_where_the_bot_may_not_look_a_person_does(room: Newsroom, fault: dict[str, Any], *, is_there: bool) -> None:
    await room.drafted()
    room.fault(fault)
    room.fault(UNREADABLE)
    await say(room.door, CLAIRE, ApproveUpdate(1, 1))
    await room.stage(Stage.UNSURE)
    assert (room.draft.error, len(room.read())) == ("missing_scope", int(is_there))
    await say(room.door, JULIE, SayPublished(1, is_there=is_there))
    await room.stage(Stage.PUBLISHED)
    await room.delivered()
    assert len(room.read()) == 1


async def test_a_post_that_slack_refuses_is_told_and_can_be_tried_again(room: Newsroom) -> None:
    await room.drafted()
    room.channel().is_archived = True
    await say(room.door, CLAIRE, ApproveUpdate(1, 1))
    await room.stage(Stage.STUCK)
    assert (room.draft.error, room.read()) == ("is_archived", [])
    room.channel().is_archived = False
    await say(room.door, CLAIRE, SayPublished(1, is_there=False))
    await room.stage(Stage.PUBLISHED)
    assert len(room.read()) == 1


# --- where customers read ----------------------------------------------------------------------------------------------


async def test_a_public_channel_is_found_by_its_name_and_joined(room: Newsroom) -> None:
    assert room.launch.outlets == {"news": Outlet("news", room.channel().id)}
    assert room.slack.workspace.bot.id in room.channel().members


async def test_a_private_channel_is_found_once_somebody_has_let_the_bot_in(tmp_path: Path) -> None:
    async with a_newsroom(tmp_path, is_private=True) as room:
        await room.calm()
        assert room.launch.outlets == {"news": Outlet("news", None, "channel_not_found")}
        await room.drafted()
        await say(room.door, CLAIRE, ApproveUpdate(1, 1))
        await room.stage(Stage.STUCK)
        room.channel().members[room.slack.workspace.bot.id] = None
        await say(room.door, JULIE, SayPublished(1, is_there=False))
        await room.stage(Stage.PUBLISHED)
        assert room.launch.outlets == {"news": Outlet("news", room.channel().id)}
        assert len(room.read()) == 1


@pytest.mark.parametrize("fault", [{"kind": "missing_scope", "scope": "channels:join"}, None], ids=["may not join", "archived"])
async def test_a_channel_that_cannot_be_used_is_known_beforehand(tmp_path: Path, fault: dict[str, Any] | None) -> None:
    async with a_newsroom(tmp_path) as room:
        if fault:
            room.fault(fault)
        room.channel().is_archived = fault is None
        await room.calm()
        assert room.launch.outlets == {"news": Outlet("news", None, "not_in_channel" if fault else "is_archived")}
