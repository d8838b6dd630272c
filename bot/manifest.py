"""The manifest of the Slack app: as it is written, as JSON, and as the link by which Slack makes the app from it."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ruamel.yaml import YAML

# Beside the packages, in the repository as in an installed wheel.
FILE = Path(__file__).parents[1] / "manifests" / "slack_app.yaml"
NEW_APP = "https://api.slack.com/apps?new_app=1&manifest_json="


def source() -> str:
    """The YAML with its comments. Raises OSError."""
    return FILE.read_text(encoding="utf-8")


def content() -> dict[str, Any]:
    """What Slack is given, without the comments. Raises OSError."""
    told: dict[str, Any] = YAML(typ="safe", pure=True).load(source())
    return told


def as_json() -> str:
    return json.dumps(content(), ensure_ascii=False, indent=2)


def link() -> str:
    """Opens Slack's page with everything filled in: who follows it chooses the workspace and presses Create."""
    compact = json.dumps(content(), ensure_ascii=False, separators=(",", ":"))
    return NEW_APP + quote(compact, safe=":,/")


def scopes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the bot cannot do without, and what it can."""
    told = content()["oauth_config"]["scopes"]
    return tuple(told["bot"]), tuple(told["bot_optional"])
