"""The plan of a launch as one frozen value: who, when, which questions. `launch.reading` makes it from a file.

Instants are aware datetimes in UTC, durations are timedeltas; people and roles are named by their key in the plan.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
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
class Reach:
    """A way to reach somebody, `after` so long without an answer. What it needs, such as a number, stands in the secret of that name."""

    way: Literal["slack", "call", "sms", "push", "mail"]
    secret: str | None = None
    after: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in the plan. `slack` is a user id written there; without it they are found by `mail`. `reach` in the order to try."""

    key: str
    name: str
    zone: str
    language: Language
    mail: str | None = None
    slack: str | None = None
    guest: bool = False
    reach: tuple[Reach, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """What people are on the day. A no of a `blocking` role stops the launch; the one that `decides` commands it.

    `patience` is how long a page of this role rings at one person before the next; None for the usual time of the plan. Those on
    `standby`, in all shifts or in `standby_in`, know where the room is and are left in peace. A `scribe` may write down what others say.
    `levels` are the roles to which it passes on what it cannot solve itself, itself first.
    """

    key: str
    title: Title
    blocking: bool = False
    decides: bool = False
    standby: bool = False
    aliases: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    patience: timedelta | None = None
    standby_in: tuple[str, ...] = ()
    scribe: bool = False
    handover: Literal["full", "light"] = "full"
    levels: tuple[str, ...] = ()

    def is_on_standby(self, shift: str | None) -> bool:
        """Whether whoever holds it in that shift is left in peace."""
        return self.standby or shift in self.standby_in


@dataclass(frozen=True, slots=True)
class Shift:
    """Who holds each role from `starts` until just before `ends`: primary first, then those who replace them."""

    name: str
    zone: str
    starts: datetime
    ends: datetime
    holders: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Series:
    """A question that comes again: for the first time at the moment of its checkpoint, then `every` so often, until `last`."""

    every: timedelta
    last: Moment


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something to look at before answering: words, or the key of a criterion of the plan."""

    title: Title
    criterion: str | None = None


class CheckpointKind(StrEnum):
    """What a question is for: a gate lets something begin, a periodic one asks whether all may go on, an ad hoc one is put on the day."""

    GATE = "gate"
    PERIODIC = "periodic"
    AD_HOC = "ad_hoc"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A question put to roles at a time. `tiers` are asked in turn, each for `answer`; `before` names the step that waits for it."""

    name: str
    at: Moment
    tiers: tuple[tuple[str, ...], ...]
    answer: timedelta
    before: str | None = None
    on: tuple[Evidence, ...] = ()
    series: Series | None = None
    question: Title | None = None

    @property
    def ask(self) -> tuple[str, ...]:
        """All roles that are asked, in the order of the tiers."""
        return tuple(role for tier in self.tiers for role in tier)

    @property
    def kind(self) -> CheckpointKind:
        if self.question is not None:
            return CheckpointKind.AD_HOC
        return CheckpointKind.PERIODIC if self.series else CheckpointKind.GATE


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the cutover. `at` is when it begins by plan: as written, or reckoned from the likely ends of the steps it comes `after`.

    `check` is what proves it done, the key of a criterion or words. Roles in `beside` do it together with the `owner`.
    """

    id: str
    do: Title
    owner: str
    at: Moment
    after: tuple[str, ...] = ()
    likely: timedelta = timedelta()
    worst: timedelta = timedelta()
    irreversible: bool = False
    check: str | None = None
    beside: tuple[str, ...] = ()
    backup: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a number has to be for go, a hold, turning back: `hold="> 3 for 5m"`. `source` says where it is read, `every` how often."""

    key: str
    title: Title
    unit: Title | None = None
    source: str | None = None
    every: timedelta | None = None
    go: str | None = None
    hold: str | None = None
    rollback: str | None = None
    baseline: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedHold:
    """A hold that is part of the countdown: T stops at `at`, which is counted from T-0, for `lasts`. The hour of T-0 allows for it."""

    name: str
    at: Moment
    lasts: timedelta
    why: Title


@dataclass(frozen=True, slots=True)
class Cover:
    """The time in which no blocking role may be without somebody."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Room:
    """The channel of the launch. `invite`: "all on duty", "on shift", or keys of roles. `observers` is the channel of those who look on."""

    opens: Moment
    visibility: Literal["private", "public"] = "private"
    invite: tuple[str, ...] = ("all on duty",)
    observers: str | None = None


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


def is_channel_id(channel: str) -> bool:
    """Slack writes names in small letters and ids in capitals."""
    return channel.isupper()


@dataclass(frozen=True, slots=True)
class Audience:
    """Readers of customer updates: in which languages, in which channel (an id, or a name without #), approved by which roles."""

    key: str
    title: Title
    approvers: tuple[str, ...]
    channel: str
    languages: tuple[Language, ...]


Part = Literal[
    "t0", "people", "roles", "shifts", "holders", "checkpoints", "steps", "holds", "criteria", "limits", "room", "audiences", "other"
]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing in which a plan differs from the one before: `before` and `after` as the plan would write it, None where it is not there.

    `name` is the key of the entry, for holders "shift/role"; `field` the part of it, "" for the entry as a whole. `persons` are those for
    whom something is different now.
    """

    part: Part
    name: str
    field: str = ""
    before: str | None = None
    after: str | None = None
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How long things may last before the room asks.

    A hold; the silence after an answer was due (`grace`), at a page, of an approver; an outcome without a decision before a deputy is
    paged; a no or a condition that is not withdrawn; the duty of one person; a problem that touches all customers (`total`) or some.
    """

    hold: timedelta = timedelta(minutes=40)
    grace: timedelta = timedelta(minutes=3)
    page: timedelta = timedelta(minutes=3)
    approval: timedelta = timedelta(minutes=5)
    decision: timedelta = timedelta(minutes=5)
    condition: timedelta = timedelta(minutes=10)
    duty: timedelta = timedelta(hours=12)
    total: timedelta = timedelta(minutes=15)
    partial: timedelta = timedelta(minutes=45)


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
    criteria: Mapping[str, Criterion] = field(default_factory=dict)
    holds: Mapping[str, PlannedHold] = field(default_factory=dict)
    cover: Cover | None = None

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
