"""An approved update on its way to customers, who read it once or not at all: what Slack may have taken is looked for before it is
posted again, and where nobody may look, a person is asked. And the channels in which they read."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.crash import reach
from bot.posts import Outlets, find_post, pages, post
from bot.views.customers import customer_message
from bot.wire import RateLimited, SlackRefused, Wire
from launch.messages import ReportUpdate, SettleOutlet, SettleUpdate
from launch.plan import is_channel_id
from launch.state import Draft, Launch, Stage
from storage import outbox
from storage.outbox import Parcel


@dataclass(frozen=True, slots=True)
class UpdatePost:
    """One approved edition of a draft, with the newest state of its launch."""

    out: Outlets
    parcel: Parcel
    launch: Launch

    method = "chat.postMessage"
    waits_out = frozenset[str]()
    """What customers read may be out of date by the time that Slack takes it: a person is asked."""

    @property
    def ident(self) -> tuple[str, ...]:
        return ("parcel", str(self.parcel.id))

    @property
    def order(self) -> tuple[int, int, str]:
        return (self.parcel.urgency, 0, f"{self.parcel.id:012}")

    @property
    def channel(self) -> str | None:
        """Where it is posted; None while it has to be looked up first."""
        outlet = self.launch.outlets.get(self.draft.audience)
        return outlet.channel if outlet else None

    @property
    def is_foreign(self) -> bool:
        return self.parcel.state == outbox.CLAIMED and self.parcel.fence != self.out.fence

    @property
    def draft(self) -> Draft:
        return self.launch.drafts[int(self.parcel.body["draft"])]

    @property
    def is_wanted(self) -> bool:
        """Whether exactly this edition is approved and not out yet."""
        return self.draft.stage is Stage.APPROVED and self.draft.edition == self.parcel.body["edition"]

    def claim(self, tx: Connection) -> None:
        outbox.claim(tx, [self.parcel.id], self.out.fence)

    async def carry(self, is_unknown: bool) -> None:
        """Post it, unless it is there; and settle. Raises CallFailed, Unwritten."""
        if not self.is_wanted:
            await self.out.door.write(lambda tx: outbox.settle(tx, self.parcel.id))
            return
        try:
            channel = self.channel or await self.looked_up()
            found = await find_post(self.out.wire, channel, self.parcel.key) if is_unknown else None
        except RateLimited:
            raise
        except SlackRefused as no:
            await self.give_up(no.error, is_unsure=is_unknown)
            return
        channel, ts = found or await post(self.out.wire, channel, customer_message(self.launch.plan, self.draft), self.parcel.key)
        reach("courier.after_call")
        settled = SettleUpdate(self.draft.number, channel, ts)
        await self.out.bring_home(settled, self.launch, lambda tx: outbox.settle(tx, self.parcel.id, channel, ts))

    async def looked_up(self) -> str:
        """The channel, brought home at once: where it was posted is then known to whoever has to look."""
        audience = self.launch.plan.audiences[self.draft.audience]
        channel = await find_channel(self.out.wire, audience.channel)
        await self.out.bring_home(SettleOutlet(audience.key, channel), self.launch, lambda tx: None)
        return channel

    async def refused(self, error: str) -> None:
        """Slack would not take it: it is certainly not there."""
        await self.give_up(error, is_unsure=False)

    async def give_up(self, error: str, *, is_unsure: bool) -> None:
        """Whoever wrote and approved it is told, and says what is next."""
        report = ReportUpdate(self.draft.number, error, is_unsure)
        await self.out.bring_home(report, self.launch, lambda tx: outbox.fail(tx, [self.parcel.id], error))

    def release(self, tx: Connection) -> None:
        outbox.release(tx, self.parcel.id)


# --- where customers read ----------------------------------------------------------------------------------------------


async def find_channel(wire: Wire, named: str) -> str:
    """The id of the channel that the plan names, with the bot in it. Raises CallFailed; SlackRefused also for one that cannot be used."""
    found = await channel_of(wire, named)
    if found.get("is_archived"):
        raise SlackRefused("is_archived")
    if not found.get("is_member"):
        await join(wire, found["id"])
    return str(found["id"])


async def channel_of(wire: Wire, named: str) -> dict[str, Any]:
    """What Slack says of it. A private channel that the bot is not in cannot be told from one that is not there."""
    if is_channel_id(named):
        found: dict[str, Any] = (await wire.call("conversations.info", channel=named))["channel"]
        return found
    async for channel in pages(wire, "conversations.list", "channels", types="public_channel,private_channel"):
        if channel["name"] == named:
            return channel
    raise SlackRefused("channel_not_found")


async def join(wire: Wire, channel: str) -> None:
    """Into a public channel. Where that is not granted, somebody has to let the bot in."""
    try:
        await wire.call("conversations.join", channel=channel)
    except RateLimited:
        raise
    except SlackRefused as no:
        raise SlackRefused("not_in_channel", no.answer) from no
