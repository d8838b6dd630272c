"""What people, Slack and the clock do on random days about pages, handovers and customer updates; much of it too late, or not theirs."""

from collections.abc import Callable
from random import Random
from typing import TypeVar

from launch import messages as m
from launch.messages import SLACK, Actor, Command
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


DEEDS: dict[str, Callable[[Random], Deed]] = {"pages": page_deed, "handovers": handover_deed, "updates": update_deed}


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
