"""People on the bridge say their answer: somebody writes it down, and its giver can say that it is not what they said."""

from dataclasses import replace

from launch.messages import CastVote, DisputeVote, RecordVote, VoteCast, VoteDisputed
from launch.state import Answer, Outcome
from tests.days import CLAIRE, HUGO, INES, JULIE, ROLES, SAMIRA, Day, a_checkpoint, a_launch, a_plan, play, refused, t, wait, words

GO, NO_GO = Answer.GO, Answer.NO_GO
APP = RecordVote("final", "application", GO)
NOT_SAID = DisputeVote("final", 1, "application")


def asked() -> Day:
    return wait(a_launch(), t(-45))


def test_the_commander_writes_down_what_was_said() -> None:
    day = play(asked(), [(t(-44), CLAIRE, APP)])
    assert day.events[-1] == VoteCast("final", 1, "application", "samira", GO, recorded_by="claire")
    vote = day.launch.votes["final", 1, "application"]
    assert (vote.person, vote.recorded_by) == ("samira", "claire")


def test_so_does_a_scribe_and_nobody_else() -> None:
    assert refused(asked(), t(-44), JULIE, APP) == "only_scribe"
    plan = a_plan(roles={**ROLES, "comms": replace(ROLES["comms"], scribe=True)})
    assert play(wait(a_launch(plan), t(-45)), [(t(-44), JULIE, APP)]).launch.votes["final", 1, "application"].recorded_by == "julie"


def test_what_one_records_of_oneself_is_ones_own_answer() -> None:
    plan = a_plan(roles={**ROLES, "application": replace(ROLES["application"], scribe=True)})
    day = play(wait(a_launch(plan), t(-45)), [(t(-44), SAMIRA, APP)])
    assert day.launch.votes["final", 1, "application"].recorded_by is None


def test_a_no_needs_its_reason_also_when_it_is_spoken() -> None:
    assert refused(asked(), t(-44), CLAIRE, RecordVote("final", "application", NO_GO)) == "reason_needed"
    assert refused(asked(), t(-44), CLAIRE, RecordVote("final", "qa", GO)) == "role_not_asked"


def test_nobody_is_quoted_while_nobody_is_on_duty() -> None:
    day = wait(a_launch(a_plan(a_checkpoint("late", 200, "application qa"))), t(200))
    assert refused(day, t(201), HUGO, RecordVote("late", "qa", GO)) == "nobody_on_duty"


def test_not_what_i_said_takes_it_away_until_the_count() -> None:
    day = play(asked(), [(t(-44), CLAIRE, APP), (t(-43), SAMIRA, NOT_SAID)])
    assert day.events[-1] == VoteDisputed("final", 1, "application", "samira")
    assert "application" in day.launch.silent(day.launch.polls["final"])
    assert refused(day, t(-42), SAMIRA, NOT_SAID) == "not_your_words"


def test_after_the_count_it_is_marked_and_the_count_stands() -> None:
    votes = [(t(-43), INES, CastVote("final", "database", GO)), (t(-42), JULIE, CastVote("final", "comms", GO))]
    day = play(asked(), [(t(-44), CLAIRE, APP), *votes, (t(-41), SAMIRA, NOT_SAID)])
    assert day.launch.polls["final"].outcome is Outcome.GO
    assert day.launch.votes["final", 1, "application"].is_disputed
    assert len(play(day, [(t(-40.5), SAMIRA, NOT_SAID)]).told(VoteDisputed)) == 1


def test_ones_own_answer_is_changed_and_not_disputed() -> None:
    day = play(asked(), [(t(-44), SAMIRA, CastVote("final", "application", GO))])
    assert refused(day, t(-43), SAMIRA, NOT_SAID) == "not_your_words"
    spoken = play(asked(), [(t(-44), CLAIRE, APP)])
    assert refused(spoken, t(-43), INES, NOT_SAID) == "not_your_words"
    changed = play(spoken, [(t(-43), SAMIRA, CastVote("final", "application", NO_GO, words("tills refuse")))])
    assert changed.launch.votes["final", 1, "application"].recorded_by is None
