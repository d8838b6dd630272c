"""The doctor: all that the bot needs, looked at from outside while it runs or before it ever did; each trouble is told with its remedy,
and nothing is changed."""

import asyncio
from collections.abc import Callable, Iterable

from bot.doctor import house, slack
from bot.doctor.given import Given
from bot.doctor.looks import SECONDS, Unseen, attempt, look_at_slack
from bot.outside import Clock, SystemClock
from bot.views.doctor import Finding


async def diagnose(told: Given, clock: Clock | None = None, seconds: float = SECONDS) -> list[Finding]:
    """All findings, in the order in which trouble is best mended. `clock` is ours, `seconds` the most that a look takes."""
    file = told.settings.database
    seen, stock, running = await asyncio.gather(
        look_at_slack(told.settings, clock or SystemClock(), seconds),
        attempt(lambda: asyncio.to_thread(house.look_at_database, file), seconds),
        attempt(lambda: asyncio.to_thread(house.is_running, file), seconds),
    )
    known = stock.workspaces if isinstance(stock, house.Stock) else []
    checks: dict[str, Callable[[], Iterable[Finding]]] = {
        "settings": lambda: _settings(told),
        "bot_token": lambda: slack.bot_token(told, seen),
        "app_token": lambda: slack.app_token(told, seen),
        "one_app": lambda: slack.one_app(told, seen),
        "workspace": lambda: slack.workspace(told, seen, known),
        "scopes": lambda: slack.scopes(told, seen),
        "socket": lambda: slack.socket(told, seen),
        "others": lambda: slack.others(seen, running is True),
        "bot": lambda: house.bot(told, running),
        "database": lambda: house.database(told, stock),
        "disk": lambda: house.disk(told),
        "clock": lambda: slack.clock(told, seen),
        "plans": lambda: house.plans(told),
    }
    return [finding for check, judge in checks.items() for finding in await _judged(check, judge, seconds)]


async def _judged(check: str, judge: Callable[[], Iterable[Finding]], seconds: float) -> list[Finding]:
    """One that fails itself, or has not come to its end in time, is a finding too."""
    found = await attempt(lambda: asyncio.to_thread(lambda: list(judge())), seconds)
    return [Finding(check, "check_failed", "bad", {"reason": found.reason})] if isinstance(found, Unseen) else found


def _settings(told: Given) -> Iterable[Finding]:
    if not told.mistakes:
        return [Finding("settings", "settings_fine", "good")]
    return [Finding("settings", "setting_wrong", "bad", {"mistake": mistake}) for mistake in told.mistakes]
