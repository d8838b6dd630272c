"""What may be wrong with a set-up: each is planted in a house that is well, beside what the doctor has to say of it, and only that."""

import shutil
from collections.abc import Callable

from tests.doctor.houses import APP, ROOT, House

Plant = Callable[[House], None]
Trouble = list[tuple[str, str, str]]
"""Check, code and state of each."""


def user_token(house: House) -> None:
    house.said["SLACK_BOT_TOKEN"] = "xoxp-1-open-sesame"


def one_token_twice(house: House) -> None:
    house.said["SLACK_APP_TOKEN"] = house.said["SLACK_BOT_TOKEN"]


def no_token(house: House) -> None:
    del house.said["SLACK_BOT_TOKEN"]


def revoked(house: House) -> None:
    house.slack.faults.add({"kind": "error", "method": "auth.test", "error": "token_revoked"})


def mistyped(house: House) -> None:
    house.said["SLACK_APP_TOKEN"] = APP + "x"


def two_apps(house: House) -> None:
    house.slack.sockets.app_id = "A0OTHER"


def another_workspace(house: House) -> None:
    house.sql("UPDATE workspaces SET team_id = 'T0BEFORE', name = 'Corvane'")


def without(scope: str) -> Plant:
    def plant(house: House) -> None:
        house.slack.faults.add({"kind": "missing_scope", "scope": scope})

    return plant


def too_many(house: House) -> None:
    house.slack.faults.add({"kind": "too_many"})


def another_bot(house: House) -> None:
    house.slack.faults.add({"kind": "too_many", "others": 3})


def closed(house: House) -> None:
    """Rights would not stop a test that runs as root: what SQLite has to write beside the file cannot be made either way."""
    house.database.with_name("launchroom.db-wal").mkdir()


def damaged(house: House) -> None:
    house.database.write_bytes(b"not a database at all, " * 100)


def schema(revision: str) -> Plant:
    def plant(house: House) -> None:
        house.sql("UPDATE alembic_version SET version_num = ?", revision)

    return plant


def ahead(seconds: float) -> Plant:
    def plant(house: House) -> None:
        house.ahead = seconds

    return plant


def broken_plan(house: House) -> None:
    shutil.copy(ROOT / "tests" / "plans" / "broken.yaml", house.plans)


def lost_plan(house: House) -> None:
    (house.plans / "corvane.yaml").symlink_to(house.home / "moved away.yaml")


def no_plan(house: House) -> None:
    (house.plans / "small.yaml").unlink()


def directory_as_database(house: House) -> None:
    house.said["LAUNCHROOM_DATABASE"] = str(house.home)


def no_directory_of_plans(house: House) -> None:
    house.said["LAUNCHROOM_PLANS"] = str(house.home / "palns")


def misspelt(house: House) -> None:
    house.said["LAUNCHROOM_LANGAUGE"] = "fr"


def slack_down(house: House) -> None:
    house.slack.faults.add({"kind": "down"})


PLANTED: dict[str, tuple[Plant, Trouble]] = {
    "a user's token": (user_token, [("bot_token", "wrong_token", "bad")]),
    "one token in both places": (one_token_twice, [("app_token", "wrong_token", "bad")]),
    "no bot token": (no_token, [("bot_token", "no_token", "bad")]),
    "a revoked token": (revoked, [("bot_token", "token_refused", "bad")]),
    "a mistyped token": (mistyped, [("app_token", "token_refused", "bad")]),
    "tokens of two apps": (two_apps, [("one_app", "two_apps", "bad")]),
    "a database of another workspace": (another_workspace, [("workspace", "another_workspace", "bad")]),
    "a required scope": (without("groups:write"), [("scopes", "scope_missing", "bad")]),
    "an optional scope": (without("pins:write"), [("scopes", "scope_missing", "warning")]),
    "no socket left": (too_many, [("socket", "too_many_sockets", "bad")]),
    "another bot": (another_bot, [("others", "others_connected", "warning")]),
    "a database that cannot be written": (closed, [("database", "database_closed", "bad")]),
    "a damaged database": (damaged, [("database", "database_closed", "bad")]),
    "an older schema": (schema("0000"), [("database", "database_behind", "warning")]),
    "a newer schema": (schema("9999"), [("database", "database_newer", "bad")]),
    "a clock ahead": (ahead(20), [("clock", "clock_ahead", "warning")]),
    "a clock far behind": (ahead(-90), [("clock", "clock_behind", "bad")]),
    "a plan with mistakes": (broken_plan, [("plans", "plan_mistaken", "bad")]),
    "a plan that is not there": (lost_plan, [("plans", "plan_closed", "bad")]),
    "no plan at all": (no_plan, [("plans", "no_plans", "warning")]),
    "a directory for a database": (directory_as_database, [("settings", "setting_wrong", "bad")]),
    "a directory of plans that is not there": (no_directory_of_plans, [("settings", "setting_wrong", "bad")]),
    "a misspelt setting": (misspelt, [("settings", "setting_wrong", "bad")]),
    "Slack out of reach": (
        slack_down,
        [("bot_token", "slack_out_of_reach", "bad"), ("app_token", "slack_out_of_reach", "bad")],
    ),
}
