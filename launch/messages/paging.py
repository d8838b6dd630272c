"""Paging: somebody for a role, now."""

from dataclasses import dataclass

from launch.messages.base import Command, Event
from launch.state import PageKind
from launch.words import Words


@dataclass(frozen=True, slots=True)
class CallPage(Command):
    role: str
    reason: Words


@dataclass(frozen=True, slots=True)
class PageCalled(Event):
    """`chain` is whom it may ring, in order; `person` called it, None when it was the clock; `shift` is the one handed over to."""

    number: int
    kind: PageKind
    role: str
    chain: tuple[str, ...]
    person: str | None = None
    reason: Words | None = None
    shift: str | None = None
    checkpoint: str | None = None


@dataclass(frozen=True, slots=True)
class PageRang(Event):
    """`level` is the place of the person in the chain."""

    page: int
    round: int
    level: int
    person: str


@dataclass(frozen=True, slots=True)
class Escalate(Command):
    """The one rung at this level of this round has had time enough."""

    page: int
    round: int
    level: int


@dataclass(frozen=True, slots=True)
class PageUnheard(Event):
    """A round went through the whole chain and nobody has it."""

    page: int
    round: int


@dataclass(frozen=True, slots=True)
class TakePage(Command):
    """I have it."""

    page: int


@dataclass(frozen=True, slots=True)
class PageTaken(Event):
    page: int
    person: str


@dataclass(frozen=True, slots=True)
class PassPage(Command):
    """I cannot: the next one, now."""

    page: int


@dataclass(frozen=True, slots=True)
class PagePassed(Event):
    page: int
    person: str


@dataclass(frozen=True, slots=True)
class ReportUndelivered(Command):
    """Slack would not take the page of a person; `error` is its word for why."""

    page: int
    person: str
    error: str


@dataclass(frozen=True, slots=True)
class PageUndelivered(Event):
    page: int
    person: str
    error: str


@dataclass(frozen=True, slots=True)
class ResolvePage(Command):
    page: int


@dataclass(frozen=True, slots=True)
class PageResolved(Event):
    page: int
    person: str
