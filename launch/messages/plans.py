"""The plan of a launch: its birth from one, and the change to another."""

from dataclasses import dataclass

from launch.messages.base import Command, Event
from launch.words import Words


@dataclass(frozen=True, slots=True)
class PlanLaunch(Command):
    """`plan` is the canonical JSON of a `Plan`, `source` the file that it was read from."""

    version: int
    plan: Words
    source: Words | None = None


@dataclass(frozen=True, slots=True)
class LaunchPlanned(Event):
    team_id: str
    id: str
    version: int
    plan: Words
    source: Words | None = None


@dataclass(frozen=True, slots=True)
class ChangePlan(Command):
    """Whoever commands has seen the difference and confirmed it. `base` is the version that they saw it against."""

    base: int
    plan: Words
    source: Words


@dataclass(frozen=True, slots=True)
class PlanRevised(Event):
    """`changes` are what differs from the version before, as JSON: it holds names. `person` confirmed them on the day."""

    version: int
    plan: Words
    source: Words | None = None
    person: str | None = None
    changes: Words | None = None


@dataclass(frozen=True, slots=True)
class PlanOffered(Event):
    """A newer plan was handed in while the launch is under way: whoever commands takes it up, or leaves it."""

    number: int
    plan: Words
    source: Words


@dataclass(frozen=True, slots=True)
class TakeOffer(Command):
    """`base` is the version of the plan that the difference was shown against."""

    number: int
    base: int


@dataclass(frozen=True, slots=True)
class OfferTaken(Event):
    number: int
    person: str


@dataclass(frozen=True, slots=True)
class LeaveOffer(Command):
    number: int


@dataclass(frozen=True, slots=True)
class OfferLeft(Event):
    """`person` is None when a newer offer took its place."""

    number: int
    person: str | None
