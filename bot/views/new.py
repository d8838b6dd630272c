"""A launch begun in Slack from the few things that are known of it at first: the form, and the plan that it yields."""

from collections.abc import Sequence

from bot.views import blocks, modals, plans
from bot.views.address import Address
from bot.views.blocks import button
from bot.views.card import Block
from bot.views.lines import Buttons, Line, drawn
from bot.views.locale import Reader
from launch.messages import HOUSE

NEW, MORE = "plan.new", "plan.more"
NAME, T0, COMMANDER, DEPUTY = "name", "t0", "commander", "deputy"
FEW, MANY = 3, 6
"""Roles that the form has room for, at first and at most."""
MOST_PEOPLE = 3
"""People of one role: each is looked up in Slack while somebody waits."""
WORDS = ("new", "nouveau")
"""What may be typed after /launch for it."""


def role_field(number: int) -> str:
    return f"role_{number}"


def people_field(number: int) -> str:
    return f"people_{number}"


def form(reader: Reader, roles: int = FEW) -> Block:
    """Slack keeps what was filled in when there is room for more roles."""
    _ = reader._
    fields = [
        blocks.line_input(NAME, _("What is it called?"), _("The room’s channel is named after it."), 80),
        blocks.instant_input(T0, _("When is T-0?"), _("When customers are let in. It can be changed later."), None) | {"optional": False},
        blocks.person_input(COMMANDER, _("Who decides?"), _("The launch manager. Only they, and their deputy, say that it goes on.")),
        blocks.person_input(DEPUTY, _("Who replaces them?"), "", is_optional=True),
    ]
    for number in range(1, roles + 1):
        label, hint = _("Role {number}").format(number=number), _("One that is asked go or no-go, like Network or Support.")
        fields.append(blocks.line_input(role_field(number), label, hint if number == 1 else "", 40, is_optional=True))
        held = _("Who holds role {number}? The first is on duty, the others replace them.").format(number=number)
        fields.append(blocks.people_input(people_field(number), held, MOST_PEOPLE))
    if roles < MANY:
        fields += drawn([Buttons((button(_("More roles"), MORE, str(Address(HOUSE))),))], reader).blocks
    return modals.form(reader.p("title", "New launch"), fields, reader.p("title", "Plan it"), NEW, Address(HOUSE), reader)


def planned(key: str, source: str, warnings: Sequence[str], reader: Reader) -> Block:
    """It is planned; its file, to go on with."""
    shown = plans.planned(key, warnings, reader)
    return shown | {
        "title": blocks.plain(reader.p("title", "New launch"), 24),
        "blocks": [*shown["blocks"], *plans.file_blocks(source, key, reader)],
    }


def mistakes(findings: Sequence[str], reader: Reader) -> Block:
    """Nothing was added, and why."""
    return plans.window([Line((reader._("This does not make a plan that can be used:"),))], findings, reader, is_done=True)


def name_needed(reader: Reader) -> str:
    return reader._("Please give it a name.")


def role_and_people(reader: Reader) -> str:
    return reader._("Please give both, the role and who holds it; or neither.")
