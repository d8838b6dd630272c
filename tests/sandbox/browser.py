"""A real browser for the tests of the page."""

import asyncio
import itertools
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.sandbox.conftest import until

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,800",
    "--remote-debugging-port=0",
)


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

    async def narrow(self, width: int) -> None:
        await self._send("Emulation.setDeviceMetricsOverride", width=width, height=844, deviceScaleFactor=1, mobile=True)

    async def choose_file(self, selector: str, path: Path) -> None:
        await self.until(f"document.querySelector({json.dumps(selector)})?.checkVisibility()")
        answer = await self._send("Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})")
        await self._send("DOM.setFileInputFiles", files=[str(path)], objectId=answer["result"]["objectId"])

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


@asynccontextmanager
async def browsing(chromium: str, profile: Path, http: aiohttp.ClientSession) -> AsyncIterator[Browser]:
    """A Chromium with one empty tab, ended with its children when the block is left."""
    process = await asyncio.create_subprocess_exec(
        chromium,
        *FLAGS,
        f"--user-data-dir={profile}",
        "about:blank",
        start_new_session=True,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
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
