"""The page: its words in both languages, nothing that could run what people type, and a visit by mouse in a real browser."""
import asyncio
import itertools
import json
import os
import re
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.standin import StandIn
from tests.sandbox.conftest import GO, Bot, Desk, until

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in sorted(PAGE.iterdir())}
WORDS: dict[str, dict[str, str]] = json.loads(SOURCES["words.js"].partition("WORDS = ")[2].partition(";\n\n")[0])
RUNS_TEXT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|createContextualFragment|DOMParser|srcdoc|document\.write|\beval\b|new Function")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1280,800", "--remote-debugging-port=0")


def test_every_sentence_exists_in_english_and_french_with_the_same_names() -> None:
    def names(sentence: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", sentence))

    assert len(WORDS) > 100
    assert [key for key, word in WORDS.items() if sorted(word) != ["en", "fr"] or not all(text.strip() for text in word.values())] == []
    assert [key for key, word in WORDS.items() if names(word["en"]) != names(word["fr"])] == []


def test_every_key_the_page_says_has_its_words_and_no_word_is_left_over() -> None:
    subjects = "|".join({key.split(".")[0] for key in WORDS})
    said = {key for name, source in SOURCES.items() if name.endswith(".js") and name != "words.js"
            for key in re.findall(rf'"((?:{subjects})\.\w+)"', source)}
    assert said == {re.sub(r"\.(one|other)$", "", key) for key in WORDS}
    counted = {key.rpartition(".")[0] for key in WORDS if key.endswith((".one", ".other"))}
    assert all({f"{key}.one", f"{key}.other"} <= set(WORDS) for key in counted)


def test_no_text_is_ever_read_as_markup_or_code() -> None:
    assert {name: RUNS_TEXT.findall(source) for name, source in SOURCES.items() if RUNS_TEXT.search(source)} == {}


def test_nothing_is_fetched_from_elsewhere() -> None:
    addresses = {address for source in SOURCES.values() for address in re.findall(r"(?:https?:)?//[\w-]+\.[\w./-]+|@import|url\(", source)}
    assert addresses == {"http://www.w3.org/2000/svg"}


def test_the_browser_is_told_to_run_only_our_own_files() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', SOURCES["index.html"])
    assert policy
    assert "default-src 'self'" in policy[1]
    assert "unsafe" not in policy[1]


class Browser:
    """One tab of a Chromium, driven as a person does: by what is on screen and by the mouse."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._numbers = socket, itertools.count(1)
        self.complaints: list[str] = []

    async def _send(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while (told := await self._socket.receive_json()).get("id") != number:
            if told["method"] == "Runtime.exceptionThrown" or told.get("params", {}).get("entry", {}).get("level") == "error":
                self.complaints.append(json.dumps(told["params"]))
        assert "error" not in told, told
        return dict(told["result"])

    async def open(self, address: str) -> None:
        for domain in ("Runtime", "Log", "Page"):
            await self._send(f"{domain}.enable")
        await self._send("Page.navigate", url=address)

    async def value(self, expression: str) -> Any:
        answer = await self._send("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, (expression, answer)
        return answer["result"].get("value")

    async def until(self, expression: str) -> Any:
        async with asyncio.timeout(15):
            while not (found := await self.value(expression)):
                await asyncio.sleep(0.05)
        return found

    async def click(self, selector: str, text: str = "") -> None:
        """Clicks the middle of the first element on screen that matches and holds the text, once it stands still."""
        where = f"""(() => {{
          const found = [...document.querySelectorAll({json.dumps(selector)})]
            .find((one) => one.checkVisibility() && !one.disabled && one.textContent.includes({json.dumps(text)}));
          if (!found) return null;
          found.scrollIntoView({{ block: "nearest" }});
          const box = found.getBoundingClientRect();
          return {{ x: box.x + box.width / 2, y: box.y + box.height / 2 }};
        }})()"""
        spot = None
        while spot != (found := await self.until(where)):
            spot = found
        for kind in ("mousePressed", "mouseReleased"):
            await self._send("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **spot)


@pytest.fixture
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        message = "no Chromium on the path: the page was not visited"
        if "chromium" in os.environ.get("LAUNCHROOM_REQUIRE", ""):
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture
async def browser(chromium: str, tmp_path: Path, http: aiohttp.ClientSession) -> AsyncIterator[Browser]:
    profile = tmp_path / "profile"
    process = await asyncio.create_subprocess_exec(
        chromium, *FLAGS, f"--user-data-dir={profile}", "about:blank", start_new_session=True,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL)
    port = profile / "DevToolsActivePort"
    try:
        told = await until(lambda: port.exists() and port.read_text().split(), 30)
        async with http.get(f"http://127.0.0.1:{told[0]}/json/list") as listed:
            tab = next(target for target in await listed.json() if target["type"] == "page")
        async with http.ws_connect(tab["webSocketDebuggerUrl"], max_msg_size=0) as socket:
            yield Browser(socket)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def a_modal() -> dict[str, Any]:
    def plain(text: str) -> dict[str, str]:
        return {"type": "plain_text", "text": text}

    field = {"type": "plain_text_input", "action_id": "text", "multiline": True}
    return {"type": "modal", "callback_id": "reason", "title": plain("NO-GO"), "submit": plain("Say it"),
            "blocks": [{"type": "input", "block_id": "why", "label": plain("Why?"), "element": field}]}


@pytest.mark.chromium
async def test_a_visitor_answers_by_mouse_as_two_people_in_two_languages(
    browser: Browser, slack: StandIn, web: AsyncWebClient, desk: Desk, bot: Bot, ids: dict[str, str], room: str,
) -> None:
    hostile = "<img src=x onerror=document.title=1> &lt;script&gt;document.title=2&lt;/script&gt;"
    await desk("message", channel=room, user="bob", text=hostile)
    for name in ("ada", "bob"):
        await web.chat_postMessage(channel=ids[name], text="GO or NO-GO?", blocks=[GO])

    await browser.open(f"{slack.url}/?lang=fr#/{ids['ada']}/bot")
    await browser.until("document.title === 'Espace de démonstration'")
    await browser.until("document.querySelector('.people-waiting')?.innerText.includes('Bob Reed')")
    await browser.click(".messages button", "GO")
    [pressed] = await until(lambda: bot.payloads("block_actions"))
    assert (pressed["user"]["id"], pressed["actions"][0]["action_id"], pressed["actions"][0]["value"]) == (ids["ada"], "go", "checkpoint 1")

    await browser.click(".people-waiting button", "Bob Reed")
    await browser.until("document.querySelector('.looking-as').innerText.includes('Bob Reed')")
    await browser.click(".messages button", "NO-GO")
    _, refused = await until(lambda: len(bot.payloads("block_actions")) == 2 and bot.payloads("block_actions"))
    assert (refused["user"]["id"], refused["actions"][0]["action_id"]) == (ids["bob"], "no")
    await web.views_open(trigger_id=refused["trigger_id"], view=a_modal())
    await browser.click("#modal button", "Say it")
    assert await browser.until("document.querySelector('#modal .field-error')?.innerText") == "Please complete this required field."
    await browser.click("#modal button", "Insérer un exemple")
    await browser.click("#modal button", "Say it")
    [submission] = await until(lambda: bot.payloads("view_submission"))
    assert submission["view"]["state"]["values"]["why"]["text"]["value"] == WORDS["modal.sample_text"]["fr"]
    await browser.until("!document.querySelector('#modal').open && !document.querySelector('.people-waiting .badge')")

    await browser.click(".tools button", "EN")
    await browser.until("document.title === 'Stand-in workspace' && document.documentElement.lang === 'en'")
    await browser.click("#places button", "launch-room")
    await browser.until("document.querySelector('#conversation h1').innerText === 'launch-room'")
    assert hostile in await browser.until("document.querySelector('.message-body')?.innerText")
    assert await browser.value("document.querySelectorAll('.messages img, .messages script').length") == 0
    await browser.click(".speeds button", "60×")
    await until(lambda: slack.clock.shown()["speed"] == 60)
    assert browser.complaints == []
