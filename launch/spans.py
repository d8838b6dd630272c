"""Stretches of time, each from an instant until just before another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]


def joined(spans: Iterable[Span]) -> list[Span]:
    """What they cover together, in order: those that touch are one."""
    found: list[Span] = []
    for starts, ends in sorted(spans):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return found


def without(span: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """The parts of `span` in which none of the `taken` is on; those are as `joined` gives them."""
    starts, end = span
    for begins, ends in taken:
        if starts < begins and starts < end:
            yield starts, min(begins, end)
        starts = max(starts, ends)
    if starts < end:
        yield starts, end


def shared(one: Span, other: Span) -> timedelta:
    """How long both are on."""
    return max(min(one[1], other[1]) - max(one[0], other[0]), timedelta())


@dataclass(frozen=True, slots=True)
class Times:
    """`number` instants, `every` so long one after the other."""

    first: datetime
    every: timedelta = timedelta(days=1)
    number: int = 1

    @property
    def last(self) -> datetime:
        return self.first + self.every * (self.number - 1)

    def within(self, span: Span) -> "Times | None":
        """Those that come in `span`, if any do."""
        skipped, until = self._before(span[0]), self._before(span[1])
        return Times(self.first + self.every * skipped, self.every, until - skipped) if until > skipped else None

    def _before(self, at: datetime) -> int:
        """How many come before `at`."""
        return min(-((self.first - at) // self.every), self.number) if at > self.first else 0
