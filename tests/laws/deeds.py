"""What people, Slack and the clock do on random days about pages, handovers, updates and plans; much of it too late, or not theirs."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TypeVar

from launch import messages as m
from launch.authority import commanding
from launch.birth import written
from launch.messages import SLACK, Actor, Command
from launch.plan import Moment, Plan, PlannedHold, Title
from launch.state import Launch, Situation, Stage
from launch.updates import IN_DOUBT
from tests.days import ROLES, actor, an_update, minutes, words

NAMES = ("claire", "daniel", "hugo", "samira", "camille", "theo", "ines", "kevin", "nadia", "julie", "sophie", "olivier", "elif")
T = TypeVar("T")
Wanted = list[tuple[Actor, Command]]
Deed = Callable[[Launch], Wanted]
"""What somebody does as the launch stands; nothing when there is no occasion."""


def page_deed(chance: Random) -> Deed:
    who, index = chance.choice(NAMES), chance.randrange(20)
    answer = chance.choice([m.TakePage, m.PassPage, m.PassPage, m.ResolvePage])
    return chance.choice(
        [
            calling(who, chance.choice(sorted(ROLES)), chance.choice(["errors rise", "nobody can pay"])),
            of_page(index, answer),
            of_page(index, answer),
            of_page_by(who, index, answer),
            undelivered(index),
        ]
    )


def handover_deed(chance: Random) -> Deed:
    who, index = chance.choice(NAMES), chance.randrange(20)
    late = of_page(index, chance.choice([m.TakePage, m.PassPage]))
    return chance.choice([accepting(index), accepting(index), accepting_as(who, index), late])


def update_deed(chance: Random) -> Deed:
    who, index = chance.choice(NAMES), chance.randrange(20)
    return chance.choice(
        [
            drafting(who, chance.choice(["customers", "customers", "staff"]), chance.choice([None, 15, 40, 90])),
            editing(who, index),
            judging(index, is_yes=True),
            judging(index, is_yes=chance.random() < 0.5),
            judging_as(who, index, chance.randint(1, 3)),
            publishing(index, chance.choice(["out", "stuck", "unsure"])),
            looking(index, is_there=False),
            looking(index, is_there=chance.random() < 0.5),
            looking_as(who, index),
            approving_own(index),
            withdrawing(who, index),
        ]
    )


def plan_deed(chance: Random) -> Deed:
    index, by = chance.randrange(40), chance.choice([-30, -10, 5, 15, 60])
    return chance.choice(
        [
            changing(lambda plan: moved(plan, index, by)),
            changing(lambda plan: reseated(plan, index)),
            changing(lambda plan: asking_others(plan, index)),
            changing(lambda plan: moved(reseated(plan, index), index, by)),
            changing(lambda plan: unfit(plan, index)),
            changing(lambda plan: moved(plan, index, by), base=1),
            accepting(index),
        ]
    )


DEEDS: dict[str, Callable[[Random], Deed]] = {
    "pages": page_deed,
    "handovers": handover_deed,
    "updates": update_deed,
    "plans": plan_deed,
}


def pick(rows: list[T], index: int) -> list[T]:
    return [rows[index % len(rows)]] if rows else []


# --- pages ---------------------------------------------------------------------------------------------------------------


def calling(who: str, role: str, why: str) -> Deed:
    return lambda launch: [(actor(who), m.CallPage(role, words(why)))]


def of_page(index: int, kind: Callable[[int], Command]) -> Deed:
    """Somebody it rang at."""
    return lambda launch: [(actor(ring.person), kind(ring.page)) for ring in pick(list(launch.rings.values()), index)]


def of_page_by(who: str, index: int, kind: Callable[[int], Command]) -> Deed:
    return lambda launch: [(actor(who), kind(page.number)) for page in pick(list(launch.pages.values()), index)]


def undelivered(index: int) -> Deed:
    return lambda launch: [(SLACK, m.ReportUndelivered(r.page, r.person, "x")) for r in pick(list(launch.rings.values()), index)]


# --- plans ---------------------------------------------------------------------------------------------------------------


def changing(edit: Callable[[Plan], Plan], base: int | None = None) -> Deed:
    """Whoever commands confirms another plan."""

    def deed(launch: Launch) -> Wanted:
        plan = words(written(edit(launch.plan)))
        return [(actor(commanding(launch)[0]), m.ChangePlan(base or launch.plan_version, plan, words("# the file")))]

    return deed


def moved(plan: Plan, index: int, by: int) -> Plan:
    """One checkpoint comes earlier or later."""
    name = pick(list(plan.checkpoints), index)[0]
    row = plan.checkpoints[name]
    at = Moment(row.at.at and row.at.at + minutes(by), None if row.at.offset is None else row.at.offset + minutes(by))
    return replace(plan, checkpoints={**plan.checkpoints, name: replace(row, at=at)})


def reseated(plan: Plan, index: int) -> Plan:
    """Somebody else comes first in a role of a shift, or a person who was not there."""
    shift = pick(list(plan.shifts), index)[0]
    role = pick([role for role in shift.holders if shift.holders[role]], index)[0]
    people = (*shift.holders[role][1:], NAMES[index % len(NAMES)])
    other = replace(shift, holders={**shift.holders, role: tuple(dict.fromkeys(people))})
    return replace(plan, shifts=tuple(other if each is shift else each for each in plan.shifts))


def asking_others(plan: Plan, index: int) -> Plan:
    """A checkpoint asks one role more, or one less, or in another order."""
    name = pick(list(plan.checkpoints), index)[0]
    row = plan.checkpoints[name]
    roles = [*row.ask[1:], *([] if index % 3 else [row.ask[0]]), *([] if index % 2 or "qa" in row.ask else ["qa"])] or ["comms"]
    tiers = (tuple(roles),) if index % 5 else tuple((role,) for role in roles)
    return replace(plan, checkpoints={**plan.checkpoints, name: replace(row, tiers=tiers)})


def unfit(plan: Plan, index: int) -> Plan:
    """What cannot be taken up on the day."""
    rest = {key: role for key, role in plan.roles.items() if key != "vendor"}
    hold = PlannedHold("late", Moment(offset=minutes(30)), minutes(5), Title({"": "Late"}))
    return [replace(plan, roles=rest), replace(plan, holds={**plan.holds, "late": hold}), replace(plan, key="other")][index % 3]


# --- handovers -----------------------------------------------------------------------------------------------------------


def accepting(index: int) -> Deed:
    """The incoming."""

    def deed(launch: Launch) -> Wanted:
        rows = [row for row in launch.handovers.values() if row.incoming]
        return [(actor(row.told[-1]), m.AcceptHandover(row.role, row.shift)) for row in pick(rows, index)]

    return deed


def accepting_as(who: str, index: int) -> Deed:
    return lambda launch: [(actor(who), m.AcceptHandover(h.role, h.shift)) for h in pick(list(launch.handovers.values()), index)]


# --- updates -------------------------------------------------------------------------------------------------------------


def drafting(who: str, audience: str, promise: int | None) -> Deed:
    def deed(launch: Launch) -> Wanted:
        return [(actor(who), an_update(audience=audience, next_at=launch.last_at + minutes(promise) if promise else None))]

    return deed


def editing(who: str, index: int) -> Deed:
    """Of the newest edition, or of one before."""

    def deed(launch: Launch) -> Wanted:
        english, french = words("We are live."), words(f"Ouvert {index}.")
        drafts = pick(list(launch.drafts.values()), index)
        return [(actor(who), m.EditUpdate(d.number, d.edition - index % 5 // 4, Situation.LIVE, english, french)) for d in drafts]

    return deed


def judging(index: int, is_yes: bool) -> Deed:
    """Somebody who was asked."""

    def deed(launch: Launch) -> Wanted:
        rows = pick(list(launch.approvals.values()), index)
        return [(actor(row.person), verdict(row.draft, row.edition, is_yes)) for row in rows]

    return deed


def verdict(draft: int, edition: int, is_yes: bool) -> Command:
    return m.ApproveUpdate(draft, edition) if is_yes else m.SendBackUpdate(draft, edition, words("not like this"))


def judging_as(who: str, index: int, edition: int) -> Deed:
    return lambda launch: [(actor(who), verdict(d.number, edition, is_yes=True)) for d in pick(list(launch.drafts.values()), index)]


def publishing(index: int, end: str) -> Deed:
    """What comes back from Slack, for something that was on its way."""

    def deed(launch: Launch) -> Wanted:
        drafts = pick([draft for draft in launch.drafts.values() if draft.stage is Stage.APPROVED], index)
        if end == "out":
            return [(SLACK, m.SettleUpdate(draft.number, "C1", "1.1")) for draft in drafts]
        return [(SLACK, m.ReportUpdate(draft.number, "not_in_channel", is_unsure=end == "unsure")) for draft in drafts]

    return deed


def looking(index: int, is_there: bool) -> Deed:
    """Its author looks for a text of which nobody knows whether it is out."""

    def deed(launch: Launch) -> Wanted:
        drafts = pick([draft for draft in launch.drafts.values() if draft.stage in IN_DOUBT], index)
        return [(actor(draft.author), m.SayPublished(draft.number, is_there)) for draft in drafts]

    return deed


def looking_as(who: str, index: int) -> Deed:
    return lambda launch: [(actor(who), m.SayPublished(d.number, is_there=True)) for d in pick(list(launch.drafts.values()), index)]


def approving_own(index: int) -> Deed:
    def deed(launch: Launch) -> Wanted:
        drafts = pick([draft for draft in launch.drafts.values() if draft.stage is Stage.WAITING], index)
        return [(actor(draft.editor), m.ApproveUpdate(draft.number, draft.edition)) for draft in drafts]

    return deed


def withdrawing(who: str, index: int) -> Deed:
    return lambda launch: [(actor(who), m.WithdrawUpdate(d.number)) for d in pick(list(launch.drafts.values()), index)]
