"""Answers and decisions: the buttons of the private messages and the forms behind them."""

from datetime import timedelta

from bot.slack.turn import Reply, Turn
from bot.views import checkpoint_forms as forms
from bot.views import decision, modals
from launch.messages import AskAgain, CastVote, DecideCheckpoint, DisputeVote, LetStand, Refused, WithdrawObjection
from launch.plan import CheckpointKind
from launch.state import Answer, Decision
from launch.words import Words


async def go(turn: Turn) -> Reply:
    return await turn.perform(vote(turn, Answer.GO))


async def condition(turn: Turn) -> Reply:
    """The button: no condition is given before it is written."""
    return await turn.or_form(vote(turn, Answer.CONDITION), forms.condition(turn.address, turn.reader))


async def condition_written(turn: Turn) -> Reply:
    return await turn.perform(vote(turn, Answer.CONDITION, turn.reason()))


async def no_go(turn: Turn) -> Reply:
    """The button: a NO-GO is not given before its reason."""
    return await turn.or_form(vote(turn, Answer.NO_GO), forms.no_go(turn.address, kind_of(turn), turn.reader))


async def no_go_because(turn: Turn) -> Reply:
    return await turn.perform(vote(turn, Answer.NO_GO, turn.reason()))


async def roll_back(turn: Turn) -> Reply:
    return await turn.or_form(vote(turn, Answer.ROLL_BACK), forms.roll_back(turn.address, turn.reader))


async def roll_back_because(turn: Turn) -> Reply:
    return await turn.perform(vote(turn, Answer.ROLL_BACK, turn.reason()))


async def dispute(turn: Turn) -> Reply:
    """Not what I said."""
    name, number, role = seat_of(turn)
    return await turn.perform(DisputeVote(name, number, role))


def vote(turn: Turn, answer: Answer, reason: Words | None = None) -> CastVote:
    """The answer to the question of a button, for its role. Raises Refused."""
    name, number, role = seat_of(turn)
    return CastVote(name, role, answer, reason, number)


# --- what is decided ---------------------------------------------------------------------------------------------------


async def proceed(turn: Turn) -> Reply:
    """The button: with the outcome at once, against it only with a reason."""
    return await turn.or_form(decided(turn, Decision.PROCEED), forms.proceed(turn.address, kind_of(turn), turn.reader))


async def proceed_because(turn: Turn) -> Reply:
    return await turn.perform(decided(turn, Decision.PROCEED, turn.reason()))


async def hold(turn: Turn) -> Reply:
    return await turn.or_form(decided(turn, Decision.HOLD), modals.hold(decision.HOLD, turn.address, turn.launch.plan, turn.reader))


async def hold_because(turn: Turn) -> Reply:
    return await turn.perform(decided(turn, Decision.HOLD, turn.reason(), turn.minutes()))


async def turn_back(turn: Turn) -> Reply:
    """The button: nobody turns back without a written reason."""
    return await turn.or_form(decided(turn, Decision.ROLL_BACK), forms.decide_roll_back(turn.address, turn.reader))


async def turn_back_because(turn: Turn) -> Reply:
    return await turn.perform(decided(turn, Decision.ROLL_BACK, turn.reason()))


async def ask_again(turn: Turn) -> Reply:
    name, number = round_of(turn)
    return await turn.perform(AskAgain(name, number))


async def withdraw(turn: Turn) -> Reply:
    """A condition is met, a no is no more."""
    return await turn.perform(WithdrawObjection(*seat_of(turn)))


async def let_stand(turn: Turn) -> Reply:
    return await turn.perform(LetStand(*seat_of(turn)))


def decided(turn: Turn, made: Decision, reason: Words | None = None, limit: timedelta | None = None) -> DecideCheckpoint:
    name, number = round_of(turn)
    return DecideCheckpoint(name, made, reason, limit, number)


# --- what a button stands for ------------------------------------------------------------------------------------------


def round_of(turn: Turn) -> tuple[str, int]:
    """The checkpoint and the round that a button stands for. Raises Refused."""
    match turn.address.subject:
        case (name, number, *_) if name in turn.launch.polls and number.isdecimal():
            return name, int(number)
    raise Refused("unknown_button")


def seat_of(turn: Turn) -> tuple[str, int, str]:
    """The same, and the role. Raises Refused."""
    match turn.address.subject:
        case (_, _, role):
            return (*round_of(turn), role)
    raise Refused("unknown_button")


def kind_of(turn: Turn) -> CheckpointKind:
    return turn.launch.checkpoints[round_of(turn)[0]].kind
