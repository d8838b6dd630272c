"""A tour of the rules: one night on which everything that can happen to a launch happens at least once."""

from collections.abc import Iterator

from launch import game
from launch.birth import written
from launch.house import House
from launch.messages import (
    SHELL,
    SLACK,
    AcceptHandover,
    ApproveUpdate,
    AskAgain,
    CallPage,
    CastVote,
    ChangeMember,
    CloseLaunch,
    DecideCheckpoint,
    EditUpdate,
    Event,
    Fact,
    FindMember,
    LaunchPlanned,
    NameAdmins,
    PassPage,
    PlanLaunch,
    ReportErrand,
    ReportInvited,
    ReportUndelivered,
    ReportUpdate,
    ResolvePage,
    SayPublished,
    SendBackUpdate,
    SettleBoard,
    SettleOutlet,
    SettleRoom,
    SettleUpdate,
    TakePage,
    WithdrawUpdate,
    WriteNote,
)
from launch.state import Answer, Decision, Situation
from tests.days import (
    BORN,
    CLAIRE,
    HUGO,
    INES,
    JULIE,
    ROOM,
    SAMIRA,
    TEAM,
    THEO,
    Day,
    Script,
    a_launch,
    a_plan,
    an_update,
    fold,
    found_as,
    play,
    t,
    words,
)
from tests.launch.workspaces import adding

UPDATE = an_update(next_at=t(60))
EDITED = EditUpdate(1, 1, Situation.IDENTIFIED, None, words("Nous savons d'où cela vient."), t(60))

NIGHT_OUT: Script = (
    (BORN, SLACK, FindMember("anil", None, trouble="users_not_found")),
    *((BORN, SLACK, found_as(person)) for person in "claire daniel hugo meera samira camille ines kevin julie sophie theo paul".split()),
    (BORN, SLACK, SettleOutlet("customers", "C0CLIENTS")),
    (ROOM, SLACK, SettleRoom("C1")),
    (ROOM, SLACK, SettleBoard("1.1")),
    (ROOM, SLACK, ReportInvited(("claire", "samira"), ("julie",))),
    (ROOM, SLACK, ReportErrand("topic", "restricted_action")),
    (t(-200), JULIE, CallPage("database", words("les sauvegardes échouent"))),
    (t(-199), INES, PassPage(1)),
    (t(-198), SLACK, ReportUndelivered(1, "kevin", "account_inactive")),
    (t(-180), CLAIRE, TakePage(1)),
    (t(-170), CLAIRE, ResolvePage(1)),
    (t(-50), JULIE, WriteNote(words("les caisses ferment tard"))),
    (t(-44), SAMIRA, CastVote("final", "application", Answer.NO_GO, words("restore test is red"))),
    (t(-20), SAMIRA, UPDATE),
    (t(-19), JULIE, SendBackUpdate(1, 1, words("trop vague"))),
    (t(-18), SAMIRA, EDITED),
    (t(-10), JULIE, ApproveUpdate(1, 2)),
    (t(-10), SLACK, ReportUpdate(1, "not_in_channel", is_unsure=True)),
    (t(-9), JULIE, SayPublished(1, is_there=False)),
    (t(-9), SLACK, SettleUpdate(1, "C0CLIENTS", "1.2")),
    (t(-8), SAMIRA, an_update("Rien de neuf.")),
    (t(-7), SAMIRA, WithdrawUpdate(2)),
    (t(25), CLAIRE, AskAgain("final")),
    (t(30), SAMIRA, CastVote("final", "application", Answer.GO)),
    (t(30), INES, CastVote("final", "database", Answer.GO)),
    (t(30), JULIE, CastVote("final", "comms", Answer.GO)),
    (t(31), CLAIRE, DecideCheckpoint("final", Decision.PROCEED, words("all said go"))),
    (t(85), HUGO, AcceptHandover("commander", "day")),
    (t(96), THEO, AcceptHandover("application", "day")),
    (t(97), SLACK, ChangeMember("UTHEO", is_active=False, is_guest=False)),
    (t(400), HUGO, CloseLaunch()),
)


def the_tour() -> Day:
    """The launch at the end of it, and every fact since its birth."""
    launch = a_launch(found=False)
    birth = Fact(1, BORN, SHELL, LaunchPlanned(TEAM, launch.id, 1, launch.plan_words))
    newer = PlanLaunch(2, words(written(a_plan(language="en"))))
    revised = fold(Day(launch, (birth,)), BORN, SHELL, game.bear(newer, launch, SHELL, BORN, TEAM, launch.id))
    return play(revised, NIGHT_OUT)


def of_the_house() -> tuple[House, list[Fact]]:
    """The empty house, and what happens to it."""
    house, facts = House(TEAM, BORN), list[Fact]()
    for command in (NameAdmins(("UADMIN",)), adding(a_plan())):
        event = game.decide(command, house, SHELL, BORN)[0]
        assert isinstance(event, Event)
        facts.append(Fact(len(facts) + 1, BORN, SHELL, event))
    return house, facts


def facts() -> Iterator[Fact]:
    yield from of_the_house()[1]
    yield from the_tour().facts
