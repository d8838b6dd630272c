"""What the bot may see and touch: the checks that many methods share."""
import re
from typing import Any

from sandbox.args import Args
from sandbox.errors import SlackError
from sandbox.standin import StandIn
from sandbox.workspace import PARTNER_ID, TEAM_ID, Channel, Message

CHANNEL_NAME_LENGTH = 80


def visible(standin: StandIn, channel_id: str) -> Channel | None:
    """Private channels are there for the bot only while it is in them."""
    channel = standin.workspace.channels.get(channel_id)
    hidden = channel is not None and (channel.is_private or channel.is_im) and standin.workspace.bot.id not in channel.members
    return None if hidden else channel


def channel_of(standin: StandIn, args: Args, name: str = "channel") -> Channel:
    """Raises SlackError channel_not_found."""
    channel = visible(standin, args.text(name))
    if channel is None:
        raise SlackError("channel_not_found")
    return channel


def own_channel(standin: StandIn, args: Args, open_only: bool = True) -> Channel:
    """A channel the bot is in. Raises SlackError not_in_channel, is_archived."""
    channel = channel_of(standin, args)
    if standin.workspace.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    if open_only and channel.is_archived:
        raise SlackError("is_archived")
    return channel


def no_im(channel: Channel) -> Channel:
    if channel.is_im:
        raise SlackError("method_not_supported_for_channel_type")
    return channel


def message_of(channel: Channel, ts: str) -> Message:
    if ts not in channel.messages:
        raise SlackError("message_not_found")
    return channel.messages[ts]


def free_name(standin: StandIn, name: str) -> str:
    """Raises SlackError for a name Slack does not take."""
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > CHANNEL_NAME_LENGTH:
        raise SlackError("invalid_name_maxlength")
    if not re.sub(r"[-_]", "", name):
        raise SlackError("invalid_name_punctuation")
    if any(not (letter in "-_" or (letter.isalnum() and letter == letter.lower())) for letter in name):
        raise SlackError("invalid_name_specials")
    if standin.workspace.named(name):
        raise SlackError("name_taken")
    return name


def channel_object(standin: StandIn, channel: Channel, with_count: bool = False) -> dict[str, Any]:
    """The conversation as conversations.* answer it."""
    bot = standin.workspace.bot.id
    common = {"id": channel.id, "created": channel.created, "is_archived": channel.is_archived, "is_im": channel.is_im,
              "is_org_shared": False, "context_team_id": TEAM_ID, "updated": channel.created * 1000}
    if channel.is_im:
        user = standin.workspace.user(channel.user)
        return {**common, "user": channel.user, "is_user_deleted": bool(user and user.deleted), "priority": 0}
    count = {"num_members": len(channel.members)} if with_count else {}
    partners = [PARTNER_ID] if channel.is_ext_shared else []
    connected = {"conversation_host_id": TEAM_ID, "internal_team_ids": [TEAM_ID], "connected_team_ids": partners} if partners else {}
    return {
        **common, "name": channel.name, "name_normalized": channel.name, "is_channel": not channel.is_private,
        "is_group": channel.is_private, "is_mpim": False, "is_private": channel.is_private, "is_general": False,
        "is_member": bot in channel.members, "unlinked": 0, "is_shared": channel.is_ext_shared, "is_ext_shared": channel.is_ext_shared,
        "is_pending_ext_shared": False,
        "pending_shared": [], "parent_conversation": None, "creator": channel.creator, "shared_team_ids": [TEAM_ID, *partners],
        "pending_connected_team_ids": [], "topic": channel.topic, "purpose": channel.purpose,
        "previous_names": channel.previous_names, **connected, **count,
    }
