"""`/launch new`: from a name, a T-0 and people picked in Slack to a plan that reads, a launch, and a file to go on with."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.views import new
from launch.reading import read_plan
from tests.days import CLAIRE, SAMIRA, t
from tests.door.doors import Site, a_site, launch_in, until
from tests.slack.living import Living, lines, living

pytestmark = pytest.mark.slow

T0 = str(int(t(0).timestamp()))
FILLED = {
    "name": "Bascule d’été",
    "t0": T0,
    "commander": "UCLAIRE",
    "deputy": "UDANIEL",
    "role_1": "Base de données",
    "people_1": ["UINES", "UKEVIN"],
    "role_2": "Réseau",
    "people_2": ["USTRANGER"],
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path, t(-3 * 24 * 60))


@pytest.fixture
async def here(site: Site) -> AsyncIterator[Living]:
    """Claire is an admin of the workspace; nothing is planned."""
    door = site.door()
    door.start()
    async with living(site, door) as here:
        await here.open_home(CLAIRE)
        yield here
    door.stop()


async def asked(here: Living, word: str = "new") -> None:
    await here.desk("command", user=CLAIRE.user, channel=CLAIRE.user, command="/launch", text=word)
    await until(lambda: here.window(CLAIRE).get("callback_id") == new.NEW, "the form")


async def planned(here: Living, **more: Any) -> list[str]:
    """What is then read in the window."""
    answer = await here.submit(CLAIRE, **{**FILLED, **more})
    assert (answer["closed"], answer.get("errors")) == (False, None), answer
    return lines(here.window(CLAIRE)["blocks"])


async def test_it_yields_a_plan_that_reads_and_its_file(here: Living, site: Site) -> None:
    await asked(here)
    told = await planned(here)
    assert told[0] == "bascule-d-ete est prévu. Sa salle s’ouvrira et ses jalons seront posés à l’heure dite."
    assert told[-1] == "Dans le terminal, launchroom plan export bascule-d-ete écrit le fichier."
    launch = launch_in(here.door, "bascule-d-ete")
    plan = launch.plan
    assert (plan.t0, plan.language, plan.zone, plan.name.to("fr")) == (t(0), "fr", "Europe/Paris", "Bascule d’été")
    held = {role: [plan.people[person].slack for person in people] for role, people in plan.shifts[0].holders.items()}
    assert held == {"commander": ["UCLAIRE", "UDANIEL"], "base_de_donnees": ["UINES", "UKEVIN"], "reseau": ["USTRANGER"]}
    assert plan.people["stranger"].zone == "America/Toronto"
    shown = "\n".join(told)
    assert all(row in shown for row in str(launch.plan_source).splitlines())
    assert read_plan(str(launch.plan_source)).plan == plan
    assert site.rows("SELECT DISTINCT by FROM timeline WHERE kind = 'LaunchPlanned'") == [("UCLAIRE",)]


async def test_there_is_room_for_more_roles_and_what_was_filled_in_stays(here: Living) -> None:
    await asked(here, "nouveau")
    assert here.labels(CLAIRE) == ["Plus de rôles"]
    await here.press(CLAIRE, new.MORE, "modal")
    await until(lambda: len(here.window(CLAIRE)["blocks"]) == 4 + 2 * new.MANY, "more rows")
    await planned(here, role_6="Boutiques", people_6=["UJULIE"])
    assert set(launch_in(here.door, "bascule-d-ete").plan.roles) == {"commander", "base_de_donnees", "reseau", "boutiques"}


async def test_a_second_launch_of_that_name_has_a_key_of_its_own(here: Living) -> None:
    for key in ("bascule-d-ete", "bascule-d-ete-2"):
        await asked(here)
        assert (await planned(here))[0].startswith(f"{key} est prévu.")
        await here.desk("close-view", user=CLAIRE.user)


WRONG = [
    ({"t0": str(int(t(-4 * 24 * 60).timestamp()))}, "t0", "Le T-0 de ce plan est passé"),
    ({"people_2": []}, "people_2", "Indiquez les deux"),
    ({"role_2": ""}, "role_2", "Indiquez les deux"),
    ({"name": "   "}, "name", "Indiquez un nom"),
]


@pytest.mark.parametrize(("fields", "beside", "said"), WRONG)
async def test_what_is_missing_stands_beside_its_field(here: Living, fields: dict[str, Any], beside: str, said: str) -> None:
    await asked(here)
    errors = (await here.submit(CLAIRE, **{**FILLED, **fields}))["errors"]
    assert [(field, text[: len(said)]) for field, text in errors.items()] == [(beside, said)]
    assert here.door.launches(here.homes.team_id) == []


async def test_when_slack_does_not_say_who_that_is_nothing_is_lost(here: Living) -> None:
    await asked(here)
    await here.desk("fault", kind="error", method="users.info", error="internal_error")
    errors = (await here.submit(CLAIRE, **FILLED))["errors"]
    assert list(errors) == ["commander"]
    await here.desk("fault", kind="clear")
    assert (await planned(here))[0].startswith("bascule-d-ete est prévu.")


async def test_only_admins_begin_one(here: Living) -> None:
    await here.desk("command", user=SAMIRA.user, channel=SAMIRA.user, command="/launch", text="new")
    said = here.slack.workspace.ephemerals[-1]
    assert "LAUNCHROOM_ADMINS" in said["text"]
    assert here.window(SAMIRA) == {}
