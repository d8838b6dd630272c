"""Who is who in Slack, who is on the hook, how a role changes hands; and what Slack does not let us do."""

from dataclasses import dataclass
from datetime import datetime


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
class Handover:
    """A role that passes to the next shift at `edge`. `told` are those who were told that they are the incoming, the last one now."""

    role: str
    shift: str
    edge: datetime
    outgoing: str
    incoming: str | None
    told: tuple[str, ...]
    announced_at: datetime
    is_reminded: bool = False
    is_late: bool = False
    accepted_by: str | None = None
    accepted_at: datetime | None = None

    @property
    def key(self) -> tuple[str, str]:
        return (self.role, self.shift)


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that Slack does not let us do in this launch: that is off, the rest goes on."""

    errand: str
    error: str
    at: datetime

    @property
    def key(self) -> str:
        return self.errand
