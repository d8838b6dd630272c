"""Who the people of the plan are in Slack, and who of them belongs in the room."""

import pytest

from launch import game
from launch.messages import (
    SHELL,
    SLACK,
    ChangeMember,
    Fact,
    FindMember,
    LaunchPlanned,
    MemberChanged,
    MemberFound,
    MemberMissing,
    MembersInvited,
    ReportInvited,
    SettleRoom,
    ShiftTurned,
)
from launch.plan import Room
from launch.room import invitees
from launch.state import Launch, Member
from tests.days import (
    BORN,
    DAY,
    ROOM,
    Day,
    a_launch,
    a_plan,
    found_as,
    moment,
    play,
    t,
    wait,
)

SETTLED = SettleRoom("C1")


def opened() -> Day:
    return play(a_launch(), [(ROOM, SLACK, SETTLED)])


def errands(day: Day) -> list[str]:
    """What the newest fact asks of Slack."""
    return [errand.kind for errand in game.errands(day.facts[-1], day.launch)]


def test_at_birth_everybody_with_an_address_is_looked_up() -> None:
    launch = a_launch(found=False)
    errands = game.errands(birth_of(launch), launch)
    looked_up = {errand.facts["person"] for errand in errands if errand.kind == "find_person"}
    assert looked_up == set(launch.plan.people) - {"hotline"}


def birth_of(launch: Launch) -> Fact:
    born = LaunchPlanned(launch.team_id, launch.id, 1, launch.plan_words)
    return Fact(1, BORN, SHELL, born)


def test_a_person_is_found() -> None:
    day = play(a_launch(found=False), [(BORN, SLACK, found_as("elif", is_guest=True))])
    assert day.events == [MemberFound("elif", "UELIF", is_active=True, is_guest=True)]
    assert day.launch.members["elif"] == Member("elif", "UELIF", is_guest=True)
    assert day.launch.person_of("UELIF") == "elif"


def test_a_person_is_missing_and_says_why() -> None:
    day = play(a_launch(found=False), [(BORN, SLACK, FindMember("olivier", None, trouble="users_not_found"))])
    assert day.events[0] == MemberMissing("olivier", "users_not_found")
    assert day.launch.members["olivier"].trouble == "users_not_found"


def test_somebody_the_plan_does_not_name_is_nobody() -> None:
    assert not play(a_launch(found=False), [(BORN, SLACK, found_as("stranger"))]).events


def test_a_changed_account_is_noticed_if_it_changed() -> None:
    day = play(a_launch(), [(BORN, SLACK, ChangeMember("UJULIE", is_active=True, is_guest=True))])
    assert day.events == [MemberChanged("julie", is_active=True, is_guest=True)]
    assert day.launch.members["julie"].is_guest
    assert not play(a_launch(), [(BORN, SLACK, ChangeMember("UJULIE", is_active=True, is_guest=False))]).events
    assert not play(a_launch(), [(BORN, SLACK, ChangeMember("USTRANGER", is_active=False, is_guest=False))]).events


PRIMARIES = {"claire", "samira", "ines", "nadia", "julie", "hugo", "theo", "paul", "olivier"}


@pytest.mark.parametrize(
    ("invite", "people"),
    [
        (("all on duty",), PRIMARIES),
        (("on shift",), {"claire", "samira", "ines", "nadia", "julie"}),
        (("commander", "vendor"), {"claire", "hugo", "elif"}),
        (("on shift", "vendor"), {"claire", "samira", "ines", "nadia", "julie", "elif"}),
    ],
)
def test_who_is_invited_is_what_the_plan_says(invite: tuple[str, ...], people: set[str]) -> None:
    """Standby roles are told where the room is; they are in it only if the plan names them."""
    launch = a_launch(a_plan(room=Room(moment(ROOM), invite=invite)))
    assert {member.person for member in invitees(launch)} == people


def test_who_is_invited_is_not_invited_again() -> None:
    everybody = tuple(sorted(PRIMARIES))
    day = play(opened(), [(ROOM, SLACK, ReportInvited(everybody[1:], everybody[:1]))])
    assert day.events[-1] == MembersInvited(everybody[1:], everybody[:1])
    assert invitees(day.launch) == [], "nor whom Slack would not take"
    assert not play(day, [(ROOM, SLACK, ReportInvited(()))]).facts[len(day.facts) :]


def test_whom_slack_would_not_take_is_not_tried_again_and_who_is_unknown_is_not_counted() -> None:
    day = play(opened(), [(ROOM, SLACK, ReportInvited((), ("julie", "hotline")))])
    assert day.events[-1] == MembersInvited((), ("julie", "hotline"))
    assert {member.person for member in invitees(day.launch)} == PRIMARIES - {"julie"}


def test_who_cannot_come_is_not_invited() -> None:
    """Two primaries of the day: one whose account is gone, one whom Slack does not know."""
    gone, unknown = ChangeMember("UTHEO", is_active=False, is_guest=False), FindMember("hugo", None, trouble="users_not_found")
    day = play(opened(), [(ROOM, SLACK, gone), (ROOM, SLACK, unknown)])
    assert {member.person for member in invitees(day.launch)} == PRIMARIES - {"theo", "hugo"}


def test_being_found_again_changes_nothing_about_an_invitation() -> None:
    day = play(opened(), [(ROOM, SLACK, ReportInvited(("ines",))), (ROOM, SLACK, found_as("ines")), (ROOM, SLACK, found_as("julie"))])
    assert day.launch.members["ines"].is_invited
    assert not day.launch.members["julie"].is_invited


def test_who_comes_on_the_hook_later_is_invited_then() -> None:
    day = play(opened(), [(ROOM, SLACK, ReportInvited(tuple(PRIMARIES)))])
    day = play(day, [(t(-60), SLACK, ChangeMember("USAMIRA", is_active=False, is_guest=False))])
    assert [member.person for member in invitees(day.launch)] == ["camille"]
    assert errands(day) == ["invite"]


def test_whom_slack_finds_after_the_room_stands_is_invited_then() -> None:
    day = play(a_launch(found=False), [(ROOM, SLACK, SETTLED), (t(-500), SLACK, found_as("ines"))])
    assert errands(day) == ["invite"]
    day = play(day, [(t(-499), SLACK, found_as("kevin"))])
    assert {member.person for member in invitees(day.launch)} == {"ines"}, "a secondary waits outside"


def test_a_shift_that_brings_nobody_new_invites_nobody() -> None:
    day = wait(play(opened(), [(ROOM, SLACK, ReportInvited(tuple(PRIMARIES)))]), DAY)
    turned = [fact for fact in day.facts if isinstance(fact.event, ShiftTurned) and fact.at == DAY]
    assert turned
    assert not [errand for fact in day.facts[-7:] for errand in game.errands(fact, day.launch)]
