"""views.*: modals in a stack of three at most, and each person's Home."""
from itertools import chain
from typing import Any

from sandbox.args import Args
from sandbox.blocks import elements, kept
from sandbox.errors import SlackError, wrong_arguments
from sandbox.forms import initial_values
from sandbox.limits import check_view
from sandbox.standin import StandIn
from sandbox.workspace import TEAM_ID, View

MOST_STACKED = 3


def read_view(standin: StandIn, told: Any, kind: str) -> dict[str, Any]:
    """A view that Slack takes from this app. Raises SlackError invalid_arguments, view_too_large, missing_scope."""
    view = check_view(told, kind, standin.faults.refused_blocks())
    if any(element["type"] == "file_input" for _, element in elements(view["blocks"])):
        standin.scopes.require("files.info", ())
    return view


def open_view(standin: StandIn, args: Args) -> dict[str, Any]:
    told = read_view(standin, args.told.get("view"), "modal")
    _free_external_id(standin, told)
    user = standin.triggers.spend(args.needed("trigger_id"))
    view = built(standin, told)
    standin.workspace.views[user] = [view]
    standin.workspace.touch()
    return {"view": dict(view)}


def push(standin: StandIn, args: Args) -> dict[str, Any]:
    told = read_view(standin, args.told.get("view"), "modal")
    _free_external_id(standin, told)
    user = standin.triggers.spend(args.needed("trigger_id"))
    return {"view": dict(pushed(standin, user, told))}


def pushed(standin: StandIn, user: str, told: dict[str, Any]) -> View:
    """Raises SlackError not_found, push_limit_reached."""
    stack = standin.workspace.views.get(user)
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= MOST_STACKED:
        raise SlackError("push_limit_reached")
    view = built(standin, told, root=stack[0], previous=stack[-1])
    stack.append(view)
    standin.workspace.touch()
    return view


def update(standin: StandIn, args: Args) -> dict[str, Any]:
    view_id, external_id = args.text("view_id"), args.text("external_id")
    if not view_id and not external_id:
        raise wrong_arguments("missing required field: view_id or external_id")
    for views in (*standin.workspace.views.values(), standin.workspace.homes.values()):
        for view in views:
            if view["id"] == view_id or (external_id and view["external_id"] == external_id):
                told = read_view(standin, args.told.get("view"), view["type"])
                _same_hash(args, view)
                _free_external_id(standin, told, view)
                replace(standin, view, told)
                return {"view": dict(view)}
    raise SlackError("not_found")


def replace(standin: StandIn, view: View, told: dict[str, Any]) -> None:
    """The view keeps its id and its place; what was typed stays in fields that stay."""
    typed = view["state"]["values"]
    fresh = built(standin, told)
    for block_id, actions in fresh["state"]["values"].items():
        for action_id in actions:
            known = typed.get(block_id, {}).get(action_id)
            if known and known["type"] == actions[action_id]["type"]:
                actions[action_id] = known
    place = {key: view[key] for key in ("id", "root_view_id", "previous_view_id")}
    view.clear()
    view.update(fresh, **place)
    standin.workspace.touch()


def publish(standin: StandIn, args: Args) -> dict[str, Any]:
    if not standin.manifest.home_tab:
        raise SlackError("not_enabled")
    user = args.needed("user_id")
    if user not in standin.workspace.users:
        raise wrong_arguments("invalid user_id [json-pointer:/user_id]")
    told = read_view(standin, args.told.get("view"), "home")
    home = standin.workspace.homes.get(user)
    _free_external_id(standin, told, home)
    if home:
        _same_hash(args, home)
        replace(standin, home, told)
    else:
        home = standin.workspace.homes[user] = built(standin, told)
        standin.workspace.touch()
    return {"view": dict(home)}


def built(standin: StandIn, told: dict[str, Any], root: View | None = None, previous: View | None = None) -> View:
    """The view object as Slack gives it back."""
    here, blocks = standin.workspace, kept(told["blocks"])
    view_id, untitled = here.new_id("V"), {"type": "plain_text", "text": "View Title", "emoji": True}
    return {
        "id": view_id, "team_id": TEAM_ID, "type": told["type"], "blocks": blocks, "private_metadata": told.get("private_metadata", ""),
        "callback_id": told.get("callback_id", ""), "state": {"values": initial_values(blocks)},
        "hash": f"{int(standin.clock.now())}.{here.new_id('')[-8:].lower()}", "title": told.get("title", untitled),
        "clear_on_close": bool(told.get("clear_on_close")), "notify_on_close": bool(told.get("notify_on_close")),
        "close": told.get("close"), "submit": told.get("submit"), "previous_view_id": previous["id"] if previous else None,
        "root_view_id": root["id"] if root else view_id, "app_id": here.app_id, "external_id": told.get("external_id", ""),
        "app_installed_team_id": TEAM_ID, "bot_id": here.bot_id,
    }


def _same_hash(args: Args, view: View) -> None:
    if args.text("hash") not in ("", view["hash"]):
        raise SlackError("hash_conflict")


def _free_external_id(standin: StandIn, told: dict[str, Any], own: View | None = None) -> None:
    """`own` is the view that may keep its external_id."""
    wanted, here = told.get("external_id"), standin.workspace
    views = chain(here.homes.values(), *here.views.values())
    if wanted and any(view["external_id"] == wanted and view is not own for view in views):
        raise SlackError("duplicate_external_id")


METHODS = {"views.open": open_view, "views.push": push, "views.update": update, "views.publish": publish}
