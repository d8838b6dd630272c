"""A plan that is added is a launch. A newer plan takes its place before anybody was asked; the house keeps every version apart."""

from dataclasses import replace
from datetime import datetime

import pytest

from launch import game
from launch.birth import plan_in, written
from launch.house import House
from launch.messages import (
    HOUSE,
    SHELL,
    SLACK,
    Actor,
    CallHold,
    ChangePerson,
    Command,
    Fact,
    FindMember,
    OpenCheckpoint,
    OpenRoom,
    PlanAdded,
    PlanLaunch,
    PlanRevised,
    Refused,
)
from launch.plan import Change, Person, Plan, Room
from launch.plans import changes_in
from launch.state import Launch, Status
from tests.days import (
    BORN,
    CLAIRE,
    DAY,
    END,
    NIGHT,
    PEOPLE,
    ROLES,
    SAMIRA,
    SHIFTS,
    SHOPS,
    T0,
    TEAM,
    Day,
    a_checkpoint,
    a_launch,
    a_plan,
    a_role,
    a_shift,
    an_update,
    fold,
    found_as,
    minutes,
    moment,
    play,
    t,
    wait,
    words,
)
from tests.launch.workspaces import Workspace, a_workspace, adding, give


def refusal(space: Workspace, plan: Plan, at: datetime = BORN) -> str:
    with pytest.raises(Refused) as no:
        give(space, at, SHELL, HOUSE, adding(plan))
    return no.value.code


def revised(space: Workspace, plan: Plan, at: datetime = BORN) -> Workspace:
    return give(space, at, SHELL, HOUSE, adding(plan))


# --- birth ---------------------------------------------------------------------------------------------------------------


def test_a_plan_is_a_launch_whose_clock_runs() -> None:
    space = a_workspace(a_plan())
    launch = space.launches["corvane"]
    assert (launch.status, launch.t0, launch.plan_version, launch.born_at) == (Status.PLANNED, T0, 1, BORN)
    assert set(game.due(launch)) == {
        *("room", "shift", "guard:final", "t_zero"),
        *(f"{what}:{name}:0" for what in ("heads_up", "checkpoint") for name in ("final", "shops")),
    }
    assert space.house.plans["corvane"].version == 1


def test_a_plan_survives_being_written() -> None:
    assert plan_in(written(a_plan())) == a_plan()
    assert written(plan_in(written(a_plan()))) == written(a_plan())


def test_a_plan_whose_t_0_is_past_is_refused_and_leaves_no_trace() -> None:
    space = Workspace(House("T1", BORN))
    assert refusal(space, a_plan(), at=T0) == "t0_past"
    assert refusal(a_workspace(a_plan()), a_plan(language="en", t0=BORN - minutes(1))) == "t0_past"


# --- a newer plan --------------------------------------------------------------------------------------------------------


def test_the_same_plan_is_refused() -> None:
    assert refusal(a_workspace(a_plan()), a_plan()) == "same_plan"


def test_a_newer_plan_takes_the_place_of_the_old() -> None:
    later = a_plan(a_checkpoint("start", -200, "application"), t0=t(60), roles={**ROLES, "shops": a_role("shops")})
    later = replace(later, shifts=(*SHIFTS, a_shift("shops", DAY, END, shops="priya")))
    launch = revised(a_workspace(a_plan()), later).launches["corvane"]
    assert (launch.plan, launch.plan_words, launch.plan_version, launch.t0) == (later, words(written(later)), 2, t(60))
    assert launch.duty["shops"].person == "priya"
    assert game.due(launch)["checkpoint:start:0"].at == t(-140)
    assert "checkpoint:final:0" not in game.due(launch)


def test_who_is_replaced_in_the_plan_leaves_the_hook() -> None:
    night = replace(SHIFTS[0], holders={**SHIFTS[0].holders, "application": ("camille",)})
    people = {key: person for key, person in PEOPLE.items() if key != "samira"}
    launch = revised(a_workspace(a_plan()), a_plan(people=people, shifts=(night, SHIFTS[1]))).launches["corvane"]
    assert launch.duty["application"].person == "camille"
    assert "samira" not in launch.members
    assert launch.person_of("USAMIRA") is None


def test_a_role_that_left_the_plan_is_gone() -> None:
    shifts = tuple(replace(shift, holders={r: p for r, p in shift.holders.items() if r != "vendor"}) for shift in SHIFTS)
    plan = a_plan(roles={key: role for key, role in ROLES.items() if key != "vendor"}, shifts=shifts)
    assert "vendor" not in revised(a_workspace(a_plan()), plan).launches["corvane"].duty


def test_the_shift_edges_are_those_of_the_newer_plan() -> None:
    moved = tuple(replace(shift, starts=shift.starts - minutes(600), ends=shift.ends - minutes(600)) for shift in SHIFTS)
    plan = a_plan(shifts=moved, room=replace(a_plan().room, opens=moment(SHOPS)))
    day = wait(revised(a_workspace(a_plan()), plan).launches["corvane"], t(-510))
    assert day.launch.duty["application"].person == "theo"


def test_an_edge_that_lay_behind_at_the_revision_is_not_turned() -> None:
    """Added in the night shift that the newer plan has ended by then."""
    late = a_plan(a_checkpoint("late", 500, "application"), t0=t(600), steps=[], room=Room(moment(t(590))))
    space = revised(a_workspace(late, at=t(0)), replace(late, language="en"), at=t(10))
    assert space.launches["corvane"].edge_at == NIGHT
    ended = replace(late, shifts=(replace(SHIFTS[0], ends=t(5)), replace(SHIFTS[1], starts=t(5))))
    space = revised(space, ended, at=t(20))
    assert space.launches["corvane"].edge_at == t(5)
    assert game.due(space.launches["corvane"])["shift"].at == END
    assert space.launches["corvane"].duty["application"].person == "theo"


def addressed(person: Person) -> Plan:
    return a_plan(people={**PEOPLE, person.key: person})


def looked_up(plan: Plan, launch: Launch) -> set[object]:
    """Whom Slack is asked for when `plan` takes the place of the launch's own."""
    newer = PlanLaunch(2, words(written(plan)))
    day = fold(Day(launch), BORN, SHELL, game.bear(newer, launch, SHELL, BORN, TEAM, plan.key))
    errands = [errand for fact in day.facts for errand in game.errands(fact, day.launch)]
    return {errand.facts["person"] for errand in errands if errand.kind == "find_person"}


def test_after_a_revision_only_the_unknown_are_looked_up() -> None:
    assert looked_up(addressed(replace(PEOPLE["claire"], name="Claire A.")), a_launch()) == set()
    assert looked_up(addressed(Person("zoe", "Zoé", "Europe/Paris", "fr", mail="zoe@corvane.example")), a_launch()) == {"zoe"}
    assert looked_up(addressed(Person("zoe", "Zoé", "Europe/Paris", "fr", slack="UZOE")), a_launch()) == {"zoe"}


def test_who_was_missing_or_has_a_new_address_is_looked_up_again() -> None:
    missing = play(a_launch(), [(BORN, SLACK, FindMember("kevin", None, trouble="users_not_found"))]).launch
    assert looked_up(a_plan(language="en"), missing) == {"kevin"}
    assert looked_up(addressed(replace(PEOPLE["ines"], mail="ines.vidal@corvane.example")), a_launch()) == {"ines"}


@pytest.mark.parametrize(
    ("by", "command"),
    [(CLAIRE, OpenRoom()), (CLAIRE, OpenCheckpoint("final")), (SAMIRA, CallHold(words("stop"))), (CLAIRE, an_update())],
    ids=["room", "question", "hold", "text"],
)
def test_a_plan_that_something_stands_on_is_not_replaced_but_offered(by: Actor, command: Command) -> None:
    space = give(a_workspace(a_plan()), t(-1000), by, "corvane", command)
    space = revised(space, a_plan(language="en"), at=t(-900))
    launch = space.launches["corvane"]
    assert (launch.plan, launch.plan_version, launch.offers[1].is_open) == (a_plan(), 1, True)
    assert space.house.plans["corvane"].version == 2


def test_a_refused_plan_is_no_version() -> None:
    space = give(a_workspace(a_plan()), t(-1000), CLAIRE, "corvane", OpenRoom())
    roles = {key: role for key, role in ROLES.items() if key != "vendor"}
    assert refusal(space, a_plan(roles=roles), at=t(-900)) == "still_needed"
    assert space.house.plans["corvane"].version == 1
    assert refusal(space, a_plan(roles=roles), at=t(-900)) == "still_needed", "and not the same plan"


def test_a_revision_is_told_as_one() -> None:
    launch = a_launch()
    (event, *_) = game.bear(PlanLaunch(2, words(written(a_plan(language="en")))), launch, SHELL, BORN, "T1", "corvane")
    assert isinstance(event, PlanRevised)
    assert (event.version, event.plan, event.person) == (2, words(written(a_plan(language="en"))), None)
    assert changes_in(str(event.changes)) == (Change("other", "language", before="fr", after="en"),)


# --- the house -----------------------------------------------------------------------------------------------------------


def test_a_changed_account_is_told_to_every_launch_that_knows_it() -> None:
    space = a_workspace(a_plan(), a_plan(key="other"))
    space = give(space, BORN, SLACK, HOUSE, ChangePerson("USAMIRA", is_active=False, is_guest=False))
    assert [launch.duty["application"].person for launch in space.launches.values()] == ["camille", "camille"]


def test_a_changed_account_nobody_knows_changes_nothing() -> None:
    space = a_workspace(a_plan())
    assert give(space, BORN, SLACK, HOUSE, ChangePerson("USTRANGER", is_active=False, is_guest=False)) == space


def test_who_was_found_in_the_house_of_one_launch_is_not_known_in_another() -> None:
    space = a_workspace(a_plan())
    space = revised(space, a_plan(key="other"))
    space = give(space, BORN, SLACK, "other", found_as("samira"))
    assert set(space.launches["other"].members) == {"samira"}


def test_the_house_waits_for_nothing_and_has_no_errands() -> None:
    house = a_workspace(a_plan()).house
    added = Fact(1, BORN, SHELL, PlanAdded("corvane", 1, words("# the file")))
    assert (game.due(house), game.errands(added, house)) == ({}, [])
