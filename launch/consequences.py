"""What a launch would come to under another plan: who would not be there, and what would be asked at another time or of others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from launch.countdown import instant, nominal
from launch.plan import Plan
from launch.roster import rostered
from launch.state import Launch


@dataclass(frozen=True, slots=True)
class Gap:
    """A role that is, or will be, asked or decides at a checkpoint, and for which nobody would be on shift then."""

    checkpoint: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """A checkpoint not asked yet, when it comes (None: not there, or nobody can say) and who would answer first, under either plan."""

    name: str
    before: datetime | None
    after: datetime | None
    people_before: tuple[str, ...]
    people_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consequences:
    """What another plan would bring about in a launch that was not so before."""

    gaps: tuple[Gap, ...] = ()
    moved: tuple[Moved, ...] = ()


def consequences(launch: Launch, after: Plan, at: datetime) -> Consequences:
    """What `after` would bring about if it were taken up at the instant `at`."""
    then = replace(launch, plan=after, t0=launch.t0 + (after.t0 - launch.plan.t0))
    names = dict.fromkeys((*launch.plan.checkpoints, *after.checkpoints))
    moved = (_moved(launch, then, name) for name in names if name not in launch.polls)
    return Consequences(tuple(_gaps(launch, then, at)), tuple(each for each in moved if each))


def _moved(launch: Launch, then: Launch, name: str) -> Moved | None:
    """A checkpoint that would come at another time, or to others."""
    (before, people_before), (after, people_after) = _asking(launch, name), _asking(then, name)
    is_same = (before, people_before) == (after, people_after)
    return None if is_same else Moved(name, before, after, people_before, people_after)


def _asking(launch: Launch, name: str) -> tuple[datetime | None, tuple[str, ...]]:
    """When a checkpoint is asked, and who would be the first to answer."""
    checkpoint = launch.plan.checkpoints.get(name)
    if checkpoint is None:
        return None, ()
    at = nominal(launch, checkpoint.at)
    people = (person for role in checkpoint.ask for person in rostered(launch.plan, role, at)[1][:1])
    return instant(launch, checkpoint.at), tuple(dict.fromkeys(people))


def _gaps(launch: Launch, then: Launch, at: datetime) -> Iterator[Gap]:
    """Roles that would be there no more, or are asked where they are not there."""
    known = {(gap.checkpoint, gap.role) for gap in _uncovered(launch, at)}
    return (gap for gap in _uncovered(then, at) if (gap.checkpoint, gap.role) not in known)


def _uncovered(launch: Launch, at: datetime) -> Iterator[Gap]:
    """Where nobody is on shift: of what is asked, now; of what is to come, then."""
    for name, checkpoint in launch.plan.checkpoints.items():
        poll = launch.polls.get(name)
        if poll and not poll.is_asking:
            continue
        asked_at = at if poll else nominal(launch, checkpoint.at)
        for role in dict.fromkeys((*checkpoint.ask, launch.plan.commander)):
            if not rostered(launch.plan, role, asked_at)[1]:
                yield Gap(name, role, asked_at)
