"""What the doctor makes of what was seen in Slack: the two tokens, their app and workspace, what it may do, its sockets, the clock."""

from collections.abc import Iterator

from bot import manifest
from bot.doctor.given import Given, not_looked
from bot.doctor.looks import Seen, Unseen
from bot.views.doctor import Code, Finding, State

CONNECTIONS = 2
"""How many a running bot holds."""
CLOCK_WARNING, CLOCK_BAD = 5.0, 60.0
"""Seconds: deadlines are told a little late; Slack's date tokens and ours disagree so far that people are misled."""
BOT, APP, DATABASE = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "LAUNCHROOM_DATABASE"


def bot_token(told: Given, seen: Seen) -> Iterator[Finding]:
    if BOT in told.wrong:
        yield _wrong_token("bot_token", BOT, told)
    elif isinstance(seen.identity, Unseen):
        yield _no("bot_token", BOT, told, seen.identity)
    else:
        yield Finding("bot_token", "bot_token_fine", "good", {"team": seen.identity.team, "team_id": seen.identity.team_id})


def app_token(told: Given, seen: Seen) -> Iterator[Finding]:
    if APP in told.wrong:
        yield _wrong_token("app_token", APP, told)
    elif isinstance(seen.ticket, Unseen):
        yield _no("app_token", APP, told, seen.ticket)
    else:
        yield Finding("app_token", "app_token_fine", "good")


def one_app(told: Given, seen: Seen) -> Iterator[Finding]:
    if wrong := told.wrong & {BOT, APP}:
        yield not_looked("one_app", *wrong)
    elif isinstance(seen.app, Unseen) or isinstance(seen.hello, Unseen) or not seen.hello.app:
        yield Finding("one_app", "apps_unknown", "skipped")
    elif seen.app != seen.hello.app:
        yield Finding("one_app", "two_apps", "bad", {"bot_app": seen.app, "app_app": seen.hello.app})
    else:
        yield Finding("one_app", "one_app", "good", {"app": seen.app})


def workspace(told: Given, seen: Seen, known: list[dict[str, str]]) -> Iterator[Finding]:
    """`known` are the workspaces that the database knows."""
    if wrong := told.wrong & {BOT, DATABASE}:
        yield not_looked("workspace", *wrong)
    elif isinstance(seen.identity, Unseen):
        yield Finding("workspace", "workspace_unknown", "skipped")
    elif known and seen.identity.team_id not in {each["team_id"] for each in known}:
        facts = {"known": known[0]["name"], "team": seen.identity.team}
        yield Finding("workspace", "another_workspace", "bad", facts)
    else:
        yield Finding("workspace", "workspace_fine" if known else "workspace_new", "good", {"team": seen.identity.team})


def scopes(told: Given, seen: Seen) -> Iterator[Finding]:
    """One finding a scope that the manifest asks for and the token was not granted."""
    if BOT in told.wrong:
        yield not_looked("scopes", BOT)
    elif isinstance(seen.identity, Unseen) or not seen.identity.scopes:
        yield Finding("scopes", "scopes_unknown", "skipped")
    else:
        required, optional = manifest.scopes()
        granted = seen.identity.scopes
        yield from (Finding("scopes", "scope_missing", "bad", {"scope": each}) for each in required if each not in granted)
        yield from (Finding("scopes", "scope_missing", "warning", {"scope": each}) for each in optional if each not in granted)
        if granted.issuperset((*required, *optional)):
            yield Finding("scopes", "scopes_fine", "good", {"count": str(len(required) + len(optional))})


def socket(told: Given, seen: Seen) -> Iterator[Finding]:
    if APP in told.wrong:
        yield not_looked("socket", APP)
    elif isinstance(seen.ticket, Unseen):
        yield Finding("socket", "socket_unknown", "skipped")
    elif not isinstance(seen.hello, Unseen):
        yield Finding("socket", "socket_fine", "good")
    elif seen.hello.refused == "too_many_websockets":
        yield Finding("socket", "too_many_sockets", "bad")
    elif seen.hello.refused == "link_disabled":
        yield Finding("socket", "socket_mode_off", "bad")
    else:
        yield Finding("socket", "socket_fails", "bad", {"reason": seen.hello.reason})


def others(seen: Seen, is_running: bool) -> Iterator[Finding]:
    """Connections beside the doctor's own and, where it runs, the bot's."""
    if isinstance(seen.hello, Unseen):
        yield Finding("others", "others_unknown", "skipped")
    elif (count := seen.hello.connections - 1 - (CONNECTIONS if is_running else 0)) > 0:
        yield Finding("others", "others_connected", "warning", {"count": str(count)})
    else:
        yield Finding("others", "nobody_else", "good")


def clock(told: Given, seen: Seen) -> Iterator[Finding]:
    if told.settings.clock != "system":
        yield Finding("clock", "clock_file", "skipped", {"file": told.settings.clock})
    elif isinstance(seen.ahead, Unseen) or seen.ahead is None:
        yield Finding("clock", "clock_unknown", "skipped")
    else:
        off = abs(seen.ahead)
        facts = {"seconds": str(round(off))}
        state: State = "bad" if off > CLOCK_BAD else "warning" if off > CLOCK_WARNING else "good"
        code: Code = "clock_fine" if state == "good" else "clock_ahead" if seen.ahead > 0 else "clock_behind"
        yield Finding("clock", code, state, facts)


def _wrong_token(check: str, name: str, told: Given) -> Finding:
    kind = told.kinds.get(name)
    return Finding(check, "wrong_token", "bad", {"name": name, "kind": kind}) if kind else Finding(check, "no_token", "bad", {"name": name})


def _no(check: str, name: str, told: Given, why: Unseen) -> Finding:
    if why.refused:
        return Finding(check, "token_refused", "bad", {"name": name, "error": why.refused})
    return Finding(check, "slack_out_of_reach", "bad", {"address": told.settings.api_url, "reason": why.reason})
