"""The people of the workspace, as the desk gives them and as Slack tells the bot of them."""
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.errors import DeskError


@dataclass
class User:
    """`is_restricted`: a guest; `is_ultra_restricted`: a guest of one channel only. `dnd`: Do Not Disturb, now."""

    id: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "Etc/UTC"
    locale: str = "en-US"
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    dnd: bool = False
    deleted: bool = False
    is_bot: bool = False
    updated: int = 0

    def shown(self) -> dict[str, Any]:
        """As the desk's state shows a person."""
        return {key: value for key, value in asdict(self).items() if key not in ("is_bot", "updated")}


GIVEN = {field.name: field.type for field in fields(User) if field.name not in ("is_bot", "updated")}

EVERYDAY_PEOPLE: tuple[dict[str, Any], ...] = (
    {"name": "claire", "real_name": "Claire Aubrac", "email": "claire@example.com", "tz": "Europe/Paris", "locale": "fr-FR",
     "is_admin": True},
    {"name": "daniel", "real_name": "Daniel Okafor", "email": "daniel@example.com", "tz": "America/Toronto", "locale": "en-US"},
    {"name": "meera", "real_name": "Meera Joshi", "email": "meera@example.com", "tz": "Asia/Kolkata", "locale": "en-GB"},
)


def derived_id(prefix: str, *words: object) -> str:
    """An id that looks like Slack's and is the same each time for the same words."""
    digest = hashlib.sha256("\0".join(map(str, words)).encode()).hexdigest()
    return prefix + "0" + digest[:9].upper()


def person(given: Mapping[str, Any], known: User | None = None) -> User:
    """A user from what the desk gave, over what is known of them. Raises DeskError."""
    strange = set(given) - set(GIVEN)
    if strange:
        raise DeskError(f"a user has no {', '.join(sorted(strange))}; accepted are {', '.join(GIVEN)}")
    for key, value in given.items():
        if not isinstance(value, bool if GIVEN[key] is bool else str):
            raise DeskError(f"{key} of a user is {'true or false' if GIVEN[key] is bool else 'a text'}, not {value!r}")
    if known is None and not given.get("name"):
        raise DeskError("a user needs a name")
    told = asdict(known) if known else {"id": derived_id("U", given["name"]), "real_name": given["name"], "name": given["name"]}
    user = User(**{**told, **given})
    if user.is_ultra_restricted and given.get("is_restricted") is False:
        raise DeskError("a guest of one channel is a guest: is_ultra_restricted goes with is_restricted")
    user.is_restricted = user.is_restricted or user.is_ultra_restricted
    try:
        ZoneInfo(user.tz)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise DeskError(f"tz of a user is an IANA zone such as Europe/Paris, not {user.tz!r}") from error
    return user


def user_object(user: User, team_id: str, now: float, with_email: bool = True, with_locale: bool = True) -> dict[str, Any]:
    """The user object of users.info, users.list and user_change."""
    offset = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(user.tz)).utcoffset()
    profile = {"real_name": user.real_name, "real_name_normalized": user.real_name, "display_name": user.name,
               "display_name_normalized": user.name, "first_name": user.real_name.split(" ")[0], "last_name": user.real_name.split(" ")[-1],
               "title": "", "phone": "", "skype": "", "status_text": "", "status_emoji": "", "status_expiration": 0,
               "avatar_hash": "g" + user.id[-6:].lower(), "team": team_id}
    if with_email and user.email:
        profile["email"] = user.email
    return {"id": user.id, "team_id": team_id, "name": user.name, "deleted": user.deleted, "color": "9f69e7", "real_name": user.real_name,
            "tz": user.tz, "tz_label": user.tz, "tz_offset": int(offset.total_seconds()) if offset else 0, "profile": profile,
            "is_admin": user.is_admin, "is_owner": False, "is_primary_owner": False, "is_restricted": user.is_restricted,
            "is_ultra_restricted": user.is_ultra_restricted, "is_bot": user.is_bot, "is_app_user": False, "updated": user.updated,
            "is_email_confirmed": True, "who_can_share_contact_card": "EVERYONE", **({"locale": user.locale} if with_locale else {})}
