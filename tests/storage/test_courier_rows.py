"""What the courier keeps: the outbox with who claimed what, the cards as Slack has them, who we are in each workspace."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from storage import cards, outbox, workspaces
from storage.cards import CLAIMED, POSTED, Standing
from storage.outbox import Parcel

pytestmark = pytest.mark.slow


def a_notice(key: str, text: str = "Bonjour à tous", **changes: object) -> dict[str, object]:
    body = {"text": text, "blocks": [{"type": "section"}]}
    return {"team_id": "T1", "launch_id": "corvane", "key": key, "kind": "notice", "body": body, "person": None, "urgency": 1, **changes}


def posted(engine: Engine, *keys: str) -> list[Parcel]:
    with engine.begin() as tx:
        outbox.post(tx, [a_notice(key) for key in keys])
    return open_ones(engine)


def open_ones(engine: Engine, after: int = 0, most: int = 2000) -> list[Parcel]:
    with engine.begin() as tx:
        return outbox.open_parcels(tx, after, most)


def test_what_is_posted_is_carried_in_that_order(engine: Engine) -> None:
    with engine.begin() as tx:
        outbox.post(tx, [a_notice("k1"), a_notice("k2", person="ines", urgency=2, body={"errand": True})])
        outbox.post(tx, [])
    one, two = open_ones(engine)
    assert one == Parcel(one.id, "T1", "corvane", "k1", "notice", a_notice("k1")["body"], None, 1, outbox.READY, None)  # type: ignore[arg-type]
    assert (two.id > one.id, two.person, two.urgency, two.body) == (True, "ines", 2, {"errand": True})
    assert open_ones(engine, after=one.id) == [two]
    assert open_ones(engine, most=1) == [one]


def test_a_key_marks_one_post_only(engine: Engine) -> None:
    posted(engine, "k1")
    with pytest.raises(IntegrityError, match=r"outbox\.key"):
        posted(engine, "k1")


def test_a_claimed_row_stays_open_and_names_the_run_that_has_it(engine: Engine) -> None:
    one, two, three = posted(engine, "k1", "k2", "k3")
    with engine.begin() as tx:
        outbox.claim(tx, [one.id, two.id], "run-1")
        outbox.release(tx, two.id)
    assert [(parcel.state, parcel.fence) for parcel in open_ones(engine)] == [("claimed", "run-1"), ("ready", None), ("ready", None)]
    assert open_ones(engine)[2] == three


def test_what_is_settled_or_failed_is_not_carried_again(engine: Engine) -> None:
    one, two, three = posted(engine, "k1", "k2", "k3")
    with engine.begin() as tx:
        outbox.claim(tx, [one.id, two.id], "run-1")
        outbox.settle(tx, one.id, "C1", "1.1")
        outbox.fail(tx, [two.id], "channel_not_found")
    assert open_ones(engine) == [three]
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT state, channel, ts, error FROM outbox ORDER BY id").all()
    assert [tuple(row) for row in rows] == [
        ("done", "C1", "1.1", None),
        ("failed", None, None, "channel_not_found"),
        ("ready", None, None, None),
    ]


def test_a_card_is_known_by_its_subject_and_whom_it_is_for(engine: Engine) -> None:
    board = Standing("T1", "corvane", "board", "", "k1", CLAIMED, "run-1")
    ask = Standing("T1", "corvane", "ask:final", "ines", "k2", POSTED, "run-1", "D1", "1.1", "abc")
    same = replace(ask, team_id="T2"), replace(ask, launch_id="tills"), replace(ask, person="theo")
    shown = replace(board, state=POSTED, channel="C1", ts="2.2", digest="def")
    with engine.begin() as tx:
        cards.save(tx, [board, ask, *same])
        cards.save(tx, [shown])
        cards.save(tx, [])
        assert cards.load(tx, "T1", "corvane") == {("board", ""): shown, ("ask:final", "ines"): ask, ("ask:final", "theo"): same[2]}
        assert cards.load(tx, "T2", "corvane") == {("ask:final", "ines"): same[0]}
        assert cards.load(tx, "T1", "nothing") == {}


def test_we_are_who_slack_said_last(engine: Engine) -> None:
    row = {"team_id": "T1", "name": "Corvane", "url": "https://corvane.slack.example/", "bot_id": "B1", "bot_user_id": "U1"}
    with engine.begin() as tx:
        assert workspaces.load(tx) == []
        workspaces.save(tx, {**row, "team_id": "T2"})
        workspaces.save(tx, row)
        workspaces.save(tx, {**row, "name": "Corvane Group"})
        assert workspaces.load(tx) == [{**row, "name": "Corvane Group"}, {**row, "team_id": "T2"}]
