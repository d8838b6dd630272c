"""The index of the rules: every command and who decides it, every event and how it folds, what is due, who is asked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from launch import (
    answers,
    birth,
    checkpoints,
    countdown,
    decisions,
    handover,
    house,
    paging,
    plans,
    problems,
    promises,
    publishing,
    room,
    roster,
    updates,
)
from launch import messages as m
from launch.house import House
from launch.messages import Actor, Ask, Command, Deadline, Errand, Event, Fact, Then
from launch.state import Launch, Status

Value = Launch | House

DECISIONS: dict[type[Command], Callable[..., list[Any]]] = {
    m.AddPlan: house.add_plan,
    m.ChangePerson: house.change_person,
    m.NameAdmins: house.name_admins,
    m.FindMember: room.find_member,
    m.ChangeMember: room.change_member,
    m.OpenRoom: room.open_room,
    m.SettleRoom: room.settle_room,
    m.SettleBoard: room.settle_board,
    m.ReportInvited: room.report_invited,
    m.ReportErrand: room.report_errand,
    m.WriteNote: room.write_note,
    m.CloseLaunch: room.close_launch,
    m.TurnShift: handover.turn_shift,
    m.ChangePlan: plans.change_plan,
    m.TakeOffer: plans.take_offer,
    m.LeaveOffer: plans.leave_offer,
    m.AnnounceCheckpoint: checkpoints.announce_checkpoint,
    m.OpenCheckpoint: checkpoints.open_checkpoint,
    m.PutQuestion: checkpoints.put_question,
    m.AskAgain: decisions.ask_again,
    m.RemindSilent: checkpoints.remind_silent,
    m.EndAnswering: checkpoints.end_answering,
    m.CountCheckpoint: checkpoints.count_checkpoint,
    m.CastVote: answers.cast_vote,
    m.RecordVote: answers.record_vote,
    m.DisputeVote: answers.dispute_vote,
    m.PressDecision: decisions.press_decision,
    m.EscalateDecision: decisions.escalate_decision,
    m.DecideCheckpoint: decisions.decide_checkpoint,
    m.AskObjection: decisions.ask_objection,
    m.WithdrawObjection: decisions.withdraw_objection,
    m.LetStand: decisions.let_stand,
    m.CallHold: countdown.call_hold,
    m.StopAtGuard: countdown.stop_at_guard,
    m.BeginPlannedHold: countdown.begin_planned_hold,
    m.ExtendHold: countdown.extend_hold,
    m.AskOverrun: countdown.ask_overrun,
    m.Resume: countdown.resume,
    m.ReachTZero: countdown.reach_t_zero,
    m.GoLive: countdown.go_live,
    m.TurnBack: countdown.turn_back,
    m.CallPage: paging.call_page,
    m.Escalate: paging.escalate,
    m.TakePage: paging.take_page,
    m.PassPage: paging.pass_page,
    m.ReportUndelivered: paging.report_undelivered,
    m.ResolvePage: paging.resolve_page,
    m.AnnounceHandovers: handover.announce_handovers,
    m.RemindHandovers: handover.remind_handovers,
    m.AcceptHandover: handover.accept_handover,
    m.PageLate: paging.page_late,
    m.DraftUpdate: updates.draft_update,
    m.EditUpdate: updates.edit_update,
    m.AskApprover: updates.ask_approver,
    m.ApproveUpdate: updates.approve_update,
    m.SendBackUpdate: updates.send_back_update,
    m.WithdrawUpdate: updates.withdraw_update,
    m.SettleUpdate: publishing.settle_update,
    m.ReportUpdate: publishing.report_update,
    m.SayPublished: publishing.say_published,
    m.RemindPromise: promises.remind_promise,
    m.MissPromise: promises.miss_promise,
    m.SettleOutlet: publishing.settle_outlet,
    m.ReportProblem: problems.report_problem,
    m.TakeProblem: problems.take_problem,
    m.ChangeImpact: problems.change_impact,
    m.AskProblem: problems.ask_problem,
    m.ExtendProblem: problems.extend_problem,
    m.CloseProblem: problems.close_problem,
}

FOLDS: dict[type[Event], Callable[..., Any]] = {
    m.PlanAdded: house.added,
    m.AdminsNamed: house.admins_named,
    m.LaunchPlanned: birth.born,
    m.PlanRevised: plans.revised,
    m.PlanOffered: plans.plan_offered,
    m.OfferTaken: plans.offer_taken,
    m.OfferLeft: plans.offer_left,
    m.MemberFound: room.member_found,
    m.MemberMissing: room.member_missing,
    m.MemberChanged: room.member_changed,
    m.RoomWanted: room.wanted,
    m.RoomOpened: room.room_opened,
    m.BoardPosted: room.board_posted,
    m.MembersInvited: room.invited,
    m.ErrandFailed: room.errand_failed,
    m.NoteWritten: room.unchanged,
    m.LaunchClosed: room.closed,
    m.ShiftTurned: roster.turned,
    m.DutyMoved: roster.moved,
    m.QuestionPut: checkpoints.question_put,
    m.CheckpointAnnounced: checkpoints.announced,
    m.CheckpointOpened: checkpoints.opened,
    m.TierAsked: checkpoints.tier_asked,
    m.SilentReminded: checkpoints.reminded,
    m.AnswerTimePassed: checkpoints.time_passed,
    m.CheckpointCounted: checkpoints.counted,
    m.VoteCast: answers.voted,
    m.VoteDisputed: answers.disputed,
    m.DecisionPressed: decisions.pressed,
    m.DecisionEscalated: decisions.escalated,
    m.CheckpointDecided: decisions.decided,
    m.ObjectionStands: decisions.objection_stands,
    m.ObjectionWithdrawn: decisions.objection_withdrawn,
    m.ObjectionLetStand: decisions.objection_let_stand,
    m.HoldCalled: countdown.held,
    m.HoldOverran: countdown.overran,
    m.HoldExtended: countdown.extended,
    m.MilestoneReached: countdown.reached,
    m.HoldEnded: countdown.ended,
    m.PageCalled: paging.page_called,
    m.PageRang: paging.page_rang,
    m.PageUnheard: paging.page_unheard,
    m.PageTaken: paging.page_taken,
    m.PagePassed: paging.page_passed,
    m.PageUndelivered: paging.page_passed,
    m.PageResolved: paging.page_resolved,
    m.HandoverAnnounced: handover.announced,
    m.HandoversReminded: handover.reminded,
    m.HandoverAccepted: handover.handover_accepted,
    m.HandoverLate: handover.handover_late,
    m.UpdateDrafted: updates.drafted,
    m.UpdateEdited: updates.edited,
    m.ApproverAsked: updates.approver_asked,
    m.UpdateApproved: updates.approved,
    m.UpdateSentBack: updates.sent_back,
    m.UpdateWithdrawn: updates.withdrawn,
    m.UpdatePublished: publishing.published,
    m.UpdateStuck: publishing.stuck,
    m.UpdateTriedAgain: publishing.tried_again,
    m.PromiseReminded: promises.promise_reminded,
    m.PromiseMissed: promises.promise_missed,
    m.OutletFound: publishing.outlet_found,
    m.ProblemReported: problems.problem_reported,
    m.ProblemTaken: problems.problem_taken,
    m.ImpactChanged: problems.impact_changed,
    m.ProblemOverdue: problems.problem_overdue,
    m.ProblemExtended: problems.problem_extended,
    m.ProblemClosed: problems.problem_closed,
}

DUE: tuple[Callable[[Launch], Iterator[Deadline]], ...] = (
    room.due, roster.due, checkpoints.due, decisions.due, countdown.due, paging.due, handover.due, updates.due, promises.due, problems.due,
)  # fmt: skip
TIMELY = (
    "plan", "status", "t0", "edge_at", "members", "duty", "questions", "announced", "polls", "objections", "holds", "milestones", "pages",
    "rings", "handovers", "drafts", "approvals", "problems",
)  # fmt: skip
"""The fields of a launch that what is due depends on."""
ASKS: tuple[Callable[[Launch], Iterator[Ask]], ...] = (
    decisions.asks, checkpoints.asks, countdown.asks, paging.asks, handover.asks, updates.asks, plans.asks, problems.asks,
)  # fmt: skip
ERRANDS: tuple[Callable[[Fact, Launch], Iterator[Errand]], ...] = (room.errands, publishing.errands)


def decide(command: Command, value: Value, by: Actor, at: datetime) -> list[Event | Then]:
    """What follows from a command; [] when it comes too late to matter. Raises Refused. Authority was looked at before."""
    if by.user is None and isinstance(value, Launch) and value.status is Status.CLOSED:
        return []
    return DECISIONS[type(command)](command, value, by, at)


def bear(command: m.PlanLaunch, launch: Launch | None, by: Actor, at: datetime, team_id: str, key: str) -> list[Event | Then]:
    """The one decision that needs no launch to be there yet."""
    return cast("list[Event | Then]", plans.plan_launch(command, launch, by, at, team_id, key))


def evolve(value: Value | None, fact: Fact) -> Value:
    """The value after a fact."""
    folded: Value = FOLDS[type(fact.event)](value, fact, fact.event)
    return replace(folded, seq=fact.seq, last_at=fact.at)


def due(value: Value) -> dict[str, Deadline]:
    """What the clock will do, by key. A closed launch waits for nothing."""
    if not isinstance(value, Launch) or value.status is Status.CLOSED:
        return {}
    return {deadline.key: deadline for find in DUE for deadline in find(value)}


def is_due_alike(before: Value | None, after: Value) -> bool:
    """Whether two values certainly wait for the same: everything that `due` looks at is the same object. Most answers change none of it."""
    if not isinstance(before, Launch) or not isinstance(after, Launch):
        return False
    return all(getattr(before, name) is getattr(after, name) for name in TIMELY)


def asks(launch: Launch) -> list[Ask]:
    """What is wanted of whom, now."""
    return [] if launch.status is Status.CLOSED else [ask for find in ASKS for ask in find(launch)]


def errands(fact: Fact, value: Value) -> list[Errand]:
    """What an event asks of Slack besides words."""
    return [errand for find in ERRANDS for errand in find(fact, value)] if isinstance(value, Launch) else []
