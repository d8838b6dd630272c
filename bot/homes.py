"""Keeps the Homes of people current: each is published when it is opened, and again when what it shows has changed while its reader
is likely to be near. To publish twice does no harm, so that nothing is claimed, and an unknown outcome is simply tried again."""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import available_timezones

import structlog

from bot.batch import Key
from bot.door import Door
from bot.heart import Heart
from bot.lanes import Lanes
from bot.logs import reference
from bot.outside import Outside
from bot.posts import digest
from bot.shapes import Shapes
from bot.views.card import Block, Drawn
from bot.views.home import home
from bot.views.locale import Reader
from bot.views.people import reader_for
from bot.wire import CallFailed, RateLimited, SlackRefused, Wire
from launch.messages import HOUSE
from launch.plan import Language
from launch.state import Launch, Status
from storage import homes
from storage.homes import KEPT_FOR, Opened

log = structlog.get_logger()
METHOD = "views.publish"
PACE = 0.05
"""Seconds between two turns, so that what changes together is looked at once."""
AT_ONCE = 20
"""Homes drawn in one turn: the loop has other things to do."""
GAP = 3.0
"""Seconds between two drawings of one Home that nobody has just opened or clicked in."""
BACKOFF = 5.0
"""Seconds of rest after a call that did not come through."""
OFF = frozenset({"missing_scope", "not_enabled", "unknown_method", "not_allowed_token_type", "access_denied"})
"""Slack's words for an app that is to have no Homes."""


@dataclass(slots=True)
class Homes:
    """`language` is read by people of whom neither a plan nor Slack knows one. `dirty` holds who may be drawn anew, and from when on
    (machine seconds); `awaited` those who are looking at it now; `said` a sentence for the top of somebody's Home."""

    door: Door
    wire: Wire
    outside: Outside
    team_id: str
    language: Language = "en"
    lanes: Lanes = field(default_factory=Lanes)
    heart: Heart | None = None
    shapes: Shapes = field(default_factory=Shapes)
    is_loaded: bool = False
    is_off: bool = False
    opened: dict[str, Opened] = field(default_factory=dict)
    dirty: dict[str, float] = field(default_factory=dict)
    rests: dict[str, float] = field(default_factory=dict)
    awaited: set[str] = field(default_factory=set)
    said: dict[str, str] = field(default_factory=dict)
    strangers: dict[str, Reader] = field(default_factory=dict)
    under_way: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    # --- what is told to it ------------------------------------------------------------------------------------------

    async def open(self, user: str, *, is_blank: bool) -> None:
        """Somebody looks at their Home, where Slack shows what it had, or nothing yet. Raises Unwritten."""
        known = self.opened.get(user)
        row = Opened(self.team_id, user, self.outside.clock.read().now, known.digest if known and not is_blank else None)
        self.opened[user] = row
        await self.door.write(lambda tx: homes.save(tx, row))
        self.said.pop(user, None)
        self.look_at(user)

    def say(self, user: str, sentence: str) -> None:
        """What came of a click in Home, when it has to be told."""
        self.said[user] = sentence
        self.look_at(user)

    def follow(self, account: Mapping[str, Any]) -> None:
        """Somebody's account changed, perhaps the language in it."""
        if account["id"] in self.strangers and "locale" in account:
            self.strangers[account["id"]] = reader_of_account(account, self.language)
            self.mark([account["id"]])

    def look_at(self, user: str) -> None:
        """They wait for it."""
        self.awaited.add(user)
        self.rests.pop(user, None)
        self.mark([user])

    def watch(self, changed: set[Key]) -> None:
        """Launches changed, or the house: everybody whom it concerns sees something else."""
        names = {launch_id for team_id, launch_id in changed if team_id == self.team_id}
        touched = [launch for name in names if (launch := self.door.look(self.team_id, name))]
        users = {row.user for launch in touched for row in launch.members.values()}
        self.mark(user for user in self.fresh() if HOUSE in names or user in users)

    def beat(self) -> None:
        """Where a launch is under way, Home says as of when it is true."""
        self.mark(user for user in self.fresh() if any(launch.status is Status.OPEN for launch in self.own(user)))

    def fresh(self) -> list[str]:
        """Those who are likely to be near the Home that they opened."""
        since = self.outside.clock.read().now - KEPT_FOR
        return [user for user, row in self.opened.items() if row.opened_at >= since]

    def mark(self, users: Iterable[str]) -> None:
        if self.is_off:
            return
        now = self.outside.machine()
        self.dirty.update({user: self.rests.get(user, now) for user in users})
        self.wake.set()

    def close(self) -> None:
        """What is under way is left: at the next start it is published again."""
        for task in self.under_way.values():
            task.cancel()

    # --- its turn ----------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Turn after turn until cancelled."""
        self.door.watchers.append(self.watch)
        if self.heart:
            self.heart.watchers.append(self.beat)
        while True:
            self.wake.clear()
            wait = await self.safe_turn()
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self.wake.wait()
            await asyncio.sleep(PACE)

    async def safe_turn(self) -> float | None:
        """One turn; a fault of ours is told and does not end the voice."""
        try:
            if not self.is_loaded:
                await self.load()
            return self.turn()
        except Exception:
            log.exception("homes_turn_failed", reference=reference())
            return 1.0

    async def load(self) -> None:
        """Begin with every Home that may be open: what it shows may be older than the state. Raises Unwritten."""
        now = self.outside.clock.read().now
        _, known = await self.door.write(lambda tx: (homes.sweep(tx, now), homes.load(tx, self.team_id, now)))
        self.opened = known | self.opened
        self.is_loaded = True
        self.mark(self.opened)

    def turn(self) -> float | None:
        """Publish what differs, as far as Slack has room; the seconds until there is something to do again."""
        now = self.outside.machine()
        ready = [user for user, at in self.dirty.items() if at <= now and user not in self.under_way]
        for user in sorted(ready, key=lambda each: (each not in self.awaited, self.dirty[each]))[:AT_ONCE]:
            reader = self.reader(user)
            if reader is None:
                self.start(user, self.learn(user))
            elif wait := self.take(user, reader, now):
                return wait
        if len(ready) > AT_ONCE:
            return 0.0
        return min((max(0.0, at - now) for user, at in self.dirty.items() if user not in self.under_way), default=None)

    def take(self, user: str, reader: Reader, now: float) -> float:
        """Begin to publish a Home if it differs from what Slack shows; else the seconds until there is room for it."""
        try:
            view = self.drawn(user, reader)
        except Exception:  # a fault in one Home must not cost the others theirs
            log.exception("home_not_drawn", reference=reference(), user=user)
            del self.dirty[user]
            return 0.0
        shows, known = digest(Drawn("", view["blocks"])), self.opened.get(user)
        is_new = known is None or known.digest != shows
        if is_new and (wait := self.lanes.take(METHOD, now)):
            return wait
        del self.dirty[user]
        self.awaited.discard(user)
        self.rests[user] = now + GAP
        if is_new:
            self.start(user, self.publish(user, view, shows))
        return 0.0

    def drawn(self, user: str, reader: Reader) -> Block:
        """Without what Slack refuses."""
        is_admin, pulse = user in self.door.admins(self.team_id), self.heart.pulse if self.heart else None
        view = home(self.own(user), user, reader, self.said.get(user), is_admin=is_admin, pulse=pulse)
        return view | {"blocks": self.shapes.fit(view["blocks"])}

    def own(self, user: str) -> list[Launch]:
        return [launch for launch in self.door.launches(self.team_id) if launch.person_of(user)]

    def stranger(self, user: str) -> Reader:
        """How somebody reads whom no plan names, as far as is known."""
        return self.strangers.get(user) or Reader(self.language, "UTC")

    def reader(self, user: str) -> Reader | None:
        """As the plan says, else as Slack says; None when Slack was not asked yet."""
        own = self.own(user)
        return reader_for(own[0], user) if own else self.strangers.get(user)

    # --- calls -------------------------------------------------------------------------------------------------------

    def start(self, user: str, doing: Coroutine[Any, Any, None]) -> None:
        self.under_way[user] = asyncio.create_task(self.carry(user, doing))

    async def carry(self, user: str, doing: Coroutine[Any, Any, None]) -> None:
        try:
            await doing
        except Exception:
            log.exception("home_not_settled", reference=reference(), user=user)
        finally:
            del self.under_way[user]
            self.wake.set()

    async def learn(self, user: str) -> None:
        """In which language and zone somebody reads whom no plan names."""
        account: Mapping[str, Any] = {}
        try:
            account = (await self.wire.call("users.info", user=user, include_locale=True))["user"]
        except CallFailed as lost:
            log.info("locale_unknown", user=user, outcome=lost.outcome)
        self.strangers[user] = reader_of_account(account, self.language)

    async def publish(self, user: str, view: Block, shows: str) -> None:
        """One call, settled whichever way it ends."""
        try:
            await self.wire.call(METHOD, user_id=user, view=view)
        except RateLimited as limit:
            self.lanes.punish(METHOD, limit.retry_after, self.outside.machine())
            self.again(user, 0.0)
        except SlackRefused as no:
            if self.shapes.learn(no.error, view["blocks"]):
                self.again(user, 0.0)
            else:
                self.refused(user, no)
        except CallFailed:
            self.again(user, BACKOFF)
        else:
            self.shapes.took(view["blocks"])
            await self.settle(user, shows)

    def again(self, user: str, rest: float) -> None:
        self.dirty[user] = self.outside.machine() + rest

    def refused(self, user: str, no: SlackRefused) -> None:
        """What is not allowed at all is off until the next start, and said once. Else this Home rests until it changes."""
        if no.error not in OFF:
            log.warning("home_refused", user=user, error=no.error, messages=no.messages)
        elif not self.is_off:
            self.is_off = True
            self.dirty.clear()
            log.warning("homes_are_off", error=no.error, needed=no.needed)

    async def settle(self, user: str, shows: str) -> None:
        if known := self.opened.get(user):
            row = self.opened[user] = replace(known, digest=shows)
            await self.door.write(lambda tx: homes.save(tx, row))


def reader_of_account(account: Mapping[str, Any], language: Language) -> Reader:
    """From what Slack says of an account: `locale` as in "fr-FR", `tz`. Of anything that we cannot read, `language` and UTC."""
    spoken = str(account.get("locale") or "").partition("-")[0]
    known: dict[str, Language] = {"fr": "fr", "en": "en"}
    zone = str(account.get("tz") or "")
    return Reader(known.get(spoken, language), zone if zone in available_timezones() else "UTC")
