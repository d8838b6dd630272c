"""users.*: who is in the workspace. Mail addresses need their own scope."""
from typing import Any

from sandbox.args import Args, paged
from sandbox.errors import SlackError
from sandbox.people import User, user_object
from sandbox.standin import StandIn
from sandbox.workspace import TEAM_ID


def shown_user(standin: StandIn, user: User, with_locale: bool) -> dict[str, Any]:
    return user_object(user, TEAM_ID, standin.clock.now(), standin.scopes.has("users:read.email"), with_locale)


def info(standin: StandIn, args: Args) -> dict[str, Any]:
    user = standin.workspace.user(args.text("user"))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": shown_user(standin, user, args.flag("include_locale"))}


def list_users(standin: StandIn, args: Args) -> dict[str, Any]:
    everyone = [*standin.workspace.users.values(), standin.workspace.bot]
    start, size = args.page(default=1000, error="invalid_arguments")
    page = paged("members", everyone, start, size)
    page["members"] = [shown_user(standin, user, args.flag("include_locale")) for user in page["members"]]
    return {**page, "cache_ts": int(standin.clock.now())}


def lookup_by_email(standin: StandIn, args: Args) -> dict[str, Any]:
    wanted = args.text("email").casefold()
    for user in standin.workspace.users.values():
        if wanted and user.email.casefold() == wanted and not user.deleted:
            return {"user": shown_user(standin, user, with_locale=False)}
    raise SlackError("users_not_found")


METHODS = {"users.info": info, "users.list": list_users, "users.lookupByEmail": lookup_by_email}
