"""What the app's manifest grants it: scopes, events, commands, shortcuts, Home."""
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True)
class Manifest:
    """`None` for scopes, events, commands or shortcuts means that no manifest was given: everything is granted."""

    app_name: str = "Launch Room"
    bot_name: str = "launchroom"
    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None
    commands: Mapping[str, Mapping[str, Any]] | None = None
    shortcuts: Mapping[str, Mapping[str, Any]] | None = None
    home_tab: bool = True
    interactive: bool = True

    def listens(self, event: str) -> bool:
        return self.events is None or event in self.events

    def escapes(self, command: str) -> bool:
        return self.commands is None or bool(self.commands.get(command, {}).get("should_escape"))


def read_manifest(path: Path) -> Manifest:
    """Raises OSError, ruamel's YAMLError, or ValueError for what is no manifest."""
    try:
        return manifest(read_yaml(path))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is not the manifest of a Slack app: {error!r}") from error


def read_yaml(path: Path) -> Any:
    """YAML, and so JSON too."""
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def manifest(told: Mapping[str, Any]) -> Manifest:
    features, settings = told.get("features") or {}, told.get("settings") or {}
    scopes = (told.get("oauth_config") or {}).get("scopes") or {}
    return Manifest(
        app_name=(told.get("display_information") or {}).get("name", Manifest.app_name),
        bot_name=str((features.get("bot_user") or {}).get("display_name", Manifest.bot_name)),
        scopes=frozenset([*(scopes.get("bot") or []), *(scopes.get("bot_optional") or [])]),
        events=frozenset((settings.get("event_subscriptions") or {}).get("bot_events") or []),
        commands={command["command"]: command for command in features.get("slash_commands") or []},
        shortcuts={shortcut["callback_id"]: shortcut for shortcut in features.get("shortcuts") or []},
        home_tab=bool((features.get("app_home") or {}).get("home_tab_enabled")),
        interactive=bool((settings.get("interactivity") or {}).get("is_enabled")),
    )
