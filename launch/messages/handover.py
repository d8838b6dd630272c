"""Handover: a role passes from the outgoing to the incoming when the incoming accepts."""

from dataclasses import dataclass
from datetime import datetime

from launch.messages.base import Command, Event


@dataclass(frozen=True, slots=True)
class AnnounceHandovers(Command):
    """The edge is near: both sides of every role that changes hands are told."""

    edge: datetime


@dataclass(frozen=True, slots=True)
class HandoverAnnounced(Event):
    """`incoming` is None when nobody of the next shift can be asked."""

    role: str
    shift: str
    edge: datetime
    outgoing: str
    incoming: str | None


@dataclass(frozen=True, slots=True)
class RemindHandovers(Command):
    edge: datetime


@dataclass(frozen=True, slots=True)
class HandoversReminded(Event):
    """The roles that nobody had accepted by then."""

    edge: datetime
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AcceptHandover(Command):
    role: str
    shift: str


@dataclass(frozen=True, slots=True)
class HandoverAccepted(Event):
    role: str
    shift: str
    person: str


@dataclass(frozen=True, slots=True)
class PageLate(Command):
    """The shift is over and nobody has accepted."""

    role: str
    shift: str


@dataclass(frozen=True, slots=True)
class HandoverLate(Event):
    role: str
    shift: str
