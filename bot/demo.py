"""The demo: a plan played on its own day in a stand-in Slack. Writes what the stand-in needs, starts it, and it starts the bot."""

import json
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from bot.plans import read_file
from launch.handover import FIRST
from launch.plan import Moment, Plan, is_channel_id
from launch.reading import read_plan
from launch.roster import edges

BEFORE = timedelta(seconds=30)
"""The demo begins so long before the room opens, so that one sees it open."""
VISITOR = {"name": "visitor", "real_name": "Noé Visiteur", "email": "visitor@elsewhere.example", "tz": "Europe/Paris", "locale": "fr-FR"}
"""Somebody whom the plan does not name: may look, and is told so when they press a button."""
LOCALES = {"fr": "fr-FR", "en": "en-GB"}


def play(file: Path, port: int, language: str | None = None) -> NoReturn:
    """Play the plan in `file`: this process becomes the stand-in. Exits with a sentence when there is nothing to play.

    With a `language`, everybody speaks it, whatever the plan says.
    """
    source, _ = read_file(file)
    if language:
        source = re.sub(r"\b(language|lang): *(fr|en)\b", rf"\1: {language}", source)
    read = read_plan(source)
    if read.plan is None:
        sys.exit(f"{file} has mistakes; launchroom check {file} tells them.")
    home = Path("var") / f"demo-{port}"
    shutil.rmtree(home, ignore_errors=True)
    (home / "plans").mkdir(parents=True)
    (home / "plans" / file.name).write_text(source, encoding="utf-8")
    write(home / "users.json", [*users(read.plan), VISITOR | ({"locale": LOCALES[language]} if language else {})])
    write(home / "channels.json", list(channels(read.plan)))
    write(home / "moments.json", list(moments(read.plan)))
    sys.stdout.write(f"Launch Room demo: open http://127.0.0.1:{port} when the stand-in says it is ready. Ctrl-C ends it.\n")
    sys.stdout.flush()
    os.execvpe(sys.executable, command(read.plan, port, home), os.environ | surroundings(home))  # noqa: S606 - signals then reach the stand-in itself


def write(file: Path, value: object) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def users(plan: Plan) -> Iterator[dict[str, Any]]:
    """The people of the plan who are in Slack."""
    for person in plan.people.values():
        if person.mail:
            said = {"name": person.mail.partition("@")[0], "real_name": person.name, "email": person.mail, "tz": person.zone}
            yield {**said, "locale": LOCALES[person.language], "is_restricted": person.guest}


def channels(plan: Plan) -> Iterator[dict[str, Any]]:
    """Where the audiences read, and those who look on: everybody in Slack looks in."""
    names = [user["name"] for user in users(plan) if not user["is_restricted"]]
    looked_at = [audience.channel for audience in plan.audiences.values()] + [plan.room.observers or ""]
    for channel in filter(None, looked_at):
        if not is_channel_id(channel):
            yield {"user": names[0], "name": channel, "members": names[1:]}


def moments(plan: Plan) -> Iterator[dict[str, Any]]:
    """Where the page offers to jump: a little before each thing that the clock brings."""
    found = [(instant(plan, plan.room.opens), {"fr": "avant l’ouverture de la salle", "en": "before the room opens"})]
    for point in plan.checkpoints.values():
        label = {"fr": f"avant le jalon « {point.name} »", "en": f"before checkpoint “{point.name}”"}
        found += [(instant(plan, point.at), label)]
    found += [(edge, {"fr": "avant un changement d’équipe", "en": "before a shift edge"}) for edge in edges(plan)]
    found += [(edge - FIRST, {"fr": "avant l’annonce d’une relève", "en": "before a handover is announced"}) for edge in edges(plan)]
    found.append((plan.t0, {"fr": "avant T-0", "en": "before T-0"}))
    for at, label in sorted(found, key=lambda pair: pair[0]):
        yield {"at": (at - BEFORE).isoformat(), "label": label}


def instant(plan: Plan, moment: Moment) -> datetime:
    """When a moment comes if nothing is held."""
    return moment.at or plan.t0 + (moment.offset or timedelta())


def command(plan: Plan, port: int, home: Path) -> list[str]:
    bot = shlex.join([sys.executable, "-m", "bot.cli", "run"])
    begins = instant(plan, plan.room.opens) - BEFORE
    files = {"users": "users.json", "channels": "channels.json", "moments": "moments.json", "clock": "clock.json"}
    options = {"port": port, "manifest": "manifests/slack_app.yaml", "start": begins.isoformat(), "run": bot}
    options |= {name: home / file for name, file in files.items()}
    return [sys.executable, "-m", "sandbox", *(word for name, value in options.items() for word in (f"--{name}", str(value)))]


def surroundings(home: Path) -> dict[str, str]:
    """What the bot is told beside Slack's address, its tokens and the clock, which the stand-in gives it."""
    return {
        "LAUNCHROOM_DATABASE": str(home / "launchroom.db"),
        "LAUNCHROOM_PLANS": str(home / "plans"),
        "LAUNCHROOM_SETTLE": "3",
        "LAUNCHROOM_LOG": "WARNING",
    }
