"""`launchroom do`: what the admin's shell does for people who are not in Slack, and what it shows, on a real database."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.doing import WORDS, do, plain
from bot.settings import HouseSettings
from bot.views import doing as view
from bot.views.locale import Reader
from launch.birth import written
from launch.messages import CLOCK, SLACK, ChangePlan, SettleRoom
from launch.plan import Limits
from launch.state import Answer, Decision, Launch, Reached, Stage
from storage import workspaces
from tests.days import CLAIRE, DAY, JULIE, TEAM, a_launch, a_plan, an_update, minutes, t, words
from tests.door.doors import Site, a_site, bring_in, launch_in, opened, say
from tests.journeys.test_killed import BEFORE_TONIGHT, ROOM, example_day, is_settled, posted_twice, record

pytestmark = pytest.mark.slow

WE = {"team_id": TEAM, "name": "Corvane", "url": "https://corvane.slack.example", "bot_id": "B1", "bot_user_id": "UBOT"}
EN, FR = Reader("en", "Europe/Paris"), Reader("fr", "Europe/Paris")


@pytest.fixture
async def site(tmp_path: Path) -> Site:
    """Forty minutes before T-0 "final" waits for its answers; the room stands, and nobody serves the database."""
    site = a_site(tmp_path)
    async with opened(site.door(inline=True)) as door:
        await door.write(lambda tx: workspaces.save(tx, WE))
        await bring_in(door, a_plan(), a_plan(key="tills"))
        await say(door, SLACK, SettleRoom("C1"))
        site.set_clock(t(-40))
        await say(door, CLOCK, None)
    return site


async def type_in(site: Site, typed: str, person: str | None = None, language: str = "en", key: str = "corvane") -> tuple[str, bool]:
    settings = HouseSettings(LAUNCHROOM_DATABASE=site.database, LAUNCHROOM_CLOCK=str(site.hands), LAUNCHROOM_SYNCHRONOUS="NORMAL")
    return await do(settings, key, typed.split(" ") if typed else [], person, "fr" if language == "fr" else "en")


async def done(site: Site, typed: str, person: str) -> str:
    said, is_done = await type_in(site, typed, person)
    assert is_done, said
    return said


async def refused(site: Site, typed: str, person: str | None = None, language: str = "en") -> str:
    """The no; nothing was written."""
    before = site.record()
    said, is_done = await type_in(site, typed, person, language)
    assert (is_done, site.record()) == (False, before), said
    return said


async def state(site: Site) -> Launch:
    async with opened(site.door(inline=True)) as door:
        return launch_in(door)


def newest(site: Site) -> tuple[str, str | None]:
    """The kind and the actor of the last entry of the record."""
    (row,) = site.rows("SELECT kind, by FROM timeline WHERE launch_id = 'corvane' ORDER BY seq DESC LIMIT 1")
    return row[0], row[1]


# --- in somebody's name ------------------------------------------------------------------------------------------------


async def test_a_hold_is_theirs_and_the_record_says_that_the_shell_gave_it(site: Site) -> None:
    said = await done(site, "hold waiting for DNS", "claire")
    assert newest(site) == ("HoldCalled", "shell:UCLAIRE")
    hold = (await state(site)).hold
    assert hold
    assert (hold.by, str(hold.reason)) == ("claire", "waiting for DNS")
    first, *rest = said.splitlines()
    assert first == "Done in the name of Claire. How things stand now:"
    assert any("waiting for DNS" in each for each in rest)
    await done(site, "reprendre", "claire@corvane.example")
    assert newest(site) == ("HoldEnded", "shell:UCLAIRE")


@pytest.mark.parametrize("name", ["ines", "INES", "Ines", "ines@corvane.example"])
async def test_a_person_is_named_by_key_name_or_mail(site: Site, name: str) -> None:
    await done(site, "go final bdd", name)
    assert (await state(site)).votes["final", 1, "database"].person == "ines"


async def test_answers_outcome_and_decision_on_the_phone(site: Site) -> None:
    await done(site, "go FINAL application", "samira")
    assert await refused(site, "no-go final database", "ines") == "Please give a reason, in a few words."
    await done(site, "no-go final db restore test is red", "ines")
    await done(site, "go final comms", "julie")
    vote = (await state(site)).votes["final", 1, "database"]
    assert (vote.answer, str(vote.reason)) == (Answer.NO_GO, "restore test is red")
    assert await refused(site, "proceed final", "claire") == view.incomplete("proceed", EN)
    await done(site, "hold-at final the restore runs again", "claire")
    launch = await state(site)
    assert launch.hold
    assert (launch.polls["final"].decision, launch.hold.limit) == (Decision.HOLD, launch.plan.limits.hold)
    await done(site, "continuer final restored by hand", "claire")
    assert (await state(site)).polls["final"].decision is Decision.PROCEED
    await done(site, "reposer final", "claire")
    assert (await state(site)).polls["final"].round == 2


async def test_what_was_spoken_and_a_question_of_ones_own(site: Site) -> None:
    assert await refused(site, "record final app perhaps", "claire") == view.incomplete("record", EN)
    assert await refused(site, "record final app no-go", "claire") == "Please give a reason, in a few words."
    await done(site, "record final app condition if the cache is warm", "claire")
    vote = (await state(site)).votes["final", 1, "application"]
    assert (vote.answer, vote.person, vote.recorded_by, str(vote.reason)) == (
        Answer.CONDITION, "samira", "claire", "if the cache is warm",
    )  # fmt: skip
    await done(site, "question app,qa 5 Is the cache warm?", "claire")
    asked = (await state(site)).questions["question_1"]
    assert (asked.roles, str(asked.words)) == (("application", "qa"), "Is the cache warm?")


async def test_a_hold_is_prolonged_and_the_launch_turned_back(site: Site) -> None:
    await done(site, "hold waiting for DNS", "ines")
    assert await refused(site, "extend soon nearly there", "claire") == "Please give a whole number of minutes, from 1 to 1440."
    await done(site, "prolonger 15 nearly there", "claire")
    assert newest(site) == ("HoldExtended", "shell:UCLAIRE")
    assert "T stands still since" in await refused(site, "live", "claire")
    assert await refused(site, "roll-back", "claire") == "Please give a reason, in a few words."
    await done(site, "retour-arrière data is corrupt", "claire")
    assert str((await state(site)).milestones[Reached.TURNED_BACK].reason) == "data is corrupt"


async def test_a_page_is_called_passed_taken_and_resolved_by_its_number(site: Site) -> None:
    said = await done(site, "page app errors rising", "ines")
    assert "Samira" in said
    assert "PAGE 1: " in (await type_in(site, ""))[0]
    await done(site, "pass 1", "samira")
    await done(site, "take 1", "camille")
    assert (await done(site, "take 1", "camille")).startswith("Nothing had to be done")
    await done(site, "resolve 1", "camille")
    page = (await state(site)).pages[1]
    assert (page.holder, page.resolved_by) == ("camille", "camille")
    assert await refused(site, "take 7", "camille") == "There is no number 7, and none is open."


async def test_a_problem_is_reported_taken_and_closed_by_its_number(site: Site) -> None:
    said = await done(site, "problème total customers logins fail", "ines")
    assert said.startswith("Problem 1 is in the log.")
    assert "PROBLEM 1: 🔴 logins fail" in (await type_in(site, ""))[0]
    await done(site, "have 1", "samira")
    await done(site, "impact 1 partial", "samira")
    await done(site, "more-time 1 30", "claire")
    await done(site, "solved 1 the certificate was renewed", "samira")
    row = (await state(site)).problems[1]
    assert (row.by, row.holder, row.impact, str(row.outcome)) == ("ines", "samira", "partial", "the certificate was renewed")
    assert await refused(site, "problem huge customers logins fail", "ines") == view.incomplete("problem", EN)
    assert await refused(site, "more-time 1 soon", "claire") == "Please give a whole number of minutes, from 1 to 1440."


async def test_a_handover_is_accepted_by_its_role(site: Site) -> None:
    assert "No handover of Application" in await refused(site, "accept app", "theo")
    site.set_clock(DAY)
    await done(site, "accept app", "theo")
    assert (await state(site)).duty["application"].person == "theo"
    assert (await refused(site, "accept qa", "theo")).startswith("No handover of Qa")


async def test_a_text_is_read_before_its_edition_is_approved(site: Site) -> None:
    async with opened(site.door(inline=True)) as door:
        await say(door, JULIE, an_update())
    said = await refused(site, "approve 1", "claire")
    assert "Nous cherchons." in said
    assert "type 1 1 after the word" in said
    assert "edited this text since" in await refused(site, "approve 1 2", "claire")
    assert "never who wrote it" in await refused(site, "approve 1 1", "julie")
    assert await refused(site, "send-back 1 1", "claire") == "Please give a reason, in a few words."
    await done(site, "send-back 1 1 say until when", "claire")
    assert (await state(site)).drafts[1].stage is Stage.SENT_BACK
    assert await refused(site, "update we are back", "julie") == view.form_needed(EN)


async def test_notes_questions_and_the_end(site: Site) -> None:
    assert "Noted" in await done(site, "note the till in Lyon   works", "nadia")
    await done(site, "poser shops", "claire")
    assert "shops" in (await state(site)).polls
    await done(site, "close", "claire")
    assert "closed" in await refused(site, "resume", "claire")


# --- only looking ------------------------------------------------------------------------------------------------------


async def test_without_a_person_one_can_only_look_in_ones_own_language(site: Site) -> None:
    before = site.tables()
    standing, _ = await type_in(site, "")
    assert "T-0: Tuesday 16 March 04:30 (Paris)" in standing
    assert "Application · Samira" in (await type_in(site, "who app"))[0]
    asked, is_done = await type_in(site, "jalons", language="fr")
    assert is_done
    assert asked.splitlines()[1:] == ["final\u00a0: réponses en cours, jusqu’à 04:00 (Paris)", "shops\u00a0: mardi 16 mars 08:45 (Paris)"]
    assert (await type_in(site, "aide"))[1]
    assert not [each for each in (standing, asked) if "<" in each]
    assert site.tables() == before
    assert await refused(site, "hold waiting") == view.person_needed(EN)
    assert "Asked, 15 min to answer: Application (Samira), Comms (Julie)" in (await type_in(site, "checkpoint shops"))[0]
    assert await refused(site, "poser shops", language="fr") == view.person_needed(FR)


def test_tokens_of_slack_become_words() -> None:
    launch = replace(a_launch(), channel="C1")
    text = "At <!date^1805167800^{time}|x> in <#C1>, not <#C9>; <!date^1805167800^{date_short_pretty} {time}|x> &lt;&amp;lt;&gt;"
    assert plain(text, launch, EN) == "At 04:30 (Paris) in #lancement-corvane, not #C9; Tuesday 16 March 04:30 (Paris) <&lt;>"


# --- every no ----------------------------------------------------------------------------------------------------------


async def test_authority_is_theirs_and_the_no_is_that_of_slack(site: Site) -> None:
    assert "Only Commander or a deputy on duty may do that: now Claire, Daniel." in await refused(site, "resume", "samira")
    assert "comes from whoever is on duty" in await refused(site, "go final database", "samira")
    assert "vient de" in await refused(site, "go final database", "samira", "fr")


async def test_what_cannot_be_meant_is_told_with_what_could(site: Site) -> None:
    assert await refused(site, "hold", "claire") == "That is too little or too much. Accepted: hold REASON: T stands still"
    assert await refused(site, "go final", "samira") == view.incomplete("go", EN)
    assert await refused(site, "go final app looks fine", "samira") == view.incomplete("go", EN)
    assert await refused(site, "resume now", "claire") == view.incomplete("resume", EN)
    assert "There are: final, shops." in await refused(site, "go finale app", "samira")
    assert "shops is not asked yet" in await refused(site, "go shops app", "samira")
    assert "no role “till”" in await refused(site, "go final till", "samira")
    assert (await refused(site, "hodl", "claire")).startswith("“hodl” is not known here. Did you mean hold?")
    assert "“nobody”. It names: claire (Claire)" in await refused(site, "resume", "nobody")
    assert (await refused(site, "resume", "hotline")).startswith("Keyline hotline has no Slack account")


async def test_another_launch_and_another_place(site: Site, tmp_path: Path) -> None:
    assert await type_in(site, "", key="till") == ("There is no launch “till” here. There are: corvane, tills.", False)
    assert (await type_in(site, "open", "claire", key="tills"))[1]
    elsewhere = Site(tmp_path / "none.db", site.hands)
    said, is_done = await type_in(elsewhere, "")
    assert (is_done, elsewhere.database.exists()) == (False, False)
    assert str(elsewhere.database) in said


def test_every_word_has_its_usage_in_the_help() -> None:
    assert set(view.usage(EN)) == set(WORDS) - {""}
    assert {word for word in WORDS if word and view.meant(word) != word} == set()


async def test_the_command_itself(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAUNCHROOM_DATABASE", str(site.database))
    monkeypatch.setenv("LAUNCHROOM_CLOCK", str(site.hands))

    run = CliRunner()
    typed = "do corvane hold waiting for DNS --as claire --language fr".split()
    held = await asyncio.to_thread(run.invoke, app, typed)
    assert (held.exit_code, held.output.splitlines()[0]) == (0, "Fait au nom de Claire. Où en sont les choses\u00a0:")
    again = await asyncio.to_thread(run.invoke, app, ["do", "corvane", "hold", "once more", "--as", "claire"])
    assert again.exit_code == 1
    assert again.output.startswith("T stands still already")


# --- the plan as a file ------------------------------------------------------------------------------------------------


async def test_a_plan_comes_out_to_the_letter_and_with_what_was_changed_on_the_day(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAUNCHROOM_DATABASE", str(site.database))
    monkeypatch.setenv("LAUNCHROOM_CLOCK", str(site.hands))

    async def exported(*rest: str) -> Result:
        return await asyncio.to_thread(CliRunner().invoke, app, ["plan", "export", *rest])

    added = await exported("corvane")
    assert (added.exit_code, added.stdout) == (0, f"# the file of {written(a_plan())}")
    source = "\ufeff# moved at noon\r\nlaunch: é  # no line end"
    later = written(a_plan(limits=Limits(hold=minutes(50))))
    async with opened(site.door(inline=True)) as door:
        await say(door, CLAIRE, ChangePlan(launch_in(door).plan_version, words(later), words(source)))
    assert (await exported("corvane")).stdout_bytes == source.encode()
    file = site.database.with_name("plan.yaml")
    told = await exported("corvane", "-o", str(file), "--language", "fr")
    assert (told.exit_code, told.stdout) == (0, f"Le plan de corvane est maintenant dans {file}.\n")
    assert file.read_bytes() == source.encode()


async def test_a_plan_that_is_not_here_or_cannot_be_written_is_said(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAUNCHROOM_DATABASE", str(site.database))
    run = CliRunner()
    unknown = await asyncio.to_thread(run.invoke, app, ["plan", "export", "till"])
    assert (unknown.exit_code, unknown.stdout, unknown.stderr) == (1, "", "There is no launch “till” here. There are: corvane, tills.\n")
    nowhere = await asyncio.to_thread(run.invoke, app, ["plan", "export", "tills", "-o", str(site.database / "x.yaml")])
    assert (nowhere.exit_code, nowhere.stdout) == (1, "")
    monkeypatch.setenv("LAUNCHROOM_DATABASE", str(site.database.with_name("none.db")))
    assert "There is no database at" in (await asyncio.to_thread(run.invoke, app, ["plan", "export", "tills"])).stderr


# --- beside the running bot --------------------------------------------------------------------------------------------


@pytest.mark.journey
async def test_the_running_bot_posts_what_the_shell_did(tmp_path: Path) -> None:
    async with example_day(tmp_path) as here:
        await here.start_bot()
        await here.until(lambda: here.channel(ROOM), 60)
        await here.jump(BEFORE_TONIGHT)
        await here.until(lambda: record(here)[0].polls.get("tonight"), 60)
        settings = HouseSettings(LAUNCHROOM_DATABASE=here.home / "launchroom.db", LAUNCHROOM_CLOCK=here.surroundings["LAUNCHROOM_CLOCK"])
        said, is_done = await do(settings, "corvane-id", "hold waiting for DNS".split(), "lead_paris", "en")
        assert is_done, said
        await here.until(lambda: any("waiting for DNS" in text for text in here.texts(ROOM)))
        await here.until(lambda: is_settled(here), 60)
        assert posted_twice(here) == []
