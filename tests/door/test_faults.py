"""In a batch nobody pays for a fault that another's launch, rule or row has; of what failed nothing is left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import Connection
from structlog.typing import EventDict

from bot.door import Door, Request
from launch import game
from launch.authority import AUTHORITY, Who
from launch.messages import CLOCK, Actor, CastVote, Command, Deadline, Event, NoteWritten, RemindSilent, Then, VoteCast, WriteNote
from launch.state import Answer, Launch
from tests.days import CLAIRE, DANIEL, INES, JULIE, SAMIRA, STRANGER, TEAM, t, words
from tests.door.doors import Site, asks, codes, launch_in, take

pytestmark = pytest.mark.slow

Logs = list[EventDict]
APP_GO = CastVote("final", "application", Answer.GO)
DB_GO = CastVote("final", "database", Answer.GO)
COMMS_GO = CastVote("final", "comms", Answer.GO)
NOTE = WriteNote(words("all quiet"))


# --- a rule or a state with a fault ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stumble(Command):
    """A command whose rule has a fault, after it has said that something happened."""


def stumble(command: Stumble, launch: Launch, by: Actor, at: object) -> Iterator[Event | Then]:
    yield NoteWritten("claire", words("half-way"))
    raise ZeroDivisionError("a fault in a rule")


@dataclass(frozen=True, slots=True)
class Derail(Command):
    """A command after which the launch is such that nobody can say what it waits for."""


@dataclass(frozen=True, slots=True)
class Derailed(Event):
    pass


RULES: dict[type[Command], Any] = {Stumble: stumble, Derail: lambda command, launch, by, at: [Derailed()]}
IDLE = Deadline("idle", t(-44), RemindSilent("final", 7))
"""Of a round that never comes: it leaves everything as it is, also that it is due."""


@pytest.fixture
def stumbling() -> Iterator[None]:
    """Rules with faults, beside ours."""
    game.DECISIONS.update(RULES)
    AUTHORITY.update(dict.fromkeys(RULES, (Who.NAMED,)))
    game.FOLDS[Derailed] = lambda launch, fact, event: replace(launch, t0=None)
    yield
    for kind in RULES:
        del game.DECISIONS[kind], AUTHORITY[kind]
    del game.FOLDS[Derailed]


@pytest.mark.usefixtures("stumbling")
def test_of_a_decision_that_fails_late_nothing_is_left_in_the_batch(site: Site, by_hand: Door, logs: Logs) -> None:
    assert codes(take(by_hand, asks(CLAIRE, NOTE), asks(CLAIRE, Derail()), asks(CLAIRE, NOTE))) == [None, "failed", None]
    assert [line["event"] for line in logs] == ["decision_failed"], "and nobody had to be tried alone"
    assert site.record()[-2:] == ["NoteWritten", "NoteWritten"]


@pytest.mark.usefixtures("stumbling")
def test_a_fault_in_one_rule_costs_the_others_nothing(site: Site, by_hand: Door, logs: Logs) -> None:
    answers = take(by_hand, asks(SAMIRA, APP_GO), asks(CLAIRE, Stumble(), request_id="r1"), asks(INES, DB_GO))
    assert codes(answers) == [None, "failed", None]
    assert site.record()[-3:] == ["CheckpointOpened", "VoteCast", "VoteCast"]
    assert site.rows("SELECT id FROM seen") == [], "a copy of it is tried again"
    (told,) = [line for line in logs if line["log_level"] == "error"]
    assert (told["event"], told["reference"], told["launch"]) == ("decision_failed", answers[1].failure, (TEAM, "corvane"))


def before_the_question(site: Site, by_hand: Door) -> None:
    """Nothing is overdue, and what somebody with a database shell does now is not mended by what comes before the question."""
    site.set_clock(t(-50))
    take(by_hand, asks(CLOCK, None), asks(CLOCK, None, "tills"))


def break_tills(site: Site, by_hand: Door) -> None:
    """A state that a rule stumbles over: for the database there is no row at all, not even one that says nobody. It is asked for none the
    less, and half of the time to answer is over."""
    before_the_question(site, by_hand)
    site.run("DELETE FROM duty WHERE launch_id = 'tills' AND role = 'database'")
    site.set_clock(t(-44))
    take(by_hand, asks(CLOCK, None), asks(CLOCK, None, "tills"))
    site.set_clock(t(-39))


def test_a_launch_whose_state_is_broken_costs_the_others_nothing(site: Site, by_hand: Door, logs: Logs) -> None:
    break_tills(site, by_hand)
    answers = take(by_hand, asks(INES, DB_GO), asks(INES, DB_GO, "tills"), asks(SAMIRA, APP_GO), asks(SAMIRA, APP_GO, "tills"))
    assert codes(answers) == [None, "failed", None, None]
    assert site.record()[-3:] == ["SilentReminded", "VoteCast", "VoteCast"]
    assert site.record("tills")[-2:] == ["CheckpointOpened", "VoteCast"]
    told, failed = logs
    assert (told["event"], told["launch"], told["deadline"]) == ("deadline_failed", (TEAM, "tills"), "remind:final:1:0")
    assert (failed["event"], failed["launch"], failed["reference"]) == ("decision_failed", (TEAM, "tills"), answers[1].failure)


def failures(logs: Logs) -> list[tuple[str, str]]:
    """What was told, and of which deadline."""
    return [(line["event"], line["deadline"]) for line in logs]


def test_a_deadline_that_fails_is_told_once_and_left_aside(site: Site, by_hand: Door, logs: Logs) -> None:
    """The rest of that launch goes on: it writes notes, comes to the next deadline, and its clock stops at the guarded step."""
    break_tills(site, by_hand)
    for _ in range(3):
        take(by_hand, asks(CLOCK, None, "tills"))
    assert failures(logs) == [("deadline_failed", "remind:final:1:0")]
    assert codes(take(by_hand, asks(CLAIRE, NOTE, "tills"))) == [None]
    site.set_clock(t(-20))
    for _ in range(3):
        take(by_hand, asks(CLOCK, None, "tills"))
    assert failures(logs) == [("deadline_failed", "remind:final:1:0"), ("deadline_failed", "answer:final:1:0")]
    assert site.record("tills")[-2:] == ["NoteWritten", "HoldCalled"]


def test_a_deadline_that_stays_due_is_told_once_and_left_aside(by_hand: Door, logs: Logs) -> None:
    game.DUE, rules = (*game.DUE, lambda launch: iter([IDLE])), game.DUE
    try:
        for _ in range(3):
            assert codes(take(by_hand, asks(CLAIRE, NOTE))) == [None]
    finally:
        game.DUE = rules
    assert failures(logs) == [("deadline_stays_due", "idle")]


def test_a_launch_that_cannot_be_read_costs_the_others_nothing(site: Site, by_hand: Door, logs: Logs) -> None:
    site.run("UPDATE launches SET t0 = 'tomorrow' WHERE id = 'tills'")
    answers = take(by_hand, asks(SAMIRA, APP_GO), asks(SAMIRA, APP_GO, "tills"), asks(INES, DB_GO))
    assert codes(answers) == [None, "failed", None]
    assert {line["event"] for line in logs} == {"launch_unreadable", "batch_failed", "write_failed"}
    assert [launch.id for launch in by_hand.launches(TEAM)] == ["corvane"]
    site.run("UPDATE launches SET t0 = '2027-03-16T03:30:00.000000+00:00' WHERE id = 'tills'")
    assert codes(take(by_hand, asks(SAMIRA, APP_GO, "tills"))) == [None], "once it is mended it is there again"


# --- when it cannot be written -----------------------------------------------------------------------------------------

REFUSING = "CREATE TRIGGER refusing BEFORE INSERT ON votes WHEN new.launch_id = 'tills' BEGIN SELECT RAISE(ABORT, 'no room'); END"


def test_what_cannot_be_written_is_tried_alone(site: Site, by_hand: Door, logs: Logs) -> None:
    site.run(REFUSING)
    answers, changed = by_hand.take([asks(SAMIRA, APP_GO), asks(SAMIRA, APP_GO, "tills", "r1"), asks(INES, DB_GO), asks(STRANGER, APP_GO)])
    assert codes(answers) == [None, "failed", None, "not_named"]
    assert (TEAM, "corvane") in changed
    assert site.record()[-2:] == ["VoteCast", "VoteCast"]
    assert "CheckpointOpened" not in site.record("tills")
    (told,) = [line for line in logs if line["event"] == "write_failed"]
    assert (told["reference"], told["command"]) == (answers[1].failure, "CastVote")


def test_nothing_of_what_could_not_be_written_stays_in_memory(site: Site, by_hand: Door) -> None:
    site.run(REFUSING)
    assert codes(take(by_hand, asks(SAMIRA, APP_GO, "tills", "r1"))) == ["failed"]
    assert launch_in(by_hand, "tills").votes == {}
    site.run("DROP TRIGGER refusing")
    answer = take(by_hand, asks(SAMIRA, APP_GO, "tills", "r1"))[0]
    assert [type(fact.event) for fact in answer.facts] == [VoteCast]
    assert set(launch_in(by_hand, "tills").votes) == {("final", 1, "application")}


def test_a_full_disk_is_told_to_each_and_forgotten_when_there_is_room_again(site: Site, by_hand: Door) -> None:
    def pragma(words: str) -> int:
        (answer,) = take(by_hand, Request(None, None, None, also=lambda tx: tx.exec_driver_sql(f"PRAGMA {words}").scalar_one()))
        return int(answer.result)

    pragma(f"max_page_count = {pragma('page_count')}")
    long = WriteNote(words("all quiet " * 5000))
    assert codes(take(by_hand, asks(CLAIRE, long), asks(STRANGER, APP_GO), asks(DANIEL, long))) == ["failed", "not_named", "failed"]
    pragma("max_page_count = 1000000")
    assert codes(take(by_hand, asks(CLAIRE, long), asks(JULIE, COMMS_GO))) == [None, None]
    assert site.record()[-2:] == ["NoteWritten", "VoteCast"]
    assert len(site.record()) == launch_in(by_hand).seq


def test_a_write_of_the_caller_that_fails_is_undone_and_costs_the_others_nothing(site: Site, by_hand: Door) -> None:
    def fail(tx: Connection) -> None:
        tx.exec_driver_sql("DELETE FROM votes")
        raise ValueError("after all not")

    answers = take(by_hand, asks(SAMIRA, APP_GO), Request(None, None, None, also=fail), asks(INES, DB_GO))
    assert codes(answers) == [None, "failed", None]
    assert len(site.rows("SELECT * FROM votes")) == 2


def test_what_was_written_after_all_though_it_failed_is_found(site: Site, by_hand: Door) -> None:
    """The disk took it, and then something broke: what the door had in memory is no longer what stands there."""

    def break_after_commit(tx: Connection) -> None:
        tx.exec_driver_sql("COMMIT")
        raise OSError("the disk is gone")

    assert codes(take(by_hand, asks(CLAIRE, NOTE, also=break_after_commit))) == ["failed"]
    assert site.record()[-1] == "NoteWritten"
    assert codes(take(by_hand, asks(SAMIRA, APP_GO))) == [None]
    assert site.record()[-2:] == ["NoteWritten", "VoteCast"]
    assert launch_in(by_hand).seq == len(site.record())
