"""Plans that come in: the birth of a launch, a newer plan before anybody was asked, and on the day one that whoever commands confirms."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from functools import lru_cache

from pydantic import TypeAdapter

from launch.answers import following
from launch.authority import commanding
from launch.birth import plan_in, with_plan
from launch.checkpoints import with_asked
from launch.differences import differences
from launch.handover import is_working
from launch.messages import (
    Actor,
    Ask,
    ChangePlan,
    Event,
    Fact,
    LaunchPlanned,
    LeaveOffer,
    OfferLeft,
    OfferTaken,
    PlanLaunch,
    PlanOffered,
    PlanRevised,
    Refused,
    TakeOffer,
    TierAsked,
)
from launch.plan import Change, Plan
from launch.roster import changes, duty_at, refreshed
from launch.state import Duty, Launch, Offer, Reached, Status
from launch.words import Words

CHANGES = TypeAdapter(tuple[Change, ...])

# --- what is decided ---------------------------------------------------------------------------------------------------


def plan_launch(command: PlanLaunch, launch: Launch | None, by: Actor, at: datetime, team_id: str, key: str) -> list[Event]:
    """A launch is planned. A newer plan is taken up while nothing stands on the old one; later it is offered to whoever commands."""
    plan = plan_in(str(command.plan))
    if launch is None:
        refuse_if_past(plan, at)
        return [LaunchPlanned(team_id, key, command.version, command.plan, command.source)]
    if launch.status is Status.CLOSED:
        raise Refused("plan_in_use", plan=key)
    if not is_under_way(launch):
        refuse_if_past(plan, at)
        return revising(launch, command.plan, command.source, None, at)
    if launch.plan == plan or command.source is None:
        raise Refused("same_plan", plan=key)
    refuse_if_unfit(launch, plan, at)
    left: list[Event] = [OfferLeft(offer.number, None) for offer in launch.offers.values() if offer.is_open]
    return [*left, PlanOffered(len(launch.offers) + 1, command.plan, command.source)]


def is_under_way(launch: Launch) -> bool:
    """Whether anything has happened that stands on the plan."""
    return launch.status is not Status.PLANNED or bool(launch.polls or launch.holds or launch.drafts or launch.announced)


def change_plan(command: ChangePlan, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Whoever commands has seen the difference and wants it."""
    refuse_if_other(launch, command.base)
    plan = plan_in(str(command.plan))
    if plan.key != launch.plan.key:
        raise Refused("other_launch", plan=plan.key)
    if launch.plan == plan:
        raise Refused("same_plan", plan=launch.id)
    refuse_if_unfit(launch, plan, at)
    return revising(launch, command.plan, command.source, launch.person_of(by.user), at)


def take_offer(command: TakeOffer, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    offer = offered(launch, command.number)
    refuse_if_other(launch, command.base)
    refuse_if_unfit(launch, plan_in(str(offer.plan)), at)
    person = launch.person_of(by.user) or ""
    return [OfferTaken(offer.number, person), *revising(launch, offer.plan, offer.source, person, at)]


def leave_offer(command: LeaveOffer, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    return [OfferLeft(offered(launch, command.number).number, launch.person_of(by.user) or "")]


def offered(launch: Launch, number: int) -> Offer:
    """The offer that a button stands for, if it is still open. Raises Refused."""
    offer = launch.offers.get(number)
    if offer is None:
        raise Refused("unknown_button")
    if not offer.is_open:
        raise Refused("offer_over", person=offer.taken_by or offer.left_by or "")
    return offer


def revising(launch: Launch, plan: Words, source: Words | None, person: str | None, at: datetime) -> list[Event]:
    """Another plan, and what follows at once: who is on the hook, and questions that now have all their answers."""
    told = Words.typed(told_as(differences(launch.plan, plan_in(str(plan)))), plan.salt or "")
    revised = PlanRevised(launch.plan_version + 1, plan, source, person, told)
    after = with_plan(launch, revised, at)
    wanted = {role: duty_under(after, role, at, is_new=role not in launch.duty) for role in after.plan.roles}
    return [revised, *changes(after, wanted), *asked_now(launch, after)]


def duty_under(launch: Launch, role: str, at: datetime, *, is_new: bool) -> Duty:
    """Who is on the hook under another plan: while the room is open, nobody loses a shift that was not handed over."""
    return refreshed(launch, role, at) if is_working(launch) and not is_new else duty_at(launch, role, at)


def asked_now(before: Launch, after: Launch) -> Iterator[Event]:
    """A question that is being answered asks the roles that came to it, from the first tier on that has one; one that waits for nobody
    any more goes on."""
    for poll in after.polls.values():
        if not poll.is_asking:
            continue
        known, tiers = before.checkpoints[poll.checkpoint].ask, after.checkpoints[poll.checkpoint].tiers[: poll.tier + 1]
        if new := [number for number, tier in enumerate(tiers) if not {*tier} <= {*known}]:
            yield TierAsked(poll.checkpoint, poll.round, new[0])
        else:
            yield from following(after, poll, {role: vote.answer for role, vote in after.votes_of(poll).items()})


# --- what does not fit -------------------------------------------------------------------------------------------------


def refuse_if_past(plan: Plan, at: datetime) -> None:
    if plan.t0 <= at:
        raise Refused("t0_past", t0=plan.t0.isoformat())


def refuse_if_other(launch: Launch, base: int) -> None:
    if base != launch.plan_version:
        raise Refused("plan_changed_since", version=str(launch.plan_version))


def refuse_if_unfit(launch: Launch, plan: Plan, at: datetime) -> None:
    """What has happened must still make sense under another plan."""
    if missing := sorted(spoken_of(launch) - set(names_in(plan))):
        raise Refused("still_needed", names=", ".join(name for _, name in missing))
    if plan.holds != launch.plan.holds:
        raise Refused("holds_are_fixed")
    if plan.t0 != launch.plan.t0 and (Reached.T_ZERO in launch.milestones or launch.t0 + (plan.t0 - launch.plan.t0) <= at):
        raise Refused("t0_past", t0=(launch.t0 + (plan.t0 - launch.plan.t0)).isoformat())


def spoken_of(launch: Launch) -> set[tuple[str, str]]:
    """What messages and the record of this launch speak of: (kind, key) of people, roles, checkpoints, steps, audiences."""
    people = {row.person for row in launch.asked.values()} | {row.person for row in launch.deciders.values()}
    people |= {row.person for row in launch.rings.values()} | {row.person for row in launch.approvals.values()}
    people |= {person for row in launch.handovers.values() for person in (row.outgoing, *row.told)}
    people |= {person for row in launch.drafts.values() for person in (row.author, row.editor)}
    people |= {person for row in launch.offers.values() for person in row.shown_to}
    asked = {name for name in launch.polls.keys() | launch.announced.keys() if name in launch.plan.checkpoints}
    return {
        *(("person", person) for person in people),
        *(("role", role) for role in launch.plan.roles),
        *(("checkpoint", name) for name in asked),
        *(("step", name) for name in launch.plan.cutover),
        *(("audience", row.audience) for row in launch.drafts.values()),
    }


def names_in(plan: Plan) -> Iterator[tuple[str, str]]:
    for kind, names in (
        ("person", plan.people),
        ("role", plan.roles),
        ("checkpoint", plan.checkpoints),
        ("step", plan.cutover),
        ("audience", plan.audiences),
    ):
        yield from ((kind, name) for name in names)


# --- what the record keeps ---------------------------------------------------------------------------------------------


def told_as(found: tuple[Change, ...]) -> str:
    """The differences as JSON."""
    return json.dumps([asdict(change) for change in found], ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=32)
def changes_in(text: str) -> tuple[Change, ...]:
    """The differences that `told_as` wrote; none of those that were forgotten."""
    return CHANGES.validate_json(text) if text.startswith("[") else ()


# --- what becomes of it ------------------------------------------------------------------------------------------------


def revised(launch: Launch, fact: Fact, event: PlanRevised) -> Launch:
    """Roles that are asked now, and were not before, are asked at once in the rounds that run."""
    launch = with_plan(launch, event, fact.at)
    for poll in launch.polls.values():
        if poll.is_asking:
            roles = tuple(launch.silent(poll))
            launch = replace(launch, asked=with_asked(launch, poll.checkpoint, poll.round, roles, fact.at))
    for row in launch.announced.values():
        roles = launch.checkpoints[row.checkpoint].ask
        launch = replace(launch, asked=with_asked(launch, row.checkpoint, row.round, roles, fact.at))
    return launch


def plan_offered(launch: Launch, fact: Fact, event: PlanOffered) -> Launch:
    return with_offer(launch, Offer(event.number, event.plan, event.source, fact.at, commanding(launch)[:1]))


def offer_taken(launch: Launch, fact: Fact, event: OfferTaken) -> Launch:
    return with_offer(launch, replace(launch.offers[event.number], taken_by=event.person))


def offer_left(launch: Launch, fact: Fact, event: OfferLeft) -> Launch:
    return with_offer(launch, replace(launch.offers[event.number], left_by=event.person or ""))


def with_offer(launch: Launch, offer: Offer) -> Launch:
    return replace(launch, offers={**launch.offers, offer.number: offer})


def asks(launch: Launch) -> Iterator[Ask]:
    """A newer plan waits for a word of whoever commands."""
    for offer in launch.offers.values():
        if offer.is_open:
            yield Ask(f"plan:{offer.number}", commanding(launch)[0], launch.plan.commander)
