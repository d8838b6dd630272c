"""The demo: a plan played on its own day in a stand-in Slack. Writes what the stand-in needs, starts it, and it starts the bot."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.plans import read_file
from launch.plan import Moment, Plan
from launch.roster import edges

HOME = Path("var/demo")
BEFORE = timedelta(seconds=30)
"""The demo begins so long before the room opens, so that one sees it open."""
VISITOR = {"name": "visitor", "real_name": "Noé Visiteur", "email": "visitor@elsewhere.example", "tz": "Europe/Paris", "locale": "fr-FR"}
"""Somebody whom the plan does not name: may look, and is told so when they press a button."""
LOCALES = {"fr": "fr-FR", "en": "en-GB"}


def play(file: Path, port: int, keep: bool) -> int:
    """Play the plan in `file` until interrupted; the exit code of the stand-in."""
    _, read = read_file(file)
    if read.plan is None:
        sys.stderr.write(f"{file} has mistakes; launchroom check {file} tells them.\n")
        return 1
    if not keep:
        shutil.rmtree(HOME, ignore_errors=True)
    (HOME / "plans").mkdir(parents=True, exist_ok=True)
    shutil.copy(file, HOME / "plans")
    written("users.json", [*users(read.plan), VISITOR])
    written("moments.json", list(moments(read.plan)))
    sys.stdout.write(f"Launch Room demo: open http://127.0.0.1:{port} when the stand-in says it is ready. Ctrl-C ends it.\n")
    sys.stdout.flush()
    return subprocess.call(command(read.plan, port), env=os.environ | surroundings())


def written(name: str, value: object) -> None:
    (HOME / name).write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def users(plan: Plan) -> Iterator[dict[str, Any]]:
    """The people of the plan who are in Slack."""
    for person in plan.people.values():
        if person.mail:
            said = {"name": person.mail.partition("@")[0], "real_name": person.name, "email": person.mail, "tz": person.zone}
            yield {**said, "locale": LOCALES[person.language], "is_restricted": person.guest}


def moments(plan: Plan) -> Iterator[dict[str, Any]]:
    """Where the page offers to jump: a little before each thing that the clock brings."""
    found = [(instant(plan, plan.room.opens), {"fr": "avant l’ouverture de la salle", "en": "before the room opens"})]
    for point in plan.checkpoints.values():
        found.append((instant(plan, point.at), {"fr": f"avant le point « {point.name} »", "en": f"before checkpoint “{point.name}”"}))
    found += [(edge, {"fr": "avant un changement d’équipe", "en": "before a shift edge"}) for edge in edges(plan)]
    found.append((plan.t0, {"fr": "avant T-0", "en": "before T-0"}))
    for at, label in sorted(found, key=lambda pair: pair[0]):
        yield {"at": (at - BEFORE).isoformat(), "label": label}


def instant(plan: Plan, moment: Moment) -> datetime:
    """When a moment comes if nothing is held."""
    return moment.at or plan.t0 + (moment.offset or timedelta())


def command(plan: Plan, port: int) -> list[str]:
    bot = shlex.join([sys.executable, "-m", "bot.cli", "run"])
    where = ["--port", str(port), "--manifest", "manifests/slack_app.yaml", "--users", str(HOME / "users.json")]
    time = ["--moments", str(HOME / "moments.json"), "--clock", str(HOME / "clock.json"), "--start", (instant(plan, plan.room.opens) - BEFORE).isoformat(), "--speed", "1"]
    return [sys.executable, "-m", "sandbox", *where, *time, "--run", bot]


def surroundings() -> dict[str, str]:
    """What the bot is told beside Slack's address, its tokens and the clock, which the stand-in gives it."""
    return {
        "LAUNCHROOM_DATABASE": str(HOME / "launchroom.db"),
        "LAUNCHROOM_PLANS": str(HOME / "plans"),
        "LAUNCHROOM_SETTLE": "3",
        "LAUNCHROOM_LOG": "WARNING",
    }
