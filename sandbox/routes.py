"""What answers where: Slack's own addresses for the bot, the desk's for tests and the page, the page itself."""
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from sandbox.control import ORDERS
from sandbox.desk import channel_of, user_of
from sandbox.downloads import Downloads, signin
from sandbox.errors import DeskError
from sandbox.hooks import ResponseUrls
from sandbox.standin import StandIn
from sandbox.state import messages, state
from sandbox.webapi import WebApi

PAGE = Path(__file__).parent / "page"
POLL_SECONDS = 20.0
Told = Callable[[StandIn, Request], Awaitable[dict[str, Any]]]


def application(standin: StandIn) -> Starlette:
    return Starlette(routes=[
        Route("/api/{method}", WebApi(standin), methods=["GET", "POST"]),
        Route("/hooks/{path:path}", ResponseUrls(standin), methods=["POST"]),
        Route("/files-pri/{place}/{path:path}", Downloads(standin)),
        Route("/signin", signin),
        WebSocketRoute("/link/", Links(standin)),
        Route("/_control/state", telling(standin, _state)),
        Route("/_control/messages/{channel}", telling(standin, _messages)),
        Route("/_control/view", telling(standin, _view)),
        Route("/_control/home", telling(standin, _home)),
        Route("/_control/log", telling(standin, _log)),
        Route("/_control/{order}", telling(standin, _order), methods=["POST"]),
        Route("/archives/{path:path}", _to_page),
        Route("/", _page),
        Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
    ])


class Links:
    """ASGI application for the sockets."""

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ticket = Request({**scope, "type": "http"}).query_params.get("ticket", "")
        await self.standin.sockets.serve(ticket, scope, receive, send)


def telling(standin: StandIn, told: Told) -> Callable[[Request], Awaitable[Response]]:
    """What goes wrong at the desk is a sentence with status 400."""
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await told(standin, request))
        except DeskError as error:
            return JSONResponse({"ok": False, "error": str(error)}, 400)

    return endpoint


async def _order(standin: StandIn, request: Request) -> dict[str, Any]:
    name = request.path_params["order"]
    if name not in ORDERS:
        raise DeskError(f"the desk takes no {name!r}; it takes {', '.join(ORDERS)}")
    try:
        order = json.loads(await request.body() or b"{}")
    except ValueError:
        order = None
    if not isinstance(order, dict):
        raise DeskError("the body is a JSON object")
    return {"ok": True, **await ORDERS[name](standin, order)}


async def _state(standin: StandIn, request: Request) -> dict[str, Any]:
    if "since" in request.query_params:
        await standin.workspace.newer_than(_number(request, "since"), POLL_SECONDS)
    return state(standin)


async def _messages(standin: StandIn, request: Request) -> dict[str, Any]:
    return {"messages": messages(channel_of(standin, request.path_params))}


async def _view(standin: StandIn, request: Request) -> dict[str, Any]:
    stack = standin.workspace.views.get(user_of(standin, request.query_params).id)
    return {"view": stack[-1] if stack else None}


async def _home(standin: StandIn, request: Request) -> dict[str, Any]:
    return {"view": standin.workspace.homes.get(user_of(standin, request.query_params).id)}


async def _log(standin: StandIn, request: Request) -> dict[str, Any]:
    return {"log": standin.log.since(_number(request, "since") if "since" in request.query_params else 0)}


def _number(request: Request, name: str) -> int:
    given = request.query_params[name]
    if not given.isdigit():
        raise DeskError(f"{name} is a whole number")
    return int(given)


async def _to_page(request: Request) -> Response:
    return RedirectResponse("/")


async def _page(request: Request) -> Response:
    return FileResponse(PAGE / "index.html")
