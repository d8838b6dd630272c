"""What holds on every day, however it goes: random histories of people, accounts and clock."""

import os
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch import game
from launch.countdown import countdown
from launch.messages import CLOCK, CheckpointCounted, CheckpointDecided
from launch.state import SLICES, Answer, Launch, Poll
from tests.days import Day, perform
from tests.laws.duties import (
    a_late_handover_is_paged,
    a_promise_is_kept_moved_or_alarmed,
    a_text_that_waits_waits_for_somebody,
    no_page_ends_silently,
    nothing_goes_out_unapproved_altered_or_twice,
    nothing_rings_after_an_answer_and_no_answer_is_taken_back,
    the_hook_is_where_the_roster_or_a_handover_says,
)
from tests.laws.histories import MOODS, PLANS, History, Turn, moves, planned, turns

pytestmark = pytest.mark.slow

DAYS = int(os.environ.get("LAUNCHROOM_DAYS", "110"))
"""Random days of each mood; `make simulate` plays ten thousand of pages, handovers and updates, and more of the rest."""
Law = Callable[[Turn], None]
plans = st.sampled_from(sorted(PLANS))
fixed = settings(deadline=None, derandomize=True, database=None)  # the same days in every run


# --- the clocks ----------------------------------------------------------------------------------------------------------


def t_0_never_moves_back_and_t_never_runs_back(turn: Turn) -> None:
    before, after = turn.before.launch, turn.after.launch
    assert before.t0 <= after.t0
    assert countdown(before, before.last_at) <= countdown(after, after.last_at)
    assert countdown(turn.clocked.launch, turn.at) == countdown(after, turn.at), "a move takes no time"


def one_hold_at_a_time_and_t_0_moves_by_what_they_lasted(turn: Turn) -> None:
    launch = turn.after.launch
    holds = [launch.holds[number] for number in range(1, len(launch.holds) + 1)]
    assert [hold for hold in holds if hold.ended_at is None] == ([launch.hold] if launch.hold else [])
    assert all(one.ended_at and one.ended_at <= two.began_at for one, two in pairwise(holds)), "no minute stands in two holds"
    lasted = [hold.ended_at - hold.began_at for hold in holds if hold.ended_at]
    assert launch.t0 == launch.plan.t0 + sum(lasted, timedelta(0))


def t_never_passes_a_step_that_nobody_let_begin(turn: Turn) -> None:
    launch = turn.clocked.launch
    for checkpoint in () if is_closed(launch) else launch.plan.checkpoints.values():
        poll = launch.polls.get(checkpoint.name)
        if checkpoint.before and not (poll and poll.may_proceed):
            step = launch.plan.cutover[checkpoint.before].at
            if step.offset is not None:
                assert countdown(launch, turn.at) <= step.offset
            elif step.at and step.at <= turn.at:
                assert launch.hold, "its hour came: T stands still"


def what_is_due_depends_on_nothing_but_what_the_door_looks_at(turn: Turn) -> None:
    before, after = turn.before.launch, turn.after.launch
    if game.is_due_alike(before, after):
        assert game.due(before) == game.due(after)


def is_closed(launch: Launch) -> bool:
    return launch.closed_at is not None


# --- who -----------------------------------------------------------------------------------------------------------------


def everybody_who_is_asked_stands_among_the_asked(turn: Turn) -> None:
    launch = turn.after.launch
    for ask in game.asks(launch):
        kind, name, *_ = ask.subject.split(":")
        if kind != "checkpoint":
            continue
        assert (name, launch.polls[name].round, ask.role, ask.person) in launch.asked
        assert launch.duty[ask.role].person == ask.person


# --- go or no-go ---------------------------------------------------------------------------------------------------------


def no_outcome_without_a_count_and_no_decision_without_an_outcome(turn: Turn) -> None:
    counts = [(event.checkpoint, event.round) for event in turn.after.told(CheckpointCounted)]
    assert len(counts) == len(set(counts)), "a round is counted once"
    for poll in turn.after.launch.polls.values():
        assert (poll.outcome is None) == poll.is_asking == ((poll.checkpoint, poll.round) not in counts)
        assert poll.decision is None or poll.outcome
        assert (poll.decision is None) == (poll.decided_by is None)
    assert all(decided.reason for decided in against(turn.after)), "against the outcome only with a reason"


def against(day: Day) -> Iterator[CheckpointDecided]:
    """The decisions that were taken on a no-go."""
    outcome: dict[tuple[str, int], Answer] = {}
    for event in day.events:
        if isinstance(event, CheckpointCounted):
            outcome[event.checkpoint, event.round] = event.outcome
        elif isinstance(event, CheckpointDecided) and outcome[event.checkpoint, event.round] is Answer.NO_GO:
            yield event


def a_go_rests_on_the_go_of_every_blocking_role(turn: Turn) -> None:
    """And what was counted does not change any more."""
    launch = turn.after.launch
    assert all(poll.is_asking or poll.outcome is should_be(launch, poll) for poll in launch.polls.values())


def should_be(launch: Launch, poll: Poll) -> Answer:
    asked = launch.plan.checkpoints[poll.checkpoint].ask
    said = {role: launch.votes.get((poll.checkpoint, poll.round, role)) for role in asked}
    is_go = {role: vote is not None and vote.answer is Answer.GO for role, vote in said.items()}
    return Answer.GO if any(is_go.values()) and all(is_go[role] for role in asked if launch.plan.roles[role].blocking) else Answer.NO_GO


def a_role_answers_once_a_round_and_only_the_asked(turn: Turn) -> None:
    launch = turn.after.launch
    for name in SLICES:
        assert all(key == row.key for key, row in getattr(launch, name).items())
    for vote in launch.votes.values():
        assert vote.role in launch.plan.checkpoints[vote.checkpoint].ask
        assert (vote.checkpoint, vote.round, vote.role, vote.person) in launch.asked
        assert vote.answer is Answer.GO or vote.reason


# --- all of it -----------------------------------------------------------------------------------------------------------


def a_refusal_changes_nothing(turn: Turn) -> None:
    assert not turn.refused or turn.after == turn.clocked


def nothing_follows_the_close(turn: Turn) -> None:
    assert not is_closed(turn.before.launch) or turn.after == turn.before


LAWS: tuple[Law, ...] = (
    t_0_never_moves_back_and_t_never_runs_back,
    one_hold_at_a_time_and_t_0_moves_by_what_they_lasted,
    t_never_passes_a_step_that_nobody_let_begin,
    what_is_due_depends_on_nothing_but_what_the_door_looks_at,
    the_hook_is_where_the_roster_or_a_handover_says,
    a_late_handover_is_paged,
    no_page_ends_silently,
    nothing_rings_after_an_answer_and_no_answer_is_taken_back,
    nothing_goes_out_unapproved_altered_or_twice,
    a_text_that_waits_waits_for_somebody,
    a_promise_is_kept_moved_or_alarmed,
    everybody_who_is_asked_stands_among_the_asked,
    no_outcome_without_a_count_and_no_decision_without_an_outcome,
    a_go_rests_on_the_go_of_every_blocking_role,
    a_role_answers_once_a_round_and_only_the_asked,
    a_refusal_changes_nothing,
    nothing_follows_the_close,
)


@pytest.mark.parametrize("mood", MOODS)
def test_every_day_keeps_the_laws(mood: str) -> None:
    """And the days are no quiet ones: a law that is never put to the test proves nothing."""
    met: set[str] = set()

    @settings(fixed, max_examples=DAYS)
    @given(plans, moves(mood, is_closing=True))
    def play(plan: str, history: History) -> None:
        for turn in turns(plan, history):
            met.update(features(turn))
            for law in LAWS:
                law(turn)

    play()
    assert WANTED[mood] - met == set()


@settings(fixed, max_examples=50)
@given(plans, moves(is_closing=True))
def test_the_record_tells_the_whole_day(plan: str, history: History) -> None:
    """Facts are counted one by one, in order of time; folding them gives the same launch, and so does the same day again."""
    *_, last = turns(plan, history)
    value: game.Value = planned(plan)
    for fact in last.after.facts:
        assert (fact.seq, fact.at >= value.last_at) == (value.seq + 1, True)
        value = game.evolve(value, fact)
    assert value == last.after.launch
    assert [turn.after for turn in turns(plan, history)][-1] == last.after


@settings(fixed, max_examples=30)
@given(plans, moves(is_closing=True))
def test_what_is_due_is_over_once_it_is_done(plan: str, history: History) -> None:
    """Each deadline by itself, in whatever order it is done; and a doubled firing does nothing more."""
    for turn in turns(plan, history):
        for key, deadline in game.due(turn.after.launch).items():
            done = perform(turn.after, deadline.at, CLOCK, deadline.command, deadline.at)
            assert done.launch != turn.after.launch, f"{key} came and nothing happened"
            assert game.due(done.launch).get(key) != deadline
            assert perform(done, deadline.at, CLOCK, deadline.command, deadline.at) == done


@settings(fixed, max_examples=30)
@given(plans, moves(is_closing=True))
def test_no_value_is_changed_in_place(plan: str, history: History) -> None:
    kept: list[tuple[Launch, dict[str, Any]]] = []
    for turn in turns(plan, history):
        kept += [(launch, copied(launch)) for launch in (turn.clocked.launch, turn.after.launch)]
    assert all({name: getattr(launch, name) for name in copy} == copy for launch, copy in kept)


def copied(launch: Launch) -> dict[str, Any]:
    """The fields of a launch, its maps copied; their rows are frozen."""
    values = {field.name: getattr(launch, field.name) for field in fields(Launch)}
    return {name: dict(value) if isinstance(value, dict) else value for name, value in values.items()}


def features(turn: Turn) -> Iterator[str]:
    yield from (type(event).__name__ for event in turn.after.events)
    yield from [turn.refused.code] if turn.refused else []
    yield from ("hold" if hold.reason else "guard" for hold in turn.after.launch.holds.values())
    yield f"{min(len(turn.after.launch.holds), 3)} holds"
    for poll in turn.after.launch.polls.values():
        yield f"{poll.outcome} {poll.decision} {min(poll.round, 2)}"


WANTED = {
    "questions": {
        *"RoomWanted RoomOpened MembersInvited MemberFound MemberMissing MemberChanged NoteWritten LaunchClosed".split(),
        *"ShiftTurned DutyMoved CheckpointOpened SilentReminded AnswerTimePassed CheckpointCounted VoteCast CheckpointDecided".split(),
        *"HoldCalled HoldOverran HoldEnded hold guard".split(),
        *"not_named only_commander only_blocking only_leads not_your_vote already_held not_held decide_first reason_needed".split(),
        *"already_decided still_asking not_asked_yet no_such_checkpoint launch_closed already_asked not_by_you".split(),
    },
    "checkpoints": {
        "step_has_begun",
        *"3 holds,go proceed 1,no_go proceed 1,no_go hold 1,go hold 1,no_go None 2,go proceed 2".split(","),
    },
    "pages": {
        *"PageCalled PageRang PageUnheard PageTaken PagePassed PageUndelivered PageResolved".split(),
        *"already_paged page_taken page_resolved not_paged not_your_page".split(),
    },
    "handovers": {
        *"HandoverAnnounced HandoversReminded HandoverAccepted HandoverLate".split(),
        *"not_incoming handover_accepted handover_over".split(),
    },
    "updates": {
        *"UpdateDrafted UpdateEdited ApproverAsked UpdateApproved UpdateSentBack UpdateWithdrawn UpdatePublished UpdateStuck".split(),
        *"UpdateTriedAgain PromiseReminded PromiseMissed own_text not_approver draft_changed draft_settled not_your_draft".split(),
    },
}
