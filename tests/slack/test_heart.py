"""The heartbeat: now and then, and when the bot is not well for longer than it takes to renew a connection."""

import asyncio
from datetime import timedelta

from bot.heart import SETTLED, Heart, Links
from bot.outside import Outside, Reading
from bot.views.pulse import Pulse
from tests.days import t
from tests.door.doors import until

WELL, HALF, DEAF = Links(2, 2), Links(1, 2), Links(0, 2)


class Hands:
    """A clock whose hands the test moves."""

    def __init__(self) -> None:
        self.now, self.machine = t(-61), 0.0

    def read(self) -> Reading:
        return Reading(self.now, "test", self.machine)

    def machine_seconds_until(self, instant: object) -> float | None:
        return None


def a_heart(hands: Hands, links: list[Links]) -> Heart:
    return Heart(Outside(hands, machine=lambda: hands.machine), lambda: links[0])


def test_a_connection_that_is_being_renewed_is_no_trouble_and_one_that_stays_away_is() -> None:
    hands, links = Hands(), [WELL]
    heart = a_heart(hands, links)
    heart.look()
    links[0] = HALF
    for seconds, standing in ((0.0, 2), (SETTLED - 1, 2), (SETTLED, 1)):
        hands.machine = seconds
        heart.look()
        assert heart.pulse.standing == standing
    links[0] = DEAF
    heart.look()
    assert heart.pulse == Pulse(t(-65), 0, 2)
    links[0] = WELL
    heart.look()
    assert heart.pulse.is_well


def test_connections_that_are_not_ours_are_told() -> None:
    hands = Hands()
    heart = a_heart(hands, [Links(2, 2, 1)])
    heart.look()
    hands.machine = SETTLED
    heart.look()
    assert (heart.pulse.strangers, heart.pulse.is_well) == (1, False)


async def test_whoever_shows_something_is_told_at_each_beat_and_not_between() -> None:
    hands, told, looks = Hands(), list[int](), list[int]()
    heart = Heart(Outside(hands, machine=lambda: hands.machine), lambda: looks.append(1) or WELL, every=0.001)
    heart.look()
    heart.watchers.append(lambda: told.append(1))
    running = asyncio.create_task(heart.run())
    for minutes, beats in ((0, 0), (1, 1), (5, 1), (6, 2)):
        hands.now = t(-61) + timedelta(minutes=minutes)
        seen = len(looks)
        await until(lambda seen=seen: len(looks) > seen + 2, "two looks")
        assert len(told) == beats
    running.cancel()
