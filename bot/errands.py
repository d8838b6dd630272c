"""What is done in Slack once besides messages: finding people and channels, making the room, inviting, topic, pin, bookmark.

Each errand can be done again after an unknown outcome: it is idempotent, or it looks first.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.crash import reach
from bot.posts import SHUT_OUT, Outlets, pages
from bot.publishing import find_channel
from bot.views import room as room_view
from bot.wire import Identity, SlackRefused
from launch import room
from launch.messages import Command, FindMember, ReportErrand, ReportInvited, SettleOutlet, SettleRoom
from launch.plan import is_channel_id
from launch.publishing import OBSERVERS
from launch.room import FORBIDDEN
from launch.state import Launch
from storage import outbox
from storage.outbox import Parcel

METHODS = {
    "find_person": "users.lookupByEmail",
    "find_channel": "conversations.list",
    "create_room": "conversations.create",
    "invite": "conversations.invite",
    "topic": "conversations.setTopic",
    "pin": "pins.add",
    "bookmark": "bookmarks.add",
}
AT_ONCE = 100
"""Users that conversations.invite takes in one call (since 2025-09)."""
NAMES = 9
"""How many names are tried when the room's own is taken by somebody else's channel."""
DONE_ALREADY = frozenset({"already_pinned", "already_in_channel"})


@dataclass(frozen=True, slots=True)
class ErrandRun:
    """One errand of one launch, with the newest state of that launch."""

    out: Outlets
    parcel: Parcel
    launch: Launch
    identity: Identity

    channel = None
    waits_out = SHUT_OUT

    @property
    def ident(self) -> tuple[str, ...]:
        return ("parcel", str(self.parcel.id))

    @property
    def method(self) -> str:
        if self.parcel.kind == "find_person" and self.parcel.body.get("slack"):
            return "users.info"
        if self.channel_named and is_channel_id(self.channel_named):
            return "conversations.info"
        return METHODS[self.parcel.kind]

    @property
    def channel_named(self) -> str | None:
        """The channel that is looked for, as the plan has it; None for other errands, and when a newer plan does not name it."""
        plan, audience = self.launch.plan, str(self.parcel.body.get("audience"))
        if audience == OBSERVERS:
            return plan.room.observers
        return plan.audiences[audience].channel if audience in plan.audiences else None

    @property
    def order(self) -> tuple[int, int, str]:
        return (self.parcel.urgency, 0, f"{self.parcel.id:012}")

    @property
    def is_foreign(self) -> bool:
        return self.parcel.state == outbox.CLAIMED and self.parcel.fence != self.out.fence

    def claim(self, tx: Connection) -> None:
        outbox.claim(tx, [self.parcel.id], self.out.fence)

    async def carry(self, is_unknown: bool) -> None:
        """Do it and bring home what Slack answered, in the transaction that settles it. Raises CallFailed, Unwritten."""
        run: dict[str, Callable[[bool], Awaitable[Command | None]]] = {
            "find_person": self.find_person,
            "find_channel": self.find_channel,
            "create_room": self.create_room,
            "invite": self.invite,
            "topic": self.set_topic,
            "pin": self.pin,
            "bookmark": self.bookmark,
        }
        answer = await run[self.parcel.kind](is_unknown)
        reach("courier.after_call")
        await self.out.bring_home(answer, self.launch, lambda tx: outbox.settle(tx, self.parcel.id))

    async def refused(self, error: str) -> None:
        """Slack said no for good: the launch is told, and with it whoever can mend it."""
        await self.out.bring_home(self.report(error), self.launch, lambda tx: outbox.fail(tx, [self.parcel.id], error))

    def release(self, tx: Connection) -> None:
        outbox.release(tx, self.parcel.id)

    # --- the errands -------------------------------------------------------------------------------------------------

    async def find_person(self, _is_unknown: bool) -> Command:
        body = self.parcel.body
        asked = {"user": body["slack"]} if body.get("slack") else {"email": body["mail"]}
        try:
            user = (await self.out.wire.call(self.method, **asked))["user"]
        except SlackRefused as no:
            if "user" not in asked or no.error not in FORBIDDEN:
                raise
            return await self.trusted(no.error)
        is_guest = bool(user.get("is_restricted") or user.get("is_ultra_restricted"))
        return FindMember(str(body["person"]), user["id"], not user.get("deleted", False), is_guest)

    async def trusted(self, error: str) -> Command:
        """Where Slack tells nothing of accounts, the one that the plan names is written to as it stands there."""
        await self.out.bring_home(ReportErrand("know_account", error), self.launch, lambda tx: None)
        return FindMember(str(self.parcel.body["person"]), str(self.parcel.body["slack"]))

    def report(self, error: str) -> Command:
        """What a refusal means for the launch."""
        match self.parcel.kind:
            case "find_person":
                return FindMember(str(self.parcel.body["person"]), None, trouble=error)
            case "find_channel":
                return SettleOutlet(str(self.parcel.body["audience"]), None, trouble=error)
        return ReportErrand(self.parcel.kind, error)

    async def find_channel(self, _is_unknown: bool) -> Command | None:
        """Beforehand, while there is time to let the bot in."""
        if self.channel_named is None:
            return None
        return SettleOutlet(str(self.parcel.body["audience"]), await find_channel(self.out.wire, self.channel_named))

    async def create_room(self, is_unknown: bool) -> Command:
        """The room under its own name, else under the next; a channel that has the name is taken over only if we made it."""
        wanted = room_view.channel_name(self.launch)
        for name in [wanted, *(f"{wanted}-{number}" for number in range(2, NAMES + 1))]:
            if is_unknown and (ours := await self.out.looked(self.our_channel(name))):
                return SettleRoom(ours)
            try:
                made = await self.out.wire.call("conversations.create", name=name, is_private=self.launch.plan.room.visibility == "private")
            except SlackRefused as no:
                if no.error != "name_taken":
                    raise
                if ours := await self.out.looked(self.our_channel(name)):
                    return SettleRoom(ours)
                continue
            return SettleRoom(made["channel"]["id"])
        raise SlackRefused("name_taken")

    async def our_channel(self, name: str) -> str | None:
        """A channel of this name that we made ourselves and that no launch has."""
        kinds = "public_channel,private_channel"
        async for channel in pages(self.out.wire, "conversations.list", "channels", types=kinds, exclude_archived=True):
            if channel["name"] == name and channel["creator"] == self.identity.bot_user_id and not self.has_launch(channel["id"]):
                return str(channel["id"])
        return None

    def has_launch(self, channel: str) -> bool:
        return any(other.channel == channel for other in self.out.door.launches(self.launch.team_id))

    async def invite(self, _is_unknown: bool) -> Command:
        """Everybody who belongs in the room by now and was not invited, in hundreds."""
        wanted = [m for m in room.invitees(self.launch) if m.user != self.identity.bot_user_id]
        refused: list[str] = []
        for start in range(0, len(wanted), AT_ONCE):
            some = {m.user or "": m.person for m in wanted[start : start + AT_ONCE]}
            refused += [some[user] for user in await self.not_invited(list(some)) if user in some]
        return ReportInvited(tuple(m.person for m in wanted if m.person not in refused), tuple(refused))

    async def not_invited(self, users: list[str]) -> list[str]:
        """Invite, and name those whom Slack would not take."""
        try:
            answer = await self.out.wire.call("conversations.invite", channel=self.launch.channel, users=",".join(users), force=True)
        except SlackRefused as no:
            if no.error in DONE_ALREADY:
                return []
            if not no.answer.get("errors"):
                raise
            answer = no.answer
        return [each["user"] for each in answer.get("errors") or () if each.get("error") not in DONE_ALREADY and each.get("user")]

    async def set_topic(self, _is_unknown: bool) -> None:
        await self.out.wire.call("conversations.setTopic", channel=self.launch.channel, topic=room_view.topic(self.launch))

    async def pin(self, _is_unknown: bool) -> None:
        try:
            await self.out.wire.call("pins.add", channel=self.launch.channel, timestamp=self.launch.board)
        except SlackRefused as no:
            if no.error not in DONE_ALREADY:
                raise

    async def bookmark(self, is_unknown: bool) -> None:
        """A pin does not float: bookmarks lead to the board, the bridge, and what the plan wants at hand."""
        of = str(self.parcel.body.get("of", "board"))
        title, link = room_view.bookmark_title(self.launch.plan, of), self.link_to(of)
        if is_unknown and await self.out.looked(self.is_bookmarked(link)):
            return
        await self.out.wire.call("bookmarks.add", channel_id=self.launch.channel, title=title, type="link", link=link)

    async def is_bookmarked(self, link: str) -> bool:
        there = await self.out.wire.call("bookmarks.list", channel_id=self.launch.channel)
        return any(each.get("link") == link for each in there["bookmarks"])

    def link_to(self, of: str) -> str:
        plan = self.launch.plan
        match of:
            case "board":
                return self.board_link()
            case "bridge":
                return (plan.bridge.video if plan.bridge else None) or self.board_link()
        return plan.links[int(of)].url

    def board_link(self) -> str:
        stamp = (self.launch.board or "").replace(".", "")
        return f"{self.identity.url.rstrip('/')}/archives/{self.launch.channel}/p{stamp}"
