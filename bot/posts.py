"""Messages on their way: a card posted once and then kept current, a notice posted once. What was sent is marked with a key,
so that a post whose outcome is unknown can be looked for before it is sent again."""

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection

from bot.crash import reach
from bot.door import Door, Unwritten
from bot.views.card import Card, Drawn
from bot.wire import RateLimited, SlackRefused, Wire
from launch.messages import SLACK, Command, ReportErrand, ReportUndelivered, SettleBoard
from launch.publishing import OBSERVERS
from launch.room import FORBIDDEN
from launch.state import Launch
from storage import cards, outbox
from storage.cards import Standing
from storage.facts import canonical
from storage.outbox import Parcel

log = structlog.get_logger()
Found = TypeVar("Found")
EVENT_TYPE = "launchroom_post"
QUIET = {"link_names": False, "parse": "none", "unfurl_links": False, "unfurl_media": False}
"""What a person typed never becomes a mention or a link by itself."""
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""Slack's words for a message that can be edited no more: the card is posted anew."""
SHUT_OUT = frozenset({"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required"})
"""Slack's words for a token that it takes for nothing: what was to be done is kept until somebody has mended that."""
MUTE = SHUT_OUT | {"missing_scope", "unknown_method", "not_allowed_token_type"}
"""The same for messages, without which nobody can be told anything."""


@dataclass(frozen=True, slots=True)
class Outlets:
    """What a message on its way needs: the door for its rows, the wire for its calls, the mark of this run of the bot. `blind` holds the
    reasons for which it could not look, told once each."""

    door: Door
    wire: Wire
    fence: str
    blind: set[tuple[str, str | None]]

    async def bring_home(self, told: Command | None, launch: Launch, also: Callable[[Connection], None]) -> None:
        """What Slack answered, into the launch and its rows, in one transaction. Raises Unwritten."""
        answer = await self.door.perform(told, launch.id, SLACK, launch.team_id, also=also)
        if answer.failure:
            raise Unwritten(answer.failure)

    async def looked(self, looking: Awaitable[Found | None]) -> Found | None:
        """What a look after an unknown outcome finds. A refused look is no refused deed: it finds nothing, and what may have been done
        is done once more. Raises CallFailed."""
        try:
            return await looking
        except RateLimited:
            raise
        except SlackRefused as no:
            if (no.error, no.needed) not in self.blind:
                self.blind.add((no.error, no.needed))
                log.warning("look_refused", error=no.error, needed=no.needed, hence="what may have been done is done once more")
            return None


def address(launch: Launch, person: str | None) -> str | None:
    """Where a message goes for the room, for those who look on, for a person: a channel, or a user id, which opens the conversation."""
    if person is None:
        return launch.channel
    if person == OBSERVERS:
        found = launch.outlets.get(OBSERVERS)
        return found.channel if found else None
    member = launch.members.get(person)
    return member.user if member and member.is_active else None


def digest(drawn: Drawn) -> str:
    return hashlib.sha256(canonical([drawn.text, list(drawn.blocks)]).encode()).hexdigest()


async def post(wire: Wire, channel: str, drawn: Drawn, key: str) -> tuple[str, str]:
    """Post a message marked with `key`; its channel and ts. Raises CallFailed."""
    mark = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
    answer = await wire.call("chat.postMessage", channel=channel, text=drawn.text, blocks=list(drawn.blocks), metadata=mark, **QUIET)
    return answer["channel"], answer["ts"]


async def find_post(wire: Wire, channel: str, key: str) -> tuple[str, str] | None:
    """The message marked with `key`, if Slack took it after all: every page of the conversation is read. Raises CallFailed."""
    place = channel if channel.startswith(("C", "G", "D")) else await private_with(wire, channel)
    if place is None:
        return None
    async for message in pages(wire, "conversations.history", "messages", channel=place, include_all_metadata=True):
        if (message.get("metadata") or {}).get("event_payload", {}).get("key") == key:
            return place, message["ts"]
    return None


async def private_with(wire: Wire, user: str) -> str | None:
    """The private conversation with somebody; None when nothing was ever said in it. Raises CallFailed."""
    found = (each["id"] async for each in pages(wire, "conversations.list", "channels", types="im") if each["user"] == user)
    return await anext(found, None)


async def pages(wire: Wire, method: str, name: str, **asked: Any) -> AsyncIterator[dict[str, Any]]:
    """Everything that a method lists under `name`, page after page. Raises CallFailed."""
    cursor: str | None = None
    while True:
        page = await wire.call(method, **asked, limit=200, cursor=cursor)
        for each in page[name]:
            yield each
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return


def has_buttons(drawn: Drawn) -> bool:
    return any(block["type"] == "actions" or block.get("accessory", {}).get("type") == "button" for block in drawn.blocks)


def anew(standing: Standing, key: str) -> Standing:
    """A card whose message is left behind as it is: it is posted again, marked with `key`."""
    return replace(standing, key=key, state=cards.GONE, channel=None, ts=None, digest=None)


@dataclass(frozen=True, slots=True)
class CardPost:
    """One card that Slack does not show as it is. `standing` is what is known of it there; None before its first post."""

    out: Outlets
    launch: Launch
    card: Card
    drawn: Drawn
    to: str
    new_key: str
    standing: Standing | None

    @property
    def ident(self) -> tuple[str, ...]:
        return ("card", self.launch.team_id, self.launch.id, self.card.subject, self.card.place.person or "")

    @property
    def is_posted(self) -> bool:
        return self.standing is not None and self.standing.ts is not None

    @property
    def method(self) -> str:
        return "chat.update" if self.is_posted else "chat.postMessage"

    @property
    def order(self) -> tuple[int, int, str]:
        return (int(self.card.urgency), 1, self.card.subject)

    @property
    def channel(self) -> str | None:
        """Where one message after the other is posted; edits do not queue."""
        return None if self.is_posted else self.to

    @property
    def waits_out(self) -> frozenset[str]:
        """The refusals that somebody has to mend first: it is kept until then."""
        return SHUT_OUT if self.is_posted else MUTE

    @property
    def asks(self) -> bool:
        """Whether it wants something of one person: that must reach them, edited or as a message of its own."""
        return self.card.place.person is not None and has_buttons(self.drawn)

    @property
    def shows(self) -> str:
        return digest(self.drawn)

    @property
    def is_foreign(self) -> bool:
        """Whether another run of the bot claimed its first post and never told how it ended."""
        return self.standing is not None and self.standing.state == cards.CLAIMED and self.standing.fence != self.out.fence

    def claimed(self) -> Standing:
        known = self.standing
        if known:
            return known if self.is_posted else replace(known, state=cards.CLAIMED, fence=self.out.fence)
        person = self.card.place.person or ""
        return Standing(self.launch.team_id, self.launch.id, self.card.subject, person, self.new_key, cards.CLAIMED, self.out.fence)

    def claim(self, tx: Connection) -> None:
        if not self.is_posted:
            cards.save(tx, [self.claimed()])

    async def carry(self, is_unknown: bool) -> Standing:
        """Post or update, and settle; what then stands in Slack. Raises CallFailed."""
        standing = self.claimed()
        if standing.ts is None:
            found = await self.out.looked(find_post(self.out.wire, self.to, standing.key)) if is_unknown else None
            if found:
                return await self.settled(replace(standing, state=cards.POSTED, channel=found[0], ts=found[1]))
            channel, ts = await post(self.out.wire, self.to, self.drawn, standing.key)
            standing = replace(standing, state=cards.POSTED, channel=channel, ts=ts)
        else:
            await self.out.wire.call(
                "chat.update", channel=standing.channel, ts=standing.ts, text=self.drawn.text, blocks=list(self.drawn.blocks), parse="none"
            )
        reach("courier.after_call")
        return await self.settled(replace(standing, digest=self.shows))

    async def settled(self, standing: Standing) -> Standing:
        """Write down what Slack accepted; where the board stands is a fact of the launch."""
        told: Command | None = None
        if self.card.subject == "board" and standing.ts and not self.is_posted:
            told = SettleBoard(standing.ts)
        await self.out.bring_home(told, self.launch, lambda tx: cards.save(tx, [standing]))
        return standing

    async def refused(self, error: str) -> Standing:
        """Slack will not have it. A message that is gone is posted anew, and so is an ask where nothing may be edited; anything else
        rests until the card changes."""
        is_lost = error in GONE or (self.is_uneditable(error) and self.asks)
        standing = anew(self.claimed(), self.new_key) if is_lost else replace(self.claimed(), state=cards.FAILED)
        await self.out.bring_home(self.report(error), self.launch, lambda tx: cards.save(tx, [standing]))
        return standing

    def is_uneditable(self, error: str) -> bool:
        """Whether it is not this message: none may be edited."""
        return self.is_posted and error in FORBIDDEN

    def report(self, error: str) -> Command | None:
        """A page that never reached somebody is rung at the next one; an edit that is refused rings at nobody."""
        if self.is_uneditable(error):
            return ReportErrand("edit", error)
        kind, _, number = self.card.subject.partition(":")
        person = self.card.place.person
        return ReportUndelivered(int(number), person, error) if kind == "page" and person and not self.is_posted else None

    def release(self, tx: Connection) -> None:
        """It certainly was not sent: the claim is nobody's, so that it is not looked for."""
        if not self.is_posted:
            cards.save(tx, [replace(self.claimed(), state=cards.FAILED)])


@dataclass(frozen=True, slots=True)
class NoticePost:
    """One sentence of one event."""

    out: Outlets
    parcel: Parcel
    to: str

    method = "chat.postMessage"

    @property
    def ident(self) -> tuple[str, ...]:
        return ("parcel", str(self.parcel.id))

    @property
    def order(self) -> tuple[int, int, str]:
        return (self.parcel.urgency, 0, f"{self.parcel.id:012}")

    @property
    def waits_out(self) -> frozenset[str]:
        return MUTE

    @property
    def channel(self) -> str:
        return self.to

    @property
    def is_foreign(self) -> bool:
        return self.parcel.state == outbox.CLAIMED and self.parcel.fence != self.out.fence

    def claim(self, tx: Connection) -> None:
        outbox.claim(tx, [self.parcel.id], self.out.fence)

    async def carry(self, is_unknown: bool) -> None:
        """Post and settle. Raises CallFailed."""
        body: Mapping[str, Any] = self.parcel.body
        found = await self.out.looked(find_post(self.out.wire, self.to, self.parcel.key)) if is_unknown else None
        if found is None:
            found = await post(self.out.wire, self.to, Drawn(body["text"], body["blocks"]), self.parcel.key)
        channel, ts = found
        reach("courier.after_call")
        await self.out.door.write(lambda tx: outbox.settle(tx, self.parcel.id, channel, ts))

    async def refused(self, error: str) -> None:
        await self.out.door.write(lambda tx: outbox.fail(tx, [self.parcel.id], error))

    def release(self, tx: Connection) -> None:
        outbox.release(tx, self.parcel.id)
