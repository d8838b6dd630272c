"""The words of the shell about problems, on their way to the handlers that Slack's forms have."""

from dataclasses import replace
from typing import TypeVar

from bot.doing.aims import ShellTurn, numbered, split
from bot.views import doing as view
from bot.views.modals import MINUTES, REASON
from bot.views.problem_forms import IMPACT, SOURCE
from launch.state import Impact, Source

Kind = TypeVar("Kind", Impact, Source)


def at_report(turn: ShellTurn) -> ShellTurn:
    """`total customers logins fail in Québec`."""
    impact, rest = split(turn)
    source, _, words = rest.partition(" ")
    return turn.at(reason=words, **{IMPACT: chosen(turn, Impact, impact), SOURCE: chosen(turn, Source, source)})


def at_problem(turn: ShellTurn) -> ShellTurn:
    """`2`, and what came of it."""
    number, rest = split(turn)
    return turn.at(numbered(turn, number, turn.launch.problems, view.open_problems(turn.launch)), reason=rest)


def at_impact(turn: ShellTurn) -> ShellTurn:
    """`2 partial`."""
    turn = at_problem(turn)
    return replace(turn, fields={IMPACT: chosen(turn, Impact, turn.fields[REASON])})


def at_minutes(turn: ShellTurn) -> ShellTurn:
    """`2 30`."""
    turn = at_problem(turn)
    return replace(turn, fields={MINUTES: turn.fields[REASON]})


def chosen(turn: ShellTurn, kind: type[Kind], word: str) -> str:
    """One of the words of `kind`. Raises Unclear."""
    if word.casefold() not in list(kind):
        raise turn.unclear()
    return word.casefold()
