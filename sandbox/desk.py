"""What the desk's orders name: people, channels, messages and views, found or refused with a sentence."""
from collections.abc import Mapping
from typing import Any

from sandbox.errors import DeskError
from sandbox.people import User
from sandbox.sentences import say
from sandbox.standin import StandIn
from sandbox.workspace import Channel, Message, View

Order = Mapping[str, Any]


def text_of(order: Order, name: str) -> str:
    """Raises DeskError when it is missing or no text."""
    value = order.get(name)
    if not isinstance(value, str) or not value:
        raise DeskError(f"{name} is needed, as a text")
    return value


def flag_of(order: Order, name: str) -> bool:
    """False when it is missing. Raises DeskError when it is neither true nor false."""
    value = order.get(name)
    if not isinstance(value, bool | None):
        raise DeskError(f"{name} is true or false, not {value!r}")
    return bool(value)


def user_of(standin: StandIn, order: Order) -> User:
    """By id or by name; a deactivated person may still act, as someone whose session has not ended yet."""
    wanted = text_of(order, "user")
    user = standin.workspace.users.get(wanted) or next((user for user in standin.workspace.users.values() if user.name == wanted), None)
    if user is None:
        raise DeskError(f"there is no user {wanted!r}; GET /_control/state lists them")
    return user


def channel_of(standin: StandIn, order: Order, user: User | None = None) -> Channel:
    """By id or name; the bot's or the person's own id means their direct conversation."""
    wanted = text_of(order, "channel")
    if user is not None and wanted in (user.id, standin.workspace.bot.id):
        return standin.workspace.im(user.id)
    channel = standin.workspace.channels.get(wanted) or standin.workspace.named(wanted.removeprefix("#"))
    if channel is None:
        raise DeskError(f"there is no channel {wanted!r}; there is {', '.join(standin.workspace.channels) or 'none'}")
    return channel


def writable(channel: Channel, user: User) -> Channel:
    """Raises DeskError where Slack would give that person no box to write in; a member may join a public channel by writing."""
    if channel.is_archived:
        raise DeskError(say(user, "archived", channel=channel.name))
    if user.id not in channel.members and (channel.kind != "public" or user.is_restricted):
        raise DeskError(say(user, "not_member", name=user.real_name, channel=channel.name))
    return channel


def readable(channel: Channel, user: User) -> Channel:
    """Raises DeskError where that person cannot look in."""
    if user.id not in channel.members and (channel.kind != "public" or user.is_restricted):
        raise DeskError(say(user, "not_reader", name=user.real_name, channel=channel.name))
    return channel


def message_of(standin: StandIn, order: Order, channel: Channel, user: User) -> Message:
    ts = text_of(order, "messageTs")
    message = channel.messages.get(ts) or standin.workspace.ephemeral(channel.id, user.id, ts)
    if message is None:
        raise DeskError(f"there is no message {ts} in {channel.id} for {user.id}")
    return message


def said_message(standin: StandIn, order: Order, channel: Channel, user: User) -> Message:
    """A message that stays: for one that only that person sees Slack offers no shortcuts."""
    message = message_of(standin, order, channel, user)
    if message.get("is_ephemeral"):
        raise DeskError(f"the message {message['ts']} is seen by {user.name} only: it has no shortcuts")
    return message


def modal_of(standin: StandIn, user: User) -> View:
    stack = standin.workspace.views.get(user.id)
    if not stack:
        raise DeskError(say(user, "no_view", name=user.real_name))
    return stack[-1]


def view_of(standin: StandIn, order: Order, user: User) -> View:
    if order["view"] == "modal":
        return modal_of(standin, user)
    if order["view"] != "home":
        raise DeskError("view is modal or home")
    home = standin.workspace.homes.get(user.id)
    if home is None:
        raise DeskError(f"the app has published no Home for {user.id}")
    return home
