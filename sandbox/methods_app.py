"""auth.test, api.test, team.info, apps.connections.open."""
from typing import Any

from sandbox.args import Args
from sandbox.errors import SlackError
from sandbox.standin import StandIn
from sandbox.workspace import TEAM_DOMAIN, TEAM_ID, TEAM_NAME


def auth_test(standin: StandIn, args: Args) -> dict[str, Any]:
    here = standin.workspace
    return {"url": f"{standin.url}/", "team": TEAM_NAME, "user": here.bot.name, "team_id": TEAM_ID, "user_id": here.bot.id,
            "bot_id": here.bot_id, "is_enterprise_install": False}


def api_test(standin: StandIn, args: Args) -> dict[str, Any]:
    if args.text("error"):
        raise SlackError(args.text("error"), args=args.told)
    return {"args": args.told}


def team_info(standin: StandIn, args: Args) -> dict[str, Any]:
    if args.text("team") not in ("", TEAM_ID):
        raise SlackError("team_not_found")
    return {"team": {"id": TEAM_ID, "name": TEAM_NAME, "url": f"{standin.url}/", "domain": TEAM_DOMAIN, "email_domain": "",
                     "icon": {"image_default": True}}}


def connections_open(standin: StandIn, args: Args) -> dict[str, Any]:
    address = standin.url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={standin.sockets.tickets.grant()}&app_id={standin.workspace.app_id}"}


METHODS = {"auth.test": auth_test, "api.test": api_test, "team.info": team_info, "apps.connections.open": connections_open}
