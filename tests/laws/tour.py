"""A tour of the rules: one night on which everything that can happen to a launch happens at least once."""

from collections.abc import Iterator
from datetime import datetime

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
    ChangeImpact,
    ChangeMember,
    CloseLaunch,
    CloseProblem,
    DecideCheckpoint,
    DisputeVote,
    EditUpdate,
    Event,
    ExtendHold,
    ExtendProblem,
    Fact,
    FindMember,
    GoLive,
    LaunchPlanned,
    LeaveOffer,
    LetStand,
    NameAdmins,
    PassPage,
    PlanLaunch,
    PutQuestion,
    RecordVote,
    ReportErrand,
    ReportInvited,
    ReportProblem,
    ReportUndelivered,
    ReportUpdate,
    ResolvePage,
    SayPublished,
    SendBackUpdate,
    SettleBoard,
    SettleOutlet,
    SettleRoom,
    SettleUpdate,
    TakeOffer,
    TakePage,
    TakeProblem,
    WithdrawObjection,
    WithdrawUpdate,
    WriteNote,
)
from launch.plan import Plan
from launch.state import Answer, Decision, Impact, Situation, Source
from tests.days import (
    BORN,
    CLAIRE,
    FINAL,
    HUGO,
    INES,
    JULIE,
    ROOM,
    SAMIRA,
    SHOPS_OPEN,
    TEAM,
    THEO,
    Day,
    Script,
    a_checkpoint,
    a_launch,
    a_plan,
    an_update,
    fold,
    found_as,
    minutes,
    play,
    t,
    words,
)
from tests.launch.workspaces import adding

UPDATE = an_update(next_at=t(60))
EDITED = EditUpdate(1, 1, Situation.IDENTIFIED, None, words("Nous savons d'où cela vient."), t(60))

TWO = a_checkpoint("two", 5, "comms, vendor", answer=4)
LATE = a_checkpoint("late", 345, "comms")
"""Announced, and never asked: the launch is closed before."""

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
    (t(-160), JULIE, ReportProblem(words("les points ne s'affichent plus"), Impact.NONE, Source.CUSTOMERS)),
    (t(-159), JULIE, TakeProblem(1)),
    (t(-158), INES, ChangeImpact(1, Impact.TOTAL)),
    (t(-142), CLAIRE, ExtendProblem(1, minutes(10))),
    (t(-138), JULIE, CloseProblem(1, words("cache vidé"))),
    (t(-130), CLAIRE, PutQuestion(words("Peut-on couper la boutique de test ?"), ("application", "comms"), minutes(4))),
    (t(-129), CLAIRE, RecordVote("question_1", "application", Answer.GO)),
    (t(-128), SAMIRA, DisputeVote("question_1", 1, "application")),
    (t(-127), JULIE, CastVote("question_1", "comms", Answer.CONDITION, words("après 23 h"))),
    (t(-115), CLAIRE, DecideCheckpoint("question_1", Decision.PROCEED)),
    (t(-114), JULIE, WithdrawObjection("question_1", 1, "comms")),
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
    (t(12), CLAIRE, ExtendHold(minutes(10), words("encore un test"))),
    (t(25), CLAIRE, AskAgain("final")),
    (t(30), SAMIRA, CastVote("final", "application", Answer.GO)),
    (t(30), INES, CastVote("final", "database", Answer.GO)),
    (t(30), JULIE, CastVote("final", "comms", Answer.CONDITION, words("relire le texte"))),
    (t(31), CLAIRE, DecideCheckpoint("final", Decision.PROCEED, words("all said go"))),
    (t(42), CLAIRE, LetStand("final", 2, "comms")),
    (t(62), CLAIRE, GoLive()),
    (t(85), HUGO, AcceptHandover("commander", "day")),
    (t(96), THEO, AcceptHandover("application", "day")),
    (t(97), SLACK, ChangeMember("UTHEO", is_active=False, is_guest=False)),
    (t(400), HUGO, CloseLaunch()),
)


def the_tour() -> Day:
    """The launch at the end of it, and every fact since its birth."""
    launch = a_launch(found=False)
    birth = Fact(1, BORN, SHELL, LaunchPlanned(TEAM, launch.id, 1, launch.plan_words))
    day = handed_in(Day(launch, (birth,)), a_plan(FINAL, SHOPS_OPEN, TWO, LATE, language="en"), BORN)
    before = [step for step in NIGHT_OUT if step[0] < t(-100)]
    day = play(day, before)
    for language in ("fr", "en"):
        day = handed_in(day, a_plan(FINAL, SHOPS_OPEN, TWO, LATE, language=language, kind="internal"), t(-99))
    day = play(day, [(t(-98), CLAIRE, TakeOffer(2, 2))])
    day = handed_in(day, a_plan(FINAL, SHOPS_OPEN, TWO, LATE), t(-97))
    return play(day, [(t(-96), CLAIRE, LeaveOffer(3)), *NIGHT_OUT[len(before) :]])


def handed_in(day: Day, plan: Plan, at: datetime) -> Day:
    """Somebody adds a newer plan at the shell."""
    newer = PlanLaunch(2, words(written(plan)), words("# the file"))
    return fold(day, at, SHELL, game.bear(newer, day.launch, SHELL, at, TEAM, day.launch.id))


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
