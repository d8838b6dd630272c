"""P1, P2: how many answers a second are on disk before they are acknowledged, beside a bare Bolt ack() of the same click."""

import asyncio
import itertools
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from bench.crowd import T0, TEAM, a_plan, click, user
from bot.admins import Admins
from bot.door import Door
from bot.homes import Homes
from bot.main import calm_collector
from bot.outside import FileClock, Outside
from bot.slack.app import slack_app
from bot.wire import Identity, Wire
from launch.birth import written
from launch.messages import HOUSE, SHELL, SLACK, AddPlan, FindMember
from launch.words import Words
from storage.database import Synchronous, open_engine, upgrade

PEOPLE, LAUNCHES, TOGETHER, REPEATS = 50, 40, 50, 5
MOST_NOISE = 2.0
"""A floor that moves by more than this within one run says nothing about what stands beside it."""


async def figures(synchronous: Synchronous) -> list[str]:
    """The lines of the report: answers and floor in interleaved repeats, their medians, the ratio."""
    floors, durable, nonces = [], [], itertools.count()
    calm_collector()
    with TemporaryDirectory() as home:
        async with asked(Path(home), synchronous) as app:
            for repeat in range(REPEATS):
                keys = [key_of(repeat, number) for number in range(LAUNCHES)]
                floors.append(await rate(bare_app(), keys, nonces))
                durable.append(await rate(app, keys, nonces))
    return list(report(synchronous, floors, durable))


def report(synchronous: str, floors: list[float], durable: list[float]) -> Iterator[str]:
    floor, ours = statistics.median(floors), statistics.median(durable)
    yield f"answers on disk, synchronous={synchronous}: {ours:,.0f}/s; bare Bolt ack(): {floor:,.0f}/s (medians of {REPEATS} interleaved)"
    if max(floors) > MOST_NOISE * min(floors):
        yield f"  no verdict: the floor moved from {min(floors):,.0f} to {max(floors):,.0f}/s in this run"
    else:
        yield f"  ratio {ours / floor:.2f} (goal: 0.4 and more)"


async def rate(app: AsyncApp, keys: list[str], nonces: Iterator[int]) -> float:
    """Answers a second through `app`, TOGETHER at once: everybody answers once, in one launch after the other."""
    todo = iter([(key, number) for key in keys for number in range(PEOPLE)])

    async def press() -> None:
        for key, number in todo:
            response = await app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=click(key, number, next(nonces))))
            if response.status != 200:
                raise RuntimeError(f"not acknowledged: {response.status} {response.body}")

    began = time.perf_counter()
    await asyncio.gather(*(press() for _ in range(TOGETHER)))
    return len(keys) * PEOPLE / (time.perf_counter() - began)


def bare_app() -> AsyncApp:
    """The least that acknowledges a click."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_id="B0", bot_user_id="U0BOT", bot_token="xoxb-unused")

    app = AsyncApp(process_before_response=True, authorize=authorize, request_verification_enabled=False)

    @app.action("checkpoint.go")
    async def _ack(ack: AsyncAck) -> None:
        await ack()

    return app


@asynccontextmanager
async def asked(home: Path, synchronous: Synchronous) -> AsyncIterator[AsyncApp]:
    """The product's own app before a real database; every launch asks its checkpoint. Every answer must be there at the end."""
    clock, now = home / "clock.json", T0 - timedelta(minutes=30)
    clock.write_text(f'{{"machine": 0, "launch": "{now.isoformat()}", "speed": 0}}', encoding="utf-8")
    engine = open_engine(home / "bench.db", synchronous)
    upgrade(engine)
    outside = Outside(FileClock(clock))
    door, wire = Door(engine, outside), Wire("xoxb-unused", "http://127.0.0.1:9/api/")
    door.start()
    try:
        await asyncio.gather(*(plan(door, key_of(repeat, number)) for repeat in range(REPEATS) for number in range(LAUNCHES)))
        identity = Identity(TEAM, "bench", "http://127.0.0.1:9/", "B0", "U0BOT", frozenset())
        yield slack_app(door, wire, outside, identity, Homes(door, wire, outside, TEAM), Admins(door, wire, TEAM))
        missing = [launch.id for launch in door.launches(TEAM) if len(launch.votes) != PEOPLE]
        if missing:
            raise RuntimeError(f"answers are missing in {missing}")
    finally:
        await wire.close()
        door.stop()
        engine.dispose()


def key_of(repeat: int, number: int) -> str:
    return f"crowd-{repeat}-{number}"


async def plan(door: Door, key: str) -> None:
    """A launch whose people are found and whose checkpoint is open."""
    text = written(a_plan(PEOPLE, key))
    await door.perform(AddPlan(key, Words.typed(text, key), Words.typed(text, key)), HOUSE, SHELL, TEAM)
    found = (FindMember(f"p{number}", user(number)) for number in range(PEOPLE))
    await asyncio.gather(*(door.perform(command, key, SLACK, TEAM) for command in found))
