"""Blocks as Slack keeps them: every block has its id, every element that acts its action_id; and the walk over them."""
from collections.abc import Iterator, Sequence
from typing import Any

from sandbox.people import derived_id

Block = dict[str, Any]
ACTING = frozenset((
    "button", "overflow", "workflow_button", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker",
    "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input",
    *(f"{many}{what}_select" for many in ("", "multi_") for what in ("static", "external", "users", "conversations", "channels")),
))


def kept(blocks: Sequence[Block]) -> list[Block]:
    """A copy with the ids and defaults that Slack adds."""
    return [_kept_block(block, number) for number, block in enumerate(blocks)]


def _kept_block(block: Block, number: int) -> Block:
    return {**_kept(block, str(number)), "block_id": block.get("block_id") or derived_id("b", number, block.get("type"))[2:7]}


def _kept(node: Any, path: str) -> Any:
    if isinstance(node, list):
        return [_kept(item, f"{path}.{number}") for number, item in enumerate(node)]
    if not isinstance(node, dict):
        return node
    copied = {key: _kept(value, f"{path}.{key}") for key, value in node.items()}
    kind = node.get("type")
    if kind == "plain_text":
        copied.setdefault("emoji", True)
    elif kind == "mrkdwn":
        copied.setdefault("verbatim", False)
    elif kind in ACTING and not node.get("action_id"):
        copied["action_id"] = derived_id("a", path, kind)[2:7]
    return copied


def elements(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """Each (block, element) that a person can act on."""
    for block in blocks:
        for key in ("accessory", "element", "elements", "actions"):
            part = block.get(key)
            for element in part if isinstance(part, list) else (part,):
                if isinstance(element, dict) and element.get("type") in ACTING:
                    yield block, element
