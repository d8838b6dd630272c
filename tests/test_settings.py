"""What the operator sets: one message for all mistakes, no secret in it, and an example file that tells the truth."""

import os
import re
from pathlib import Path

import pytest
from dotenv import dotenv_values
from pydantic import ValidationError

from bot.settings import HouseSettings, Settings, SettingsError, read_settings

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / ".env.example"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1-open-sesame", "SLACK_APP_TOKEN": "xapp-1-open-sesame"}
NAMES = [str(field.alias) for field in Settings.model_fields.values()]


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("SLACK_", "LAUNCHROOM_")):
            monkeypatch.delenv(name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def write(file: Path, **values: str) -> Path:
    file.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    return file


def complaint(file: Path) -> dict[str, str]:
    """The sentences of the one message, by the name each begins with."""
    with pytest.raises(SettingsError) as told:
        read_settings(Settings, file)
    lines = str(told.value).splitlines()
    assert lines[0] == "These settings need correcting:"
    return {line.removeprefix("- ").partition(" ")[0].rstrip(":"): line for line in lines[1:]}


def test_two_tokens_are_enough(file: Path) -> None:
    settings = read_settings(Settings, write(file, **TOKENS))
    assert settings.bot_token.get_secret_value() == "xoxb-1-open-sesame"
    assert settings.model_dump(exclude={"bot_token", "app_token"}) == {
        "database": Path("var/launchroom.db"),
        "synchronous": "FULL",
        "clock": "system",
        "language": "en",
        "log": "INFO",
        "plans": None,
        "secrets": None,
        "api_url": "https://slack.com/api/",
        "admins": frozenset(),
        "settle": 30.0,
        "posts": 300,
    }
    assert "sesame" not in f"{settings!r} {settings}"


def test_commands_that_never_speak_to_slack_need_no_token(file: Path) -> None:
    assert read_settings(HouseSettings, file).database == Path("var/launchroom.db")


def test_everything_can_be_set_and_the_environment_wins(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = tmp_path / "clock.json"
    clock.write_text("{}")
    write(
        file,
        **TOKENS,
        SLACK_API_URL="http://127.0.0.1:8899/api",
        LAUNCHROOM_DATABASE="elsewhere.db",
        LAUNCHROOM_SYNCHRONOUS="normal",
        LAUNCHROOM_CLOCK=str(clock),
        LAUNCHROOM_ADMINS="U012AB3CD, W9",
        LAUNCHROOM_PLANS=str(tmp_path),
        LAUNCHROOM_SECRETS=str(tmp_path),
        LAUNCHROOM_LANGUAGE="FR",
        LAUNCHROOM_SETTLE="0.5",
        LAUNCHROOM_LOG="debug",
        LAUNCHROOM_SECRET_MAILER="kept for a plan",
    )
    monkeypatch.setenv("LAUNCHROOM_DATABASE", "from-the-environment.db")
    monkeypatch.setenv("LAUNCHROOM_LANGUAGE", "")
    settings = read_settings(Settings, file)
    assert (settings.database, settings.synchronous, settings.language) == (Path("from-the-environment.db"), "NORMAL", "fr")
    assert (settings.api_url, settings.clock, settings.settle) == ("http://127.0.0.1:8899/api/", str(clock), 0.5)
    assert (settings.plans, settings.secrets, settings.log) == (tmp_path, tmp_path, "DEBUG")
    assert settings.admins == {"U012AB3CD", "W9"}


def test_every_mistake_is_named_in_one_message_with_what_would_be_accepted(file: Path, tmp_path: Path) -> None:
    write(
        file,
        SLACK_APP_TOKEN="xoxb-1-open-sesame",
        SLACK_API_URL="http://slack.example/api/",
        LAUNCHROOM_DATABASE="postgresql://ann:open-sesame@db/launch",
        LAUNCHROOM_SYNCHRONOUS="OFF",
        LAUNCHROOM_CLOCK=str(tmp_path / "none.json"),
        LAUNCHROOM_ADMINS="U1,@ann",
        LAUNCHROOM_PLANS=str(tmp_path / "none"),
        LAUNCHROOM_SECRETS=str(file),
        LAUNCHROOM_LANGAUGE="fr",
        LAUNCHROOM_SETTLE="soon",
        LAUNCHROOM_POSTS="many",
        LAUNCHROOM_LOG="loud",
    )
    told = complaint(file)
    assert sorted(told) == sorted([*set(NAMES) - {"LAUNCHROOM_LANGUAGE"}, "LAUNCHROOM_LANGAUGE"])
    assert "SLACK_BOT_TOKEN is missing. Give the bot token, xoxb-…" in told["SLACK_BOT_TOKEN"]
    assert "does not begin with xapp-. Give the app-level token" in told["SLACK_APP_TOKEN"]
    assert "Did you mean LAUNCHROOM_LANGUAGE?" in told["LAUNCHROOM_LANGAUGE"]
    assert "@ann: not a Slack user id. Give Slack user ids separated by commas" in told["LAUNCHROOM_ADMINS"]
    assert "Give seconds from 0 to 600" in told["LAUNCHROOM_SETTLE"]
    assert "sesame" not in "".join(told.values())


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("LAUNCHROOM_SETTLE", "-1", "greater than or equal to 0"),
        ("LAUNCHROOM_SETTLE", "nan", "finite"),
        ("LAUNCHROOM_POSTS", "0", "greater than or equal to 60"),
        ("LAUNCHROOM_DATABASE", ":memory:", "not a file"),
        ("LAUNCHROOM_DATABASE", ".", "is a directory"),
        ("SLACK_API_URL", "slack.com/api", "not a web address"),
        ("SLACK_API_URL", "http://[", "Invalid IPv6 URL"),
        ("SLACK_BOT_TOKEN", "", "is missing"),
        ("SLACK_COLOUR", "red", "is not a setting"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(file: Path, name: str, value: str, wrong: str) -> None:
    told = complaint(write(file, **TOKENS | {name: value}))
    assert list(told) == [name]
    assert wrong in told[name]


def test_settings_do_not_change_under_way(file: Path) -> None:
    settings = read_settings(Settings, write(file, **TOKENS))
    with pytest.raises(ValidationError, match="frozen"):
        settings.settle = 1.0  # type: ignore[misc]


def test_the_example_names_every_setting_with_its_default_and_only_the_tokens_are_left_to_fill_in(file: Path) -> None:
    uncommented = re.sub(r"^#(?=[A-Z]+_)", "", EXAMPLE.read_text(), flags=re.MULTILINE)
    file.write_text(uncommented)
    assert sorted(dotenv_values(file)) == sorted(NAMES)
    assert set(dotenv_values(EXAMPLE)) == set(TOKENS)
    defaults = read_settings(Settings, write(file.with_name("tokens"), **TOKENS))
    given = {name: value or "" for name, value in dotenv_values(file).items()}
    assert read_settings(Settings, write(file, **given | TOKENS)) == defaults
