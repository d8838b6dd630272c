"""A question of one's own: put by the commander on the day, asked at once, answered and counted like the others."""

from launch import game
from launch.messages import AskAgain, CastVote, CheckpointOpened, PutQuestion, QuestionPut
from launch.plan import CheckpointKind
from launch.state import Answer, Outcome, Phase
from tests.days import CLAIRE, INES, JULIE, SAMIRA, Day, a_checkpoint, a_launch, a_plan, minutes, play, refused, t, wait, words

MAY_WE = words("May we restart the tills in Lyon?")
PUT = PutQuestion(MAY_WE, ("application", "comms"), minutes(5))


def put() -> Day:
    return play(a_launch(), [(t(-100), CLAIRE, PUT)])


def said(application: Answer | None, comms: Answer | None) -> Day:
    votes = [(SAMIRA, "application", application), (JULIE, "comms", comms)]
    why = words("they are full of people")
    day = play(put(), [(t(-99), by, CastVote("question_1", role, answer, why)) for by, role, answer in votes if answer])
    return wait(day, t(-92))


def test_it_is_asked_at_once_in_its_own_words() -> None:
    day = put()
    assert day.events[-2:] == [
        QuestionPut("question_1", MAY_WE, ("application", "comms"), minutes(5), "claire"),
        CheckpointOpened("question_1", 1),
    ]
    checkpoint = day.launch.checkpoints["question_1"]
    assert (checkpoint.kind, checkpoint.answer, str(checkpoint.question.to("fr") if checkpoint.question else "")) == (
        CheckpointKind.AD_HOC,
        minutes(5),
        MAY_WE.text,
    )
    assert [ask.person for ask in game.asks(day.launch)] == ["samira", "julie"]


def test_questions_are_counted_and_take_no_name_of_the_plan() -> None:
    twice = play(put(), [(t(-90), CLAIRE, PUT)])
    assert list(twice.launch.questions) == ["question_1", "question_2"]
    taken = play(a_launch(a_plan(a_checkpoint("question_1", -45, "application"))), [(t(-100), CLAIRE, PUT)])
    assert list(taken.launch.questions) == ["question_2"]


def test_only_the_commander_asks_and_says_what_whom_and_for_how_long() -> None:
    assert refused(a_launch(), t(-100), SAMIRA, PUT) == "only_commander"
    assert refused(a_launch(), t(-100), CLAIRE, PutQuestion(words(" "), ("comms",), minutes(5))) == "question_needed"
    assert refused(a_launch(), t(-100), CLAIRE, PutQuestion(MAY_WE, (), minutes(5))) == "roles_needed"
    assert refused(a_launch(), t(-100), CLAIRE, PutQuestion(MAY_WE, ("shops",), minutes(5))) == "no_such_role"
    assert refused(a_launch(), t(-100), CLAIRE, PutQuestion(MAY_WE, ("comms",), minutes(0))) == "minutes_needed"


def test_yes_from_all_is_the_end_of_it() -> None:
    poll = said(Answer.GO, Answer.GO).launch.polls["question_1"]
    assert (poll.phase, poll.outcome) == (Phase.DECIDED, Outcome.GO)


def test_a_no_or_silence_of_a_blocking_role_goes_to_the_commander() -> None:
    assert said(Answer.NO_GO, Answer.GO).launch.polls["question_1"].outcome is Outcome.NO_GO
    silent = said(None, Answer.GO)
    assert silent.launch.polls["question_1"].outcome is Outcome.UNKNOWN
    assert [ask.person for ask in game.asks(silent.launch) if ask.subject == "decision:question_1"] == ["claire"]


def test_it_may_be_asked_again_and_no_clock_ever_asks_it() -> None:
    day = play(said(Answer.NO_GO, Answer.GO), [(t(-90), CLAIRE, AskAgain("question_1"))])
    assert day.launch.polls["question_1"].round == 2
    assert refused(day, t(-89), INES, CastVote("question_1", "database", Answer.GO)) == "role_not_asked"
    assert len(wait(day, t(-50)).told(CheckpointOpened)) == 2
