"""What the operator set, as far as it can be used: one wrong setting must not keep the doctor from looking at what the others say."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from bot.settings import ENV_FILE, Settings, SettingsError, read_settings
from bot.views.doctor import Finding, Kind

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-"}
KINDS: dict[str, Kind] = {"xoxe.": "configuration", "xoxe-": "refresh", "xoxp-": "user", "xoxb-": "bot", "xapp-": "app"}
"""How each kind of Slack's tokens begins."""


@dataclass(frozen=True, slots=True)
class Given:
    """`mistakes` are those of all settings but the tokens. `wrong` are the names whose value cannot be used: `settings` hold a stand-in
    there. `kinds`: what a wrong token is instead."""

    settings: Settings
    mistakes: tuple[str, ...] = ()
    wrong: frozenset[str] = frozenset()
    kinds: Mapping[str, Kind] = field(default_factory=dict)


def given(env_file: Path = ENV_FILE) -> Given:
    """Never raises for what is set. A file that cannot be read is a mistake, and the environment is looked at all the same."""
    try:
        return Given(read_settings(Settings, env_file))
    except SettingsError as error:
        return _in_part(env_file, [line.removeprefix("- ") for line in str(error).splitlines()[1:]])
    except (OSError, UnicodeDecodeError) as error:
        without = given(Path(os.devnull))
        return Given(without.settings, (f"{env_file}: {error}", *without.mistakes), without.wrong, without.kinds)


def not_looked(check: str, *names: str) -> Finding:
    """A check that had to be left out, because of the settings `names`."""
    return Finding(check, "not_looked", "skipped", {"names": ", ".join(sorted(names))})


def _in_part(env_file: Path, mistakes: list[str]) -> Given:
    defaults: dict[str, Any] = {str(each.alias): each.default for each in Settings.model_fields.values()} | TOKENS
    by_name = [(each.partition(" ")[0].rstrip(":"), each) for each in mistakes]
    wrong = frozenset(name for name, _ in by_name if name in defaults)
    settings = Settings(_env_file=env_file, **{name: defaults[name] for name in wrong})
    raw = {**dotenv_values(env_file), **os.environ}
    kinds = {name: _kind(raw.get(name) or "") for name in wrong & TOKENS.keys() if raw.get(name)}
    return Given(settings, tuple(each for name, each in by_name if name not in TOKENS), wrong, kinds)


def _kind(token: str) -> Kind:
    return next((kind for beginning, kind in KINDS.items() if token.startswith(beginning)), "unknown")
