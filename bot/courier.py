"""Makes Slack match the state: claims, calls with no transaction open, settles. Cards are drawn from the newest state when a
lane has room; notices and errands are rows. What ended unknown rests until it can be looked up."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from bot.batch import Key
from bot.crash import reach
from bot.door import Door
from bot.errands import ErrandRun
from bot.heart import Heart
from bot.lanes import Lanes
from bot.logs import reference
from bot.outside import Outside
from bot.posts import CardPost, NoticePost, Outlets, address, anew, digest, has_buttons
from bot.publishing import UpdatePost
from bot.shapes import Shapes
from bot.views.card import Card, Drawn, Urgency
from bot.views.index import cards as cards_of
from bot.wire import Identity, RateLimited, SlackRefused, Unknown, Unsent, Wire
from launch.publishing import OBSERVERS
from launch.state import Launch, Status
from storage import cards, outbox
from storage.cards import Standing
from storage.outbox import Parcel

log = structlog.get_logger()
Task = CardPost | NoticePost | UpdatePost | ErrandRun
CardId = tuple[str, str]
AT_ONCE = 40
"""Calls under way together: enough to fill every lane, few enough to be settled together."""
PACE = 0.05
"""Seconds between two turns, so that what changes together is looked at once."""
GAP, GAPS = 1.2, (1.0, 5.0)
"""Seconds between two updates of one card: for each update that waits (Slack takes 50 a minute from us), at least, at most."""
BACKOFF = (1.0, 30.0)
"""First and longest rest after a call that never reached Slack, and of a method that nothing of ours gets through."""


@dataclass(slots=True)
class Courier:
    """`settle` is how long an unknown outcome rests before it is looked up: Slack may still be at it. Seconds of machine time.

    `shut`: until when a method rests whose every call is refused, and for how long. `fixed`: the launches whose messages Slack, by
    what it said since the start, does not let us edit. Without a `heart` a screen is as of the last fact.
    """

    door: Door
    wire: Wire
    outside: Outside
    identity: Identity
    settle: float = 30.0
    lanes: Lanes = field(default_factory=Lanes)
    heart: Heart | None = None
    shapes: Shapes = field(default_factory=Shapes)
    fence: str = ""
    parcels: dict[int, Parcel] = field(default_factory=dict)
    standing: dict[Key, dict[CardId, Standing]] = field(default_factory=dict)
    drawn: dict[tuple[str, ...], tuple[object, ...]] = field(default_factory=dict)
    sketches: dict[tuple[str, ...], tuple[tuple[object, ...], Drawn, str]] = field(default_factory=dict)
    crowd: int = 0
    dirty: set[Key] = field(default_factory=set)
    under_way: dict[tuple[str, ...], str | None] = field(default_factory=dict)
    rests: dict[tuple[str, ...], float] = field(default_factory=dict)
    backoffs: dict[tuple[str, ...], float] = field(default_factory=dict)
    unknown: set[tuple[str, ...]] = field(default_factory=set)
    shut: dict[str, tuple[float, float]] = field(default_factory=dict)
    fixed: set[Key] = field(default_factory=set)
    blind: set[tuple[str, str | None]] = field(default_factory=set)
    last_id: int = 0
    started_at: float = 0.0
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def start(self) -> None:
        """Begin with every launch that is alive: what Slack shows may be older than the state."""
        self.fence = self.outside.new_key()
        self.started_at = self.outside.machine()
        self.door.watchers.append(self.mark)
        if self.heart:
            self.heart.watchers.append(self.beat)
        self.mark(set(self.door.kept))

    def mark(self, changed: Iterable[Key]) -> None:
        """These launches changed: their cards are to be looked at, their new rows to be fetched."""
        self.dirty |= set(changed)
        self.wake.set()

    def beat(self) -> None:
        """What stands in rooms says as of when it is true."""
        self.mark(key for key in self.standing if (launch := self.door.look(*key)) and launch.status is Status.OPEN)

    @property
    def is_idle(self) -> bool:
        """Whether Slack shows the state, as far as Slack lets it."""
        return not (self.parcels or self.dirty or self.under_way)

    async def run(self) -> None:
        """Turn after turn until cancelled."""
        while True:
            self.wake.clear()
            wait = await self.safe_turn()
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self.wake.wait()
            await asyncio.sleep(PACE)

    async def safe_turn(self) -> float | None:
        """One turn; a fault of ours is told and does not end the courier."""
        try:
            return await self.turn()
        except Exception:
            log.exception("courier_turn_failed", reference=reference())
            return 1.0

    async def close(self) -> None:
        """Let what is under way come home."""
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=5)

    # --- one turn ----------------------------------------------------------------------------------------------------

    async def turn(self) -> float | None:
        """Start every call that the lanes have room for; the seconds until there may be room for another."""
        await self._fetch()
        starting, wait = self._choose(self._tasks())
        if starting:
            await self.door.write(lambda tx: [task.claim(tx) for task in starting])
            reach("courier.after_claim")
            for task in starting:
                self._start(task)
        return wait

    async def _fetch(self) -> None:
        """New rows of the outbox, and the cards of launches that were not looked at before."""
        new, last = [key for key in self.dirty if key not in self.standing], self.last_id
        parcels, found = await self.door.write(lambda tx: (outbox.open_parcels(tx, last), {key: cards.load(tx, *key) for key in new}))
        self.standing.update(found)
        self.parcels.update({parcel.id: parcel for parcel in parcels})
        self.last_id = max((parcel.id for parcel in parcels), default=last)
        await self._give_up([parcel for parcel in self.parcels.values() if self._is_hopeless(parcel)])

    def _is_hopeless(self, parcel: Parcel) -> bool:
        """Whether a notice is for somebody whom Slack does not know, or for a room that will never be."""
        launch = self.door.look(parcel.team_id, parcel.launch_id)
        if launch is None or parcel.kind != "notice" or address(launch, parcel.person):
            return False
        if parcel.person in (None, OBSERVERS):
            found = launch.outlets.get(OBSERVERS)
            return launch.status is Status.CLOSED or bool(parcel.person and found and found.trouble)
        person = launch.plan.people.get(parcel.person)
        return parcel.person in launch.members or person is None or not (person.mail or person.slack)

    async def _give_up(self, parcels: list[Parcel]) -> None:
        if parcels:
            await self.door.write(lambda tx: outbox.fail(tx, [parcel.id for parcel in parcels], "no_address"))
        for parcel in parcels:
            log.warning("notice_has_no_address", launch=parcel.launch_id, person=parcel.person)
            del self.parcels[parcel.id]

    def _choose(self, tasks: Iterable[Task]) -> tuple[list[Task], float | None]:
        """What may be sent now, the urgent first, one message at a time to a place; and the shortest wait for the rest."""
        now, waits = self.outside.machine(), list[float]()
        starting: list[Task] = []
        places = {place for place in self.under_way.values() if place}
        waiting = sorted(tasks, key=lambda task: task.order)
        self.crowd = sum(task.method == "chat.update" for task in waiting)
        for task in waiting:
            if task.ident in self.under_way or task.channel in places or len(self.under_way) + len(starting) >= AT_ONCE:
                continue
            wait = self._rest(task, now) or self.lanes.take(task.method, now, task.channel, task.order[0] == Urgency.PAGE)
            if wait > 0:
                waits.append(wait)
                continue
            starting.append(task)
            places |= {task.channel} if task.channel else set()
        return starting, min(waits, default=None)

    def _rest(self, task: Task, now: float) -> float:
        """Seconds a task rests still: after an unknown outcome, a limit, a lost connection, or its own last update."""
        if task.is_foreign and task.ident not in self.unknown:
            self.unknown.add(task.ident)
            self.rests[task.ident] = self.started_at + self.settle
        return max(0.0, self.rests.get(task.ident, now) - now)

    def _tasks(self) -> Iterator[Task]:
        out = Outlets(self.door, self.wire, self.fence, self.blind)
        for parcel in list(self.parcels.values()):
            if task := self._parcel_task(out, parcel):
                yield task
        for key in self.dirty & self.standing.keys():
            many = list(self._card_tasks(out, key))
            if not many and not any(ident[1:3] == key for ident in self.under_way if ident[0] == "card"):
                self.dirty.discard(key)
            yield from many

    def _parcel_task(self, out: Outlets, parcel: Parcel) -> Task | None:
        launch = self.door.look(parcel.team_id, parcel.launch_id)
        if launch is None:
            return None
        if parcel.kind == "publish":
            return UpdatePost(out, parcel, launch)
        if parcel.kind != "notice":
            return ErrandRun(out, parcel, launch, self.identity)
        to = address(launch, parcel.person)
        return NoticePost(out, parcel, to) if to else None

    def _card_tasks(self, out: Outlets, key: Key) -> Iterator[CardPost]:
        """The cards of a launch that Slack does not show as they are now."""
        launch, pulse = self.door.look(*key), self.heart.pulse if self.heart else None
        for card in cards_of(launch, pulse) if launch else ():
            if launch and (task := self._card_task(out, key, launch, card)):
                yield task

    def _card_task(self, out: Outlets, key: Key, launch: Launch, card: Card) -> CardPost | None:
        person = card.place.person
        to, standing = address(launch, person), self.standing[key].get((card.subject, person or ""))
        name = ("card", *key, card.subject, person or "")
        if to is None or self.drawn.get(name) == card.basis:
            return None
        drawn, shows = self._sketch(name, card)
        if standing and standing.digest == shows:
            self.drawn[name] = card.basis
            return None
        if standing and standing.ts and key in self.fixed:
            if person is None or not has_buttons(drawn):
                self.drawn[name] = card.basis
                return None
            standing = anew(standing, self.outside.new_key())
        return CardPost(out, launch, card, drawn, to, self.outside.new_key(), standing)

    def _sketch(self, name: tuple[str, ...], card: Card) -> tuple[Drawn, str]:
        """The card drawn once for a basis, however many turns it waits for its lane."""
        known = self.sketches.get(name)
        if known is None or known[0] != card.basis:
            drawn = card.draw()
            drawn = Drawn(drawn.text, self.shapes.fit(drawn.blocks))
            known = self.sketches[name] = (card.basis, drawn, digest(drawn))
        return known[1], known[2]

    # --- one call ----------------------------------------------------------------------------------------------------

    def _start(self, task: Task) -> None:
        self.under_way[task.ident] = task.channel
        if isinstance(task, CardPost) and not task.is_posted:
            self._stand(task, task.claimed())
        running = asyncio.create_task(self._carry(task))
        self.tasks.add(running)
        running.add_done_callback(self.tasks.discard)

    async def _carry(self, task: Task) -> None:
        """Make the call and settle it, whichever way it ends."""
        try:
            await self._attempt(task)
        except Exception:
            log.exception("call_not_settled", reference=reference(), task=task.ident)
            self._unsure(task)
        finally:
            reach("courier.after_settle")
            del self.under_way[task.ident]
            self.wake.set()

    async def _attempt(self, task: Task) -> None:
        try:
            done = await task.carry(task.ident in self.unknown)
        except RateLimited as limit:
            self.lanes.punish(task.method, limit.retry_after, self.outside.machine())
            await self._release(task, 0.0)
        except SlackRefused as no:
            await self._refused(task, no)
        except Unsent:
            await self._release(task, self._backoff(task))
        except Unknown as lost:
            log.warning("outcome_unknown", method=task.method, reason=str(lost), task=task.ident)
            self._unsure(task)
        else:
            self.shut.pop(task.method, None)
            self._finish(task, done)

    async def _refused(self, task: Task, no: SlackRefused) -> None:
        """What nobody could have done is kept, and its method rests; anything else is over, in one way or another."""
        if no.error in task.waits_out:
            self._shut(task.method, no)
            await self._release(task, 0.0)
            return
        if isinstance(task, CardPost) and self.shapes.learn(no.error, task.drawn.blocks):
            self.sketches.clear()
            await self._release(task, 0.0)
            return
        log.warning("slack_refused", method=task.method, error=no.error, needed=no.needed, task=task.ident)
        if isinstance(task, CardPost) and task.is_uneditable(no.error):
            self.fixed.add((task.launch.team_id, task.launch.id))
        self._finish(task, await task.refused(no.error))

    def _shut(self, method: str, no: SlackRefused) -> None:
        """Said once. What else was under way is refused too, and does not lengthen the rest."""
        now, (first, longest) = self.outside.machine(), BACKOFF
        if method not in self.shut:
            log.error("slack_takes_nothing", method=method, error=no.error, needed=no.needed, remedy="launchroom doctor")
        until, rest = self.shut.get(method, (now, first / 2))
        if now >= until:
            rest = min(longest, rest * 2)
            self.shut[method] = (now + rest, rest)
            self.lanes.punish(method, rest, now)

    def _finish(self, task: Task, standing: Standing | None) -> None:
        """It is settled; a card may be updated again after a gap that grows with the updates that wait."""
        for memory in (self.rests, self.backoffs):
            memory.pop(task.ident, None)
        self.unknown.discard(task.ident)
        if not isinstance(task, CardPost):
            self.parcels.pop(task.parcel.id, None)
        elif standing:
            self._stand(task, standing)
            if standing.state == cards.POSTED:
                self.shapes.took(task.drawn.blocks)
            self.rests[task.ident] = self.outside.machine() + self._gap()
            if standing.state == cards.FAILED or standing.digest == task.shows:
                self.drawn[task.ident] = task.card.basis
                self.sketches.pop(task.ident, None)

    def _gap(self) -> float:
        """It grows with the updates that wait. The room goes first, so it must leave something to those who wait in private."""
        first, longest = GAPS
        return min(longest, max(first, GAP * self.crowd))

    def _stand(self, task: CardPost, standing: Standing) -> None:
        self.standing[(standing.team_id, standing.launch_id)][(standing.subject, standing.person)] = standing

    def _unsure(self, task: Task) -> None:
        """Done or not, nobody knows yet: let it rest, then look. An update is simply made again."""
        self.unknown.add(task.ident)
        self.rests[task.ident] = self.outside.machine() + (1.0 if task.method == "chat.update" else self.settle)

    async def _release(self, task: Task, rest: float) -> None:
        """It certainly was not done now. Had it been unknown before, it still is."""
        if task.ident not in self.unknown:
            await self.door.write(task.release)
        self.rests[task.ident] = self.outside.machine() + rest

    def _backoff(self, task: Task) -> float:
        first, longest = BACKOFF
        rest = self.backoffs[task.ident] = min(longest, self.backoffs.get(task.ident, first / 2) * 2)
        return rest
