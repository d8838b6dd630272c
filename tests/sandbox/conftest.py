"""The stand-in in the test's own loop, a client for its Web API, its desk, and a small bot on a real socket."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import start
from sandbox.standin import StandIn

DAY = "2027-03-16T03:30:00Z"
PEOPLE = [
    {"name": "ada", "real_name": "Ada Lane", "email": "ada@example.com", "tz": "Europe/Paris", "locale": "fr-FR"},
    {"name": "bob", "real_name": "Bob Reed", "email": "bob@example.com", "tz": "America/Toronto", "locale": "en-US"},
    {"name": "gus", "real_name": "Gus Guest", "email": "gus@example.com", "is_restricted": True},
    {"name": "old", "real_name": "Olga Dee", "email": "old@example.com", "deleted": True},
]
GO = {
    "type": "actions",
    "block_id": "votes",
    "elements": [
        {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "GO"}, "value": "checkpoint 1"},
        {"type": "button", "action_id": "no", "text": {"type": "plain_text", "text": "NO-GO"}, "style": "danger"},
    ],
}


class Desk:
    """The control API; an answer that is not a success raises AssertionError with its sentence."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url

    async def __call__(self, order: str, **body: Any) -> dict[str, Any]:
        status, answer = await self.raw(order, **body)
        assert status == 200, answer
        return answer

    async def raw(self, order: str, **body: Any) -> tuple[int, dict[str, Any]]:
        async with self._http.post(f"{self._url}/_control/{order}", json=body) as response:
            return response.status, await response.json()

    async def read(self, path: str) -> dict[str, Any]:
        async with self._http.get(f"{self._url}/_control/{path}") as response:
            assert response.status == 200, await response.text()
            return await response.json()


class Bot:
    """Acks everything at once; `answer(request)` may give a body, or SILENT to say nothing."""

    SILENT = object()

    def __init__(self) -> None:
        self.heard: list[SocketModeRequest] = []
        self.answer: Callable[[SocketModeRequest], Any] = lambda request: None

    async def hear(self, client: SocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        body = self.answer(request)
        if body is not self.SILENT:
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id, payload=body))

    def payloads(self, kind: str) -> list[dict[str, Any]]:
        """Those of one type: command, block_actions, view_submission …; events by the event's own type."""
        told = [request.payload for request in self.heard]
        return [payload for payload in told if payload.get("event", payload).get("type", "command") == kind]


async def until(condition: Callable[[], Any], seconds: float = 5.0) -> Any:
    """Waits for a condition, and gives what it gave."""
    async with asyncio.timeout(seconds):
        while not (found := condition()):
            await asyncio.sleep(0.005)
    return found


@pytest.fixture
async def slack(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[StandIn]:
    """Parametrize indirectly with a dict to start it with other options."""
    options = {"users": PEOPLE, "clock": tmp_path / "clock.json", "launch": DAY, **getattr(request, "param", {})}
    async with start(**options) as standin:
        yield standin


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def web(slack: StandIn, http: aiohttp.ClientSession) -> AsyncWebClient:
    return AsyncWebClient(token=slack.tokens.bot, base_url=f"{slack.url}/api/", session=http, retry_handlers=[])


@pytest.fixture
def desk(slack: StandIn, http: aiohttp.ClientSession) -> Desk:
    return Desk(http, slack.url)


async def connected(slack: StandIn, bot: Bot) -> SocketModeClient:
    client = SocketModeClient(app_token=slack.tokens.app, web_client=AsyncWebClient(base_url=f"{slack.url}/api/"))
    client.socket_mode_request_listeners.append(bot.hear)
    before = len(slack.sockets.links)
    await client.connect()
    await until(lambda: len(slack.sockets.links) > before)
    return client


@pytest.fixture
async def bot(slack: StandIn) -> AsyncIterator[Bot]:
    bot = Bot()
    client = await connected(slack, bot)
    yield bot
    await client.close()


@pytest.fixture
def ids(slack: StandIn) -> dict[str, str]:
    """User ids by name."""
    return {user.name: user.id for user in slack.workspace.users.values()}


@pytest.fixture
async def room(web: AsyncWebClient, ids: dict[str, str]) -> str:
    """A private channel with the bot, ada and bob in it."""
    made = await web.conversations_create(name="launch-room", is_private=True)
    await web.conversations_invite(channel=made["channel"]["id"], users=[ids["ada"], ids["bob"]])
    return str(made["channel"]["id"])
