"""A launch on one page: one frozen value whose slices are flat maps of frozen rows. Only events change it.

Instants are aware datetimes in UTC. People are keyed as in the plan, their Slack user ids stand in `members`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from launch.plan import Checkpoint, Plan
from launch.state.checkpoints import *
from launch.state.checkpoints import Announced, Asked, Decider, Objection, Poll, Question, Vote
from launch.state.countdown import *
from launch.state.countdown import Hold, Milestone, Reached
from launch.state.paging import *
from launch.state.paging import Page, Ring
from launch.state.people import *
from launch.state.people import Duty, Handover, Lack, Member
from launch.state.plans import *
from launch.state.plans import Offer
from launch.state.problems import *
from launch.state.problems import Problem
from launch.state.updates import *
from launch.state.updates import Approval, Draft, Outlet
from launch.words import Words


class Status(StrEnum):
    """How far the launch is: its plan is loaded, its room is asked for, it stands, the launch is over."""

    PLANNED = "planned"
    OPENING = "opening"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Launch:
    """All there is to know about one launch. `t0` is when T-0 is expected now: each hold that ended has moved it, planned ones allowed for.

    `plan_source` is the file of the plan; None in a launch that was planned before its file was kept.
    """

    team_id: str
    id: str
    plan: Plan
    plan_words: Words
    plan_version: int
    status: Status
    t0: datetime
    born_at: datetime
    last_at: datetime
    seq: int = 0
    edge_at: datetime | None = None
    channel: str | None = None
    board: str | None = None
    closed_at: datetime | None = None
    plan_source: Words | None = None
    members: Mapping[str, Member] = field(default_factory=dict)
    duty: Mapping[str, Duty] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    announced: Mapping[str, Announced] = field(default_factory=dict)
    polls: Mapping[str, Poll] = field(default_factory=dict)
    asked: Mapping[tuple[str, int, str, str], Asked] = field(default_factory=dict)
    votes: Mapping[tuple[str, int, str], Vote] = field(default_factory=dict)
    objections: Mapping[tuple[str, int, str], Objection] = field(default_factory=dict)
    deciders: Mapping[tuple[str, int, str], Decider] = field(default_factory=dict)
    holds: Mapping[int, Hold] = field(default_factory=dict)
    milestones: Mapping[Reached, Milestone] = field(default_factory=dict)
    pages: Mapping[int, Page] = field(default_factory=dict)
    rings: Mapping[tuple[int, str], Ring] = field(default_factory=dict)
    handovers: Mapping[tuple[str, str], Handover] = field(default_factory=dict)
    drafts: Mapping[int, Draft] = field(default_factory=dict)
    approvals: Mapping[tuple[int, int, str], Approval] = field(default_factory=dict)
    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    problems: Mapping[int, Problem] = field(default_factory=dict)
    lacks: Mapping[str, Lack] = field(default_factory=dict)
    offers: Mapping[int, Offer] = field(default_factory=dict)

    @property
    def hold(self) -> Hold | None:
        """The hold that is running, if T stands still."""
        last = self.holds.get(len(self.holds))
        return last if last and last.ended_at is None else None

    @property
    def checkpoints(self) -> Mapping[str, Checkpoint]:
        """The questions of the plan, and those that were put on the day."""
        if not self.questions:
            return self.plan.checkpoints
        return {**self.plan.checkpoints, **{row.name: row.checkpoint for row in self.questions.values()}}

    def votes_of(self, poll: Poll) -> dict[str, Vote]:
        """The answers of this round by role, in the order the roles are asked."""
        keys = ((poll.checkpoint, poll.round, role) for role in self.checkpoints[poll.checkpoint].ask)
        return {key[2]: self.votes[key] for key in keys if key in self.votes}

    def silent(self, poll: Poll) -> list[str]:
        """The roles of the tiers asked so far that have not answered this round."""
        tiers = self.checkpoints[poll.checkpoint].tiers[: poll.tier + 1]
        return [role for tier in tiers for role in tier if (poll.checkpoint, poll.round, role) not in self.votes]

    def person_of(self, user: str | None) -> str | None:
        """The person of the plan behind a Slack user, if they are named and active."""
        return next((m.person for m in self.members.values() if m.user == user and m.is_active), None) if user else None


SLICES: dict[str, type] = {
    "members": Member,
    "duty": Duty,
    "questions": Question,
    "announced": Announced,
    "polls": Poll,
    "asked": Asked,
    "votes": Vote,
    "objections": Objection,
    "deciders": Decider,
    "holds": Hold,
    "milestones": Milestone,
    "pages": Page,
    "rings": Ring,
    "handovers": Handover,
    "drafts": Draft,
    "approvals": Approval,
    "outlets": Outlet,
    "problems": Problem,
    "lacks": Lack,
    "offers": Offer,
}
