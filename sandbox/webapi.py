"""The Web API's front door: every call is read, held against tokens, limits and faults, done, logged, answered."""
from email.utils import formatdate

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox.args import Args, read_args
from sandbox.errors import SlackError
from sandbox.methods import APP_TOKEN, FORM_ONLY, METHODS, NO_TOKEN
from sandbox.methods_channels import kinds_asked
from sandbox.seen import visible
from sandbox.standin import StandIn
from sandbox.trouble import through_faults


class WebApi:
    """ASGI application for /api/METHOD."""

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["path_params"]["method"]
        request = Request(scope, receive)
        try:
            args, token = await read_args(request, takes_json=method not in FORM_ONLY)
        except SlackError as error:
            self.standin.log.add("call", method=method, accepted=False, answer=error.answer())
            await JSONResponse(error.answer())(scope, receive, send)
            return
        self.standin.record.call(method, args.told, args.is_json)
        await through_faults(self.standin, method, args.told, (scope, receive, send), lambda: self.called(method, args, token))

    def called(self, method: str, args: Args, token: str) -> Response:
        """Does what the call asks, writes it in the log, and gives the answer; all in one step, so that nothing comes between."""
        try:
            self._allowed(method, args, token)
            wait = self.standin.tiers.refuse_for(method, args.text("channel"))
            if wait:
                return self._limited(method, args, wait)
            answer = {"ok": True, **METHODS[method](self.standin, args)}
        except SlackError as error:
            answer = error.answer()
        self.standin.log.add("call", method=method, accepted=answer["ok"], args=args.told, answer=answer)
        return JSONResponse(answer, headers={"x-oauth-scopes": self.standin.scopes.provided(), "date": formatdate(usegmt=True)})

    def _limited(self, method: str, args: Args, wait: int) -> Response:
        answer = {"ok": False, "error": "ratelimited"}
        self.standin.log.add("call", method=method, accepted=False, args=args.told, answer=answer, retry_after=wait)
        return JSONResponse(answer, 429, {"retry-after": str(wait)})

    def _allowed(self, method: str, args: Args, token: str) -> None:
        """Raises SlackError unknown_method, not_authed, invalid_auth, not_allowed_token_type, missing_scope."""
        if method not in METHODS or self.standin.faults.take(("refuse_method",), method):
            raise SlackError("unknown_method", req_method=method)
        if method in NO_TOKEN:
            return
        if not token:
            raise SlackError("not_authed")
        if token not in (self.standin.tokens.bot, self.standin.tokens.app):
            raise SlackError("invalid_auth")
        if (token == self.standin.tokens.app) != (method in APP_TOKEN):
            raise SlackError("not_allowed_token_type")
        self.standin.scopes.require(method, self._kinds(method, args))

    def _kinds(self, method: str, args: Args) -> list[str]:
        """The kinds of conversation the call is about; empty when it names none that can be seen."""
        if method == "conversations.create":
            return ["private" if args.flag("is_private") else "public"]
        if method in ("conversations.list", "users.conversations"):
            return kinds_asked(args)
        if method == "conversations.open":
            return ["mpim" if "," in args.text("users") else "im"]
        channel = visible(self.standin, args.text("channel"))
        return [channel.kind] if channel else []
