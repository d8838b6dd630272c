"""The words for what is asked at the shell: what somebody else said, a question that is put now."""

from bot.doing.aims import ShellTurn, at_vote, split
from bot.views.checkpoint_forms import ANSWER, ROLE
from bot.views.modals import MINUTES, REASON, ROLES
from launch.state import Answer

ANSWERS = {"go": Answer.GO, "condition": Answer.CONDITION, "no-go": Answer.NO_GO, "nogo": Answer.NO_GO, "roll-back": Answer.ROLL_BACK}
"""How an answer that was spoken is typed."""


def at_spoken(turn: ShellTurn) -> ShellTurn:
    """`final network go`, `final network no-go REASON`: what somebody else said."""
    turn = at_vote(turn)
    *round_, role = turn.address.subject
    word, _, reason = turn.fields[REASON].partition(" ")
    answer = ANSWERS.get(word.casefold())
    if answer is None:
        raise turn.unclear()
    return turn.at(*round_, reason=reason, **{ROLE: role, ANSWER: answer.value})


def at_unasked(turn: ShellTurn) -> ShellTurn:
    """`final`: its name and nothing else."""
    name, rest = split(turn)
    if rest:
        raise turn.unclear()
    return turn.at(name)


def at_question(turn: ShellTurn) -> ShellTurn:
    """`network,database 5 Is the cache warm?`"""
    named, rest = split(turn)
    minutes, _, words = rest.partition(" ")
    if not words:
        raise turn.unclear()
    roles = [(turn.launch.plan.role_named(role) or role) for role in named.split(",") if role]
    return turn.at(reason=words, **{ROLES: ",".join(roles), MINUTES: minutes})
