"""The log of problems: `/launch problem`, its form, the buttons of a problem and their forms."""

from datetime import timedelta

from bot.slack.turn import Opens, Reply, Told, Turn
from bot.views import problem_forms as forms
from bot.views.menu import may
from launch.messages import ChangeImpact, CloseProblem, ExtendProblem, Refused, ReportProblem, TakeProblem
from launch.state import Impact, Problem, Source


async def report(turn: Turn) -> Reply:
    """`/launch problem logins fail in Québec`, and the button of the menu: a form for whoever may report one, else their no."""
    if may(forms.UNWRITTEN, turn.launch, turn.user):
        return Opens(forms.report_form(turn.address, turn.reader, turn.text))
    return await turn.perform(forms.UNWRITTEN)


async def reported(turn: Turn) -> Reply:
    words = turn.reason()
    if no := await turn.perform(ReportProblem(words, impact(turn), Source(turn.fields[forms.SOURCE]))):
        return no
    launch = turn.launch
    row = next(row for row in launch.problems.values() if row.words == words)
    return Told(turn.named(forms.reported(row, turn.reader), launch), turn.reader)


async def take(turn: Turn) -> Reply:
    return await turn.perform(TakeProblem(problem_of(turn).number))


async def change(turn: Turn) -> Reply:
    """The button: asked for what is so already, the door only says whether they may."""
    row = problem_of(turn)
    return await turn.perform(ChangeImpact(row.number, row.impact)) or Opens(forms.change_form(row, turn.address, turn.reader))


async def changed(turn: Turn) -> Reply:
    return await turn.perform(ChangeImpact(problem_of(turn).number, impact(turn)))


async def close(turn: Turn) -> Reply:
    """The button: no problem is closed without a word on what came of it."""
    command = CloseProblem(problem_of(turn).number, turn.words(""))
    return await turn.or_form(command, forms.close_form(turn.address, turn.reader))


async def closed(turn: Turn) -> Reply:
    return await turn.perform(CloseProblem(problem_of(turn).number, turn.reason()))


async def extend(turn: Turn) -> Reply:
    """The button: whoever may give it more time says how much."""
    answer = await turn.ask(ExtendProblem(problem_of(turn).number, timedelta()))
    is_for_them = answer.refused is not None and answer.refused.code == "minutes_needed"
    return Opens(forms.extend_form(turn.address, turn.reader)) if is_for_them else turn.told(answer)


async def extended(turn: Turn) -> Reply:
    return await turn.perform(ExtendProblem(problem_of(turn).number, turn.minutes()))


def impact(turn: Turn) -> Impact:
    return Impact(turn.fields[forms.IMPACT])


def problem_of(turn: Turn) -> Problem:
    """The problem that a button or a form stands for. Raises Refused."""
    match turn.address.subject:
        case (number,) if number.isdecimal() and int(number) in turn.launch.problems:
            return turn.launch.problems[int(number)]
    raise Refused("unknown_button")
