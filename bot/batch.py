"""What a batch of requests does to the launches, in memory, before it is written: overdue first, then decide, evolve."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy import Connection

from bot.logs import reference
from bot.outside import Reading
from bot.views.index import notices
from launch import game
from launch.authority import authorise, role_of
from launch.game import Value
from launch.house import House
from launch.messages import CLOCK, HOUSE, Actor, Command, Deadline, Event, Fact, PlanLaunch, Refused, Then
from launch.state import Launch
from storage import launches, timeline
from storage.deadlines import Timer, Timers, rearmed
from storage.launches import Kept

log = structlog.get_logger()
Key = timeline.Key


@dataclass(frozen=True, slots=True)
class Made:
    """A fact, whose launch it belongs to, and that launch just after it."""

    key: Key
    fact: Fact
    value: Value

    @property
    def plan_version(self) -> int:
        return self.value.plan_version if isinstance(self.value, Launch) else 0


@dataclass(slots=True)
class Batch:
    """The working memory of one transaction. `cache` is what the door keeps between batches; it is only read here.

    `parcels` are the rows that what happened puts into the outbox, each under a key of `new_key`.
    """

    tx: Connection
    cache: Mapping[Key, Kept]
    reading: Reading
    stuck: set[tuple[Key, Deadline]]
    new_key: Callable[[], str]
    before: dict[Key, Kept] = field(default_factory=dict)
    values: dict[Key, Value | None] = field(default_factory=dict)
    timers: dict[Key, Timers] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)
    parcels: list[dict[str, Any]] = field(default_factory=list)

    def value(self, key: Key) -> Value | None:
        """The launch as this batch has it so far."""
        if key not in self.before:
            kept = self.cache.get(key) or launches.load(self.tx, *key)
            self.before[key], self.values[key], self.timers[key] = kept, kept.value, kept.timers
        return self.values[key]

    def catch_up(self, key: Key) -> None:
        """Do what is overdue in a launch, the longest waiting first; each thing done may make another one due."""
        self.value(key)
        while timer := self.ripest(key):
            self.fire(key, timer.deadline)

    def ripest(self, key: Key) -> Timer | None:
        ripe = [t for t in self.timers[key].values() if t.is_ripe(self.reading) and (key, t.deadline) not in self.stuck]
        return min(ripe, key=lambda timer: timer.deadline.at, default=None)

    def fire(self, key: Key, deadline: Deadline) -> None:
        """Perform a deadline. One that fails, or stays due, is a fault of ours: told once and left aside, so that the rest goes on."""
        try:
            self.perform(key, deadline.command, CLOCK, deadline)
        except Exception:  # whatever it is, the other deadlines and the people at the door must go on
            log.exception("deadline_failed", launch=key, deadline=deadline.key, reference=reference())
            self.stuck.add((key, deadline))
            return
        timer = self.timers[key].get(deadline.key)
        if timer and timer.deadline == deadline:
            log.error("deadline_stays_due", launch=key, deadline=deadline.key, reference=reference())
            self.stuck.add((key, deadline))

    def perform(self, key: Key, command: Command, by: Actor, due: Deadline | None = None) -> tuple[Fact, ...]:
        """Decide a command and fold what follows. All of it counts or, when it is refused half-way, nothing. Raises Refused."""
        authorise(command, self.value(key), by)
        trial = Trial(self, by, due)
        trial.decide(key, command)
        parcels = [row for each in trial.made for row in parcels_of(each, self.new_key)]
        timers = {changed: self.rearmed(changed, value) for changed, value in trial.values.items()}
        self.values.update(trial.values)
        self.timers.update(timers)
        self.made += trial.made
        self.parcels += parcels
        return tuple(each.fact for each in trial.made)

    def rearmed(self, key: Key, value: Value) -> Timers:
        """The timers of a launch that has become `value`."""
        timers = self.timers[key]
        return timers if game.is_due_alike(self.values[key], value) else rearmed(timers, game.due(value), self.reading)

    def changed(self) -> list[Key]:
        """The launches that are not as they were."""
        return [key for key, kept in self.before.items() if self.values[key] is not kept.value or self.timers[key] is not kept.timers]


@dataclass(slots=True)
class Trial:
    """One command and all that follows from it, apart from the batch until nothing can refuse it any more."""

    batch: Batch
    by: Actor
    due: Deadline | None
    values: dict[Key, Value] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)

    def decide(self, key: Key, command: Command) -> None:
        for item in self.outcome(key, command):
            if isinstance(item, Then):
                self.follow((key[0], item.launch_id), item.command)
            else:
                self.fold(key, item)

    def follow(self, key: Key, command: Command) -> None:
        """In a launch that this decision has not touched yet, too, what is overdue comes first."""
        if key not in self.values:
            self.batch.catch_up(key)
        self.decide(key, command)

    def outcome(self, key: Key, command: Command) -> list[Event | Then]:
        value, now = self.current(key), self.batch.reading.now
        at = max(now, value.last_at) if value else now
        if isinstance(command, PlanLaunch):
            return game.bear(command, value if isinstance(value, Launch) else None, self.by, at, *key)
        if value is None:
            raise Refused("no_such_launch", launch=key[1])
        return game.decide(command, value, self.by, at)

    def current(self, key: Key) -> Value | None:
        value = self.values.get(key) or self.batch.value(key)
        return House(key[0], self.batch.reading.now) if value is None and key[1] == HOUSE else value

    def fold(self, key: Key, event: Event) -> None:
        value = self.current(key)
        seq, last_at = (value.seq, value.last_at) if value else (0, self.batch.reading.now)
        role = role_of(value, self.by) if isinstance(value, Launch) and self.by.user else None
        fact = Fact(seq + 1, max(self.batch.reading.now, last_at), self.by, event, self.due.at if self.due else None, role)
        self.values[key] = game.evolve(value, fact)
        self.made.append(Made(key, fact, self.values[key]))


def parcels_of(made: Made, new_key: Callable[[], str]) -> Iterator[dict[str, Any]]:
    """The outbox rows of one fact: its notices, then its errands."""
    if not isinstance(made.value, Launch):
        return
    where = {"team_id": made.key[0], "launch_id": made.key[1]}
    for notice in notices(made.fact, made.value):
        body = {"text": notice.drawn.text, "blocks": list(notice.drawn.blocks)}
        person, urgency = notice.place.person, int(notice.urgency)
        yield {**where, "key": new_key(), "kind": "notice", "body": body, "person": person, "urgency": urgency}
    for errand in game.errands(made.fact, made.value):
        yield {**where, "key": new_key(), "kind": errand.kind, "body": dict(errand.facts), "person": None, "urgency": 1}
