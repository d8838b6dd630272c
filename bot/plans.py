"""How a plan file becomes a launch: read, judged, and put through the door by an admin, at the shell or in Slack."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.door import Answer, Door
from bot.views.locale import Reader
from bot.views.people import name
from bot.views.plan import sentence
from bot.views.plans import offered
from bot.views.sentences import failure
from bot.views.sentences import sentence as refusal
from launch.authority import commanding
from launch.birth import written
from launch.messages import HOUSE, SHELL, Actor, AddPlan, PlanOffered
from launch.reading import Read, read_plan
from launch.words import Words

log = structlog.get_logger()
SUFFIXES = (".yaml", ".yml")
PAUSE = 30.0
"""Seconds between two looks at the directory of the settings."""
Stamp = tuple[int, int]
"""When a file was last written (ns), and how long it was: another one of these is another file."""
LARGEST = 256 * 1024
"""Bytes of a plan file that are looked at; one byte more is enough to say that it is too large."""


def read_file(path: Path) -> tuple[str, Read]:
    """A plan file and what it says. Raises OSError."""
    with path.open("rb") as file:
        return read_source(file.read(LARGEST + 1))


def read_source(source: bytes) -> tuple[str, Read]:
    """The same for what was in the file. It takes long enough to be done off the loop."""
    return source.decode("utf-8", errors="replace"), read_plan(source)


def plan_files(directory: Path) -> list[Path]:
    return sorted(path for path in directory.iterdir() if path.suffix in SUFFIXES)


def stamped(directory: Path) -> list[tuple[Path, Stamp]]:
    """The plan files of a directory that are there. Raises OSError."""
    told = ((path, path.stat()) for path in plan_files(directory) if path.is_file())
    return [(path, (stat.st_mtime_ns, stat.st_size)) for path, stat in told]


async def add_plan(door: Door, team_id: str, source: str, read: Read, by: Actor = SHELL, request_id: str | None = None) -> Answer:
    """Add a plan without mistakes; it gives birth to its launch, or revises one that has asked nobody yet."""
    if read.plan is None:
        raise ValueError("a plan with mistakes was not meant to come this far")
    salt = door.outside.new_salt
    command = AddPlan(read.plan.key, Words.typed(source, salt()), Words.typed(written(read.plan), salt()))
    return await door.perform(command, HOUSE, by, team_id, request_id)


@dataclass(slots=True)
class Directory:
    """The directory of the settings, looked at again and again. `taken` are its files as they were when they were last read."""

    door: Door
    team_id: str
    path: Path
    reader: Reader
    taken: dict[Path, Stamp] = field(default_factory=dict)
    is_lost: bool = False

    async def run(self, pause: float = PAUSE) -> None:
        """Look until cancelled, every `pause` seconds. A directory that cannot be read is told once, and looked for again."""
        while True:
            try:
                await self.look()
                self.is_lost = False
            except OSError as error:
                if not self.is_lost:
                    log.warning("plans_not_read", directory=str(self.path), error=str(error))
                self.is_lost = True
            await asyncio.sleep(pause)

    async def look(self) -> None:
        """Add every plan that is new or newer. One with mistakes is told, and the others are added all the same. Raises OSError."""
        for path, stamp in await asyncio.to_thread(stamped, self.path):
            if self.taken.get(path) != stamp and await self.take(path):
                self.taken[path] = stamp

    async def take(self, path: Path) -> bool:
        """Whether there is no need to look at this file again before it changes."""
        try:
            source, read = await asyncio.to_thread(read_file, path)
        except OSError as error:
            log.warning("plan_not_read", file=path.name, error=str(error))
            return True
        if read.plan is None:
            log.error("plan_has_mistakes", file=path.name, mistakes=list(sentences(read, self.reader)))
            return True
        answer = await add_plan(self.door, self.team_id, source, read)
        if answer.refused and answer.refused.code != "same_plan":
            log.warning("plan_not_added", file=path.name, code=answer.refused.code, **answer.refused.facts)
        return answer.failure is None


def sentences(read: Read, reader: Reader) -> Iterable[str]:
    """What was found in a plan, in the reader's language, in the order of its lines."""
    return (sentence(finding, reader) for finding in read.findings)


def commander_offered(door: Door, team_id: str, key: str, answer: Answer) -> str | None:
    """The name of whoever commands, if a plan that was added is theirs to take up; None when it was taken up at once, or refused."""
    launch = door.look(team_id, key)
    is_offered = any(isinstance(fact.event, PlanOffered) for fact in answer.facts)
    return name(launch.plan, commanding(launch)[0]) if launch and is_offered else None


def outcome_of_adding(answer: Answer, read: Read, reader: Reader, offered_to: str | None = None) -> str:
    """What became of a plan, for whoever added it. `offered_to` is who commands the launch, if it is under way."""
    if answer.refused:
        return refusal(answer.refused, None, reader)
    if answer.failure:
        return failure(answer.failure, reader)
    key = read.plan.key if read.plan else ""
    if offered_to:
        return offered(key, offered_to, reader)
    return reader._("{key} is planned. It opens its room and asks its checkpoints by the clock, as soon as the bot runs.").format(key=key)
