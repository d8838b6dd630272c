"""The way of an approved text out to its audience: once, and where nobody can tell whether it is out, a person says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from launch.authority import commanding
from launch.messages import (
    Actor,
    Errand,
    Event,
    Fact,
    LaunchPlanned,
    OutletFound,
    PlanRevised,
    Refused,
    ReportUpdate,
    SayPublished,
    SettleOutlet,
    SettleUpdate,
    UpdateApproved,
    UpdatePublished,
    UpdateStuck,
    UpdateTriedAgain,
)
from launch.state import Launch, Outlet, Stage
from launch.updates import IN_DOUBT, approving, known, staged

OBSERVERS = "*observers"
"""Stands where a person or an audience is named, for those who only look on: no key of a plan begins like this."""

# --- what is decided ---------------------------------------------------------------------------------------------------


def settle_update(command: SettleUpdate, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Slack has it."""
    draft = launch.drafts.get(command.draft)
    is_out = draft is not None and draft.stage in (Stage.APPROVED, *IN_DOUBT)
    return [UpdatePublished(command.draft, command.channel, command.ts)] if is_out else []


def report_update(command: ReportUpdate, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    draft = launch.drafts.get(command.draft)
    is_under_way = draft is not None and draft.stage is Stage.APPROVED
    return [UpdateStuck(command.draft, command.error, command.is_unsure)] if is_under_way else []


def say_published(command: SayPublished, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Somebody has looked in the channel, which we could not."""
    draft, person = known(launch, command.draft), launch.person_of(by.user) or ""
    if draft.stage not in IN_DOUBT:
        raise Refused("draft_settled", draft=str(draft.number))
    if person not in (draft.author, draft.approved_by, *approving(launch, draft.audience), *commanding(launch)):
        raise Refused("not_approver", audience=draft.audience)
    channel = launch.outlets[draft.audience].channel if draft.audience in launch.outlets else None
    return [UpdatePublished(draft.number, channel, None, person) if command.is_there else UpdateTriedAgain(draft.number, person)]


def settle_outlet(command: SettleOutlet, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The channel of an audience was found, or cannot be used."""
    if command.audience not in launch.plan.audiences and not (command.audience == OBSERVERS and launch.plan.room.observers):
        return []
    before, after = launch.outlets.get(command.audience), Outlet(command.audience, command.channel, command.trouble)
    return [] if before == after else [OutletFound(command.audience, command.channel, command.trouble)]


# --- what becomes of it ------------------------------------------------------------------------------------------------


def published(launch: Launch, fact: Fact, event: UpdatePublished) -> Launch:
    return staged(launch, fact, event.draft, Stage.PUBLISHED, channel=event.channel, ts=event.ts, published_at=fact.at, error=None)


def stuck(launch: Launch, fact: Fact, event: UpdateStuck) -> Launch:
    return staged(launch, fact, event.draft, Stage.UNSURE if event.is_unsure else Stage.STUCK, error=event.error)


def tried_again(launch: Launch, fact: Fact, event: UpdateTriedAgain) -> Launch:
    return staged(launch, fact, event.draft, Stage.APPROVED, error=None)


def outlet_found(launch: Launch, fact: Fact, event: OutletFound) -> Launch:
    row = Outlet(event.audience, event.channel, event.trouble)
    return replace(launch, outlets={**launch.outlets, row.key: row})


# --- what is done outside ----------------------------------------------------------------------------------------------


def errands(fact: Fact, launch: Launch) -> Iterator[Errand]:
    """Which channels the audiences read is looked up beforehand; what was approved is published."""
    match fact.event:
        case LaunchPlanned() | PlanRevised():
            observers = [OBSERVERS] if launch.plan.room.observers else []
            yield from (Errand("find_channel", {"audience": key}) for key in (*launch.plan.audiences, *observers))
        case UpdateApproved(draft=number) | UpdateTriedAgain(draft=number):
            yield Errand("publish", {"draft": number, "edition": launch.drafts[number].edition})
