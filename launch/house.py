"""What belongs to a workspace and not to one launch: the plans that were added, and the birth of launches from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from launch.messages import (
    HOUSE,
    Actor,
    AddPlan,
    AdminsNamed,
    ChangeMember,
    ChangePerson,
    Event,
    Fact,
    NameAdmins,
    PlanAdded,
    PlanLaunch,
    Refused,
    Then,
)
from launch.words import Words


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """The newest version of a plan, as its file was written."""

    plan: str
    version: int
    source: Words
    added_at: datetime

    @property
    def key(self) -> str:
        return self.plan


@dataclass(frozen=True, slots=True)
class House:
    """One per workspace; it is there before anything happened to it."""

    team_id: str
    last_at: datetime
    seq: int = 0
    id: str = HOUSE
    admins: tuple[str, ...] = ()
    plans: Mapping[str, PlanEntry] = field(default_factory=dict)


def add_plan(command: AddPlan, house: House, by: Actor, at: datetime) -> list[Event | Then]:
    """A new plan gives birth to its launch; a newer version revises a launch that has asked nobody yet, or is offered to it."""
    entry = house.plans.get(command.key)
    if entry and entry.source.text == command.source.text:
        raise Refused("same_plan", plan=command.key)
    version = entry.version + 1 if entry else 1
    return [PlanAdded(command.key, version, command.source), Then(PlanLaunch(version, command.plan, command.source), command.key)]


def change_person(command: ChangePerson, house: House, by: Actor, at: datetime) -> list[Event | Then]:
    """An account changed: every launch that knows it is told."""
    return [Then(ChangeMember(command.user, command.is_active, command.is_guest), key) for key in house.plans]


def name_admins(command: NameAdmins, house: House, by: Actor, at: datetime) -> list[Event | Then]:
    """Who may add plans in Slack, from here on."""
    users = tuple(sorted(command.users))
    return [] if users == house.admins else [AdminsNamed(users)]


def admins_named(house: House, fact: Fact, event: AdminsNamed) -> House:
    return replace(house, admins=event.users)


def added(house: House, fact: Fact, event: PlanAdded) -> House:
    entry = PlanEntry(event.key, event.version, event.source, fact.at)
    return replace(house, plans={**house.plans, event.key: entry})
