"""Paging from Slack: the word and its form, the buttons, every no, and a page that Slack will not deliver."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.courier import Courier
from bot.lanes import Lanes
from bot.slack.paging import role_and_rest
from bot.wire import Identity, Wire
from launch.messages import SLACK, Actor, CallPage, SettleRoom
from launch.plan import Title
from launch.state import Launch, Page
from tests.days import CLAIRE, HUGO, INES, JULIE, KEVIN, ROLES, SAMIRA, STRANGER, TEAM, a_plan, t, words
from tests.door.doors import Site, a_site, bring_in, launch_in, say, until
from tests.slack.people import PRIVATE, ROOM, Desk, a_desk

pytestmark = pytest.mark.slow

TITLED = {**ROLES, "database": replace(ROLES["database"], title=Title({"fr": "Base de données", "en": "Database"}))}
PLAN = a_plan(language="en", roles=TITLED, people={k: replace(p, language="en") for k, p in a_plan().people.items()})
RINGING = "Ringing Ines for Database. Without an answer in 3 min it goes to Kevin."


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


def page(desk: Desk) -> Page:
    return night(desk).pages[1]


async def paged(desk: Desk) -> None:
    assert await desk.type(SAMIRA, "page database payments errors rising") == RINGING


# --- the word, the form ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["page db", "appeler base de données", "BIP Base de Données", "astreinte bdd", "page database"])
async def test_a_role_is_paged_by_key_alias_or_title_of_several_words(desk: Desk, typed: str) -> None:
    assert await desk.type(SAMIRA, f"{typed} payments errors rising") == RINGING
    assert (page(desk).role, str(page(desk).reason), page(desk).by, page(desk).ringing) == (
        "database", "payments errors rising", "samira", "ines",
    )  # fmt: skip


def test_the_longest_name_of_a_role_wins() -> None:
    database = replace(TITLED["database"], aliases=("base",))
    plan = replace(
        PLAN,
        roles={
            **TITLED,
            "database": replace(database, title=Title({"": "Base d"})),
            "qa": replace(TITLED["qa"], title=Title({"": "Base d essai"})),
        },
    )
    assert role_and_rest(plan, "base  D  Essai\n rouge  et noire") == ("qa", "rouge  et noire")
    assert role_and_rest(plan, "base d un") == ("database", "un")
    assert role_and_rest(plan, "base") == ("database", "")
    assert role_and_rest(plan, "nobody here") == (None, "nobody here")


async def test_without_a_reason_a_form_with_the_role_and_who_is_on_duty(desk: Desk) -> None:
    assert await desk.type(SAMIRA, "page db") == ""
    form = await desk.form()
    select, _ = form["blocks"]
    assert (form["callback_id"], select["element"]["initial_option"]["text"]["text"]) == ("page.call", "Database (Ines)")
    told = await desk.submit(SAMIRA, "page.call", role="database", reason=" ")
    assert told == {"response_action": "errors", "errors": {"reason": "Please give a reason, in a few words."}}
    told = await desk.submit(SAMIRA, "page.call", role="database", reason="payments errors rising")
    assert (told["response_action"], RINGING in str(told["view"]["blocks"])) == ("update", True)
    assert page(desk).ringing == "ines"


async def test_the_button_of_the_menu_opens_the_form(desk: Desk) -> None:
    await desk.press(JULIE, "page.call", is_menu=True)
    assert (await desk.form())["title"]["text"] == "Page somebody"


async def test_outside_the_room_it_says_which_launch_it_hit(desk: Desk) -> None:
    assert await desk.type(SAMIRA, "page db payments errors rising", channel=PRIVATE) == f"Corvane – {RINGING}"


# --- the buttons -------------------------------------------------------------------------------------------------------


async def test_i_have_it_is_on_disk_when_it_is_acknowledged(desk: Desk, site: Site) -> None:
    await paged(desk)
    await desk.press(INES, "page.take", "1")
    assert site.rows("SELECT holder FROM pages") == [("ines",)]
    assert (desk.slack.calls, desk.slack.told) == ([], [])


async def test_cannot_rings_the_next_one_at_once(desk: Desk) -> None:
    await paged(desk)
    await desk.press(INES, "page.pass", "1")
    assert (page(desk).ringing, night(desk).rings[1, "ines"].has_passed) == ("kevin", True)


async def test_resolved_ends_it(desk: Desk) -> None:
    await paged(desk)
    await desk.press(SAMIRA, "page.resolve", "1")
    assert page(desk).resolved_by == "samira"


# --- every no ----------------------------------------------------------------------------------------------------------

TYPED_NOES: list[tuple[Actor, str, str]] = [
    (SAMIRA, "page payments rising", "There is no role “payments” here. There are: Commander, Application, Database"),
    (SAMIRA, "page db payments errors rising", "Database is already paged for that, it is with Ines. Another reason makes another page."),
    (STRANGER, "page db", "You are not named in the plan. You can look, with /launch who; those it names can act."),
    (STRANGER, "page db why", "You are not named in the plan. You can look, with /launch who; those it names can act."),
]


@pytest.mark.parametrize(("by", "typed", "told"), TYPED_NOES)
async def test_a_no_to_the_word_says_what_would_be_accepted(desk: Desk, by: Actor, typed: str, told: str) -> None:
    await paged(desk)
    assert (await desk.type(by, typed)).startswith(told)
    assert (len(night(desk).pages), desk.slack.opened()) == (1, [])


NOES: list[tuple[Actor, str, str]] = [
    (
        HUGO,
        "page.take",
        "This page did not ring you. It can be taken by those it rang, whoever is on duty for Database, and Claire, Daniel.",
    ),
    (KEVIN, "page.pass", "This page did not ring you. It can be taken by those it rang,"),
    (JULIE, "page.resolve", "Whoever has this page, whoever asked for it, or Claire, Daniel can say that it is resolved."),
    (STRANGER, "page.take", "You are not named in the plan."),
]


@pytest.mark.parametrize(("by", "action", "told"), NOES)
async def test_a_no_to_a_button_is_told_in_private(desk: Desk, by: Actor, action: str, told: str) -> None:
    await paged(desk)
    await desk.press(by, action, "1")
    assert (await desk.heard())[0]["text"].startswith(f"Corvane – {told}")
    assert page(desk).is_ringing


async def test_the_first_answer_wins_and_nothing_undoes_an_end(desk: Desk) -> None:
    await paged(desk)
    await desk.press(INES, "page.take", "1")
    await desk.press(CLAIRE, "page.take", "1")
    assert (await desk.heard())[0]["text"] == "Corvane – Ines has it already. Who else is wanted gets a page of their own."
    await desk.press(INES, "page.resolve", "1")
    await desk.press(CLAIRE, "page.take", "1")
    assert (await desk.heard(2))[1]["text"] == "Corvane – This page is resolved, says Ines. /launch page asks anew."
    assert page(desk).holder == "ines"


@pytest.mark.parametrize("names", [(), ("2",), ("x",), ("1", "2")])
async def test_a_button_of_no_page_leads_nowhere(desk: Desk, names: tuple[str, ...]) -> None:
    await desk.press(CLAIRE, "page.take", *names)
    assert (await desk.heard())[0]["text"].startswith("Corvane – This button no longer leads anywhere.")


# --- what Slack refuses ------------------------------------------------------------------------------------------------


async def test_a_page_that_slack_refuses_rings_the_next_one_at_once_each_person_once(desk: Desk, site: Site) -> None:
    site.run("DELETE FROM outbox")  # the finding of people, which this little Slack cannot do
    await say(desk.door, SAMIRA, CallPage("database", words("payments errors rising")))
    desk.slack.refuses["chat.postMessage"] = "messages_tab_disabled"
    base = desk.hooks.removesuffix("hooks/1")
    wire = Wire("xoxb-unused", f"{base}api/")
    courier = Courier(desk.door, wire, desk.door.outside, Identity(TEAM, "Corvane", base, "B1", "UBOT", frozenset()), lanes=Lanes())
    courier.start()
    running = asyncio.create_task(courier.run())
    try:
        await until(lambda: site.record().count("PageUndelivered") == 4, "everybody was tried")
    finally:
        running.cancel()
        await courier.close()
        await wire.close()
    assert [ring.person for ring in night(desk).rings.values() if ring.has_passed] == ["ines", "kevin", "claire", "daniel"]
    assert "PageUnheard" in site.record()
    assert page(desk).is_ringing
