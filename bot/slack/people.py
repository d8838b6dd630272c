"""Slack says that somebody's account changed: the launches that know them are told, the list of admins, and their Home."""

from bot.door import Answer
from bot.slack.turn import News
from launch.messages import HOUSE, SLACK, ChangePerson


async def user_change(news: News) -> Answer:
    """Profiles change all day; the door only hears of accounts that are other than it knows."""
    user = news.event["user"]
    news.homes.follow(user)
    noted = await news.admins.follow(user, f"{news.id}:admin")
    change = ChangePerson(user["id"], not user.get("deleted", False), bool(user.get("is_restricted") or user.get("is_ultra_restricted")))
    known = [row for launch in news.door.launches(news.team_id) for row in launch.members.values() if row.user == change.user]
    if noted.failure or all((row.is_active, row.is_guest) == (change.is_active, change.is_guest) for row in known):
        return noted
    return await news.door.perform(change, HOUSE, SLACK, news.team_id, news.id)
