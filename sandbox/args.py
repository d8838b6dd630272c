"""The arguments of one Web API call, as Slack takes them: from a form, a query or a JSON body."""
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.errors import SlackError, wrong_arguments

DECODED = ("blocks", "attachments", "view", "metadata")
YES = (True, 1, "1", "true", "True")
PAGE = 100


class Args:
    """Values are texts when they came from a form. What a method does not know is let be, as Slack does."""

    def __init__(self, told: Mapping[str, Any], is_json: bool = False) -> None:
        self.is_json = is_json
        self.told = {key: _decoded(value) if key in DECODED else value for key, value in told.items() if key != "token"}

    def text(self, name: str) -> str:
        """The argument as text; empty when it is missing."""
        value = self.told.get(name)
        return "" if value is None else value if isinstance(value, str) else str(value)

    def needed(self, name: str) -> str:
        """Raises SlackError invalid_arguments when it is missing."""
        if not self.text(name):
            raise wrong_arguments(f"missing required field: {name}")
        return self.text(name)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.told.get(name)
        return default if value in (None, "") else value in YES

    def page(self, default: int = PAGE, most: int = 1000, error: str = "invalid_limit") -> tuple[int, int]:
        """Where the page starts and how many may stand in it. Raises SlackError."""
        try:
            size = int(self.text("limit") or default)
        except ValueError:
            raise SlackError(error) from None
        if not 0 < size <= most:
            raise SlackError(error)
        return _start(self.text("cursor")), size


def _decoded(value: Any) -> Any:
    """JSON that stands in a text is read; what cannot be read stays as it came, for the method to refuse."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    word, _, number = cursor.partition(":")
    if word != "next" or not number.isdigit():
        raise SlackError("invalid_cursor")
    return int(number)


def paged(name: str, items: list[Any], start: int, size: int) -> dict[str, Any]:
    """One page under `name`, with Slack's next_cursor: empty at the end."""
    more = start + size < len(items)
    return {name: items[start : start + size], "response_metadata": {"next_cursor": f"next:{start + size}" if more else ""}}


async def read_args(request: Request, takes_json: bool) -> tuple[Args, str]:
    """The arguments and the token. A JSON body is not read for methods that take none. Raises SlackError."""
    told: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    is_json = kind == "application/json"
    if is_json and takes_json:
        told.update(_json_object(await request.body()))
    elif kind == "application/x-www-form-urlencoded":
        told.update(parse_qsl((await request.body()).decode(), keep_blank_values=True))
    bearer = request.headers.get("authorization", "")
    token = bearer.removeprefix("Bearer ") if bearer.startswith("Bearer ") else str(told.get("token") or "")
    return Args(told, is_json), token


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(told, dict):
        raise SlackError("json_not_object")
    return told
