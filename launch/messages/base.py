"""What every feature's commands and events are made of, and the values that travel with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

HOUSE = "*"
"""The id of the one value per workspace that plans and people belong to; no launch key can be this."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. A person is their Slack user id; the voices are the clock, Slack's own answers, and the admin's shell.

    The shell may speak for a person, as when Slack is down and they gave their answer on the phone; the record says so.
    """

    kind: Literal["person", "clock", "slack", "shell"]
    user: str | None = None

    def __str__(self) -> str:
        return ":".join(filter(None, (self.kind if self.kind != "person" else None, self.user)))

    @classmethod
    def read(cls, text: str) -> "Actor":
        """The actor that was written as `text`."""
        kind, _, user = text.partition(":")
        match kind:
            case "clock" | "slack" | "shell":
                return cls(kind, user or None)
        return cls("person", text)


CLOCK = Actor("clock")
SLACK = Actor("slack")
SHELL = Actor("shell")


class Refused(Exception):
    """A no. `code` and `facts` become one sentence for the person; nothing has changed."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Command:
    """Something asked of a launch."""

    __slots__ = ()


class Event:
    """Something that happened to a launch."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Then:
    """A command that follows in the same transaction, already authorised by the decision that names it."""

    command: Command
    launch_id: str


@dataclass(frozen=True, slots=True)
class Fact:
    """An event with its place in the record. `due_at` is when the clock should have brought it about."""

    seq: int
    at: datetime
    by: Actor
    event: Event
    due_at: datetime | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something the clock will do: at the instant `at`; with `lasts`, after that much elapsed time instead."""

    key: str
    at: datetime
    command: Command
    lasts: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What the launch wants of a person now."""

    subject: str
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do in Slack once, besides cards and notices. `facts` are plain JSON."""

    kind: Literal["find_person", "find_channel", "create_room", "invite", "topic", "pin", "bookmark", "publish"]
    facts: Mapping[str, object] = field(default_factory=dict)
