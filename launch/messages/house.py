"""What may be asked of the house, and what happens to it: plans and people."""

from dataclasses import dataclass

from launch.messages.base import Command, Event
from launch.words import Words


@dataclass(frozen=True, slots=True)
class AddPlan(Command):
    """`source` is the file as written, `plan` the same as the canonical JSON of a `Plan`."""

    key: str
    source: Words
    plan: Words


@dataclass(frozen=True, slots=True)
class PlanAdded(Event):
    key: str
    version: int
    source: Words


@dataclass(frozen=True, slots=True)
class ChangePerson(Command):
    """Slack says that somebody's account changed."""

    user: str
    is_active: bool
    is_guest: bool


@dataclass(frozen=True, slots=True)
class NameAdmins(Command):
    """Who may add plans in Slack: user ids, as the settings or the workspace say."""

    users: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdminsNamed(Event):
    users: tuple[str, ...]
