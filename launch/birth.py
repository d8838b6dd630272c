"""How a launch comes to be from its plan, and how a newer plan takes the place of the old one before anybody was asked."""

import json
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from pydantic import TypeAdapter

from launch.messages import Actor, Event, Fact, LaunchPlanned, PlanLaunch, PlanRevised, Refused
from launch.plan import Person, Plan
from launch.roster import duty_at, edges, moves
from launch.state import Launch, Status

PLANS = TypeAdapter(Plan)


def written(plan: Plan) -> str:
    """A plan as JSON, everything in the order of its file: what the record keeps of it."""
    return json.dumps(PLANS.dump_python(plan, mode="json"), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=64)
def plan_in(text: str) -> Plan:
    """The plan that `written` wrote."""
    return PLANS.validate_json(text)


def plan_launch(command: PlanLaunch, launch: Launch | None, by: Actor, at: datetime, team_id: str, key: str) -> list[Event]:
    """A launch is planned; a newer plan is taken up only while nothing has happened that stands on the old one."""
    plan = plan_in(str(command.plan))
    if plan.t0 <= at:
        raise Refused("t0_past", t0=plan.t0.isoformat())
    if launch is None:
        return [LaunchPlanned(team_id, key, command.version, command.plan)]
    if launch.status is not Status.PLANNED or launch.polls or launch.holds or launch.drafts:
        raise Refused("plan_in_use", plan=key)
    revised = PlanRevised(command.version, command.plan)
    return [revised, *moves(with_plan(launch, revised, at), at)]


def born(launch: Launch | None, fact: Fact, event: LaunchPlanned) -> Launch:
    """The first value of a launch: the roster of the plan is on the hook from the start."""
    plan = plan_in(str(event.plan))
    launch = Launch(event.team_id, event.id, plan, event.plan, event.version, Status.PLANNED, plan.t0, fact.at, fact.at)
    launch = replace(launch, edge_at=last_edge(plan, fact.at))
    return replace(launch, duty={role: duty_at(launch, role, fact.at) for role in plan.roles})


def revised(launch: Launch, fact: Fact, event: PlanRevised) -> Launch:
    return with_plan(launch, event, fact.at)


def with_plan(launch: Launch, event: PlanRevised, at: datetime) -> Launch:
    """The launch under its newer plan; who left it leaves the members and the roles, who moved in it is looked up anew."""
    plan = plan_in(str(event.plan))
    return replace(
        launch,
        plan=plan,
        plan_words=event.plan,
        plan_version=event.version,
        t0=plan.t0,
        edge_at=last_edge(plan, at),
        members={key: row for key, row in launch.members.items() if row.user and is_same(launch.plan.people[key], plan.people.get(key))},
        duty={key: row for key, row in launch.duty.items() if key in plan.roles},
    )


def is_same(before: Person, now: Person | None) -> bool:
    """Whether Slack would find the same account for both."""
    return now is not None and (before.slack, before.mail) == (now.slack, now.mail)


def last_edge(plan: Plan, at: datetime) -> datetime | None:
    """The shift edge that lies behind `at`, if any."""
    return next((edge for edge in reversed(edges(plan)) if edge <= at), None)
