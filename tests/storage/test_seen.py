"""Requests that were answered: a copy is recognised for 48 hours, in its own workspace."""

from datetime import timedelta

from sqlalchemy import Connection, Engine

from storage import seen
from tests.days import t

NOON = t(0)


def a_row(name: str, hours: float = 0, team: str = "T1", **no: object) -> dict[str, object]:
    """The row of a yes; a no has `code` and `facts`."""
    asked = {"launch_id": "corvane", "at": NOON + timedelta(hours=hours), "by": "UINES", "command": "CastVote"}
    return {"team_id": team, "id": name, **asked, "code": None, "facts": None, **no}


def ids(tx: Connection, *names: str, team: str = "T1") -> list[str]:
    return sorted(seen.answered(tx, team, names))


def test_an_answer_is_found_with_its_no_and_what_the_no_said(engine: Engine) -> None:
    no = a_row("r2", code="not_your_vote", facts={"role": "database", "person": "ines"})
    with engine.begin() as tx:
        seen.remember(tx, [a_row("r1"), no, a_row("r1", team="T2")])
        found = seen.answered(tx, "T1", ["r1", "r2", "r3"])
    assert found == {"r1": a_row("r1"), "r2": no}


def test_the_first_answer_counts(engine: Engine) -> None:
    with engine.begin() as tx:
        seen.remember(tx, [a_row("r1")])
        seen.remember(tx, [a_row("r1", hours=1, code="launch_closed")])
        assert seen.answered(tx, "T1", ["r1"])["r1"]["code"] is None


def test_after_48_hours_it_is_forgotten(engine: Engine) -> None:
    with engine.begin() as tx:
        seen.remember(tx, [a_row("old", hours=-48.01), a_row("edge", hours=-48), a_row("new")])
        assert seen.sweep(tx, NOON) == 1
        assert ids(tx, "old", "edge", "new") == ["edge", "new"]


def test_a_full_batch_of_requests_is_looked_up_at_once(engine: Engine) -> None:
    names = [f"r{number}" for number in range(512)]
    with engine.begin() as tx:
        seen.remember(tx, [a_row(name) for name in names])
        assert ids(tx, *names) == sorted(names)
        assert ids(tx) == []
