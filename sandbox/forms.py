"""What people choose and type, in the shapes in which Slack hands it to the bot."""
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sandbox.blocks import Block, elements
from sandbox.errors import DeskError
from sandbox.limits_elements import NUMBER, SHAPES

# element type -> (key of its state, key of its first value in the element)
TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
PLAIN = {
    **dict.fromkeys(TEXTS, ("value", "initial_value")),
    "rich_text_input": ("rich_text_value", "initial_value"), "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"), "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"), "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"), "channels_select": ("selected_channel", "initial_channel"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"), "file_input": ("files", ""),
}
CHOICES = {
    "static_select": ("selected_option", "initial_option"), "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"), "overflow": ("selected_option", ""),
    "multi_static_select": ("selected_options", "initial_options"), "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
}
KEYS = {**PLAIN, **CHOICES}
STATELESS = ("button", "overflow", "workflow_button")
MOST_FILES = 10
SHAPED = {"datepicker": "2027-03-16", "timepicker": "04:30", "datetimepicker": "1805167800"}  # with an example of each


def initial_values(blocks: Sequence[Block]) -> dict[str, dict[str, Any]]:
    """{block_id: {action_id: {"type", …}}} of all that holds a value, before anybody touched it."""
    values: dict[str, dict[str, Any]] = {}
    for block, element in elements(blocks):
        if element["type"] not in STATELESS:
            key, initial = KEYS[element["type"]]
            first = element.get(initial, [] if key.endswith("s") else None)
            values.setdefault(block["block_id"], {})[element["action_id"]] = {"type": element["type"], key: first}
    return values


def chosen(element: Block, given: Any) -> dict[str, Any]:
    """The state of an element after a person gave this value. Raises DeskError for a value it does not offer."""
    kind = element["type"]
    if kind in STATELESS and kind != "overflow":
        return {"value": given} if given is not None else {key: element[key] for key in ("value",) if key in element}
    key, _ = KEYS[kind]
    if kind not in CHOICES:
        return {"type": kind, key: _plain(kind, key, given)}
    if key == "selected_options":
        return {"type": kind, key: [_option(element, value) for value in (given if isinstance(given, list) else [given])]}
    return {"type": kind, key: None if given is None else _option(element, given)}


def _plain(kind: str, key: str, given: Any) -> Any:
    if given is None:
        return [] if key.endswith("s") else None
    if kind == "file_input" and not (isinstance(given, list) and all(isinstance(file, str) for file in given)):
        raise DeskError(f"a file_input takes a list of ids of files, not {given!r}")
    if key.endswith("s"):
        return given if isinstance(given, list) else [given]
    if kind in SHAPED and not re.fullmatch(SHAPES[KEYS[kind][1]], str(given)):
        raise DeskError(f"a {kind} takes a value such as {SHAPED[kind]}, not {given!r}")
    if kind == "datetimepicker":
        return int(given)
    return str(given) if kind in TEXTS else given


def _option(element: Block, value: Any) -> dict[str, Any]:
    wanted = value.get("value") if isinstance(value, dict) else value
    options = [*(element.get("options") or ()), *(option for group in element.get("option_groups") or () for option in group["options"])]
    found = next((option for option in options if option.get("value") == wanted), None)
    if found is None and element["type"].endswith("external_select") and isinstance(value, dict):
        return value
    if found is None:
        offered = ", ".join(repr(option.get("value")) for option in options)
        raise DeskError(f"{element['action_id']} has no option {wanted!r}; it has {offered}")
    return {key: part for key, part in found.items() if key != "url"}


def filled(blocks: Sequence[Block], state: Mapping[str, Mapping[str, Any]], given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The view's state after a person filled it: `given` is {block_id: {action_id: value}} or {action_id: value}. Raises DeskError."""
    values = {block_id: dict(actions) for block_id, actions in state.items()}
    wanted = dict(_named(state, given))
    for block, element in elements(blocks):
        for name in (f"{block['block_id']}/{element['action_id']}", element["action_id"]):
            if name in wanted and element["type"] not in STATELESS:
                values[block["block_id"]][element["action_id"]] = chosen(element, wanted.pop(name))
    if wanted:
        known = ", ".join(f"{block_id}/{action_id}" for block_id, actions in state.items() for action_id in actions)
        raise DeskError(f"the view has no field {', '.join(wanted)}; it has {known or 'none'}")
    return values


def _named(state: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each value by "block_id/action_id", or by the action_id alone where no block was named."""
    for name, value in given.items():
        if name in state and isinstance(value, dict):
            yield from ((f"{name}/{action_id}", inner) for action_id, inner in value.items())
        else:
            yield name, value


def unmet(blocks: Sequence[Block], values: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, object]]:
    """{block_id: (sentence, what is accepted)} of input blocks that Slack itself would not submit."""
    found: dict[str, tuple[str, object]] = {}
    for block in blocks:
        element = block.get("element")
        if block.get("type") != "input" or not isinstance(element, dict) or element["type"] in STATELESS:
            continue
        value = values[block["block_id"]][element["action_id"]][KEYS[element["type"]][0]]
        if wanting := _unmet(block, element, value):
            found[block["block_id"]] = wanting
    return found


def _unmet(block: Block, element: Block, value: Any) -> tuple[str, object] | None:
    if value in (None, "", []):
        return None if block.get("optional") else ("required", "")
    return UNMET[element["type"]](element, value) if element["type"] in UNMET else None


def _unmet_text(element: Block, value: str) -> tuple[str, object] | None:
    if len(value) < element.get("min_length", 0):
        return "too_short", element["min_length"]
    return ("too_long", element.get("max_length", 3000)) if len(value) > element.get("max_length", 3000) else None


def _unmet_number(element: Block, value: str) -> tuple[str, object] | None:
    if not re.fullmatch(NUMBER, value):
        return "no_number", ""
    if not element["is_decimal_allowed"] and "." in value:
        return "no_whole_number", ""
    if "min_value" in element and Decimal(value) < Decimal(element["min_value"]):
        return "too_low", element["min_value"]
    return ("too_high", element["max_value"]) if "max_value" in element and Decimal(value) > Decimal(element["max_value"]) else None


def _unmet_mail(element: Block, value: str) -> tuple[str, object] | None:
    return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) else ("no_email", "")


def _unmet_url(element: Block, value: str) -> tuple[str, object] | None:
    return None if re.fullmatch(r"https?://\S+", value) else ("no_url", "")


def _unmet_files(element: Block, files: Sequence[Mapping[str, Any]]) -> tuple[str, object] | None:
    if len(files) > element.get("max_files", MOST_FILES):
        return "too_many_files", element.get("max_files", MOST_FILES)
    taken = [kind.lower().removeprefix(".") for kind in element.get("filetypes", ())]
    if taken and not all(file["name"].rpartition(".")[2].lower() in taken for file in files):
        return "wrong_filetype", ", ".join(taken)
    return None


UNMET: dict[str, Callable[[Block, Any], tuple[str, object] | None]] = {
    "plain_text_input": _unmet_text, "number_input": _unmet_number, "email_text_input": _unmet_mail, "url_text_input": _unmet_url,
    "file_input": _unmet_files,
}
