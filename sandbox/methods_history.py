"""conversations.history and replies, newest first and oldest first, page by page; metadata only when it is asked for."""
from collections.abc import Callable
from typing import Any

from sandbox.args import Args, paged
from sandbox.errors import SlackError
from sandbox.seen import channel_of
from sandbox.stamps import is_ts, micros
from sandbox.standin import StandIn
from sandbox.workspace import Channel, Message


def history(standin: StandIn, args: Args) -> dict[str, Any]:
    channel = _readable(standin, args)
    within = _between(args)
    found = [message for ts, message in channel.messages.items() if within(ts) and _in_channel(message)]
    start, size = args.page()
    page = paged("messages", found[::-1], start, size)
    more = bool(page["response_metadata"]["next_cursor"])
    page["messages"] = [_shown(message, args) for message in page["messages"]]
    return {**page, "has_more": more, "pin_count": len(channel.pins)}


def replies(standin: StandIn, args: Args) -> dict[str, Any]:
    channel = _readable(standin, args)
    parent = channel.messages.get(args.text("ts"))
    if parent is None:
        raise SlackError("thread_not_found")
    within = _between(args)
    found = [parent, *(message for message in channel.replies(parent["ts"]) if within(message["ts"]))]
    start, size = args.page()
    page = paged("messages", found, start, size)
    more = bool(page["response_metadata"]["next_cursor"])
    page["messages"] = [_shown(message, args) for message in page["messages"]]
    return {**page, "has_more": more}


def _readable(standin: StandIn, args: Args) -> Channel:
    channel = channel_of(standin, args)
    if standin.workspace.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _in_channel(message: Message) -> bool:
    return message.get("thread_ts") in (None, message["ts"]) or message.get("subtype") == "thread_broadcast"


def _between(args: Args) -> Callable[[str], bool]:
    bounds = {}
    for name in ("oldest", "latest"):
        given = args.text(name)
        if given and not is_ts(given):
            raise SlackError(f"invalid_ts_{name}")
        bounds[name] = micros(given) if given else None
    low, high, inclusive = bounds["oldest"], bounds["latest"], args.flag("inclusive")

    def within(ts: str) -> bool:
        at = micros(ts)
        return (low is None or at > low or (inclusive and at == low)) and (high is None or at < high or (inclusive and at == high))

    return within


def _shown(message: Message, args: Args) -> Message:
    return message if args.flag("include_all_metadata") else {key: value for key, value in message.items() if key != "metadata"}


METHODS = {"conversations.history": history, "conversations.replies": replies}
