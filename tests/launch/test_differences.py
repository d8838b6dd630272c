"""What differs between two plans is told whole, what matters most first, with those whom it touches; and what a launch would come to."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch.consequences import Consequences, Gap, Moved, consequences
from launch.differences import differences
from launch.moments import moment_text
from launch.plan import (
    Audience,
    Bridge,
    Change,
    Checkpoint,
    Cover,
    Criterion,
    Evidence,
    Limits,
    Link,
    Moment,
    Part,
    Person,
    Plan,
    PlannedHold,
    Reach,
    Role,
    Room,
    Series,
    Shift,
    Step,
    Title,
)
from launch.state import Hold, Launch, Phase, Poll, Status
from launch.words import Words

T0 = datetime(2027, 3, 16, 3, 30, tzinfo=UTC)


pytestmark = pytest.mark.slow

def t(number: float) -> datetime:
    return T0 + timedelta(minutes=number)


def before(number: float) -> Moment:
    return Moment(offset=-timedelta(minutes=number))


def m(number: float) -> timedelta:
    return timedelta(minutes=number)


NIGHT = Shift("night", "Europe/Paris", t(-390), t(90), {"lead": ("claire", "hugo"), "app": ("samira", "theo"), "db": ("ines",)})
DAY = Shift("day", "Asia/Kolkata", t(90), t(570), {"lead": ("hugo", "claire"), "app": ("theo",), "db": ("paul", "ines")})
FINAL = Checkpoint(
    "final", before(45), (("app",), ("db", "lead")), m(10), "dns", (Evidence(Title({"": "smoke"})), Evidence(Title({}), "errors"))
)
WATCH = Checkpoint(
    "watch", Moment(offset=m(120)), (("app",),), m(15), series=Series(m(120), Moment(at=t(500))), question=Title({"": "Well?"})
)
PLAN = Plan(
    key="tills",
    name=Title({"fr": "Caisses", "en": "Tills"}),
    language="fr",
    zone="Europe/Paris",
    t0=T0,
    room=Room(Moment(at=t(-570)), observers="watching"),
    people={
        key: Person(key, key.title(), "Europe/Paris", "fr", f"{key}@corvane.example", reach=(Reach("call", "NUMBER", m(3)),))
        for key in "claire hugo samira theo ines paul".split()
    },
    roles={
        "lead": Role("lead", Title({"": "Lead"}), decides=True),
        "app": Role("app", Title({"": "App"}), blocking=True, aliases=("apps", "till"), patience=m(5), levels=("app", "db")),
        "db": Role("db", Title({"fr": "Base", "en": "Database"}), blocking=True, absent=("dawn",), standby_in=("day",)),
    },
    shifts=(NIGHT, DAY),
    checkpoints={"final": FINAL, "watch": WATCH},
    cutover={
        "freeze": Step("freeze", Title({"": "Freeze"}), "app", before(60)),
        "dns": Step("dns", Title({"": "Switch"}), "db", before(30), ("freeze",), m(5), m(15), True, "errors", ("lead",), "app"),
    },
    limits=Limits(),
    observers=("shops@corvane.example",),
    bridge=Bridge("https://visio.corvane.example", "+33 1 99 00 12 34", "Lyon"),
    links=(Link(Title({"": "Runbook"}), "https://wiki.corvane.example"),),
    audiences={"customers": Audience("customers", Title({"": "Customers"}), ("app", "lead"), "clients", ("fr", "en"))},
    criteria={"errors": Criterion("errors", Title({"": "Errors"}), "%", "http: x", m(1), "< 1", "> 3 for 5m", "> 9", "0.4")},
    holds={"tea": PlannedHold("tea", before(50), m(10), Title({"": "Tea"}))},
    cover=Cover(t(-390), t(570)),
)


# --- nothing is forgotten ----------------------------------------------------------------------------------------------


def others(value: Any) -> Iterator[Any]:
    """Values of the same shape that differ from `value` in one place, for each place that there is."""
    match value:
        case None:
            yield "something"
        case bool():
            yield not value
        case str():
            yield value + "x"
        case datetime() | timedelta():
            yield value + m(1)
        case tuple():
            yield from (value[:place] + value[place + 1 :] for place in range(len(value)))
            yield from ((*value[:place], other, *value[place + 1 :]) for place, item in enumerate(value) for other in others(item))
            yield from [value[::-1]] if value[::-1] != value else []
            yield (*value, "one more") if not value else (*value, value[-1])
        case Mapping():
            yield from ({name: item for name, item in value.items() if name != key} for key in value)
            yield from ({**value, key: other} for key, item in value.items() for other in others(item))
        case Moment():
            yield Moment(at=t(7) if value.at is None else value.at + m(1))
            yield Moment(offset=m(-7) if value.offset is None else value.offset + m(1))
        case _:
            assert is_dataclass(value), value
            yield from (
                replace(value, **{field.name: other})  # type: ignore[type-var]
                for field in fields(value)
                for other in others(getattr(value, field.name))
            )


# A shift twice, or one that is no shift, is in no plan that was read.
OTHERS = [plan for plan in others(PLAN) if len({shift.name for shift in plan.shifts}) == len(plan.shifts)]


def test_every_field_of_every_part_is_looked_at() -> None:
    """Whatever is different, in whichever field of whichever value of a plan, is told both ways."""
    assert len(OTHERS) > 300
    silent = [plan for plan in OTHERS if not (differences(PLAN, plan) and differences(plan, PLAN))]
    assert silent == []


def test_one_thing_that_differs_is_told_once() -> None:
    """But a shift that comes or goes does so with those who hold its roles."""
    told_often = [found for plan in OTHERS if len(found := differences(PLAN, plan)) != 1 and len(plan.shifts) == len(PLAN.shifts)]
    assert [found for found in told_often if not (found[0].part == "shifts" and found[0].field == "")] == []


def test_each_part_is_told_of_and_in_the_order_of_what_matters() -> None:
    found = {change.part for plan in OTHERS for change in differences(PLAN, plan)}
    assert found == set(get_args(Part))
    order = [
        "t0",
        "shifts",
        "holders",
        "checkpoints",
        "steps",
        "holds",
        "roles",
        "people",
        "criteria",
        "limits",
        "room",
        "audiences",
        "other",
    ]
    nothing = Plan("none", Title({"": "N"}), "en", "UTC", t(1), Room(before(1)), {}, {}, (), {}, limits=Limits(hold=m(1)))
    assert list(dict.fromkeys(change.part for change in differences(PLAN, nothing))) == order


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(one=st.sampled_from([PLAN, *OTHERS]), other=st.sampled_from([PLAN, *OTHERS]))
def test_nothing_is_told_of_the_same_and_something_of_all_others(one: Plan, other: Plan) -> None:
    assert (differences(one, other) == ()) is (one == other)
    assert differences(other, replace(other)) == ()


# --- what is told ------------------------------------------------------------------------------------------------------


def with_shift(shift: Shift, **holders: str) -> tuple[Shift, ...]:
    held = {**shift.holders, **{role: tuple(people.split()) for role, people in holders.items()}}
    return tuple(replace(each, holders=held) if each.name == shift.name else each for each in PLAN.shifts)


TEAM = ("claire", "hugo", "samira", "theo", "ines", "paul")


@pytest.mark.parametrize(
    ("after", "change"),
    [
        (replace(PLAN, t0=t(30)), Change("t0", "t0", "", "2027-03-16 04:30 Europe/Paris", "2027-03-16 05:00 Europe/Paris", TEAM)),
        (
            replace(PLAN, shifts=(NIGHT, replace(DAY, ends=t(630)))),
            Change(
                "shifts",
                "day",
                "ends",
                "2027-03-16 18:30 Asia/Kolkata",
                "2027-03-16 19:30 Asia/Kolkata",
                ("hugo", "claire", "theo", "paul", "ines"),
            ),
        ),
        (replace(PLAN, shifts=(DAY, NIGHT)), Change("shifts", "", "order", "night, day", "day, night")),
        (
            replace(PLAN, shifts=with_shift(NIGHT, app="paul theo")),
            Change("holders", "night/app", "", "samira, theo", "paul, theo", ("paul", "samira")),
        ),
        (
            replace(PLAN, shifts=with_shift(NIGHT, app="theo samira")),
            Change("holders", "night/app", "", "samira, theo", "theo, samira", ("theo", "samira")),
        ),
        (replace(PLAN, shifts=with_shift(NIGHT, db="ines paul")), Change("holders", "night/db", "", "ines", "ines, paul", ("paul",))),
        (
            replace(PLAN, checkpoints={**PLAN.checkpoints, "final": replace(FINAL, at=Moment(at=t(100)))}),
            Change(
                "checkpoints", "final", "at", "T-45m", "2027-03-16 06:10 Europe/Paris", ("samira", "ines", "claire", "theo", "paul", "hugo")
            ),
        ),
        (
            replace(PLAN, checkpoints={**PLAN.checkpoints, "final": replace(FINAL, tiers=(("app", "db"),))}),
            Change("checkpoints", "final", "tiers", "app; db, lead", "app, db", ("samira", "ines", "claire")),
        ),
        (
            replace(PLAN, checkpoints={**PLAN.checkpoints, "final": replace(FINAL, on=FINAL.on[1:], before="dns")}),
            Change("checkpoints", "final", "on", "smoke, errors", "errors", ("samira", "ines", "claire")),
        ),
        (
            replace(PLAN, checkpoints={**PLAN.checkpoints, "watch": replace(WATCH, series=None)}),
            Change("checkpoints", "watch", "series", "every 2h to 2027-03-16 12:50 Europe/Paris", None, ("theo",)),
        ),
        (replace(PLAN, checkpoints={"final": FINAL}), Change("checkpoints", "watch", "", "T+2h", None, ("theo",))),
        (
            replace(PLAN, cutover={"freeze": PLAN.cutover["freeze"]}),
            Change("steps", "dns", "", "T-30m", None, ("ines", "claire", "samira")),
        ),
        (replace(PLAN, holds={}), Change("holds", "tea", "", "T-50m", None)),
        (
            replace(PLAN, roles={**PLAN.roles, "db": replace(PLAN.roles["db"], blocking=False)}),
            Change("roles", "db", "blocking", "true", "false", ("ines", "paul")),
        ),
        (
            replace(PLAN, people={**PLAN.people, "zoe": Person("zoe", "Zoé", "UTC", "fr")}),
            Change("people", "zoe", "", None, "Zoé", ("zoe",)),
        ),
        (
            replace(PLAN, people={**PLAN.people, "paul": replace(PLAN.people["paul"], slack="U0PAUL")}),
            Change("people", "paul", "slack", None, "U0PAUL", ("paul",)),
        ),
        (replace(PLAN, limits=Limits(hold=m(90))), Change("limits", "hold", "", "40m", "1h30m")),
        (replace(PLAN, room=replace(PLAN.room, observers=None)), Change("room", "observers", "", "watching", None)),
        (replace(PLAN, name=Title({"": "Shops"})), Change("other", "name", "", "{fr: Caisses, en: Tills}", "Shops")),
        (
            replace(PLAN, bridge=Bridge(place="Lyon")),
            Change("other", "bridge", "", "https://visio.corvane.example +33 1 99 00 12 34 Lyon", "Lyon"),
        ),
    ],
)
def test_a_change_is_told_as_the_plan_would_write_it(after: Plan, change: Change) -> None:
    assert differences(PLAN, after) == (change,)


def test_a_shift_that_comes_is_told_with_those_who_hold_it() -> None:
    eve = Shift("eve", "Europe/Paris", t(570), t(900), {"lead": ("claire",), "app": ("theo", "samira")})
    assert differences(PLAN, replace(PLAN, shifts=(*PLAN.shifts, eve))) == (
        Change("shifts", "eve", "", None, "2027-03-16 14:00 Europe/Paris – 2027-03-16 19:30 Europe/Paris", ("claire", "theo", "samira")),
        Change("holders", "eve/lead", "", None, "claire", ("claire",)),
        Change("holders", "eve/app", "", None, "theo, samira", ("theo", "samira")),
    )


@pytest.mark.parametrize(("offset", "text"), [(0, "T-0"), (-45, "T-45m"), (95, "T+1h35m"), (-225.5, "T-3h45m30s"), (60 * 30, "T+30h")])
def test_a_distance_from_t_zero_is_written_as_a_plan_writes_it(offset: float, text: str) -> None:
    assert moment_text(Moment(offset=m(offset)), "Europe/Paris") == text


# --- what it would come to ---------------------------------------------------------------------------------------------

LAUNCH = Launch("T1", "tills", replace(PLAN, holds={}), Words("0"), 1, Status.OPEN, T0, t(-1000), t(-60), polls={})
AT = t(-60)


def polled(name: str, phase: Phase) -> dict[str, Poll]:
    return {name: Poll(name, 1, phase, AT, AT)}


def test_a_plan_that_changes_nothing_of_the_day_has_no_consequences() -> None:
    assert consequences(LAUNCH, replace(LAUNCH.plan, links=(), limits=Limits(hold=m(1))), AT) == Consequences()


def test_a_checkpoint_that_moves_is_told_with_those_who_answer_it_then() -> None:
    after = replace(LAUNCH.plan, checkpoints={"final": replace(FINAL, at=Moment(at=t(100))), "more": replace(FINAL, name="more")})
    assert consequences(LAUNCH, after, AT).moved == (
        Moved("final", t(-45), t(100), ("samira", "ines", "claire"), ("theo", "paul", "hugo")),
        Moved("watch", t(120), None, ("theo",), ()),
        Moved("more", None, t(-45), (), ("samira", "ines", "claire")),
    )


def test_t_zero_takes_with_it_what_is_counted_from_it_on_top_of_what_holds_have_moved() -> None:
    held = replace(LAUNCH, t0=t(20))
    found = consequences(held, replace(held.plan, t0=t(10)), AT).moved
    assert [(each.name, each.before, each.after) for each in found] == [("final", t(-25), t(-15)), ("watch", t(140), t(150))]


def test_what_was_asked_does_not_move() -> None:
    after = replace(LAUNCH.plan, checkpoints={"final": replace(FINAL, at=before(5)), "watch": WATCH})
    assert consequences(replace(LAUNCH, polls=polled("final", Phase.COUNTED)), after, AT).moved == ()


def test_while_t_stands_still_nobody_can_say_when_but_who_is_told() -> None:
    held = replace(LAUNCH, holds={1: Hold(1, AT, AT, "claire", m(40))})
    after = replace(held.plan, shifts=tuple(replace(shift, holders={**shift.holders, "app": ("paul",)}) for shift in PLAN.shifts))
    assert consequences(held, after, AT).moved == (
        Moved("final", None, None, ("samira", "ines", "claire"), ("paul", "ines", "claire")),
        Moved("watch", None, None, ("theo",), ("paul",)),
    )


def test_a_role_that_nobody_holds_any_more_is_a_gap_where_it_is_asked_or_decides() -> None:
    short = replace(NIGHT, ends=t(-50))
    after = replace(LAUNCH.plan, shifts=(short, DAY))
    assert consequences(LAUNCH, after, AT).gaps == tuple(Gap("final", role, t(-45)) for role in ("app", "db", "lead"))
    asked = replace(LAUNCH, polls=polled("final", Phase.ASKING))
    assert consequences(asked, after, AT).gaps == ()
    assert consequences(asked, after, t(-49)).gaps == tuple(Gap("final", role, t(-49)) for role in ("app", "db", "lead"))
    assert consequences(replace(LAUNCH, polls=polled("final", Phase.DECIDED)), after, t(-49)).gaps == ()


def test_a_gap_that_was_there_before_is_no_consequence() -> None:
    gone = replace(LAUNCH, plan=replace(LAUNCH.plan, shifts=(NIGHT,)))
    assert consequences(gone, replace(gone.plan, shifts=(replace(NIGHT, ends=t(60)),)), AT).gaps == ()
    late = replace(LAUNCH.plan, checkpoints={"late": replace(WATCH, name="late", at=Moment(at=t(600)))})
    assert consequences(LAUNCH, late, AT).gaps == (Gap("late", "app", t(600)), Gap("late", "lead", t(600)))
