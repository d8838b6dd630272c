"""Homes that were opened: kept for twelve hours, each in its own workspace."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine

from storage import homes
from storage.homes import KEPT_FOR, Opened
from tests.days import t

NOON = t(0)
SAMIRA = Opened("T1", "USAMIRA", NOON)


def test_a_home_is_known_by_its_person_and_the_newest_row_counts(engine: Engine) -> None:
    published = replace(SAMIRA, digest="d1")
    with engine.begin() as tx:
        for row in (SAMIRA, replace(SAMIRA, user="UINES"), replace(SAMIRA, team_id="T2"), published):
            homes.save(tx, row)
        assert homes.load(tx, "T1", NOON) == {"USAMIRA": published, "UINES": replace(SAMIRA, user="UINES")}


def test_after_twelve_hours_it_is_left_alone_and_then_forgotten(engine: Engine) -> None:
    old, edge = replace(SAMIRA, opened_at=NOON - KEPT_FOR - timedelta(seconds=1)), replace(SAMIRA, user="UINES", opened_at=NOON - KEPT_FOR)
    with engine.begin() as tx:
        homes.save(tx, old)
        homes.save(tx, edge)
        assert homes.load(tx, "T1", NOON) == {"UINES": edge}
        assert homes.sweep(tx, NOON) == 1
        assert homes.sweep(tx, NOON) == 0
