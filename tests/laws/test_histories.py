"""What holds on every day, however it goes: random histories of people, accounts and clock."""

import os
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch import game
from launch.countdown import countdown
from launch.messages import (
    CLOCK,
    AnswerTimePassed,
    Ask,
    CheckpointCounted,
    CheckpointDecided,
    CheckpointOpened,
    TierAsked,
    VoteCast,
    VoteDisputed,
)
from launch.state import SLICES, Answer, Decision, Launch, Outcome, Phase, Status
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


def t_never_runs_back(turn: Turn) -> None:
    before, after = turn.before.launch, turn.after.launch
    assert countdown(before, before.last_at) <= countdown(after, after.last_at)
    assert countdown(turn.clocked.launch, turn.at) == countdown(after, turn.at), "a move takes no time"


def t_is_what_another_clock_says(turn: Turn) -> None:
    """A clock of its own: it knows the hour of T-0, the holds of the plan, and how long T stood still."""
    launch = turn.after.launch
    assert countdown(launch, launch.last_at) == other_clock(launch, launch.last_at)


def other_clock(launch: Launch, at: datetime) -> timedelta:
    planned = sum((h.lasts for h in launch.plan.holds.values() if h.at.offset is not None and h.at.offset <= timedelta()), timedelta())
    stood = sum((min(hold.ended_at or at, at) - hold.began_at for hold in launch.holds.values() if hold.began_at < at), timedelta())
    return at - (launch.plan.t0 - planned) - stood


def what_the_clock_asks_it_asks_when_t_is_there(turn: Turn) -> None:
    """Asked late after a gap of ours, it was due when T was there all the same."""
    launch = turn.after.launch
    for fact in turn.after.facts[len(turn.before.facts) :]:
        if isinstance(fact.event, CheckpointOpened) and fact.by == CLOCK and launch.plan_version == 1:
            checkpoint = launch.checkpoints[fact.event.checkpoint]
            assert fact.due_at
            if checkpoint.at.offset is not None and checkpoint.series is None:
                assert other_clock(launch, fact.due_at) == checkpoint.at.offset


def one_hold_at_a_time(turn: Turn) -> None:
    launch = turn.after.launch
    holds = [launch.holds[number] for number in range(1, len(launch.holds) + 1)]
    assert [hold for hold in holds if hold.ended_at is None] == ([launch.hold] if launch.hold else [])
    assert all(one.ended_at and one.ended_at <= two.began_at for one, two in pairwise(holds)), "no minute stands in two holds"


def t_never_passes_a_step_that_nobody_let_begin(turn: Turn) -> None:
    launch = turn.clocked.launch
    for checkpoint in () if is_closed(launch) else launch.plan.checkpoints.values():
        poll = launch.polls.get(checkpoint.name)
        if checkpoint.before and launch.plan_version == 1 and not (poll and poll.may_proceed):
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
        kind, _, rest = ask.subject.partition(":")
        if kind != "checkpoint":
            continue
        name = rest.partition(":")[0]
        assert (name, launch.polls[name].round, ask.role, ask.person) in launch.asked
        row = launch.asked[name, launch.polls[name].round, ask.role, ask.person]
        assert launch.duty[ask.role].person == ask.person or (row.is_second and ask.person in launch.duty[ask.role].deputies)


# --- go or no-go ---------------------------------------------------------------------------------------------------------


def no_outcome_without_a_count_and_no_decision_without_an_outcome(turn: Turn) -> None:
    counts = [(event.checkpoint, event.round) for event in turn.after.told(CheckpointCounted)]
    assert len(counts) == len(set(counts)), "a round is counted once"
    for poll in turn.after.launch.polls.values():
        assert (poll.outcome is None) == poll.is_asking == ((poll.checkpoint, poll.round) not in counts)
        assert poll.decision is None or poll.outcome
        assert poll.phase is not Phase.COUNTED or any(ask.subject == f"decision:{poll.checkpoint}" for ask in asks_or_closed(turn))
        assert (poll.decision is None) == (poll.decided_by is None)
    assert all(decided.reason for decided in against(turn.after)), "against the outcome only with a reason"


def asks_or_closed(turn: Turn) -> list[Ask]:
    """What is wanted; of a closed launch, what was wanted just before."""
    launch = turn.after.launch
    return game.asks(replace(launch, status=Status.OPEN, closed_at=None) if is_closed(launch) else launch)


def against(day: Day) -> Iterator[CheckpointDecided]:
    """The decisions that were taken on a no-go."""
    outcome: dict[tuple[str, int], Outcome] = {}
    for event in day.events:
        if isinstance(event, CheckpointCounted):
            outcome[event.checkpoint, event.round] = event.outcome
        elif isinstance(event, CheckpointDecided) and outcome[event.checkpoint, event.round] is Outcome.NO_GO:
            yield event


def a_go_rests_on_the_go_of_every_blocking_role(turn: Turn) -> None:
    """At the moment of the count, of those who were asked then."""
    for launch, fact in turn.new:
        if isinstance(fact.event, CheckpointCounted) and fact.event.outcome is Outcome.GO:
            asked = launch.checkpoints[fact.event.checkpoint].ask
            said = {role: launch.votes.get((fact.event.checkpoint, fact.event.round, role)) for role in asked}
            assert any(vote and vote.answer.is_go for vote in said.values())
            assert all((vote := said[role]) and vote.answer.is_go for role in asked if launch.plan.roles[role].blocking)


def nothing_closes_early(turn: Turn) -> None:
    """A tier gives way to the next, or to the count, when it is complete, or has had its time and its grace."""
    for launch, fact in turn.new:
        event = fact.event
        if isinstance(event, CheckpointCounted) or (isinstance(event, TierAsked) and event.tier > launch.polls[event.checkpoint].tier):
            poll = launch.polls[event.checkpoint]
            tiers = launch.checkpoints[event.checkpoint].tiers[poll.tier : poll.tier + 1]  # none, if a newer plan asks fewer
            is_complete = all((event.checkpoint, event.round, role) in launch.votes for tier in tiers for role in tier)
            is_over = poll.phase is Phase.GRACE and fact.at >= poll.phase_at + launch.plan.limits.grace
            assert is_complete or is_over
        elif isinstance(event, AnswerTimePassed) and launch.plan_version == 1:
            poll = launch.polls[event.checkpoint]
            assert fact.at >= poll.phase_at + launch.checkpoints[event.checkpoint].answer


def no_answer_is_lost(turn: Turn) -> None:
    """The last word of each role in each round stands, unless it was not theirs."""
    last: dict[tuple[str, int, str], tuple[str, Answer]] = {}
    counts: set[tuple[str, int]] = set()
    for event in turn.after.events:
        match event:
            case VoteCast():
                last[event.checkpoint, event.round, event.role] = (event.person, event.answer)
            case VoteDisputed() if (event.checkpoint, event.round) not in counts:
                del last[event.checkpoint, event.round, event.role]
            case CheckpointCounted():
                counts.add((event.checkpoint, event.round))
    assert {key: (vote.person, vote.answer) for key, vote in turn.after.launch.votes.items()} == last


def a_role_answers_once_a_round_and_only_the_asked(turn: Turn) -> None:
    launch = turn.after.launch
    for name in SLICES:
        assert all(key == row.key for key, row in getattr(launch, name).items())
    for vote in launch.votes.values():
        assert (vote.checkpoint, vote.round, vote.role, vote.person) in launch.asked
        assert vote.answer is Answer.GO or vote.reason
    for fact in turn.after.facts:
        if isinstance(fact.event, VoteCast) and fact.event.recorded_by is None:
            assert turn.after.launch.person_of(fact.by.user) in (fact.event.person, None), "nobody speaks for another unmarked"


def an_objection_ends_or_is_put_to_the_commander(turn: Turn) -> None:
    """Whoever objects and is overruled, or has a condition, is not forgotten while the launch goes on."""
    launch = turn.clocked.launch
    for row in () if is_closed(launch) else launch.objections.values():
        poll = launch.polls[row.checkpoint]
        goes_on = poll.round == row.round and poll.phase is Phase.DECIDED and poll.decision in (None, Decision.PROCEED)
        if row.is_open and goes_on and max(row.at + launch.plan.limits.condition, poll.phase_at) < turn.at:
            subject = f"objection:{row.checkpoint}:{row.round}:{row.role}"
            assert row.is_overdue
            assert subject in {ask.subject for ask in game.asks(launch)}


# --- all of it -----------------------------------------------------------------------------------------------------------


def a_refusal_changes_nothing(turn: Turn) -> None:
    assert not turn.refused or turn.after == turn.clocked


def nothing_follows_the_close(turn: Turn) -> None:
    assert not is_closed(turn.before.launch) or turn.after == turn.before


LAWS: tuple[Law, ...] = (
    t_never_runs_back,
    t_is_what_another_clock_says,
    what_the_clock_asks_it_asks_when_t_is_there,
    one_hold_at_a_time,
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
    nothing_closes_early,
    no_answer_is_lost,
    an_objection_ends_or_is_put_to_the_commander,
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
    yield from ("hold" if hold.reason else "planned" if hold.planned else "guard" for hold in turn.after.launch.holds.values())
    yield f"{min(len(turn.after.launch.holds), 3)} holds"
    for poll in turn.after.launch.polls.values():
        yield f"{poll.outcome} {poll.decision} {min(poll.round, 2)}"


WANTED = {
    "questions": {
        *"RoomWanted RoomOpened MembersInvited MemberFound MemberMissing MemberChanged NoteWritten LaunchClosed".split(),
        *"ShiftTurned DutyMoved CheckpointOpened SilentReminded AnswerTimePassed CheckpointCounted VoteCast CheckpointDecided".split(),
        *"HoldCalled HoldOverran HoldEnded hold guard".split(),
        *"not_named only_commander only_blocking not_your_vote already_held not_held decide_first reason_needed".split(),
        *"already_decided not_asked_yet no_such_checkpoint launch_closed already_asked not_by_you".split(),
    },
    "checkpoints": {
        "step_has_begun",
        *"TierAsked CheckpointAnnounced DecisionPressed DecisionEscalated ObjectionStands ObjectionWithdrawn ObjectionLetStand".split(),
        *"VoteDisputed QuestionPut MilestoneReached HoldExtended planned objection_over turned_back".split(),
        *"unknown None 1,unknown proceed 1,go None 1".split(","),
        *"3 holds,go proceed 1,no_go proceed 1,no_go hold 1,go hold 1,no_go None 2,go proceed 2".split(","),
    },
    "plans": {
        *"PlanRevised CheckpointAnnounced CheckpointCounted DutyMoved HandoverAccepted".split(),
        *"plan_changed_since same_plan still_needed holds_are_fixed other_launch".split(),
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
