"""A day that is killed at any moment tells the same story: the same answers, outcomes and decisions, each once, nothing posted twice."""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.crash import POINTS
from bot.demo import users
from launch.messages import Fact, HoldCalled
from launch.reading import read_plan
from launch.state import Launch
from storage import launches, timeline
from storage.database import open_engine
from tests.journeys.world import World, world

EXAMPLE = Path("examples/corvane_id.yaml").read_text(encoding="utf-8")
PLAN = read_plan(EXAMPLE).plan
ROOM = "lancement-corvane-id"
BEFORE_ROOM, BEFORE_TONIGHT, AFTER_GUARD = "2027-03-11T08:59:59+00:00", "2027-03-15T12:59:59+00:00", "2027-03-16T03:05:00+00:00"
TONIGHT = {"application": "s.belkacem", "database": "i.vidal", "network": "l.kermadec", "security": "i.cote", "support": "g.tremblay",
           "comms": "j.castaing", "qa": "n.roussel"}  # fmt: skip
KILLS = 10
DAYS = int(os.environ.get("LAUNCHROOM_KILLED_DAYS", "2"))
PASSAGES = (1, 4, 9) if DAYS > 2 else (3,)
"""Days of random kills, and the passages of each named point at which it is killed; `make faults` takes more of both."""


@asynccontextmanager
async def example_day(home: Path) -> AsyncIterator[World]:
    assert PLAN
    async with world(home, EXAMPLE, BEFORE_ROOM, list(users(PLAN))) as here:
        yield here


async def drive(here: World) -> None:
    """The room opens, tonight's checkpoint is answered (one NO-GO with its reason), the commander proceeds, T stops at a guard."""
    await here.until(lambda: here.channel(ROOM), 60)
    await here.jump(BEFORE_TONIGHT)
    for role, person in TONIGHT.items():
        await answer(here, person, role)
    await here.insist(lambda: override(here), lambda: said(here, "tonight", "a décidé"), 60)
    await here.jump(AFTER_GUARD)
    await here.until(lambda: said(here, "🔴 T "), 60)


async def answer(here: World, person: str, role: str) -> None:
    """The person presses until their message shows an answer."""
    await here.until(lambda: any("tonight" in text for text in here.texts(person)), 60)
    act = (lambda: refuse(here, person, role)) if role == "comms" else (lambda: here.press(person, "checkpoint.go", f"/{role}"))
    await here.insist(act, lambda: any("Votre réponse" in text for text in here.texts(person)), 60)


async def refuse(here: World, person: str, role: str) -> None:
    """NO-GO with a reason, in the form that opens."""
    await here.press(person, "checkpoint.no_go", f"/{role}")
    await here.desk("submit", user=here.ids[person], values={"reason": "les visuels manquent"})


async def override(here: World) -> None:
    """The commander proceeds: advisory Communication said no, so the outcome is GO and one press is enough."""
    await here.press("c.aubrac", "decision.proceed", "tonight")


def said(here: World, *words: str) -> bool:
    return any(all(word in text for word in words) for text in here.texts(ROOM))


# --- what must be the same -----------------------------------------------------------------------------------------------


def record(here: World) -> tuple[Launch, list[Fact]]:
    """The launch as a fresh reader finds it; its record must be whole and must tell the same state."""
    engine = open_engine(here.home / "launchroom.db")
    with engine.connect() as tx, tx.begin():
        (team_id, launch_id), *_ = [key for key in launches.lively_ids(tx, PLAN.t0) if PLAN]
        launch, facts = launches.load(tx, team_id, launch_id).value, timeline.read(tx, team_id, launch_id)
        assert timeline.broken_at(tx, team_id, launch_id) is None
        assert timeline.folded(facts) == launch
    engine.dispose()
    assert isinstance(launch, Launch)
    return launch, facts


def story(launch: Launch, facts: list[Fact]) -> dict[str, Any]:
    """What has to come out the same however often the bot was killed."""
    return {
        "answers": {(v.checkpoint, v.role): (v.person, v.answer, str(v.reason)) for v in launch.votes.values()},
        "outcomes": {p.checkpoint: (p.round, p.outcome, p.decision, p.decided_by) for p in launch.polls.values()},
        "holders": {role: (row.person, row.deputies) for role, row in launch.duty.items()},
        "holds": [(hold.checkpoint, hold.began_at) for hold in launch.holds.values()],
        "kinds": Counter(type(fact.event).__name__ for fact in facts if type(fact.event).__name__ not in INVITING),
    }


INVITING = {"MembersInvited"}
"""In how many goes people are invited depends on how many were known by then; who was invited does not."""


def posted_twice(here: World) -> list[str]:
    """The marks of messages that stand in Slack more than once, and texts said more than once in the room."""
    marks = Counter(
        message["metadata"]["event_payload"]["key"]
        for channel in here.slack.workspace.channels.values()
        for message in channel.messages.values()
        if message.get("metadata")
    )
    texts = Counter(message["text"] for message in here.messages(ROOM) if message.get("metadata"))
    return [what for counted in (marks, texts) for what, times in counted.items() if times > 1]


async def finished(here: World) -> dict[str, Any]:
    """Let what is on its way arrive, then read the story."""
    await here.until(lambda: said(here, "🔴 T "), 60)
    await here.until(lambda: is_settled(here), 60)
    assert posted_twice(here) == []
    launch, facts = record(here)
    guard = [fact for fact in facts if isinstance(fact.event, HoldCalled)]
    assert [fact.due_at for fact in guard] == [fact.event.began_at for fact in guard], "T stands at the step, however late that was noticed"
    return story(launch, facts)


def is_settled(here: World) -> bool:
    """Whether no row of the outbox and no card is under way."""
    engine = open_engine(here.home / "launchroom.db")
    with engine.connect() as tx, tx.begin():
        open_rows = tx.exec_driver_sql("SELECT count(*) FROM outbox WHERE state IN ('ready', 'claimed')").scalar_one()
        open_cards = tx.exec_driver_sql("SELECT count(*) FROM cards WHERE state = 'claimed'").scalar_one()
    engine.dispose()
    return bool(open_rows + open_cards == 0)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The day as it goes when nothing happens to the bot."""

    async def day() -> dict[str, Any]:
        async with example_day(tmp_path_factory.mktemp("calm")) as here:
            await here.start_bot()
            await drive(here)
            return await finished(here)

    return asyncio.run(day())


@pytest.mark.journey
@pytest.mark.parametrize("seed", range(DAYS))
async def test_killed_at_random_moments(seed: int, tmp_path: Path, calm: dict[str, Any]) -> None:
    """Ten kills a day; some calls hang after Slack took them, some are taken late."""
    chance = random.Random(seed)
    async with example_day(tmp_path) as here:
        await here.start_bot()
        await unkind(here)
        murderer = asyncio.create_task(murder(here, chance, KILLS))
        await drive(here)
        await murderer
        assert here.kills == KILLS
        assert await finished(here) == calm


async def unkind(here: World) -> None:
    """Slack accepts and hangs, or accepts late, now and then."""
    for method in ("chat.postMessage", "conversations.create"):
        await here.desk("fault", kind="accept_then_hang", method=method, count=1, seconds=0.3)
        await here.desk("fault", kind="accept_late", method=method, count=1, seconds=0.3)


async def murder(here: World, chance: random.Random, times: int) -> None:
    """Kill and start again, from one moment to another that nobody can foresee."""
    while here.kills < times:
        await asyncio.sleep(chance.uniform(0.05, 2.5))
        await here.kill_bot()
        await here.start_bot()


@pytest.mark.journey
@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_every_named_point(point: str, tmp_path: Path, calm: dict[str, Any]) -> None:
    """Each time by a process that was just started, for as long as the day lasts."""
    async with example_day(tmp_path) as here:
        killer = asyncio.create_task(die_at(here, point, PASSAGES))
        await drive(here)
        killer.cancel()
        assert here.kills > 0
        assert await finished(here) == calm


async def die_at(here: World, point: str, passages: tuple[int, ...]) -> None:
    for number in passages:
        await here.start_bot(f"{point}:{number}")
        assert here.bot
        assert await here.bot.wait() == -signal.SIGKILL
        here.kills += 1
    await here.start_bot()
