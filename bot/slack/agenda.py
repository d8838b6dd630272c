"""`/launch checkpoint`: looking at checkpoints, asking now, a question of one's own, an answer that was spoken."""

from bot.slack.checkpoints import round_of
from bot.slack.turn import Opens, Reply, Turn
from bot.views import agenda
from bot.views import checkpoint_forms as forms
from bot.views.menu import may
from bot.views.modals import REASON, ROLES
from bot.views.rounds import newest
from launch.messages import OpenCheckpoint, PutQuestion, RecordVote, Refused
from launch.state import Answer


async def listed(turn: Turn) -> Reply:
    return turn.shown(agenda.listed(turn.launch, turn.user))


async def typed(turn: Turn) -> Reply:
    """`/launch checkpoint final`; without a name, all of them."""
    if not turn.text:
        return await listed(turn)
    return show_named(turn, named(turn, turn.text))


async def show(turn: Turn) -> Reply:
    return show_named(turn, name_of(turn))


async def ask_now(turn: Turn) -> Reply:
    name = name_of(turn)
    return await turn.perform(OpenCheckpoint(name)) or show_named(turn, name)


async def record(turn: Turn) -> Reply:
    """The button: for whoever may write down what others say."""
    name, number = round_of(turn)
    command = RecordVote(name, "", Answer.GO, round=number)
    if not may(command, turn.launch, turn.user):
        return await turn.perform(command)
    return Opens(forms.record(newest(turn.launch, name), turn.address, turn.reader))


async def recorded(turn: Turn) -> Reply:
    name, number = round_of(turn)
    text, role, answer = (turn.fields.get(field, "") for field in (REASON, forms.ROLE, forms.ANSWER))
    reason = turn.words(text.strip()) if text.strip() else None
    return await turn.perform(RecordVote(name, role, Answer(answer), reason, number))


async def question(turn: Turn) -> Reply:
    """The button: for whoever commands."""
    if not may(agenda.ANY_QUESTION, turn.launch, turn.user):
        return await turn.perform(agenda.ANY_QUESTION)
    return Opens(forms.question(turn.launch.plan, turn.address, turn.reader))


async def question_put(turn: Turn) -> Reply:
    roles = tuple(role for role in turn.fields.get(ROLES, "").split(",") if role)
    return await turn.perform(PutQuestion(turn.words(turn.fields.get(REASON, "").strip()), roles, turn.minutes()))


def show_named(turn: Turn, name: str) -> Reply:
    return turn.shown(agenda.shown(turn.launch, turn.user, name))


def name_of(turn: Turn) -> str:
    """The checkpoint that a button stands for. Raises Refused."""
    match turn.address.subject:
        case (name,):
            return named(turn, name)
    raise Refused("unknown_button")


def named(turn: Turn, word: str) -> str:
    """The checkpoint that somebody means, in any case. Raises Refused."""
    names = {name.casefold(): name for name in turn.launch.checkpoints}
    if word.casefold() not in names:
        raise Refused("no_such_checkpoint", checkpoint=word)
    return names[word.casefold()]
