"""Whoever may not press a button reads why, in private; that they tried is on record, and nothing has changed."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo import VISITOR
from storage.database import open_engine
from tests.journeys.test_killed import BEFORE_ROOM, BEFORE_TONIGHT, EXAMPLE, PLAN, ROOM, TONIGHT, answer, record, users
from tests.journeys.world import World, world

GUEST = {"name": "guest", "real_name": "Gaston Passant", "email": "guest@elsewhere.example", "is_restricted": True}
STRANGERS = {
    "off shift": "a.deshmukh",
    "its secondary": "k.pham",
    "outside": "visitor",
    "guest": "guest",
    "deactivated": "t.marchetti",
}


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    assert PLAN
    async with world(tmp_path, EXAMPLE, BEFORE_ROOM, [*users(PLAN), VISITOR, GUEST]) as here:
        await here.start_bot()
        await here.until(lambda: here.channel(ROOM))
        await here.until(lambda: "ready" not in rows(here, "SELECT state FROM outbox WHERE kind = 'find_person'"), 60)
        await here.desk("users", id=here.ids["t.marchetti"], name="t.marchetti", deleted=True)
        await here.jump(BEFORE_TONIGHT)
        await here.until(lambda: here.button("s.belkacem", "checkpoint.go"))
        yield here


def rows(here: World, query: str) -> list[Any]:
    engine = open_engine(here.home / "launchroom.db")
    with engine.connect() as tx, tx.begin():
        found = [row[0] if len(row) == 1 else tuple(row) for row in tx.exec_driver_sql(query)]
    engine.dispose()
    return found


async def refused(here: World, person: str, owner: str, action: str) -> str:
    """Press a button in somebody else's message; the sentence that one reads."""
    found = await here.until(lambda: here.button(owner, action))
    channel, ts, name = found
    before = len(here.slack.workspace.ephemerals)
    pressed = await here.desk("interact", user=here.ids[person], channel=channel, messageTs=ts, action=name)
    assert pressed["acked"]

    def told() -> list[str]:
        return [e["text"] for e in here.slack.workspace.ephemerals[before:] if e["user"] == here.ids[person]]

    sentences: list[str] = await here.until(told)
    return sentences[0]


@pytest.mark.journey
async def test_buttons_in_wrong_hands(here: World) -> None:
    for action in ("checkpoint.go", "checkpoint.no_go"):
        for person in STRANGERS.values():
            before, tries = record(here)[0], rows(here, "SELECT count(*) FROM seen WHERE code IS NOT NULL")[0]
            assert len(await refused(here, person, "s.belkacem", action)) > 20
            assert record(here)[0] == before
            assert rows(here, "SELECT count(*) FROM seen WHERE code IS NOT NULL")[0] == tries + 1
    for role, person in TONIGHT.items():
        await answer(here, person, role)
    for action in ("decision.proceed", "decision.hold", "decision.ask_again"):
        for person in (*STRANGERS.values(), "s.belkacem"):
            before = record(here)[0]
            assert len(await refused(here, person, "c.aubrac", action)) > 20
            assert record(here)[0] == before


@pytest.mark.journey
async def test_words_in_wrong_mouths(here: World) -> None:
    before = record(here)[0]
    for person in ("visitor", "guest", "a.deshmukh"):
        for text in ("hold il pleut", "resume", "checkpoint final"):
            told = await here.desk("command", channel=here.ids[person], user=here.ids[person], command="/launch", text=text)
            assert len(told["ack"]["text"]) > 20, (person, text)
    assert record(here)[0] == before


@pytest.mark.journey
async def test_a_holder_whose_account_goes_hands_over_at_once(here: World) -> None:
    """The question moves to the next person of the shift, and the first one's message loses its buttons."""
    await here.desk("users", id=here.ids["s.belkacem"], name="s.belkacem", deleted=True)
    await here.until(lambda: here.button("c.gagne", "checkpoint.go"))
    assert record(here)[0].duty["application"].person == "app_montreal"
