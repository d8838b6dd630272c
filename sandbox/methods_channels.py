"""conversations.create, info, list, rename, archive, setTopic, setPurpose: the channels themselves."""
from typing import Any

from sandbox.args import Args, paged
from sandbox.errors import SlackError, wrong_arguments
from sandbox.events import tell_created
from sandbox.lines import add_line, describe, join
from sandbox.seen import channel_object, channel_of, free_name, no_im, own_channel, visible
from sandbox.standin import StandIn

TOPIC_LENGTH = 250
TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def create(standin: StandIn, args: Args) -> dict[str, Any]:
    name = free_name(standin, args.text("name"))
    channel = standin.workspace.add_channel(name, standin.workspace.bot.id, is_private=args.flag("is_private"))
    tell_created(standin, channel)
    join(standin, channel, standin.workspace.bot.id)
    return {"channel": channel_object(standin, channel)}


def info(standin: StandIn, args: Args) -> dict[str, Any]:
    return {"channel": channel_object(standin, channel_of(standin, args), args.flag("include_num_members"))}


def kinds_asked(args: Args) -> list[str]:
    """Raises SlackError invalid_types."""
    asked = [word.strip() for word in (args.text("types") or "public_channel").split(",")]
    if any(word not in TYPES for word in asked):
        raise SlackError("invalid_types")
    return [TYPES[word] for word in asked]


def list_channels(standin: StandIn, args: Args) -> dict[str, Any]:
    kinds = kinds_asked(args)
    found = [channel for channel in standin.workspace.channels.values() if channel.kind in kinds and visible(standin, channel.id)
             and not (channel.is_archived and args.flag("exclude_archived"))]
    start, size = args.page()
    page = paged("channels", found, start, size)
    page["channels"] = [channel_object(standin, channel, with_count=True) for channel in page["channels"]]
    return page


def users_conversations(standin: StandIn, args: Args) -> dict[str, Any]:
    """Those a person is in, as far as the bot can see them; its own when nobody is named."""
    kinds, user = kinds_asked(args), standin.workspace.user(args.text("user") or standin.workspace.bot.id)
    if user is None:
        raise wrong_arguments("invalid user [json-pointer:/user]")
    found = [channel for channel in standin.workspace.channels.values() if channel.kind in kinds and user.id in channel.members
             and visible(standin, channel.id) and not (channel.is_archived and args.flag("exclude_archived"))]
    page = paged("channels", found, *args.page())
    page["channels"] = [channel_object(standin, channel) for channel in page["channels"]]
    return page


def rename(standin: StandIn, args: Args) -> dict[str, Any]:
    channel = no_im(own_channel(standin, args))
    if channel.creator != standin.workspace.bot.id:
        raise SlackError("not_authorized")
    name, old, bot = free_name(standin, args.text("name")), channel.name, standin.workspace.bot.id
    channel.previous_names.append(old)
    channel.name = name
    add_line(standin, channel, bot, "channel_name", f'<@{bot}> has renamed the channel from "{old}" to "{name}"', name=name, old_name=old)
    return {"channel": channel_object(standin, channel)}


def archive(standin: StandIn, args: Args) -> dict[str, Any]:
    channel = no_im(own_channel(standin, args, open_only=False))
    if channel.is_archived:
        raise SlackError("already_archived")
    bot = standin.workspace.bot.id
    add_line(standin, channel, bot, "channel_archive", f"<@{bot}> archived the channel")
    channel.is_archived = True
    standin.workspace.touch()
    return {}


def set_topic(standin: StandIn, args: Args) -> dict[str, Any]:
    return _described(standin, args, "topic")


def set_purpose(standin: StandIn, args: Args) -> dict[str, Any]:
    return _described(standin, args, "purpose")


def _described(standin: StandIn, args: Args, word: str) -> dict[str, Any]:
    channel = own_channel(standin, args)
    if len(args.text(word)) > TOPIC_LENGTH:
        raise SlackError("too_long")
    if getattr(channel, word)["value"] != args.text(word):
        describe(standin, channel, f"channel_{word}", args.text(word))
    standin.workspace.touch()
    return {"channel": channel_object(standin, channel), word: args.text(word)}


METHODS = {
    "conversations.create": create, "conversations.info": info, "conversations.list": list_channels, "conversations.rename": rename,
    "conversations.archive": archive, "conversations.setTopic": set_topic, "conversations.setPurpose": set_purpose,
    "users.conversations": users_conversations,
}
