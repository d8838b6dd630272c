"""The bodies of interactions, as Slack sends them."""
from typing import Any

from sandbox.people import User
from sandbox.standin import StandIn
from sandbox.workspace import TEAM_DOMAIN, TEAM_ID, Channel, Message, View

VERIFICATION = "sandbox-verification"
Shape = dict[str, Any]


def envelope(standin: StandIn, kind: str, user: User) -> dict[str, Any]:
    """What every interaction carries, with a fresh trigger_id."""
    return {
        "type": kind, "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": TEAM_ID},
        "api_app_id": standin.workspace.app_id, "token": VERIFICATION, "trigger_id": standin.triggers.grant(user.id),
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN}, "enterprise": None, "is_enterprise_install": False,
    }


def shown_name(channel: Channel) -> str:
    return "directmessage" if channel.is_im else "privategroup" if channel.is_private else channel.name


def command(standin: StandIn, user: User, channel: Channel, word: str, text: str) -> dict[str, Any]:
    return {
        "token": VERIFICATION, "team_id": TEAM_ID, "team_domain": TEAM_DOMAIN, "channel_id": channel.id,
        "channel_name": shown_name(channel), "user_id": user.id, "user_name": user.name, "command": word, "text": text,
        "api_app_id": standin.workspace.app_id, "is_enterprise_install": "false",
        "response_url": standin.url + standin.hooks.grant(channel.id, user.id), "trigger_id": standin.triggers.grant(user.id),
    }


def message_click(standin: StandIn, user: User, channel: Channel, message: Message, action: Shape, state: Shape) -> dict[str, Any]:
    is_ephemeral, thread_ts = bool(message.get("is_ephemeral")), message.get("thread_ts")
    hook = standin.hooks.grant(channel.id, user.id, message["ts"], is_ephemeral, thread_ts)
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel.id, "is_ephemeral": is_ephemeral,
                 **({"thread_ts": thread_ts} if thread_ts else {})}
    shown = {key: value for key, value in message.items() if key not in ("channel", "metadata")}
    return {
        **envelope(standin, "block_actions", user), "container": container, "channel": {"id": channel.id, "name": shown_name(channel)},
        **({} if is_ephemeral else {"message": shown}), "state": {"values": state}, "response_url": standin.url + hook, "actions": [action],
    }


def view_click(standin: StandIn, user: User, view: View, action: Shape) -> dict[str, Any]:
    container = {"type": "view", "view_id": view["id"]}
    return {**envelope(standin, "block_actions", user), "container": container, "view": dict(view), "actions": [action]}


def submission(standin: StandIn, user: User, view: View) -> dict[str, Any]:
    return {**envelope(standin, "view_submission", user), "view": dict(view), "response_urls": []}


def closing(standin: StandIn, user: User, view: View, is_cleared: bool) -> dict[str, Any]:
    told = envelope(standin, "view_closed", user)
    del told["trigger_id"]
    return {**told, "view": dict(view), "is_cleared": is_cleared}


def shortcut(standin: StandIn, user: User, callback_id: str) -> dict[str, Any]:
    return {**envelope(standin, "shortcut", user), "callback_id": callback_id, "action_ts": f"{standin.clock.now():.6f}"}


def message_shortcut(standin: StandIn, user: User, callback_id: str, channel: Channel, message: Message) -> dict[str, Any]:
    """What is answered to its response_url is a message of its own: what a person said is not the bot's to replace."""
    thread_ts = message.get("thread_ts") if message.get("thread_ts") != message["ts"] else None
    hook = standin.hooks.grant(channel.id, user.id, thread_ts=thread_ts)
    return {
        **envelope(standin, "message_action", user), "callback_id": callback_id, "action_ts": f"{standin.clock.now():.6f}",
        "message_ts": message["ts"], "channel": {"id": channel.id, "name": shown_name(channel)}, "response_url": standin.url + hook,
        "message": {key: value for key, value in message.items() if key != "metadata"},
    }
