"""From a payload to the disk and back: the real Bolt app, the real door, and a Slack that writes down what it is told."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.slack.turn import as_typed
from launch.messages import SLACK, Actor, SettleRoom
from launch.plan import Title
from launch.state import Answer, Decision, Launch, Status
from tests.days import CLAIRE, HUGO, INES, JULIE, SAMIRA, STRANGER, a_plan, t
from tests.door.doors import Site, a_site, bring_in, launch_in, say
from tests.slack.people import PRIVATE, ROOM, Desk, a_desk

pytestmark = pytest.mark.slow

GO, NO_GO, PROCEED, HOLD, AGAIN = "checkpoint.go", "checkpoint.no_go", "decision.proceed", "decision.hold", "decision.ask_again"
SAMIRAS, INESS, JULIES, FINAL = ("final", "1", "application"), ("final", "1", "database"), ("final", "1", "comms"), ("final", "1")


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    """What was logged of the faults that a test makes on purpose."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path, t(-44))


@pytest.fixture
async def desk(site: Site) -> AsyncIterator[Desk]:
    """The night at 03:46 in Paris: the room is open and "final" is asked."""
    site.set_clock(t(-24 * 60))
    door = site.door()
    door.start()
    await bring_in(door, replace(a_plan(language="en"), people={k: replace(p, language="en") for k, p in a_plan().people.items()}))
    site.set_clock(t(-44))
    await say(door, SLACK, SettleRoom(ROOM))
    async with a_desk(door) as desk:
        yield desk
    door.stop()


def night(desk: Desk) -> Launch:
    return launch_in(desk.door)


def votes(desk: Desk) -> dict[str, Answer]:
    launch = night(desk)
    return {role: vote.answer for role, vote in launch.votes_of(launch.polls["final"]).items()}


def noes(site: Site) -> list[str]:
    """The codes of the requests that were refused, as they stand on disk."""
    return [code for (code,) in site.rows("SELECT code FROM seen WHERE code IS NOT NULL ORDER BY at")]


async def count(desk: Desk, *, is_go: bool = True) -> None:
    """Everybody answers."""
    await desk.press(SAMIRA, GO, *SAMIRAS)
    await desk.press(JULIE, GO, *JULIES)
    if is_go:
        await desk.press(INES, GO, *INESS)
    else:
        await desk.submit(INES, NO_GO, *INESS, reason="restore test is red")


# --- the answer --------------------------------------------------------------------------------------------------------


async def test_a_go_is_on_disk_when_it_is_acknowledged_and_costs_slack_no_call(desk: Desk, site: Site) -> None:
    await desk.press(SAMIRA, GO, *SAMIRAS)
    assert site.rows("SELECT role, answer FROM votes") == [("application", "go")]
    assert votes(desk) == {"application": Answer.GO}
    assert (desk.slack.calls, desk.slack.told) == ([], [])


async def test_a_no_go_asks_for_its_reason_first(desk: Desk) -> None:
    await desk.press(INES, NO_GO, *INESS)
    form = await desk.form()
    assert (form["title"]["text"], form["callback_id"]) == ("NO-GO: the reason", NO_GO)
    assert form["private_metadata"] == "corvane/final/1/database"
    assert votes(desk) == {}
    assert await desk.submit(INES, NO_GO, *INESS, reason=" restore test is red ") == {}
    assert votes(desk) == {"database": Answer.NO_GO}
    assert str(night(desk).votes["final", 1, "database"].reason) == "restore test is red"
    assert [name for name, _ in desk.slack.calls] == ["views.open"]


async def test_a_blank_reason_is_marked_in_the_form(desk: Desk) -> None:
    told = await desk.submit(INES, NO_GO, *INESS, reason="  ")
    assert told == {"response_action": "errors", "errors": {"reason": "Please give a reason, in a few words."}}
    assert votes(desk) == {}


@pytest.mark.parametrize(
    ("by", "code", "sentence"),
    [
        (SAMIRA, "not_your_vote", "Corvane – The answer for Database comes from whoever is on duty for it: now Ines."),
        (HUGO, "not_your_vote", "Corvane – The answer for Database comes from whoever is on duty for it: now Ines."),
        (STRANGER, "not_named", "Corvane – You are not named in the plan. You can look, with /launch who; those it names can act."),
    ],
)
@pytest.mark.parametrize("button", [GO, NO_GO])
async def test_whoever_is_not_asked_is_told_so_and_it_is_recorded(
    desk: Desk, site: Site, by: Actor, code: str, sentence: str, button: str
) -> None:
    await desk.press(by, button, *INESS)
    (told,) = await desk.heard()
    assert (told["response_type"], told["replace_original"], told["text"]) == ("ephemeral", False, sentence)
    assert (votes(desk), noes(site), desk.slack.opened()) == ({}, [code], [])


async def test_somebody_whose_account_is_gone_cannot_answer(desk: Desk, site: Site) -> None:
    assert await desk.tell("UINES", deleted=True) == {}
    await desk.press(INES, GO, *INESS)
    await desk.heard()
    assert (votes(desk), noes(site)) == ({}, ["not_named"])


async def test_a_button_of_an_earlier_round_does_not_answer_the_new_one(desk: Desk) -> None:
    await count(desk)
    await desk.press(CLAIRE, AGAIN, *FINAL)
    await desk.press(SAMIRA, GO, *SAMIRAS)
    (told,) = await desk.heard()
    assert told["text"] == "Corvane – final was asked again since. Please use the newest message about it."
    assert (night(desk).polls["final"].round, votes(desk)) == (2, {})


NOWHERE = [(GO, ()), (GO, ("final",)), (GO, ("nothing", "1", "qa")), (PROCEED, ("final",)), ("gone.button", ())]


@pytest.mark.parametrize(("action", "names"), NOWHERE)
async def test_a_button_that_leads_nowhere_says_so(desk: Desk, action: str, names: tuple[str, ...]) -> None:
    await desk.press(CLAIRE, action, *names)
    (told,) = await desk.heard()
    assert told["text"] == "Corvane – This button no longer leads anywhere. /launch shows what you can do now."


async def test_a_button_of_a_launch_that_there_is_not_says_so(desk: Desk) -> None:
    await desk.press(CLAIRE, GO, *SAMIRAS, key="other")
    assert (await desk.heard())[0]["text"] == "This button no longer leads anywhere. /launch shows what you can do now."


# --- the decision ------------------------------------------------------------------------------------------------------


async def test_with_the_outcome_the_commander_proceeds_at_once(desk: Desk) -> None:
    await count(desk)
    await desk.press(CLAIRE, PROCEED, *FINAL)
    assert night(desk).polls["final"].decision is Decision.PROCEED
    assert (desk.slack.calls, desk.slack.told) == ([], [])


async def test_against_the_outcome_only_with_a_reason(desk: Desk) -> None:
    await count(desk, is_go=False)
    await desk.press(CLAIRE, PROCEED, *FINAL)
    assert (await desk.form())["callback_id"] == PROCEED
    assert night(desk).polls["final"].decision is None
    assert await desk.submit(CLAIRE, PROCEED, *FINAL, reason="restored by hand") == {}
    assert night(desk).polls["final"].decision is Decision.PROCEED


async def test_a_hold_asks_for_reason_and_minutes(desk: Desk) -> None:
    await count(desk)
    await desk.press(CLAIRE, HOLD, *FINAL)
    form = await desk.form()
    assert [block["element"].get("initial_value") for block in form["blocks"]] == [None, "40"]
    told = await desk.submit(CLAIRE, HOLD, *FINAL, reason="look", minutes="a while")
    assert told == {"response_action": "errors", "errors": {"minutes": "Please give a whole number of minutes, from 1 to 1440."}}
    assert await desk.submit(CLAIRE, HOLD, *FINAL, reason="look", minutes="15") == {}
    hold = night(desk).hold
    assert hold
    assert (str(hold.reason), hold.limit.total_seconds()) == ("look", 900)


async def test_whoever_does_not_command_gets_no_form(desk: Desk) -> None:
    await count(desk)
    await desk.press(INES, HOLD, *FINAL)
    (told,) = await desk.heard()
    assert told["text"] == "Corvane – Only Commander or a deputy on duty may do that: now Claire, Daniel."
    assert desk.slack.opened() == []


async def test_a_form_that_is_refused_says_so_in_its_place(desk: Desk) -> None:
    told = await desk.submit(INES, HOLD, *FINAL, reason="look", minutes="5")
    assert told["response_action"] == "update"
    assert "Only Commander or a deputy on duty may do that" in str(told["view"]["blocks"])


async def test_a_form_that_does_not_open_is_told(desk: Desk) -> None:
    desk.slack.refuses["views.open"] = "expired_trigger_id"
    await desk.press(INES, NO_GO, *INESS)
    assert (await desk.heard())[0]["text"] == "The form could not be opened in time, and nothing changed. Please try once more."


# --- what is typed -----------------------------------------------------------------------------------------------------


async def test_the_bare_word_shows_the_menu_without_a_call(desk: Desk) -> None:
    text = await desk.type(SAMIRA, "")
    assert text.startswith("Corvane\nT-0: <!date^")
    assert text.endswith("You are on duty for: Application.")
    assert (desk.slack.calls, desk.slack.told) == ([], [])


async def test_hold_with_a_reason_stops_t_and_shows_how_things_stand(desk: Desk) -> None:
    text = await desk.type(INES, "hold waiting for &lt;DNS&gt; &amp; <@UCLAIRE|claire>")
    assert "hold by Ines, 40 min at most. Database has to see to it:\n“waiting for &lt;DNS&gt; &amp; @claire”" in text
    assert str(night(desk).holds[1].reason) == "waiting for <DNS> & @claire"


async def test_hold_without_a_reason_opens_the_form_for_those_who_may(desk: Desk, site: Site) -> None:
    assert await desk.type(INES, "pause") == ""
    assert (await desk.form())["callback_id"] == "clock.hold"
    assert await desk.type(JULIE, "hold") == ("Only whoever is on duty for a blocking role, or in command (Claire, Daniel), may do that.")
    assert night(desk).hold is None
    assert noes(site) == ["reason_needed", "only_blocking"]


async def test_resume_lets_t_run_again(desk: Desk) -> None:
    await desk.type(CLAIRE, "hold look")
    assert "T-0: <!date^" in await desk.type(CLAIRE, "reprendre")
    assert night(desk).hold is None


async def test_a_note_is_kept_and_said_so(desk: Desk, site: Site) -> None:
    assert await desk.type(JULIE, "note les caisses vont bien") == "Noted, and posted in the room."
    assert "NoteWritten" in site.record()
    assert await desk.type(JULIE, "note") == ""
    assert (await desk.form())["callback_id"] == "room.note"
    assert await desk.submit(JULIE, "room.note", reason="encore") == {}
    assert site.record().count("NoteWritten") == 2


async def test_a_checkpoint_is_shown_by_name_in_any_case_and_listed_without(desk: Desk) -> None:
    told = await desk.type(CLAIRE, "checkpoint")
    assert told.splitlines()[1:] == ["final: being answered, until 03:56 (Paris)", "shops: Tuesday 16 March 08:45 (Paris)"]
    assert "Asked, 15 min to answer: Application (Samira), Comms (Julie)" in await desk.type(CLAIRE, "jalon SHOPS")
    assert set(night(desk).polls) == {"final"}
    assert await desk.type(CLAIRE, "checkpoint shop") == "There is no checkpoint “shop” here. There are: final, shops."


async def test_who_takes_aliases_and_titles(desk: Desk) -> None:
    assert "Database · Ines; then Kevin · " in await desk.type(STRANGER, "qui BDD")
    assert (await desk.type(STRANGER, "who network")).startswith(
        "There is no role “network” here. There are: Commander, Application, Database"
    )


async def test_a_word_that_there_is_not_is_answered_with_the_nearest(desk: Desk) -> None:
    assert (await desk.type(SAMIRA, "hodl on")).startswith("/launch does not know “hodl”. Did you mean /launch hold?\n/launch: ")
    assert (await desk.type(SAMIRA, "aide")).startswith("/launch: how things stand")


async def test_without_a_launch_it_is_said_how_there_comes_to_be_one(site: Site) -> None:
    door = site.door()
    door.start()
    async with a_desk(door) as desk:
        assert (await desk.type(SAMIRA, "")).startswith("No launch is planned here.")
        assert (await desk.type(SAMIRA, "help")).startswith("/launch: how things stand")
    door.stop()


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("waiting for &lt;b&gt; &amp;amp; co", "waiting for <b> &amp; co"),
        ("ask <@U123|ana> in <#C1|ops> or <!here>, <!subteam^S1|@db>", "ask @ana in #ops or @here, @db"),
        ("see <https://x.example/a?b=1&amp;c|docs> <mailto:a@x.example|a@x.example>", "see docs a@x.example"),
        ("<@U123>", "@U123"),
    ],
)
def test_a_line_is_kept_as_it_was_typed(sent: str, typed: str) -> None:
    assert as_typed(sent) == typed


# --- menu buttons ------------------------------------------------------------------------------------------------------


async def test_a_menu_button_puts_the_new_menu_in_the_place_of_the_old(desk: Desk) -> None:
    await desk.type(CLAIRE, "hold look")
    await desk.press(CLAIRE, "clock.resume", is_menu=True)
    (told,) = await desk.heard()
    assert told["replace_original"] is True
    assert "T-0: " in told["text"]


async def test_the_menu_of_the_board_is_a_private_message_of_its_own(desk: Desk) -> None:
    await desk.press(SAMIRA, "menu.show")
    (told,) = await desk.heard()
    assert (told["replace_original"], told["response_type"]) == (False, "ephemeral")


SHOWN = [("help.show", "/launch: how"), ("roster.who", "On duty for Corvane:"), ("checkpoint.list", "The checkpoints of Corvane:")]


@pytest.mark.parametrize(("action", "begins"), SHOWN)
async def test_what_can_be_typed_can_be_pressed(desk: Desk, action: str, begins: str) -> None:
    await desk.press(SAMIRA, action, is_menu=True)
    assert (await desk.heard())[0]["text"].startswith(begins)


async def test_room_checkpoint_and_end_by_button(desk: Desk) -> None:
    await desk.press(CLAIRE, "checkpoint.ask_now", "shops", is_menu=True)
    assert "shops" in night(desk).polls
    await desk.press(CLAIRE, "room.open", is_menu=True)
    await desk.press(CLAIRE, "room.close", is_menu=True)
    assert night(desk).status is Status.CLOSED
    told = {each["text"].splitlines()[-1] for each in await desk.heard(3)}
    assert "Corvane – The room is open already." in told


# --- two launches ------------------------------------------------------------------------------------------------------


async def test_with_two_launches_the_room_tells_which_is_meant(desk: Desk) -> None:
    await bring_in(desk.door, a_plan(key="other", name=Title({"": "Another"}), language="en"))
    assert (await desk.type(CLAIRE, "hold look", channel=ROOM)).startswith("Corvane\n")
    assert launch_in(desk.door, "other").hold is None
    asked = await desk.type(CLAIRE, "hold look", channel=PRIVATE)
    assert asked.splitlines()[1:] == ["“look”", "Corvane", "Another"]
    bare = await desk.type(CLAIRE, "", channel=PRIVATE)
    assert bare.splitlines() == ["Which launch? Choose here, or type /launch in the room of the one you mean.", "Corvane", "Another"]
    await desk.press(CLAIRE, "menu.show", key="other", is_menu=True)
    assert (await desk.heard())[0]["text"].startswith("Another\n")


# --- twice, late, failed -----------------------------------------------------------------------------------------------


async def test_what_slack_delivers_twice_is_done_once(desk: Desk, site: Site) -> None:
    await desk.type(JULIE, "note once", trigger="7.7.a")
    assert await desk.type(JULIE, "note once", trigger="7.7.a") == "Noted, and posted in the room."
    assert site.record().count("NoteWritten") == 1


async def test_while_the_disk_is_busy_the_payload_is_acknowledged_and_the_answer_follows(site: Site, desk: Desk) -> None:
    async with a_desk(desk.door, patience=0.1) as hasty:
        with closing(sqlite3.connect(site.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await hasty.press(SAMIRA, GO, *INESS)
            assert (await hasty.type(JULIE, "note slowly")).startswith("This takes longer than usual.")
            written = asyncio.create_task(hasty.submit(INES, NO_GO, *INESS, reason="red"))
            assert (await written)["response_action"] == "update"
            assert hasty.slack.told == []
            other.execute("ROLLBACK")
        told = {each["text"] for each in await hasty.heard(2)}
    assert "Noted, and posted in the room." in told
    assert "Corvane – The answer for Database comes from whoever is on duty for it: now Ines." in told
    assert votes(desk) == {"database": Answer.NO_GO}


async def test_what_cannot_be_written_is_told_with_a_reference(desk: Desk, site: Site, logs: list[EventDict]) -> None:
    site.run("CREATE TRIGGER broken BEFORE INSERT ON seen BEGIN SELECT RAISE(ABORT, 'broken'); END")
    await desk.press(SAMIRA, GO, *SAMIRAS)
    (told,) = await desk.heard()
    sentence, _, reference = told["text"].rpartition(" ")
    assert sentence == "This failed on our side and changed nothing. Try again; if it fails again, tell whoever runs the bot:"
    assert [entry["reference"] for entry in logs if entry["event"] == "write_failed"] == [reference]
    assert votes(desk) == {}
    assert await desk.tell("UINES", deleted=True) is None, "an event that was not written is not acknowledged, so that it comes again"


# --- accounts ----------------------------------------------------------------------------------------------------------


async def test_a_changed_account_leaves_the_hook_and_the_secondary_takes_over(desk: Desk) -> None:
    assert await desk.tell("UINES", deleted=True) == {}
    assert night(desk).duty["database"].person == "kevin"
    assert await desk.tell("UINES", "Ev2", deleted=False) == {}
    assert night(desk).duty["database"].person == "ines"


async def test_profiles_that_change_without_a_change_for_us_do_not_reach_the_door(desk: Desk) -> None:
    commits = desk.door.commits
    assert await desk.tell("UINES", deleted=False, is_restricted=False) == {}
    assert await desk.tell("UNOBODY", "Ev2", deleted=True) == {}
    assert desk.door.commits == commits


async def test_events_that_were_not_asked_for_are_acknowledged(desk: Desk) -> None:
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev9", "event": {"type": "channel_rename", "channel": {"id": ROOM}}}
    assert await desk.send(body) == {}
