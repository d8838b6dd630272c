"""pins.* and reactions.add: marks on messages."""
import re
from typing import Any

from sandbox.args import Args
from sandbox.errors import SlackError
from sandbox.lines import add_line
from sandbox.seen import channel_of, message_of, own_channel
from sandbox.stamps import is_ts
from sandbox.standin import StandIn
from sandbox.workspace import Channel, Message

MOST_PINS = 100
EMOJI = re.compile(r"[a-z0-9_+'\-]{1,100}(::skin-tone-[2-6])?")
LINES = ("channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive", "pinned_item", "tombstone")


def _marked(standin: StandIn, args: Args) -> tuple[Channel, Message]:
    channel = own_channel(standin, args, open_only=False)
    ts = args.text("timestamp")
    if not ts:
        raise SlackError("no_item_specified")
    if not is_ts(ts):
        raise SlackError("bad_timestamp")
    return channel, message_of(channel, ts)


def add(standin: StandIn, args: Args) -> dict[str, Any]:
    channel, message = _marked(standin, args)
    if message["ts"] in channel.pins:
        raise SlackError("already_pinned")
    if len(channel.pins) >= MOST_PINS:
        raise SlackError("too_many_pins")
    if message.get("subtype") in LINES:
        raise SlackError("not_pinnable")
    bot = standin.workspace.bot.id
    channel.pins[message["ts"]] = {"created": int(standin.clock.now()), "created_by": bot}
    message["pinned_to"] = [channel.id]
    item = {"type": "C", "channel": channel.id, "ts": message["ts"]}
    add_line(standin, channel, bot, "pinned_item", f"<@{bot}> pinned a message to this channel.", item_type="C", item=item)
    standin.workspace.touch()
    return {}


def remove(standin: StandIn, args: Args) -> dict[str, Any]:
    channel, message = _marked(standin, args)
    if channel.pins.pop(message["ts"], None) is None:
        raise SlackError("no_pin")
    message.pop("pinned_to", None)
    standin.workspace.touch()
    return {}


def list_pins(standin: StandIn, args: Args) -> dict[str, Any]:
    channel = channel_of(standin, args)
    pinned = ((channel.messages[ts], pin) for ts, pin in channel.pins.items())
    return {"items": [{"type": "message", "channel": channel.id, "message": dict(message), **pin} for message, pin in pinned]}


def react(standin: StandIn, args: Args) -> dict[str, Any]:
    channel, message = _marked(standin, args)
    if channel.is_archived:
        raise SlackError("is_archived")
    name, bot = args.text("name").strip(":"), standin.workspace.bot.id
    if not EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    reactions = message.setdefault("reactions", [])
    known = next((reaction for reaction in reactions if reaction["name"] == name), None)
    if known is None:
        known = {"name": name, "users": [], "count": 0}
        reactions.append(known)
    if bot in known["users"]:
        raise SlackError("already_reacted")
    known["users"].append(bot)
    known["count"] = len(known["users"])
    standin.workspace.touch()
    return {}


METHODS = {"pins.add": add, "pins.remove": remove, "pins.list": list_pins, "reactions.add": react}
