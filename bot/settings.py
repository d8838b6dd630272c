"""What the operator sets, from the environment or a `.env` file. Everything missing or malformed is told in one message,
so that a first start takes one correction and not seven; the value of a secret is never shown."""

import re
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ENV_FILE = Path(".env")
HERE = {"127.0.0.1", "localhost", "::1"}


class SettingsError(ValueError):
    """A sentence for the operator that names every setting to correct."""


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _ids(value: Any) -> Any:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _user_ids(ids: frozenset[str]) -> frozenset[str]:
    strange = sorted(each for each in ids if not re.fullmatch(r"[UW][A-Z0-9]+", each))
    if strange:
        raise ValueError(f"{', '.join(strange)}: not a Slack user id")
    return ids


def _database_file(path: Path) -> Path:
    if re.match(r"\w{2,}:|:memory:", str(path)):
        raise ValueError("an address, not a file")
    if path.is_dir():
        raise ValueError(f"{path} is a directory")
    return path


def _directory(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError(f"no such directory: {path}")
    return path


def _clock(value: str) -> str:
    if value != "system" and not Path(value).is_file():
        raise ValueError(f"no such file: {value}")
    return value


def _begins(token: SecretStr, prefix: str) -> SecretStr:
    if not token.get_secret_value().startswith(prefix):
        raise ValueError(f"does not begin with {prefix}")
    return token


def _api_url(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("not a web address")
    if parts.scheme == "http" and parts.hostname not in HERE:
        raise ValueError("would send the tokens unencrypted")
    return address.rstrip("/") + "/"


class HouseSettings(BaseSettings):
    """Settings of commands that never speak to Slack: checking and adding plans, the database. Frozen."""

    model_config = SettingsConfigDict(frozen=True, case_sensitive=True, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True)

    database: Annotated[Path, AfterValidator(_database_file)] = Field(
        Path("var/launchroom.db"), alias="LAUNCHROOM_DATABASE", description="the path of a file, for example var/launchroom.db"
    )
    synchronous: Annotated[Literal["FULL", "NORMAL"], BeforeValidator(_upper)] = Field(
        "FULL", alias="LAUNCHROOM_SYNCHRONOUS", description="FULL (survives a power cut) or NORMAL"
    )
    clock: Annotated[str, AfterValidator(_clock)] = Field(
        "system", alias="LAUNCHROOM_CLOCK", description="system, or the path of a clock file"
    )
    language: Annotated[Literal["en", "fr"], BeforeValidator(_lower)] = Field(
        "en", alias="LAUNCHROOM_LANGUAGE", description="en or fr: the language where neither a plan nor a reader says one"
    )
    log: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = Field(
        "INFO", alias="LAUNCHROOM_LOG", description="DEBUG, INFO, WARNING or ERROR"
    )
    plans: Annotated[Path, AfterValidator(_directory)] | None = Field(
        None, alias="LAUNCHROOM_PLANS", description="an existing directory of plan files"
    )
    secrets: Annotated[Path, AfterValidator(_directory)] | None = Field(
        None, alias="LAUNCHROOM_SECRETS", description="an existing directory that holds one file for each secret"
    )


class Settings(HouseSettings):
    """Settings of the running bot. Frozen; durations are seconds."""

    bot_token: Annotated[SecretStr, AfterValidator(partial(_begins, prefix="xoxb-"))] = Field(
        alias="SLACK_BOT_TOKEN", description="the bot token, xoxb-…, from the app's page OAuth & Permissions"
    )
    app_token: Annotated[SecretStr, AfterValidator(partial(_begins, prefix="xapp-"))] = Field(
        alias="SLACK_APP_TOKEN", description="the app-level token, xapp-…, with connections:write, from the app's page Basic Information"
    )
    api_url: Annotated[str, AfterValidator(_api_url)] = Field(
        "https://slack.com/api/", alias="SLACK_API_URL", description="an https:// address (http:// on this machine only)"
    )
    admins: Annotated[frozenset[str], NoDecode, BeforeValidator(_ids), AfterValidator(_user_ids)] = Field(
        frozenset(), alias="LAUNCHROOM_ADMINS", description="Slack user ids separated by commas (empty: the workspace's admins)"
    )
    settle: Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)] = Field(
        30.0, alias="LAUNCHROOM_SETTLE", description="seconds from 0 to 600 to wait before asking Slack what became of a call"
    )
    posts: Annotated[int, Field(ge=60, le=100_000)] = Field(
        300, alias="LAUNCHROOM_POSTS", description="messages a minute, from 60 to 100000, that the workspace lets one app post"
    )


S = TypeVar("S", bound=HouseSettings)


def read_settings(shape: type[S], env_file: Path = ENV_FILE) -> S:
    """Settings from the environment, then from `env_file`, then their defaults.

    Raises SettingsError, one sentence a mistake: what is wrong, what would be accepted.
    """
    wrong = _unknown_names(env_file)
    try:
        settings = shape(_env_file=env_file)
    except ValidationError as error:
        wrong += [_sentence(shape, str(each["loc"][0]), each["type"], each["msg"]) for each in error.errors()]
    if wrong:
        raise SettingsError("These settings need correcting:\n" + "\n".join(f"- {each}" for each in wrong))
    return settings


def _sentence(shape: type[HouseSettings], name: str, kind: str, problem: str) -> str:
    accepted = next(field.description for field in shape.model_fields.values() if field.alias == name)
    if kind == "missing":
        return f"{name} is missing. Give {accepted}."
    return f"{name}: {problem.removeprefix('Value error, ')}. Give {accepted}."


def _unknown_names(env_file: Path) -> list[str]:
    """A misspelt name in the file would otherwise leave its default in force without a word."""
    known = [str(field.alias) for field in Settings.model_fields.values()]
    ours = re.compile(r"SLACK_|LAUNCHROOM_(?!SECRET_)")
    return [_unknown(name, known) for name in dotenv_values(env_file) if ours.match(name) and name not in known]


def _unknown(name: str, known: list[str]) -> str:
    nearest = get_close_matches(name, known, n=1)
    return f"{name} is not a setting." + (f" Did you mean {nearest[0]}?" if nearest else f" Settings are {', '.join(known)}.")
