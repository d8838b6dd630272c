"""The log of problems from Slack: the word and its form, the buttons and their forms, from the report to the end; and every no."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.views import problems
from launch.messages import CLOCK, SLACK, Actor, SettleRoom
from launch.state import Impact, Launch, Problem, Source
from tests.days import CAMILLE, CLAIRE, INES, SAMIRA, STRANGER, a_plan, t
from tests.door.doors import Site, a_site, bring_in, launch_in, say, until
from tests.slack.people import ROOM, Desk, a_desk

pytestmark = pytest.mark.slow

PLAN = a_plan(language="en", people={key: replace(person, language="en") for key, person in a_plan().people.items()})
LOGINS = {"reason": "logins fail in Québec", "impact": "total", "source": "customers"}
IN_LOG = "Problem 1 is in the log. Nobody has it yet. It is to be decided by 03:05 (Paris) what it means for the launch."


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path, t(-100))


@pytest.fixture
async def desk(site: Site) -> AsyncIterator[Desk]:
    """The night at 02:50 in Paris: the room is open, nothing is asked."""
    site.set_clock(t(-24 * 60))
    door = site.door()
    door.start()
    await bring_in(door, PLAN)
    site.set_clock(t(-100))
    await say(door, SLACK, SettleRoom(ROOM))
    async with a_desk(door) as desk:
        yield desk
    door.stop()


def night(desk: Desk) -> Launch:
    return launch_in(desk.door)


def problem(desk: Desk) -> Problem:
    return night(desk).problems[1]


async def reported(desk: Desk) -> None:
    assert IN_LOG in str(await desk.submit(INES, problems.REPORT, **LOGINS))


async def at(desk: Desk, site: Site, minute: float) -> None:
    """The clock comes there, and does what is due."""
    site.set_clock(t(minute))
    await say(desk.door, CLOCK, None)


# --- from the report to the end ----------------------------------------------------------------------------------------


async def test_from_the_report_to_the_end(desk: Desk, site: Site) -> None:
    assert await desk.type(INES, "incident logins fail in Québec") == ""
    form = await desk.form()
    what, impact, source = form["blocks"]
    assert (form["title"]["text"], what["element"]["initial_value"]) == ("Report a problem", "logins fail in Québec")
    assert [each["value"] for each in impact["element"]["options"]] == ["total", "partial", "none"]
    assert [each["value"] for each in source["element"]["options"]] == ["monitoring", "us", "customers"]
    await reported(desk)
    row = problem(desk)
    assert (str(row.words), row.impact, row.source, row.by, row.decide_by) == (
        "logins fail in Québec", Impact.TOTAL, Source.CUSTOMERS, "ines", t(-85),
    )  # fmt: skip
    await desk.press(SAMIRA, problems.TAKE, "1")
    assert site.rows("SELECT holder FROM problems") == [("samira",)]

    await at(desk, site, -85)
    assert (problem(desk).is_overdue, problem(desk).asked) == (True, ("claire",))
    await desk.press(CLAIRE, problems.EXTEND, "1")
    await until(lambda: len(desk.slack.opened()) == 2, "the form for more time")
    assert desk.slack.opened()[1]["callback_id"] == problems.EXTEND
    assert await desk.submit(CLAIRE, problems.EXTEND, "1", minutes="20") == {}
    assert (problem(desk).is_overdue, problem(desk).decide_by) == (False, t(-65))
    await at(desk, site, -65)
    assert problem(desk).is_overdue

    assert await desk.submit(SAMIRA, problems.CLOSE, "1", reason="the certificate was renewed") == {}
    assert (str(problem(desk).outcome), problem(desk).closed_by, problem(desk).closed_at) == (
        "the certificate was renewed",
        "samira",
        t(-65),
    )
    told = [kind for kind in site.record() if kind.startswith("Problem")]
    assert told == ["ProblemReported", "ProblemTaken", "ProblemOverdue", "ProblemExtended", "ProblemOverdue", "ProblemClosed"]


async def test_the_button_of_the_menu_opens_the_form_empty(desk: Desk) -> None:
    await desk.press(INES, problems.REPORT, is_menu=True)
    assert "initial_value" not in (await desk.form())["blocks"][0]["element"]


async def test_its_impact_is_changed_in_a_form_that_shows_what_it_is(desk: Desk) -> None:
    await reported(desk)
    await desk.press(CAMILLE, problems.CHANGE, "1")
    (field,) = (await desk.form())["blocks"]
    assert field["element"]["initial_option"]["value"] == "total"
    assert await desk.submit(CAMILLE, problems.CHANGE, "1", impact="partial") == {}
    assert (problem(desk).impact, problem(desk).decide_by) == (Impact.PARTIAL, t(-55))


async def test_hold_opens_the_form_of_a_hold(desk: Desk, site: Site) -> None:
    await reported(desk)
    await at(desk, site, -85)
    await desk.press(CLAIRE, "clock.hold")
    assert (await desk.form())["callback_id"] == "clock.hold"


async def test_it_is_closed_in_a_form_for_the_word_on_what_came_of_it(desk: Desk) -> None:
    await reported(desk)
    await desk.press(INES, problems.CLOSE, "1")
    assert (await desk.form())["callback_id"] == problems.CLOSE
    told = await desk.submit(INES, problems.CLOSE, "1", reason=" ")
    assert told == {"response_action": "errors", "errors": {"reason": "Please give a reason, in a few words."}}
    assert problem(desk).is_open


# --- every no ----------------------------------------------------------------------------------------------------------


async def test_reported_twice_it_is_one_and_the_form_stays_open(desk: Desk) -> None:
    await reported(desk)
    said = "Problem 1 says just that, and nobody has it yet: its card in the room has the button “I have it”."
    assert await desk.submit(SAMIRA, problems.REPORT, **LOGINS) == {"response_action": "errors", "errors": {"reason": said}}
    await desk.press(SAMIRA, problems.TAKE, "1")
    held = "Problem 1 says just that, and Samira has it. What is new about it makes another one."
    assert await desk.submit(INES, problems.REPORT, **LOGINS) == {"response_action": "errors", "errors": {"reason": held}}
    assert len(night(desk).problems) == 1


async def test_whoever_is_not_named_gets_no_form(desk: Desk) -> None:
    assert (await desk.type(STRANGER, "problem logins fail")).startswith("You are not named in the plan.")
    assert desk.slack.opened() == []


NOES: list[tuple[Actor, str, str]] = [
    (CAMILLE, problems.CLOSE, "It is closed by whoever has it or reported it, now Samira, Ines, or commands: Claire, Daniel."),
    (SAMIRA, problems.EXTEND, "Only Commander or a deputy on duty may do that: now Claire, Daniel."),
    (STRANGER, problems.CHANGE, "You are not named in the plan."),
]


@pytest.mark.parametrize(("by", "action", "told"), NOES)
async def test_a_no_to_a_button_says_who_may_and_opens_no_form(desk: Desk, by: Actor, action: str, told: str) -> None:
    await reported(desk)
    await desk.press(SAMIRA, problems.TAKE, "1")
    await desk.press(by, action, "1")
    assert (await desk.heard())[0]["text"].startswith(f"Corvane – {told}")
    assert desk.slack.opened() == []


@pytest.mark.parametrize("action", [problems.TAKE, problems.CHANGE, problems.EXTEND, problems.CLOSE])
async def test_a_problem_that_is_over_says_so(desk: Desk, action: str) -> None:
    await reported(desk)
    await desk.submit(INES, problems.CLOSE, "1", reason="gone")
    await desk.press(CLAIRE, action, "1")
    said = "Corvane – This problem was closed by Ines: Tuesday 16 March 02:50 (Paris). /launch problem reports a new one."
    assert (await desk.heard())[0]["text"] == said


async def test_what_touches_no_customer_has_no_time_to_be_given(desk: Desk) -> None:
    await desk.submit(INES, problems.REPORT, **{**LOGINS, "impact": "none"})
    await desk.press(CLAIRE, problems.EXTEND, "1")
    assert (await desk.heard())[0]["text"].startswith("Corvane – No customer notices this problem")
