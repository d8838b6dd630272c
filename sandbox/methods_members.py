"""conversations.members, invite, join, kick, open: who is in a conversation."""
from typing import Any

from sandbox.args import Args, paged
from sandbox.errors import SlackError, wrong_arguments
from sandbox.lines import join, leave
from sandbox.seen import channel_object, channel_of, no_im, own_channel, visible
from sandbox.standin import StandIn
from sandbox.workspace import Channel

INVITED_AT_ONCE = 100


def members(standin: StandIn, args: Args) -> dict[str, Any]:
    start, size = args.page()
    return paged("members", list(channel_of(standin, args).members), start, size)


def invite(standin: StandIn, args: Args) -> dict[str, Any]:
    channel = no_im(own_channel(standin, args))
    users = list(dict.fromkeys(part.strip() for part in args.text("users").split(",") if part.strip()))
    if not users:
        raise SlackError("no_user")
    if len(users) > INVITED_AT_ONCE:
        raise wrong_arguments(f"must be no more than {INVITED_AT_ONCE} users [json-pointer:/users]")
    errors = [{"user": user, "ok": False, "error": error} for user in users if (error := _why_not(standin, channel, user))]
    if errors and (len(errors) == len(users) or not args.flag("force")):
        raise SlackError(errors[0]["error"], errors=errors)  # type: ignore[arg-type]  # the error of an entry is a text
    refused = {error["user"] for error in errors}
    for user in users:
        if user not in refused:
            join(standin, channel, user, inviter=standin.workspace.bot.id)
    return {"channel": channel_object(standin, channel), **({"errors": errors} if errors else {})}


def _why_not(standin: StandIn, channel: Channel, user_id: str) -> str:
    if user_id == standin.workspace.bot.id:
        return "cant_invite_self"
    user = standin.workspace.users.get(user_id)
    if user is None:
        return "user_not_found"
    if user_id in channel.members:
        return "already_in_channel"
    if user.is_ultra_restricted and any(user_id in other.members for other in standin.workspace.open_channels()):
        return "ura_max_channels"
    return "cant_invite" if user.deleted else ""


def join_channel(standin: StandIn, args: Args) -> dict[str, Any]:
    channel = channel_of(standin, args)
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    if standin.workspace.bot.id in channel.members:
        warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return {"channel": channel_object(standin, channel), **warned}
    join(standin, channel, standin.workspace.bot.id)
    return {"channel": channel_object(standin, channel)}


def leave_channel(standin: StandIn, args: Args) -> dict[str, Any]:
    channel, bot = no_im(channel_of(standin, args)), standin.workspace.bot.id
    if channel.is_archived:
        raise SlackError("is_archived")
    if bot not in channel.members:
        return {"not_in_channel": True}
    if channel.is_private and len(channel.members) == 1:
        raise SlackError("last_member")
    leave(standin, channel, bot)
    return {}


def kick(standin: StandIn, args: Args) -> dict[str, Any]:
    channel, user = no_im(own_channel(standin, args)), args.text("user")
    if user == standin.workspace.bot.id:
        raise SlackError("cant_kick_self")
    if standin.workspace.user(user) is None:
        raise SlackError("user_not_found")
    if user not in channel.members:
        raise SlackError("not_in_channel")
    leave(standin, channel, user)
    return {"errors": {}}


def open_im(standin: StandIn, args: Args) -> dict[str, Any]:
    """With one person, or by the id of a direct conversation. Groups are not offered by the stand-in."""
    if args.text("channel"):
        channel = visible(standin, args.text("channel"))
        if channel is None:
            raise SlackError("channel_not_found")
        return _opened(standin, channel, args, already=True)
    users = [part.strip() for part in args.text("users").split(",") if part.strip()]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        raise SlackError("invalid_user_combination")
    user = standin.workspace.users.get(users[0])
    if user is None:
        raise SlackError("user_not_found")
    if user.deleted:
        raise SlackError("user_disabled")
    before = len(standin.workspace.channels)
    channel = standin.workspace.im(user.id)
    return _opened(standin, channel, args, already=len(standin.workspace.channels) == before)


def _opened(standin: StandIn, channel: Channel, args: Args, already: bool) -> dict[str, Any]:
    shown = channel_object(standin, channel) if args.flag("return_im") else {"id": channel.id}
    return {"channel": shown, **({"no_op": True, "already_open": True} if already else {})}


METHODS = {
    "conversations.members": members, "conversations.invite": invite, "conversations.join": join_channel, "conversations.kick": kick,
    "conversations.open": open_im, "conversations.leave": leave_channel,
}
