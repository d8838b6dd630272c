"""Who somebody is whom no plan names yet: asked of Slack when they are named in a form."""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.homes import reader_of_account
from bot.slack.turn import Turn
from launch.first_plan import NewPerson, key_for
from launch.moments import zones

LONGEST_NAME = 80


async def people(turn: Turn, users: Iterable[str], taken: Collection[str] = ()) -> dict[str, NewPerson]:
    """What a plan says of these accounts, by user id; their keys are none of `taken`. Raises CallFailed."""
    wanted = list(dict.fromkeys(users))
    accounts = await asyncio.gather(*(account(turn, user) for user in wanted))
    found: dict[str, NewPerson] = {}
    for user, each in zip(wanted, accounts, strict=True):
        key = key_for(name_of(each), {*taken, *(person.key for person in found.values())})
        found[user] = replace(read(turn, each, user), key=key)
    return found


async def account(turn: Turn, user: str) -> Mapping[str, Any]:
    """What Slack says of an account. Raises CallFailed."""
    told: Mapping[str, Any] = (await turn.wire.call("users.info", user=user, include_locale=True))["user"]
    return told


def read(turn: Turn, told: Mapping[str, Any], user: str) -> NewPerson:
    """An account as a plan would have it, but for the key; in UTC where the zone is none that a plan may name."""
    reader = reader_of_account(told, turn.reader.language)
    return NewPerson("", name_of(told), user, reader.zone if reader.zone in zones() else "UTC", reader.language)


def name_of(told: Mapping[str, Any]) -> str:
    """As people are called in Slack."""
    profile = told.get("profile") or {}
    names = (profile.get("real_name"), told.get("real_name"), profile.get("display_name"), told.get("name"), told.get("id"))
    return next((str(name).strip()[:LONGEST_NAME] for name in names if name and str(name).strip()), "?")
