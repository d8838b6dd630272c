"""The log of problems: since when, who has it, by when it is decided what each means, and what came of it."""

import pytest

from launch import game
from launch.messages import (
    CLOCK,
    Ask,
    AskProblem,
    CallHold,
    ChangeImpact,
    CloseProblem,
    ExtendProblem,
    ImpactChanged,
    ProblemClosed,
    ProblemExtended,
    ProblemOverdue,
    ProblemReported,
    ProblemTaken,
    ReportProblem,
    Resume,
    TakeProblem,
)
from launch.plan import Limits
from launch.state import Impact, Launch, Problem, Source
from tests.days import (
    CAMILLE,
    CLAIRE,
    DANIEL,
    ELIF,
    INES,
    NADIA,
    SAMIRA,
    STRANGER,
    Day,
    a_launch,
    a_plan,
    minutes,
    play,
    refusal,
    refused,
    t,
    wait,
    words,
)

LOGINS, SOLVED = words("logins fail in Québec"), words("the certificate was renewed")
OVERDUE = ProblemOverdue(1)


def report(impact: Impact = Impact.TOTAL) -> ReportProblem:
    return ReportProblem(LOGINS, impact, Source.CUSTOMERS)


def reported(impact: Impact = Impact.TOTAL, *script: object) -> Day:
    """Ines reports it at 01:50 in Paris; it may last 15 minutes when it touches everybody, 45 when some."""
    return play(a_launch(), [(t(-100), INES, report(impact)), *script])  # type: ignore[list-item]


def problem(day: Day) -> Problem:
    return day.launch.problems[1]


def asked(launch: Launch) -> list[Ask]:
    return [ask for ask in game.asks(launch) if ask.subject.startswith("problem:")]


# --- the log -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("impact", "minute"), [(Impact.TOTAL, -85), (Impact.PARTIAL, -55), (Impact.NONE, None)])
def test_the_graver_it_is_the_sooner_it_is_decided_what_it_means(impact: Impact, minute: float | None) -> None:
    day = reported(impact)
    decide_by = None if minute is None else t(minute)
    assert day.told(ProblemReported) == [ProblemReported(1, LOGINS, impact, Source.CUSTOMERS, "ines", decide_by)]
    assert problem(day) == Problem(1, LOGINS, impact, Source.CUSTOMERS, "ines", t(-100), decide_by)
    assert (ProblemOverdue(1) in wait(day, t(-30)).events) is (minute is not None)


def test_the_limits_are_those_of_the_plan() -> None:
    launch = a_launch(a_plan(limits=Limits(total=minutes(5), partial=minutes(7))))
    day = play(launch, [(t(-100), INES, report()), (t(-100), INES, ReportProblem(words("slow"), Impact.PARTIAL, Source.US))])
    assert [row.decide_by for row in day.launch.problems.values()] == [t(-95), t(-93)]


def test_the_same_words_are_one_problem_while_it_is_open() -> None:
    day = reported(Impact.TOTAL, (t(-99), SAMIRA, TakeProblem(1)))
    no = refusal(day, t(-98), CLAIRE, ReportProblem(words("logins fail in Québec"), Impact.NONE, Source.US))
    assert (no.code, no.facts) == ("already_reported", {"number": "1", "person": "samira"})
    closed = play(day, [(t(-90), SAMIRA, CloseProblem(1, SOLVED)), (t(-80), INES, report())])
    assert closed.launch.problems[2].is_open


def test_nothing_is_reported_without_words_nor_by_a_stranger() -> None:
    assert refused(a_launch(), t(-100), INES, ReportProblem(words(" "), Impact.NONE, Source.US)) == "reason_needed"
    assert refused(a_launch(), t(-100), STRANGER, report()) == "not_named"


def test_whoever_says_so_has_it_and_the_record_knows_who_had_it_before() -> None:
    day = reported(Impact.NONE, (t(-99), SAMIRA, TakeProblem(1)), (t(-98), SAMIRA, TakeProblem(1)), (t(-97), ELIF, TakeProblem(1)))
    assert day.told(ProblemTaken) == [ProblemTaken(1, "samira"), ProblemTaken(1, "elif", "samira")]
    assert problem(day).holder == "elif"


# --- graver, less grave ------------------------------------------------------------------------------------------------


def test_the_limit_runs_from_the_beginning_and_leaves_a_minute() -> None:
    day = reported(Impact.PARTIAL, (t(-95), NADIA, ChangeImpact(1, Impact.TOTAL)))
    assert day.events[-1] == ImpactChanged(1, Impact.TOTAL, "nadia", t(-85))
    late = reported(Impact.PARTIAL, (t(-80), NADIA, ChangeImpact(1, Impact.TOTAL)))
    assert problem(late).decide_by == t(-79)
    assert problem(wait(late, t(-79))).is_overdue


def test_what_no_customer_feels_any_more_has_no_limit_and_the_same_impact_is_no_news() -> None:
    day = wait(reported(), t(-84))
    assert (problem(day).is_overdue, len(asked(day.launch))) == (True, 1)
    calm = play(day, [(t(-83), INES, ChangeImpact(1, Impact.NONE)), (t(-82), INES, ChangeImpact(1, Impact.NONE))])
    assert calm.told(ImpactChanged) == [ImpactChanged(1, Impact.NONE, "ines", None)]
    assert (problem(calm).decide_by, problem(calm).is_overdue, asked(calm.launch)) == (None, False, [])
    assert refused(calm, t(-81), CLAIRE, ExtendProblem(1, minutes(5))) == "nothing_to_decide"


# --- overdue -----------------------------------------------------------------------------------------------------------


def test_in_time_whoever_commands_is_asked_once_and_again_after_more_time() -> None:
    day = wait(reported(), t(-60))
    assert day.told(ProblemOverdue) == [OVERDUE]
    assert (day.fact(ProblemOverdue).at, day.fact(ProblemOverdue).by) == (t(-85), CLOCK)
    assert asked(day.launch) == [Ask("problem:1", "claire", "commander")]
    assert problem(day).asked == ("claire",)
    more = play(day, [(t(-50), DANIEL, ExtendProblem(1, minutes(20)))])
    assert more.events[-1] == ProblemExtended(1, t(-30), "daniel")
    assert asked(more.launch) == []
    again = wait(more, t(-30))
    assert (len(again.told(ProblemOverdue)), problem(again).asked) == (2, ("claire", "claire"))


def test_a_firing_that_comes_too_early_or_twice_does_nothing() -> None:
    assert play(reported(), [(t(-90), CLOCK, AskProblem(1))]).told(ProblemOverdue) == []
    assert play(wait(reported(), t(-84)), [(t(-84), CLOCK, AskProblem(1)), (t(-84), CLOCK, AskProblem(2))]).told(ProblemOverdue) == [
        OVERDUE
    ]


def test_a_new_commander_is_asked_what_is_overdue() -> None:
    day = wait(reported(Impact.PARTIAL), t(80))
    assert asked(day.launch) == [Ask("problem:1", "claire", "commander")]
    after = wait(day, t(91))
    assert asked(after.launch) == [Ask("problem:1", "hugo", "commander")]
    assert problem(after).asked == ("claire", "hugo")


def test_a_hold_called_since_is_the_answer_for_as_long_as_it_lasts() -> None:
    held = play(wait(reported(), t(-84)), [(t(-83), CLAIRE, CallHold(words("logins")))])
    assert asked(held.launch) == []
    assert asked(play(held, [(t(-70), CLAIRE, Resume())]).launch) == [Ask("problem:1", "claire", "commander")]


def test_a_hold_from_before_answers_nothing() -> None:
    day = wait(reported(Impact.TOTAL, (t(-95), CLAIRE, CallHold(words("disk full")))), t(-84))
    assert asked(day.launch) == [Ask("problem:1", "claire", "commander")]


def test_only_who_commands_gives_more_time_and_some_time_it_has_to_be() -> None:
    assert refused(reported(), t(-99), SAMIRA, ExtendProblem(1, minutes(5))) == "only_commander"
    assert refused(reported(), t(-99), CLAIRE, ExtendProblem(1, minutes(0))) == "minutes_needed"


# --- the end -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [INES, SAMIRA, CLAIRE, DANIEL])
def test_who_reported_it_has_it_or_commands_closes_it(by: object) -> None:
    day = reported(Impact.TOTAL, (t(-99), SAMIRA, TakeProblem(1)), (t(-80), by, CloseProblem(1, SOLVED)))
    closed = day.told(ProblemClosed)[0]
    assert (closed.number, closed.outcome) == (1, SOLVED)
    assert (problem(day).closed_by, problem(day).closed_at, asked(day.launch)) == (closed.person, t(-80), [])
    assert not any(key.startswith("problem:") for key in game.due(day.launch))


def test_nobody_else_closes_it_and_never_without_a_word() -> None:
    day = reported(Impact.TOTAL, (t(-99), SAMIRA, TakeProblem(1)))
    no = refusal(day, t(-98), CAMILLE, CloseProblem(1, SOLVED))
    assert (no.code, no.facts) == ("not_your_problem", {"holder": "samira", "person": "ines"})
    assert refused(day, t(-98), SAMIRA, CloseProblem(1, words(" "))) == "reason_needed"


@pytest.mark.parametrize("command", [TakeProblem(1), ChangeImpact(1, Impact.NONE), ExtendProblem(1, minutes(5)), CloseProblem(1, SOLVED)])
def test_what_is_over_stays_over(command: object) -> None:
    day = reported(Impact.TOTAL, (t(-90), INES, CloseProblem(1, SOLVED)))
    no = refusal(day, t(-89), CLAIRE, command)  # type: ignore[arg-type]
    assert (no.code, no.facts) == ("problem_closed", {"person": "ines", "since": t(-90).isoformat()})
    assert refused(a_launch(), t(-89), CLAIRE, command) == "unknown_button"  # type: ignore[arg-type]
