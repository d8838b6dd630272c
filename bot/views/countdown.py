"""The clock: how a moment is told with its distance from T-0, and what is said of a hold and its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.views.card import Notice
from bot.views.lines import Instant, Line, Piece, Quote, line
from bot.views.locale import Reader
from bot.views.notice import in_room, reachable_commander, to_person
from bot.views.people import name, reader_of, room_reader
from launch import countdown
from launch.messages import Fact, HoldCalled, HoldEnded, HoldOverran
from launch.plan import Moment, Plan
from launch.state import Hold, Launch


@dataclass(frozen=True, slots=True)
class When:
    """When something comes: `at` is None while T stands still short of it, `offset` its distance from T-0 if it has one."""

    at: datetime | None
    offset: timedelta | None

    def told(self, reader: Reader, *, with_day: bool = False) -> Line:
        """Clock time first, T in brackets."""
        if self.at is None:
            return Line((self._to_come(reader),))
        time = Instant(self.at, with_day)
        return Line((time,)) if self.offset is None else line("{time} ({t})", time=time, t=t_of(self.offset, reader))

    def written(self, reader: Reader) -> str:
        """The same in plain text, in the reader's zone."""
        return reader.moment(self.at) if self.at else self._to_come(reader)

    def _to_come(self, reader: Reader) -> str:
        return reader._("{t}, once T runs again").format(t=t_of(self.offset or timedelta(), reader))


def when(launch: Launch, moment: Moment) -> When:
    return When(countdown.instant(launch, moment), moment.offset)


def t_of(offset: timedelta, reader: Reader) -> str:
    """ "T−45 min", "T+6 h", "T-0"."""
    return f"T{'+' if offset > timedelta(0) else ''}{reader.duration(offset)}" if offset else "T-0"


def step_of(plan: Plan, checkpoint: str, reader: Reader) -> str:
    """What must not begin before a checkpoint is decided, in the plan's words."""
    step = plan.cutover.get(plan.checkpoints[checkpoint].before or "")
    return step.do.to(reader.language) if step else ""


def standing_still(plan: Plan, hold: Hold, reader: Reader, most: int = 500) -> Iterator[Piece]:
    """Since when T stands still, who called it, and why, in `most` characters."""
    since = Instant(hold.began_at)
    if hold.reason is None:
        checkpoint = hold.checkpoint or ""
        sentence = reader._("🔴 T has stood still since {time}: “{step}” waits for the decision on {checkpoint}.")
        yield line(sentence, time=since, step=step_of(plan, checkpoint, reader), checkpoint=checkpoint)
        return
    sentence = reader._("🔴 T has stood still since {time}: hold by {person}, {duration} at most.")
    yield line(sentence, time=since, person=name(plan, hold.by), duration=reader.duration(hold.limit))
    yield Quote(hold.reason, most)
    if hold.is_overrun:
        yield line(reader._("🔴 The hold has lasted longer than agreed."))


def hold_called(fact: Fact, event: HoldCalled, launch: Launch) -> Iterator[Notice]:
    """One post, also when it was the decision on a checkpoint that stopped T."""
    reader, is_decision = room_reader(launch.plan), event.checkpoint and event.reason
    decided = [line(reader._("{checkpoint}: the decision is to hold."), checkpoint=event.checkpoint or "")] if is_decision else []
    yield in_room(fact, launch, *decided, *standing_still(launch.plan, launch.holds[event.number], reader))


def hold_ended(fact: Fact, event: HoldEnded, launch: Launch) -> Iterator[Notice]:
    reader, hold = room_reader(launch.plan), launch.holds[event.number]
    sentence = reader._("{person} let T run again after {duration}. T-0 is now {time}.")
    lasted, t0 = reader.duration(fact.at - hold.began_at), Instant(launch.t0, with_day=True)
    yield in_room(fact, launch, line(sentence, person=name(launch.plan, event.person), duration=lasted, time=t0))


def hold_overran(fact: Fact, event: HoldOverran, launch: Launch) -> Iterator[Notice]:
    """For whoever can end it; the room sees it on the board."""
    limit = launch.holds[event.number].limit
    for person in reachable_commander(launch):
        reader = reader_of(launch.plan, person)
        sentence = reader._("The hold has lasted {duration}, as long as agreed. /launch resume ends it, or your decision.")
        yield to_person(fact, launch, person, line(sentence, duration=reader.duration(limit)))
