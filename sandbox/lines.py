"""The small lines Slack itself writes in a channel: who joined, a new topic, a pin."""
from typing import Any

from sandbox.events import tell_member, tell_message
from sandbox.standin import StandIn
from sandbox.workspace import Channel


def add_line(standin: StandIn, channel: Channel, user: str, subtype: str, text: str, **more: Any) -> None:
    if not channel.is_im:
        tell_message(standin, channel, standin.workspace.add_message(channel, user, text, subtype=subtype, **more))


def join(standin: StandIn, channel: Channel, user: str, inviter: str = "") -> None:
    channel.members[user] = None
    add_line(standin, channel, user, "channel_join", f"<@{user}> has joined the channel", **({"inviter": inviter} if inviter else {}))
    tell_member(standin, channel, user, joined=True, inviter=inviter)


def leave(standin: StandIn, channel: Channel, user: str) -> None:
    channel.members.pop(user, None)
    add_line(standin, channel, user, "channel_leave", f"<@{user}> has left the channel")
    tell_member(standin, channel, user, joined=False)


def describe(standin: StandIn, channel: Channel, subtype: str, text: str) -> None:
    """Sets topic or purpose and says so; `subtype` is channel_topic or channel_purpose."""
    word, bot = subtype.removeprefix("channel_"), standin.workspace.bot.id
    setattr(channel, word, {"value": text, "creator": bot, "last_set": int(standin.clock.now())})
    said = f"<@{bot}> set the channel {word}: {text}" if text else f"<@{bot}> cleared channel {word}"
    add_line(standin, channel, bot, subtype, said, **{word: text})
