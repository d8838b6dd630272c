"""The button of a handover, from the payload to the disk and back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from launch.messages import SLACK, Actor, SettleRoom
from tests.days import CLAIRE, HUGO, SAMIRA, STRANGER, THEO, a_plan, actor, t
from tests.door.doors import Site, a_site, bring_in, launch_in, say
from tests.slack.people import ROOM, Desk, a_desk

pytestmark = pytest.mark.slow

ACCEPT = "handover.accept"
APPLICATION = ("application", "day")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path, t(-24 * 60))


@pytest.fixture
async def desk(site: Site) -> AsyncIterator[Desk]:
    """The night at 05:35 in Paris: the day shift has been told that it begins at 06:00."""
    door = site.door()
    door.start()
    await bring_in(door, replace(a_plan(language="en"), people={k: replace(p, language="en") for k, p in a_plan().people.items()}))
    site.set_clock(t(-44))
    await say(door, SLACK, SettleRoom(ROOM))
    site.set_clock(t(65))
    await say(door, SLACK, None)
    async with a_desk(door) as desk:
        yield desk
    door.stop()


def on_the_hook(desk: Desk, role: str = "application") -> str | None:
    return launch_in(desk.door).duty[role].person


async def test_whoever_accepts_has_the_role_at_once_and_it_costs_slack_no_call(desk: Desk, site: Site) -> None:
    assert on_the_hook(desk) == "samira"
    await desk.press(THEO, ACCEPT, *APPLICATION)
    assert on_the_hook(desk) == "theo"
    assert site.rows("SELECT role, accepted_by FROM handovers WHERE accepted_by IS NOT NULL") == [("application", "theo")]
    assert (desk.slack.calls, desk.slack.told) == ([], [])


async def test_pressed_twice_it_is_accepted_once(desk: Desk, site: Site) -> None:
    await desk.press(THEO, ACCEPT, *APPLICATION)
    await desk.press(THEO, ACCEPT, *APPLICATION)
    assert site.record().count("HandoverAccepted") == 1
    assert desk.slack.told == []


@pytest.mark.parametrize(
    ("by", "code", "sentence"),
    [
        (SAMIRA, "not_incoming", "Corvane – Only somebody of the next shift can accept Application. Asked now: Theo."),
        (HUGO, "not_incoming", "Corvane – Only somebody of the next shift can accept Application. Asked now: Theo."),
        (STRANGER, "not_named", "Corvane – You are not named in the plan. You can look, with /launch who; those it names can act."),
    ],
)
async def test_nobody_else_can_accept_it(desk: Desk, by: Actor, code: str, sentence: str, site: Site) -> None:
    await desk.press(by, ACCEPT, *APPLICATION)
    assert (await desk.heard())[0]["text"] == sentence
    assert on_the_hook(desk) == "samira"
    assert site.rows("SELECT code FROM seen WHERE code IS NOT NULL") == [(code,)]


async def test_the_second_of_the_next_shift_comes_too_late(desk: Desk) -> None:
    await desk.press(THEO, ACCEPT, *APPLICATION)
    await desk.press(actor("priya"), ACCEPT, *APPLICATION)
    assert (await desk.heard())[0]["text"] == "Corvane – Theo has already accepted Application, and has it now."
    assert on_the_hook(desk) == "theo"


async def test_a_handover_that_was_overtaken_cannot_be_accepted(desk: Desk, site: Site) -> None:
    site.set_clock(t(93))
    assert await desk.tell("USAMIRA", deleted=True) == {}
    await desk.press(actor("priya"), ACCEPT, *APPLICATION)
    assert (await desk.heard())[0]["text"] == ("Corvane – This handover is over and waits for nobody. On duty for Application now: Theo.")


@pytest.mark.parametrize("names", [(), ("application",), ("application", "night"), ("nothing", "day")])
async def test_a_button_that_leads_nowhere_says_so(desk: Desk, names: tuple[str, ...]) -> None:
    await desk.press(CLAIRE, ACCEPT, *names)
    assert (await desk.heard())[0]["text"] == "Corvane – This button no longer leads anywhere. /launch shows what you can do now."


async def test_who_tells_what_is_not_accepted_yet(desk: Desk) -> None:
    said = await desk.type(CLAIRE, "who app")
    assert said.endswith("then Theo: not accepted yet")
    await desk.press(THEO, ACCEPT, *APPLICATION)
    assert "not accepted" not in await desk.type(CLAIRE, "who app")
