"""The clock: how a moment is told with its distance from T-0, and what is said of a hold and its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.views.card import Notice
from bot.views.lines import Instant, Line, Piece, Quote, Strong, line
from bot.views.locale import Reader
from bot.views.notice import in_room
from bot.views.people import name, role_title, room_reader
from launch import countdown
from launch.messages import Fact, HoldCalled, HoldEnded, HoldExtended
from launch.plan import Moment, Plan
from launch.state import Hold, Launch, Reached


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
    point = plan.checkpoints.get(checkpoint)
    step = plan.cutover.get(point.before or "") if point else None
    return step.do.to(reader.language) if step else ""


def standing_still(plan: Plan, hold: Hold, reader: Reader, most: int = 500) -> Iterator[Piece]:
    """Since when T stands still, who called it, and why, in `most` characters; and whether it was to be over by now."""
    yield from why_still(plan, hold, reader, most)
    if hold.is_overrun:
        yield line(reader._("🔴 The hold has lasted longer than agreed."))


def why_still(plan: Plan, hold: Hold, reader: Reader, most: int = 500) -> Iterator[Piece]:
    since = Instant(hold.began_at)
    if hold.planned:
        yield as_planned(plan, hold, reader)
    elif hold.reason is None:
        checkpoint = hold.checkpoint or ""
        sentence = reader._("🔴 T has stood still since {time}: “{step}” waits for the decision on {checkpoint}.")
        yield line(sentence, time=since, step=step_of(plan, checkpoint, reader), checkpoint=checkpoint)
    else:
        alone = reader._("🔴 T has stood still since {time}: hold by {person}, {duration} at most.")
        owned = reader._("🔴 T has stood still since {time}: hold by {person}, {duration} at most. {role} has to see to it:")
        facts = {"person": name(plan, hold.by), "duration": reader.duration(hold.limit)}
        yield line(owned if hold.owner in plan.roles else alone, time=since, role=role_title(plan, hold.owner or "", reader), **facts)
        yield Quote(hold.reason, most)


def as_planned(plan: Plan, hold: Hold, reader: Reader) -> Line:
    """Nobody called it, and there is nothing wrong. A plan that was changed since may not know it any more."""
    planned, until = plan.holds.get(hold.planned or ""), Instant(hold.called_at + hold.limit)
    title = Strong(hold.planned or "")
    if planned is None:
        return line(reader._("Planned hold “{name}” until about {time}."), name=title, time=until)
    sentence = reader._("Planned hold “{name}” until about {time}: {why}")
    return line(sentence, name=title, time=until, why=planned.why.to(reader.language))


def lasted(hold: Hold) -> timedelta:
    """How long T was to stand still at most, from when it stopped."""
    return hold.called_at + hold.limit - hold.began_at


def hold_called(fact: Fact, event: HoldCalled, launch: Launch) -> Iterator[Notice]:
    """One post, also when it was the decision on a checkpoint that stopped T. When the launch turned back, that says it."""
    back = launch.milestones.get(Reached.TURNED_BACK)
    if back and back.at == fact.at:
        return
    reader, is_decision = room_reader(launch.plan), event.checkpoint and event.reason
    decided = [line(reader._("{checkpoint}: the decision is to hold."), checkpoint=event.checkpoint or "")] if is_decision else []
    yield in_room(fact, launch, *decided, *standing_still(launch.plan, launch.holds[event.number], reader))


def hold_extended(fact: Fact, event: HoldExtended, launch: Launch) -> Iterator[Notice]:
    reader, hold = room_reader(launch.plan), launch.holds[event.number]
    sentence, until = reader._("The hold goes on until {time} at most: {person}"), Instant(hold.called_at + event.limit)
    yield in_room(fact, launch, line(sentence, time=until, person=name(launch.plan, event.person)), Quote(event.reason))


def hold_ended(fact: Fact, event: HoldEnded, launch: Launch) -> Iterator[Notice]:
    """Once T-0 is past, it does not matter any more when it would be."""
    reader, hold = room_reader(launch.plan), launch.holds[event.number]
    ahead, past = (
        reader._("{person} let T run again after {duration}. T-0 is now {time}."),
        reader._("{person} let T run again after {duration}."),
    )
    length, t0 = reader.duration(fact.at - hold.began_at), Instant(launch.t0, with_day=True)
    sentence = past if Reached.T_ZERO in launch.milestones else ahead
    yield in_room(fact, launch, line(sentence, person=name(launch.plan, event.person), duration=length, time=t0))
