"""What people do, carried to the bot, and what its acks do to the workspace."""
from collections.abc import Mapping
from typing import Any

from sandbox import payloads
from sandbox.blocks import Block, elements, kept
from sandbox.errors import DeskError, SlackError
from sandbox.files import file_object
from sandbox.forms import chosen, filled, initial_values, unmet
from sandbox.limits import check_message
from sandbox.methods_chat import said_by_bot
from sandbox.methods_views import pushed, read_view, replace
from sandbox.people import User
from sandbox.sentences import say
from sandbox.sockets import Ack
from sandbox.standin import StandIn
from sandbox.typed import typed
from sandbox.workspace import TEAM_ID, Channel, Message, View


async def command(standin: StandIn, user: User, channel: Channel, word: str, text: str) -> Mapping[str, Any] | None:
    """A slash command. The body of its ack, or None."""
    told = typed(standin.workspace, text, with_names=True) if standin.manifest.escapes(word) else text
    payload = payloads.command(standin, user, channel, word, told)
    ack = await standin.sockets.deliver("slash_commands", "slash_commands", payload, takes_body=True)
    if ack is None:
        standin.workspace.add_ephemeral(channel, user.id, failure(standin, user, word))
        return None
    try:
        if ack.body:
            answered(standin, user, channel, ack.body)
    except SlackError as error:
        refused(standin, "a command", ack.body, error)
        standin.workspace.add_ephemeral(channel, user.id, say(user, "failed", what=word, error=error.error))
    return ack.body


def failure(standin: StandIn, user: User, what: str = "") -> str:
    """What Slack itself says when the bot did not ack within 3 s."""
    error = "operation_timeout" if standin.sockets.links else "dispatch_failed"
    return say(user, "failed", what=what or say(user, "this_action"), error=error)


def refused(standin: StandIn, what: str, body: Mapping[str, Any] | None, error: SlackError) -> None:
    sentence = f"an ack of {what} that Slack does not take: {error.error}"
    standin.log.add("fault", accepted=False, what=sentence, args=body, answer=error.answer())


def answered(standin: StandIn, user: User, channel: Channel, body: Mapping[str, Any], thread_ts: str | None = None) -> None:
    """A message in an ack or posted to a response_url. Raises SlackError when Slack would not take it."""
    text, blocks = str(body.get("text") or ""), body.get("blocks")
    check_message(blocks, body.get("attachments"), standin.faults.refused_blocks())
    if not text.strip() and not blocks and not body.get("attachments"):
        raise SlackError("no_text")
    content = {"blocks": kept(blocks) if blocks else None, "attachments": body.get("attachments"),
               "thread_ts": body.get("thread_ts") or thread_ts}
    if body.get("response_type") == "in_channel":
        said_by_bot(standin, channel, {"text": text, **content})
    else:
        standin.workspace.add_ephemeral(channel, user.id, text, bot_id=standin.workspace.bot_id, **content)


def found(blocks: list[Block], action: str) -> tuple[Block, Block]:
    """The block and element with that action_id, or "block_id/action_id". Raises DeskError when there is none or more than one."""
    known = [(f"{block['block_id']}/{element['action_id']}", block, element) for block, element in elements(blocks)]
    hits = [(block, element) for name, block, element in known if action in (name, element["action_id"])]
    if len(hits) == 1:
        return hits[0]
    there = ", ".join(name for name, _, _ in known) or "none"
    raise DeskError(f"{'no' if not hits else 'more than one'} action {action!r} stands there; there is {there}")


def acted(standin: StandIn, block: Block, element: Block, given: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The action of a payload, and the element's new state."""
    state = chosen(element, given)
    about: dict[str, Any] = {key: element[key] for key in ("text", "style", "placeholder", "confirm") if key in element}
    return {"action_id": element["action_id"], "block_id": block["block_id"], **about, **state, "type": element["type"],
            "action_ts": f"{standin.clock.now():.6f}"}, state


async def click(standin: StandIn, user: User, channel: Channel, message: Message, action: str, given: Any = None) -> Ack | None:
    """Something in a message was used, with the value chosen in it. None when the bot did not ack in time."""
    block, element = found(message.get("blocks") or [], action)
    told, state = acted(standin, block, element, given)
    values = initial_values(message["blocks"])
    if element["action_id"] in values.get(block["block_id"], {}):
        values[block["block_id"]][element["action_id"]] = state
    payload = payloads.message_click(standin, user, channel, message, told, values)
    ack = await standin.sockets.deliver("interactive", "block_actions", payload, takes_body=False)
    if ack is None:
        standin.workspace.add_ephemeral(channel, user.id, failure(standin, user), thread_ts=message.get("thread_ts"))
    return ack


async def view_click(standin: StandIn, user: User, view: View, action: str, given: Any = None) -> Ack | None:
    """Something in a modal or in Home was used."""
    block, element = found(view["blocks"], action)
    if block["type"] == "input" and (not block.get("dispatch_action") or element["type"] == "file_input"):
        raise DeskError(f"{action} is a field that tells the app nothing before its view is submitted")
    told, state = acted(standin, block, element, given)
    if element["action_id"] in view["state"]["values"].get(block["block_id"], {}):
        view["state"]["values"][block["block_id"]][element["action_id"]] = state
        standin.workspace.touch()
    payload = payloads.view_click(standin, user, view, told)
    return await standin.sockets.deliver("interactive", "block_actions", payload, takes_body=False)


async def submit(standin: StandIn, user: User, values: Mapping[str, Any]) -> dict[str, Any]:
    """The open view submitted: {acked, closed, response_action?, errors?}. Raises DeskError for fields it does not have."""
    view = standin.workspace.views[user.id][-1]
    view["state"] = {"values": with_files(standin, user, filled(view["blocks"], view["state"]["values"], values))}
    standin.workspace.touch()
    if wanting := unmet(view["blocks"], view["state"]["values"]):
        errors = {block_id: say(user, key, limit=limit) for block_id, (key, limit) in wanting.items()}
        return {"acked": False, "closed": False, "errors": errors}
    submit_files(standin, view)
    ack = await standin.sockets.deliver("interactive", "view_submission", payloads.submission(standin, user, view), takes_body=True)
    if ack is None:
        first = next((block["block_id"] for block in view["blocks"] if block["type"] == "input"), "")
        return {"acked": False, "closed": False, "errors": {first: failure(standin, user)}}
    return {"acked": True, **responded(standin, user, view, ack.body or {})}


def with_files(standin: StandIn, user: User, values: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The same values, with the files where ids of files were given. Raises DeskError for a file that person has not uploaded."""
    for actions in values.values():
        for action_id, told in actions.items():
            if told["type"] == "file_input":
                actions[action_id] = {**told, "files": [_file(standin, user, file) for file in told["files"]]}
    return values


def _file(standin: StandIn, user: User, given: Any) -> Any:
    """What already is a file stays: the form came back with an error."""
    if isinstance(given, dict):
        return given
    file = standin.workspace.files.get(given)
    if file is None or file.user != user.id:
        raise DeskError(f"{user.name} has uploaded no file {given!r}; POST /_control/files gives the id of one")
    return file_object(file, TEAM_ID, standin.url)


def submit_files(standin: StandIn, view: View) -> None:
    """From now on the bot may see them."""
    for actions in view["state"]["values"].values():
        for told in actions.values():
            for file in told.get("files", ()):
                standin.workspace.files[file["id"]].is_submitted = True


def responded(standin: StandIn, user: User, view: View, body: Mapping[str, Any]) -> dict[str, Any]:
    """Does to the person's views what the ack asks for. An ack Slack would not take leaves them as they are and is a fault."""
    action = body.get("response_action") if body else "close"
    try:
        if action not in RESPONSES:
            raise SlackError("invalid_response_action")  # noqa: TRY301  # one of the refusals that end here
        RESPONSES[action](standin, user, view, body)
    except SlackError as error:
        refused(standin, "a view", body, error)
        return {"closed": False, "error": error.error, **({"response_action": action} if action else {})}
    if not standin.workspace.views.get(user.id):
        standin.workspace.views.pop(user.id, None)
    standin.workspace.touch()
    told = {key: body[key] for key in ("response_action", "errors") if key in body}
    return {"closed": user.id not in standin.workspace.views, **told}


def _errors(standin: StandIn, user: User, view: View, body: Mapping[str, Any]) -> None:
    """They may only stand at input blocks of the view."""
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    errors = body.get("errors")
    if not isinstance(errors, dict) or not errors or set(errors) - inputs or not all(isinstance(text, str) for text in errors.values()):
        raise SlackError("invalid_errors")


def _update(standin: StandIn, user: User, view: View, body: Mapping[str, Any]) -> None:
    replace(standin, view, read_view(standin, body.get("view"), "modal"))


def _push(standin: StandIn, user: User, view: View, body: Mapping[str, Any]) -> None:
    pushed(standin, user.id, read_view(standin, body.get("view"), "modal"))


def _clear(standin: StandIn, user: User, view: View, body: Mapping[str, Any]) -> None:
    standin.workspace.views.pop(user.id, None)


def _close(standin: StandIn, user: User, view: View, body: Mapping[str, Any]) -> None:
    stack = standin.workspace.views.get(user.id, [])
    stack[:] = [other for other in stack if other is not view]


RESPONSES = {"errors": _errors, "update": _update, "push": _push, "clear": _clear, "close": _close}


async def close(standin: StandIn, user: User) -> None:
    """The topmost view closed by the person; all of them where it clears on close."""
    stack = standin.workspace.views.get(user.id, [])
    is_cleared = stack[-1]["clear_on_close"]
    gone = [stack.pop() for _ in range(len(stack) if is_cleared else 1)]
    if not stack:
        standin.workspace.views.pop(user.id)
    standin.workspace.touch()
    for view in gone:
        if view["notify_on_close"]:
            await standin.sockets.deliver("interactive", "view_closed", payloads.closing(standin, user, view, is_cleared), takes_body=False)
