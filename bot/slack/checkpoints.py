"""Answers, decisions and asking: the buttons of the private messages, the forms behind them, `/launch checkpoint`."""

from bot.slack.turn import Reply, Turn
from bot.views import decision, menu, modals
from launch.messages import AskAgain, CastVote, DecideCheckpoint, OpenCheckpoint, Refused
from launch.state import Answer, Decision


async def go(turn: Turn) -> Reply:
    name, role = asked_of(turn)
    return await turn.perform(CastVote(name, role, Answer.GO))


async def no_go(turn: Turn) -> Reply:
    """The button: a NO-GO is not given before its reason."""
    name, role = asked_of(turn)
    return await turn.or_form(CastVote(name, role, Answer.NO_GO), modals.no_go(turn.address, turn.reader))


async def no_go_because(turn: Turn) -> Reply:
    name, role = asked_of(turn)
    return await turn.perform(CastVote(name, role, Answer.NO_GO, turn.reason()))


async def proceed(turn: Turn) -> Reply:
    """The button: with the outcome at once, against it only with a reason."""
    command = DecideCheckpoint(running_round(turn), Decision.PROCEED)
    return await turn.or_form(command, modals.proceed(turn.address, turn.reader))


async def proceed_because(turn: Turn) -> Reply:
    return await turn.perform(DecideCheckpoint(running_round(turn), Decision.PROCEED, turn.reason()))


async def hold(turn: Turn) -> Reply:
    command = DecideCheckpoint(running_round(turn), Decision.HOLD)
    return await turn.or_form(command, modals.hold(decision.HOLD, turn.address, turn.launch.plan, turn.reader))


async def hold_because(turn: Turn) -> Reply:
    return await turn.perform(DecideCheckpoint(running_round(turn), Decision.HOLD, turn.reason(), turn.minutes()))


async def ask_again(turn: Turn) -> Reply:
    return await turn.perform(AskAgain(running_round(turn)))


def asked_of(turn: Turn) -> tuple[str, str]:
    """The checkpoint and the role that a question was put to. Raises Refused."""
    match turn.address.subject:
        case (_, _, role):
            return running_round(turn), role
    raise Refused("unknown_button")


def running_round(turn: Turn) -> str:
    """The checkpoint of a button, unless it was asked again since. Raises Refused."""
    match turn.address.subject:
        case (name, number, *_) if name in turn.launch.polls:
            if str(turn.launch.polls[name].round) != number:
                raise Refused("asked_again", checkpoint=name)
            return name
    raise Refused("unknown_button")


# --- asking --------------------------------------------------------------------------------------------------------------


async def listed(turn: Turn) -> Reply:
    return turn.shown(menu.checkpoints(turn.launch, turn.user))


async def ask_now(turn: Turn) -> Reply:
    return await turn.perform(OpenCheckpoint("/".join(turn.address.subject))) or turn.menu()


async def typed(turn: Turn) -> Reply:
    """`/launch checkpoint final`; without a name, all of them."""
    if not turn.text:
        return await listed(turn)
    named = {name.casefold(): name for name in turn.launch.plan.checkpoints}
    return await turn.perform(OpenCheckpoint(named.get(turn.text.casefold(), turn.text))) or turn.menu()
