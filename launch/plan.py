"""The plan of a launch as one frozen value: who, when, which questions. `launch.reading` makes it from a file.

Instants are aware datetimes in UTC, durations are timedeltas; people and roles are named by their key in the plan.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Title:
    """A name written in the plan, in each language it was given in; `""` stands for a title that is the same in all."""

    words: Mapping[str, str]

    def to(self, language: str) -> str:
        """The title for a reader of `language`: their own, else the common one, else the first that was written."""
        return self.words.get(language) or self.words.get("") or next(iter(self.words.values()))


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is to happen: at an instant that never moves, or `offset` from T-0 and then moving with it."""

    at: datetime | None = None
    offset: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in the plan. `slack` is a user id written there; without it they are found by `mail`."""

    key: str
    name: str
    zone: str
    language: Language
    mail: str | None = None
    slack: str | None = None
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """What people are on the day. A no of a `blocking` role stops the launch; the one that `decides` commands it.

    `patience` is how long a page of this role rings at one person before the next; None for the usual time of the plan.
    """

    key: str
    title: Title
    blocking: bool = False
    decides: bool = False
    standby: bool = False
    aliases: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    patience: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """Who holds each role from `starts` until just before `ends`: primary first, then those who replace them."""

    name: str
    zone: str
    starts: datetime
    ends: datetime
    holders: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A question put to roles at a time: go or no-go? `before` names the step that must not begin undecided, `on` what to look at."""

    name: str
    at: Moment
    ask: tuple[str, ...]
    answer: timedelta
    before: str | None = None
    on: tuple[Title, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the cutover, as far as a checkpoint guards it."""

    id: str
    do: Title
    owner: str
    at: Moment


@dataclass(frozen=True, slots=True)
class Room:
    """The channel of the launch. `invite`: "all on duty", "on shift", or keys of roles."""

    opens: Moment
    visibility: Literal["private", "public"] = "private"
    invite: tuple[str, ...] = ("all on duty",)


@dataclass(frozen=True, slots=True)
class Bridge:
    """Where people talk while the launch runs: an address to open, a number to dial, a place to walk to."""

    video: str | None = None
    dial_in: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Something to have at hand: a runbook, a dashboard."""

    title: Title
    url: str


@dataclass(frozen=True, slots=True)
class Audience:
    """Readers of customer updates: in which languages, in which channel (an id, or a name without #), approved by which roles."""

    key: str
    title: Title
    approvers: tuple[str, ...]
    channel: str
    languages: tuple[Language, ...]

    @property
    def has_channel_id(self) -> bool:
        """Slack writes names in small letters and ids in capitals."""
        return self.channel.isupper()


@dataclass(frozen=True, slots=True)
class Limits:
    """How long things may last before the room asks: a hold; the silence after an answer was due (`grace`), at a page, of an approver."""

    hold: timedelta = timedelta(minutes=40)
    grace: timedelta = timedelta(minutes=2)
    page: timedelta = timedelta(minutes=3)
    approval: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything agreed before the day."""

    key: str
    name: Title
    language: Language
    zone: str
    t0: datetime
    room: Room
    people: Mapping[str, Person]
    roles: Mapping[str, Role]
    shifts: tuple[Shift, ...]
    checkpoints: Mapping[str, Checkpoint]
    cutover: Mapping[str, Step] = field(default_factory=dict)
    limits: Limits = Limits()
    kind: Literal["external", "internal"] = "external"
    observers: tuple[str, ...] = ()
    bridge: Bridge | None = None
    links: tuple[Link, ...] = ()
    audiences: Mapping[str, Audience] = field(default_factory=dict)

    @property
    def commander(self) -> str:
        """The key of the role that decides. The check proves that there is exactly one."""
        return next(role.key for role in self.roles.values() if role.decides)

    @property
    def commanders(self) -> frozenset[str]:
        """The people who hold the commanding role in some shift: the commander and the deputies."""
        return frozenset(person for shift in self.shifts for person in shift.holders.get(self.commander, ()))

    def role_named(self, word: str) -> str | None:
        """The role a person means by `word`: its key, an alias or a title, in any language and case."""
        wanted = word.strip().casefold()
        return next((role.key for role in self.roles.values() if wanted in role_words(role)), None)

    def named(self) -> Iterator[str]:
        """The people who hold any role in any shift, each once, in the order of the plan."""
        seen: dict[str, None] = {}
        for shift in self.shifts:
            for holders in shift.holders.values():
                seen.update(dict.fromkeys(holders))
        yield from seen


def role_words(role: Role) -> set[str]:
    """Every word by which a role may be called, folded for comparison."""
    return {word.casefold() for word in (role.key, *role.aliases, *role.title.words.values())}
