"""A no says what would be accepted: names, hours in the reader's zone, the word to type."""

import pytest

from bot.views.locale import LANGUAGES, Reader
from bot.views.sentences import ABOUT_LAUNCH, WITHOUT_LAUNCH, failure, sentence
from launch.messages import (
    Actor,
    AskAgain,
    CallHold,
    CastVote,
    Command,
    DecideCheckpoint,
    OpenCheckpoint,
    OpenRoom,
    Refused,
    Resume,
)
from launch.plan import Language
from launch.state import Answer, Decision
from tests.days import CLAIRE, ELIF, HUGO, INES, JULIE, SAMIRA, STRANGER, Day, a_launch, an_update, perform, play, t, wait, words
from tests.views.scenes import EVIL, evil_plan, night

EN = Reader("en", "America/Toronto")
WHY = words("look again")
GO, NO_GO = Answer.GO, Answer.NO_GO
PROCEED = DecideCheckpoint("final", Decision.PROCEED)
ASKED, COUNTED = night([], -44), night([], -32)
HELD = play(ASKED, [(t(-43), CLAIRE, CallHold(WHY))])


def no(day: Day, minute: float, by: Actor, command: Command) -> str:
    """What the person is told, in English and in Toronto."""
    with pytest.raises(Refused) as refused:
        perform(wait(day, t(minute)), t(minute), by, command)
    return sentence(refused.value, wait(day, t(minute)).launch, EN)


NOES: list[tuple[Day, float, Actor, Command, str]] = [
    (ASKED, -43, SAMIRA, CastVote("final", "database", GO), "The answer for Database comes from whoever is on duty for it: now Ines."),
    (ASKED, -43, JULIE, CastVote("final", "qa", GO), "final does not ask Qa. It asks: Application, Database, Comms."),
    (ASKED, -43, INES, CastVote("final", "database", NO_GO), "Please give a reason, in a few words."),
    (ASKED, -43, STRANGER, CastVote("final", "database", GO), "You are not named in the plan. You can look, with /launch who;"),
    (ASKED, -43, SAMIRA, PROCEED, "Only Commander or a deputy on duty may do that: now Claire, Daniel."),
    (ASKED, -43, HUGO, CallHold(WHY), "Only whoever is on duty for a blocking role, or in command (Claire, Daniel), may do that."),
    (
        ASKED,
        -43,
        CLAIRE,
        PROCEED,
        "final is being answered, at least until Monday 15 March 22:55 (Toronto). It is decided after the count.",
    ),
    (
        ASKED,
        -43,
        CLAIRE,
        AskAgain("shops"),
        "shops is not asked yet. Planned: Tuesday 16 March 03:45 (Toronto). /launch checkpoint shops shows",
    ),
    (ASKED, -43, CLAIRE, OpenCheckpoint("finale"), "There is no checkpoint “finale” here. There are: final, shops."),
    (ASKED, -43, CLAIRE, OpenCheckpoint("final"), "final was asked already. After the count, whoever decides, now Claire, Daniel,"),
    (ASKED, -43, CLAIRE, Resume(), "T is running, there is nothing to resume. /launch hold would stop it."),
    (ASKED, -43, CLAIRE, OpenRoom(), "The room is open already."),
    (ASKED, -43, ELIF, OpenRoom(), "Only those whom the plan names as Commander may do that: Claire, Daniel, Hugo, Meera."),
    (COUNTED, -31, INES, CastVote("final", "database", GO), "The answers to final are counted and can no longer change."),
    (COUNTED, -20, CLAIRE, Resume(), "T stands still before “dns” until whoever decides on final, now Claire, Daniel, says proceed."),
    (COUNTED, -20, CLAIRE, CallHold(WHY), "T stands still before “dns” until whoever decides on final"),
    (HELD, -42, CLAIRE, CallHold(WHY), "T stands still already, since Monday 15 March 22:47 (Toronto). /launch resume"),
]


@pytest.mark.parametrize(("day", "minute", "by", "command", "told"), NOES, ids=range(len(NOES)))
def test_a_no_says_what_would_be_accepted(day: Day, minute: float, by: Actor, command: Command, told: str) -> None:
    assert no(day, minute, by, command).startswith(told)


def test_what_was_decided_is_told_with_who_decided_it() -> None:
    decided = night([(t(-31), CLAIRE, DecideCheckpoint("final", Decision.PROCEED, WHY))], -30.5)
    told = no(decided, -30.4, CLAIRE, DecideCheckpoint("final", Decision.PROCEED, WHY))
    assert told == "Claire has already decided this: proceed. You can decide the other way, or ask again."
    assert no(decided, -20, CLAIRE, DecideCheckpoint("final", Decision.HOLD, WHY)).startswith("“dns” was allowed and its time has come")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_no_is_said_in_both_languages_whatever_the_plan_says(language: Language) -> None:
    launch = wait(play(a_launch(evil_plan(language)), [(t(-60), CLAIRE, an_update())]), t(-20)).launch
    facts = {"checkpoint": "final", "role": "database", "person": "ines", "decision": "hold", "since": "2027-03-16T03:00:00+00:00"}
    facts |= {
        "t0": "2027-03-16T03:00:00+00:00",
        "plan": EVIL,
        "launch": EVIL,
        "version": "2",
        "names": EVIL,
        "number": "1",
        "holder": "ines",
    }
    facts |= {"next": "2027-03-16T03:00:00+00:00", "audience": "customers", "draft": "1", "language": "fr"}
    reader = Reader(language, "Europe/Paris")
    told = [sentence(Refused(code, **facts), launch, reader) for code in ABOUT_LAUNCH]
    told += [sentence(Refused(code, **facts), None, reader) for code in WITHOUT_LAUNCH]
    assert [each for each in told if not each or "{c" in each or "{p" in each] == []
    assert len(set(told)) >= len(told) - 3


def test_a_launch_out_of_sight_is_told_as_a_button_that_leads_nowhere() -> None:
    assert sentence(Refused("launch_closed"), None, EN) == sentence(Refused("unknown_button"), None, EN)


def test_a_failure_of_ours_gives_the_reference_and_promises_nothing() -> None:
    assert failure("ABCD-2345", EN) == (
        "This failed on our side and changed nothing. Try again; if it fails again, tell whoever runs the bot: ABCD-2345"
    )
