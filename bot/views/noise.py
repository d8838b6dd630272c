"""Noise: how often each audience was rung at in its last and in its worst hour, against what it may be."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.views.card import Drawn
from bot.views.lines import Line, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title
from bot.views.tables import Table
from launch.publishing import OBSERVERS
from launch.state import Launch, Reached

NOISE = "noise.show"
HOUR = timedelta(hours=1)
ROOM_BUDGET, COMMANDER_BUDGET, ROLE_BUDGET = 10, 12, 4
Rung = tuple[str, datetime]


@dataclass(frozen=True, slots=True)
class Count:
    """Messages in the last hour, in the worst, and how many the worst may have."""

    audience: str
    last: int
    worst: int
    budget: int

    @property
    def is_over(self) -> bool:
        return self.worst > self.budget


def counts(launch: Launch, rung: Iterable[Rung], now: datetime) -> list[Count]:
    """The room; whoever commands; the one who was asked most; those on standby whom nobody paged; those who look on."""
    heard = defaultdict[str, list[datetime]](list)
    for whom, at in rung:
        heard[whom].append(at)
    standby, paged = on_standby(launch), {row.person for row in launch.rings.values()}
    others = [person for person in heard if person not in {"", OBSERVERS, *launch.plan.commanders, *standby}]
    return [
        loudest("room", [""], heard, now, ROOM_BUDGET),
        loudest("commander", sorted(launch.plan.commanders), heard, now, COMMANDER_BUDGET),
        loudest("role", others, heard, now, ROLE_BUDGET),
        loudest("standby", sorted(standby - paged), heard, now, 0),
        loudest("observers", [OBSERVERS], heard, now, 1 + decisions(launch)),
    ]


def on_standby(launch: Launch) -> set[str]:
    """Those who are in the plan for nothing else."""
    held = [(person, role, shift.name) for shift in launch.plan.shifts for role, people in shift.holders.items() for person in people]
    active = {person for person, role, shift in held if not launch.plan.roles[role].is_on_standby(shift)}
    return {person for person, _, _ in held} - active


def decisions(launch: Launch) -> int:
    """How often something was decided: what follows from a decision in the same breath is told with it."""
    decided = {poll.phase_at for poll in launch.polls.values() if poll.decision}
    held = {at for hold in launch.holds.values() if hold.planned is None for at in (hold.called_at, hold.ended_at) if at}
    return len(decided | held | {row.at for row in launch.milestones.values() if row.reached is not Reached.T_ZERO})


def loudest(audience: str, whom: Sequence[str], heard: Mapping[str, list[datetime]], now: datetime, budget: int) -> Count:
    """Of several people the one who was rung at most."""
    times = [sorted(heard[each]) for each in whom if each in heard]
    last = max((len(each) - bisect_left(each, now - HOUR) for each in times), default=0)
    return Count(audience, last, max(map(worst_hour, times), default=0), budget)


def worst_hour(times: Sequence[datetime]) -> int:
    """The most that fell into any sixty minutes; `times` in order."""
    return max((bisect_left(times, at + HOUR) - number for number, at in enumerate(times)), default=0)


def noise(launch: Launch, rung: Iterable[Rung], now: datetime, reader: Reader) -> Drawn:
    title = line(reader._("Messages that rang in {launch}, by the hour:"), launch=Strong(launch_title(launch.plan, reader)))
    heads = (reader._("Who"), reader._("Last hour"), reader._("Worst hour"), reader._("At most"))
    return drawn([title, Table(heads, tuple(cells(each, reader) for each in counts(launch, rung, now)))], reader)


def cells(count: Count, reader: Reader) -> tuple[Line, Line, Line, Line]:
    worst = f"🔴 {count.worst}" if count.is_over else str(count.worst)
    return Line((title_of(count.audience, reader),)), Line((str(count.last),)), Line((worst,)), Line((str(count.budget),))


def title_of(audience: str, reader: Reader) -> str:
    return {
        "room": reader._("The room"),
        "commander": reader._("Whoever commands"),
        "role": reader._("The role that was asked most"),
        "standby": reader._("On standby, not paged"),
        "observers": reader._("Those who look on"),
    }[audience]
