"""The forms: what is asked of a person before something is done in their name. Each carries the address it was opened from."""

from collections.abc import Sequence

from bot.views import blocks
from bot.views.address import Address
from bot.views.blocks import button, clip
from bot.views.card import Block, Drawn
from bot.views.lines import Line, Row, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title, role_title
from bot.views.tables import NEW, plainer
from launch.messages import Refused
from launch.plan import Plan
from launch.state import Launch

REASON, MINUTES, ROLES, OWNER = "reason", "minutes", "roles", "owner"
AUDIENCE, SITUATION, NEXT_AT = "audience", "situation", "next_at"
HOLD, NOTE = "clock.hold", "room.note"
PLAN, ADD_NOTE, ADD_DRAFT = "plan.add", "note.add", "update.begin"
KEPT = 2900
"""Characters of a message that a window keeps while the launch is chosen; Slack takes 3000."""
MOST_ROLES = 100
"""Slack offers no more in one list."""


FIELDS = {
    "reason_needed": REASON,
    "already_reported": REASON,
    "minutes_needed": MINUTES,
    "question_needed": REASON,
    "roles_needed": ROLES,
    "no_such_audience": AUDIENCE,
    "next_in_past": NEXT_AT,
}


def field_of(refused: Refused) -> str | None:
    """The field of a form that a no belongs beside, if it belongs to one."""
    if refused.code == "text_missing":
        return text_field(refused.facts["language"])
    return FIELDS.get(refused.code)


def text_field(language: str) -> str:
    """The field of a text for customers, one for each language."""
    return f"text_{language}"


def hold(callback_id: str, address: Address, plan: Plan, reader: Reader, owner: str | None = None) -> Block:
    """Of the clock, with the role that is offered as its `owner`; or as the decision on a checkpoint, which is the commander's."""
    hint = reader._("T stands still at once, and the room is told why.")
    minutes = int(plan.limits.hold.total_seconds() // 60)
    roles = [(key, role_title(plan, key, reader)) for key in plan.roles][:MOST_ROLES]
    fields = [
        blocks.text_input(REASON, reader._("What for?"), hint),
        *([blocks.select_input(OWNER, reader._("Who has to see to it?"), roles, owner)] if owner else []),
        blocks.minutes_input(MINUTES, reader._("For how many minutes at most?"), max(minutes, 1)),
    ]
    return form(reader.p("title", "Hold"), fields, reader.p("title", "Stop T"), callback_id, address, reader)


def note(address: Address, reader: Reader, prefill: str = "") -> Block:
    """`prefill` is the message that the note begins with."""
    hint = reader._("It is posted in the room and kept in the record.")
    fields = [blocks.text_input(REASON, reader._("What should be remembered?"), hint, prefill)]
    return form(reader.p("title", "Note"), fields, reader.p("title", "Write it down"), NOTE, address, reader)


def which(launches: Sequence[Launch], action: str, kept: str, reader: Reader) -> Block:
    """Which launch a shortcut means, when nothing tells; the message waits in the window."""
    rows = [Row(launch_title(each.plan, reader), button(reader._("Choose"), action, str(Address(each.id)))) for each in launches]
    made = drawn([line(reader._("Which launch is meant?")), *rows], reader).blocks
    return blocks.modal(reader.p("title", "Launch Room"), made, reader.p("title", "Cancel")) | {"private_metadata": clip(kept, KEPT)}


def for_launch(view: Block, launch: Launch, reader: Reader) -> Block:
    """A form that is opened outside the room, headed by the launch that it is for."""
    head = drawn([Line((Strong(launch_title(launch.plan, reader)),))], reader)
    return view | {"blocks": [*head.blocks, *view["blocks"]]}


def form(title: str, fields: list[Block], submit: str, callback_id: str, address: Address, reader: Reader) -> Block:
    return blocks.form(title, fields, reader.p("title", "Cancel"), submit, callback_id, str(address))


def told(said: Drawn, reader: Reader) -> Block:
    """What came of a form, in its place. Slack takes no tables in a window."""
    return blocks.modal(reader.p("title", "Launch Room"), plainer(said.blocks, NEW), reader.p("title", "Close"))
