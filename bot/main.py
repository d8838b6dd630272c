"""The running bot, put together here and nowhere else: database, door, clock, wire, courier, sockets; and taken apart in order."""

import asyncio
import fcntl
import gc
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import structlog

from bot.admins import Admins
from bot.courier import Courier
from bot.door import Door
from bot.heart import Heart
from bot.homes import Homes
from bot.lanes import Lanes
from bot.outside import Outside, clock_from
from bot.plans import Directory, add_plan, commander_offered, outcome_of_adding, read_file
from bot.settings import HouseSettings, Settings, read_settings
from bot.shapes import Shapes
from bot.slack.app import slack_app
from bot.sockets import Sockets
from bot.ticker import Ticker
from bot.views.doing import no_database, no_such_launch
from bot.views.locale import Reader, load_catalogues
from bot.views.sentences import sentence
from bot.watchdog import Watchdog
from bot.wire import CallFailed, Identity, Wire
from launch.messages import Refused
from launch.plan import Language
from storage import workspaces
from storage.database import open_engine, upgrade

log = structlog.get_logger()
PAUSES = (1.0, 30.0)
"""Seconds between two attempts to reach Slack at the start: the first, and the longest."""


class AlreadyRunning(Exception):
    """Another process serves this database: two would each take the other's messages for lost."""


class SlackOutOfReach(Exception):
    """The shell needs to know the workspace, and neither the database nor Slack can tell."""


@dataclass(frozen=True, slots=True)
class Bot:
    """The parts that stand from the start to the end, whether Slack can be reached or not."""

    settings: Settings
    outside: Outside
    door: Door
    wire: Wire


async def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises AlreadyRunning."""
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    with alone(settings.database):
        async with standing(settings) as bot, asyncio.TaskGroup() as tasks:
            serving = tasks.create_task(serve(bot))
            watching = tasks.create_task(Watchdog(bot.door).run())
            await ended.wait()
            serving.cancel()
            watching.cancel()


@asynccontextmanager
async def standing(settings: Settings) -> AsyncIterator[Bot]:
    """What works without Slack: the database at its head, the door open, the clock ticking."""
    load_catalogues()
    calm_collector()
    settings.database.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database, settings.synchronous)
    upgrade(engine)
    outside = Outside(clock_from(settings.clock))
    door = Door(engine, outside)
    door.start()
    ticker, wire = Ticker(door, outside), Wire(settings.bot_token.get_secret_value(), settings.api_url)
    ticker.start()
    try:
        yield Bot(settings, outside, door, wire)
    finally:
        await ticker.stop()
        await wire.close()
        await asyncio.to_thread(door.stop)
        engine.dispose()


def calm_collector() -> None:
    """What is loaded by now stays until the end; the rest need not be looked through after every few hundred values."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


async def serve(bot: Bot) -> None:
    """Everything that speaks to Slack. It begins with what we knew of ourselves, so that Slack may be down at the start."""
    identity = await known(bot.door) or await introduced(bot)
    heart, shapes, lanes = Heart(bot.outside), Shapes(), Lanes(bot.settings.posts)
    courier = Courier(bot.door, bot.wire, bot.outside, identity, bot.settings.settle, lanes, heart, shapes)
    homes = Homes(bot.door, bot.wire, bot.outside, identity.team_id, bot.settings.language, heart=heart, shapes=shapes)
    admins = Admins(bot.door, bot.wire, identity.team_id, bot.settings.admins)
    app = slack_app(bot.door, bot.wire, bot.outside, identity, homes, admins)
    sockets = Sockets(app, bot.settings.app_token.get_secret_value(), bot.settings.api_url)
    heart.look_at = lambda: sockets.links
    courier.start()
    log.info("serving", team=identity.team_id)
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(courier.run())
            tasks.create_task(homes.run())
            tasks.create_task(admins.run())
            tasks.create_task(sockets.run())
            tasks.create_task(heart.run())
            tasks.create_task(take_plans(bot, identity))
            tasks.create_task(introduced(bot))
    finally:
        await sockets.close()
        homes.close()
        await courier.close()


async def known(door: Door) -> Identity | None:
    """Who we were in the workspace last time."""
    rows = await door.write(workspaces.load)
    return next((Identity(r["team_id"], r["name"], r["url"], r["bot_id"], r["bot_user_id"], frozenset()) for r in rows), None)


async def introduced(bot: Bot) -> Identity:
    """Who Slack says we are, once it can be reached; written down for the next start."""
    pause, longest = PAUSES
    while True:
        try:
            return await noted(bot.door, await bot.wire.identify())
        except CallFailed as failure:
            log.warning("slack_out_of_reach", outcome=failure.outcome, reason=str(failure), again_in=pause)
        await asyncio.sleep(pause)
        pause = min(longest, pause * 2)


async def noted(door: Door, identity: Identity) -> Identity:
    row = {"team_id": identity.team_id, "name": identity.team, "url": identity.url}
    row |= {"bot_id": identity.bot_id, "bot_user_id": identity.bot_user_id}
    await door.write(lambda tx: workspaces.save(tx, row))
    return identity


async def take_plans(bot: Bot, identity: Identity) -> None:
    """The plans of the directory in the settings, if there is one, now and whenever one of its files is newer."""
    if bot.settings.plans:
        await Directory(bot.door, identity.team_id, bot.settings.plans, Reader(bot.settings.language, "UTC")).run()


async def add_plan_file(settings: HouseSettings, file: Path, language: Language) -> tuple[str, bool]:
    """Add a plan from the shell, through a door of its own; what became of it as a sentence, and whether it was added.

    Raises SlackOutOfReach, or SettingsError when the workspace is unknown and the tokens to ask for it are missing.
    """
    with own_door(settings) as door:
        identity = await known(door) or await asked(door)
        source, read = read_file(file)
        answer = await add_plan(door, identity.team_id, source, read)
        offered_to = commander_offered(door, identity.team_id, read.plan.key, answer) if read.plan else None
    return outcome_of_adding(answer, read, Reader(language, "UTC"), offered_to), answer.facts != ()


async def plan_file(settings: HouseSettings, key: str, language: Language) -> tuple[str, bool]:
    """The file of a plan, with what was changed in it on the day, to the letter; or a sentence why there is none, and False."""
    reader = Reader(language, "UTC")
    if not settings.database.exists():
        return no_database(str(settings.database), reader), False
    with own_door(settings) as door:
        identity = await known(door)
        plans = door.plans(identity.team_id) if identity else {}
        launch = door.look(identity.team_id, key) if identity else None
    entry = plans.get(key)
    kept = (launch.plan_source if launch else None) or (entry.source if entry else None)
    if kept and kept.text is not None:
        return kept.text, True
    return no_such_launch(key, list(plans), reader) if plans else sentence(Refused("no_launch"), None, reader), False


@contextmanager
def own_door(settings: HouseSettings) -> Iterator[Door]:
    """A door for one request of the shell; the bot may have its own open at the same time."""
    settings.database.parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database, settings.synchronous)
    upgrade(engine)
    door = Door(engine, Outside(clock_from(settings.clock)), inline=True)
    door.start()
    try:
        yield door
    finally:
        door.stop()
        engine.dispose()


async def asked(door: Door) -> Identity:
    """Who we are, asked of Slack once, and written down."""
    settings = read_settings(Settings)
    wire = Wire(settings.bot_token.get_secret_value(), settings.api_url)
    try:
        return await noted(door, await wire.identify())
    except CallFailed as failure:
        raise SlackOutOfReach(f"Slack did not say which workspace this is: {failure}. Try again, or start the bot once.") from failure
    finally:
        await wire.close()


@contextmanager
def alone(database: Path) -> Iterator[None]:
    """Hold the lock of a database for as long as it is served. Raises AlreadyRunning."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_name(database.name + ".lock").open("w", encoding="utf-8") as file:
        lock(file)
        yield


def lock(file: TextIO) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        raise AlreadyRunning(f"{file.name} is held by another launchroom process") from held
