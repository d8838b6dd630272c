"""Hold and resume: menu buttons, the form, `/launch hold` and `/launch resume`."""

from bot.slack.turn import Reply, Turn
from bot.views import modals
from launch.messages import CallHold, Resume


async def hold(turn: Turn) -> Reply:
    """`/launch hold waiting for DNS`; without a reason, and from the menu, a form."""
    form = modals.hold(modals.HOLD, turn.address, turn.launch.plan, turn.reader)
    return await turn.or_form(CallHold(turn.words(turn.text)), form) or turn.menu()


async def hold_because(turn: Turn) -> Reply:
    return await turn.perform(CallHold(turn.reason(), turn.minutes()))


async def resume(turn: Turn) -> Reply:
    return await turn.perform(Resume()) or turn.menu()
