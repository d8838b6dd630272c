"""The clock: menu buttons, the buttons under what it asks, their forms, `/launch hold` and `/launch resume`."""

from bot.slack.turn import Reply, Turn
from bot.views import clock, modals
from launch.authority import role_of
from launch.messages import CallHold, ExtendHold, GoLive, Refused, Resume, TurnBack
from launch.words import Words


async def hold(turn: Turn) -> Reply:
    """`/launch hold waiting for DNS`; without a reason, and from the menu, a form."""
    plan = turn.launch.plan
    form = modals.hold(modals.HOLD, turn.address, plan, turn.reader, role_of(turn.launch, turn.by) or plan.commander)
    return await turn.or_form(CallHold(turn.words(turn.text)), form) or turn.done()


async def hold_because(turn: Turn) -> Reply:
    return await turn.perform(CallHold(turn.reason(), turn.minutes(), turn.fields.get(modals.OWNER)))


async def resume(turn: Turn) -> Reply:
    return await turn.perform(Resume()) or turn.done()


async def live(turn: Turn) -> Reply:
    return await turn.perform(GoLive()) or turn.done()


async def extend(turn: Turn) -> Reply:
    """The button: no hold goes on without a reason."""
    refuse_if_over(turn)
    form = clock.extend_form(turn.address, turn.reader)
    return await turn.or_form(ExtendHold(turn.launch.plan.limits.hold, Words("")), form)


async def extend_because(turn: Turn) -> Reply:
    refuse_if_over(turn)
    return await turn.perform(ExtendHold(turn.minutes(), turn.reason()))


def refuse_if_over(turn: Turn) -> None:
    """Raises Refused when another hold runs than the one that was asked about."""
    hold = turn.launch.hold
    match turn.address.subject:
        case (_, number) if hold and number != str(hold.number):
            raise Refused("unknown_button")


async def turn_back(turn: Turn) -> Reply:
    """The button: nobody rolls back without a reason."""
    return await turn.or_form(TurnBack(Words("")), clock.turn_back_form(turn.address, turn.reader))


async def turn_back_because(turn: Turn) -> Reply:
    return await turn.perform(TurnBack(turn.reason()))
