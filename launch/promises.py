"""Promises: each published update may promise the next one. It comes by then, or people hear that it did not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from launch.messages import Actor, Deadline, Event, Fact, MissPromise, PromiseMissed, PromiseReminded, RemindPromise
from launch.state import Draft, Launch
from launch.updates import with_draft

BEFORE = timedelta(minutes=10)
"""So long before a promised update is due somebody is reminded: a text has to be written and approved by then."""


def remind_promise(command: RemindPromise, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    draft = launch.drafts.get(command.draft)
    return [PromiseReminded(command.draft)] if draft and is_promising(launch, draft) and not draft.is_reminded else []


def miss_promise(command: MissPromise, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    draft = launch.drafts.get(command.draft)
    return [PromiseMissed(command.draft)] if draft and is_promising(launch, draft) and not draft.is_missed else []


def is_promising(launch: Launch, draft: Draft) -> bool:
    """Whether its audience still waits for the update that it promised: any text published since keeps the promise."""
    return draft.next_at is not None and draft is last_published(launch, draft.audience)


def last_published(launch: Launch, audience: str) -> Draft | None:
    out = [draft for draft in launch.drafts.values() if draft.audience == audience and draft.published_at]
    return max(out, key=lambda draft: (draft.published_at or draft.stage_at, draft.number), default=None)


def promise_reminded(launch: Launch, fact: Fact, event: PromiseReminded) -> Launch:
    return with_draft(launch, replace(launch.drafts[event.draft], is_reminded=True))


def promise_missed(launch: Launch, fact: Fact, event: PromiseMissed) -> Launch:
    return with_draft(launch, replace(launch.drafts[event.draft], is_missed=True))


def due(launch: Launch) -> Iterator[Deadline]:
    """Before and at the hour of each promise."""
    for draft in launch.drafts.values():
        if draft.next_at and is_promising(launch, draft):
            if not draft.is_reminded:
                yield Deadline(f"promise:{draft.number}", draft.next_at - BEFORE, RemindPromise(draft.number))
            if not draft.is_missed:
                yield Deadline(f"promise_missed:{draft.number}", draft.next_at, MissPromise(draft.number))
