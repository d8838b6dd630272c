"""Answers, decisions and asking: the buttons of the private messages, the forms behind them, `/launch checkpoint`."""

from datetime import timedelta

from bot.slack.turn import Reply, Turn
from bot.views import decision, menu, modals
from launch.messages import AskAgain, CastVote, DecideCheckpoint, OpenCheckpoint, Refused
from launch.state import Answer, Decision
from launch.words import Words


async def go(turn: Turn) -> Reply:
    return await turn.perform(vote(turn, Answer.GO))


async def no_go(turn: Turn) -> Reply:
    """The button: a NO-GO is not given before its reason."""
    return await turn.or_form(vote(turn, Answer.NO_GO), modals.no_go(turn.address, turn.reader))


async def no_go_because(turn: Turn) -> Reply:
    return await turn.perform(vote(turn, Answer.NO_GO, turn.reason()))


async def proceed(turn: Turn) -> Reply:
    """The button: with the outcome at once, against it only with a reason."""
    return await turn.or_form(decided(turn, Decision.PROCEED), modals.proceed(turn.address, turn.reader))


async def proceed_because(turn: Turn) -> Reply:
    return await turn.perform(decided(turn, Decision.PROCEED, turn.reason()))


async def hold(turn: Turn) -> Reply:
    return await turn.or_form(decided(turn, Decision.HOLD), modals.hold(decision.HOLD, turn.address, turn.launch.plan, turn.reader))


async def hold_because(turn: Turn) -> Reply:
    return await turn.perform(decided(turn, Decision.HOLD, turn.reason(), turn.minutes()))


async def ask_again(turn: Turn) -> Reply:
    name, number = round_of(turn)
    return await turn.perform(AskAgain(name, number))


def vote(turn: Turn, answer: Answer, reason: Words | None = None) -> CastVote:
    """The answer to the question of a button, for its role. Raises Refused."""
    name, number = round_of(turn)
    match turn.address.subject:
        case (_, _, role):
            return CastVote(name, role, answer, reason, number)
    raise Refused("unknown_button")


def decided(turn: Turn, made: Decision, reason: Words | None = None, limit: timedelta | None = None) -> DecideCheckpoint:
    name, number = round_of(turn)
    return DecideCheckpoint(name, made, reason, limit, number)


def round_of(turn: Turn) -> tuple[str, int]:
    """The checkpoint and the round that a button stands for. Raises Refused."""
    match turn.address.subject:
        case (name, number, *_) if name in turn.launch.polls and number.isdecimal():
            return name, int(number)
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
