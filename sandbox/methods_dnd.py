"""dnd.info and dnd.teamInfo: who must not be disturbed now."""
from typing import Any

from sandbox.args import Args
from sandbox.errors import SlackError, wrong_arguments
from sandbox.events import dnd_status
from sandbox.standin import StandIn

MOST_USERS = 50


def info(standin: StandIn, args: Args) -> dict[str, Any]:
    user = standin.workspace.user(args.text("user") or standin.workspace.bot.id)
    if user is None:
        raise SlackError("user_not_found")
    return dnd_status(standin, user)


def team_info(standin: StandIn, args: Args) -> dict[str, Any]:
    """Whom Slack does not know it leaves out."""
    wanted = [part.strip() for part in args.text("users").split(",") if part.strip()]
    if not wanted:
        raise SlackError("no_users_provided")
    if len(wanted) > MOST_USERS:
        raise wrong_arguments(f"must be no more than {MOST_USERS} users [json-pointer:/users]")
    known = (user for user_id in wanted if (user := standin.workspace.user(user_id)))
    return {"users": {user.id: dnd_status(standin, user) for user in known}}


METHODS = {"dnd.info": info, "dnd.teamInfo": team_info}
