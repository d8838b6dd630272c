"""Stretches of time, against counting minute by minute; and how much of one is night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch.coverage import night_in
from launch.moments import zones
from launch.spans import Span, Times, joined, without

START = datetime(2027, 3, 16, tzinfo=UTC)


def at(number: int) -> datetime:
    return START + timedelta(minutes=number)


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: (at(pair[0]), at(sum(pair))))


def minutes(spans: list[Span]) -> set[int]:
    return {number for number in range(60) for starts, ends in spans if starts <= at(number) < ends}


@given(span=SPANS, taken=st.lists(SPANS, max_size=5))
def test_what_is_left_of_a_stretch(span: Span, taken: list[Span]) -> None:
    assert minutes(joined(taken)) == minutes(taken)
    left = list(without(span, joined(taken)))
    assert minutes(left) == minutes([span]) - minutes(taken)
    assert all(starts < ends for starts, ends in left)


@given(first=st.integers(0, 30), every=st.integers(1, 7), number=st.integers(1, 6), span=SPANS)
def test_which_times_come_in_a_stretch(first: int, every: int, number: int, span: Span) -> None:
    times = Times(at(first), timedelta(minutes=every), number)
    each = [at(first + every * place) for place in range(number)]
    inside = [when for when in each if span[0] <= when < span[1]]
    found = times.within(span)
    assert (found and (found.first, found.last, found.number)) == ((inside[0], inside[-1], len(inside)) if inside else None)
    assert times.last == each[-1]


@pytest.mark.parametrize(
    ("starts", "hours", "zone", "night"),
    [
        ("2027-03-15 21:00", 8, "Europe/Paris", 8.0),
        ("2027-03-15 21:00", 8, "America/Toronto", 3.0),  # there 17:00 to 01:00
        ("2027-03-16 05:00", 8, "Europe/Paris", 1.0),  # 06:00 to 14:00
        ("2027-03-16 06:00", 15, "Europe/Paris", 0.0),  # 07:00 to 22:00
        ("2027-03-17 04:00", 8, "Asia/Kolkata", 0.0),
        ("2027-03-27 20:00", 12, "Europe/Paris", 8.0),  # the clocks go forward
        ("2027-10-30 19:00", 12, "Europe/Paris", 10.0),  # and back
        ("2027-03-16 00:00", 48, "Asia/Tokyo", 9.0),  # a whole day has a whole night, and more is not counted
    ],
)
def test_how_much_of_a_shift_is_night(starts: str, hours: int, zone: str, night: float) -> None:
    begins = datetime.fromisoformat(starts).replace(tzinfo=UTC)
    assert night_in((begins, begins + timedelta(hours=hours)), zone) == timedelta(hours=night)


@given(begins=st.integers(0, 365 * 24), hours=st.integers(1, 23), zone=st.sampled_from(sorted(zones())))
def test_night_is_what_the_clocks_of_a_zone_call_so(begins: int, hours: int, zone: str) -> None:
    starts = START + timedelta(hours=begins)
    quarters = [starts + timedelta(minutes=15 * number) for number in range(hours * 4)]
    dark = [quarter for quarter in quarters if not 7 <= quarter.astimezone(ZoneInfo(zone)).hour < 22]
    assert night_in((starts, starts + timedelta(hours=hours)), zone) == timedelta(minutes=15 * len(dark))
