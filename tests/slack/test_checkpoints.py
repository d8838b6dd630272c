"""Go or no-go in depth, from the payload to the disk and back: tiers, conditions, spoken answers, questions of every kind, deputies."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from launch.messages import SLACK, SettleRoom
from launch.state import Answer, Decision, Launch, Outcome, Phase, Reached
from tests.days import CLAIRE, DANIEL, INES, KEVIN, NADIA, SAMIRA, STRANGER, a_checkpoint, a_plan, every, t
from tests.door.doors import Site, a_site, bring_in, launch_in, say
from tests.slack.people import ROOM, Desk, a_desk

pytestmark = pytest.mark.slow

GO, CONDITION, NO_GO = "checkpoint.go", "checkpoint.condition", "checkpoint.no_go"
APPLICATION, DATABASE, QA = (("final", "1", role) for role in ("application", "database", "qa"))
FINAL = a_checkpoint("final", -45, "application database, qa", answer=5, before="dns")
HEALTH = every(30, a_checkpoint("health", -100, "application database", answer=5), -70)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path, t(-24 * 60))


@pytest.fixture
async def desk(site: Site) -> AsyncIterator[Desk]:
    """The night at 02:48 in Paris: the room is open; "health" comes at 02:50 and 03:20, "final" asks two tiers from 03:45 on."""
    door = site.door()
    door.start()
    people = {key: replace(person, language="en") for key, person in a_plan().people.items()}
    await bring_in(door, replace(a_plan(FINAL, HEALTH, language="en"), people=people))
    site.set_clock(t(-102))
    await say(door, SLACK, SettleRoom(ROOM))
    async with a_desk(door) as desk:
        yield desk
    door.stop()


def night(desk: Desk) -> Launch:
    return launch_in(desk.door)


async def clock(desk: Desk, site: Site, minute: float) -> Launch:
    """So late it is now, and what was due is done."""
    site.set_clock(t(minute))
    await say(desk.door, SLACK, None)
    return night(desk)


async def all_well(desk: Desk, site: Site) -> None:
    """The two times of the question that comes again pass with everybody well, and "final" is asked."""
    for number, minute in enumerate((-100, -70), 1):
        await clock(desk, site, minute)
        await desk.press(SAMIRA, GO, "health", str(number), "application")
        await desk.press(INES, GO, "health", str(number), "database")
    await clock(desk, site, -45)


def answers(desk: Desk) -> dict[str, Answer]:
    launch = night(desk)
    return {role: vote.answer for role, vote in launch.votes_of(launch.polls["final"]).items()}


async def test_a_condition_wants_its_words_and_counts_as_go(desk: Desk, site: Site) -> None:
    await all_well(desk, site)
    await desk.press(SAMIRA, CONDITION, *APPLICATION)
    assert (await desk.form())["title"]["text"] == "GO with a condition"
    assert answers(desk) == {}
    assert await desk.submit(SAMIRA, CONDITION, *APPLICATION, reason="if the cache is warm") == {}
    assert answers(desk) == {"application": Answer.CONDITION}
    assert "if the cache is warm" in str(site.rows("SELECT text FROM words"))


async def test_a_tier_is_asked_when_the_one_before_is_complete(desk: Desk, site: Site) -> None:
    await all_well(desk, site)
    await desk.press(NADIA, GO, *QA)
    assert (await desk.heard())[0]["text"] == "Corvane – final does not ask Qa yet. Asked first: Application, Database."
    await desk.press(SAMIRA, GO, *APPLICATION)
    await desk.press(INES, GO, *DATABASE)
    await desk.press(NADIA, GO, *QA)
    assert night(desk).polls["final"].outcome is Outcome.GO


async def test_in_grace_the_second_answers_in_the_place_of_the_first(desk: Desk, site: Site) -> None:
    await all_well(desk, site)
    await desk.press(KEVIN, GO, *DATABASE)
    assert "now Ines." in (await desk.heard())[0]["text"]
    await clock(desk, site, -39.9)
    await desk.press(KEVIN, GO, *DATABASE)
    assert answers(desk) == {"database": Answer.GO}


async def test_a_spoken_answer_is_written_down_by_the_commander_and_taken_away_by_its_giver(desk: Desk, site: Site) -> None:
    await all_well(desk, site)
    await desk.press(INES, "checkpoint.record", "final", "1")
    assert "is written down by whoever commands: now Claire, Daniel." in (await desk.heard())[0]["text"]
    await desk.press(CLAIRE, "checkpoint.record", "final", "1", is_menu=True)
    roles = (await desk.form())["blocks"][0]["element"]["options"]
    assert [option["value"] for option in roles] == ["application", "database"]
    assert await desk.submit(CLAIRE, "checkpoint.record", "final", "1", role="application", answer="go", reason="") == {}
    assert site.rows("SELECT role, person, recorded_by FROM votes WHERE checkpoint = 'final'") == [("application", "samira", "claire")]
    await desk.press(INES, "checkpoint.dispute", *APPLICATION)
    assert "can say that it is not what they said" in (await desk.heard(2))[1]["text"]
    await desk.press(SAMIRA, "checkpoint.dispute", *APPLICATION)
    assert answers(desk) == {}


async def test_a_spoken_no_without_a_reason_is_marked_in_the_form(desk: Desk, site: Site) -> None:
    await all_well(desk, site)
    told = await desk.submit(CLAIRE, "checkpoint.record", "final", "1", role="application", answer="no_go", reason=" ")
    assert told == {"response_action": "errors", "errors": {"reason": "Please give a reason, in a few words."}}


async def test_a_question_of_ones_own_is_put_with_a_form(desk: Desk) -> None:
    assert "Ask a question" not in await desk.type(SAMIRA, "checkpoint")
    await desk.press(SAMIRA, "checkpoint.question", is_menu=True)
    assert "Only Commander or a deputy on duty may do that" in (await desk.heard())[0]["text"]
    await desk.press(CLAIRE, "checkpoint.question", is_menu=True)
    assert (await desk.form())["callback_id"] == "checkpoint.question"
    told = await desk.submit(CLAIRE, "checkpoint.question", reason="Is the cache warm?", roles="", minutes="5")
    assert told == {"response_action": "errors", "errors": {"roles": "Please choose at least one role."}}
    assert await desk.submit(CLAIRE, "checkpoint.question", reason="Is the cache warm?", roles="application,qa", minutes="5") == {}
    assert night(desk).questions["question_1"].roles == ("application", "qa")
    await desk.press(NADIA, GO, "question_1", "1", "qa")
    await desk.press(SAMIRA, GO, "question_1", "1", "application")
    assert night(desk).polls["question_1"].phase is Phase.DECIDED


async def test_where_all_goes_on_it_can_be_rolled_back_with_a_reason(desk: Desk, site: Site) -> None:
    await clock(desk, site, -100)
    await desk.press(SAMIRA, "checkpoint.roll_back", "health", "1", "application")
    assert (await desk.form())["title"]["text"] == "Roll back: the reason"
    assert await desk.submit(SAMIRA, "checkpoint.roll_back", "health", "1", "application", reason="errors above 8 %") == {}
    await desk.press(INES, GO, "health", "1", "database")
    assert night(desk).polls["health"].outcome is Outcome.ROLL_BACK
    assert await desk.submit(CLAIRE, "decision.roll_back", "health", "1", reason="errors above 8 %") == {}
    assert night(desk).polls["health"].decision is Decision.ROLL_BACK
    assert Reached.TURNED_BACK in night(desk).milestones


async def test_an_objection_is_let_stand_by_the_commander_alone(desk: Desk, site: Site) -> None:
    await all_well(desk, site)
    await desk.submit(SAMIRA, CONDITION, *APPLICATION, reason="if the cache is warm")
    await desk.press(INES, GO, *DATABASE)
    await desk.press(NADIA, GO, *QA)
    await desk.press(CLAIRE, "decision.proceed", "final", "1")
    await clock(desk, site, -34)
    await desk.press(INES, "objection.withdraw", *APPLICATION)
    assert "now Samira." in (await desk.heard())[0]["text"]
    await desk.press(CLAIRE, "objection.let_stand", *APPLICATION)
    await desk.press(SAMIRA, "objection.withdraw", *APPLICATION)
    assert (await desk.heard(2))[1]["text"] == "Corvane – Nothing is to be done about it any more: Claire has seen to it."
    assert night(desk).objections["final", 1, "application"].let_stand_by == "claire"


async def test_when_nobody_decides_the_deputy_is_paged_and_decides(desk: Desk, site: Site) -> None:
    await all_well(desk, site)
    for person, seat in ((SAMIRA, APPLICATION), (INES, DATABASE), (NADIA, QA)):
        await desk.press(person, GO, *seat)
    launch = await clock(desk, site, -39.9)
    assert launch.pages[1].ringing == "daniel"
    await desk.press(DANIEL, "page.take", "1")
    await desk.press(DANIEL, "decision.proceed", "final", "1")
    assert night(desk).polls["final"].decided_by == "daniel"
    assert not night(desk).pages[1].is_open


async def test_shown_in_private_it_can_be_asked_now_by_the_commander(desk: Desk) -> None:
    assert (await desk.type(STRANGER, "jalon FINAL")).startswith("Go or no-go: final\nTo be asked:")
    await desk.press(CLAIRE, "checkpoint.show", "final", is_menu=True)
    await desk.press(CLAIRE, "checkpoint.ask_now", "final", is_menu=True)
    assert "Asked now: Application (Samira), Database (Ines); then: Qa (Nadia)" in (await desk.heard(2))[1]["text"]
    await desk.press(CLAIRE, "checkpoint.show", "nothing", is_menu=True)
    assert "There is no checkpoint “nothing” here." in (await desk.heard(3))[2]["text"]
