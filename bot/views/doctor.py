"""What the doctor found, in sentences for whoever runs the bot: how it stands, and below it what to do about it. Plain text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.views.locale import Reader
from bot.views.setup import kinds, losses, token

State = Literal["good", "warning", "bad", "skipped"]
Kind = Literal["bot", "app", "user", "configuration", "refresh", "unknown"]
Code = Literal[
    "settings_fine", "setting_wrong", "not_looked", "check_failed",
    "no_token", "wrong_token", "token_refused", "slack_out_of_reach", "bot_token_fine", "app_token_fine",
    "one_app", "two_apps", "apps_unknown", "workspace_fine", "workspace_new", "another_workspace", "workspace_unknown",
    "scopes_fine", "scope_missing", "scopes_unknown",
    "socket_fine", "too_many_sockets", "socket_mode_off", "socket_fails", "socket_unknown",
    "nobody_else", "others_connected", "others_unknown", "bot_runs", "bot_rests", "bot_unknown",
    "database_fine", "database_new", "no_place", "database_closed", "database_behind", "database_newer", "disk_fine", "disk_low",
    "clock_fine", "clock_ahead", "clock_behind", "clock_file", "clock_unknown",
    "plan_fine", "plan_mistaken", "plan_closed", "no_directory", "no_plans",
]  # fmt: skip
MARKS: dict[State, str] = {"good": "✓", "warning": "!", "bad": "✗", "skipped": "–"}
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check came to. The facts fill the placeholders of its sentences, and hold no secret."""

    check: str
    code: Code
    state: State
    facts: Mapping[str, str] = field(default_factory=dict)


def report(findings: list[Finding], reader: Reader) -> str:
    """One line a finding, its remedy on the next; the sum of it all at the end."""
    lines = []
    for finding in findings:
        lines.append(f"{MARKS[finding.state]} {said(finding, reader)}")
        lines += [f"  → {what}"] if (what := remedy(finding, reader)) else []
    return "\n".join([*lines, "", _sum(findings, reader)])


def as_facts(findings: list[Finding], reader: Reader) -> list[dict[str, Any]]:
    """The same for a machine: [{check, code, state, said, remedy, facts}]; `remedy` is null where nothing has to be done."""
    return [
        {
            "check": each.check,
            "code": each.code,
            "state": each.state,
            "said": said(each, reader),
            "remedy": remedy(each, reader) or None,
            "facts": dict(each.facts),
        }
        for each in findings
    ]


def said(finding: Finding, reader: Reader) -> str:
    return sentences(reader)[finding.code].format(**_words(finding, reader))


def remedy(finding: Finding, reader: Reader) -> str:
    """What to do; nothing where all is well."""
    return remedies(reader).get(finding.code, "").format(**_words(finding, reader))


def _words(finding: Finding, reader: Reader) -> dict[str, str]:
    """The facts, with what they mean to a person."""
    words = dict(finding.facts)
    if finding.code == "not_looked":
        words["what"] = checks(reader)[finding.check]
    if "kind" in words:
        words["kind"] = kinds(reader)[words["kind"]]
    if "scope" in words:
        words["loss"] = losses(reader).get(words["scope"], "")
    if "name" in words:
        words["token"] = token(words["name"], reader)
    return words


def _sum(findings: list[Finding], reader: Reader) -> str:
    bad, warnings = (sum(each.state == state for each in findings) for state in ("bad", "warning"))
    if not bad and not warnings:
        return reader._("All is well.")
    return reader._("To mend: {bad}. To keep in mind: {warnings}.").format(bad=bad, warnings=warnings)


def sentences(reader: Reader) -> dict[Code, str]:
    _ = reader._
    return {**_of_settings(_), **_of_tokens(_), **_of_sockets(_), **_of_house(_), **_of_clock_and_plans(_)}


def _of_settings(_: Say) -> dict[Code, str]:
    return {
        "settings_fine": _("The settings can be read, and no name is misspelt."),
        "setting_wrong": "{mistake}",
        "not_looked": _("Not looked at: {what}. First correct {names}."),
        "check_failed": _("This check failed: {reason}."),
    }


def _of_tokens(_: Say) -> dict[Code, str]:
    return {
        "no_token": _("{name} is missing."),
        "wrong_token": _("{name} holds {kind}."),
        "token_refused": _("Slack refuses what {name} holds: {error}."),
        "slack_out_of_reach": _("Slack cannot be reached at {address}: {reason}."),
        "bot_token_fine": _("The bot token is good for the workspace {team} ({team_id})."),
        "app_token_fine": _("The app-level token is good."),
        "one_app": _("Both tokens belong to one app, {app}."),
        "two_apps": _("The bot token belongs to the app {bot_app}, the app-level token to another, {app_app}."),
        "apps_unknown": _("Whether both tokens belong to one app could not be seen."),
        "workspace_fine": _("The database belongs to the same workspace, {team}."),
        "workspace_new": _("The database knows no workspace yet: it will belong to {team}."),
        "another_workspace": _("The database belongs to the workspace {known}, the bot token to {team}."),
        "workspace_unknown": _("Whether the database belongs to this workspace could not be seen."),
        "scopes_fine": _("All {count} scopes of the manifest are granted."),
        "scope_missing": _("{scope} is missing: {loss}"),
        "scopes_unknown": _("Slack did not say which scopes are granted."),
    }


def _of_sockets(_: Say) -> dict[Code, str]:
    return {
        "socket_fine": _("A socket opens, and Slack says hello on it."),
        "too_many_sockets": _("Slack opens no more sockets: ten are open with this app-level token."),
        "socket_mode_off": _("Slack opens no socket: Socket Mode is switched off in the app."),
        "socket_fails": _("No socket opens: {reason}."),
        "socket_unknown": _("Without the app-level token no socket could be tried."),
        "nobody_else": _("Nobody else is connected with these tokens."),
        "others_connected": _("More connections than ours are open with these tokens: {count}."),
        "others_unknown": _("Whether somebody else is connected could not be seen."),
        "bot_runs": _("The bot is running."),
        "bot_rests": _("The bot is not running."),
        "bot_unknown": _("Whether the bot is running could not be seen: {reason}."),
    }


def _of_house(_: Say) -> dict[Code, str]:
    return {
        "database_fine": _("{file} can be written, and has this version's schema."),
        "database_new": _("{file} is not there yet: it is made at the first start."),
        "no_place": _("{file} is not there, and cannot be made: its directory cannot be written."),
        "database_closed": _("{file} cannot be used: {reason}."),
        "database_behind": _("{file} has an older schema ({found}, this version's is {head})."),
        "database_newer": _("{file} was used by a newer version (schema {found}, this version's is {head})."),
        "disk_fine": _("{free} MB are free in {directory}."),
        "disk_low": _("Only {free} MB are free in {directory}."),
    }


def _of_clock_and_plans(_: Say) -> dict[Code, str]:
    return {
        "clock_fine": _("Our clock agrees with Slack's."),
        "clock_ahead": _("Our clock is {seconds} s ahead of Slack's."),
        "clock_behind": _("Our clock is {seconds} s behind Slack's."),
        "clock_file": _("The clock is steered by {file}, and was not compared with Slack's."),
        "clock_unknown": _("Slack told no time to compare our clock with."),
        "plan_fine": _("{file} can be used."),
        "plan_mistaken": _("{file} cannot be used; mistakes: {count}."),
        "plan_closed": _("{file} cannot be read: {reason}."),
        "no_directory": _("LAUNCHROOM_PLANS names no directory: plans are added by hand."),
        "no_plans": _("There is no plan in {directory}."),
    }


def remedies(reader: Reader) -> dict[Code, str]:
    """Of each code that has one."""
    _ = reader._
    return {**_for_tokens(_), **_for_scopes_and_sockets(_), **_for_house(_)}


def _for_tokens(_: Say) -> dict[Code, str]:
    return {
        "setting_wrong": _("Correct it in .env, or in the environment, which wins over .env."),
        "check_failed": _("Ask again. If it fails again, it is a fault of ours: please report it."),
        "no_token": _("Copy {token}."),
        "wrong_token": _("Put in its place {token}."),
        "token_refused": _("Install the app again if it was removed, then copy {token}."),
        "slack_out_of_reach": _("Look at the network, at HTTPS_PROXY and at SLACK_API_URL. How Slack itself is: status.slack.com."),
        "two_apps": _("Copy both tokens from the pages of one app at api.slack.com/apps."),
        "another_workspace": _("Give the tokens of the app in {known}, or name another file in LAUNCHROOM_DATABASE."),
    }


def _for_scopes_and_sockets(_: Say) -> dict[Code, str]:
    return {
        "scope_missing": _("Add it on the app's page OAuth & Permissions, then install the app again on the same page."),
        "too_many_sockets": _("Stop the other bots that hold this token, or make it anew on the app's page Basic Information."),
        "socket_mode_off": _("Switch it on, on the app's page Socket Mode."),
        "socket_fails": _("Let wss:// connections through the firewall or proxy, then ask again."),
        "others_connected": _(
            "Stop the other bot: Slack gives each only a part of what people press. Just after a crash, ask again in a few minutes: "
            "until then Slack counts what is dead."
        ),
    }


def _for_house(_: Say) -> dict[Code, str]:
    return {
        "no_place": _("Make the directory, and let whoever runs the bot write in it; or name another in LAUNCHROOM_DATABASE."),
        "database_closed": _("Let whoever runs the bot write the file and its directory. If it is damaged, put a copy in its place."),
        "database_behind": _("Copy the file, then start the bot anew: it brings the file to its own schema."),
        "database_newer": _("Install that version again, or put in its place the copy that was made before."),
        "disk_low": _("Make room: with a full disk nothing that people answer can be kept."),
        "clock_ahead": _("Let the machine take its time from the network (NTP): all that is due comes too early."),
        "clock_behind": _("Let the machine take its time from the network (NTP): all that is due comes too late."),
        "plan_mistaken": _("Every mistake with its line: launchroom check {file}"),
        "plan_closed": _("Let whoever runs the bot read it."),
        "no_plans": _("Put a plan there whose name ends with .yaml, or take LAUNCHROOM_PLANS away."),
    }


def checks(reader: Reader) -> dict[str, str]:
    """Those that a wrong setting makes impossible."""
    return {
        "one_app": reader._("whether both tokens belong to one app"),
        "workspace": reader._("whether the database belongs to this workspace"),
        "scopes": reader._("the scopes"),
        "socket": reader._("whether a socket opens"),
        "bot": reader._("whether the bot is running"),
        "database": reader._("the database"),
        "disk": reader._("the disk"),
        "plans": reader._("the plans"),
    }
