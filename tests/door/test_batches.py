"""A batch is one transaction, and in it a copy gets the answer of the first."""

import json

from sqlalchemy import Connection

from bot.door import Door, Request
from launch.messages import CLOCK, HOUSE, SHELL, SLACK, CallHold, CastVote, WriteNote
from launch.state import Answer
from tests.days import BORN, CLAIRE, INES, SAMIRA, STRANGER, TEAM, a_plan, found_as, t, words
from tests.door.doors import Site, asks, codes, launch_in, opened, take
from tests.launch.workspaces import adding

APP_GO = CastVote("final", "application", Answer.GO)
DB_GO = CastVote("final", "database", Answer.GO)
NOTE = WriteNote(words("all quiet"))


# --- one transaction ---------------------------------------------------------------------------------------------------


def test_a_batch_is_one_commit_however_many_launches_it_changes(site: Site, by_hand: Door) -> None:
    before = by_hand.commits
    answers, changed = by_hand.take([asks(SAMIRA, APP_GO), asks(INES, DB_GO), asks(SAMIRA, APP_GO, "tills"), asks(STRANGER, APP_GO)])
    assert codes(answers) == [None, None, None, "not_named"]
    assert changed == {(TEAM, "corvane"), (TEAM, "tills")}
    assert by_hand.commits == before + 1
    assert [site.record(key)[-2:] for key in ("corvane", "tills")] == [["VoteCast", "VoteCast"], ["CheckpointOpened", "VoteCast"]]


def test_each_request_of_a_batch_sees_what_came_before_it(by_hand: Door) -> None:
    answers = take(by_hand, asks(CLAIRE, CallHold(words("disk full"))), asks(CLAIRE, CallHold(words("disk full"))), asks(CLAIRE, None))
    assert codes(answers) == [None, "already_held", None]
    assert answers[0].value == answers[2].value == launch_in(by_hand)


def test_rows_of_the_caller_are_part_of_the_transaction(site: Site, by_hand: Door) -> None:
    def settle(tx: Connection) -> str:
        tx.exec_driver_sql("INSERT INTO workspaces VALUES ('T1', 'Corvane', '', '', '')")
        return "settled"

    refused = take(by_hand, asks(STRANGER, APP_GO, also=settle))[0]
    assert (refused.result, codes([refused])) == ("settled", ["not_named"])
    assert site.rows("SELECT name FROM workspaces") == [("Corvane",)]
    twice = take(by_hand, asks(SAMIRA, APP_GO, also=settle))[0]
    assert codes([twice]) == ["failed"], "its rows are there already: then nothing of it counts"
    assert site.record()[-1] == "CheckpointOpened"


def test_each_entry_names_the_version_of_the_plan_it_happened_under(site: Site, by_hand: Door) -> None:
    site.set_clock(BORN)
    guest, staff = asks(SLACK, found_as("ines", is_guest=True)), asks(SLACK, found_as("ines"))
    assert codes(take(by_hand, guest, asks(SHELL, adding(a_plan(language="en")), HOUSE), staff)) == [None, None, None]
    entries = site.rows("SELECT kind, plan_version FROM timeline WHERE launch_id = 'corvane' ORDER BY seq DESC LIMIT 3")
    assert entries == [("MemberFound", 2), ("PlanRevised", 2), ("MemberFound", 1)]


def test_notices_and_errands_are_rows_of_the_same_transaction(site: Site, by_hand: Door) -> None:
    site.set_clock(t(-500))
    before = dict(site.rows("SELECT kind, count(*) FROM outbox GROUP BY kind"))
    assert before["find_person"] == 2 * len([person for person in a_plan().people.values() if person.mail])
    take(by_hand, asks(CLOCK, None), asks(CLOCK, None))
    after = dict(site.rows("SELECT kind, count(*) FROM outbox GROUP BY kind"))
    assert after["create_room"] == 1
    take(by_hand, asks(CLAIRE, NOTE, request_id="r1"), asks(CLAIRE, NOTE, request_id="r1"))
    (key, body), *more = site.rows("SELECT key, body FROM outbox WHERE kind = 'notice'")
    assert (len(key), more) == (24, [])
    assert "all quiet" in json.loads(body)["text"]


# --- copies ------------------------------------------------------------------------------------------------------------


def test_a_copy_in_the_same_batch_gets_the_same_answer_and_changes_nothing(site: Site, by_hand: Door) -> None:
    first, again, other = take(by_hand, *[asks(CLAIRE, NOTE, request_id="r1")] * 2, asks(CLAIRE, NOTE, request_id="r2"))
    assert first is again
    assert codes([first, other]) == [None, None]
    assert site.record().count("NoteWritten") == 2
    assert [name for (name,) in site.rows("SELECT id FROM seen ORDER BY id")] == ["r1", "r2"]


async def test_a_copy_after_a_restart_gets_the_same_yes_and_changes_nothing(site: Site, by_hand: Door) -> None:
    take(by_hand, asks(CLAIRE, NOTE, request_id="r1"))
    by_hand.stop()
    before = site.tables()
    async with opened(site.door(inline=True)) as again:
        assert codes(take(again, asks(CLAIRE, NOTE, request_id="r1"))) == [None]
    assert site.tables() == before


def test_a_copy_of_a_no_gets_the_same_no_though_the_launch_has_moved_on(site: Site, by_hand: Door) -> None:
    vote = asks(SAMIRA, APP_GO, request_id="r1")
    site.set_clock(t(-50))
    early = take(by_hand, vote)[0]
    site.set_clock(t(-40))
    late = take(by_hand, vote)[0]
    for answer in (early, late):
        assert answer.refused
        assert (answer.refused.code, answer.refused.facts) == ("not_asked_yet", {"checkpoint": "final"})
    assert "VoteCast" not in site.record()
    assert site.record()[-1] == "CheckpointOpened", "what was overdue is no part of the answer"


def test_the_same_id_in_another_workspace_is_another_request(site: Site, by_hand: Door) -> None:
    take(by_hand, asks(CLAIRE, NOTE, request_id="r1"))
    assert codes(take(by_hand, Request(("T2", "corvane"), NOTE, CLAIRE, "r1"))) == ["not_by_you"]
    assert len(site.rows("SELECT id FROM seen")) == 2


def test_requests_without_an_id_are_never_taken_for_copies(site: Site, by_hand: Door) -> None:
    take(by_hand, *[asks(CLAIRE, NOTE)] * 3)
    assert site.record().count("NoteWritten") == 3
    assert site.rows("SELECT id FROM seen") == []
