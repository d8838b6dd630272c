"""A plan as far as it could be read, and where each part of it is written: what the checks look at."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from launch.document import Node
from launch.moments import is_known, planned, wall_text
from launch.plan import Checkpoint, Moment, Plan, Shift
from launch.spans import Times

MOST_TIMES = 200
"""How often one checkpoint may be asked: more is nobody's day."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`entries` are the nodes of listed things, by section and name; `blurred` the shifts in which some role could not be made out;
    `unwritten` the steps whose hour was reckoned.
    """

    plan: Plan
    root: Node
    entries: Mapping[tuple[str, str], Node]
    blurred: Collection[str]
    unwritten: Collection[str]

    def spot(self, section: str, name: str, *path: str | int) -> Node:
        """Where something about an entry of a section is written."""
        entry = self.entries.get((section, name)) or self.root.at(section, name)
        return entry.at(*path)

    def asks(self, checkpoint: Checkpoint, role: str) -> Node:
        """Where a checkpoint names a role; if it does not, where it begins to name roles."""
        tiers = self.spot("checkpoints", checkpoint.name, "ask")
        nodes = tiers.value if isinstance(tiers.value, list) else []
        return next((node for node in (tier.having(role) for tier in (tiers, *nodes)) if node.value == role), tiers.at(0))

    def instant(self, at: Moment) -> datetime:
        """When `at` comes if T-0 stays where it is planned; UNKNOWN, or far off, where either could not be read."""
        return planned(at, self.plan.t0, self.plan.holds.values())

    def answering(self, checkpoint: Checkpoint) -> timedelta:
        """From the question to the count, if each tier takes all of its time."""
        return (checkpoint.answer + self.plan.limits.grace) * len(checkpoint.tiers)

    def times(self, checkpoint: Checkpoint) -> Times | None:
        """When it is asked, if that can be said."""
        first, series = self.instant(checkpoint.at), checkpoint.series
        if not is_known(first) or series is None:
            return Times(first) if is_known(first) else None
        last = self.instant(series.last)
        number = (last - first) // series.every + 1
        return Times(first, series.every, number) if is_known(last) and 0 < number <= MOST_TIMES else None

    def wall(self, at: datetime) -> str:
        return wall_text(at, self.plan.zone)

    def shifts_of(self, role: str) -> list[Shift]:
        """The shifts in which a role is held, in the order of their beginnings."""
        return sorted((shift for shift in self.plan.shifts if role in shift.holders), key=lambda shift: shift.starts)

    def is_sure(self, role: str) -> bool:
        """Whether all is known of when a role is held, and by whom, and of when it is absent."""
        absent = self.plan.roles[role].absent if role in self.plan.roles else ()
        concerned = [shift for shift in self.plan.shifts if role in shift.holders or shift.name in absent]
        others = [shift.name for shift in self.plan.shifts if role not in shift.holders]
        is_read = all(shift.holders.get(role) != () and is_known(shift.starts) and is_known(shift.ends) for shift in concerned)
        return is_read and not any(name in self.blurred for name in others)

    def sure_shifts(self, role: str) -> list[Shift]:
        """The shifts of a role if all is known of them, else none."""
        return self.shifts_of(role) if self.is_sure(role) else []
