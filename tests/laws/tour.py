"""A tour of the rules: one night on which everything that can happen to a launch happens at least once."""

from collections.abc import Iterator

from launch import game
from launch.birth import written
from launch.house import House
from launch.messages import (
    SHELL,
    SLACK,
    AskAgain,
    CastVote,
    ChangeMember,
    CloseLaunch,
    DecideCheckpoint,
    Event,
    Fact,
    FindMember,
    LaunchPlanned,
    PlanLaunch,
    ReportErrand,
    ReportInvited,
    SettleBoard,
    SettleRoom,
    WriteNote,
)
from launch.state import Answer, Decision
from tests.days import (
    BORN,
    CLAIRE,
    HUGO,
    INES,
    JULIE,
    ROOM,
    SAMIRA,
    TEAM,
    Day,
    Script,
    a_launch,
    a_plan,
    fold,
    found_as,
    play,
    t,
    words,
)
from tests.launch.workspaces import adding

NIGHT_OUT: Script = (
    (BORN, SLACK, FindMember("anil", None, trouble="users_not_found")),
    *((BORN, SLACK, found_as(person)) for person in ("claire", "hugo", "samira", "ines", "julie", "theo")),
    (ROOM, SLACK, SettleRoom("C1")),
    (ROOM, SLACK, SettleBoard("1.1")),
    (ROOM, SLACK, ReportInvited(("claire", "samira"), ("julie",))),
    (ROOM, SLACK, ReportErrand("topic", "restricted_action")),
    (t(-50), JULIE, WriteNote(words("les caisses ferment tard"))),
    (t(-44), SAMIRA, CastVote("final", "application", Answer.NO_GO, words("restore test is red"))),
    (t(25), CLAIRE, AskAgain("final")),
    (t(30), SAMIRA, CastVote("final", "application", Answer.GO)),
    (t(30), INES, CastVote("final", "database", Answer.GO)),
    (t(30), JULIE, CastVote("final", "comms", Answer.GO)),
    (t(31), CLAIRE, DecideCheckpoint("final", Decision.PROCEED, words("all said go"))),
    (t(95), SLACK, ChangeMember("UTHEO", is_active=False, is_guest=False)),
    (t(400), HUGO, CloseLaunch()),
)


def the_tour() -> Day:
    """The launch at the end of it, and every fact since its birth."""
    launch = a_launch(found=False)
    birth = Fact(1, BORN, SHELL, LaunchPlanned(TEAM, launch.id, 1, launch.plan_words))
    newer = PlanLaunch(2, words(written(a_plan(language="en"))))
    revised = fold(Day(launch, (birth,)), BORN, SHELL, game.bear(newer, launch, SHELL, BORN, TEAM, launch.id))
    return play(revised, NIGHT_OUT)


def of_the_house() -> tuple[House, Fact]:
    """The empty house, and what happens to it."""
    house = House(TEAM, BORN)
    (added, _) = game.decide(adding(a_plan()), house, SHELL, BORN)
    assert isinstance(added, Event)
    return house, Fact(1, BORN, SHELL, added)


def facts() -> Iterator[Fact]:
    yield of_the_house()[1]
    yield from the_tour().facts
