"""Noise: what rang, by audience and by the hour, against what it may be."""

from datetime import datetime

from bot.views.locale import Reader
from bot.views.noise import counts, noise
from launch.messages import CallPage
from launch.publishing import OBSERVERS
from tests.days import JULIE, t, words
from tests.views.scenes import night


def at(person: str, *when: float) -> list[tuple[str, datetime]]:
    return [(person, t(minute)) for minute in when]


def test_the_last_hour_and_the_worst_of_each_audience() -> None:
    """The loudest of several people counts, not their sum; sixty minutes from any message on."""
    rung = [
        *at("", -200, -190, -180, -170, -5),
        *at("claire", -90, -60, -30.5),
        *at("hugo", -10),
        *at("ines", -10, -9, -8, -7, -6),
        *at("samira", -3),
    ]
    told = {each.audience: (each.last, each.worst, each.is_over) for each in counts(night([], -60).launch, rung, t(0))}
    assert told == {
        "room": (1, 4, False),
        "commander": (2, 3, False),
        "role": (5, 5, True),
        "standby": (0, 0, False),
        "observers": (0, 0, False),
    }


def test_standby_is_left_in_peace_unless_paged() -> None:
    (calm,) = [each for each in counts(night([], -60).launch, at("elif", -20), t(0)) if each.audience == "standby"]
    paged = night([(t(-30), JULIE, CallPage("vendor", words("keys")))], -29).launch
    (called,) = [each for each in counts(paged, at("elif", -20), t(0)) if each.audience == "standby"]
    assert ((calm.worst, calm.is_over), (called.worst, called.is_over)) == ((1, True), (0, False))


def test_those_who_look_on_have_their_board_and_one_post_a_decision() -> None:
    quiet = night([], -60).launch
    (few,) = [each for each in counts(quiet, at(OBSERVERS, -100), t(0)) if each.audience == "observers"]
    (many,) = [each for each in counts(quiet, at(OBSERVERS, -100, -99), t(0)) if each.audience == "observers"]
    assert (few.is_over, many.is_over) == (False, True)


def test_it_is_a_table_in_which_what_is_too_loud_is_red() -> None:
    made = noise(night([], -60).launch, at("ines", -10, -9, -8, -7, -6), t(0), Reader("fr", "Europe/Paris"))
    assert "Le rôle le plus sollicité · 5 · 🔴 5 · 4" in made.text.splitlines()
    assert [block["type"] for block in made.blocks] == ["rich_text", "table"]
