"""Who may do what, as one table to be read by eye: tests/laws/authority.golden. `GOLDEN=write` writes it anew."""

import os
from pathlib import Path

import pytest

from launch import messages as m
from launch.authority import AUTHORITY, authorise, role_of
from launch.birth import written
from launch.house import House
from launch.messages import CLOCK, SHELL, SLACK, Actor, Command, Refused
from launch.state import Answer, Decision
from tests import days
from tests.days import BORN, ROOM, TEAM, Day, a_launch, a_plan, perform, play, t, wait, words
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
CLOSED = play(ASKING, [(t(-44), days.CLAIRE, m.CloseLaunch())])
HOUSE = House(TEAM, BORN)
PLAN_LAUNCH = m.PlanLaunch(1, words(written(a_plan())))

Scene = tuple[str, Day | House | None, Command]
SCENES: list[Scene] = [
    ("AddPlan", HOUSE, adding(a_plan())),
    ("ChangePerson", HOUSE, m.ChangePerson("USAMIRA", is_active=True, is_guest=False)),
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
    ("AskAgain", COUNTED, m.AskAgain("final")),
    ("Decide proceed", COUNTED, m.DecideCheckpoint("final", Decision.PROCEED, WHY)),
    ("Decide hold", COUNTED, m.DecideCheckpoint("final", Decision.HOLD, WHY)),
    ("CallHold", PLANNED, m.CallHold(WHY)),
    ("StopAtGuard", COUNTED, m.StopAtGuard("final", t(-30))),
    ("AskOverrun", HELD, m.AskOverrun(1)),
    ("Resume", HELD, m.Resume()),
    ("Resume at the guard", GUARDED, m.Resume()),
    ("CloseLaunch", ASKING, m.CloseLaunch()),
]
PEOPLES = (m.OpenRoom, m.OpenCheckpoint, m.AskAgain, m.CastVote, m.DecideCheckpoint, m.CallHold, m.Resume, m.WriteNote, m.CloseLaunch)
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
