"""How a launch comes to be from its plan, and how it stands under another one."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from launch.messages import Fact, LaunchPlanned, PlanRevised
from launch.plan import Person, Plan
from launch.roster import duty_at, edges
from launch.state import Duty, Launch, Status

PLANS = TypeAdapter(Plan)


def written(plan: Plan) -> str:
    """A plan as JSON, everything in the order of its file: what the record keeps of it."""
    return json.dumps(PLANS.dump_python(plan, mode="json"), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=64)
def plan_in(text: str) -> Plan:
    """The plan that `written` wrote, in this version or the one before."""
    raw = json.loads(text)
    return PLANS.validate_python(raw | {"checkpoints": {name: in_tiers(row) for name, row in raw["checkpoints"].items()}})


def in_tiers(checkpoint: Mapping[str, Any]) -> Mapping[str, Any]:
    """A checkpoint as it is written now; before there were tiers, it asked its roles at once and looked at mere titles."""
    if "tiers" in checkpoint:
        return checkpoint
    rest = {name: value for name, value in checkpoint.items() if name != "ask"}
    return rest | {"tiers": [checkpoint["ask"]], "on": [{"title": title} for title in checkpoint["on"]]}


def born(launch: Launch | None, fact: Fact, event: LaunchPlanned) -> Launch:
    """The first value of a launch: the roster of the plan is on the hook from the start."""
    plan = plan_in(str(event.plan))
    launch = Launch(event.team_id, event.id, plan, event.plan, event.version, Status.PLANNED, plan.t0, fact.at, fact.at)
    launch = replace(launch, edge_at=last_edge(plan, fact.at), plan_source=event.source)
    return replace(launch, duty={role: duty_at(launch, role, fact.at) for role in plan.roles})


def with_plan(launch: Launch, event: PlanRevised, at: datetime) -> Launch:
    """The launch under another plan: who left it leaves the members and the roles, who moved in it is looked up anew, T-0 moves with it."""
    plan = plan_in(str(event.plan))
    return replace(
        launch,
        plan=plan,
        plan_words=event.plan,
        plan_version=event.version,
        plan_source=event.source,
        t0=launch.t0 + (plan.t0 - launch.plan.t0),
        edge_at=last_edge(plan, at),
        members={key: row for key, row in launch.members.items() if is_same(launch.plan.people[key], plan.people.get(key))},
        duty={role: launch.duty.get(role) or Duty(role, None, (), None, at) for role in plan.roles},
    )


def is_same(before: Person, now: Person | None) -> bool:
    """Whether Slack would find the same account for both."""
    return now is not None and (before.slack, before.mail) == (now.slack, now.mail)


def last_edge(plan: Plan, at: datetime) -> datetime | None:
    """The shift edge that lies behind `at`, if any."""
    return next((edge for edge in reversed(edges(plan)) if edge <= at), None)
