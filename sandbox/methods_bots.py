"""bots.info: which app a bot belongs to."""
from typing import Any

from sandbox.args import Args
from sandbox.errors import SlackError
from sandbox.standin import StandIn


def info(standin: StandIn, args: Args) -> dict[str, Any]:
    here = standin.workspace
    if args.text("bot") != here.bot_id:
        raise SlackError("bot_not_found")
    return {"bot": {"id": here.bot_id, "deleted": False, "name": here.app_name, "updated": 0, "app_id": here.app_id,
                    "user_id": here.bot.id, "icons": {}}}


METHODS = {"bots.info": info}
