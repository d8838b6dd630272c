"""Periodic checkpoints come again and again, ask continue, hold or roll back, and take silence for not knowing."""

from launch import game
from launch.messages import (
    CallHold,
    CastVote,
    CheckpointAnnounced,
    CheckpointDecided,
    CheckpointOpened,
    DecideCheckpoint,
    HoldCalled,
    MilestoneReached,
    OpenCheckpoint,
    Resume,
)
from launch.plan import CheckpointKind
from launch.state import Answer, Decision, Outcome, Phase, Reached
from tests.days import CLAIRE, HUGO, SAMIRA, THEO, Day, a_checkpoint, a_launch, a_plan, actor, every, play, refused, t, wait, wake, words

OLIVIER = actor("olivier")
HEALTH = every(60, a_checkpoint("health", 120, "application comms", answer=15), 300)
PLAN = a_plan(HEALTH)
WHY = words("errors at 9 %")


def occurrences(day: Day) -> list[tuple[int, float]]:
    """Which time was asked, and how many minutes after T-0."""
    return [(f.event.occurrence, (f.at - t(0)).total_seconds() / 60) for f in day.facts if isinstance(f.event, CheckpointOpened)]


def asked() -> Day:
    return wait(a_launch(PLAN), t(120))


def said(day: Day, application: Answer | None, comms: Answer | None = Answer.GO) -> Day:
    votes = [(THEO, "application", application), (OLIVIER, "comms", comms)]
    return wait(play(day, [(t(125), by, CastVote("health", role, answer, WHY)) for by, role, answer in votes if answer]), t(138))


def test_it_is_asked_each_time_until_the_last() -> None:
    assert PLAN.checkpoints["health"].kind is CheckpointKind.PERIODIC
    day = wait(a_launch(PLAN), t(500))
    assert occurrences(day) == [(0, 120), (1, 180), (2, 240), (3, 300)]
    assert len(day.told(CheckpointAnnounced)) == 4


def test_each_time_is_a_round_of_its_own() -> None:
    day = wait(said(asked(), Answer.GO), t(180))
    assert (day.launch.polls["health"].round, day.launch.polls["health"].occurrence) == (2, 1)
    assert not day.launch.votes_of(day.launch.polls["health"])


def test_a_hold_moves_the_times_that_are_counted_from_t_0() -> None:
    held = play(a_launch(PLAN), [(t(130), HUGO, CallHold(WHY)), (t(150), HUGO, Resume())])
    assert occurrences(wait(held, t(500))) == [(0, 120), (1, 200), (2, 260), (3, 320)]


def test_what_was_missed_is_not_asked_after_the_event() -> None:
    day = wake(wait(said(asked(), Answer.GO), t(150)), t(250))
    assert occurrences(day) == [(0, 120), (2, 250)]
    assert occurrences(wait(day, t(400)))[-1] == (3, 300)


def test_when_all_say_continue_nobody_has_to_decide() -> None:
    poll = said(asked(), Answer.GO).launch.polls["health"]
    assert (poll.phase, poll.outcome, poll.decision) == (Phase.DECIDED, Outcome.GO, None)


def test_silence_is_not_known_and_goes_to_the_commander() -> None:
    day = said(asked(), None)
    assert (day.launch.polls["health"].phase, day.launch.polls["health"].outcome) == (Phase.COUNTED, Outcome.UNKNOWN)
    assert [ask.person for ask in game.asks(day.launch) if ask.subject == "decision:health"] == ["hugo"]
    assert not play(day, [(t(139), HUGO, DecideCheckpoint("health", Decision.PROCEED))]).launch.hold


def test_advisory_silence_is_no_question() -> None:
    assert said(asked(), Answer.GO, None).launch.polls["health"].outcome is Outcome.GO


def test_a_hold_and_a_roll_back_are_outcomes_of_their_own() -> None:
    assert said(asked(), Answer.NO_GO).launch.polls["health"].outcome is Outcome.NO_GO
    day = said(asked(), Answer.ROLL_BACK)
    assert day.launch.polls["health"].outcome is Outcome.ROLL_BACK
    assert refused(day, t(139), HUGO, DecideCheckpoint("health", Decision.PROCEED)) == "reason_needed"


def test_roll_back_is_not_an_answer_at_a_gate() -> None:
    roll = CastVote("final", "application", Answer.ROLL_BACK, WHY)
    assert refused(wait(a_launch(), t(-45)), t(-44), SAMIRA, roll) == "no_such_answer"


def test_the_decision_to_roll_back_stops_t_and_whatever_was_still_to_be_asked() -> None:
    day = play(said(asked(), Answer.ROLL_BACK), [(t(140), HUGO, DecideCheckpoint("health", Decision.ROLL_BACK, WHY))])
    assert [type(event) for event in day.events if isinstance(event, CheckpointDecided | MilestoneReached | HoldCalled)][-3:] == [
        CheckpointDecided,
        MilestoneReached,
        HoldCalled,
    ]
    assert day.launch.milestones[Reached.TURNED_BACK].person == "hugo"
    assert occurrences(wait(day, t(500))) == [(0, 120)]
    assert refused(day, t(150), HUGO, Resume()) == "turned_back"


def test_by_hand_the_next_time_is_asked_now_and_not_again_at_its_hour() -> None:
    day = play(said(asked(), Answer.GO), [(t(160), HUGO, OpenCheckpoint("health"))])
    assert occurrences(day)[-1] == (1, 160)
    assert occurrences(wait(day, t(300)))[2:] == [(2, 240), (3, 300)]
    assert refused(wait(day, t(320)), t(321), HUGO, OpenCheckpoint("health")) == "already_asked"
    assert refused(asked(), t(121), CLAIRE, OpenCheckpoint("health")) == "only_commander"
