"""What can be done with the clock: its buttons, in the menu and under what the clock asks, and the forms behind them."""

from bot.views import blocks, modals
from bot.views.address import Address
from bot.views.blocks import button, confirm
from bot.views.card import Block
from bot.views.lines import Line, drawn
from bot.views.locale import Reader
from launch.countdown import guards, has_come, is_live_awaited
from launch.state import Launch, Reached

LIVE, RESUME, EXTEND, TURN_BACK = "clock.live", "clock.resume", "clock.extend", "clock.turn_back"
LONGER = 15
"""Minutes that a form offers for a hold to go on."""


# --- what makes sense now ----------------------------------------------------------------------------------------------


def may_go_live(launch: Launch) -> bool:
    return launch.hold is None and is_live_awaited(launch)


def may_resume(launch: Launch) -> bool:
    """Whether T stands still, and neither for good nor before a step that nobody has let begin."""
    return launch.hold is not None and undecided(launch) is None and Reached.TURNED_BACK not in launch.milestones


def may_turn_back(launch: Launch) -> bool:
    """Whether there is anything to turn back from: a step was begun, or T-0 is past."""
    if Reached.TURNED_BACK in launch.milestones:
        return False
    waiting = {launch.plan.checkpoints[name].before for name, _ in guards(launch)}
    has_begun = (has_come(launch, step.at, launch.last_at) for step in launch.plan.cutover.values() if step.id not in waiting)
    return Reached.T_ZERO in launch.milestones or any(has_begun)


def undecided(launch: Launch) -> str | None:
    """The checkpoint before whose step T stands still, until it is decided."""
    return next((name for name, reached in guards(launch) if reached <= launch.last_at), None)


# --- buttons -----------------------------------------------------------------------------------------------------------


def live(address: Address, reader: Reader) -> Block:
    text = reader._("The room is told that customers are in, in your name. It cannot be unsaid.")
    asked = confirm(reader._("Are customers in?"), text, reader._("We are live"), reader._("Cancel"))
    return button(reader._("We are live"), LIVE, str(address), style="primary", confirm=asked)


def hold(address: Address, reader: Reader) -> Block:
    return button(reader._("Hold…"), modals.HOLD, str(address), style="danger")


def resume(address: Address, reader: Reader) -> Block:
    text = reader._("T runs again at once, and T-0 moves by as long as it stood still. The room is told.")
    asked = confirm(reader._("Let T run again?"), text, reader._("Resume"), reader._("Cancel"))
    return button(reader._("Resume"), RESUME, str(address), style="primary", confirm=asked)


def extend(address: Address, reader: Reader) -> Block:
    return button(reader._("Hold on…"), EXTEND, str(address))


def turn_back(address: Address, reader: Reader) -> Block:
    return button(reader._("Roll back…"), TURN_BACK, str(address), style="danger")


# --- forms -------------------------------------------------------------------------------------------------------------


def extend_form(address: Address, reader: Reader) -> Block:
    hint = reader._("T goes on standing still, and the room is told why.")
    fields = [
        blocks.text_input(modals.REASON, reader._("Why longer?"), hint),
        blocks.minutes_input(modals.MINUTES, reader._("For how many minutes more, from now?"), LONGER),
    ]
    return modals.form(reader.p("title", "Hold on"), fields, reader.p("title", "Hold on"), EXTEND, address, reader)


def turn_back_form(address: Address, reader: Reader) -> Block:
    """There is no way back from it, and the form says so first."""
    said = reader._("The launch turns back. T stands still for good: nothing more begins by plan, and the clock asks for no more answers.")
    hint = reader._("The room is told at once, with your name.")
    fields = [*drawn([Line((said,))], reader).blocks, blocks.text_input(modals.REASON, reader._("Why does the launch roll back?"), hint)]
    return modals.form(reader.p("title", "Roll back"), fields, reader.p("title", "Roll back"), TURN_BACK, address, reader)
