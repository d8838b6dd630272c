"""What Slack refuses in blocks and views: too many, too long, missing, in the wrong place. Every finding names its JSON pointer."""
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sandbox.errors import SlackError, wrong_arguments
from sandbox.limits_elements import ACCESSORIES, IN_ACTIONS, INPUTS, element_faults
from sandbox.limits_rich import rich_text_faults, table_faults
from sandbox.limits_texts import Fault, items, length_faults, text_faults, unknown_faults

MESSAGE_BLOCKS, VIEW_BLOCKS, ATTACHMENTS = 50, 100, 100
MESSAGE_CHARACTERS, MARKDOWN_CHARACTERS = 13_200, 12_000
VIEW_BYTES = 250_000
TITLE_LENGTH = 24
KINDS = ("section", "header", "divider", "context", "actions", "input", "image", "rich_text", "markdown", "table", "video", "file", "alert",
         "card", "carousel", "container", "context_actions", "data_table", "plan", "task_card")
FIELDS = {
    "section": ("text", "fields", "accessory", "expand"), "header": ("text",), "divider": (), "context": ("elements",),
    "actions": ("elements",), "rich_text": ("elements",), "markdown": ("text",), "table": ("rows", "column_settings"),
    "container": ("title", "subtitle", "child_blocks", "width", "icon", "is_collapsible", "default_collapsed", "has_header_divider"),
    "input": ("label", "element", "hint", "optional", "dispatch_action"), "image": ("image_url", "slack_file", "alt_text", "title"),
}
VIEW_FIELDS = ("type", "blocks", "private_metadata", "callback_id", "external_id")
MODAL_FIELDS = ("title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled")
# Slack's reference has rich_text among them, and its own check has not: what is refused somewhere is refused here.
IN_CONTAINER = ("actions", "context", "divider", "header", "image", "section", "table", "video")
MESSAGE_ONLY = ("markdown", "table", "plan", "task_card", "context_actions", "file")


def check_message(blocks: Any, attachments: Any = None, unknown: Collection[str] = ()) -> None:
    """`unknown`: types of block that this workspace does not take.

    Raises SlackError invalid_blocks_format, invalid_blocks, invalid_attachments, msg_blocks_too_long, too_many_attachments.
    """
    if blocks not in (None, ""):
        if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
            raise SlackError("invalid_blocks_format")
        if found := [*unknown_blocks(blocks, "/blocks", unknown), *blocks_faults(blocks, "/blocks", "message", MESSAGE_BLOCKS)]:
            raise _refused("invalid_blocks", found)
        if sum(block.get("type") == "table" for block in (*blocks, *children(blocks))) > 1:
            raise _refused("invalid_attachments", [("/blocks", "only_one_table_allowed")])
        if _characters(blocks) > MESSAGE_CHARACTERS:
            raise SlackError("msg_blocks_too_long")
    if attachments not in (None, "") and (not isinstance(attachments, list) or len(attachments) > ATTACHMENTS):
        raise SlackError("too_many_attachments" if isinstance(attachments, list) else "invalid_attachments")


def check_view(view: Any, kind: str, unknown: Collection[str] = ()) -> dict[str, Any]:
    """`kind`: modal or home. `unknown` as for messages. Raises SlackError invalid_arguments, view_too_large."""
    if not isinstance(view, dict):
        raise wrong_arguments("failed to match all allowed schemas [json-pointer:/view]")
    if len(json.dumps(view, separators=(",", ":")).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    if found := [*view_faults(view, kind)] or [*unknown_blocks(view["blocks"], "/view/blocks", unknown)]:
        raise _refused("invalid_arguments", found)
    return view


def view_faults(view: Mapping[str, Any], kind: str) -> Iterator[Fault]:
    if view.get("type") != kind:
        yield "/view/type", f"must be the value: {kind}"
    yield from unknown_faults(view, "/view", (*VIEW_FIELDS, *(MODAL_FIELDS if kind == "modal" else ())))
    for part in ("title", "submit", "close") if kind == "modal" else ():
        if part in view or part == "title":
            yield from text_faults(view.get(part), f"/view/{part}", TITLE_LENGTH, kinds=("plain_text",))
    yield from length_faults(view.get("private_metadata"), "/view/private_metadata", 3000)
    yield from length_faults(view.get("callback_id"), "/view/callback_id", 255)
    yield from length_faults(view.get("external_id"), "/view/external_id", 255)
    blocks = view.get("blocks")
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        yield "/view/blocks", "must be an array of blocks"
        return
    if kind == "modal" and "submit" not in view and any(block.get("type") == "input" for block in blocks):
        yield "/view/submit", "is required when an input block is in the view"
    yield from blocks_faults(blocks, "/view/blocks", kind, VIEW_BLOCKS)


def _refused(error: str, found: Sequence[Fault]) -> SlackError:
    said = [f"{what} [json-pointer:{where}]" for where, what in found]
    return SlackError(error, errors=said, response_metadata={"messages": [f"[ERROR] {line}" for line in said]})


def unknown_blocks(blocks: Sequence[Mapping[str, Any]], where: str, unknown: Collection[str]) -> Iterator[Fault]:
    for number, block in enumerate(blocks):
        if {block.get("type"), *(child.get("type") for child in children([block]))} & {*unknown}:
            yield f"{where}/{number}/type", "unsupported type"


def children(blocks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [child for block in blocks for child in items(block.get("child_blocks")) if isinstance(child, dict)]


def blocks_faults(blocks: Sequence[Mapping[str, Any]], where: str, surface: str, most: int) -> Iterator[Fault]:
    yield from length_faults(blocks, where, most, unit="items")
    ids = [block["block_id"] for block in blocks if isinstance(block.get("block_id"), str)]
    for block_id in {block_id for block_id in ids if ids.count(block_id) > 1}:
        yield where, f"block_id already exists: {block_id}"
    for number, block in enumerate(blocks):
        yield from block_faults(block, f"{where}/{number}", surface)
    if sum(len(str(block.get("text"))) for block in blocks if block.get("type") == "markdown") > MARKDOWN_CHARACTERS:
        yield where, f"markdown blocks must be less than {MARKDOWN_CHARACTERS + 1} characters together"
    loaded = json.dumps(blocks).count('"focus_on_load": true')
    if loaded > 1:
        yield where, "no more than 1 element may have focus_on_load"


def block_faults(block: Mapping[str, Any], where: str, surface: str) -> Iterator[Fault]:
    kind = str(block.get("type"))
    if kind not in KINDS:
        yield f"{where}/type", f"unsupported type: {kind}"
        return
    if surface != "message" and kind in MESSAGE_ONLY:
        yield f"{where}/type", f"unsupported type in a {surface}: {kind}"
    yield from length_faults(block.get("block_id"), f"{where}/block_id", 255)
    if kind in FIELDS:
        yield from unknown_faults(block, where, ("type", "block_id", *FIELDS[kind]))
    if surface != "modal" and isinstance(block.get("element"), dict) and block["element"].get("type") == "file_input":
        yield f"{where}/element/type", f"unsupported type in a {surface}: file_input"
    if kind in CHECKS:
        yield from CHECKS[kind](block, where)
    if kind == "container":
        yield from _children(block, where, surface)
    acting = [element for element in items(block.get("elements")) if isinstance(element, dict)]
    actions = [element["action_id"] for element in acting if isinstance(element.get("action_id"), str)]
    for action_id in {action_id for action_id in actions if actions.count(action_id) > 1}:
        yield f"{where}/elements", f"action_id already exists: {action_id}"


def _section(block: Mapping[str, Any], where: str) -> Iterator[Fault]:
    fields = block.get("fields")
    if not block.get("text") and not fields:
        yield where, "missing required field: text or fields"
    if block.get("text") is not None:
        yield from text_faults(block["text"], f"{where}/text", 3000)
    if fields is not None:
        yield from length_faults(fields, f"{where}/fields", 10, 1, unit="items")
        for number, text in enumerate(items(fields)):
            yield from text_faults(text, f"{where}/fields/{number}", 2000)
    accessory = block.get("accessory")
    if isinstance(accessory, dict) and accessory.get("type") == "image":
        yield from _image(accessory, f"{where}/accessory")
    elif accessory is not None:
        yield from element_faults(accessory, f"{where}/accessory", ACCESSORIES)


def _header(block: Mapping[str, Any], where: str) -> Iterator[Fault]:
    yield from text_faults(block.get("text"), f"{where}/text", 150, kinds=("plain_text",))


def _context(block: Mapping[str, Any], where: str) -> Iterator[Fault]:
    elements = block.get("elements")
    yield from length_faults(elements, f"{where}/elements", 10, 1, unit="items", needed=True)
    for number, element in enumerate(items(elements)):
        if isinstance(element, dict) and element.get("type") == "image":
            yield from _image(element, f"{where}/elements/{number}")
        else:
            yield from text_faults(element, f"{where}/elements/{number}", 3000)


def _actions(block: Mapping[str, Any], where: str) -> Iterator[Fault]:
    elements = block.get("elements")
    yield from length_faults(elements, f"{where}/elements", 25, 1, unit="items", needed=True)
    for number, element in enumerate(items(elements)):
        yield from element_faults(element, f"{where}/elements/{number}", IN_ACTIONS)


def _input(block: Mapping[str, Any], where: str) -> Iterator[Fault]:
    yield from text_faults(block.get("label"), f"{where}/label", 2000, kinds=("plain_text",))
    if block.get("hint") is not None:
        yield from text_faults(block["hint"], f"{where}/hint", 2000, kinds=("plain_text",))
    yield from element_faults(block.get("element"), f"{where}/element", INPUTS)


def _image(block: Mapping[str, Any], where: str) -> Iterator[Fault]:
    if ("image_url" in block) == ("slack_file" in block):
        yield where, "missing required field: image_url or slack_file"
    if "image_url" in block and not re.match(r"https?://\S", str(block["image_url"])):
        yield f"{where}/image_url", "must be a valid URL"
    yield from length_faults(block.get("image_url"), f"{where}/image_url", 3000)
    yield from length_faults(block.get("alt_text"), f"{where}/alt_text", 2000, needed=True)
    if block.get("title") is not None:
        yield from text_faults(block["title"], f"{where}/title", 2000, kinds=("plain_text",))


def _container(block: Mapping[str, Any], where: str) -> Iterator[Fault]:
    yield from text_faults(block.get("title"), f"{where}/title", 150, kinds=("plain_text",))
    if block.get("subtitle") is not None:
        yield from text_faults(block["subtitle"], f"{where}/subtitle", 150)
    yield from length_faults(block.get("child_blocks"), f"{where}/child_blocks", 10, 1, unit="items", needed=True)


def _children(block: Mapping[str, Any], where: str, surface: str) -> Iterator[Fault]:
    for number, child in enumerate(children([block])):
        if child.get("type") not in IN_CONTAINER:
            yield f"{where}/child_blocks/{number}/type", f"unsupported type in a container: {child.get('type')}"
        yield from block_faults(child, f"{where}/child_blocks/{number}", surface)


def _markdown(block: Mapping[str, Any], where: str) -> Iterator[Fault]:
    yield from length_faults(block.get("text"), f"{where}/text", 12_000, 1, needed=True)


CHECKS = {"section": _section, "header": _header, "context": _context, "actions": _actions, "input": _input, "image": _image,
          "rich_text": rich_text_faults, "markdown": _markdown, "table": table_faults, "container": _container}


def _characters(node: Any) -> int:
    if isinstance(node, list):
        return sum(map(_characters, node))
    if isinstance(node, dict):
        own = len(node["text"]) if isinstance(node.get("text"), str) else 0
        return own + sum(_characters(value) for key, value in node.items() if isinstance(value, (dict, list)))
    return 0
