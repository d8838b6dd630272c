"""A batch is one transaction. In it nobody pays for another's fault, and a copy gets the answer of the first."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import Connection
from structlog.typing import EventDict

from bot.door import Answer, Door, Request
from launch import game
from launch.authority import AUTHORITY, Who
from launch.messages import (
    CLOCK,
    HOUSE,
    SHELL,
    SLACK,
    Actor,
    CallHold,
    CastVote,
    Command,
    Deadline,
    Event,
    NoteWritten,
    RemindSilent,
    Then,
    VoteCast,
    WriteNote,
)
from launch.state import Answer as Said
from launch.state import Launch
from tests.days import BORN, CLAIRE, DANIEL, INES, JULIE, SAMIRA, STRANGER, TEAM, a_plan, found_as, t, words
from tests.door.doors import Site, bring_in, launch_in
from tests.launch.workspaces import adding

Logs = list[EventDict]
APP_GO = CastVote("final", "application", Said.GO)
DB_GO = CastVote("final", "database", Said.GO)
COMMS_GO = CastVote("final", "comms", Said.GO)
NOTE = WriteNote(words("all quiet"))


@pytest.fixture
async def door(site: Site) -> Iterator[Door]:
    """A door whose batches the test makes itself, with two launches behind it, at the hour when both ask their question."""
    door = site.door(inline=True)
    door.start()
    await bring_in(door, a_plan(), a_plan(key="tills"))
    site.set_clock(t(-44))
    yield door
    door.stop()


def asks(by: Actor, command: Command | None, key: str = "corvane", request_id: str | None = None, **also: Any) -> Request:
    return Request((TEAM, key), command, by, request_id, **also)


def take(door: Door, *requests: Request) -> list[Answer]:
    return door.take(list(requests))[0]


def codes(answers: list[Answer]) -> list[str | None]:
    """The no of each answer; "failed" for a fault of ours, None for a yes."""
    return ["failed" if each.failure else each.refused.code if each.refused else None for each in answers]


# --- one transaction ---------------------------------------------------------------------------------------------------


def test_a_batch_is_one_commit_however_many_launches_it_changes(site: Site, door: Door) -> None:
    before = door.commits
    answers, changed = door.take([asks(SAMIRA, APP_GO), asks(INES, DB_GO), asks(SAMIRA, APP_GO, "tills"), asks(STRANGER, APP_GO)])
    assert codes(answers) == [None, None, None, "not_named"]
    assert changed == {(TEAM, "corvane"), (TEAM, "tills")}
    assert door.commits == before + 1
    assert [site.record(key)[-2:] for key in ("corvane", "tills")] == [["VoteCast", "VoteCast"], ["CheckpointOpened", "VoteCast"]]


def test_each_request_of_a_batch_sees_what_came_before_it(door: Door) -> None:
    answers = take(door, asks(CLAIRE, CallHold(words("disk full"))), asks(CLAIRE, CallHold(words("disk full"))), asks(CLAIRE, None))
    assert codes(answers) == [None, "already_held", None]
    assert answers[0].value == answers[2].value == launch_in(door)


def test_rows_of_the_caller_are_part_of_the_transaction(site: Site, door: Door) -> None:
    def settle(tx: Connection) -> str:
        tx.exec_driver_sql("INSERT INTO workspaces VALUES ('T1', 'Corvane', '', '', '')")
        return "settled"

    refused = take(door, asks(STRANGER, APP_GO, also=settle))[0]
    assert (refused.result, codes([refused])) == ("settled", ["not_named"])
    assert site.rows("SELECT name FROM workspaces") == [("Corvane",)]
    twice = take(door, asks(SAMIRA, APP_GO, also=settle))[0]
    assert codes([twice]) == ["failed"], "its rows are there already: then nothing of it counts"
    assert site.record()[-1] == "CheckpointOpened"


def test_each_entry_names_the_version_of_the_plan_it_happened_under(site: Site, door: Door) -> None:
    site.set_clock(BORN)
    guest, staff = asks(SLACK, found_as("ines", is_guest=True)), asks(SLACK, found_as("ines"))
    assert codes(take(door, guest, asks(SHELL, adding(a_plan(language="en")), HOUSE), staff)) == [None, None, None]
    entries = site.rows("SELECT kind, plan_version FROM timeline WHERE launch_id = 'corvane' ORDER BY seq DESC LIMIT 3")
    assert entries == [("MemberFound", 2), ("PlanRevised", 2), ("MemberFound", 1)]


def test_notices_and_errands_are_rows_of_the_same_transaction(site: Site, door: Door) -> None:
    site.set_clock(t(-500))
    before = dict(site.rows("SELECT kind, count(*) FROM outbox GROUP BY kind"))
    assert before["find_person"] == 2 * len([person for person in a_plan().people.values() if person.mail])
    take(door, asks(CLOCK, None), asks(CLOCK, None))
    after = dict(site.rows("SELECT kind, count(*) FROM outbox GROUP BY kind"))
    assert after["create_room"] == 1
    take(door, asks(CLAIRE, NOTE, request_id="r1"), asks(CLAIRE, NOTE, request_id="r1"))
    (key, body), *more = site.rows("SELECT key, body FROM outbox WHERE kind = 'notice'")
    assert (len(key), more) == (24, [])
    assert "all quiet" in json.loads(body)["text"]


# --- copies ------------------------------------------------------------------------------------------------------------


def test_a_copy_in_the_same_batch_gets_the_same_answer_and_changes_nothing(site: Site, door: Door) -> None:
    first, again, other = take(door, *[asks(CLAIRE, NOTE, request_id="r1")] * 2, asks(CLAIRE, NOTE, request_id="r2"))
    assert first is again
    assert codes([first, other]) == [None, None]
    assert site.record().count("NoteWritten") == 2
    assert [name for (name,) in site.rows("SELECT id FROM seen ORDER BY id")] == ["r1", "r2"]


def test_a_copy_after_a_restart_gets_the_same_yes_and_changes_nothing(site: Site, door: Door) -> None:
    take(door, asks(CLAIRE, NOTE, request_id="r1"))
    door.stop()
    before = site.tables()
    again = site.door(inline=True)
    again.start()
    assert codes(take(again, asks(CLAIRE, NOTE, request_id="r1"))) == [None]
    again.stop()
    assert site.tables() == before
    door.start()


def test_a_copy_of_a_no_gets_the_same_no_though_the_launch_has_moved_on(site: Site, door: Door) -> None:
    vote = asks(SAMIRA, APP_GO, request_id="r1")
    site.set_clock(t(-50))
    early = take(door, vote)[0]
    site.set_clock(t(-40))
    late = take(door, vote)[0]
    for answer in (early, late):
        assert answer.refused
        assert (answer.refused.code, answer.refused.facts) == ("not_asked_yet", {"checkpoint": "final"})
    assert "VoteCast" not in site.record()
    assert site.record()[-1] == "CheckpointOpened", "what was overdue is no part of the answer"


def test_the_same_id_in_another_workspace_is_another_request(site: Site, door: Door) -> None:
    take(door, asks(CLAIRE, NOTE, request_id="r1"))
    assert codes(take(door, Request(("T2", "corvane"), NOTE, CLAIRE, "r1"))) == ["not_by_you"]
    assert len(site.rows("SELECT id FROM seen")) == 2


def test_requests_without_an_id_are_never_taken_for_copies(site: Site, door: Door) -> None:
    take(door, *[asks(CLAIRE, NOTE)] * 3)
    assert site.record().count("NoteWritten") == 3
    assert site.rows("SELECT id FROM seen") == []


# --- faults ------------------------------------------------------------------------------------------------------------


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
def test_of_a_decision_that_fails_late_nothing_is_left_in_the_batch(site: Site, door: Door, logs: Logs) -> None:
    assert codes(take(door, asks(CLAIRE, NOTE), asks(CLAIRE, Derail()), asks(CLAIRE, NOTE))) == [None, "failed", None]
    assert [line["event"] for line in logs] == ["decision_failed"], "and nobody had to be tried alone"
    assert site.record()[-2:] == ["NoteWritten", "NoteWritten"]


@pytest.mark.usefixtures("stumbling")
def test_a_fault_in_one_rule_costs_the_others_nothing(site: Site, door: Door, logs: Logs) -> None:
    answers = take(door, asks(SAMIRA, APP_GO), asks(CLAIRE, Stumble(), request_id="r1"), asks(INES, DB_GO))
    assert codes(answers) == [None, "failed", None]
    assert site.record()[-3:] == ["CheckpointOpened", "VoteCast", "VoteCast"]
    assert site.rows("SELECT id FROM seen") == [], "a copy of it is tried again"
    (told,) = [line for line in logs if line["log_level"] == "error"]
    assert (told["event"], told["reference"], told["launch"]) == ("decision_failed", answers[1].failure, (TEAM, "corvane"))


def before_the_question(site: Site, door: Door) -> None:
    """Nothing is overdue, and what somebody with a database shell does now is not mended by what comes before the question."""
    site.set_clock(t(-50))
    take(door, asks(CLOCK, None), asks(CLOCK, None, "tills"))


def break_tills(site: Site, door: Door) -> None:
    """A state that a rule stumbles over: for the database there is no row at all, not even one that says nobody."""
    before_the_question(site, door)
    site.run("DELETE FROM duty WHERE launch_id = 'tills' AND role = 'database'")
    site.set_clock(t(-44))


def test_a_launch_whose_state_is_broken_costs_the_others_nothing(site: Site, door: Door, logs: Logs) -> None:
    break_tills(site, door)
    answers = take(door, asks(INES, DB_GO), asks(INES, DB_GO, "tills"), asks(SAMIRA, APP_GO))
    assert codes(answers) == [None, "not_asked_yet", None]
    assert site.record()[-2:] == ["VoteCast", "VoteCast"]
    (told,) = [line for line in logs if line["event"] == "deadline_failed"]
    assert (told["launch"], told["deadline"]) == ((TEAM, "tills"), "checkpoint:final")


def test_a_deadline_that_fails_is_told_once_and_left_aside(site: Site, door: Door, logs: Logs) -> None:
    """The rest of that launch goes on: it writes notes and its clock stops at the guarded step."""
    break_tills(site, door)
    for _ in range(3):
        take(door, asks(CLOCK, None, "tills"))
    assert codes(take(door, asks(CLAIRE, NOTE, "tills"))) == [None]
    site.set_clock(t(-20))
    take(door, asks(CLOCK, None, "tills"))
    assert [line["event"] for line in logs] == ["deadline_failed"]
    assert site.record("tills")[-2:] == ["NoteWritten", "HoldCalled"]


def test_a_deadline_that_stays_due_is_told_once_and_left_aside(door: Door, logs: Logs) -> None:
    game.DUE, rules = (*game.DUE, lambda launch: iter([IDLE])), game.DUE
    try:
        for _ in range(3):
            assert codes(take(door, asks(CLAIRE, NOTE))) == [None]
    finally:
        game.DUE = rules
    assert [(line["event"], line["deadline"]) for line in logs] == [("deadline_stays_due", "idle")]


def test_a_launch_that_cannot_be_read_costs_the_others_nothing(site: Site, door: Door, logs: Logs) -> None:
    site.run("UPDATE launches SET t0 = 'tomorrow' WHERE id = 'tills'")
    answers = take(door, asks(SAMIRA, APP_GO), asks(SAMIRA, APP_GO, "tills"), asks(INES, DB_GO))
    assert codes(answers) == [None, "failed", None]
    assert {line["event"] for line in logs} == {"launch_unreadable", "batch_failed", "write_failed"}
    assert [launch.id for launch in door.launches(TEAM)] == ["corvane"]
    site.run("UPDATE launches SET t0 = '2027-03-16T03:30:00.000000+00:00' WHERE id = 'tills'")
    assert codes(take(door, asks(SAMIRA, APP_GO, "tills"))) == [None], "once it is mended it is there again"


# --- when it cannot be written -----------------------------------------------------------------------------------------

REFUSING = "CREATE TRIGGER refusing BEFORE INSERT ON votes WHEN new.launch_id = 'tills' BEGIN SELECT RAISE(ABORT, 'no room'); END"


def test_what_cannot_be_written_is_tried_alone(site: Site, door: Door, logs: Logs) -> None:
    site.run(REFUSING)
    answers, changed = door.take([asks(SAMIRA, APP_GO), asks(SAMIRA, APP_GO, "tills", "r1"), asks(INES, DB_GO), asks(STRANGER, APP_GO)])
    assert codes(answers) == [None, "failed", None, "not_named"]
    assert (TEAM, "corvane") in changed
    assert site.record()[-2:] == ["VoteCast", "VoteCast"]
    assert "CheckpointOpened" not in site.record("tills")
    (told,) = [line for line in logs if line["event"] == "write_failed"]
    assert (told["reference"], told["command"]) == (answers[1].failure, "CastVote")


def test_nothing_of_what_could_not_be_written_stays_in_memory(site: Site, door: Door) -> None:
    site.run(REFUSING)
    assert codes(take(door, asks(SAMIRA, APP_GO, "tills", "r1"))) == ["failed"]
    assert launch_in(door, "tills").votes == {}
    site.run("DROP TRIGGER refusing")
    answer = take(door, asks(SAMIRA, APP_GO, "tills", "r1"))[0]
    assert [type(fact.event) for fact in answer.facts] == [VoteCast]
    assert set(launch_in(door, "tills").votes) == {("final", 1, "application")}


def test_a_full_disk_is_told_to_each_and_forgotten_when_there_is_room_again(site: Site, door: Door) -> None:
    (pages,) = take(door, Request(None, None, None, also=lambda tx: tx.exec_driver_sql("PRAGMA page_count").scalar_one()))
    take(door, Request(None, None, None, also=lambda tx: tx.exec_driver_sql(f"PRAGMA max_page_count = {pages.result}").scalar_one()))
    long = WriteNote(words("all quiet " * 5000))
    assert codes(take(door, asks(CLAIRE, long), asks(STRANGER, APP_GO), asks(DANIEL, long))) == ["failed", "not_named", "failed"]
    take(door, Request(None, None, None, also=lambda tx: tx.exec_driver_sql("PRAGMA max_page_count = 1000000").scalar_one()))
    assert codes(take(door, asks(CLAIRE, long), asks(JULIE, COMMS_GO))) == [None, None]
    assert site.record()[-2:] == ["NoteWritten", "VoteCast"]
    assert len(site.record()) == launch_in(door).seq


def test_a_write_of_the_caller_that_fails_is_undone_and_costs_the_others_nothing(site: Site, door: Door) -> None:
    def fail(tx: Connection) -> None:
        tx.exec_driver_sql("DELETE FROM votes")
        raise ValueError("after all not")

    answers = take(door, asks(SAMIRA, APP_GO), Request(None, None, None, also=fail), asks(INES, DB_GO))
    assert codes(answers) == [None, "failed", None]
    assert len(site.rows("SELECT * FROM votes")) == 2


def test_what_was_written_after_all_though_it_failed_is_found(site: Site, door: Door) -> None:
    """The disk took it, and then something broke: what the door had in memory is no longer what stands there."""

    def break_after_commit(tx: Connection) -> None:
        tx.exec_driver_sql("COMMIT")
        raise OSError("the disk is gone")

    assert codes(take(door, asks(CLAIRE, NOTE, also=break_after_commit))) == ["failed"]
    assert site.record()[-1] == "NoteWritten"
    assert codes(take(door, asks(SAMIRA, APP_GO))) == [None]
    assert site.record()[-2:] == ["NoteWritten", "VoteCast"]
    assert launch_in(door).seq == len(site.record())
