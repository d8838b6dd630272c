"""What the doctor looks at on this machine: the database and its lock, the disk, the plan files."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.doctor.given import Given, not_looked
from bot.doctor.looks import Unseen
from bot.plans import plan_files, read_file
from bot.views.doctor import Finding
from storage import workspaces
from storage.database import open_engine, revision
from storage.migrations import HEAD

MB = 1_000_000
DISK_WARNING, DISK_BAD = 500 * MB, 50 * MB
DATABASE, PLANS = "LAUNCHROOM_DATABASE", "LAUNCHROOM_PLANS"


@dataclass(frozen=True, slots=True)
class Stock:
    """What the database said: the revision of its schema, and the workspaces it knows. None of both before the first start."""

    revision: str | None = None
    workspaces: list[dict[str, str]] = field(default_factory=list)


def look_at_database(file: Path) -> Stock | None:
    """None where there is none yet. Asks to write, and writes nothing; raises what SQLite has against it."""
    if not file.exists():
        return None
    engine = open_engine(file)
    try:
        found = revision(engine)
        with engine.begin() as tx:
            return Stock(found, workspaces.load(tx) if found else [])
    finally:
        engine.dispose()


def is_running(file: Path) -> bool:
    """Whether a bot holds the lock of this database; asked without taking part in who may hold it for longer than the question."""
    lock = file.with_name(file.name + ".lock")
    if not lock.exists():
        return False
    with lock.open(encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def database(told: Given, stock: Stock | Unseen | None) -> Iterator[Finding]:
    file = told.settings.database
    facts = {"file": str(file), "head": HEAD}
    if DATABASE in told.wrong:
        yield not_looked("database", DATABASE)
    elif isinstance(stock, Unseen):
        yield Finding("database", "database_closed", "bad", {**facts, "reason": stock.reason})
    elif stock is None:
        is_open = os.access(_nearest(file), os.W_OK | os.X_OK)
        yield Finding("database", "database_new" if is_open else "no_place", "good" if is_open else "bad", facts)
    elif stock.revision == HEAD:
        yield Finding("database", "database_fine", "good", facts)
    else:
        facts["found"] = stock.revision or "0"
        is_newer = facts["found"] > HEAD
        yield Finding("database", "database_newer" if is_newer else "database_behind", "bad" if is_newer else "warning", facts)


def bot(told: Given, running: bool | Unseen) -> Iterator[Finding]:
    if DATABASE in told.wrong:
        yield not_looked("bot", DATABASE)
    elif isinstance(running, Unseen):
        yield Finding("bot", "bot_unknown", "skipped", {"reason": running.reason})
    else:
        yield Finding("bot", "bot_runs" if running else "bot_rests", "good")


def disk(told: Given) -> Iterator[Finding]:
    if DATABASE in told.wrong:
        yield not_looked("disk", DATABASE)
        return
    place = _nearest(told.settings.database)
    yield room_on_disk(place, shutil.disk_usage(place).free)


def room_on_disk(place: Path, free: int) -> Finding:
    """`free` in bytes."""
    facts = {"directory": str(place), "free": str(free // MB)}
    if free >= DISK_WARNING:
        return Finding("disk", "disk_fine", "good", facts)
    return Finding("disk", "disk_low", "bad" if free < DISK_BAD else "warning", facts)


def plans(told: Given) -> Iterator[Finding]:
    directory = told.settings.plans
    if PLANS in told.wrong:
        yield not_looked("plans", PLANS)
    elif directory is None:
        yield Finding("plans", "no_directory", "good")
    elif not (files := plan_files(directory)):
        yield Finding("plans", "no_plans", "warning", {"directory": str(directory)})
    else:
        yield from map(_plan, files)


def _plan(file: Path) -> Finding:
    try:
        _, read = read_file(file)
    except OSError as error:
        return Finding("plans", "plan_closed", "bad", {"file": str(file), "reason": error.strerror or type(error).__name__})
    mistakes = sum(finding.severity == "error" for finding in read.findings)
    if mistakes:
        return Finding("plans", "plan_mistaken", "bad", {"file": str(file), "count": str(mistakes)})
    return Finding("plans", "plan_fine", "good", {"file": str(file)})


def _nearest(file: Path) -> Path:
    """The directory of the file, or the nearest above it that is there."""
    return next(place for place in file.resolve().parents if place.is_dir())
