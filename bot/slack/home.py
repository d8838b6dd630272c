"""Somebody looks at their Home."""

from bot.door import Answer, Unwritten
from bot.slack.turn import News


async def opened(news: News) -> Answer:
    """Slack tells of both tabs, and of the view that stands there; without one, it shows nothing of ours yet."""
    event = news.event
    if event.get("tab") != "home":
        return Answer()
    try:
        await news.homes.open(event["user"], is_blank="view" not in event)
    except Unwritten as failed:
        return Answer(failure=str(failed))
    return Answer()
