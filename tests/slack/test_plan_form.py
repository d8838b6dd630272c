"""A plan added in Slack: by admins only, fetched from Slack and nowhere else, its mistakes read in the window."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from launch.messages import HOUSE, SHELL, NameAdmins
from tests.days import CLAIRE, SAMIRA, t
from tests.door.doors import Site, a_site, launch_in, say, until
from tests.slack.living import Living, lines, living

pytestmark = pytest.mark.slow

PLANS = Path(__file__).parents[1] / "plans"
SMALL, BROKEN = ((PLANS / name).read_text(encoding="utf-8") for name in ("small.yaml", "broken.yaml"))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return a_site(tmp_path, t(-24 * 60))


@pytest.fixture
async def here(site: Site) -> AsyncIterator[Living]:
    """Claire is an admin of the workspace; nothing is planned."""
    door = site.door()
    door.start()
    async with living(site, door) as here:
        await here.open_home(CLAIRE)
        yield here
    door.stop()


async def asked_for_a_file(here: Living) -> None:
    await here.press(CLAIRE, "plan.add")
    await until(lambda: here.window(CLAIRE).get("callback_id") == "plan.add", "the form")


async def hand_over(here: Living, content: str) -> list[str]:
    """What is then read in the window."""
    await asked_for_a_file(here)
    assert not (await here.submit(CLAIRE, file=[await here.upload(CLAIRE, content)]))["closed"]
    return lines(here.window(CLAIRE)["blocks"])


async def test_a_plan_is_added_by_whoever_handed_it_over(here: Living, site: Site) -> None:
    told = await hand_over(here, SMALL)
    assert told[0] == "small-1 est prévu. Sa salle s’ouvrira et ses jalons seront posés à l’heure dite."
    assert launch_in(here.door, "small-1").plan.name.to("fr") == "Petit lancement"
    assert site.rows("SELECT DISTINCT by FROM timeline WHERE kind IN ('PlanAdded', 'LaunchPlanned')") == [("UCLAIRE",)]
    assert here.labels(CLAIRE) == []


async def test_mistakes_are_read_in_the_window_each_with_its_line_and_another_file_can_be_chosen(here: Living, site: Site) -> None:
    told = await hand_over(here, BROKEN)
    assert told[0].startswith("Plan non ajouté. ")
    assert told[1].startswith("Ligne 3, launch.key")
    lists = [each["elements"][0]["elements"] for each in here.window(CLAIRE)["blocks"][1:5]]
    assert ([len(rows) for rows in lists], told[-1]) == ([10, 10, 10, 10], "Et 5 de plus.")
    assert site.rows("SELECT 1 FROM plans") == []
    await here.press(CLAIRE, "plan.add", "modal")
    await until(lambda: here.window(CLAIRE).get("callback_id") == "plan.add", "the form in the place of the list")
    assert not (await here.submit(CLAIRE, file=[await here.upload(CLAIRE, SMALL)]))["closed"]
    assert "small-1 est prévu." in str(lines(here.window(CLAIRE)["blocks"]))


async def test_what_is_no_plan_at_all_is_told_like_any_mistake(here: Living) -> None:
    told = await hand_over(here, "x" * 300_000)
    assert told[0] == "Plan non ajouté. 1 point à corriger ou à revoir\xa0:"
    assert "256" in told[1]


async def test_the_same_plan_again_is_a_no(here: Living) -> None:
    await hand_over(here, SMALL)
    await here.desk("close-view", user="UCLAIRE")
    told = await hand_over(here, SMALL)
    assert told[0].startswith("small-1 est déjà là")
    assert here.labels(CLAIRE) == ["Choisir un autre fichier…"]


async def test_whoever_is_no_admin_is_told_who_may(here: Living, site: Site) -> None:
    await here.open_home(SAMIRA)
    assert here.labels(SAMIRA, is_home=True) == []
    await asked_for_a_file(here)
    await say(here.door, SHELL, NameAdmins(("USAMIRA",)), HOUSE)
    await here.submit(CLAIRE, file=[await here.upload(CLAIRE, SMALL)])
    assert lines(here.window(CLAIRE)["blocks"])[0].startswith("Un plan est ajouté par les personnes que nomme LAUNCHROOM_ADMINS")
    await until(lambda: here.labels(SAMIRA, is_home=True) == ["Ajouter un plan…", "Nouveau lancement…"], "the button")
    assert site.rows("SELECT 1 FROM plans") == []


async def test_without_files_read_nothing_else_stops_and_it_is_said_how_else(here: Living) -> None:
    await here.desk("fault", kind="missing_scope", scope="files:read")
    await here.press(CLAIRE, "plan.add")
    told = await here.reads(lambda: here.home(CLAIRE), "Slack ne laisse pas le robot lire les fichiers")
    assert "launchroom plan add" in told[0]
    await here.desk("fault", kind="clear")
    await asked_for_a_file(here)
    file = await here.upload(CLAIRE, SMALL)
    await here.desk("fault", kind="missing_scope", scope="files:read")
    await here.submit(CLAIRE, file=[file])
    assert lines(here.window(CLAIRE)["blocks"])[0].startswith("Slack ne laisse pas le robot lire les fichiers")


async def test_a_file_that_does_not_come_through_can_be_handed_over_again(here: Living) -> None:
    await asked_for_a_file(here)
    file = await here.upload(CLAIRE, SMALL)
    await here.desk("fault", kind="error", method="files.info", error="internal_error")
    await here.submit(CLAIRE, file=[file])
    assert lines(here.window(CLAIRE)["blocks"])[0].startswith("Slack n’a pas remis le fichier")


async def test_while_the_disk_is_busy_the_window_says_so_and_the_outcome_follows(site: Site) -> None:
    door = site.door()
    door.start()
    async with living(site, door, patience=0.2) as here:
        await here.open_home(CLAIRE)
        await asked_for_a_file(here)
        file = await here.upload(CLAIRE, SMALL)
        with closing(sqlite3.connect(site.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert not (await here.submit(CLAIRE, file=[file]))["closed"]
            assert lines(here.window(CLAIRE)["blocks"])[0].startswith("C’est plus long que d’habitude.")
            other.execute("ROLLBACK")
        await here.sees(CLAIRE, "small-1 est prévu.")
    door.stop()


async def test_only_addresses_of_slack_get_the_token(here: Living) -> None:
    for address in ("http://127.0.0.1:1/files-pri/T1-F1/plan.yaml", "https://files.slack.com.evil.example/x", ""):
        with pytest.raises(Exception, match="foreign_file"):
            await here.homes.wire.fetch(address, 10)
