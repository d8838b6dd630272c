"""The one way out to Slack's Web API. A call answers, or ends in one of four ways that are kept apart because what follows differs:
refused and rate limited were not done, unsent cannot have been done, and unknown must be looked up before it is tried again."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.settings import HERE

# Their trigger dies three seconds after the click: a later answer is of no use to the person who waits.
ON_A_TRIGGER = frozenset({"views.open", "views.push"})
# By Slack's own words some of the work may have been done before one of these was raised.
UNDECIDED = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
TOO_MANY = frozenset({"ratelimited", "rate_limited"})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
RETRY_AFTER = 30.0
# No connection stood at the end of these, so not a byte of the request can have reached Slack.
NEVER_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)
# Anything else on the way, and what slack_sdk stumbles over in an answer that is not Slack's, may have happened after the request arrived.
LOST = (aiohttp.ClientError, OSError, ValueError, AttributeError)


class CallFailed(Exception):
    """What `Wire` raises, always one of the four below. `outcome` is its word in the counts."""

    outcome: ClassVar[str]


class SlackRefused(CallFailed):
    """Slack said no, and did nothing. `error` is its code, `needed` the missing scope, `messages` what it says of the arguments,
    `answer` the whole of it (the errors for each person of an invite)."""

    outcome = "refused"

    def __init__(self, error: str, answer: Mapping[str, Any] | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.answer = dict(answer or {})
        self.needed: str | None = self.answer.get("needed")
        self.messages = tuple((self.answer.get("response_metadata") or {}).get("messages") or ())


class RateLimited(SlackRefused):
    """Not done. The method is closed in this workspace for `retry_after` seconds."""

    outcome = "rate_limited"

    def __init__(self, retry_after: float) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class Unknown(CallFailed):
    """Done or not, nobody here can tell: the request left and no verdict of Slack's came back."""

    outcome = "unknown"


class Unsent(CallFailed):
    """Certainly not done: no connection ever stood. Safe to send again."""

    outcome = "unsent"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is, and the scopes its token was granted."""

    team_id: str
    team: str
    url: str
    bot_id: str
    bot_user_id: str
    scopes: frozenset[str]


class Wire:
    """One token's calls over one session. Nothing is ever sent twice: who may try again is for the caller to know."""

    def __init__(self, token: str, base_url: str, timeout: float = 10.0, trigger_timeout: float = 2.4) -> None:
        """Timeouts in seconds, for a whole call; half of the first for its connection. Made inside a running loop."""
        self._trigger_timeout = trigger_timeout
        # The connection's own limit comes first: a timeout of the whole could not tell unsent from unknown.
        limits = aiohttp.ClientTimeout(total=timeout, connect=timeout / 2)
        self.session = aiohttp.ClientSession(timeout=limits, cookie_jar=aiohttp.DummyCookieJar())
        self.client = AsyncWebClient(token, base_url, session=self.session, retry_handlers=[])
        # slack_sdk would send even a call to this machine through the proxy.
        self.client.proxy = proxy_for(base_url)
        self._responses = _beside(base_url, "hooks")
        self._files = _beside(base_url, "files")
        self.counts: Counter[tuple[str, str]] = Counter()
        """How often each (method, outcome) came about: answered, refused, rate_limited, unknown, unsent."""

    async def call(self, method: str, /, **args: Any) -> dict[str, Any]:
        """Slack's answer to `method`. An argument that is None is left out. Raises CallFailed."""
        data = (await self._ask(method, args)).data
        return data if isinstance(data, dict) else {}

    async def identify(self) -> Identity:
        """By auth.test. Raises CallFailed."""
        response = await self._ask("auth.test", {})
        scopes = response.headers.get("x-oauth-scopes", "")
        return Identity(
            team_id=response["team_id"],
            team=response["team"],
            url=response["url"],
            bot_id=response["bot_id"],
            bot_user_id=response["user_id"],
            scopes=frozenset(scope.strip() for scope in scopes.split(",") if scope.strip()),
        )

    async def respond(self, response_url: str, body: Mapping[str, Any]) -> None:
        """Posts `body` to a click's or command's response_url. Raises CallFailed; an address that is not Slack's is refused unsent."""
        with self._counted("response_url"):
            if not response_url.startswith(self._responses):
                raise SlackRefused("foreign_response_url")
            proxy = proxy_for(response_url)
            async with self.session.post(response_url, json=body, proxy=proxy, allow_redirects=False) as response:
                text = await response.text()
            answer = _spoken(text)
            if response.status != 200 or answer.get("ok") is not True:
                raise _verdict(response.status, response.headers, answer)

    async def fetch(self, address: str, most: int) -> bytes:
        """The first `most` bytes of a file that somebody handed us. Raises CallFailed; an address that is not Slack's is refused unsent.

        Where Slack does not let us have it, it shows a page to sign in instead, or leads to one.
        """
        with self._counted("file"):
            if not address.startswith(self._files):
                raise SlackRefused("foreign_file")
            token, proxy = {"Authorization": f"Bearer {self.client.token}"}, proxy_for(address)
            async with self.session.get(address, headers=token, proxy=proxy, allow_redirects=False) as response:
                if response.status in REDIRECTS or response.content_type == "text/html":
                    raise SlackRefused("missing_scope", {"needed": "files:read"})
                if response.status != 200:
                    raise _verdict(response.status, response.headers, None)
                return await _beginning(response.content, most)

    async def close(self) -> None:
        await self.session.close()

    async def _ask(self, method: str, args: Mapping[str, Any]) -> AsyncSlackResponse:
        form = {name: _written(value) for name, value in args.items() if value is not None}
        with self._counted(method):
            try:
                async with asyncio.timeout(self._trigger_timeout if method in ON_A_TRIGGER else None):
                    return await self.client.api_call(method, data=form)
            except SlackApiError as no:
                raise _verdict_of(no.response) from no

    @contextmanager
    def _counted(self, method: str) -> Iterator[None]:
        try:
            yield
        except CallFailed as failure:
            self.counts[method, failure.outcome] += 1
            raise
        except NEVER_CONNECTED as error:
            self.counts[method, Unsent.outcome] += 1
            raise Unsent(f"{type(error).__name__}: {error}") from error
        except LOST as error:
            self.counts[method, Unknown.outcome] += 1
            raise Unknown(f"{type(error).__name__}: {error}") from error
        else:
            self.counts[method, "answered"] += 1


def proxy_for(address: str) -> str | None:
    """The proxy that the environment names for an http(s) or ws(s) address; none for this machine, where only the stand-in can be."""
    parts = urlsplit(address)
    if parts.hostname is None or parts.hostname in HERE or proxy_bypass(parts.hostname):
        return None
    return getproxies().get("https" if parts.scheme in {"https", "wss"} else "http")


def _beside(base_url: str, name: str) -> str:
    """Where the addresses of another part of this Slack begin: hooks.slack.com for slack.com, else the same scheme, host and port."""
    parts = urlsplit(base_url)
    is_slack = parts.hostname in {"slack.com", "slack-gov.com"}
    return f"{parts.scheme}://{f'{name}.' if is_slack else ''}{parts.netloc}/"


async def _beginning(content: aiohttp.StreamReader, most: int) -> bytes:
    read = bytearray()
    async for chunk in content.iter_chunked(65_536):
        read += chunk
        if len(read) >= most:
            break
    return bytes(read[:most])


def _written(value: Any) -> str:
    """As a form field, which every method takes and JSON bodies are not: lists of ids with commas, anything else nested as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and value and all(isinstance(each, str) for each in value):
        return ",".join(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _verdict_of(response: AsyncSlackResponse | aiohttp.ClientResponse) -> CallFailed:
    """slack_sdk hands on aiohttp's response where the body was not the JSON that it claims to be."""
    if isinstance(response, AsyncSlackResponse):
        return _verdict(response.status_code, response.headers, response.data)
    return _verdict(response.status, response.headers, None)


def _verdict(status: int, headers: Mapping[str, str], answer: object) -> CallFailed:
    """What an answer other than a yes means."""
    said = answer if isinstance(answer, dict) else {}
    code = str(said.get("error") or "")
    if status == 429 or code in TOO_MANY:
        wait = headers.get("Retry-After", "")
        return RateLimited(max(1.0, float(wait)) if wait.isdecimal() else RETRY_AFTER)
    if status >= 500 or not code or code in UNDECIDED:
        return Unknown(f"HTTP {status}, {code or 'no verdict'}")
    return SlackRefused(code, said)


def _spoken(text: str) -> dict[str, Any]:
    """What stands behind a response_url answers in JSON or, as webhooks do, with `ok` or a bare error code."""
    try:
        answer = json.loads(text)
    except ValueError:
        answer = {"ok": text == "ok", "error": text if text.isidentifier() else ""}
    return answer if isinstance(answer, dict) else {}
