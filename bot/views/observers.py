"""What those see who only look on, in a channel of their own: three lines that are kept current, and one post a decision.

No buttons, no reasons, no names of people: who may see the channel is not for the launch to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.views import spoken
from bot.views.card import LOOKING_ON, Card, Drawn, Notice, Urgency
from bot.views.coming import Coming, coming, what
from bot.views.customers import Customers, audience_title, customers, situations
from bot.views.lines import Instant, Line, Part, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title, room_reader
from bot.views.pulse import Pulse, as_of
from bot.views.rounds import Named, Round, newest
from launch.messages import CheckpointDecided, Fact, HoldCalled, HoldEnded, MilestoneReached
from launch.plan import CheckpointKind, Plan
from launch.state import Decision, Hold, Launch, Milestone, Reached, Status


@dataclass(frozen=True, slots=True)
class Mirror:
    """All that the observers' board looks at. `asked` is the question that is open now, `decided` the last that was decided."""

    plan: Plan
    t0: datetime
    hold: Hold | None
    milestones: tuple[Milestone, ...]
    asked: Named | None
    decided: tuple[Named, Decision, datetime] | None
    next: Coming | None
    customers: tuple[Customers, ...]
    closed_at: datetime | None

    def reached(self, what: Reached) -> Milestone | None:
        return next((each for each in self.milestones if each.reached is what), None)


def cards(launch: Launch, pulse: Pulse | None) -> Iterator[Card]:
    if launch.plan.room.observers and launch.channel:
        seen = mirror_of(launch, as_of(launch, pulse))
        yield Card("observers", LOOKING_ON, Urgency.CALM, (seen,), partial(draw, seen))


def mirror_of(launch: Launch, now: datetime) -> Mirror:
    rounds = [newest(launch, name) for name in launch.polls]
    return Mirror(
        launch.plan,
        launch.t0,
        launch.hold,
        tuple(launch.milestones.values()),
        next((each.named for each in rounds if each.is_asking or each.is_awaited), None),
        last_decided(rounds),
        next(iter(coming(launch, now)), None),
        tuple(each for each in customers(launch) if each.said_at),
        launch.closed_at,
    )


def last_decided(rounds: list[Round]) -> tuple[Named, Decision, datetime] | None:
    found = [(each.poll.phase_at, each.named, each.poll.decision) for each in rounds if each.poll and each.poll.decision]
    at, named, decision = max(found, key=lambda each: each[0], default=(None, None, None))
    return (named, decision, at) if at and named and decision else None


def draw(seen: Mirror) -> Drawn:
    reader = room_reader(seen.plan)
    title = Strong(launch_title(seen.plan, reader))
    lines = [line("{title} – {clock}", title=title, clock=clock(seen, reader))]
    if not seen.closed_at:
        lines += [question(seen, reader), outlook(seen, reader)]
    return drawn([each for each in lines if each.parts], reader)


def clock(seen: Mirror, reader: Reader) -> Line:
    if seen.closed_at:
        return line(reader._("Closed: {time}."), time=Instant(seen.closed_at, with_day=True))
    if back := seen.reached(Reached.TURNED_BACK):
        return line(reader._("🔴 Turned back {time}."), time=Instant(back.at, with_day=True))
    if live := seen.reached(Reached.LIVE):
        return line(reader._("Live since {time}."), time=Instant(live.at, with_day=True))
    if seen.hold and seen.hold.planned is None:
        return line(reader._("🔴 T has stood still since {time}."), time=Instant(seen.hold.began_at))
    return line(reader._("T-0: {time}"), time=Instant(seen.t0, with_day=True))


def question(seen: Mirror, reader: Reader) -> Line:
    """What is being asked, else what was decided last."""
    if seen.asked:
        return line(reader._("Being asked: {checkpoint}"), checkpoint=title_of(seen.asked, reader))
    if seen.decided:
        named, decision, at = seen.decided
        facts = {"checkpoint": title_of(named, reader), "decision": spoken.decision(decision, named.point.kind, reader)}
        return line(reader._("Last decision: {checkpoint} – {decision}, {time}"), **facts, time=Instant(at))
    return line(reader._("Nothing decided yet."))


def title_of(named: Named, reader: Reader) -> str:
    """What was put on the day in somebody's own words is between them and those they asked."""
    return reader._("a question of the day") if named.point.kind is CheckpointKind.AD_HOC else named.called(reader)


def outlook(seen: Mirror, reader: Reader) -> Line:
    """What comes next, and what customers read last."""
    parts: list[Part] = []
    if seen.next:
        told = line(reader._("Next: {time} – {what}"), time=seen.next.when.told(reader), what=what(seen.next, seen.plan, reader))
        parts += told.parts
    for each in seen.customers:
        if each.situation and each.said_at:
            title, said = audience_title(seen.plan, each.audience, reader), situations(reader)[each.situation]
            heard = line(reader._("{audience}: {situation} {time}"), audience=title, situation=said, time=Instant(each.said_at))
            parts += [" · ", *heard.parts] if parts else heard.parts
    return Line(tuple(parts))


# --- one post a decision -------------------------------------------------------------------------------------------------


def notices(fact: Fact, launch: Launch) -> Iterator[Notice]:
    """What was decided, once: what follows from a decision in the same breath is no second post."""
    if not launch.plan.room.observers or launch.status is not Status.OPEN:
        return
    reader = room_reader(launch.plan)
    if said := decided(fact, launch, reader):
        told = line(reader._("{launch}: {said}"), launch=Strong(launch_title(launch.plan, reader)), said=said)
        yield Notice(LOOKING_ON, Urgency.CALM, drawn([told], reader))


def decided(fact: Fact, launch: Launch, reader: Reader) -> Line | None:
    match fact.event:
        case CheckpointDecided(checkpoint=name, decision=decision):
            seen = newest(launch, name).named
            facts = {"checkpoint": title_of(seen, reader), "decision": spoken.decision(decision, seen.point.kind, reader)}
            return line(reader._("decision on {checkpoint}: {decision}."), **facts)
        case HoldCalled(planned=None, began_at=at) if not has_just_decided(fact, launch):
            return line(reader._("🔴 T stands still since {time}."), time=Instant(at))
        case HoldEnded() if not has_just_decided(fact, launch):
            return line(reader._("T runs again. T-0 is now {time}."), time=Instant(launch.t0, with_day=True))
        case MilestoneReached(reached=Reached.LIVE):
            return line(reader._("live for customers."))
        case MilestoneReached(reached=Reached.TURNED_BACK) if not is_of_checkpoint(fact, launch):
            return line(reader._("🔴 the launch turns back."))
    return None


def has_just_decided(fact: Fact, launch: Launch) -> bool:
    """Whether T stopped or ran on by a decision that is told itself."""
    back = launch.milestones.get(Reached.TURNED_BACK)
    return is_of_checkpoint(fact, launch) or (back is not None and back.at == fact.at)


def is_of_checkpoint(fact: Fact, launch: Launch) -> bool:
    return any(poll.decision and poll.phase_at == fact.at for poll in launch.polls.values())
