"""Rate limits: so many calls a rolling minute for each method, then 429 and how long to wait."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.tiers import Tiers


class Watch:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_a_method_has_its_tier_and_room_comes_back_after_a_minute(watch: Watch):
    tiers = Tiers(watch)
    tiers.on(scale=1.0, posts_per_minute=300)
    assert [tiers.refuse_for("chat.update", "C1") for _ in range(51)] == [0] * 50 + [60]
    assert tiers.refuse_for("pins.add", "C1") == 0
    watch.now += 59.5
    assert tiers.refuse_for("chat.update", "C1") == 1
    watch.now += 0.5
    assert tiers.refuse_for("chat.update", "C1") == 0


def test_posts_are_held_by_channel_and_by_workspace(watch: Watch):
    tiers = Tiers(watch)
    tiers.on(scale=1.0, posts_per_minute=12)
    assert [tiers.refuse_for("chat.postMessage", "C1") for _ in range(11)] == [0] * 10 + [10]
    assert [tiers.refuse_for("chat.postMessage", channel) for channel in ("C2", "C3", "C4")] == [0, 0, 60]


def test_scale_runs_the_minute_faster(watch: Watch):
    tiers = Tiers(watch)
    tiers.on(scale=60.0, posts_per_minute=300)
    assert [tiers.refuse_for("pins.add", "C1") for _ in range(21)] == [0] * 20 + [1]
    watch.now += 1.0
    assert tiers.refuse_for("pins.add", "C1") == 0


async def test_they_are_off_until_switched_on_and_answer_429(web: AsyncWebClient, desk, room: str, http: aiohttp.ClientSession):
    for number in range(25):
        await web.conversations_setTopic(channel=room, topic=str(number))
    await desk("fault", kind="tiers", on=True)
    for number in range(20):
        await web.conversations_setTopic(channel=room, topic=str(number))
    with pytest.raises(SlackApiError) as no:
        await web.conversations_setTopic(channel=room, topic="one too many")
    assert (no.value.response.status_code, no.value.response["error"]) == (429, "ratelimited")
    assert 55 <= int(no.value.response.headers["Retry-After"]) <= 60
    await desk("fault", kind="tiers", on=False)
    assert (await web.conversations_setTopic(channel=room, topic="free again"))["ok"]
