"""The door with its writer thread: an answer is given once it is on disk, crowds share transactions, nobody's answer is lost."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.door import Door, Unwritten
from launch.messages import CLOCK, Actor, CastVote, CloseLaunch, NoteWritten, WriteNote
from launch.plan import Person, Plan
from launch.state import Answer, Outcome
from storage import timeline
from tests.days import BORN, CLAIRE, INES, JULIE, SAMIRA, TEAM, a_checkpoint, a_plan, a_role, a_shift, actor, t, words
from tests.door.doors import Site, ask, bring_in, launch_in, opened, say, until

pytestmark = pytest.mark.slow

VOTES = {SAMIRA: CastVote("final", "application", Answer.GO), INES: CastVote("final", "database", Answer.GO)}
NOTE = WriteNote(words("all quiet"))


@asynccontextmanager
async def busy(door: Door) -> AsyncIterator[None]:
    """The writer is kept busy: what is asked meanwhile waits, and is one batch afterwards."""
    begun, ended = threading.Event(), threading.Event()

    def hold(_tx: Connection) -> bool:
        begun.set()
        return ended.wait(20)

    holding = asyncio.create_task(door.write(hold))
    await until(begun.is_set)
    yield
    await asyncio.sleep(0)  # who was asked to speak in there has spoken
    ended.set()
    assert await holding


# --- one answer --------------------------------------------------------------------------------------------------------


async def test_an_answer_is_given_once_it_is_on_disk_and_not_before(site: Site, threaded: Door) -> None:
    """Seen with other eyes: inside the transaction there is nothing yet, with the answer it is there."""
    site.set_clock(t(-44))
    answered = asyncio.Event()
    before: list[tuple[int, bool]] = []

    def look(_tx: Connection) -> None:
        before.append((len(site.rows("SELECT * FROM votes")), answered.is_set()))

    await threaded.perform(VOTES[SAMIRA], "corvane", SAMIRA, TEAM, "r1", look)
    answered.set()
    assert before == [(0, False)]
    assert site.rows("SELECT role, answer FROM votes") == [("application", "go")]
    assert site.rows("SELECT id FROM seen") == [("r1",)]


async def test_whoever_gives_up_waiting_is_heard_all_the_same(site: Site, threaded: Door) -> None:
    async with busy(threaded):
        asking = asyncio.create_task(say(threaded, CLAIRE, NOTE))
        await asyncio.sleep(0)
        asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await say(threaded, CLOCK, None)
    assert site.record()[-1] == "NoteWritten"


async def test_a_write_that_fails_is_told_with_its_reference_and_the_door_goes_on(site: Site, threaded: Door, logs: list[Any]) -> None:
    with pytest.raises(Unwritten) as failure:
        await threaded.write(lambda tx: tx.exec_driver_sql("INSERT INTO nowhere VALUES (1)"))
    (told,) = [line for line in logs if line["event"] == "write_failed"]
    assert str(failure.value) == told["reference"]
    assert await threaded.write(lambda tx: tx.exec_driver_sql("SELECT 7").scalar_one()) == 7
    assert threaded.is_alive()
    await say(threaded, CLAIRE, NOTE)
    assert site.record()[-1] == "NoteWritten"


async def test_who_watches_is_told_on_the_loop_which_launches_changed(threaded: Door) -> None:
    told: list[tuple[set[tuple[str, str]], bool]] = []
    threaded.watchers.append(lambda changed: told.append((changed, threading.current_thread() is threading.main_thread())))
    await say(threaded, CLAIRE, NOTE)
    await ask(threaded, actor("stranger"), NOTE)
    await threaded.write(lambda tx: None)
    assert told == [({(TEAM, "corvane")}, True)]


async def test_at_the_end_everybody_who_asked_before_gets_an_answer(site: Site, threaded: Door) -> None:
    async with busy(threaded):
        asked = [asyncio.create_task(say(threaded, CLAIRE, NOTE)) for _ in range(5)]
        await asyncio.sleep(0)
        ending = asyncio.create_task(asyncio.to_thread(threaded.stop))
    await asyncio.gather(*asked, ending)
    assert site.record().count("NoteWritten") == 5
    assert not threaded.is_alive()


# --- crowds ------------------------------------------------------------------------------------------------------------


async def test_a_crowd_shares_one_transaction_and_is_heard_in_its_order(site: Site, threaded: Door) -> None:
    before = threaded.commits
    async with busy(threaded):
        asked = [asyncio.create_task(say(threaded, CLAIRE, WriteNote(words(f"note {number}")))) for number in range(200)]
    answers = await asyncio.gather(*asked)
    assert threaded.commits == before + 2, "the busy one, and the crowd"
    seqs = [answer.facts[0].seq for answer in answers]
    assert seqs == list(range(seqs[0], seqs[0] + 200))


def a_plan_for(number: int) -> Plan:
    """A question to so many roles, each held by somebody of their own."""
    keys = [f"p{each:03}" for each in range(number)]
    people = {key: Person(key, key, "Europe/Paris", "fr", mail=f"{key}@corvane.example") for key in ("claire", *keys)}
    roles = {key: a_role(f"r-{key}") for key in keys}
    holders = {f"r-{key}": key for key in keys}
    return a_plan(
        a_checkpoint("final", -45, " ".join(holders)),
        people=people,
        roles={"commander": a_role("commander", decides=True)} | {role.key: role for role in roles.values()},
        shifts=(a_shift("all", BORN, t(600), commander="claire", **holders),),
    )


@pytest.mark.slow
async def test_five_hundred_people_answer_at_once_and_each_is_stored_once(site: Site) -> None:
    async with opened(site.door()) as door:
        await bring_in(door, a_plan_for(500))
        site.set_clock(t(-44))
        before = door.commits
        answers = await asyncio.gather(
            *(ask(door, actor(f"p{n:03}"), CastVote("final", f"r-p{n:03}", Answer.GO), request_id=f"click-{n}") for n in range(500)),
            *(ask(door, actor(f"p{n:03}"), CastVote("final", f"r-p{n:03}", Answer.GO), request_id=f"click-{n}") for n in range(0, 500, 10)),
        )
        assert not any(answer.refused or answer.failure for answer in answers)
        assert door.commits - before <= 5
        assert site.rows("SELECT count(*), count(DISTINCT person), min(answer), max(answer) FROM votes") == [(500, 500, "go", "go")]
        assert site.record().count("VoteCast") == 500
        assert site.record()[-1] == "CheckpointCounted"
        assert launch_in(door).polls["final"].outcome is Outcome.GO
        with door.engine.begin() as tx:
            assert timeline.broken_at(tx, TEAM, "corvane") is None


async def test_two_launches_at_once_with_the_same_people_each_hear_their_own(site: Site, threaded: Door) -> None:
    await bring_in(threaded, a_plan(key="tills"))
    site.set_clock(t(-44))
    said: list[tuple[Actor, Any, str]] = []
    for number in range(20):
        said += [(CLAIRE, WriteNote(words(f"corvane {number}")), "corvane"), (JULIE, WriteNote(words(f"tills {number}")), "tills")]
    said += [(by, vote, "corvane") for by, vote in VOTES.items()]
    said += [(SAMIRA, CastVote("final", "application", Answer.NO_GO, words("red")), "tills"), (CLAIRE, CloseLaunch(), "tills")]
    await asyncio.gather(*(say(threaded, *each) for each in said))
    one, two = launch_in(threaded), launch_in(threaded, "tills")
    assert [(role, vote.answer) for (_, _, role), vote in one.votes.items()] == [("application", Answer.GO), ("database", Answer.GO)]
    assert [(role, vote.answer) for (_, _, role), vote in two.votes.items()] == [("application", Answer.NO_GO)]
    assert (one.closed_at, two.closed_at) == (None, t(-44))
    for key in ("corvane", "tills"):
        with threaded.engine.begin() as tx:
            facts = timeline.read(tx, TEAM, key)
            assert timeline.broken_at(tx, TEAM, key) is None
        assert timeline.folded(facts) == launch_in(threaded, key)
        notes = [str(fact.event.text) for fact in facts if isinstance(fact.event, NoteWritten)]
        assert notes == [f"{key} {number}" for number in range(20)]
