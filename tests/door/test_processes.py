"""Another process at the same database, before, after or beside this one: nothing is missed and nothing is written over."""

import asyncio

import pytest

from bot.door import Door
from launch.messages import CLOCK, HOUSE, CloseLaunch, WriteNote
from storage import timeline
from tests.days import BORN, CLAIRE, TEAM, a_plan, t, words
from tests.door.doors import Site, ask, bring_in, launch_in, opened, say

pytestmark = pytest.mark.slow

NOTE = WriteNote(words("all quiet"))


async def test_what_another_process_writes_is_noticed_with_the_next_request(site: Site, threaded: Door) -> None:
    told: list[set[tuple[str, str]]] = []
    threaded.watchers.append(told.append)
    async with opened(site.door(inline=True)) as shell:
        await bring_in(shell, a_plan(key="tills"))
        await say(shell, CLAIRE, NOTE)
    assert [launch.id for launch in threaded.launches(TEAM)] == ["corvane"], "nobody has asked yet"
    await threaded.write(lambda tx: None)
    assert [launch.id for launch in threaded.launches(TEAM)] == ["corvane", "tills"]
    assert told == [{(TEAM, HOUSE), (TEAM, "corvane"), (TEAM, "tills")}]
    answer = await say(threaded, CLAIRE, NOTE)
    assert site.record()[-2:] == ["NoteWritten", "NoteWritten"]
    assert [fact.seq for fact in answer.facts] == [len(site.record())]


async def test_two_processes_at_once_never_write_over_each_other(site: Site, threaded: Door) -> None:
    async with opened(site.door()) as other:
        await asyncio.gather(*(say(door, CLAIRE, WriteNote(words(f"note {n}"))) for n in range(60) for door in (threaded, other)))
    assert site.record().count("NoteWritten") == 120
    with threaded.engine.begin() as tx:
        assert timeline.broken_at(tx, TEAM, "corvane") is None


async def test_while_it_is_loaded_anew_nobody_is_told_that_there_is_no_launch(site: Site, threaded: Door) -> None:
    """The loop looks at what the door holds while its thread takes in what another process wrote."""
    async with opened(site.door()) as other:
        writing = asyncio.gather(*[write_by_turns(threaded, other) for _ in range(2)])
        while not writing.done():
            assert threaded.look(TEAM, "corvane")
            assert threaded.launches(TEAM)
            await asyncio.sleep(0)
        await writing


async def write_by_turns(*doors: Door) -> None:
    for _ in range(15):
        for door in doors:
            await say(door, CLAIRE, NOTE)


async def test_a_restart_finds_what_was_there_but_for_what_is_long_over(site: Site, threaded: Door) -> None:
    await bring_in(threaded, a_plan(key="tills"))
    await say(threaded, CLAIRE, CloseLaunch(), "tills")
    await say(threaded, CLAIRE, NOTE)
    threaded.stop()
    async with opened(site.door()) as again:
        assert launch_in(again) == launch_in(threaded)
        assert launch_in(again, "tills").closed_at == BORN, "its last cards may not be drawn yet"
        assert [launch.id for launch in again.launches(TEAM)] == ["corvane"]
    site.set_clock(t(60 * 25))
    async with opened(site.door()) as later:
        assert later.look(TEAM, "tills") is None
        answer = await ask(later, CLAIRE, NOTE, "tills")
        assert answer.refused
        assert answer.refused.code == "launch_closed"


async def test_a_newer_version_waits_for_what_its_own_rules_say(site: Site, threaded: Door) -> None:
    """The one before knew nothing of questions, and of something else that is no more; what runs already keeps its beginning."""
    site.set_clock(t(-44))
    await say(threaded, CLOCK, None)
    threaded.stop()
    whole = site.rows("SELECT * FROM deadlines ORDER BY key")
    site.run("DELETE FROM deadlines WHERE key LIKE 'remind:%' OR key LIKE 'checkpoint:%' OR key LIKE 'heads_up:%'")
    site.run("UPDATE deadlines SET key = 'gone' WHERE key = 'shift'")
    site.set_clock(t(-43))
    async with opened(site.door()):
        rows = site.rows("SELECT * FROM deadlines ORDER BY key")
    assert [row[2] for row in rows] == [row[2] for row in whole]
    (answer,), (before,) = ([row for row in found if row[2] == "answer:final:1:0"] for found in (rows, whole))
    assert answer == before
