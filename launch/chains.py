"""Steps that wait for one another: in which order they can be done, when each begins by plan, and when it is over at worst."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from launch.moments import UNKNOWN, is_known
from launch.plan import Moment, Step

Instants = Callable[[Moment], datetime]


def in_turn(steps: Mapping[str, Step]) -> Iterator[Step]:
    """Each step behind all those it comes after; those that wait in a circle, and whatever waits for them, do not come."""
    waiting = {step.id: len(step.after) for step in steps.values()}
    behind: dict[str, list[str]] = {key: [] for key in steps}
    for step in steps.values():
        for key in step.after:
            behind[key].append(step.id)
    ready = [key for key, number in waiting.items() if not number]
    for key in ready:
        yield steps[key]
        for next_one in behind[key]:
            waiting[next_one] -= 1
            if not waiting[next_one]:
                ready.append(next_one)


def circles(steps: Mapping[str, Step]) -> Iterator[tuple[str, ...]]:
    """Steps of which each comes after the one behind it and the last after the first; each circle once."""
    in_order = {step.id for step in in_turn(steps)}
    left = {key: step for key, step in steps.items() if key not in in_order}
    seen: set[str] = set()
    for start in left:
        key, path = start, dict[str, None]()
        while key not in seen:
            seen.add(key)
            path[key] = None
            key = next(each for each in left[key].after if each in left)
        if key in path:
            whole = list(path)
            yield tuple(whole[whole.index(key) :])


def reckoned(steps: Mapping[str, Step], unwritten: Collection[str], when: Instants) -> dict[str, Step]:
    """The steps, those `unwritten` with the hour that follows from those they come after: the latest of their likely ends."""
    found = dict(steps)
    for step in in_turn(steps):
        if step.id in unwritten:
            found[step.id] = replace(step, at=_begins([found[key] for key in step.after], when))
    return found


def _begins(before: Collection[Step], when: Instants) -> Moment:
    """The latest likely end; counted from T-0 where that step is."""
    if not before or not all(is_known(when(step.at)) for step in before):
        return Moment(at=UNKNOWN)
    last = max(before, key=lambda step: when(step.at) + step.likely)
    return end(last)


def end(step: Step) -> Moment:
    """When a step is likely to be over."""
    if step.at.offset is not None:
        return Moment(offset=step.at.offset + step.likely)
    return Moment(at=step.at.at + step.likely if step.at.at else None)


def worst_ends(steps: Mapping[str, Step], unwritten: Collection[str], when: Instants) -> dict[str, datetime]:
    """When each step is over if each takes as long as it may; UNKNOWN where that cannot be said."""
    ends: dict[str, datetime] = {}
    for step in in_turn(steps):
        starts = [ends[key] for key in step.after] + ([] if step.id in unwritten else [when(step.at)])
        begins = max(starts, default=UNKNOWN)
        ends[step.id] = begins + step.worst if is_known(begins) else UNKNOWN
    return ends
