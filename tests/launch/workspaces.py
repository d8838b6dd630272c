"""A workspace in memory: the house and its launches, as one door holds them. A refusal anywhere leaves all of it as it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from launch import game
from launch.authority import authorise
from launch.birth import written
from launch.house import House
from launch.messages import HOUSE, SHELL, SLACK, Actor, AddPlan, Command, Fact, PlanLaunch, Then
from launch.plan import Plan
from launch.state import Launch
from tests.days import BORN, TEAM, born, fold, found_as, play, wait, words


@dataclass(frozen=True)
class Workspace:
    house: House
    launches: Mapping[str, Launch] = field(default_factory=dict)


def a_workspace(*plans: Plan, at: datetime = BORN) -> Workspace:
    """A workspace to which these plans were added at `at`, and Slack has told who everybody is."""
    space = Workspace(House(TEAM, at))
    for plan in plans:
        space = give(space, at, SHELL, HOUSE, adding(plan))
        for person in plan.people.values():
            space = give(space, at, SLACK, plan.key, found_as(person.key, is_guest=person.guest))
    return space


def adding(plan: Plan) -> AddPlan:
    return AddPlan(plan.key, words(f"# the file of {written(plan)}"), words(written(plan)))


def give(space: Workspace, at: datetime, by: Actor, to: str, command: Command) -> Workspace:
    """One command to the house or to a launch, and all that follows from it."""
    if to != HOUSE:
        return with_launch(space, play(space.launches[to], [(at, by, command)]).launch)
    authorise(command, space.house, by)
    for event in game.decide(command, space.house, by, at):
        if isinstance(event, Then):
            space = with_launch(space, followed(space, at, by, event))
        else:
            house = game.evolve(space.house, Fact(space.house.seq + 1, at, by, event))
            assert isinstance(house, House)
            space = replace(space, house=house)
    return space


def with_launch(space: Workspace, launch: Launch) -> Workspace:
    return replace(space, launches={**space.launches, launch.id: launch})


def followed(space: Workspace, at: datetime, by: Actor, then: Then) -> Launch:
    """The launch after a command that the house sent on: it was authorised there."""
    command, launch = then.command, space.launches.get(then.launch_id)
    if launch is None:
        assert isinstance(command, PlanLaunch)
        return born(command, then.launch_id, at)
    day = wait(launch, at)
    if isinstance(command, PlanLaunch):
        return fold(day, at, by, game.bear(command, day.launch, by, at, TEAM, launch.id)).launch
    return fold(day, at, by, game.decide(command, day.launch, by, at)).launch
