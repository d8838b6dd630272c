"""Slack's limits as we keep them: counted over every window, fair to pages, and fast enough. No clock: time is what the test says."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lanes import Bucket, Lanes
from sandbox.tiers import Tiers

pytestmark = pytest.mark.slow

POST = "chat.postMessage"
START = 86_400.0 * 400


def busiest(moments: Sequence[float], period: float) -> int:
    """The most that happened in any `period` seconds."""
    first, most = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - period:
            first += 1
        most = max(most, last - first + 1)
    return most


def granted(lanes: Lanes, method: str, number: int, now: float = START, urgent: bool = False) -> list[float]:
    """When `number` calls go out that ask again as soon as they are told to; messages each to a channel of its own."""
    moments: list[float] = []
    for each in range(number):
        while wait := lanes.take(method, now, f"C{each}" if method == POST else None, urgent):
            now += wait
        moments.append(now)
    return moments


# None: as long as we are told to wait, which is what a caller in a hurry does.
pauses = st.one_of(st.none(), st.none(), st.just(0.0), st.floats(0.0, 2.0), st.floats(5.0, 70.0))


@settings(deadline=None, max_examples=50)
@given(burst=st.integers(1, 10), more=st.integers(1, 40), waits=st.lists(pauses, min_size=1, max_size=300))
def test_a_bucket_never_grants_more_than_its_limit_in_any_minute_nor_its_burst_at_once(
    burst: int, more: int, waits: list[float | None]
) -> None:
    bucket, now, moments = Bucket(burst + more, burst), START, []
    for pause in waits:
        now += bucket.wait(now) if pause is None else pause
        if bucket.wait(now) == 0.0:
            bucket.take(now)
            moments.append(now)
    assert busiest(moments, 60.0) <= burst + more
    assert max(moments.count(moment) for moment in moments) <= burst


@dataclass(frozen=True)
class Message:
    pause: float | None
    channel: str
    urgent: bool


channels = st.sampled_from(["C1", *(f"D{number}" for number in range(50))])
messages = st.builds(Message, pause=pauses, channel=channels, urgent=st.booleans())


@settings(deadline=None, max_examples=50)
@given(st.lists(messages, min_size=50, max_size=400))
def test_messages_keep_the_limits_of_the_workspace_and_of_each_channel(wanted: list[Message]) -> None:
    lanes, now, wait, sent = Lanes(posts_per_minute=50), START, 0.0, list[tuple[float, Message]]()
    for message in wanted:
        now += wait if message.pause is None else message.pause
        wait = lanes.take(POST, now, message.channel, message.urgent)
        if wait == 0.0:
            sent.append((now, message))
    assert busiest([at for at, _ in sent], 60.0) <= 50
    for channel in {message.channel for _, message in sent}:
        in_channel = [at for at, message in sent if message.channel == channel]
        assert busiest(in_channel, 10.0) <= 10
        assert max(in_channel.count(at) for at in in_channel) <= 3


methods = st.sampled_from([POST, "chat.update", "conversations.create", "views.open"])


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(pauses, methods), min_size=50, max_size=400))
def test_a_slack_that_counts_every_rolling_minute_takes_all_that_is_granted(wanted: list[tuple[float | None, str]]) -> None:
    lanes, now, wait = Lanes(posts_per_minute=50), START, 0.0
    slack = Tiers(lambda: now)
    slack.on(scale=1.0, posts_per_minute=50)
    for number, (pause, method) in enumerate(wanted):
        now += wait if pause is None else pause
        wait = lanes.take(method, now, f"C{number % 5}")
        if wait == 0.0:
            assert slack.refuse_for(method, f"C{number % 5}") == 0


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0.0, 600.0), min_size=1, max_size=100))
def test_pages_never_wait_for_a_flood_of_other_messages(wanted: list[float]) -> None:
    """Whoever pages at most 15 at once and 45 a minute is served at once, however hard everything else presses."""
    fair, lanes, others = Bucket(60, 15), Lanes(), 0
    for number, at in enumerate(sorted(wanted)):
        while lanes.take(POST, at, f"C{others}") == 0.0:
            others += 1
        if fair.wait(at) == 0.0:
            fair.take(at)
            assert lanes.take(POST, at, f"D{number}", urgent=True) == 0.0


def test_pages_alone_may_use_all_that_there_is() -> None:
    assert granted(Lanes(), POST, 1_000, urgent=True)[-1] - START < 225.0


@pytest.mark.parametrize(
    ("method", "number", "a_minute"),
    [(POST, 1_000, 240), ("chat.update", 500, 50), ("conversations.create", 20, 20), ("views.publish", 1_000, 100)],
)
def test_what_waits_as_told_goes_out_little_slower_than_slack_allows_and_never_faster(method: str, number: int, a_minute: int) -> None:
    """A fifth of the 300 messages is kept for pages."""
    moments = granted(Lanes(), method, number)
    assert busiest(moments, 60.0) <= a_minute
    assert moments[-1] - START <= 1.15 * (number - 1) * 60 / a_minute


def test_one_channel_gets_ten_messages_in_ten_seconds_at_most() -> None:
    lanes, now, moments = Lanes(), START, list[float]()
    while len(moments) < 100:
        if wait := lanes.take(POST, now, "C1", urgent=True):
            now += wait
        else:
            moments.append(now)
    assert busiest(moments, 10.0) == 10


def test_a_wait_is_exact_and_takes_nothing() -> None:
    lanes = Lanes()
    for _ in range(6):
        assert lanes.take("conversations.create", START) == 0.0
    wait = lanes.take("conversations.create", START)
    assert wait == pytest.approx(60 / 20)
    assert lanes.take("conversations.create", START) == wait
    assert lanes.take("conversations.create", START + wait - 0.01) == pytest.approx(0.01)
    assert lanes.take("conversations.create", START + wait) == 0.0


def test_a_message_held_back_by_its_channel_costs_the_others_nothing() -> None:
    lanes = Lanes()
    assert [lanes.take(POST, START, "C1") for _ in range(3)] == [0.0, 0.0, 0.0]
    for _ in range(1_000):
        assert lanes.take(POST, START, "C1") == pytest.approx(1.0)
    assert [lanes.take(POST, START, f"C{number}") for number in range(2, 14)] == [0.0] * 12
    assert lanes.take(POST, START, "C99") > 0.0


def test_methods_have_limits_of_their_own() -> None:
    lanes = Lanes()
    for method, burst in (("chat.update", 16), ("views.open", 33), ("pins.add", 6), ("some.newMethod", 6)):
        assert [lanes.take(method, START) for _ in range(burst)] == [0.0] * burst
        assert lanes.take(method, START) > 0.0


def test_a_punished_method_stays_closed_as_long_as_slack_said_and_starts_without_a_burst() -> None:
    lanes = Lanes()
    lanes.punish("chat.update", 30.0, START)
    assert lanes.take("chat.update", START + 1.0) == 29.0
    assert lanes.take("views.open", START + 1.0) == 0.0
    lanes.punish("chat.update", 5.0, START + 2.0)
    assert lanes.take("chat.update", START + 10.0) == 20.0
    assert lanes.take("chat.update", START + 30.0) == 0.0
    assert lanes.take("chat.update", START + 30.0) == pytest.approx(60 / 50)


def test_punished_messages_are_closed_to_pages_too_and_then_each_lane_has_one() -> None:
    lanes = Lanes()
    lanes.punish(POST, 10.0, START)
    assert lanes.take(POST, START, "D1", urgent=True) == 10.0
    assert [lanes.take(POST, START + 10.0, f"D{number}", urgent=True) for number in range(2)] == [0.0, 0.0]
    assert lanes.take(POST, START + 10.0, "D9", urgent=True) == pytest.approx(60 / 240)


def test_channels_that_rest_are_forgotten() -> None:
    lanes = Lanes()
    for number in range(3_000):
        lanes.take(POST, START + number, f"C{number}")
    assert len(lanes._channels) <= 1_000
    assert [lanes.take(POST, START + 3_010, "C2999") for _ in range(3)] == [0.0, 0.0, 0.0]
