"""The page: its words in both languages, nothing that could run what people type, and a visit by mouse in a real browser."""

import json
import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.manifest import Manifest
from sandbox.standin import StandIn
from tests.sandbox.browser import Browser, browsing
from tests.sandbox.conftest import GO, Bot, Desk, until

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in sorted(PAGE.iterdir())}
WORDS: dict[str, dict[str, str]] = json.loads(SOURCES["words.js"].partition("WORDS = ")[2].partition(";\n\n")[0])
RUNS_TEXT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|createContextualFragment|DOMParser|srcdoc|document\.write|\beval\b|new Function"
)


def test_every_sentence_exists_in_english_and_french_with_the_same_names() -> None:
    def names(sentence: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", sentence))

    assert len(WORDS) > 100
    assert [key for key, word in WORDS.items() if sorted(word) != ["en", "fr"] or not all(text.strip() for text in word.values())] == []
    assert [key for key, word in WORDS.items() if names(word["en"]) != names(word["fr"])] == []


def test_every_key_the_page_says_has_its_words_and_no_word_is_left_over() -> None:
    subjects = "|".join({key.split(".")[0] for key in WORDS})
    said = {
        key
        for name, source in SOURCES.items()
        if name.endswith(".js") and name != "words.js"
        for key in re.findall(rf'"((?:{subjects})\.\w+)"', source)
    }
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
    async with browsing(chromium, tmp_path / "profile", http) as browser:
        yield browser


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def a_modal() -> dict[str, Any]:
    field = {"type": "plain_text_input", "action_id": "text", "multiline": True}
    return {
        "type": "modal",
        "callback_id": "reason",
        "title": plain("NO-GO"),
        "submit": plain("Say it"),
        "blocks": [{"type": "input", "block_id": "why", "label": plain("Why?"), "element": field}],
    }


@pytest.mark.chromium
async def test_a_visitor_answers_by_mouse_as_two_people_in_two_languages(
    browser: Browser,
    slack: StandIn,
    web: AsyncWebClient,
    desk: Desk,
    bot: Bot,
    ids: dict[str, str],
    room: str,
) -> None:
    hostile = "<img src=x onerror=document.title=1> &lt;script&gt;document.title=2&lt;/script&gt;"
    await desk("message", channel=room, user="bob", text=hostile)
    for name in ("ada", "bob"):
        await web.chat_postMessage(channel=ids[name], text="GO or NO-GO?", blocks=[GO])

    stamped = slack.clock.shown()
    await browser.open(f"{slack.url}/?lang=fr#/{ids['ada']}/bot")
    await browser.until("document.title === 'Espace de démonstration'")
    await browser.until("document.querySelector('.clock-utc')?.textContent.includes('03:30:')")
    assert slack.clock.shown() == stamped
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


def a_home(words: str) -> dict[str, Any]:
    sure = {"title": plain("GO?"), "text": plain("It cannot be taken back."), "confirm": plain("Say GO"), "deny": plain("Not yet")}
    button = {"type": "button", "action_id": "home_go", "text": plain("GO"), "value": "checkpoint 2", "confirm": sure}
    return {
        "type": "home",
        "blocks": [{"type": "header", "text": plain(words)}, {"type": "actions", "block_id": "home", "elements": [button]}],
    }


@pytest.mark.chromium
async def test_home_is_opened_acts_and_redraws_and_do_not_disturb_is_kept(
    browser: Browser,
    slack: StandIn,
    web: AsyncWebClient,
    desk: Desk,
    bot: Bot,
    ids: dict[str, str],
) -> None:
    await browser.open(f"{slack.url}/?lang=fr#/{ids['ada']}/bot")
    await browser.click(".tabs button", "Accueil")
    [opened] = await until(lambda: bot.payloads("app_home_opened"))
    assert (opened["event"]["user"], opened["event"]["tab"]) == (ids["ada"], "home")
    await web.views_publish(user_id=ids["ada"], view=a_home("One checkpoint waits"))
    await browser.click(".home button", "GO")
    await browser.click("#confirm button", "Say GO")
    [pressed] = await until(lambda: bot.payloads("block_actions"))
    assert (pressed["view"]["type"], pressed["actions"][0]["value"], pressed["user"]["id"]) == ("home", "checkpoint 2", ids["ada"])
    await web.views_publish(user_id=ids["ada"], view=a_home("Nothing waits"))
    await browser.until("document.querySelector('.home h3').innerText === 'Nothing waits'")

    await web.chat_postMessage(channel=ids["ada"], text="The *first* page")
    assert "The first page" in await browser.until("document.querySelector('.toast-push')?.innerText")
    await browser.click(".toast-push .quiet")
    await desk("users", id=ids["ada"], dnd=True)
    await web.chat_postMessage(channel=ids["ada"], text="The second page")
    await browser.until("document.querySelector('.looking-as .sign-moon') && document.querySelector('#places .badge')?.innerText === '2'")
    assert await browser.value("document.querySelector('.toast-push')") is None
    assert browser.complaints == []


NOTE = {"callback_id": "note", "name": "Add to the record", "type": "message"}


def with_a_file() -> dict[str, Any]:
    field = {"type": "file_input", "action_id": "files", "filetypes": ["yaml"], "max_files": 1}
    view = a_modal()
    return {**view, "blocks": [*view["blocks"], {"type": "input", "block_id": "plan", "label": plain("The plan"), "element": field}]}


@pytest.mark.chromium
@pytest.mark.parametrize("slack", [{"manifest": Manifest(shortcuts={"note": NOTE})}], indirect=True)
async def test_a_message_shortcut_opens_a_modal_that_takes_a_file(
    browser: Browser,
    web: AsyncWebClient,
    desk: Desk,
    bot: Bot,
    ids: dict[str, str],
    room: str,
    tmp_path: Path,
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("name: Été\n", encoding="utf-8")
    said = await desk("message", channel=room, user="bob", text="The replica is late")
    await browser.open(f"{web.base_url.removesuffix('api/')}?lang=en#/{ids['ada']}/{room}")
    await browser.click(".message-tools summary")
    await browser.click(".message-tools .menu-item", NOTE["name"])
    [called] = await until(lambda: bot.payloads("message_action"))
    assert (called["callback_id"], called["message"]["ts"], called["user"]["id"]) == ("note", said["ts"], ids["ada"])
    await web.views_open(trigger_id=called["trigger_id"], view=with_a_file())
    await browser.choose_file("#modal input[type=file]", plan)
    assert await browser.until("document.querySelector('#modal .file')?.innerText.replace(/\\s+/g, ' ').trim()") == "plan.yaml 12 bytes"
    await browser.click("#modal button", "Insert an example")
    await browser.click("#modal button", "Say it")
    [submission] = await until(lambda: bot.payloads("view_submission"))
    [file] = submission["view"]["state"]["values"]["plan"]["files"]["files"]
    assert (file["name"], file["size"], file["user"]) == ("plan.yaml", 12, ids["ada"])
    assert browser.complaints == []


WIDE = """[...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".table-scroll, svg"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.chromium
@pytest.mark.parametrize("slack", [{"manifest": Manifest(shortcuts={"note": NOTE})}], indirect=True)
async def test_nothing_stands_out_of_a_telephone(
    browser: Browser,
    slack: StandIn,
    web: AsyncWebClient,
    desk: Desk,
    bot: Bot,
    ids: dict[str, str],
    room: str,
) -> None:
    word = "Replicationslagueberwachung" * 6
    await desk("message", channel=room, user="bob", text=f"https://example.com/{word} `{word}`\n```{word}```")
    buttons = [{"type": "button", "action_id": f"b{number}", "text": plain("A button with words")} for number in range(5)]
    row = {"type": "actions", "block_id": "row", "elements": buttons}
    await web.chat_postMessage(
        channel=room, text="Buttons", blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": word}, "accessory": buttons[0]}, row]
    )
    await web.views_publish(user_id=ids["ada"], view={**a_home(word[:150]), "blocks": [*a_home(word[:150])["blocks"], row]})
    await browser.narrow(390)
    await browser.open(f"{slack.url}/?lang=fr#/{ids['ada']}/{room}")
    await browser.until("document.querySelectorAll('.messages .message').length === 2")
    assert await browser.value(WIDE) == []
    await browser.click(".messages button", "A button")
    [pressed] = await until(lambda: bot.payloads("block_actions"))
    await web.views_open(trigger_id=pressed["trigger_id"], view={**with_a_file(), "title": plain("W" * 24)})
    await browser.until("document.querySelector('#modal').open")
    assert await browser.value(WIDE) == []
    await browser.click("#modal button", "Annuler")
    await browser.until("!document.querySelector('#modal').open")
    await browser.click(".drawer-button")
    await browser.until("document.querySelector('#side').getBoundingClientRect().left === 0")
    await browser.click("#places button", "Accueil")
    await browser.until("document.querySelector('.home h3') && document.querySelector('#side').getBoundingClientRect().right <= 0")
    assert await browser.value(WIDE) == []
    assert browser.complaints == []
