"""Customer updates by hand: what people type and press, as real payloads through the real Bolt app to the door and its disk."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.views import updates
from launch.messages import SLACK, ReportUpdate, SettleRoom
from launch.plan import Audience, Title
from launch.state import Launch, Situation, Stage
from tests.days import CLAIRE, JULIE, SAMIRA, STRANGER, a_plan, t
from tests.door.doors import Site, a_site, bring_in, launch_in, say
from tests.slack.people import ROOM, Desk, a_desk

pytestmark = pytest.mark.slow

NEWS = Audience("news", Title({"": "News"}), ("commander", "comms"), "news", ("fr", "en"))
FILLED = {"audience": "news", "situation": "investigating", "text_fr": "Nous cherchons.", "text_en": "We are <looking> & looking.\n"}
EDITED = {"situation": "resolved", "text_fr": "Réparé.", "text_en": "Mended."}
FIRST = ("1", "1")


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    """What was logged of the faults that a test makes on purpose."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path, t(-60))


@pytest.fixture
async def desk(site: Site) -> AsyncIterator[Desk]:
    """An hour before T-0; the plan names customers who read two languages."""
    people = {key: replace(person, language="en") for key, person in a_plan().people.items()}
    site.set_clock(t(-24 * 60))
    door = site.door()
    door.start()
    await bring_in(door, a_plan(language="en", people=people, audiences={"news": NEWS}))
    site.set_clock(t(-60))
    await say(door, SLACK, SettleRoom(ROOM))
    async with a_desk(door) as desk:
        yield desk
    door.stop()


def night(desk: Desk) -> Launch:
    return launch_in(desk.door)


async def test_the_word_opens_the_form_which_makes_a_draft_letter_by_letter(desk: Desk, site: Site) -> None:
    assert await desk.type(JULIE, "communiqué Nous &lt;cherchons&gt;.") == ""
    form = await desk.form()
    assert form["callback_id"] == updates.DRAFT
    begun = {block["block_id"]: block["element"].get("initial_value") for block in form["blocks"]}
    assert begun == {"audience": None, "situation": None, "text_fr": None, "text_en": "Nous <cherchons>.", "next_at": None}
    assert await desk.submit(JULIE, updates.DRAFT, **FILLED, next_at=str(int(t(30).timestamp()))) == {}
    draft = night(desk).drafts[1]
    assert (draft.author, draft.situation, draft.next_at, draft.stage) == ("julie", Situation.INVESTIGATING, t(30), Stage.WAITING)
    assert (str(draft.text_fr), str(draft.text_en)) == (FILLED["text_fr"], FILLED["text_en"])
    assert site.record()[-2:] == ["UpdateDrafted", "ApproverAsked"]


async def test_the_button_opens_it_empty(desk: Desk) -> None:
    await desk.press(JULIE, updates.DRAFT, is_menu=True)
    assert [block["element"].get("initial_value") for block in (await desk.form())["blocks"]] == [None] * 5


async def test_whoever_may_not_gets_no_form(desk: Desk) -> None:
    assert (await desk.type(STRANGER, "update")).startswith("You are not named in the plan.")
    assert desk.slack.opened() == []


async def test_a_plan_without_customers_says_how_it_gets_them(site: Site) -> None:
    door = site.door()
    door.start()
    await bring_in(door, a_plan(language="en", audiences={}))
    async with a_desk(door) as desk:
        assert "updates: audiences:" in await desk.type(CLAIRE, "update")
        assert desk.slack.opened() == []
    door.stop()


MISTAKES = [
    ({"text_fr": "  "}, "text_fr", "It is read in French too: please write the text."),
    ({"text_en": ""}, "text_en", "It is read in English too: please write the text."),
    (
        {"next_at": str(int(t(-61).timestamp()))},
        "next_at",
        "Tuesday 16 March 03:29 (Paris) has passed. Please give a time to come, or none.",
    ),
    ({"audience": "else"}, "audience", "Please choose who reads it. There are: News."),
]


@pytest.mark.parametrize(("fields", "beside", "said"), MISTAKES)
async def test_a_mistake_stands_beside_its_field(desk: Desk, fields: dict[str, str], beside: str, said: str) -> None:
    told = await desk.submit(JULIE, updates.DRAFT, **{**FILLED, **fields})
    assert told == {"response_action": "errors", "errors": {beside: said}}
    assert night(desk).drafts == {}


async def test_a_form_mended_after_a_mistake_is_taken(desk: Desk) -> None:
    """Slack sends it again under the same id and hash."""
    assert await desk.submit(JULIE, updates.DRAFT, view="V1", **{**FILLED, "text_fr": ""}) != {}
    assert await desk.submit(JULIE, updates.DRAFT, view="V1", **FILLED) == {}
    assert await desk.submit(JULIE, updates.DRAFT, view="V1", **FILLED) == {}
    assert list(night(desk).drafts) == [1]


async def test_what_changed_meanwhile_is_told_in_the_form_so_that_nothing_typed_is_lost(desk: Desk) -> None:
    await desk.submit(JULIE, updates.DRAFT, **FILLED)
    await desk.press(JULIE, updates.EDIT, *FIRST)
    assert (await desk.form())["private_metadata"] == "corvane/1/1"
    assert await desk.submit(JULIE, updates.EDIT, *FIRST, **EDITED) == {}
    told = await desk.submit(JULIE, updates.EDIT, *FIRST, **EDITED)
    said = "Julie has edited this text since. Please use the newest message about it."
    assert told == {"response_action": "errors", "errors": {"situation": said}}
    assert (night(desk).drafts[1].edition, str(night(desk).drafts[1].text_en)) == (2, "Mended.")


async def test_only_a_second_person_approves_and_only_what_they_read(desk: Desk) -> None:
    await desk.submit(JULIE, updates.DRAFT, **FILLED)
    for by in (JULIE, SAMIRA):
        await desk.press(by, updates.APPROVE, *FIRST)
    await desk.submit(JULIE, updates.EDIT, *FIRST, **EDITED)
    await desk.press(CLAIRE, updates.APPROVE, *FIRST)
    told = [each["text"] for each in await desk.heard(3)]
    assert [each.removeprefix("Corvane – ")[:20] for each in told] == [
        "A second person appr",
        "Texts for News are a",
        "Julie has edited thi",
    ]
    assert night(desk).drafts[1].stage is Stage.WAITING
    await desk.press(CLAIRE, updates.APPROVE, "1", "2")
    assert (night(desk).drafts[1].stage, night(desk).drafts[1].approved_by) == (Stage.APPROVED, "claire")


async def test_it_is_sent_back_with_a_reason_and_withdrawn(desk: Desk) -> None:
    await desk.submit(JULIE, updates.DRAFT, **FILLED)
    await desk.press(CLAIRE, updates.SEND_BACK, *FIRST)
    assert (await desk.form())["callback_id"] == updates.SEND_BACK
    assert (await desk.submit(CLAIRE, updates.SEND_BACK, *FIRST, reason=" "))["errors"] == {
        "reason": "Please give a reason, in a few words."
    }
    assert await desk.submit(CLAIRE, updates.SEND_BACK, *FIRST, reason="say since when") == {}
    assert (night(desk).drafts[1].stage, str(night(desk).drafts[1].reason)) == (Stage.SENT_BACK, "say since when")
    await desk.press(JULIE, updates.WITHDRAW, *FIRST)
    assert night(desk).drafts[1].stage is Stage.WITHDRAWN


@pytest.mark.parametrize(("action", "stage"), [(updates.THERE, Stage.PUBLISHED), (updates.NOT_THERE, Stage.APPROVED)])
async def test_whoever_has_looked_says_so(desk: Desk, action: str, stage: Stage) -> None:
    await desk.submit(JULIE, updates.DRAFT, **FILLED)
    await desk.press(CLAIRE, updates.APPROVE, *FIRST)
    await say(desk.door, SLACK, ReportUpdate(1, "missing_scope", is_unsure=True))
    await desk.press(JULIE, action, *FIRST)
    assert night(desk).drafts[1].stage is stage


@pytest.mark.parametrize("names", [(), ("9", "1"), ("x", "1"), ("1",), ("1", "x")])
async def test_a_button_that_leads_nowhere_says_so(desk: Desk, names: tuple[str, ...]) -> None:
    await desk.submit(JULIE, updates.DRAFT, **FILLED)
    await desk.press(CLAIRE, updates.APPROVE, *names)
    assert "no longer leads anywhere" in (await desk.heard())[0]["text"]
