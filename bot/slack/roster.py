"""`/launch who`: who is on duty."""

from bot.slack.turn import Reply, Turn
from bot.views.roster import who as on_duty
from launch.messages import Refused


async def who(turn: Turn) -> Reply:
    """All roles, or the one that is named by its key, an alias or a title."""
    role = turn.launch.plan.role_named(turn.text) if turn.text else None
    if turn.text and role is None:
        raise Refused("no_such_role", role=turn.text)
    return turn.shown(on_duty(turn.launch, turn.reader, role))
