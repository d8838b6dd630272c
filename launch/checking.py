"""What only the whole plan shows: names taken twice, nobody on duty when a question is asked, an answer that comes too late."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from launch.document import Node
from launch.fields import UNKNOWN, is_known
from launch.findings import Code, Findings
from launch.moments import wall_text
from launch.plan import Checkpoint, Moment, Plan, Role, Shift, role_words
from launch.roster import rostered


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan as far as it could be read, with the node of each thing; `entries` are those of lists, by section and name."""

    plan: Plan
    root: Node
    entries: Mapping[tuple[str, str], Node]

    def spot(self, section: str, name: str, *path: str | int) -> Node:
        """Where something about an entry is written."""
        entry = self.entries.get((section, name)) or self.root.at(section, name)
        return entry.at(*path)

    def instant(self, at: Moment) -> datetime:
        """When `at` comes if T-0 stays where it is planned; an unknown instant if either could not be read."""
        return at.at or UNKNOWN if at.offset is None else self.plan.t0 + at.offset

    def wall(self, at: datetime) -> str:
        return wall_text(at, self.plan.zone)

    def is_sure(self, role: str) -> bool:
        """Whether the hours of all shifts of a role are known."""
        return all(is_known(shift.starts) and is_known(shift.ends) for shift in self.plan.shifts if role in shift.holders)


def check(draft: Draft, said: Findings) -> None:
    """Tell everything that is wrong or doubtful between the parts of a plan."""
    _people(draft, said)
    _words(draft, said)
    _commander(draft, said)
    _overlaps(draft, said)
    for role in draft.plan.roles.values():
        _duty(draft, role, said)
    for checkpoint in draft.plan.checkpoints.values():
        _times(draft, checkpoint, said)
    _cover(draft, said)
    opens = draft.instant(draft.plan.room.opens)
    if is_known(opens) and draft.plan.t0 <= opens:
        said.error("t0_before_the_room", draft.root.at("launch", "t0"), opens=draft.wall(opens))


def _people(draft: Draft, said: Findings) -> None:
    """Two entries for one account, or for one name."""
    firsts: dict[tuple[Code, str], int] = {}
    for key, person in draft.plan.people.items():
        node = draft.spot("people", key)
        spots = (("duplicate_mail", "mail", person.mail), ("duplicate_slack", "slack", person.slack), ("same_person_name", "name", person.name))
        for code, name, value in spots:
