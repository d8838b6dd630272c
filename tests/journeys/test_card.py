"""Pages, handovers and customer updates on a day that is killed at any moment: nothing lost or doubled, read once by customers."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.crash import POINTS
from bot.demo import channels, users
from launch.messages import Fact
from launch.state import Launch
from tests.journeys.test_killed import (
    BEFORE_ROOM,
    DAYS,
    EXAMPLE,
    PASSAGES,
    PLAN,
    ROOM,
    die_at,
    is_settled,
    murder,
    posted_twice,
    record,
    unkind,
)
from tests.journeys.world import World, world

BEFORE_PAGE, UNHEARD = "2027-03-15T23:00:00+00:00", "2027-03-15T23:03:05+00:00"
TOLD, LATE = "2027-03-16T04:30:01+00:00", "2027-03-16T05:05:01+00:00"
COMMANDER, PAGED, SECOND, INCOMING = "c.aubrac", "l.kermadec", "m.bouchard", "p.nordin"
AUTHOR, APPROVER, CUSTOMERS, OBSERVERS = "s.belkacem", "j.castaing", "clients-pro", "corvane-id-suivi"
TEXTS = {"text_fr": "Vous ne pouvez pas vous connecter.\nNous y travaillons.", "text_en": "You cannot sign in. We are on it."}
KILLS = 8


@asynccontextmanager
async def card_day(home: Path) -> AsyncIterator[World]:
    """The example's day, with the channels that its audiences read."""
    assert PLAN
    async with world(home, EXAMPLE, BEFORE_ROOM, list(users(PLAN))) as here:
        for channel in channels(PLAN):
            await here.desk("channels", user=channel["user"], name=channel["name"])
        yield here


async def drive(here: World) -> None:
    """A page that the first does not answer is taken by the second; an update is approved and published; a late handover is accepted."""
    await here.until(lambda: here.channel(ROOM), 60)
    await here.jump(BEFORE_PAGE)
    await page(here)
    await publish(here)
    await hand_over(here)


async def page(here: World) -> None:
    room = here.channel(ROOM)
    words = {"user": COMMANDER, "channel": room, "command": "/launch", "text": "page réseau paiements en erreur"}
    await here.insist(lambda: here.desk("command", **words), lambda: said_to(here, PAGED, "paiements en erreur"), 60)
    await here.jump(UNHEARD)
    await here.until(lambda: said_to(here, SECOND, "paiements en erreur"), 60)
    await here.insist(lambda: here.press(SECOND, "page.take"), lambda: said_to(here, SECOND, "Vous vous en chargez"), 60)
    await here.until(lambda: not here.button(PAGED, "page.take"), 60)


async def publish(here: World) -> None:
    """A form that was not acknowledged stays open, and is sent again as it is."""
    await here.insist(lambda: write(here), lambda: said_to(here, APPROVER, "Nous y travaillons"), 60)
    await here.insist(lambda: here.press(APPROVER, "update.approve"), lambda: said_to(here, CUSTOMERS, "Nous y travaillons"), 60)


async def write(here: World) -> None:
    author = here.ids[AUTHOR]
    if said_to(here, AUTHOR, "Nous y travaillons"):
        return
    if author not in here.slack.workspace.views:
        await here.desk("command", user=author, channel=here.channel(ROOM), command="/launch", text="update")
        await here.until(lambda: author in here.slack.workspace.views, 5)
    answer = {"acked": False}
    while not answer.get("acked"):
        answer = await here.desk("submit", user=author, values={"audience": "customers", "situation": "investigating", **TEXTS})
    await here.until(lambda: said_to(here, AUTHOR, "Nous y travaillons"), 60)


async def hand_over(here: World) -> None:
    await here.jump(TOLD)
    await here.until(lambda: here.button(INCOMING, "handover.accept"), 60)
    await here.jump(LATE)
    await here.until(lambda: here.button(INCOMING, "page.take"), 60)
    await here.insist(
        lambda: here.press(INCOMING, "handover.accept", "database"), lambda: said_to(here, INCOMING, "vous avez pris la relève"), 60
    )


def said_to(here: World, person: str, words: str) -> bool:
    return any(words in text for text in here.texts(person))


# --- what must be the same -----------------------------------------------------------------------------------------------


def story(launch: Launch, facts: list[Fact]) -> dict[str, Any]:
    return {
        "pages": [(p.kind, p.role, p.chain, p.holder, p.round, p.level, p.resolved_by, str(p.reason)) for p in launch.pages.values()],
        "rings": sorted(launch.rings),
        "handovers": {key: (row.outgoing, row.incoming, row.accepted_by, row.is_late) for key, row in launch.handovers.items()},
        "holders": {role: (row.person, row.deputies, row.shift) for role, row in launch.duty.items()},
        "drafts": [(d.author, d.edition, d.stage, d.approved_by, str(d.text_fr), str(d.text_en)) for d in launch.drafts.values()],
        "kinds": Counter(type(fact.event).__name__ for fact in facts if type(fact.event).__name__ != "MembersInvited"),
    }


async def finished(here: World) -> dict[str, Any]:
    """Let what is on its way arrive, then read the story; customers have read the text once, word for word, and observers all of theirs."""
    await here.until(lambda: is_settled(here), 60)
    assert posted_twice(here) == []
    (published,) = posted(here, CUSTOMERS)
    assert all(text in published["text"] for text in TEXTS.values())
    return story(*record(here)) | {"followed": len(posted(here, OBSERVERS))}


def posted(here: World, channel: str) -> list[dict[str, Any]]:
    return [message for message in here.messages(channel) if message.get("metadata")]


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    async def day() -> dict[str, Any]:
        async with card_day(tmp_path_factory.mktemp("calm")) as here:
            await here.start_bot()
            await drive(here)
            return await finished(here)

    return asyncio.run(day())


@pytest.mark.journey
@pytest.mark.parametrize("seed", range(DAYS // 2))
async def test_killed_at_random_moments(seed: int, tmp_path: Path, calm: dict[str, Any]) -> None:
    async with card_day(tmp_path) as here:
        await here.start_bot()
        await unkind(here)
        murderer = asyncio.create_task(murder(here, random.Random(seed), KILLS))
        await drive(here)
        await murderer
        assert await finished(here) == calm


@pytest.mark.journey
@pytest.mark.parametrize("point", POINTS)
async def test_killed_at_every_named_point(point: str, tmp_path: Path, calm: dict[str, Any]) -> None:
    """Each time by a process that was just started: while the room fills, at the page, at the update, at the handover."""
    async with card_day(tmp_path) as here:
        killer = asyncio.create_task(die_at(here, point, PASSAGES))
        await drive(here)
        killer.cancel()
        assert here.kills > 0
        assert await finished(here) == calm
