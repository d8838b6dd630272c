"""What stands behind url_private: the file for a bot that may read files, and for anybody else Slack's page to sign in."""
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.files import File
from sandbox.standin import StandIn
from sandbox.trouble import through_faults
from sandbox.workspace import TEAM_ID

LOGIN = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to your workspace to see this file.</body></html>"
GONE = "<!DOCTYPE html><html><head><title>Slack</title></head><body>This file was not found.</body></html>"


class Downloads:
    """ASGI application for /files-pri/…; faults name it "url_private"."""

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        args = {"url": request.url.path}
        await through_faults(self.standin, "url_private", args, (scope, receive, send), lambda: self.answer(request, args))

    def answer(self, request: Request, args: Mapping[str, Any]) -> Response:
        file, is_allowed = self.file(request.path_params["place"]), self.allowed(request.headers.get("authorization", ""))
        self.standin.log.add("download", accepted=is_allowed and file is not None, args=args)
        if not is_allowed:
            return RedirectResponse(f"/signin?redir={quote(request.url.path, safe='')}", 302, {"x-slack-meta": "?;acl_fail"})
        if file is None:
            return HTMLResponse(GONE, 404)
        saved_as = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        return Response(file.content, media_type=file.mimetype, headers={"content-disposition": saved_as})

    def allowed(self, authorization: str) -> bool:
        return authorization == f"Bearer {self.standin.tokens.bot}" and self.standin.scopes.has("files:read")

    def file(self, place: str) -> File | None:
        """`place` is TEAM-FILE."""
        file = self.standin.workspace.files.get(place.removeprefix(f"{TEAM_ID}-"))
        return file if file and file.is_submitted else None


async def signin(request: Request) -> Response:
    """Answers 200: a download whose client follows the redirect gets this page in place of the file."""
    return HTMLResponse(LOGIN)
