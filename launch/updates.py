"""Customer updates: drafted by one person, approved by another, published once; and the next one comes when it was promised."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from launch.authority import commanding
from launch.countdown import is_said
from launch.messages import (
    Actor,
    ApproverAsked,
    ApproveUpdate,
    Ask,
    AskApprover,
    Deadline,
    DraftUpdate,
    EditUpdate,
    Event,
    Fact,
    Refused,
    SendBackUpdate,
    UpdateApproved,
    UpdateDrafted,
    UpdateEdited,
    UpdateSentBack,
    UpdateWithdrawn,
    WithdrawUpdate,
)
from launch.plan import Audience
from launch.roster import is_in_slack
from launch.state import Approval, Draft, Launch, Stage

EDITABLE = (Stage.WAITING, Stage.SENT_BACK)
IN_DOUBT = (Stage.UNSURE, Stage.STUCK)

# --- what is decided ---------------------------------------------------------------------------------------------------


def draft_update(command: DraftUpdate, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """A text is written, and a second person is asked for it at once."""
    if command.audience not in launch.plan.audiences:
        raise Refused("no_such_audience", audience=command.audience)
    check_text(command, launch.plan.audiences[command.audience], at)
    drafted = UpdateDrafted(
        len(launch.drafts) + 1,
        command.audience,
        command.situation,
        command.text_en,
        command.text_fr,
        command.next_at,
        launch.person_of(by.user) or "",
    )
    return [drafted, *next_approver(launch, draft_of(drafted, at))]


def edit_update(command: EditUpdate, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """An edit makes a new edition: whoever was to approve the old one is asked anew, and never its editor."""
    draft, person = editable(launch, command.draft), launch.person_of(by.user) or ""
    refuse_if_changed(draft, command.edition)
    if person != draft.author and person not in approving(launch, draft.audience):
        raise Refused("not_your_draft", person=draft.author)
    check_text(command, launch.plan.audiences[draft.audience], at)
    edited = UpdateEdited(draft.number, draft.edition + 1, command.situation, command.text_en, command.text_fr, command.next_at, person)
    return [edited, *next_approver(launch, edition_of(draft, edited, at))]


def check_text(command: DraftUpdate | EditUpdate, audience: Audience, at: datetime) -> None:
    """Every language of the audience is written, and the next text is not promised for a time that has passed."""
    texts = {"en": command.text_en, "fr": command.text_fr}
    if missing := next((language for language in audience.languages if not is_said(texts[language])), None):
        raise Refused("text_missing", language=missing)
    if command.next_at and command.next_at <= at:
        raise Refused("next_in_past", next=command.next_at.isoformat())


def approving(launch: Launch, audience: str) -> tuple[str, ...]:
    """Who is on duty for a role that approves for an audience, and who replaces them, in the order of the plan."""
    roles = launch.plan.audiences[audience].approvers
    duties = [launch.duty[role] for role in roles]
    return tuple(dict.fromkeys(person for duty in duties for person in (duty.person, *duty.deputies) if person))


def approvers(launch: Launch, draft: Draft) -> list[str]:
    """Who may approve a draft: never who wrote it, never who edited it last."""
    people = approving(launch, draft.audience)
    return [person for person in people if person not in (draft.author, draft.editor) and is_in_slack(launch, person)]


def next_approver(launch: Launch, draft: Draft) -> list[Event]:
    """The first who may approve and was not asked for this edition."""
    asked = asked_for(launch, draft)
    person = next((person for person in approvers(launch, draft) if person not in asked), None)
    return [ApproverAsked(draft.number, draft.edition, person)] if person else []


def asked_for(launch: Launch, draft: Draft) -> dict[str, Approval]:
    """Who was asked to approve the newest edition."""
    return {row.person: row for row in launch.approvals.values() if (row.draft, row.edition) == (draft.number, draft.edition)}


def ask_approver(command: AskApprover, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    draft = launch.drafts.get(command.draft)
    if draft is None or draft.stage is not Stage.WAITING or draft.edition != command.edition:
        return []
    return next_approver(launch, draft) if len(asked_for(launch, draft)) == command.asked else []


def approve_update(command: ApproveUpdate, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """A second person's yes to exactly this text: it is on its way from here."""
    draft, person = known(launch, command.draft), launch.person_of(by.user) or ""
    if draft.stage is Stage.APPROVED and (draft.edition, draft.approved_by) == (command.edition, person):
        return []
    judge(launch, draft, command.edition, person)
    return [UpdateApproved(draft.number, draft.edition, person)]


def send_back_update(command: SendBackUpdate, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Not like this: its author hears why."""
    draft, person = known(launch, command.draft), launch.person_of(by.user) or ""
    judge(launch, draft, command.edition, person)
    if command.reason is None or not is_said(command.reason):
        raise Refused("reason_needed")
    return [UpdateSentBack(draft.number, draft.edition, person, command.reason)]


def judge(launch: Launch, draft: Draft, edition: int, person: str) -> None:
    """Refuse whoever may not approve this edition now."""
    if draft.stage is not Stage.WAITING:
        raise Refused("draft_settled", draft=str(draft.number))
    refuse_if_changed(draft, edition)
    if person in (draft.author, draft.editor):
        raise Refused("own_text")
    if person not in approving(launch, draft.audience):
        raise Refused("not_approver", audience=draft.audience)


def refuse_if_changed(draft: Draft, edition: int) -> None:
    if draft.edition != edition:
        raise Refused("draft_changed", person=draft.editor)


def withdraw_update(command: WithdrawUpdate, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    draft, person = editable(launch, command.draft), launch.person_of(by.user) or ""
    if person != draft.author and person not in commanding(launch):
        raise Refused("not_your_draft", person=draft.author)
    return [UpdateWithdrawn(draft.number, person)]


def known(launch: Launch, number: int) -> Draft:
    if number not in launch.drafts:
        raise Refused("unknown_button")
    return launch.drafts[number]


def editable(launch: Launch, number: int) -> Draft:
    draft = known(launch, number)
    if draft.stage not in EDITABLE:
        raise Refused("draft_settled", draft=str(number))
    return draft


# --- what becomes of it ------------------------------------------------------------------------------------------------


def draft_of(event: UpdateDrafted, at: datetime) -> Draft:
    return Draft(
        event.number,
        event.audience,
        event.situation,
        event.text_en,
        event.text_fr,
        event.next_at,
        author=event.person,
        editor=event.person,
        edition=1,
        stage=Stage.WAITING,
        stage_at=at,
    )


def edition_of(draft: Draft, event: UpdateEdited, at: datetime) -> Draft:
    texts = replace(draft, situation=event.situation, text_en=event.text_en, text_fr=event.text_fr, next_at=event.next_at)
    edited = replace(texts, editor=event.person, edition=event.edition, sent_back_by=None, reason=None)
    return replace(edited, stage=Stage.WAITING, stage_at=at)


def drafted(launch: Launch, fact: Fact, event: UpdateDrafted) -> Launch:
    return with_draft(launch, draft_of(event, fact.at))


def edited(launch: Launch, fact: Fact, event: UpdateEdited) -> Launch:
    return with_draft(launch, edition_of(launch.drafts[event.draft], event, fact.at))


def approver_asked(launch: Launch, fact: Fact, event: ApproverAsked) -> Launch:
    row = Approval(event.draft, event.edition, event.person, fact.at)
    return replace(launch, approvals={**launch.approvals, row.key: row})


def approved(launch: Launch, fact: Fact, event: UpdateApproved) -> Launch:
    return staged(launch, fact, event.draft, Stage.APPROVED, approved_by=event.person)


def sent_back(launch: Launch, fact: Fact, event: UpdateSentBack) -> Launch:
    return staged(launch, fact, event.draft, Stage.SENT_BACK, sent_back_by=event.person, reason=event.reason)


def withdrawn(launch: Launch, fact: Fact, event: UpdateWithdrawn) -> Launch:
    return staged(launch, fact, event.draft, Stage.WITHDRAWN)


def staged(launch: Launch, fact: Fact, number: int, stage: Stage, **changed: Any) -> Launch:
    return with_draft(launch, replace(launch.drafts[number], stage=stage, stage_at=fact.at, **changed))


def with_draft(launch: Launch, draft: Draft) -> Launch:
    return replace(launch, drafts={**launch.drafts, draft.number: draft})


# --- what it waits for -------------------------------------------------------------------------------------------------


def due(launch: Launch) -> Iterator[Deadline]:
    """The next approver of each text that waits: at once when nobody who was asked may approve any more, else after their time."""
    for draft in launch.drafts.values():
        asked, able = asked_for(launch, draft), approvers(launch, draft)
        if draft.stage is Stage.WAITING and not all(person in asked for person in able):
            lasts = launch.plan.limits.approval if any(person in able for person in asked) else timedelta()
            since = max((row.at for row in asked.values()), default=draft.stage_at)
            command = AskApprover(draft.number, draft.edition, len(asked))
            yield Deadline(f"approver:{draft.number}:{draft.edition}:{len(asked)}", since + lasts, command, lasts)


def asks(launch: Launch) -> Iterator[Ask]:
    """The approvals that are wanted of people now, and the looks into a channel."""
    for draft in launch.drafts.values():
        role, subject = launch.plan.audiences[draft.audience].approvers[0], f"approval:{draft.number}:{draft.edition}"
        if draft.stage is Stage.WAITING:
            able = approvers(launch, draft)
            yield from (Ask(subject, person, role) for person in asked_for(launch, draft) if person in able)
        elif draft.stage in IN_DOUBT:
            people = dict.fromkeys((draft.author, draft.approved_by or draft.author))
            yield from (Ask(f"draft:{draft.number}", person, role) for person in people)
