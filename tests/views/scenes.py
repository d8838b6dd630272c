"""Launches to draw: a night on which everything is said that can be said, by people and a plan that mean no good."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from launch import game
from launch.messages import (
    SLACK,
    AcceptHandover,
    ApproveUpdate,
    AskAgain,
    CallHold,
    CallPage,
    CastVote,
    ChangeImpact,
    ChangeMember,
    CloseLaunch,
    CloseProblem,
    DecideCheckpoint,
    DraftUpdate,
    EditUpdate,
    ExtendHold,
    ExtendProblem,
    Fact,
    FindMember,
    GoLive,
    OpenCheckpoint,
    PassPage,
    ReportErrand,
    ReportInvited,
    ReportProblem,
    ReportUndelivered,
    ReportUpdate,
    ResolvePage,
    Resume,
    SayPublished,
    SendBackUpdate,
    SettleBoard,
    SettleOutlet,
    SettleRoom,
    SettleUpdate,
    TakePage,
    TakeProblem,
    TurnBack,
    WithdrawUpdate,
    WriteNote,
)
from launch.plan import Bridge, Evidence, Language, Plan, PlannedHold, Title
from launch.state import Answer, Decision, Impact, Launch, Situation, Source
from tests.days import (
    CAMILLE,
    CLAIRE,
    CUSTOMERS,
    DANIEL,
    DNS,
    ELIF,
    FINAL,
    HUGO,
    INES,
    JULIE,
    PEOPLE,
    ROLES,
    ROOM,
    SAMIRA,
    SHOPS_OPEN,
    STAFF,
    Day,
    Script,
    a_launch,
    a_plan,
    actor,
    as_launch,
    minutes,
    moment,
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
        replace(FINAL, on=(Evidence(evil), Evidence(evil))),
        replace(SHOPS_OPEN, on=(Evidence(evil),)),
        name=evil,
        language=language,
        people={key: replace(person, name=EVIL, language=language) for key, person in PEOPLE.items()},
        roles={key: replace(role, title=evil) for key, role in ROLES.items()},
        steps=(replace(DNS, do=evil),),
        audiences={each.key: replace(each, title=evil) for each in (CUSTOMERS, STAFF)},
    )


def plain_plan(language: Language) -> Plan:
    people = {key: replace(person, language=language) for key, person in PEOPLE.items()}
    final = replace(FINAL, on=(Evidence(Title({"": "smoke test passed"})), Evidence(Title({"": "accounts match"}))))
    return a_plan(final, SHOPS_OPEN, language=language, people=people)


def script(reason: str) -> Script:
    """Opened, asked, answered, counted, held at the guard, asked again, decided both ways, overrun, resumed, handed over, closed."""
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
        (t(70), SLACK, ChangeMember("UTHEO", is_active=False, is_guest=False)),
        (t(80), SLACK, ChangeMember("UINES", is_active=False, is_guest=False)),
        (t(85), CLAIRE, OpenCheckpoint("shops")),
        (t(86), SAMIRA, CastVote("shops", "application", NO_GO, said)),
        (t(88), HUGO, AcceptHandover("commander", "day")),
        (t(101), actor("priya"), AcceptHandover("application", "day")),
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


def pages(reason: str) -> Script:
    """Passed on, not delivered, unheard, taken and resolved; one that a guest takes, one that nobody has when the launch is closed."""
    said = words(reason)
    return (
        (ROOM, SLACK, SettleRoom("C1")),
        (t(-100), JULIE, CallPage("application", said)),
        (t(-99), SAMIRA, PassPage(1)),
        (t(-98), SLACK, ReportUndelivered(1, "camille", "messages_tab_disabled")),
        (t(-90), CAMILLE, TakePage(1)),
        (t(-80), DANIEL, ResolvePage(1)),
        (t(-79), SAMIRA, CallPage("vendor", said)),
        (t(-70), ELIF, TakePage(2)),
        (t(-69), CLAIRE, CallPage("database", said)),
        (t(-50), CLAIRE, CloseLaunch()),
    )


@cache
def paged_night(language: Language, *, is_evil: bool = True) -> tuple[Scene, ...]:
    """A night on which people are called for, and told where to come."""
    bridge = Bridge("https://visio.corvane.example/night", "+33 1 99 00 12 34", EVIL if is_evil else "Lyon")
    start = a_launch(replace(evil_plan(language) if is_evil else plain_plan(language), bridge=bridge))
    return tuple(scenes(start, play(start, pages(EVIL if is_evil else "payment errors rising")).facts))


def updates(reason: str) -> Script:
    """A channel that cannot be used; a text edited, sent back, withdrawn; one lost and one refused on the way; a promise not kept."""
    said = words(reason)
    text = DraftUpdate("staff", Situation.INVESTIGATING, said, said, t(-60))
    return (
        (ROOM, SLACK, SettleRoom("C1")),
        (ROOM, SLACK, SettleOutlet("staff", None, "not_in_channel")),
        (t(-100), CLAIRE, text),
        (t(-99), JULIE, EditUpdate(1, 1, Situation.LIVE, said, said)),
        (t(-98), CLAIRE, EditUpdate(1, 2, Situation.LIVE, said, said)),
        (t(-97), JULIE, SendBackUpdate(1, 3, said)),
        (t(-96), CLAIRE, WithdrawUpdate(1)),
        (t(-95), CLAIRE, text),
        (t(-94), JULIE, ApproveUpdate(2, 1)),
        (t(-93), SLACK, ReportUpdate(2, "missing_scope", is_unsure=True)),
        (t(-92), JULIE, SayPublished(2, is_there=False)),
        (t(-91), SLACK, ReportUpdate(2, "not_in_channel")),
        (t(-90), CLAIRE, SayPublished(2, is_there=False)),
        (t(-89), SLACK, SettleOutlet("staff", "C0STAFF")),
        (t(-88), SLACK, SettleUpdate(2, "C0STAFF", "9.9")),
        (t(-58), CLAIRE, DraftUpdate("staff", Situation.RESOLVED, said, said)),
        (t(-57), JULIE, ApproveUpdate(3, 1)),
        (t(-56), SLACK, ReportUpdate(3, "missing_scope", is_unsure=True)),
        (t(-55), SAMIRA, DraftUpdate("staff", Situation.DELAYED, said, said)),
        (t(-54), JULIE, SayPublished(3, is_there=True)),
        (t(-50), CLAIRE, CloseLaunch()),
    )


@cache
def written_night(language: Language, *, is_evil: bool = True) -> tuple[Scene, ...]:
    """A night on which customers are written to."""
    start = a_launch(evil_plan(language) if is_evil else plain_plan(language))
    return tuple(scenes(start, play(start, updates(EVIL if is_evil else "Logins fail for some of you.")).facts))


def problems(reason: str) -> Script:
    """One that is overdue, held for and given more time, passes from hand to hand and is over; one open when the launch is closed."""
    said = words(reason)
    return (
        (ROOM, SLACK, SettleRoom("C1")),
        (t(-100), INES, ReportProblem(said, Impact.TOTAL, Source.CUSTOMERS)),
        (t(-99), SAMIRA, TakeProblem(1)),
        (t(-98), INES, TakeProblem(1)),
        (t(-80), CLAIRE, CallHold(said)),
        (t(-75), CLAIRE, Resume()),
        (t(-74), CLAIRE, ExtendProblem(1, minutes(5))),
        (t(-66), INES, ChangeImpact(1, Impact.PARTIAL)),
        (t(-60), INES, CloseProblem(1, said)),
        (t(-59), JULIE, ReportProblem(said, Impact.NONE, Source.MONITORING)),
        (t(-58), JULIE, ChangeImpact(2, Impact.TOTAL)),
        (t(-40), CLAIRE, CloseLaunch()),
    )


@cache
def troubled_night(language: Language, *, is_evil: bool = True) -> tuple[Scene, ...]:
    """A night on which things go wrong."""
    start = a_launch(evil_plan(language) if is_evil else plain_plan(language))
    return tuple(scenes(start, play(start, problems(EVIL if is_evil else "logins fail in Québec")).facts))


def holds(reason: str) -> Script:
    """A planned hold that lasts too long and is prolonged; T-0, held, live; and turned back all the same."""
    said = words(reason)
    return (
        (ROOM, SLACK, SettleRoom("C1")),
        (t(-55), CLAIRE, ExtendHold(minutes(5), said)),
        (t(-48), CLAIRE, Resume()),
        (t(-32), SAMIRA, CastVote("final", "application", GO)),
        (t(-32), INES, CastVote("final", "database", GO)),
        (t(-32), JULIE, CastVote("final", "comms", GO)),
        (t(-29), CLAIRE, DecideCheckpoint("final", Decision.PROCEED)),
        (t(13), INES, CallHold(said, owner="application")),
        (t(14), CLAIRE, Resume()),
        (t(15), CLAIRE, GoLive()),
        (t(16), CLAIRE, TurnBack(said)),
        (t(17), CLAIRE, CloseLaunch()),
    )


def with_pause(plan: Plan, why: str) -> Plan:
    """Ten minutes at T-60m, for which T-0 allows: T stops at 03:20 in Paris."""
    return replace(plan, holds={"breath": PlannedHold("breath", moment(-60), minutes(10), Title({"": why}))})


@cache
def still_night(language: Language, *, is_evil: bool = True) -> tuple[Scene, ...]:
    """A night on which T stands still, gets to zero, and turns back."""
    why = EVIL if is_evil else "everybody draws breath"
    start = a_launch(with_pause(evil_plan(language) if is_evil else plain_plan(language), why))
    return tuple(scenes(start, play(start, holds(why)).facts))


@cache
def late_night(language: Language) -> tuple[Scene, ...]:
    """The same plan; we were down from the opening of the room until after T-0."""
    start = a_launch(plain_plan(language))
    day = wake(play(start, [(ROOM, SLACK, SettleRoom("C1"))]), t(20))
    return tuple(scenes(start, day.facts))


def night(script: Script, until: float, language: Language = "en") -> Day:
    """The plain night with its room open, as far as so many minutes after the T-0 of its plan."""
    return wait(play(a_launch(plain_plan(language)), [(ROOM, SLACK, SettleRoom("C1")), *script]), t(until))
