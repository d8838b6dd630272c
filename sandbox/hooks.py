"""response_url: five answers within half an hour to the interaction that brought it."""
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.blocks import kept
from sandbox.errors import SlackError
from sandbox.events import tell_change
from sandbox.grants import Hook
from sandbox.interactions import answered
from sandbox.limits import check_message
from sandbox.methods_chat import edit_message
from sandbox.standin import StandIn
from sandbox.trouble import through_faults

GONE = ("expired_url", "used_url")


class ResponseUrls:
    """ASGI application for /hooks/…"""

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            body = json.loads(await request.body())
        except ValueError:
            body = None
        if not isinstance(body, dict):
            await PlainTextResponse("invalid_payload", 400)(scope, receive, send)
            return
        self.standin.record.call("response_url", body)
        await through_faults(self.standin, "response_url", body, (scope, receive, send), lambda: self.answer(scope["path"], body))

    def answer(self, path: str, body: dict[str, Any]) -> Response:
        error = ""
        try:
            respond(self.standin, self.standin.hooks.spend(path), body)
        except SlackError as refusal:
            error = refusal.error
        self.standin.log.add("response_url", accepted=not error, args=body, answer=error or "ok")
        if error in GONE:
            return JSONResponse({"ok": False, "error": error}, 404)
        return PlainTextResponse(error or "ok", 400 if error else 200)


def respond(standin: StandIn, hook: Hook, body: dict[str, Any]) -> None:
    """Replaces or deletes the message that the interaction came from, or says something new. Raises SlackError."""
    channel, user = standin.workspace.channels.get(hook.channel), standin.workspace.user(hook.user)
    if channel is None or user is None:
        raise SlackError("channel_not_found")
    if hook.ts is None or not (body.get("replace_original") or body.get("delete_original")):
        answered(standin, user, channel, body, hook.thread_ts)
        return
    original = standin.workspace.ephemeral(channel.id, user.id, hook.ts) if hook.is_ephemeral else channel.messages.get(hook.ts)
    if original is None:
        raise SlackError("message_not_found")
    before = dict(original)
    if body.get("delete_original"):
        if hook.is_ephemeral:
            standin.workspace.ephemerals.remove(original)
        else:
            tell_change(standin, channel, before, standin.workspace.take_away(channel, original))
        standin.workspace.touch()
        return
    text, blocks = str(body.get("text") or ""), body.get("blocks")
    check_message(blocks, body.get("attachments"), standin.faults.refused_blocks())
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    edit_message(standin, channel, original, {"text": text, "blocks": kept(blocks) if blocks else None})
    if not hook.is_ephemeral:
        tell_change(standin, channel, before, original)
