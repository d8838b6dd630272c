"""The one door: people, the clock and Slack's answers come in as commands; each leaves with an answer that is on disk.

One writer thread, one transaction a batch. Nobody else writes. A refused request writes only that it was seen.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine

from bot.batch import Batch, Key
from bot.crash import reach
from bot.logs import reference
from bot.outside import Outside, Reading
from launch import game
from launch.game import Value
from launch.house import House, PlanEntry
from launch.messages import HOUSE, Actor, Command, Deadline, Fact, Refused
from launch.state import Launch, Status
from storage import deadlines, launches, outbox, seen, timeline
from storage.deadlines import rearmed
from storage.launches import Kept

log = structlog.get_logger()
T = TypeVar("T")
MOST = 512
"""Requests in one transaction: enough to share a flush to disk, few enough that the first of them is not kept waiting."""


class Unwritten(Exception):
    """A transaction of the courier or the ticker failed; the message is the reference id in the log."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request. At most one of `refused` (a no for a person) and `failure` (our fault, a reference id) is set."""

    refused: Refused | None = None
    failure: str | None = None
    facts: tuple[Fact, ...] = ()
    value: Value | None = None
    result: Any = None


@dataclass(frozen=True, slots=True)
class Request:
    """A command, or only a look at what is overdue (`command` None); `also` writes rows of its own in the same transaction."""

    key: Key | None
    command: Command | None
    by: Actor | None
    id: str | None = None
    also: Callable[[Connection], Any] | None = None


Waiting = tuple[Request, "asyncio.Future[Answer]"]
"""A request and whoever waits for its answer."""


@dataclass(slots=True)
class Door:
    """`inline` runs each request in its caller, for the shell and for simulation; else a thread of its own writes."""

    engine: Engine
    outside: Outside
    inline: bool = False
    kept: dict[Key, Kept] = field(default_factory=dict)
    stuck: set[tuple[Key, Deadline]] = field(default_factory=set)
    watchers: list[Callable[[set[Key]], None]] = field(default_factory=list)
    commits: int = 0
    _queue: "queue.SimpleQueue[Waiting | None]" = field(default_factory=queue.SimpleQueue)
    _connection: Connection | None = None
    _version: int | None = None
    _thread: threading.Thread | None = None
    _loop: asyncio.AbstractEventLoop | None = None

    # --- what callers use --------------------------------------------------------------------------------------------

    async def perform(
        self,
        command: Command | None,
        launch_id: str,
        by: Actor,
        team_id: str,
        request_id: str | None = None,
        also: Callable[[Connection], Any] | None = None,
    ) -> Answer:
        """The answer to a command once it is on disk. Never raises for what a person did; cancelling does not undo it."""
        return await self._ask(Request((team_id, launch_id), command, by, request_id, also))

    async def write(self, also: Callable[[Connection], T]) -> T:
        """Run `also` in a transaction of the writer and give back what it returns. Raises Unwritten when it failed."""
        answer = await self._ask(Request(None, None, None, also=also))
        if answer.failure:
            raise Unwritten(answer.failure)
        result: T = answer.result
        return result

    def look(self, team_id: str, launch_id: str) -> Launch | None:
        """The newest committed state of a launch, from memory; None when there is none, or it was over before we started."""
        kept = self.kept.get((team_id, launch_id))
        return kept.value if kept and isinstance(kept.value, Launch) else None

    def launches(self, team_id: str) -> list[Launch]:
        """The launches of a workspace that are not over, the oldest first."""
        values = [kept.value for (team, _), kept in list(self.kept.items()) if team == team_id]
        return sorted((v for v in values if isinstance(v, Launch) and v.status is not Status.CLOSED), key=lambda v: (v.born_at, v.id))

    def admins(self, team_id: str) -> tuple[str, ...]:
        """Who may add plans in Slack: user ids."""
        kept = self.kept.get((team_id, HOUSE))
        return kept.value.admins if kept and isinstance(kept.value, House) else ()

    def plans(self, team_id: str) -> Mapping[str, PlanEntry]:
        """The newest version of each plan that was added, by its key."""
        kept = self.kept.get((team_id, HOUSE))
        return kept.value.plans if kept and isinstance(kept.value, House) else {}

    # --- its thread --------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Connect, take every launch that is alive into memory, and begin to serve."""
        self._connection = self.engine.connect()
        with self._connection.begin():
            self._refresh(self._connection)
        if not self.inline:
            self._loop = asyncio.get_running_loop()
            self._thread = threading.Thread(target=self._serve, name="door", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Answer what was asked before, then end."""
        if self._thread:
            self._queue.put(None)
            self._thread.join()
        if self._connection:
            self._connection.close()

    def is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    async def _ask(self, request: Request) -> Answer:
        if self.inline:
            answers, changed = self.take([request])
            self._tell(changed)
            return answers[0]
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._queue.put((request, future))
        return await future

    def _serve(self) -> None:
        while (first := self._queue.get()) is not None:
            batch, is_last = self._gather(first)
            answers, changed = self.take([request for request, _ in batch])
            if self._loop and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._deliver, batch, answers, changed)
            if is_last:
                return

    def _gather(self, first: Waiting) -> tuple[list[Waiting], bool]:
        """Whatever waits already, up to MOST; and whether the end was among it."""
        batch = [first]
        while len(batch) < MOST and not self._queue.empty():
            waiting = self._queue.get()
            if waiting is None:
                return batch, True
            batch.append(waiting)
        return batch, False

    def _deliver(self, batch: list[Waiting], answers: list[Answer], changed: set[Key]) -> None:
        for (_, future), answer in zip(batch, answers, strict=True):
            if not future.done():  # who waited may have gone
                future.set_result(answer)
        self._tell(changed)

    def _tell(self, changed: set[Key]) -> None:
        if changed:
            for watcher in self.watchers:
                watcher(changed)

    # --- one batch ---------------------------------------------------------------------------------------------------

    def take(self, requests: list[Request]) -> tuple[list[Answer], set[Key]]:
        """Answer a batch in one transaction; the answers, and the launches that changed. If it cannot be written, each alone."""
        try:
            return self._attempt(requests)
        except Exception:
            self._version = None
            if len(requests) == 1:
                log.exception("write_failed", **(failure := trace(requests[0])))
                return [Answer(failure=failure["reference"])], set()
            log.warning("batch_failed", requests=len(requests), exc_info=True)
        answers, changed = [], set[Key]()
        for request in requests:
            one, more = self.take([request])
            answers += one
            changed |= more
        return answers, changed

    def _attempt(self, requests: list[Request]) -> tuple[list[Answer], set[Key]]:
        tx = self._connected()
        with tx.begin():
            changed = self._refresh(tx)
            batch = Batch(tx, self.kept, self.outside.clock.read(), self.stuck, self.outside.new_key)
            desk = Desk(batch, self._repeats(tx, requests))
            answers = [desk.answer(request) for request in requests]
            reach("door.before_write")
            fresh = self._write(tx, batch, desk)
            answers = [with_result(tx, request, answer) for request, answer in zip(requests, answers, strict=True)]
            reach("door.before_commit")
        self.commits += 1
        reach("door.after_commit")
        self.kept.update(fresh)
        return answers, changed | {each.key for each in batch.made}

    def _connected(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("the door was not started")
        return self._connection

    def _refresh(self, tx: Connection) -> set[Key]:
        """Another process may have written (a plan added by the shell): then load anew whatever is alive."""
        version: int = tx.exec_driver_sql("PRAGMA data_version").scalar_one()
        if version == self._version:
            return set()
        self.kept = alive(tx, self.outside.clock.read())  # at once: the loop looks at it meanwhile
        self._version = version
        return set(self.kept)

    def _repeats(self, tx: Connection, requests: Iterable[Request]) -> dict[Key, Answer]:
        """The answers that copies of earlier requests get again."""
        ids: dict[str, list[str]] = {}
        for request in requests:
            if request.id and request.key:
                ids.setdefault(request.key[0], []).append(request.id)
        rows = {(team, id_): row for team, many in ids.items() for id_, row in seen.answered(tx, team, many).items()}
        return {key: Answer(Refused(row["code"], **(row["facts"] or {})) if row["code"] else None) for key, row in rows.items()}

    def _write(self, tx: Connection, batch: Batch, desk: "Desk") -> dict[Key, Kept]:
        """Everything a batch made, table by table; what the door keeps of it once it is committed."""
        changed = batch.changed()
        launches.save(tx, [(batch.before[key].value, value) for key in changed if (value := batch.values[key])])
        heads = timeline.record(
            tx, ((made.key, made.fact, made.plan_version) for made in batch.made), {key: kept.head for key, kept in batch.before.items()}
        )
        outbox.post(tx, batch.parcels)
        deadlines.save(tx, [(*key, batch.before[key].timers, batch.timers[key]) for key in changed])
        seen.remember(tx, desk.seen)
        return {key: Kept(batch.values[key], heads.get(key, batch.before[key].head), batch.timers[key]) for key in changed}


@dataclass(slots=True)
class Desk:
    """Where the requests of one batch are answered, one after the other."""

    batch: Batch
    repeats: dict[Key, Answer]
    seen: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, request: Request) -> Answer:
        if request.key is None or request.by is None:
            return Answer()
        self.batch.catch_up(request.key)
        if request.command is None:
            return Answer(value=self.batch.values[request.key])
        name = (request.key[0], request.id or "")
        if name in self.repeats:
            return self.repeats[name]
        answer = self.decided(request.key, request.command, request.by, request)
        if request.id and not answer.failure:
            self.repeats[name] = answer
            self.seen.append(self.row(request, answer))
        return answer

    def decided(self, key: Key, command: Command, by: Actor, request: Request) -> Answer:
        try:
            facts = self.batch.perform(key, command, by)
        except Refused as no:
            return Answer(refused=no, value=self.batch.values[key])
        except Exception:  # a fault in one rule must not cost the others of the batch their answer
            log.exception("decision_failed", **(failure := trace(request)))
            return Answer(failure=failure["reference"])
        return Answer(facts=facts, value=self.batch.values[key])

    def row(self, request: Request, answer: Answer) -> dict[str, Any]:
        team_id, launch_id = request.key or ("", "")
        return {
            "team_id": team_id,
            "id": request.id,
            "launch_id": launch_id,
            "at": self.batch.reading.now,
            "by": str(request.by),
            "command": type(request.command).__name__,
            "code": answer.refused.code if answer.refused else None,
            "facts": answer.refused.facts if answer.refused else None,
        }


def alive(tx: Connection, reading: Reading) -> dict[Key, Kept]:
    """Every launch that is not over, as its rows have it, waiting for what these rules say: another version may have left less or more.

    One that cannot be read must not cost the others theirs.
    """
    found: dict[Key, Kept] = {}
    for key in launches.lively_ids(tx, reading.now):
        try:
            kept = launches.load(tx, *key)
            timers = rearmed(kept.timers, game.due(kept.value) if kept.value else {}, reading)
            deadlines.save(tx, [(*key, kept.timers, timers)])
            found[key] = replace(kept, timers=timers)
        except Exception:
            log.exception("launch_unreadable", launch=key, reference=reference())
    return found


def trace(request: Request) -> dict[str, Any]:
    """What the log says of a failure of ours; its reference is what the person gets."""
    return {"reference": reference(), "launch": request.key, "command": type(request.command).__name__}


def with_result(tx: Connection, request: Request, answer: Answer) -> Answer:
    if request.also is None or answer.failure:
        return answer
    return Answer(answer.refused, answer.failure, answer.facts, answer.value, request.also(tx))
