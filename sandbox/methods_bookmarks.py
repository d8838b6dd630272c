"""bookmarks.*: the links at the top of a channel."""
from typing import Any
from urllib.parse import urlsplit

from sandbox.args import Args
from sandbox.errors import SlackError, wrong_arguments
from sandbox.seen import channel_of
from sandbox.standin import StandIn
from sandbox.workspace import TEAM_ID, Channel

MOST_BOOKMARKS, TITLE_LENGTH, LINK_LENGTH = 100, 256, 2048


def add(standin: StandIn, args: Args) -> dict[str, Any]:
    channel = _channel(standin, args)
    if args.needed("type") != "link":
        raise SlackError("invalid_bookmark_type")
    if len(channel.bookmarks) >= MOST_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    title, link, now = _title(args.needed("title")), _link(args.text("link")), int(standin.clock.now())
    bookmark: dict[str, Any] = {
        "id": standin.workspace.new_id("Bk"), "channel_id": channel.id, "title": title, "link": link, "emoji": args.text("emoji"),
        "icon_url": None, "type": "link", "entity_id": None, "date_created": now, "date_updated": 0, "rank": str(len(channel.bookmarks)),
        "last_updated_by_user_id": standin.workspace.bot.id, "last_updated_by_team_id": TEAM_ID, "shortcut_id": None, "app_id": None,
    }
    channel.bookmarks[bookmark["id"]] = bookmark
    standin.workspace.touch()
    return {"bookmark": dict(bookmark)}


def _channel(standin: StandIn, args: Args) -> Channel:
    channel = channel_of(standin, args, "channel_id")
    if standin.workspace.bot.id not in channel.members:
        raise SlackError("permission_denied")
    return channel


def _title(title: str) -> str:
    if len(title) > TITLE_LENGTH:
        raise wrong_arguments(f"must be less than {TITLE_LENGTH + 1} characters [json-pointer:/title]")
    return title


def _link(link: str) -> str:
    if urlsplit(link).scheme not in ("http", "https", "slack") or len(link) > LINK_LENGTH:
        raise SlackError("invalid_link")
    return link


def _known(standin: StandIn, args: Args) -> tuple[Channel, dict[str, Any]]:
    channel = _channel(standin, args)
    if args.text("bookmark_id") not in channel.bookmarks:
        raise SlackError("not_found")
    return channel, channel.bookmarks[args.text("bookmark_id")]


def edit(standin: StandIn, args: Args) -> dict[str, Any]:
    _, bookmark = _known(standin, args)
    link = _link(args.text("link")) if args.text("link") else ""
    changes = {"title": _title(args.text("title")), "link": link, "emoji": args.text("emoji")}
    bookmark.update({name: value for name, value in changes.items() if value}, date_updated=int(standin.clock.now()))
    standin.workspace.touch()
    return {"bookmark": dict(bookmark)}


def remove(standin: StandIn, args: Args) -> dict[str, Any]:
    channel, bookmark = _known(standin, args)
    del channel.bookmarks[bookmark["id"]]
    standin.workspace.touch()
    return {}


def list_bookmarks(standin: StandIn, args: Args) -> dict[str, Any]:
    return {"bookmarks": [dict(bookmark) for bookmark in _channel(standin, args).bookmarks.values()]}


METHODS = {"bookmarks.add": add, "bookmarks.edit": edit, "bookmarks.remove": remove, "bookmarks.list": list_bookmarks}
