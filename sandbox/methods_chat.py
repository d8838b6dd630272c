"""chat.*: messages posted, changed, taken back, shown to one person only."""
import json
from typing import Any

from sandbox.args import Args
from sandbox.blocks import kept
from sandbox.errors import SlackError
from sandbox.events import tell_change, tell_message
from sandbox.limits import check_message
from sandbox.seen import channel_of, message_of, visible
from sandbox.stamps import is_ts
from sandbox.standin import StandIn
from sandbox.workspace import TEAM_ID, Channel, Message

POSTED_TEXT, UPDATED_TEXT, METADATA_BYTES = 40_000, 4_000, 8_000


def post_message(standin: StandIn, args: Args) -> dict[str, Any]:
    channel = _posting_place(standin, args)
    content = {**_content(standin, args), "metadata": _metadata(args), **_thread(channel, args)}
    message = said_by_bot(standin, channel, content)
    return {"channel": channel.id, "ts": message["ts"], "message": dict(message)}


def said_by_bot(standin: StandIn, channel: Channel, content: dict[str, Any]) -> Message:
    """`content`: text, and of blocks, attachments, metadata, thread_ts, subtype what there is."""
    text, more = content["text"], {key: value for key, value in content.items() if key != "text"}
    message = standin.workspace.add_message(channel, standin.workspace.bot.id, text, **signature(standin), **more)
    tell_message(standin, channel, message)
    return message


def signature(standin: StandIn) -> dict[str, Any]:
    here = standin.workspace
    profile = {"id": here.bot_id, "deleted": False, "name": here.app_name, "updated": 0, "app_id": here.app_id, "user_id": here.bot.id,
               "icons": {"emoji": ":rocket:"}, "team_id": TEAM_ID}
    return {"bot_id": here.bot_id, "app_id": here.app_id, "bot_profile": profile}


def _posting_place(standin: StandIn, args: Args) -> Channel:
    """A channel by id or name, or a person by id, whose conversation with the bot opens by itself."""
    wanted = args.text("channel")
    if wanted in standin.workspace.users:
        return standin.workspace.im(wanted)
    named = None if wanted in standin.workspace.channels else standin.workspace.named(wanted.removeprefix("#"))
    channel = visible(standin, named.id if named else wanted)
    if channel is None:
        raise SlackError("channel_not_found")
    if channel.is_archived:
        raise SlackError("is_archived")
    if standin.workspace.bot.id not in channel.members and not standin.scopes.has("chat:write.public"):
        raise SlackError("not_in_channel")
    return channel


def _content(standin: StandIn, args: Args) -> dict[str, Any]:
    """text, and of blocks and attachments what was given, an empty list as None. Raises SlackError no_text, invalid_blocks …"""
    text, blocks, attachments = args.text("text"), args.told.get("blocks"), args.told.get("attachments")
    check_message(blocks, attachments, standin.faults.refused_blocks())
    if not text.strip() and not blocks and not attachments:
        raise SlackError("no_text")
    given = {"blocks": kept(blocks) if blocks else None, "attachments": attachments or None}
    return {"text": text[:POSTED_TEXT], **{name: value for name, value in given.items() if args.told.get(name) is not None}}


def _metadata(args: Args) -> dict[str, Any] | None:
    metadata = args.told.get("metadata")
    if metadata in (None, "", {}):
        return None
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise SlackError("metadata_too_large")
    return metadata


def _thread(channel: Channel, args: Args) -> dict[str, Any]:
    """Under a thread_ts that nothing stands at Slack takes the reply too: it is then seen nowhere. Raises SlackError."""
    thread_ts = args.text("thread_ts")
    if not thread_ts:
        return {}
    if not is_ts(thread_ts):
        raise SlackError("invalid_thread_ts")
    if channel.messages.get(thread_ts, {}).get("thread_ts") not in (None, thread_ts):
        raise SlackError("cannot_reply_to_message")
    return {"thread_ts": thread_ts, "subtype": "thread_broadcast" if args.flag("reply_broadcast") else None}


def _own_message(standin: StandIn, args: Args, refusal: str) -> tuple[Channel, Message]:
    channel = channel_of(standin, args)
    message = message_of(channel, args.text("ts"))
    if message.get("bot_id") != standin.workspace.bot_id:
        raise SlackError(refusal)
    return channel, message


def update(standin: StandIn, args: Args) -> dict[str, Any]:
    """What is not given stays as it was; an empty list takes blocks away."""
    channel, message = _own_message(standin, args, "cant_update_message")
    if channel.is_archived:
        raise SlackError("is_inactive")
    if len(args.text("text")) > UPDATED_TEXT:
        raise SlackError("msg_too_long")
    metadata, before = _metadata(args), dict(message)
    edit_message(standin, channel, message, {**_content(standin, args), **({"metadata": metadata} if metadata else {})})
    tell_change(standin, channel, before, message)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": dict(message)}


def edit_message(standin: StandIn, channel: Channel, message: Message, content: dict[str, Any]) -> None:
    message.update(content, edited={"user": standin.workspace.bot.id, "ts": standin.workspace.next_ts(channel)})
    for name in ("blocks", "attachments"):
        if message.get(name) is None:
            message.pop(name, None)
    standin.workspace.touch()


def delete(standin: StandIn, args: Args) -> dict[str, Any]:
    channel, message = _own_message(standin, args, "cant_delete_message")
    tell_change(standin, channel, message, standin.workspace.take_away(channel, message))
    return {"channel": channel.id, "ts": message["ts"]}


def post_ephemeral(standin: StandIn, args: Args) -> dict[str, Any]:
    channel, user = channel_of(standin, args), args.text("user")
    if channel.is_archived:
        raise SlackError("is_archived")
    if standin.workspace.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    if user not in channel.members or user == standin.workspace.bot.id:
        raise SlackError("user_not_in_channel")
    if len(args.text("text")) > POSTED_TEXT:
        raise SlackError("msg_too_long")
    content = _content(standin, args)
    more: dict[str, Any] = {"thread_ts": args.text("thread_ts") or None, "bot_id": standin.workspace.bot_id}
    message = standin.workspace.add_ephemeral(channel, user, **content, **more)
    return {"message_ts": message["ts"]}


def get_permalink(standin: StandIn, args: Args) -> dict[str, Any]:
    channel = channel_of(standin, args)
    message = message_of(channel, args.text("message_ts"))
    thread = f"?thread_ts={message['thread_ts']}&cid={channel.id}" if "thread_ts" in message else ""
    return {"channel": channel.id, "permalink": f"{standin.url}/archives/{channel.id}/p{message['ts'].replace('.', '')}{thread}"}


METHODS = {
    "chat.postMessage": post_message, "chat.update": update, "chat.delete": delete, "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
}
