"""The blocks of Slack that we use, as plain dicts inside Slack's limits. Whatever is given to them is text, never markup."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from bot.views.card import Block

LONGEST = 200
"""Characters of a name, a title, a criterion: as many as a plan file may have."""
MOST_MINUTES = 1440
LONGEST_INPUT = 3000
"""Characters that Slack takes in one field of a form."""

_spaces = re.compile(r"[^\S\u00a0\u202f]+")
"""All but those that hold a French sign to its word."""
_marks = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escape(text: str) -> str:
    """`text` as mrkdwn that shows it letter by letter and calls nobody."""
    return text.translate(_marks)


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, the last one an ellipsis when something is left out."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def one_line(text: str, limit: int = LONGEST) -> str:
    """What somebody else wrote, as a part of a line of ours."""
    return clip(_spaces.sub(" ", text).strip(), limit) or "…"


def plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": clip(text, limit), "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, 150)}


def section(text: str, accessory: Block | None = None) -> Block:
    """A row of plain text, with a button at its end."""
    block: Block = {"type": "section", "text": plain(text, 3000)}
    return block | ({"accessory": accessory} if accessory else {})


def rich_text() -> Block:
    """An empty one, for sections, quotes and lists to be added to its elements."""
    return {"type": "rich_text", "elements": []}


def rich_section(elements: Sequence[Block]) -> Block:
    return {"type": "rich_text_section", "elements": list(elements)}


def rich_quote(text: str) -> Block:
    """What a person typed, shown as theirs."""
    return {"type": "rich_text_quote", "elements": [rich_words(text)]}


def rich_list(rows: Sequence[str]) -> Block:
    return {"type": "rich_text_list", "style": "bullet", "elements": [rich_section([rich_words(row)]) for row in rows]}


def rich_preformatted(text: str) -> Block:
    """Lines of a file, as they stand in it."""
    return {"type": "rich_text_preformatted", "elements": [rich_words(text)]}


def rich_words(text: str, *, is_bold: bool = False) -> Block:
    words: Block = {"type": "text", "text": text}
    return words | ({"style": {"bold": True}} if is_bold else {})


def rich_channel(channel: str) -> Block:
    return {"type": "channel", "channel_id": channel}


def rich_link(url: str, label: str) -> Block:
    return {"type": "link", "url": url, "text": label}


def context(text: str) -> Block:
    """Small print; `text` is mrkdwn whose words were escaped."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def cell(text: str) -> Block:
    """A cell of a table in plain words; one that has more in it is a rich_text."""
    return {"type": "raw_text", "text": text}


def table(rows: Sequence[Sequence[Block]]) -> Block:
    """Rows of cells, the heads first. Slack takes one table a message, a hundred rows and twenty columns, and none in Home or a window."""
    return {"type": "table", "rows": [list(row) for row in rows], "column_settings": [{"is_wrapped": True}] * len(rows[0])}


def container(title: str, children: Sequence[Block]) -> Block:
    """A line that opens to show up to ten blocks when it is tapped."""
    folded = {"is_collapsible": True, "default_collapsed": True}
    return {"type": "container", "title": plain(title, 150), **folded, "child_blocks": list(children)}


def divider() -> Block:
    return {"type": "divider"}


def actions(buttons: Sequence[Block]) -> Block:
    return {"type": "actions", "elements": list(buttons)}


def button(
    text: str, action_id: str, value: str, *, style: Literal["primary", "danger"] | None = None, confirm: Block | None = None
) -> Block:
    """`value` is an address, never a right; raises ValueError when Slack would not carry it whole."""
    if len(value) > 2000:
        raise ValueError(f"an address of {len(value)} characters, at most 2000")
    block: Block = {"type": "button", "text": plain(text, 75), "action_id": action_id, "value": value}
    return block | ({"style": style} if style else {}) | ({"confirm": confirm} if confirm else {})


def confirm(title: str, text: str, yes: str, no: str) -> Block:
    """The question before a decision; `text` names the consequence."""
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def text_input(name: str, label: str, hint: str, prefill: str = "") -> Block:
    """Several lines of somebody's own words; `name` is both block and action id."""
    element = {"type": "plain_text_input", "action_id": name, "multiline": True, "max_length": 500, "focus_on_load": True}
    element |= {"initial_value": clip(prefill, 500)} if prefill else {}
    return {"type": "input", "block_id": name, "label": plain(label, 2000), "element": element, "hint": plain(hint, 2000)}


def minutes_input(name: str, label: str, initial: int) -> Block:
    """A whole number of minutes, at most a day; `name` is both block and action id."""
    bounds = {"min_value": "1", "max_value": str(MOST_MINUTES), "initial_value": str(min(initial, MOST_MINUTES))}
    element = {"type": "number_input", "action_id": name, "is_decimal_allowed": False, **bounds}
    return {"type": "input", "block_id": name, "label": plain(label, 2000), "element": element}


def long_input(name: str, label: str, hint: str | None, initial: str, *, is_optional: bool) -> Block:
    """A text of several paragraphs, as long as Slack takes one; `name` is both block and action id."""
    element: Block = {"type": "plain_text_input", "action_id": name, "multiline": True, "max_length": LONGEST_INPUT}
    element |= {"initial_value": clip(initial, LONGEST_INPUT)} if initial else {}
    block: Block = {"type": "input", "block_id": name, "label": plain(label, 2000), "element": element, "optional": is_optional}
    return block | ({"hint": plain(hint, 2000)} if hint else {})


def select_input(name: str, label: str, options: Sequence[tuple[str, str]], initial: str | None = None) -> Block:
    """One of `options`, each a value and what is read; `name` is both block and action id."""
    offered = [{"text": plain(one_line(words, 75), 75), "value": value} for value, words in options]
    element: Block = {"type": "static_select", "action_id": name, "options": offered}
    chosen = next((option for option in offered if option["value"] == initial), None)
    element |= {"initial_option": chosen} if chosen else {}
    return {"type": "input", "block_id": name, "label": plain(label, 2000), "element": element}


def several_input(name: str, label: str, options: Sequence[tuple[str, str]]) -> Block:
    """Some of `options`, each a value and what is read; `name` is both block and action id."""
    offered = [{"text": plain(one_line(words, 75), 75), "value": value} for value, words in options]
    element: Block = {"type": "multi_static_select", "action_id": name, "options": offered}
    return {"type": "input", "block_id": name, "label": plain(label, 2000), "element": element}


def line_input(name: str, label: str, hint: str, most: int, *, is_optional: bool = False) -> Block:
    """One line of at most `most` characters; `name` is both block and action id."""
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": most}
    block: Block = {"type": "input", "block_id": name, "label": plain(label, 2000), "element": element, "optional": is_optional}
    return block | ({"hint": plain(hint, 2000)} if hint else {})


def person_input(name: str, label: str, hint: str, *, is_optional: bool = False) -> Block:
    """One account of the workspace; `name` is both block and action id."""
    element: Block = {"type": "users_select", "action_id": name}
    block: Block = {"type": "input", "block_id": name, "label": plain(label, 2000), "element": element, "optional": is_optional}
    return block | ({"hint": plain(hint, 2000)} if hint else {})


def people_input(name: str, label: str, most: int) -> Block:
    """Up to `most` accounts of the workspace, or none; `name` is both block and action id."""
    element: Block = {"type": "multi_users_select", "action_id": name, "max_selected_items": most}
    return {"type": "input", "block_id": name, "label": plain(label, 2000), "element": element, "optional": True}


def instant_input(name: str, label: str, hint: str, initial: datetime | None) -> Block:
    """A day and an hour in the zone of whoever fills it in, or nothing; `name` is both block and action id."""
    element: Block = {"type": "datetimepicker", "action_id": name}
    element |= {"initial_date_time": int(initial.timestamp())} if initial else {}
    block: Block = {"type": "input", "block_id": name, "label": plain(label, 2000), "element": element, "optional": True}
    return block | {"hint": plain(hint, 2000)}


def file_input(name: str, label: str, hint: str, kinds: Sequence[str]) -> Block:
    """One file, whose name ends in one of `kinds`; `name` is both block and action id. Slack wants files:read for it."""
    element = {"type": "file_input", "action_id": name, "filetypes": list(kinds), "max_files": 1}
    return {"type": "input", "block_id": name, "label": plain(label, 2000), "element": element, "hint": plain(hint, 2000)}


def modal(title: str, made: Sequence[Block], close: str) -> Block:
    """A window to read. Slack takes 24 characters for `title` and `close`; ours are written shorter."""
    return {"type": "modal", "title": plain(title, 24), "close": plain(close, 24), "blocks": list(made)}


def form(title: str, made: Sequence[Block], close: str, submit: str, callback_id: str, address: str) -> Block:
    """A window to fill in."""
    return modal(title, made, close) | {"submit": plain(submit, 24), "callback_id": callback_id, "private_metadata": address}
