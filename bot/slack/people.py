"""Slack says that somebody's account changed: the launches that know them are told."""

from typing import Any

from bot.door import Answer, Door
from launch.messages import HOUSE, SLACK, ChangePerson


async def user_change(door: Door, team_id: str, event: dict[str, Any], event_id: str) -> Answer:
    """Profiles change all day; the door only hears of accounts that a launch knows and that are other than it knows."""
    user = event["user"]
    change = ChangePerson(user["id"], not user.get("deleted", False), bool(user.get("is_restricted") or user.get("is_ultra_restricted")))
    known = [member for launch in door.launches(team_id) for member in launch.members.values() if member.user == change.user]
    if all((member.is_active, member.is_guest) == (change.is_active, change.is_guest) for member in known):
        return Answer()
    return await door.perform(change, HOUSE, SLACK, team_id, event_id)
