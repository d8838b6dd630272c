"""A night on which the plan changes: on the commander's word, by a file that is left, and by one that is taken up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache

from launch import game
from launch.birth import written
from launch.messages import SHELL, SLACK, ChangePlan, CloseLaunch, Command, LeaveOffer, PlanLaunch, SettleRoom, TakeOffer
from launch.plan import Criterion, Language, Limits, Plan, Title
from tests.days import (
    CLAIRE,
    DANIEL,
    DNS,
    FINAL,
    PEOPLE,
    ROLES,
    ROOM,
    SHIFTS,
    SHOPS_OPEN,
    TEAM,
    Day,
    a_checkpoint,
    a_launch,
    a_role,
    a_step,
    fold,
    minutes,
    play,
    t,
    wait,
    words,
)
from tests.views.scenes import EVIL, Scene, evil_plan, plain_plan, scenes


def changed(day: Day, at: datetime, plan: Plan) -> Day:
    """Claire confirms another plan."""
    return play(day, [(at, CLAIRE, ChangePlan(day.launch.plan_version, words(written(plan)), words("# the file")))])


def offered(day: Day, at: datetime, plan: Plan) -> Day:
    """An admin hands in a newer file."""
    day = wait(day, at)
    newer = PlanLaunch(9, words(written(plan)), words("# newer"))
    return fold(day, at, SHELL, game.bear(newer, day.launch, SHELL, at, TEAM, plan.key))


def with_night(plan: Plan, **holders: str) -> Plan:
    """`application="theo camille"`: primary first."""
    held: Mapping[str, tuple[str, ...]] = {role: tuple(people.split()) for role, people in holders.items()}
    return replace(plan, shifts=(replace(SHIFTS[0], holders={**plan.shifts[0].holders, **held}), *plan.shifts[1:]))


def other(plan: Plan, said: str) -> Plan:
    """Another one in all its parts."""
    title = Title({"": f"{said} again"})
    return replace(
        with_night(plan, application="theo samira"),
        t0=t(5),
        name=title,
        checkpoints={"final": replace(FINAL, answer=minutes(12)), "shops": SHOPS_OPEN, "late": a_checkpoint("late", 120, "application")},
        cutover={"dns": replace(DNS, do=title), "open": a_step("open", 0)},
        roles={**plan.roles, "shops": a_role("shops", blocking=True), "comms": replace(ROLES["comms"], title=title)},
        people={**plan.people, "zoe": replace(PEOPLE["julie"], key="zoe", name=said, mail=None, slack="UZOE")},
        criteria={"errors": Criterion("errors", title, go="< 3")},
        limits=Limits(hold=minutes(20)),
        audiences={key: replace(each, title=title) for key, each in plan.audiences.items()},
    )


@cache
def changed_day(language: Language, *, is_evil: bool = True) -> Day:
    first = evil_plan(language) if is_evil else plain_plan(language)
    second = other(first, EVIL if is_evil else "Corvane")
    third = with_night(second, commander="daniel", qa="kevin")
    day = play(a_launch(first), [(ROOM, SLACK, SettleRoom("C1"))])
    day = changed(day, t(-60), second)
    day = offered(day, t(-55), replace(second, t0=t(0)))
    day = play(day, [(t(-54), CLAIRE, LeaveOffer(1))])
    day = offered(offered(day, t(-50), replace(second, criteria={})), t(-49), replace(third, criteria={}))
    day = changed(day, t(-48), third)
    day = play(day, [(t(-47), DANIEL, TakeOffer(3, day.launch.plan_version))])
    day = offered(day, t(-30), replace(day.launch.plan, limits=Limits()))
    ending: Command = CloseLaunch()
    return play(day, [(t(-20), DANIEL, ending)])


@cache
def changed_night(language: Language, *, is_evil: bool = True) -> tuple[Scene, ...]:
    day = changed_day(language, is_evil=is_evil)
    start = a_launch(evil_plan(language) if is_evil else plain_plan(language))
    return tuple(scenes(start, day.facts))
