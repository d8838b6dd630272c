"""Launches to draw: a night on which everything is said that can be said, by people and a plan that mean no good."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from launch import game
from launch.messages import (
    SLACK,
    AskAgain,
    CallHold,
    CastVote,
    ChangeMember,
    CloseLaunch,
    DecideCheckpoint,
    Fact,
    FindMember,
    OpenCheckpoint,
    ReportErrand,
    ReportInvited,
    Resume,
    SettleBoard,
    SettleRoom,
    WriteNote,
)
from launch.plan import Language, Plan, Title
from launch.state import Answer, Decision, Launch
from tests.days import (
    CLAIRE,
    DNS,
    FINAL,
    HUGO,
    INES,
    JULIE,
    PEOPLE,
    ROLES,
    ROOM,
    SAMIRA,
    SHOPS_OPEN,
    Day,
    Script,
    a_launch,
    a_plan,
    as_launch,
    play,
    t,
    wait,
    wake,
    words,
)

EVIL = "<!channel> <@UCLAIRE> <https://evil.example|x> *x* _y_ `z` {role} & &amp; http://evil.example :tada:\n" + "long " * 60
GO, NO_GO = Answer.GO, Answer.NO_GO


def evil_plan(language: Language) -> Plan:
    """The plan of the night, with everything that is not a key saying EVIL."""
    evil = Title({"": EVIL})
    return a_plan(
        replace(FINAL, on=(evil, evil)),
        replace(SHOPS_OPEN, on=(evil,)),
        name=evil,
        language=language,
        people={key: replace(person, name=EVIL, language=language) for key, person in PEOPLE.items()},
        roles={key: replace(role, title=evil) for key, role in ROLES.items()},
        steps=(replace(DNS, do=evil),),
    )


def plain_plan(language: Language) -> Plan:
    people = {key: replace(person, language=language) for key, person in PEOPLE.items()}
    final = replace(FINAL, on=(Title({"": "smoke test passed"}), Title({"": "accounts match"})))
    return a_plan(final, SHOPS_OPEN, language=language, people=people)


def script(reason: str) -> Script:
    """Opened, asked, answered, counted, held at the guard, asked again, decided both ways, overrun, resumed, closed."""
    said = words(reason)
    return (
        (ROOM, SLACK, FindMember("anil", None, trouble="users_not_found")),
        (ROOM, SLACK, SettleRoom("C1")),
        (ROOM, SLACK, SettleBoard("1.1")),
        (ROOM, SLACK, ReportInvited(("claire", "samira"), ("julie",))),
        (ROOM, SLACK, ReportErrand("bookmark", "missing_scope")),
        (t(-50), JULIE, WriteNote(said)),
        (t(-44), SAMIRA, CastVote("final", "application", GO)),
        (t(-43), INES, CastVote("final", "database", NO_GO, said)),
        (t(-20), CLAIRE, DecideCheckpoint("final", Decision.HOLD, said)),
        (t(-15), CLAIRE, AskAgain("final")),
        (t(-14), SAMIRA, CastVote("final", "application", GO)),
        (t(-13), INES, CastVote("final", "database", GO)),
        (t(-12), JULIE, CastVote("final", "comms", NO_GO, said)),
        (t(-10), CLAIRE, DecideCheckpoint("final", Decision.PROCEED)),
        (t(0), CLAIRE, CallHold(said)),
        (t(60), CLAIRE, Resume()),
        (t(80), SLACK, ChangeMember("UINES", is_active=False, is_guest=False)),
        (t(85), CLAIRE, OpenCheckpoint("shops")),
        (t(86), SAMIRA, CastVote("shops", "application", NO_GO, said)),
        (t(300), HUGO, DecideCheckpoint("shops", Decision.HOLD, said)),
        (t(310), HUGO, CloseLaunch()),
    )


@dataclass(frozen=True)
class Scene:
    """A launch, and the fact that led to it."""

    fact: Fact
    launch: Launch


def scenes(start: Launch, facts: tuple[Fact, ...]) -> Iterator[Scene]:
    launch = start
    for fact in facts:
        launch = as_launch(game.evolve(launch, fact))
        yield Scene(fact, launch)


@cache
def whole_night(language: Language, *, is_evil: bool = True) -> tuple[Scene, ...]:
    """Every scene of the night, one after the other."""
    start = a_launch(evil_plan(language) if is_evil else plain_plan(language))
    return tuple(scenes(start, play(start, script(EVIL if is_evil else "restore test is red")).facts))


@cache
def late_night(language: Language) -> tuple[Scene, ...]:
    """The same plan; we were down from the opening of the room until after T-0."""
    start = a_launch(plain_plan(language))
    day = wake(play(start, [(ROOM, SLACK, SettleRoom("C1"))]), t(20))
    return tuple(scenes(start, day.facts))


def night(script: Script, until: float, language: Language = "en") -> Day:
    """The plain night with its room open, as far as so many minutes after the T-0 of its plan."""
    return wait(play(a_launch(plain_plan(language)), [(ROOM, SLACK, SettleRoom("C1")), *script]), t(until))
