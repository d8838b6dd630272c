"""The rules of what a person can act on: buttons, menus, fields, their options and confirmations."""
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.limits_texts import Fault, items, length_faults, text_faults, unknown_faults

SELECTS = tuple(f"{what}_select" for what in ("static", "external", "users", "conversations", "channels"))
MULTI_SELECTS = tuple(f"multi_{select}" for select in SELECTS)
PICKERS = ("datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons")
TEXTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input")
INPUTS = (*SELECTS, *MULTI_SELECTS, *PICKERS, *TEXTS, "file_input")
IN_ACTIONS = (*SELECTS, *MULTI_SELECTS, *PICKERS, "button", "overflow", "workflow_button", "rich_text_input")
ACCESSORIES = (*SELECTS, *MULTI_SELECTS, *(kind for kind in PICKERS if kind != "datetimepicker"), "button", "overflow", "workflow_button")
OPTIONS_MOST = {"static_select": 100, "multi_static_select": 100, "overflow": 5, "checkboxes": 10, "radio_buttons": 10}
ASKS = ("confirm", "focus_on_load")
MENU = (*ASKS, "placeholder")
LINE = ("initial_value", "dispatch_action_config", "focus_on_load", "placeholder")
CHANNELS = ("default_to_current_conversation", "filter")
# element -> its fields beside type and action_id
FIELDS = {
    "button": ("text", "url", "value", "style", "confirm", "accessibility_label", "agent_prompt"), "overflow": ("options", "confirm"),
    "static_select": (*MENU, "options", "option_groups", "initial_option"),
    "external_select": (*MENU, "initial_option", "min_query_length"),
    "users_select": (*MENU, "initial_user"), "channels_select": (*MENU, "initial_channel", "response_url_enabled"),
    "conversations_select": (*MENU, *CHANNELS, "initial_conversation", "response_url_enabled"),
    "multi_static_select": (*MENU, "options", "option_groups", "initial_options", "max_selected_items"),
    "multi_external_select": (*MENU, "initial_options", "min_query_length", "max_selected_items"),
    "multi_users_select": (*MENU, "initial_users", "max_selected_items"),
    "multi_channels_select": (*MENU, "initial_channels", "max_selected_items"),
    "multi_conversations_select": (*MENU, *CHANNELS, "initial_conversations", "max_selected_items"),
    "checkboxes": (*ASKS, "options", "initial_options"), "radio_buttons": (*ASKS, "options", "initial_option"),
    "datepicker": (*MENU, "initial_date"), "timepicker": (*MENU, "initial_time", "timezone"),
    "datetimepicker": (*ASKS, "initial_date_time"), "plain_text_input": (*LINE, "multiline", "min_length", "max_length"),
    "email_text_input": LINE, "url_text_input": LINE, "rich_text_input": LINE,
    "number_input": (*LINE, "is_decimal_allowed", "min_value", "max_value"), "file_input": ("filetypes", "max_files"),
}
NUMBER = r"-?\d+(\.\d+)?"
SHAPES = {"initial_date": r"\d{4}-\d\d-\d\d", "initial_time": r"([01]\d|2[0-3]):[0-5]\d", "initial_date_time": r"\d{10}"}


def element_faults(element: Any, where: str, allowed: tuple[str, ...]) -> Iterator[Fault]:
    if not isinstance(element, dict):
        yield where, "missing required field: element"
        return
    kind = str(element.get("type"))
    if kind not in allowed:
        yield f"{where}/type", f"unsupported type: {kind}"
        return
    if kind in FIELDS:
        yield from unknown_faults(element, where, ("type", "action_id", *FIELDS[kind]))
    yield from length_faults(element.get("action_id"), f"{where}/action_id", 255, 1)
    if element.get("confirm") is not None:
        yield from _confirm(element["confirm"], f"{where}/confirm")
    if element.get("placeholder") is not None:
        yield from text_faults(element["placeholder"], f"{where}/placeholder", 150, kinds=("plain_text",))
    if kind in CHECKS:
        yield from CHECKS[kind](element, where)
    yield from _value_faults(element, where)


def _value_faults(element: Mapping[str, Any], where: str) -> Iterator[Fault]:
    if "max_selected_items" in element:
        yield from _whole(element, where, "max_selected_items", 1, None)
    for name, shape in SHAPES.items():
        if name in element and not re.fullmatch(shape, str(element[name])):
            yield f"{where}/{name}", "must be in a valid format"


def _button(button: Mapping[str, Any], where: str) -> Iterator[Fault]:
    yield from text_faults(button.get("text"), f"{where}/text", 75, kinds=("plain_text",))
    yield from length_faults(button.get("value"), f"{where}/value", 2000)
    yield from length_faults(button.get("url"), f"{where}/url", 3000)
    yield from length_faults(button.get("accessibility_label"), f"{where}/accessibility_label", 75)
    if button.get("style") not in (None, "primary", "danger"):
        yield f"{where}/style", "must be one of: primary, danger"


def _confirm(confirm: Any, where: str) -> Iterator[Fault]:
    if not isinstance(confirm, dict):
        yield where, "must provide an object"
        return
    yield from unknown_faults(confirm, where, ("title", "text", "confirm", "deny", "style"))
    yield from text_faults(confirm.get("text"), f"{where}/text", 300)
    if confirm.get("style") not in (None, "primary", "danger"):
        yield f"{where}/style", "must be one of: primary, danger"
    for part, most in (("title", 100), ("confirm", 30), ("deny", 30)):
        if part in confirm:
            yield from text_faults(confirm[part], f"{where}/{part}", most, kinds=("plain_text",))


def _choices(element: Mapping[str, Any], where: str) -> Iterator[Fault]:
    groups, options = element.get("option_groups"), element.get("options")
    if (groups is None) == (options is None):
        yield where, "must provide either options or option_groups"
    if isinstance(groups, list):
        yield from length_faults(groups, f"{where}/option_groups", 100, 1, unit="items")
        for number, group in enumerate(groups):
            yield from _group(group, f"{where}/option_groups/{number}", element)
    if options is not None:
        yield from _options(options, f"{where}/options", OPTIONS_MOST[element["type"]], element)
    known = [*items(options), *(option for group in items(groups) if isinstance(group, dict) for option in items(group.get("options")))]
    initial = [*items(element.get("initial_options")), *([element["initial_option"]] if element.get("initial_option") else [])]
    if any(option not in known for option in initial):
        yield where, "initial option was not found among the options"


def _group(group: Any, where: str, element: Mapping[str, Any]) -> Iterator[Fault]:
    if not isinstance(group, dict):
        yield where, "must provide an object"
        return
    yield from text_faults(group.get("label"), f"{where}/label", 75, kinds=("plain_text",))
    yield from _options(group.get("options"), f"{where}/options", 100, element)


def _options(options: Any, where: str, most: int, element: Mapping[str, Any]) -> Iterator[Fault]:
    yield from length_faults(options, where, most, 1, unit="items", needed=True)
    kinds = ("plain_text", "mrkdwn") if element["type"] in ("checkboxes", "radio_buttons") else ("plain_text",)
    for number, option in enumerate(items(options)):
        if not isinstance(option, dict):
            yield f"{where}/{number}", "must provide an object"
            continue
        yield from unknown_faults(option, f"{where}/{number}", ("text", "value", "description", "url"))
        yield from text_faults(option.get("text"), f"{where}/{number}/text", 75, kinds=kinds)
        yield from length_faults(option.get("url"), f"{where}/{number}/url", 3000)
        yield from length_faults(option.get("value"), f"{where}/{number}/value", 150, needed="url" not in option)
        if option.get("description") is not None:
            yield from text_faults(option["description"], f"{where}/{number}/description", 75, kinds=kinds)


def _text_input(element: Mapping[str, Any], where: str) -> Iterator[Fault]:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if not (isinstance(least, int) and 0 <= least <= 3000):
        yield f"{where}/min_length", "must be from 0 to 3000"
    elif not (isinstance(most, int) and 1 <= most <= 3000 and least <= most):
        yield f"{where}/max_length", "must be from 1 to 3000 and not below min_length"
    else:
        yield from length_faults(element.get("initial_value"), f"{where}/initial_value", most)


def _number_input(element: Mapping[str, Any], where: str) -> Iterator[Fault]:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        yield where, "missing required field: is_decimal_allowed"
    for name in ("min_value", "max_value", "initial_value"):
        if name in element and not (isinstance(element[name], str) and re.fullmatch(NUMBER, element[name])):
            yield f"{where}/{name}", "must be a number, as a string"


def _file_input(element: Mapping[str, Any], where: str) -> Iterator[Fault]:
    yield from length_faults(element.get("filetypes"), f"{where}/filetypes", 1_000, 1, unit="items")
    for number, kind in enumerate(items(element.get("filetypes"))):
        yield from length_faults(kind, f"{where}/filetypes/{number}", 255, 1, needed=True)
    if "max_files" in element:
        yield from _whole(element, where, "max_files", 1, 10)


def _whole(element: Mapping[str, Any], where: str, name: str, least: int, most: int | None) -> Iterator[Fault]:
    value = element[name]
    if not isinstance(value, int) or isinstance(value, bool):
        yield f"{where}/{name}", "must be an integer"
    elif value < least or (most is not None and value > most):
        yield f"{where}/{name}", f"must be {'less' if value > least else 'greater'} than or equal to {most if value > least else least}"


CHECKS = {"button": _button, "plain_text_input": _text_input, "number_input": _number_input, "file_input": _file_input,
          **dict.fromkeys(OPTIONS_MOST, _choices)}
