"""The log of problems: each with somebody who has it and, when customers feel it, a time by which whoever commands says what it means."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from launch.authority import commanding
from launch.countdown import is_said
from launch.messages import (
    Actor,
    Ask,
    AskProblem,
    ChangeImpact,
    CloseProblem,
    Deadline,
    Event,
    ExtendProblem,
    Fact,
    ImpactChanged,
    ProblemClosed,
    ProblemExtended,
    ProblemOverdue,
    ProblemReported,
    ProblemTaken,
    Refused,
    ReportProblem,
    TakeProblem,
)
from launch.plan import Plan
from launch.state import Impact, Launch, Problem
from launch.words import says_same

SOON = timedelta(minutes=1)
"""The least that is left to decide on a problem that turns out graver: time to read that it did."""

# --- what is decided ---------------------------------------------------------------------------------------------------


def report_problem(command: ReportProblem, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """It is in the log from now on, and nobody has it yet. Reported twice in the same words, it is one problem."""
    if not is_said(command.words):
        raise Refused("reason_needed")
    same = (row for row in launch.problems.values() if row.is_open and says_same(row.words, command.words))
    if row := next(same, None):
        raise Refused("already_reported", number=str(row.number), person=row.holder or "")
    limit = limit_of(launch.plan, command.impact)
    person, decide_by = launch.person_of(by.user) or "", at + limit if limit else None
    return [ProblemReported(len(launch.problems) + 1, command.words, command.impact, command.source, person, decide_by)]


def limit_of(plan: Plan, impact: Impact) -> timedelta | None:
    """How long a problem may stay undecided; None when no customer feels it."""
    return {Impact.TOTAL: plan.limits.total, Impact.PARTIAL: plan.limits.partial, Impact.NONE: None}[impact]


def take_problem(command: TakeProblem, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Whoever says so has it, and whoever had it has it no more."""
    row, person = still_open(launch, command.number), launch.person_of(by.user) or ""
    return [] if row.holder == person else [ProblemTaken(row.number, person, row.holder)]


def change_impact(command: ChangeImpact, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """It is graver, or less grave, than was thought. The limit still runs from when the problem began.

    What has lasted longer already than its new limit allows is to be decided a minute from now.
    """
    row = still_open(launch, command.number)
    if row.impact is command.impact:
        return []
    limit = limit_of(launch.plan, command.impact)
    decide_by = max(row.opened_at + limit, at + SOON) if limit else None
    return [ImpactChanged(row.number, command.impact, launch.person_of(by.user) or "", decide_by)]


def ask_problem(command: AskProblem, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Nobody has solved it in time: whoever commands is asked what it means for the launch."""
    row = launch.problems.get(command.number)
    return [ProblemOverdue(row.number)] if row and is_awaited(row) and row.decide_by and row.decide_by <= at else []


def is_awaited(row: Problem) -> bool:
    """Whether the time to decide on it runs."""
    return row.is_open and row.decide_by is not None and not row.is_overdue


def extend_problem(command: ExtendProblem, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The launch goes on with it for so much longer; then whoever commands is asked again."""
    row = still_open(launch, command.number)
    if row.decide_by is None:
        raise Refused("nothing_to_decide")
    if command.limit <= timedelta():
        raise Refused("minutes_needed")
    return [ProblemExtended(row.number, at + command.limit, launch.person_of(by.user) or "")]


def close_problem(command: CloseProblem, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """It is over, with a word on what came of it: says whoever has it, reported it, or is in command."""
    row, person = still_open(launch, command.number), launch.person_of(by.user) or ""
    if person not in (row.holder, row.by, *commanding(launch)):
        raise Refused("not_your_problem", holder=row.holder or "", person=row.by)
    if not is_said(command.outcome):
        raise Refused("reason_needed")
    return [ProblemClosed(row.number, command.outcome, person)]


def still_open(launch: Launch, number: int) -> Problem:
    """The problem of that number, if it is one still. Raises Refused."""
    row = launch.problems.get(number)
    if row is None:
        raise Refused("unknown_button")
    if row.closed_at:
        raise Refused("problem_closed", person=row.closed_by or "", since=row.closed_at.isoformat())
    return row


# --- what becomes of it ------------------------------------------------------------------------------------------------


def problem_reported(launch: Launch, fact: Fact, event: ProblemReported) -> Launch:
    row = Problem(event.number, event.words, event.impact, event.source, event.person, fact.at, event.decide_by)
    return replace(launch, problems={**launch.problems, row.number: row})


def problem_taken(launch: Launch, fact: Fact, event: ProblemTaken) -> Launch:
    return with_problem(launch, event.number, holder=event.person)


def impact_changed(launch: Launch, fact: Fact, event: ImpactChanged) -> Launch:
    return with_problem(launch, event.number, impact=event.impact, decide_by=event.decide_by, is_overdue=False)


def problem_overdue(launch: Launch, fact: Fact, event: ProblemOverdue) -> Launch:
    """Asked once more, the same person is asked anew: an old message that changes is not seen."""
    asked = (*launch.problems[event.number].asked, *commanding(launch)[:1])
    return with_problem(launch, event.number, is_overdue=True, asked=asked)


def put_to_commander(launch: Launch) -> Launch:
    """What is overdue is put to whoever commands now."""
    first, problems = commanding(launch)[:1], launch.problems
    rows = [row for row in problems.values() if row.is_open and row.is_overdue and row.asked[-1:] != first]
    return replace(launch, problems={**problems, **{row.number: replace(row, asked=row.asked + first) for row in rows}}) if rows else launch


def problem_extended(launch: Launch, fact: Fact, event: ProblemExtended) -> Launch:
    return with_problem(launch, event.number, decide_by=event.decide_by, is_overdue=False)


def problem_closed(launch: Launch, fact: Fact, event: ProblemClosed) -> Launch:
    return with_problem(launch, event.number, outcome=event.outcome, closed_by=event.person, closed_at=fact.at)


def with_problem(launch: Launch, number: int, **changes: Any) -> Launch:
    return replace(launch, problems={**launch.problems, number: replace(launch.problems[number], **changes)})


# --- what it waits for -------------------------------------------------------------------------------------------------


def due(launch: Launch) -> Iterator[Deadline]:
    """The time to decide on each open problem. It moves with the impact and with more time: the key names the instant."""
    for row in launch.problems.values():
        if is_awaited(row) and row.decide_by:
            yield Deadline(f"problem:{row.number}:{int(row.decide_by.timestamp())}", row.decide_by, AskProblem(row.number))


def asks(launch: Launch) -> Iterator[Ask]:
    """What an overdue problem means."""
    for row in launch.problems.values():
        if is_asked(launch, row):
            yield from (Ask(f"problem:{row.number}", person, launch.plan.commander) for person in commanding(launch)[:1])


def is_asked(launch: Launch, row: Problem) -> bool:
    """Whether whoever commands is asked about it now. A hold of theirs since then is an answer for as long as T stands still."""
    return row.is_open and row.is_overdue and not is_held_for(launch, row)


def is_held_for(launch: Launch, row: Problem) -> bool:
    """Whether whoever commands stopped T after the time to decide on it had passed."""
    hold = launch.hold
    return bool(hold and row.decide_by and hold.called_at >= row.decide_by and hold.by in commanding(launch))
