"""A plan changed on the day, through the real Bolt app: from the button over the difference to the disk, and to those whom it touches."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.plans import add_plan
from bot.views import changes, offer
from launch.birth import written
from launch.messages import SHELL, SLACK, Actor, CastVote, ChangePlan, SettleRoom
from launch.reading import read_plan
from launch.state import Answer, Launch
from tests.days import CLAIRE, JULIE, SAMIRA, TEAM, found_as, t, words
from tests.door.doors import Site, a_site, launch_in, say, until
from tests.slack.living import Living, lines, living

pytestmark = pytest.mark.slow

PLAN = """\
# The night.
launch:
  key: corvane
  name: Corvane
  language: en
  zone: Europe/Paris
  t0: 2027-03-16 04:30
  room: {opens: 2027-03-15 19:00}
people:
  claire:  {name: Claire, mail: claire@corvane.example, lang: en}
  daniel:  {name: Daniel, mail: daniel@corvane.example, lang: en}
  hugo:    {name: Hugo, mail: hugo@corvane.example, lang: en}
  samira:  {name: Samira, mail: samira@corvane.example, lang: fr}
  camille: {name: Camille, mail: camille@corvane.example, lang: en}
  theo:    {name: Théo, mail: theo@corvane.example, lang: en, zone: America/Toronto}
  julie:   {name: Julie, mail: julie@corvane.example, lang: en}
roles:
  commander:   {title: Launch manager, decides: true}
  application: {title: Application, blocking: true}
  comms:       {title: Communication}
shifts:
  - name: night
    from: 2027-03-15 18:00
    to: 2027-03-16 06:00
    commander: [claire, daniel]
    application: [samira, camille]    # on the console
    comms: [julie]
  - name: day
    from: 2027-03-16 06:00
    to: 2027-03-16 14:00
    commander: [hugo, claire]
    application: [theo, camille]
    comms: [julie]
checkpoints:
  - name: final
    at: T-45m    # before the switch
    answer: 10m
    ask: [[application, comms]]
    before: dns
  - {name: shops, at: 2027-03-16 08:45, answer: 15m, ask: [[application]]}
cutover:
  - {id: dns, do: Switch, owner: application, at: T-30m}
"""
PEOPLE = ("claire", "daniel", "hugo", "samira", "camille", "theo", "julie")
GO = Answer.GO


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path, t(-24 * 60))


@pytest.fixture
async def here(site: Site) -> AsyncIterator[Living]:
    """An hour before T-0; the room is open, everybody is known. Claire commands."""
    door = site.door()
    door.start()
    await add_plan(door, TEAM, PLAN, read_plan(PLAN))
    for person in PEOPLE:
        await say(door, SLACK, found_as(person))
    site.set_clock(t(-500))
    await say(door, SLACK, SettleRoom("C1"))
    site.set_clock(t(-60))
    await say(door, SLACK, None)
    async with living(site, door) as here:
        yield here
    door.stop()


def night(here: Living) -> Launch:
    return launch_in(here.door)


async def begin(here: Living, by: Actor = CLAIRE) -> None:
    """From the menu to the ways of changing the plan."""
    await here.desk("command", user=by.user, channel=by.user, command="/launch")
    said = here.slack.workspace.ephemerals[-1]
    await here.desk("interact", user=by.user, channel=by.user, messageTs=said["ts"], action=changes.CHANGE)
    await until(lambda: here.window(by), "the window")


async def choose(here: Living, action: str, callback: str) -> None:
    await here.press(CLAIRE, action, "modal")
    await until(lambda: here.window(CLAIRE).get("callback_id") == callback, "the form")


async def submitted(here: Living, **values: Any) -> list[str]:
    """What is then read in the window."""
    answer = await here.submit(CLAIRE, **values)
    assert (answer["closed"], answer.get("errors")) == (False, None), answer
    return lines(here.window(CLAIRE)["blocks"])


async def moved(here: Living, **values: Any) -> list[str]:
    """The difference, to be confirmed."""
    await begin(here)
    await choose(here, changes.MOVE, changes.MOVE)
    return await submitted(here, checkpoint="final", **values)


def notices(site: Site, about: str) -> dict[str | None, str]:
    """What was said of it, by whom it was said to (None is the room)."""
    rows = site.rows("SELECT person, body FROM outbox WHERE kind = 'notice' ORDER BY id")
    told = [(person, plain(json.loads(body)["text"])) for person, body in rows]
    return {person: text for person, text in told if about in text}


def plain(text: str) -> str:
    return re.sub(r"<!date\^\d+\^[^|]+\|([^>]*)>", r"\1", text)


# --- a checkpoint is moved ---------------------------------------------------------------------------------------------


async def test_a_checkpoint_moved_by_minutes_is_asked_at_its_new_time(here: Living, site: Site) -> None:
    told = await moved(here, by_minutes="-10")
    assert told[:2] == ["What changes:", "• checkpoint final: T−55 min instead of T−45 min."]
    assert "• final is asked: Tuesday 16 March 03:35 (Paris) instead of Tuesday 16 March 03:45 (Paris)." in told
    assert "2 people are told in private, and the room." in told
    assert night(here).plan_version == 1
    assert (await submitted(here))[0] == "The plan is changed: this is version 2."
    assert str(night(here).plan_source) == PLAN.replace("at: T-45m ", "at: T-55m ")
    site.set_clock(t(-56))
    await say(here.door, SLACK, None)
    assert "final" not in night(here).polls
    site.set_clock(t(-55))
    await say(here.door, SLACK, None)
    assert night(here).polls["final"].opened_at == t(-55)


async def test_the_room_and_those_it_touches_are_told(here: Living, site: Site) -> None:
    await moved(here, to_time="T-50m")
    await submitted(here)
    room = notices(site, "changed the plan")
    assert room[None].splitlines() == ["Claire changed the plan (version 2):", "• checkpoint final: T−50 min instead of T−45 min."]
    assert room["julie"].splitlines() == ["Corvane: Claire changed the plan. For you:", "• checkpoint final: T−50 min instead of T−45 min."]
    assert set(notices(site, "Corvane")) >= {"samira"}
    assert set(room) == {None, "julie"}, "Samira reads French"


WRONG = [
    ({}, "to_time", "Please give minutes or a time"),
    ({"by_minutes": "5", "to_time": "05:00"}, "to_time", "Please give minutes or a time"),
    ({"by_minutes": "soon"}, "by_minutes", "Please give a whole number of minutes"),
    ({"to_time": "at dawn"}, "to_time", "This is no time of a plan"),
]


@pytest.mark.parametrize(("fields", "beside", "said"), WRONG)
async def test_what_is_no_time_stands_beside_its_field(here: Living, fields: dict[str, str], beside: str, said: str) -> None:
    await begin(here)
    await choose(here, changes.MOVE, changes.MOVE)
    errors = (await here.submit(CLAIRE, checkpoint="final", **fields))["errors"]
    assert [(field, text[: len(said)]) for field, text in errors.items()] == [(beside, said)]


async def test_a_change_that_makes_no_plan_is_told_with_its_mistakes(here: Living) -> None:
    told = await moved(here, to_time="T-10m")
    assert told[0].startswith("Nothing is changed. The plan would have 1 mistake:")
    assert "but “dns” begins 2027-03-16 04:00 Europe/Paris" in told[1]
    assert len(told) == 2, "no warning of those that were there before"
    assert "callback_id" not in here.window(CLAIRE) or not here.window(CLAIRE)["callback_id"]
    assert night(here).plan_version == 1


async def test_a_difference_of_an_older_plan_is_not_confirmed(here: Living) -> None:
    await moved(here, by_minutes="-15")
    newer = PLAN.replace("answer: 15m", "answer: 20m")
    plan = read_plan(newer).plan
    assert plan
    await say(here.door, CLAIRE, ChangePlan(1, words(written(plan)), words(newer)))
    told = await submitted(here)
    assert told[0].startswith("The plan has been changed meanwhile: version 2 is in use.")
    assert night(here).plan.checkpoints["final"].at.offset == t(-45) - t(0)


async def test_only_whoever_commands_changes_it_and_whoever_is_named_reads_it(here: Living) -> None:
    await here.desk("command", user=SAMIRA.user, channel=SAMIRA.user, command="/launch")
    said = here.slack.workspace.ephemerals[-1]
    actions = [each["action_id"] for block in said["blocks"] for each in block.get("elements", ()) if "action_id" in each]
    assert (changes.CHANGE in actions, changes.SHOW in actions) == (False, True)
    await here.desk("interact", user=SAMIRA.user, channel=SAMIRA.user, messageTs=said["ts"], action=changes.SHOW)
    told = await here.sees(SAMIRA, "# The night.")
    assert told[-1] == "Dans le terminal, launchroom plan export corvane écrit le fichier."
    assert [row for row in told if "on the console" in row] == ["    application: [samira, camille]    # on the console"]


# --- somebody is replaced, or added ------------------------------------------------------------------------------------


async def seat(here: Living, shift: str, role: str) -> None:
    await begin(here)
    await choose(here, changes.SEAT, changes.SEAT)
    await submitted(here, shift=shift, role=role)
    assert here.window(CLAIRE)["callback_id"] == changes.SWAP


async def test_somebody_replaced_at_night_gives_up_the_role_and_what_it_is_asked(here: Living, site: Site) -> None:
    site.set_clock(t(-44))
    await say(here.door, JULIE, CastVote("final", "comms", GO))
    await seat(here, "night", "application")
    told = await submitted(here, whom="samira", who="theo")
    assert told[1] == "• Application in the shift night: Théo, Camille instead of Samira, Camille."
    await submitted(here)
    launch = night(here)
    assert launch.duty["application"].person == "theo"
    assert ("final", 1, "application", "theo") in launch.asked
    assert [vote.person for vote in launch.votes.values()] == ["julie"]
    theirs = notices(site, "")
    assert "vous ne tenez plus Application dans l’équipe night" in theirs["samira"]
    assert "hold Application in the shift night, Monday 15 March 13:00 (Toronto)" in notices(site, "For you:")["theo"]
    assert "application: [theo, camille]    # on the console" in str(launch.plan_source)


async def test_somebody_from_outside_the_plan_is_added_with_what_slack_says(here: Living, site: Site) -> None:
    await seat(here, "night", "application")
    told = await submitted(here, whom="+", who_by_account="USTRANGER")
    assert told[1:3] == [
        "• Application in the shift night: Samira, Camille, stranger instead of Samira, Camille.",
        "• New: stranger, stranger.",
    ]
    await submitted(here)
    launch = night(here)
    person = launch.plan.people["stranger"]
    assert (person.slack, person.zone, person.language) == ("USTRANGER", "America/Toronto", "fr")
    assert launch.duty["application"].deputies == ("camille", "stranger")
    errands = site.rows("SELECT body FROM outbox WHERE kind = 'find_person' ORDER BY id DESC LIMIT 1")
    assert json.loads(errands[0][0])["slack"] == "USTRANGER"


async def test_one_person_has_to_be_named(here: Living) -> None:
    await seat(here, "night", "application")
    assert list((await here.submit(CLAIRE, whom="samira"))["errors"]) == ["who_by_account"]


# --- another file ------------------------------------------------------------------------------------------------------


async def given(here: Living, content: str) -> list[str]:
    await begin(here)
    await choose(here, changes.FILE, changes.FILE)
    return await submitted(here, file=[await here.upload(CLAIRE, content)])


async def test_another_file_keeps_the_answers_that_were_given(here: Living, site: Site) -> None:
    site.set_clock(t(-44))
    await say(here.door, SAMIRA, CastVote("final", "application", GO))
    told = await given(here, PLAN.replace("do: Switch", "do: Switch the address").replace("answer: 10m", "answer: 12m"))
    assert [row for row in told if row.startswith("•")] == [
        "• checkpoint final, time to answer: 12 min instead of 10 min.",
        "• step dns, what is done: Switch the address instead of Switch.",
    ]
    await submitted(here)
    launch = night(here)
    assert (launch.plan_version, launch.votes["final", 1, "application"].answer) == (2, GO)


async def test_what_has_happened_cannot_be_taken_out(here: Living, site: Site) -> None:
    site.set_clock(t(-44))
    await say(here.door, SLACK, None)
    without = re.sub(r"  - name: final\n(    .*\n)+", "", PLAN)
    told = await given(here, without)
    assert told[0].startswith("This launch has already had to do with final: that stays in the plan.")
    assert night(here).plan_version == 1


async def test_the_same_file_changes_nothing(here: Living) -> None:
    assert await given(here, PLAN + "# a remark\n") == ["Nothing in the plan would be different."]


# --- a plan that an admin hands in -------------------------------------------------------------------------------------


async def test_a_newer_plan_is_offered_and_taken_up(here: Living, site: Site) -> None:
    await here.open_home(CLAIRE)
    newer = PLAN.replace("answer: 15m", "answer: 20m")
    answer = await add_plan(here.door, TEAM, newer, read_plan(newer), SHELL)
    assert (answer.refused, night(here).plan_version) == (None, 1)
    told = await here.reads(lambda: here.home(CLAIRE), "A newer plan waits for you: 1 difference.")
    assert told
    await here.press(CLAIRE, offer.TAKE)
    await until(lambda: night(here).plan_version == 2, "the newer plan")
    assert (night(here).offers[1].taken_by, str(night(here).plan_source)) == ("claire", newer)
    assert set(notices(site, "changed the plan")) >= {None}


async def test_an_admin_is_told_that_it_is_offered(here: Living) -> None:
    await here.open_home(CLAIRE)
    await here.press(CLAIRE, "plan.add")
    await until(lambda: here.window(CLAIRE).get("callback_id") == "plan.add", "the form")
    told = await submitted(here, file=[await here.upload(CLAIRE, PLAN.replace("answer: 15m", "answer: 20m"))])
    assert told[0].startswith("corvane is under way: Claire now sees what would change")
