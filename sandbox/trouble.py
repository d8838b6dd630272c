"""A request of the bot on its way through whatever is made to go wrong: before its effect, after it, or instead of it."""
import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.faults import CALL, Fault
from sandbox.standin import StandIn
from sandbox.transport import reset, transport_of

Asgi = tuple[Scope, Receive, Send]
Effect = Callable[[], Response]
OUTAGE = "<!DOCTYPE html><html><head><title>Server Error</title></head><body>Something went wrong on our end.</body></html>"


async def through_faults(standin: StandIn, method: str, args: Mapping[str, Any], asgi: Asgi, effect: Effect) -> None:
    """Answers the request. `effect` does what it asks, logs it, and gives the answer Slack would send."""
    if standin.faults.standing("down"):
        standin.log.add("call", method=method, accepted=False, args=args, what="down")
        await _reset(asgi)
        return
    if slow := standin.faults.take(("slow",), method):
        await standin.pause(slow.options["seconds"])
    fault = standin.faults.take(CALL, method)
    if fault is None:
        await effect()(*asgi)
        return
    standin.log.add("fault", accepted=True, what=fault.kind, method=method)
    await TROUBLES[fault.kind](standin, fault, asgi, _maybe(standin, fault, method, args, effect))


def _maybe(standin: StandIn, fault: Fault, method: str, args: Mapping[str, Any], effect: Effect) -> Effect:
    """The effect, or only a note of the call where the fault says that it is not accepted."""
    if fault.options.get("accepted", True):
        return effect

    def noted() -> Response:
        standin.log.add("call", method=method, accepted=False, args=args, what=fault.kind)
        return JSONResponse({"ok": False, "error": "internal_error"})

    return noted


async def _accept_then_hang(standin: StandIn, fault: Fault, asgi: Asgi, effect: Effect) -> None:
    effect()
    await _gone(standin, asgi, fault.options["seconds"])
    await _reset(asgi)


async def _accept_late(standin: StandIn, fault: Fault, asgi: Asgi, effect: Effect) -> None:
    await _gone(standin, asgi, fault.options["hold"])
    await _reset(asgi)
    await standin.pause(fault.options["seconds"])
    effect()


async def _reset_at_once(standin: StandIn, fault: Fault, asgi: Asgi, effect: Effect) -> None:
    effect()
    await _reset(asgi)


async def _half_body(standin: StandIn, fault: Fault, asgi: Asgi, effect: Effect) -> None:
    response, (scope, receive, send) = effect(), asgi
    await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
    await send({"type": "http.response.body", "body": response.body[: len(response.body) // 2], "more_body": True})
    transport_of(scope).close()
    await receive()


async def _status(standin: StandIn, fault: Fault, asgi: Asgi, effect: Effect) -> None:
    effect()
    error, status = fault.options["error"], fault.options["status"]
    response = JSONResponse({"ok": False, "error": error}, status) if error else HTMLResponse(OUTAGE, status)
    await response(*asgi)


async def _error(standin: StandIn, fault: Fault, asgi: Asgi, effect: Effect) -> None:
    effect()
    await JSONResponse({"ok": False, "error": fault.options["error"]})(*asgi)


async def _rate_limit(standin: StandIn, fault: Fault, asgi: Asgi, effect: Effect) -> None:
    effect()
    headers = {"retry-after": str(math.ceil(fault.options["seconds"]))} if fault.options["retry_after"] else None
    await JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)(*asgi)


TROUBLES: dict[str, Callable[[StandIn, Fault, Asgi, Effect], Awaitable[None]]] = {
    "accept_then_hang": _accept_then_hang, "accept_late": _accept_late, "reset": _reset_at_once, "half_body": _half_body, "status": _status,
    "error": _error, "rate_limit": _rate_limit,
}


async def _reset(asgi: Asgi) -> None:
    scope, receive, _ = asgi
    reset(transport_of(scope))
    await receive()


async def _gone(standin: StandIn, asgi: Asgi, seconds: float) -> None:
    """Returns when the client has left, when the stand-in ends, or after `seconds`."""
    waits = [asyncio.ensure_future(asgi[1]()), asyncio.ensure_future(standin.pause(seconds))]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
