"""Who may do what, as one table to be read by eye: tests/laws/authority.golden. `GOLDEN=write` writes it anew."""

import os
from pathlib import Path

import pytest

from launch import game
from launch import messages as m
from launch.authority import AUTHORITY, authorise, role_of
from launch.birth import written
from launch.house import House
from launch.messages import CLOCK, SHELL, SLACK, Actor, Command, Refused
from launch.state import Answer, Decision, Impact, Situation, Source
from tests import days
from tests.days import BORN, ROOM, TEAM, Day, a_launch, a_plan, fold, perform, play, t, wait, words
from tests.launch.workspaces import adding

GOLDEN = Path(__file__).with_name("authority.golden")

ACTORS: dict[str, Actor] = {
    "commander": days.CLAIRE,
    "deputy": days.DANIEL,
    "blocking": days.SAMIRA,
    "advisory": days.JULIE,
    "secondary": days.CAMILLE,
    "off shift": days.THEO,
    "guest": days.ELIF,
    "not named": days.STRANGER,
    "gone": days.KEVIN,
    "admin": Actor("person", "UADMIN"),
    "clock": CLOCK,
    "slack": SLACK,
    "shell": SHELL,
}
WHY = words("restore test is red")

PLANNED = play(a_launch(), [(BORN, SLACK, m.ChangeMember("UKEVIN", is_active=False, is_guest=False))])
ASKING = wait(PLANNED, t(-44))
COUNTED = wait(PLANNED, t(-33))
GUARDED = wait(PLANNED, t(-29))
HELD = play(PLANNED, [(t(-60), days.SAMIRA, m.CallHold(WHY))])
OPEN = play(PLANNED, [(ROOM, SLACK, m.SettleRoom("C1"))])
PAGED = play(OPEN, [(t(-60), days.JULIE, m.CallPage("application", WHY))])
HANDING = wait(OPEN, days.DAY - days.minutes(20))
DRAFTED = play(OPEN, [(t(-60), days.SAMIRA, days.an_update(next_at=t(0)))])
ON_ITS_WAY = play(DRAFTED, [(t(-59), days.JULIE, m.ApproveUpdate(1, 1))])
UNSURE = play(ON_ITS_WAY, [(t(-58), SLACK, m.ReportUpdate(1, "not_in_channel", is_unsure=True))])
PUBLISHED = play(ON_ITS_WAY, [(t(-58), SLACK, m.SettleUpdate(1, "C2", "1.1"))])
CLOSED = play(ASKING, [(t(-44), days.CLAIRE, m.CloseLaunch())])
SPOKEN = play(ASKING, [(t(-43), days.CLAIRE, m.RecordVote("final", "application", Answer.GO))])
OVERRULED = play(
    ASKING,
    [
        (t(-43), days.SAMIRA, m.CastVote("final", "application", Answer.NO_GO, WHY)),
        (t(-31), days.CLAIRE, m.DecideCheckpoint("final", Decision.PROCEED, WHY)),
    ],
)
LIVE = wait(OVERRULED, t(1))
TROUBLED = play(OPEN, [(t(-60), days.JULIE, m.ReportProblem(WHY, Impact.TOTAL, Source.US))])
NEWER = m.PlanLaunch(2, words(written(a_plan(language="en"))), words("# the file"))
OFFERED = fold(OPEN, t(-60), SHELL, game.bear(NEWER, OPEN.launch, SHELL, t(-60), TEAM, OPEN.launch.id))
HOUSE = House(TEAM, BORN, admins=("UADMIN",))
PLAN_LAUNCH = m.PlanLaunch(1, words(written(a_plan())))

Scene = tuple[str, Day | House | None, Command]
SCENES: list[Scene] = [
    ("AddPlan", HOUSE, adding(a_plan())),
    ("ChangePerson", HOUSE, m.ChangePerson("USAMIRA", is_active=True, is_guest=False)),
    ("NameAdmins", HOUSE, m.NameAdmins(("UCLAIRE",))),
    ("PlanLaunch", None, PLAN_LAUNCH),
    ("FindMember", PLANNED, days.found_as("samira")),
    ("ChangeMember", PLANNED, m.ChangeMember("USAMIRA", is_active=True, is_guest=True)),
    ("OpenRoom", PLANNED, m.OpenRoom()),
    ("SettleRoom", wait(PLANNED, ROOM), m.SettleRoom("C1")),
    ("SettleBoard", PLANNED, m.SettleBoard("1.1")),
    ("ReportInvited", PLANNED, m.ReportInvited(("samira",))),
    ("ReportErrand", PLANNED, m.ReportErrand("topic", "restricted_action")),
    ("WriteNote", PLANNED, m.WriteNote(WHY)),
    ("TurnShift", PLANNED, m.TurnShift(days.NIGHT)),
    ("OpenCheckpoint", PLANNED, m.OpenCheckpoint("final")),
    ("RemindSilent", ASKING, m.RemindSilent("final", 1)),
    ("EndAnswering", ASKING, m.EndAnswering("final", 1)),
    ("CountCheckpoint", ASKING, m.CountCheckpoint("final", 1)),
    ("CastVote application", ASKING, m.CastVote("final", "application", Answer.GO)),
    ("CastVote comms", ASKING, m.CastVote("final", "comms", Answer.NO_GO, WHY)),
    ("CastVote vendor", ASKING, m.CastVote("final", "vendor", Answer.GO)),
    ("CastVote after the count", COUNTED, m.CastVote("final", "application", Answer.GO)),
    ("AnnounceCheckpoint", PLANNED, m.AnnounceCheckpoint("final")),
    ("PutQuestion", PLANNED, m.PutQuestion(WHY, ("comms",), days.minutes(5))),
    ("RecordVote", ASKING, m.RecordVote("final", "application", Answer.GO)),
    ("DisputeVote", SPOKEN, m.DisputeVote("final", 1, "application")),
    ("PressDecision", COUNTED, m.PressDecision("final", 1)),
    ("EscalateDecision", COUNTED, m.EscalateDecision("final", 1)),
    ("AskObjection", OVERRULED, m.AskObjection("final", 1, "application")),
    ("WithdrawObjection", OVERRULED, m.WithdrawObjection("final", 1, "application")),
    ("LetStand", OVERRULED, m.LetStand("final", 1, "application")),
    ("AskAgain", COUNTED, m.AskAgain("final")),
    ("Decide proceed", COUNTED, m.DecideCheckpoint("final", Decision.PROCEED, WHY)),
    ("Decide hold", COUNTED, m.DecideCheckpoint("final", Decision.HOLD, WHY)),
    ("Decide roll back", COUNTED, m.DecideCheckpoint("final", Decision.ROLL_BACK, WHY)),
    ("CallHold", PLANNED, m.CallHold(WHY)),
    ("BeginPlannedHold", PLANNED, m.BeginPlannedHold("fuel")),
    ("ExtendHold", HELD, m.ExtendHold(days.minutes(5), WHY)),
    ("ReachTZero", PLANNED, m.ReachTZero()),
    ("GoLive", LIVE, m.GoLive()),
    ("TurnBack", LIVE, m.TurnBack(WHY)),
    ("ReportProblem", OPEN, m.ReportProblem(WHY, Impact.TOTAL, Source.US)),
    ("TakeProblem", TROUBLED, m.TakeProblem(1)),
    ("ChangeImpact", TROUBLED, m.ChangeImpact(1, Impact.PARTIAL)),
    ("AskProblem", TROUBLED, m.AskProblem(1)),
    ("ExtendProblem", TROUBLED, m.ExtendProblem(1, days.minutes(5))),
    ("CloseProblem", TROUBLED, m.CloseProblem(1, WHY)),
    ("ChangePlan", OPEN, m.ChangePlan(1, NEWER.plan, words("# the file"))),
    ("TakeOffer", OFFERED, m.TakeOffer(1, 1)),
    ("LeaveOffer", OFFERED, m.LeaveOffer(1)),
    ("StopAtGuard", COUNTED, m.StopAtGuard("final", t(-30))),
    ("AskOverrun", HELD, m.AskOverrun(1)),
    ("Resume", HELD, m.Resume()),
    ("Resume at the guard", GUARDED, m.Resume()),
    ("CallPage", OPEN, m.CallPage("application", WHY)),
    ("Escalate", PAGED, m.Escalate(1, 1, 0)),
    ("TakePage", PAGED, m.TakePage(1)),
    ("PassPage", PAGED, m.PassPage(1)),
    ("ReportUndelivered", PAGED, m.ReportUndelivered(1, "samira", "account_inactive")),
    ("ResolvePage", PAGED, m.ResolvePage(1)),
    ("AnnounceHandovers", OPEN, m.AnnounceHandovers(days.DAY)),
    ("RemindHandovers", HANDING, m.RemindHandovers(days.DAY)),
    ("AcceptHandover application", HANDING, m.AcceptHandover("application", "day")),
    ("PageLate", HANDING, m.PageLate("application", "day")),
    ("DraftUpdate", OPEN, days.an_update()),
    ("EditUpdate", DRAFTED, m.EditUpdate(1, 1, Situation.LIVE, None, WHY)),
    ("AskApprover", DRAFTED, m.AskApprover(1, 1, 1)),
    ("ApproveUpdate", DRAFTED, m.ApproveUpdate(1, 1)),
    ("SendBackUpdate", DRAFTED, m.SendBackUpdate(1, 1, WHY)),
    ("WithdrawUpdate", DRAFTED, m.WithdrawUpdate(1)),
    ("SettleUpdate", ON_ITS_WAY, m.SettleUpdate(1, "C2", "1.1")),
    ("ReportUpdate", ON_ITS_WAY, m.ReportUpdate(1, "not_in_channel")),
    ("SayPublished", UNSURE, m.SayPublished(1, is_there=True)),
    ("RemindPromise", PUBLISHED, m.RemindPromise(1)),
    ("MissPromise", PUBLISHED, m.MissPromise(1)),
    ("SettleOutlet", PLANNED, m.SettleOutlet("customers", "C2")),
    ("CloseLaunch", ASKING, m.CloseLaunch()),
]
PEOPLES = (
    *(m.OpenRoom, m.OpenCheckpoint, m.AskAgain, m.CastVote, m.DecideCheckpoint, m.CallHold, m.Resume, m.WriteNote, m.CloseLaunch),
    *(m.RecordVote, m.DisputeVote, m.PutQuestion, m.WithdrawObjection, m.LetStand, m.ExtendHold, m.GoLive, m.TurnBack),
    *(m.ReportProblem, m.TakeProblem, m.ChangeImpact, m.ExtendProblem, m.CloseProblem, m.ChangePlan, m.TakeOffer, m.LeaveOffer),
    *(m.CallPage, m.TakePage, m.PassPage, m.ResolvePage, m.AcceptHandover),
    *(m.DraftUpdate, m.EditUpdate, m.ApproveUpdate, m.SendBackUpdate, m.WithdrawUpdate, m.SayPublished),
)
AFTER: list[Scene] = [(f"{kind.__name__} (closed)", CLOSED, next(c for _, _, c in SCENES if type(c) is kind)) for kind in PEOPLES]


def verdict(scene: Scene, by: Actor) -> str:
    _, value, command = scene
    try:
        if isinstance(value, Day):
            perform(value, value.launch.last_at, by, command)
        else:
            authorise(command, value, by)
    except Refused as no:
        return no.code
    return "yes"


def table() -> str:
    """One row a command, one column an actor."""
    rows = [["", *ACTORS], *([scene[0], *(verdict(scene, by) for by in ACTORS.values())] for scene in [*SCENES, *AFTER])]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows)


def test_who_may_do_what() -> None:
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(table())
    assert table() == GOLDEN.read_text(), "read the difference; if it is meant: GOLDEN=write"


def test_the_table_has_every_command() -> None:
    assert {type(command) for _, _, command in SCENES} == set(AUTHORITY)


def test_an_account_that_is_gone_may_do_nothing_at_all() -> None:
    assert {verdict(scene, days.KEVIN) for scene in SCENES if isinstance(scene[1], Day)} <= {"not_named", "not_by_you"}


@pytest.mark.parametrize("voice", [CLOCK, SLACK, SHELL], ids=str)
def test_no_voice_decides_or_answers(voice: Actor) -> None:
    """What is a person's to say is never said by the machine."""
    theirs = {*PEOPLES} - {m.OpenRoom, m.OpenCheckpoint}
    assert {verdict(scene, voice) for scene in SCENES if type(scene[2]) in theirs} == {"not_by_you"}


def test_a_refusal_says_who_may() -> None:
    with pytest.raises(Refused) as no:
        authorise(m.Resume(), HELD.launch, days.SAMIRA)
    assert (no.value.code, no.value.facts) == ("only_commander", {"person": "claire", "role": "commander"})
    with pytest.raises(Refused) as no:
        perform(ASKING, t(-44), days.CAMILLE, m.CastVote("final", "application", Answer.GO))
    assert (no.value.code, no.value.facts) == ("not_your_vote", {"role": "application", "person": "samira"})


def test_no_voice_acts_in_a_role_that_nobody_holds() -> None:
    by_day = wait(PLANNED, days.DAY).launch
    assert by_day.duty["qa"].person is None
    assert [role_of(by_day, voice) for voice in (CLOCK, SLACK, SHELL)] == [None, None, None]


def test_a_person_acts_in_the_role_they_are_on_the_hook_for() -> None:
    roles = {name: role_of(ASKING.launch, by) for name, by in ACTORS.items()}
    assert {name: role for name, role in roles.items() if role} == {
        "commander": "commander",
        "blocking": "application",
        "advisory": "comms",
        "guest": "vendor",
    }
