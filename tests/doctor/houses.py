"""A house in which all is well: the stand-in Slack, a .env file, a database that has served, a directory with a plan. Tests spoil it."""

import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.doctor import diagnose
from bot.doctor.given import given
from bot.outside import Reading, SystemClock
from bot.views.doctor import Finding
from sandbox.server import start
from sandbox.standin import StandIn
from sandbox.workspace import TEAM_ID
from storage import workspaces
from storage.database import open_engine, upgrade

ROOT = Path(__file__).parents[2]
BOT, APP = "xoxb-1-open-sesame", "xapp-1-A0SANDBOX-open-sesame"


class Ahead(SystemClock):
    """A machine whose clock is wrong by so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._off = timedelta(seconds=seconds)

    def read(self) -> Reading:
        true = super().read()
        return replace(true, now=true.now + self._off)


@dataclass(slots=True)
class House:
    slack: StandIn
    home: Path
    said: dict[str, str]
    """What stands in .env."""
    ahead: float = 0.0

    @property
    def database(self) -> Path:
        return self.home / "launchroom.db"

    @property
    def plans(self) -> Path:
        return self.home / "plans"

    def write(self) -> Path:
        file = self.home / ".env"
        file.write_text("".join(f"{name}={value}\n" for name, value in self.said.items()), encoding="utf-8")
        return file

    async def findings(self, seconds: float = 5.0) -> list[Finding]:
        return await diagnose(given(self.write()), Ahead(self.ahead), seconds)

    def sql(self, statement: str, *values: str) -> None:
        connection = sqlite3.connect(self.database)
        with connection:
            connection.execute(statement, values)
        connection.close()


@asynccontextmanager
async def a_house(home: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    for name in [name for name in os.environ if name.startswith(("SLACK_", "LAUNCHROOM_"))]:
        monkeypatch.delenv(name)
    async with start(manifest=ROOT / "manifests" / "slack_app.yaml", bot_token=BOT, app_token=APP) as slack:
        said = {
            "SLACK_BOT_TOKEN": BOT,
            "SLACK_APP_TOKEN": APP,
            "SLACK_API_URL": f"{slack.url}/api/",
            "LAUNCHROOM_DATABASE": str(home / "launchroom.db"),
            "LAUNCHROOM_PLANS": str(home / "plans"),
        }
        house = House(slack, home, said)
        house.plans.mkdir()
        shutil.copy(ROOT / "tests" / "plans" / "small.yaml", house.plans)
        shutil.copy(database, house.database)
        yield house


def served(database: Path) -> Path:
    """A database as a bot leaves it that has served in the stand-in's workspace."""
    engine = open_engine(database)
    upgrade(engine)
    row = {"team_id": TEAM_ID, "name": "Sandbox", "url": "https://sandbox.example/", "bot_id": "B1", "bot_user_id": "U1"}
    with engine.begin() as tx:
        workspaces.save(tx, row)
    engine.dispose()
    return database
