"""What a reader reads: their language, their hours."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.views.locale import Reader, load_catalogues

LYON = Reader("fr", "Europe/Paris")
MONTREAL = Reader("fr", "America/Montreal")
LONDON = Reader("en", "Europe/London")
NOBODY = Reader("en", "UTC")
T0 = datetime(2027, 3, 16, 3, 30, tzinfo=UTC)


def test_both_catalogues_can_be_read() -> None:
    load_catalogues()
    assert LYON._("d") == "j"
    assert LONDON._("d") == "d"


def test_a_sentence_that_nobody_wrote_is_said_in_english_in_the_right_number() -> None:
    assert LYON._("Never written {role}").format(role="dba") == "Never written dba"
    apples = [LONDON.n("{count} apple", "{count} apples", count).format(count=count) for count in (0, 1, 2)]
    assert apples == ["0 apples", "1 apple", "2 apples"]
    assert LYON.p("title", "Never written") == "Never written"


def test_an_hour_is_the_reader_s_and_its_zone_is_named_as_people_say_it() -> None:
    assert LYON.clock(T0) == "04:30"
    assert [each.clock(T0, named=True) for each in (LYON, MONTREAL, LONDON, NOBODY)] == [
        "04:30 (Paris)",
        "23:30 (Montréal)",
        "03:30 (London)",
        "03:30 (UTC)",
    ]
    assert Reader("fr", "Europe/Brussels").city == "Bruxelles"
    assert Reader("en", "America/Argentina/Buenos_Aires").city == "Buenos Aires"


@pytest.mark.parametrize(
    ("reader", "instant", "day"),
    [
        (LYON, T0, "mardi 16 mars"),
        (MONTREAL, T0, "lundi 15 mars"),
        (LONDON, T0, "Tuesday 16 March"),
        (LYON, datetime(2027, 3, 31, 23, 0, tzinfo=UTC), "jeudi 1er avril"),
    ],
)
def test_a_day_is_the_reader_s(reader: Reader, instant: datetime, day: str) -> None:
    assert reader.day(instant) == day
    assert reader.moment(instant).startswith(f"{day} ")


def test_the_hour_follows_a_clock_change_in_both_directions() -> None:
    spring, autumn = datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    hours = [[LYON.clock(night + timedelta(hours=hour)) for hour in range(3)] for night in (spring, autumn)]
    assert hours == [["01:30", "03:30", "04:30"], ["02:30", "02:30", "03:30"]]


@pytest.mark.parametrize(
    ("length", "english", "french"),
    [
        (timedelta(minutes=95), "1 h 35 min", "1 h 35 min"),
        (timedelta(0), "0 s", "0 s"),
        (timedelta(seconds=45), "45 s", "45 s"),
        (timedelta(seconds=90), "1 min 30 s", "1 min 30 s"),
        (timedelta(hours=2), "2 h", "2 h"),
        (timedelta(hours=47, seconds=1), "47 h 1 s", "47 h 1 s"),
        (timedelta(hours=76), "3 d 4 h", "3 j 4 h"),
        (timedelta(minutes=-5), "−5 min", "−5 min"),
        (timedelta(milliseconds=-900), "0 s", "0 s"),
    ],
)
def test_a_duration_is_exact(length: timedelta, english: str, french: str) -> None:
    assert (LONDON.duration(length), LYON.duration(length)) == (english, french)


def test_slack_writes_an_instant_for_whoever_looks_and_an_old_client_reads_the_reader_s_hour() -> None:
    assert LYON.instant_token(T0) == "<!date^1805167800^{time}|04:30 (Paris)>"
    assert LONDON.instant_token(T0, with_day=True) == "<!date^1805167800^{date_short_pretty} {time}|Tuesday 16 March 03:30 (London)>"
    assert LYON.rich_instant(T0) == {"type": "date", "timestamp": 1805167800, "format": "{time}", "fallback": "04:30 (Paris)"}


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="instants are UTC"):
        LYON.clock(datetime(2027, 3, 16, 3, 30))  # noqa: DTZ001 - what is refused
