"""The log of problems as the room, whoever commands and whoever had one see it, from the report to the end."""

from datetime import datetime

import pytest

from bot.views.address import Address
from bot.views.card import Drawn, Urgency
from bot.views.index import WANTED, cards
from bot.views.lines import drawn
from bot.views.locale import LANGUAGES, Reader
from bot.views.problem_forms import change_form, close_form, extend_form, report_form, reported
from bot.views.problems import problem_lines
from launch import game
from launch.messages import (
    AcceptHandover,
    Actor,
    CallHold,
    ChangeImpact,
    CloseLaunch,
    CloseProblem,
    Command,
    ExtendProblem,
    ProblemClosed,
    ProblemReported,
    ProblemTaken,
    ReportProblem,
    Resume,
    TakeProblem,
)
from launch.plan import Language
from launch.state import Impact, Launch, Source
from tests.days import CLAIRE, ELIF, HUGO, INES, SAMIRA, Day, minutes, t, words
from tests.views.drawn import all_notices, card, labels, noticed, people_of, plain
from tests.views.limits import buttons_of, complaints, of_modal
from tests.views.scenes import EVIL, night

EN = Reader("en", "Europe/Paris")
SUBJECT = "problem:1"
LOGINS = words("logins fail in Québec")
SOLVED = words("the certificate was renewed")
PRESSED = ["I have it", "Change…", "Close…"]
ASKED = ["Hold…", "Give it more time…", "Close…"]


def report(impact: Impact = Impact.TOTAL, what: str = "logins fail in Québec", source: Source = Source.CUSTOMERS) -> ReportProblem:
    return ReportProblem(words(what), impact, source)


def told(*script: tuple[datetime, Actor, Command], until: float = -99, impact: Impact = Impact.TOTAL) -> Day:
    """Ines reports it at 02:50; when it touches everybody it is to be decided by 03:05."""
    return night([(t(-100), INES, report(impact)), *script], until)


def room(launch: Launch) -> list[str]:
    return plain(card(launch, SUBJECT).text).splitlines()


def asked(launch: Launch, person: str = "claire", time: int = 1) -> Drawn:
    """What whoever commands was asked, for the first time or again."""
    return card(launch, f"{SUBJECT}:{time}", person)


def private(launch: Launch, person: str = "claire", time: int = 1) -> list[str]:
    return plain(asked(launch, person, time).text).splitlines()


# --- the room ----------------------------------------------------------------------------------------------------------


def test_one_card_says_what_it_touches_what_it_is_who_has_it_and_how_long() -> None:
    launch = told().launch
    heading, touched, what, source, holder, limit = room(launch)
    assert (heading, what) == ("Problem 1", "“logins fail in Québec”")
    assert touched.startswith("🔴 It touches all customers, since ")
    assert touched.endswith("02:50 (Paris).")
    assert (source, holder) == ("Customers told us first. In the log by Ines.", "Nobody has it yet.")
    assert limit.startswith("Decide by ")
    assert limit.endswith("03:05 (Paris): then whoever commands says what it means for the launch.")
    assert labels(card(launch, SUBJECT)) == PRESSED
    assert {button["value"] for button in buttons_of(card(launch, SUBJECT).blocks)} == {"corvane/1"}
    assert people_of(launch, SUBJECT) == {None}
    assert noticed(told(), ProblemReported) == [], "its card is its only post"


def test_it_follows_whoever_has_it_and_whom_it_touches() -> None:
    launch = told((t(-99), SAMIRA, TakeProblem(1)), (t(-98), SAMIRA, ChangeImpact(1, Impact.NONE)), until=-97).launch
    _, touched, _, _, *rest = room(launch)
    assert touched.startswith("No customer notices it. Since ")
    assert rest == ["Samira has it."]


def test_its_end_says_after_how_long_and_what_came_of_it_without_buttons() -> None:
    launch = told((t(-99), SAMIRA, TakeProblem(1)), (t(-58), SAMIRA, CloseProblem(1, SOLVED)), until=-57).launch
    _, over, _, came, outcome, _ = room(launch)
    assert over.startswith("Over since ")
    assert over.endswith("after 42 min, says Samira.")
    assert (came, outcome) == ("What came of it:", "“the certificate was renewed”")
    assert labels(card(launch, SUBJECT)) == []
    assert labels(asked(launch)) == []
    assert private(launch)[-1] == "“the certificate was renewed”"


def test_a_launch_that_is_closed_with_it_open_takes_the_buttons() -> None:
    launch = told((t(-60), CLAIRE, CloseLaunch()), until=-59).launch
    assert room(launch)[-1] == private(launch)[-1] == "The launch was closed with this problem open."
    assert labels(card(launch, SUBJECT)) + labels(asked(launch)) == []


def test_the_end_is_told_once_if_customers_felt_it() -> None:
    end = (t(-58), INES, CloseProblem(1, SOLVED))
    said = [(None, "Problem 1 is over after 42 min, says Ines: logins fail in Québec")]
    assert noticed(told(end, until=-57), ProblemClosed) == said
    assert noticed(told(end, until=-57, impact=Impact.NONE), ProblemClosed) == []


def test_whoever_had_it_is_told_who_has_it_now() -> None:
    day = told((t(-99), SAMIRA, TakeProblem(1)), (t(-98), ELIF, TakeProblem(1)), until=-97)
    assert noticed(day, ProblemTaken) == [("samira", "Elif has problem 1 now, it is no longer yours.")]


# --- in short ----------------------------------------------------------------------------------------------------------


def lines(launch: Launch) -> list[str]:
    return [plain(each.text(EN)) for each in problem_lines(list(launch.problems.values()), launch.plan, EN)]


def test_the_gravest_come_first_and_red_and_the_rest_is_counted() -> None:
    more = [(t(-95), INES, report(impact, what)) for impact, what in ((Impact.NONE, "slow page"), (Impact.PARTIAL, "till in Lyon"))]
    day = night([*more, (t(-94), INES, report()), (t(-93), SAMIRA, TakeProblem(3))], -90)
    assert lines(day.launch) == [
        "🔴 logins fail in Québec – since 02:56 (Paris), Samira, decide by 03:11 (Paris)",
        "🔴 till in Lyon – since 02:55 (Paris), nobody has it yet, decide by 03:40 (Paris)",
        "1 more problem is open.",
    ]
    assert lines(night([more[0]], -90).launch) == ["slow page – since 02:55 (Paris), nobody has it yet"]
    assert lines(told((t(-90), INES, CloseProblem(1, SOLVED)), until=-89).launch) == []


# --- whoever commands --------------------------------------------------------------------------------------------------


def test_when_its_time_is_over_whoever_commands_is_asked_in_private() -> None:
    launch = told(until=-84).launch
    first, name, touched, holder, consequence = private(launch)
    assert first == "🔴 Not solved in time: logins fail in Québec. What does it mean for the launch?"
    assert (name, holder) == ("Corvane", "Nobody has it yet.")
    assert touched.startswith("🔴 It touches all customers, since ")
    assert consequence.startswith("A hold stops T at once, and the room is told why.")
    hold, more, close = buttons_of(asked(launch).blocks)
    assert labels(asked(launch)) == ASKED
    assert [each["value"] for each in (hold, more, close)] == ["corvane", "corvane/1", "corvane/1"]
    assert {each.urgency for each in cards(launch) if each.place.person == "claire" and each.subject.startswith(SUBJECT)} == {Urgency.ASK}
    assert room(launch)[-1] == "🔴 Its time is over: whoever commands is asked what it means for the launch."


def test_with_more_time_and_in_a_hold_the_question_rests() -> None:
    more = told((t(-80), CLAIRE, ExtendProblem(1, minutes(20))), until=-79).launch
    assert private(more)[-1] == "It has more time. Whoever commands is asked again: 03:30 (Paris)."
    assert labels(asked(more)) == []
    held = (t(-80), CLAIRE, CallHold(words("logins")))
    launch = told(held, until=-79).launch
    assert private(launch)[-1].startswith("T stands still, by decision of whoever commands.")
    assert room(launch)[-1] == "Its time is over: T stands still, by decision of whoever commands."
    assert labels(asked(told(held, (t(-70), CLAIRE, Resume()), until=-69).launch)) == ASKED


def test_where_t_stands_still_already_there_is_no_hold_to_call() -> None:
    launch = told((t(-95), CLAIRE, CallHold(words("disk full"))), until=-84).launch
    assert private(launch)[-1] == "T stands still already. With more time you are asked again when it is over."
    assert labels(asked(launch)) == ASKED[1:]


def test_whoever_comes_to_command_is_asked_and_whoever_goes_is_asked_no_more() -> None:
    launch = night([(t(-10), INES, report()), (t(88), HUGO, AcceptHandover("commander", "day"))], 89).launch
    assert private(launch)[-1] == "It was put to Hugo once more since: a newer message asks."
    assert (labels(asked(launch)), labels(asked(launch, "hugo", 2))) == ([], ASKED[1:])


def test_after_more_time_it_is_asked_in_a_new_message() -> None:
    launch = told((t(-80), CLAIRE, ExtendProblem(1, minutes(20))), until=-59).launch
    assert private(launch, time=2)[0] == private(told(until=-84).launch)[0]
    assert (labels(asked(launch)), labels(asked(launch, time=2))) == ([], ASKED)


def test_home_asks_the_same() -> None:
    launch = told(until=-84).launch
    (ask,) = [each for each in game.asks(launch) if each.subject == SUBJECT]
    message = drawn(WANTED["problem"](launch, ask, EN), EN)
    assert message.text == private(launch)[0]
    assert labels(message) == ASKED


# --- the forms, and what means no good -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_and_message_is_within_the_limits_of_slack(language: Language) -> None:
    reader, address = Reader(language, "Europe/Paris"), Address("corvane", ("1",))
    evil = words(EVIL)
    script = [
        (t(-100), INES, ReportProblem(evil, Impact.TOTAL, Source.US)),
        (t(-99), SAMIRA, TakeProblem(1)),
        (t(-98), INES, TakeProblem(1)),
    ]
    for end in ([], [(t(-80), CLAIRE, CloseProblem(1, evil))]):
        day = night([*script, *end], -70, language)
        said = [each.draw() for each in cards(day.launch) if each.subject.startswith(SUBJECT)]
        said += [notice.drawn for event, notice in all_notices(day) if isinstance(event, ProblemTaken | ProblemClosed)]
        assert [wrong for each in said for wrong in complaints(each.text, each.blocks)] == []
        row = day.launch.problems[1]
        forms = [
            report_form(address, reader, EVIL * 9),
            change_form(row, address, reader),
            close_form(address, reader),
            extend_form(address, reader),
        ]
        assert [wrong for form in forms for wrong in of_modal(form)] == []


def test_whoever_reports_is_told_by_when_it_is_decided() -> None:
    first = "Problem 1 is in the log. Nobody has it yet."
    assert reported(told(impact=Impact.NONE).launch.problems[1], EN) == first
    assert reported(told().launch.problems[1], EN) == f"{first} It is to be decided by 03:05 (Paris) what it means for the launch."
