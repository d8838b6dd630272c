"""What people typed is kept by digest, once for each workspace, and forgotten for good."""

from sqlalchemy import Engine

from launch.words import Words
from storage.words import forget, keep, recall

WHY = Words.typed("restore test is red", "a1")
HARD = Words.typed("l’été 🚀 \"quoted\" \\ 'and' \n lines \x00 end", "b2")


def test_words_come_back_whole(engine: Engine) -> None:
    with engine.begin() as tx:
        keep(tx, "T1", [WHY, HARD, WHY])
        keep(tx, "T1", [WHY])
    with engine.begin() as tx:
        assert recall(tx, "T1", [WHY.digest, HARD.digest, WHY.digest, "unknown"]) == {WHY.digest: WHY, HARD.digest: HARD}
        assert recall(tx, "T1", []) == {}


def test_a_thousand_at_once(engine: Engine) -> None:
    many = [Words.typed(f"word {number}", "c3") for number in range(1200)]
    with engine.begin() as tx:
        keep(tx, "T1", many)
        assert recall(tx, "T1", (each.digest for each in many)) == {each.digest: each for each in many}


def test_forgotten_words_are_gone_in_one_workspace_alone(engine: Engine) -> None:
    with engine.begin() as tx:
        keep(tx, "T1", [WHY, HARD])
        keep(tx, "T2", [WHY])
        assert forget(tx, "T1", [WHY.digest, "unknown"]) == 1
        assert recall(tx, "T1", [WHY.digest, HARD.digest]) == {HARD.digest: HARD}
        assert recall(tx, "T2", [WHY.digest]) == {WHY.digest: WHY}


def test_words_that_were_forgotten_do_not_come_back_empty(engine: Engine) -> None:
    """A state loaded without its words may be saved again: it has nothing to keep."""
    with engine.begin() as tx:
        keep(tx, "T1", [Words(WHY.digest)])
        assert recall(tx, "T1", [WHY.digest]) == {}
