"""Each optional scope and each method taken away in turn: exactly what needs it is off, that is said once, and nothing else stops."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.journeys.short_day import LOOKS, Day, short_day
from tests.journeys.world import MANIFEST

CALLS = 8
"""So often a method may be called that is refused every time."""


@dataclass(frozen=True)
class Off:
    """The results that are lost, and the words that say so, once: among all that people read, or in the log where it concerns nobody
    else. `times`: as often as somebody asks for it, when it is the answer to that."""

    lost: frozenset[str]
    said: str = ""
    logged: str = ""
    times: int = 1


def off(*lost: str, said: str = "", logged: str = "", times: int = 1) -> Off:
    return Off(frozenset(lost), said, logged, times)


NO_NEWS = "Small launch: updates for Customers cannot go out"
NO_FILES = "Slack does not let the bot read files"
NO_FORMS = "Slack does not let the bot open forms"
BLIND = '"look_refused"'
BY_MAIL = off("found by mail", said="Small launch: Slack refused to find people by their mail address")
IN_PRIVATE, BOOKMARKED = off("nothing twice", logged=BLIND), off("one bookmark each", logged=BLIND)
BOOKMARKS = off("bookmarks", said="Small launch: Slack refused to put the board and the links among the bookmarks")
PIN = off("pin", said="Small launch: Slack refused to pin the board")

SCOPES = {
    "users:read.email": BY_MAIL,
    "im:read": IN_PRIVATE,
    "im:history": IN_PRIVATE,
    "bookmarks:read": BOOKMARKED,
    "bookmarks:write": BOOKMARKS,
    "pins:write": PIN,
    "files:read": off("files", "plan", "window", said=NO_FILES),
    "channels:join": off("customers", said=NO_NEWS),
}
METHODS = {
    "bookmarks.add": BOOKMARKS,
    "bookmarks.list": BOOKMARKED,
    "chat.update": off("edited", said="Small launch: Slack refused to change messages that are posted"),
    "conversations.create": off("room", "topic", "pin", "bookmarks", "invited", said="Small launch: Slack refused to make the room"),
    "conversations.history": IN_PRIVATE,
    "conversations.info": off("staff", said="Small launch: updates for Staff cannot go out"),
    "conversations.invite": off("invited", said="Small launch: Slack refused to invite people into the room"),
    "conversations.join": off("customers", said=NO_NEWS),
    "conversations.list": off("one room", "customers", "nothing twice", said=NO_NEWS),
    "conversations.setTopic": off("topic", said="Small launch: Slack refused to set the topic of the room"),
    "files.info": off("files", "plan", said=NO_FILES),
    "pins.add": PIN,
    "users.info": off("guest known", said="Small launch: Slack refused to say whose accounts these are"),
    "users.list": off("plan", "files", "window", logged='"admins_unknown"'),
    "users.lookupByEmail": BY_MAIL,
    "views.open": off("forms", "files", "customers", "staff", "plan", "window", said=NO_FORMS, times=3),
    "views.publish": off("Home", logged='"homes_are_off"'),
    "views.update": off("window", logged='"window_not_shown"'),
}
FAULTS = [*({"kind": "missing_scope", "scope": name} for name in SCOPES), *({"kind": "refuse_method", "method": name} for name in METHODS)]
TOGETHER = 4


async def without(home: Path, fault: dict[str, str]) -> list[str]:
    """A day without it: what is not as the table says."""
    name = fault.get("scope") or fault["method"]
    expected = {**SCOPES, **METHODS}[name]
    await asyncio.to_thread(home.mkdir)
    async with short_day(home, expected.lost) as day:
        await day.here.desk("fault", **fault)
        await day.here.start_bot()
        await day.goes_by()
        return [f"{name}: {each}" for each in complaints(day, expected, fault.get("method"))]


def complaints(day: Day, expected: Off, method: str | None) -> list[str]:
    lost, log = LOOKS.keys() - day.results(), day.here.said()
    told = sum(expected.said in text for text in day.read()) if expected.said else log.count(expected.logged)
    calls = day.calls(method) if method else 0
    found = [f"lost are {sorted(lost)}"] if lost != expected.lost else []
    found += [f"said {told} times"] if told != expected.times else []
    found += [f"called {calls} times"] if not (1 if method else 0) <= calls <= CALLS else []
    found += ["the bot is gone"] if day.here.bot is None or day.here.bot.returncode is not None else []
    return found + [line for line in log.splitlines() if '"exception"' in line]


@pytest.mark.journey
@pytest.mark.parametrize("first", range(0, len(FAULTS), TOGETHER))
async def test_exactly_one_feature_is_off(first: int, tmp_path: Path) -> None:
    days = [without(tmp_path / str(number), fault) for number, fault in enumerate(FAULTS[first : first + TOGETHER])]
    wrong = [each for day in await asyncio.gather(*days) for each in day]
    assert not wrong, "\n".join(wrong)


@pytest.mark.journey
@pytest.mark.parametrize("method", ["chat.postMessage", "apps.connections.open", "auth.test"])
async def test_what_nothing_works_without_is_waited_for(method: str, tmp_path: Path) -> None:
    """Tried again less and less often, with nothing lost meanwhile: when it is given back, the day has it all."""
    async with short_day(tmp_path) as day:
        await day.here.desk("fault", kind="refuse_method", method=method)
        await day.here.start_bot()
        await day.here.until(lambda: day.calls(method) >= 3, 60)
        assert "exception" not in day.here.said()
        await day.here.desk("fault", kind="clear", of="refuse_method")
        await day.goes_by()
        assert day.calls(method, accepted=False) <= 2 * CALLS
        assert (LOOKS.keys() - day.results(), day.given_up) == (set(), [])


@pytest.mark.journey
async def test_with_everything_the_day_has_it_all(tmp_path: Path) -> None:
    async with short_day(tmp_path) as day:
        await day.here.start_bot()
        await day.goes_by()
        assert LOOKS.keys() - day.results() == set()


def test_every_optional_scope_of_the_manifest_is_taken_away() -> None:
    manifest = YAML(typ="safe").load(MANIFEST.read_text(encoding="utf-8"))
    assert sorted(SCOPES) == manifest["oauth_config"]["scopes"]["bot_optional"]
