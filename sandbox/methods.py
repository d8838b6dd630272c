"""Every Web API method the stand-in knows, by name."""
from collections.abc import Callable
from typing import Any

from sandbox import (
    methods_app,
    methods_bookmarks,
    methods_bots,
    methods_channels,
    methods_chat,
    methods_dnd,
    methods_files,
    methods_history,
    methods_members,
    methods_pins,
    methods_users,
    methods_views,
)
from sandbox.args import Args
from sandbox.standin import StandIn

Method = Callable[[StandIn, Args], dict[str, Any]]

METHODS: dict[str, Method] = {
    **methods_app.METHODS,
    **methods_users.METHODS,
    **methods_bots.METHODS,
    **methods_channels.METHODS,
    **methods_members.METHODS,
    **methods_history.METHODS,
    **methods_chat.METHODS,
    **methods_views.METHODS,
    **methods_pins.METHODS,
    **methods_bookmarks.METHODS,
    **methods_files.METHODS,
    **methods_dnd.METHODS,
}

FORM_ONLY = frozenset((
    "bots.info", "users.info", "users.list", "users.lookupByEmail", "conversations.info", "conversations.list", "conversations.members",
    "conversations.replies", "chat.getPermalink", "pins.list", "users.conversations", "files.info", "dnd.info", "dnd.teamInfo",
))
APP_TOKEN = frozenset(("apps.connections.open",))
NO_TOKEN = frozenset(("api.test",))
