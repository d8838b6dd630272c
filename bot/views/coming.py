"""What the plan has ahead: questions, holds, shifts, steps, in the order in which they come if T runs on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.views.countdown import When, when
from bot.views.locale import Reader
from launch import countdown, occurrences
from launch.plan import Moment, Plan
from launch.state import Launch

MOST = 3
Kind = Literal["checkpoint", "shift", "step", "hold"]


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that the plan has ahead."""

    when: When
    kind: Kind
    name: str


def coming(launch: Launch, now: datetime) -> tuple[Coming, ...]:
    """The next few things."""
    ahead = sorted(every_moment(launch, now), key=lambda each: countdown.nominal(launch, each[0]))[:MOST]
    return tuple(Coming(when(launch, moment), kind, name) for moment, kind, name in ahead)


def every_moment(launch: Launch, now: datetime) -> Iterator[tuple[Moment, Kind, str]]:
    """Checkpoints to be asked, the next time of each that comes again; holds of the plan; shifts to come on; steps to begin."""
    yield from moments_of_checkpoints(launch)
    begun = {row.planned for row in launch.holds.values()}
    yield from ((hold.at, "hold", hold.name) for hold in launch.plan.holds.values() if hold.name not in begun)
    yield from ((Moment(at=shift.starts), "shift", shift.name) for shift in launch.plan.shifts if shift.starts > now)
    yield from ((step.at, "step", step.id) for step in launch.plan.cutover.values() if countdown.nominal(launch, step.at) > now)


def moments_of_checkpoints(launch: Launch) -> Iterator[tuple[Moment, Kind, str]]:
    for point in launch.checkpoints.values():
        number = occurrences.next_occurrence(launch, point)
        if number is not None:
            yield occurrences.moment_of(point, number), "checkpoint", point.name


def what(each: Coming, plan: Plan, reader: Reader) -> str:
    match each.kind:
        case "checkpoint":
            return reader._("checkpoint {name}").format(name=each.name)
        case "shift":
            return reader._("shift {name} comes on").format(name=each.name)
        case "hold":
            return reader._("planned hold, {duration}").format(duration=reader.duration(plan.holds[each.name].lasts))
    return reader._("“{words}”").format(words=plan.cutover[each.name].do.to(reader.language))
