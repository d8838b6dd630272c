"""The whole workspace in one JSON value, as the page draws it and tests read it."""
from typing import Any

from sandbox.standin import StandIn
from sandbox.workspace import TEAM_ID, TEAM_NAME, Channel, Message


def state(standin: StandIn) -> dict[str, Any]:
    here = standin.workspace
    return {
        "version": here.version,
        "team": {"id": TEAM_ID, "name": TEAM_NAME, "url": f"{standin.url}/"},
        "bot": {"id": here.bot_id, "name": here.app_name, "user_id": here.bot.id,
                "process": standin.child.shown() if standin.child else None},
        "clock": standin.clock.shown() if standin.clock.path else None,
        "now": standin.clock.iso(),
        "connections": len(standin.sockets.links),
        "moments": list(standin.moments),
        "users": [user.shown() for user in here.users.values()],
        "channels": [_channel(channel) for channel in here.channels.values()],
        "messages": {channel.id: messages(channel) for channel in here.channels.values()},
        "ephemerals": here.ephemerals,
        "views": {user: stack[-1] for user, stack in here.views.items() if stack},
        "homes": here.homes,
        "files": {file.id: {"id": file.id, "name": file.name, "size": file.size, "user": file.user} for file in here.files.values()},
        "shortcuts": [{key: shortcut.get(key, "") for key in ("callback_id", "name", "type")}
                      for shortcut in (standin.manifest.shortcuts or {}).values()],
        "commands": None if standin.manifest.commands is None else list(standin.manifest.commands),
        "faults": [fault.shown() for fault in standin.faults.active],
    }


def messages(channel: Channel) -> list[Message]:
    return list(channel.messages.values())


def _channel(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id, "name": channel.name, "is_private": channel.is_private, "is_im": channel.is_im, "members": list(channel.members),
        "topic": channel.topic["value"], "pins": list(channel.pins), "is_archived": channel.is_archived, "creator": channel.creator,
        "is_ext_shared": channel.is_ext_shared,
        "bookmarks": [{key: bookmark[key] for key in ("id", "title", "link")} for bookmark in channel.bookmarks.values()],
        **({"user": channel.user} if channel.is_im else {}),
    }
