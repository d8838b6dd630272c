"""A launch on one page: one frozen value whose slices are flat maps of frozen rows. Only events change it.

Instants are aware datetimes in UTC. People are keyed as in the plan, their Slack user ids stand in `members`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from launch.plan import Plan
from launch.words import Words


class Status(StrEnum):
    """How far the launch is: its plan is loaded, its room is asked for, it stands, the launch is over."""

    PLANNED = "planned"
    OPENING = "opening"
    OPEN = "open"
    CLOSED = "closed"


class Answer(StrEnum):
    """What a role says at a checkpoint. A role that says nothing counts as NO_GO, and its silence is told."""

    GO = "go"
    NO_GO = "no_go"


class Decision(StrEnum):
    """What the commander makes of an outcome."""

    PROCEED = "proceed"
    HOLD = "hold"


class Phase(StrEnum):
    """Where a checkpoint stands: being asked, past its time with answers missing, counted, decided."""

    ASKING = "asking"
    GRACE = "grace"
    COUNTED = "counted"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Member:
    """Who a person of the plan is in Slack. `user` is None while unknown; `trouble` says why they stay unknown."""

    person: str
    user: str | None = None
    is_active: bool = True
    is_guest: bool = False
    is_invited: bool = False
    trouble: str | None = None

    @property
    def key(self) -> str:
        return self.person


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on the hook for a role now. `person` is None in a gap; `deputies` replace them, in order."""

    role: str
    person: str | None
    deputies: tuple[str, ...]
    shift: str | None
    since: datetime

    @property
    def key(self) -> str:
        return self.role


@dataclass(frozen=True, slots=True)
class Poll:
    """A checkpoint as it was asked; `round` counts how often. Until it is first asked it has no row."""

    checkpoint: str
    round: int
    phase: Phase
    phase_at: datetime
    opened_at: datetime
    is_reminded: bool = False
    outcome: Answer | None = None
    decision: Decision | None = None
    decided_by: str | None = None
    reason: Words | None = None

    @property
    def key(self) -> str:
        return self.checkpoint

    @property
    def is_asking(self) -> bool:
        """Whether an answer still counts."""
        return self.phase in (Phase.ASKING, Phase.GRACE)

    @property
    def may_proceed(self) -> bool:
        """Whether what it guards may begin: only the commander's word lets it."""
        return self.decision is Decision.PROCEED


@dataclass(frozen=True, slots=True)
class Asked:
    """That a person was asked for a role at one round of a checkpoint, so that their message is seen through to its end."""

    checkpoint: str
    round: int
    role: str
    person: str
    at: datetime

    @property
    def key(self) -> tuple[str, int, str, str]:
        return (self.checkpoint, self.round, self.role, self.person)


@dataclass(frozen=True, slots=True)
class Vote:
    """The answer of a role, and who gave it."""

    checkpoint: str
    round: int
    role: str
    person: str
    answer: Answer
    at: datetime
    reason: Words | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        return (self.checkpoint, self.round, self.role)


@dataclass(frozen=True, slots=True)
class Hold:
    """T stands still from `began_at`. `checkpoint` is set when an undecided checkpoint or its decision stopped it."""

    number: int
    began_at: datetime
    called_at: datetime
    by: str
    limit: timedelta
    reason: Words | None = None
    checkpoint: str | None = None
    is_overrun: bool = False
    ended_at: datetime | None = None
    ended_by: str | None = None

    @property
    def key(self) -> int:
        return self.number


@dataclass(frozen=True, slots=True)
class Launch:
    """All there is to know about one launch. `t0` is the T-0 of now: each hold that ended has moved it."""

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
    members: Mapping[str, Member] = field(default_factory=dict)
    duty: Mapping[str, Duty] = field(default_factory=dict)
    polls: Mapping[str, Poll] = field(default_factory=dict)
    asked: Mapping[tuple[str, int, str, str], Asked] = field(default_factory=dict)
    votes: Mapping[tuple[str, int, str], Vote] = field(default_factory=dict)
    holds: Mapping[int, Hold] = field(default_factory=dict)

    @property
    def hold(self) -> Hold | None:
        """The hold that is running, if T stands still."""
        last = self.holds.get(len(self.holds))
        return last if last and last.ended_at is None else None

    def votes_of(self, poll: Poll) -> dict[str, Vote]:
        """The answers of this round by role, in the order the roles are asked."""
        keys = ((poll.checkpoint, poll.round, role) for role in self.plan.checkpoints[poll.checkpoint].ask)
        return {key[2]: self.votes[key] for key in keys if key in self.votes}

    def silent(self, poll: Poll) -> list[str]:
        """The roles that have not answered this round."""
        point, number, votes = poll.checkpoint, poll.round, self.votes
        return [role for role in self.plan.checkpoints[point].ask if (point, number, role) not in votes]

    def person_of(self, user: str | None) -> str | None:
        """The person of the plan behind a Slack user, if they are named and active."""
        return next((m.person for m in self.members.values() if m.user == user and m.is_active), None) if user else None


SLICES: dict[str, type] = {"members": Member, "duty": Duty, "polls": Poll, "asked": Asked, "votes": Vote, "holds": Hold}
