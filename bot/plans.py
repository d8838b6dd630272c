"""How a plan file becomes a launch: read, judged, and put through the door by an admin, at the shell or in Slack."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import structlog

from bot.door import Answer, Door
from bot.views.locale import Reader
from bot.views.plan import sentence
from bot.views.sentences import failure
from bot.views.sentences import sentence as refusal
from launch.birth import written
from launch.messages import HOUSE, SHELL, Actor, AddPlan
from launch.reading import Read, read_plan
from launch.words import Words

log = structlog.get_logger()
SUFFIXES = (".yaml", ".yml")
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


async def add_plan(door: Door, team_id: str, source: str, read: Read, by: Actor = SHELL, request_id: str | None = None) -> Answer:
    """Add a plan without mistakes; it gives birth to its launch, or revises one that has asked nobody yet."""
    if read.plan is None:
        raise ValueError("a plan with mistakes was not meant to come this far")
    salt = door.outside.new_salt
    command = AddPlan(read.plan.key, Words.typed(source, salt()), Words.typed(written(read.plan), salt()))
    return await door.perform(command, HOUSE, by, team_id, request_id)


async def add_directory(door: Door, team_id: str, directory: Path, reader: Reader) -> None:
    """Add every plan of a directory that is new or newer. One with mistakes is told, and the others are added all the same."""
    for path in await asyncio.to_thread(plan_files, directory):
        source, read = await asyncio.to_thread(read_file, path)
        if read.plan is None:
            log.error("plan_has_mistakes", file=path.name, mistakes=list(sentences(read, reader)))
            continue
        answer = await add_plan(door, team_id, source, read)
        if answer.refused and answer.refused.code != "same_plan":
            log.warning("plan_not_added", file=path.name, code=answer.refused.code, **answer.refused.facts)


def sentences(read: Read, reader: Reader) -> Iterable[str]:
    """What was found in a plan, in the reader's language, in the order of its lines."""
    return (sentence(finding, reader) for finding in read.findings)


def outcome_of_adding(answer: Answer, read: Read, reader: Reader) -> str:
    """What became of a plan, for whoever added it."""
    if answer.refused:
        return refusal(answer.refused, None, reader)
    if answer.failure:
        return failure(answer.failure, reader)
    key = read.plan.key if read.plan else ""
    return reader._("{key} is planned. It opens its room and asks its checkpoints by the clock, as soon as the bot runs.").format(key=key)
