"""Events API: what happened in the workspace, told to a bot that subscribed to it and may see it, again until it is acked."""
import asyncio
import uuid
from typing import Any

from sandbox.people import User, user_object
from sandbox.standin import StandIn
from sandbox.workspace import PARTNER_ID, TEAM_ID, Channel, Message

RETRY_AFTER = (0.0, 60.0, 300.0)
MESSAGE_EVENTS = {"public": ("message.channels", "channel"), "private": ("message.groups", "group"), "im": ("message.im", "im")}


def tell(standin: StandIn, event: dict[str, Any]) -> None:
    """Sends it if the app is subscribed to `event["type"]`."""
    if standin.manifest.listens(event["type"]):
        _send(standin, event)


def tell_message(standin: StandIn, channel: Channel, message: Message) -> None:
    """A message was posted."""
    subscription, channel_type = MESSAGE_EVENTS[channel.kind]
    bot = standin.workspace.bot.id
    if bot not in channel.members:
        return
    place = {"channel": channel.id, "event_ts": message["ts"]}
    if standin.manifest.listens(subscription):
        _send(standin, {**message, **place, "channel_type": channel_type})
    if f"<@{bot}>" in message["text"] and not channel.is_im and message["user"] != bot:
        tell(standin, {**message, **place, "type": "app_mention"})


def tell_change(standin: StandIn, channel: Channel, before: Message, after: Message | None) -> None:
    """A message was changed, or taken away when there is no `after`."""
    subscription, channel_type = MESSAGE_EVENTS[channel.kind]
    if standin.workspace.bot.id in channel.members and standin.manifest.listens(subscription):
        stamp = standin.workspace.next_ts(channel)
        about = {"deleted_ts": before["ts"]} if after is None else {"message": dict(after)}
        _send(standin, {"type": "message", "subtype": "message_changed" if after else "message_deleted", "hidden": True, "ts": stamp,
                        "channel": channel.id, "channel_type": channel_type, "previous_message": before, **about, "event_ts": stamp})


def tell_user(standin: StandIn, user: User, kind: str = "user_change") -> None:
    shown = user_object(user, TEAM_ID, standin.clock.now(), standin.scopes.has("users:read.email"))
    tell(standin, {"type": kind, "user": shown, "cache_ts": int(standin.clock.now()), "event_ts": f"{standin.clock.now():.6f}"})


def dnd_status(standin: StandIn, user: User) -> dict[str, Any]:
    """As dnd.info tells it. Who has set no hours has 1 for both, as Slack says it; who is in them now has them end in an hour."""
    now, hour = int(standin.clock.now()), 3600
    return {"dnd_enabled": user.dnd, "next_dnd_start_ts": now - hour if user.dnd else 1, "next_dnd_end_ts": now + hour if user.dnd else 1}


def tell_dnd(standin: StandIn, user: User) -> None:
    status = dnd_status(standin, user)
    tell(standin, {"type": "dnd_updated_user", "user": user.id, "dnd_status": status, "event_ts": f"{standin.clock.now():.6f}"})


def tell_created(standin: StandIn, channel: Channel) -> None:
    """A public channel was made; of private ones Slack tells nobody."""
    if not channel.is_private:
        shown = {"id": channel.id, "name": channel.name, "name_normalized": channel.name, "created": channel.created,
                 "creator": channel.creator, "is_channel": True, "is_shared": channel.is_ext_shared, "is_org_shared": False,
                 "is_ext_shared": channel.is_ext_shared, "context_team_id": TEAM_ID}
        tell(standin, {"type": "channel_created", "channel": shown, "event_ts": f"{standin.clock.now():.6f}"})


def tell_shared(standin: StandIn, channel: Channel) -> None:
    """A channel was connected to another company's workspace, or is no longer."""
    is_shared = channel.is_ext_shared
    about = {"connected_team_id": PARTNER_ID} if is_shared else {"previously_connected_team_id": PARTNER_ID, "is_ext_shared": False}
    if standin.workspace.bot.id in channel.members:
        tell(standin, {"type": "channel_shared" if is_shared else "channel_unshared", "channel": channel.id, **about,
                       "event_ts": f"{standin.clock.now():.6f}"})


def tell_member(standin: StandIn, channel: Channel, user: str, joined: bool, inviter: str = "") -> None:
    if standin.workspace.bot.id in channel.members or user == standin.workspace.bot.id:
        kind = "member_joined_channel" if joined else "member_left_channel"
        kind_of_channel = "G" if channel.is_private else "C"
        tell(standin, {"type": kind, "user": user, "channel": channel.id, "channel_type": kind_of_channel, "team": TEAM_ID,
                       **({"inviter": inviter} if inviter else {}), "event_ts": f"{standin.clock.now():.6f}"})


def _send(standin: StandIn, event: dict[str, Any]) -> None:
    here = standin.workspace
    authorization = {"enterprise_id": None, "team_id": TEAM_ID, "user_id": here.bot.id, "is_bot": True, "is_enterprise_install": False}
    told = {
        "token": "sandbox-verification", "team_id": TEAM_ID, "context_team_id": TEAM_ID, "context_enterprise_id": None,
        "api_app_id": here.app_id, "event": event, "type": "event_callback", "event_id": "Ev" + uuid.uuid4().hex[:10].upper(),
        "event_time": int(standin.clock.now()), "authorizations": [authorization],
        "is_ext_shared_channel": _is_ext_shared(standin, event.get("channel")), "event_context": f"4-{event['type']}",
    }
    standin.start_later(_until_acked(standin, event["type"], told))


def _is_ext_shared(standin: StandIn, channel: object) -> bool:
    """`channel` is the event's: an id, or a channel told whole."""
    known = standin.workspace.channels.get(channel["id"] if isinstance(channel, dict) else str(channel))
    return known is not None and known.is_ext_shared


async def _until_acked(standin: StandIn, kind: str, told: dict[str, Any]) -> None:
    reason = ""
    for attempt, wait in enumerate((0.0, *RETRY_AFTER)):
        await asyncio.sleep(wait)
        if await standin.sockets.deliver("events_api", kind, told, takes_body=False, retry_attempt=attempt, retry_reason=reason):
            return
        reason = "timeout"
