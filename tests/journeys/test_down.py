"""Slack may be out of reach when the bot starts: what is due happens, and Slack is told when it can be reached."""

from pathlib import Path

import pytest

from tests.journeys.test_killed import AFTER_GUARD, BEFORE_TONIGHT, ROOM, example_day, is_settled, posted_twice, record


@pytest.mark.journey
async def test_started_while_slack_is_down(tmp_path: Path) -> None:
    async with example_day(tmp_path) as here:
        await here.start_bot()
        await here.until(lambda: here.channel(ROOM))
        await here.until(lambda: is_settled(here), 60)
        assert await here.stop_bot() == 0
        await here.desk("fault", kind="down", on=True)
        await here.jump(BEFORE_TONIGHT)
        await here.start_bot()
        await here.jump(AFTER_GUARD)
        await here.until(lambda: record(here)[0].hold is not None)
        assert record(here)[0].duty["support"].person == "sup_montreal"
        await here.desk("fault", kind="clear")
        await here.until(lambda: any("🔴 T " in text for text in here.texts(ROOM)), 60)
        await here.until(lambda: is_settled(here), 60)
        await here.until(lambda: here.button("l.kermadec", "checkpoint.go"))
        assert posted_twice(here) == []


@pytest.mark.journey
async def test_sigterm_ends_it_in_order(tmp_path: Path) -> None:
    async with example_day(tmp_path) as here:
        await here.start_bot()
        await here.until(lambda: here.channel(ROOM))
        assert await here.stop_bot() == 0
        assert "exception" not in here.said()
