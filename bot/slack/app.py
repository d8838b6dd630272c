"""The Bolt app: one listener for each kind of payload, then our index. The acknowledgement comes last, the rest after it."""

import asyncio
import re
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.door import Door
from bot.outside import Outside
from bot.slack.index import ACTIONS, EVENTS, FORMS
from bot.slack.menu import typed
from bot.slack.turn import Handler, Opens, Reply, Shown, Told, Turn, answer, as_typed, unknown
from bot.views import modals
from bot.views.address import Address
from bot.views.sentences import form_lost, still_writing
from bot.wire import CallFailed, Identity, Wire

log = structlog.get_logger("bot.slack")
EVERYTHING = re.compile("")
FIELDS = {"reason_needed": modals.REASON, "minutes_needed": modals.MINUTES}
"""Noes that belong beside a field of the form."""


def slack_app(door: Door, wire: Wire, outside: Outside, identity: Identity, patience: float = 2.5) -> AsyncApp:
    """For Socket Mode, where payloads need no signature. Who we are is known, so that no payload asks Slack for it.

    `patience`: seconds until a payload is acknowledged without its answer; Slack takes no acknowledgement after three.
    """
    us = AuthorizeResult(enterprise_id=None, team_id=identity.team_id, bot_id=identity.bot_id, bot_user_id=identity.bot_user_id)

    async def authorize() -> AuthorizeResult:
        return us

    app = AsyncApp(
        process_before_response=True,
        authorize=authorize,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )
    listeners = Listeners(door, wire, outside, identity.team_id, patience)
    # Bolt asks one listener after the other: what comes in hundreds at once is asked first.
    app.action(EVERYTHING)(listeners.action)
    app.command(EVERYTHING)(listeners.command)
    app.view(EVERYTHING)(listeners.form)
    app.event(EVERYTHING)(listeners.event)
    return app


@dataclass(slots=True)
class Listeners:
    """What Bolt calls. `after` holds what goes on once the acknowledgement has left."""

    door: Door
    wire: Wire
    outside: Outside
    team_id: str
    patience: float
    after: set[asyncio.Task[None]] = field(default_factory=set)

    async def command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The acknowledgement carries the private answer."""
        turn = self.turn(body["user_id"], body["trigger_id"], channel=body["channel_id"], text=as_typed(body.get("text") or ""))
        reply = await self.reply(typed, turn, body, Told(still_writing(turn.reader), turn.reader))
        match reply:
            case Told() | Shown():
                await ack(text=reply.drawn.text, blocks=list(reply.drawn.blocks), response_type="ephemeral")
            case _:
                self.later(reply, turn, body)
                await ack()

    async def action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Slack drops whatever the acknowledgement of a click carries."""
        action, place = body["actions"][0], body["container"]
        request_id = body.get("trigger_id") or f"{place.get('message_ts')}:{action['action_ts']}:{body['user']['id']}"
        address = Address.read(action.get("value") or "")
        turn = self.turn(body["user"]["id"], request_id, channel=place.get("channel_id"), address=address)
        reply = await self.reply(ACTIONS.get(action["action_id"], unknown), turn, body, None)
        self.later(reply, turn, body)
        await ack()

    async def form(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The acknowledgement closes the form, marks a field, or puts a sentence in the form's place."""
        view = body["view"]
        fields = {name: given.get("value") or "" for block in view["state"]["values"].values() for name, given in block.items()}
        address = Address.read(view.get("private_metadata") or "")
        turn = self.turn(body["user"]["id"], f"{view['id']}:{view['hash']}", address=address, fields=fields)
        reply = await self.reply(FORMS.get(view["callback_id"], unknown), turn, body, Told(still_writing(turn.reader), turn.reader))
        match reply:
            case Told(sentence, code=str(code)) if code in FIELDS:
                await ack(response_action="errors", errors={FIELDS[code]: sentence})
            case Told() | Shown():
                await ack(response_action="update", view=modals.told(reply.drawn, reply.reader))
            case _:
                await ack()

    async def event(self, ack: AsyncAck, body: dict[str, Any]) -> BoltResponse | None:
        """What could not be written is not acknowledged: Slack sends it again."""
        told = EVENTS.get(body["event"]["type"])
        answer = await told(self.door, self.team_id, body["event"], body["event_id"]) if told else None
        if answer and answer.failure:
            return BoltResponse(status=503)
        await ack()
        return None

    # --- the way there and back ------------------------------------------------------------------------------------------

    def turn(self, user: str, request_id: str, **rest: Any) -> Turn:
        return Turn(self.door, self.outside.new_salt, self.team_id, user, request_id, **rest)

    async def reply(self, handler: Handler, turn: Turn, body: dict[str, Any], meanwhile: Reply) -> Reply:
        """The handler's reply; `meanwhile` when it is not ready in time, and the reply then follows by itself."""
        answering = asyncio.create_task(answer(handler, turn))
        await asyncio.wait({answering}, timeout=self.patience)
        if answering.done():
            return answering.result()
        self.keep(self.follow(answering, turn, body))
        return meanwhile

    async def follow(self, answering: asyncio.Task[Reply], turn: Turn, body: dict[str, Any]) -> None:
        await self.deliver(await answering, turn, body)

    async def deliver(self, reply: Reply, turn: Turn, body: dict[str, Any]) -> None:
        """Show a reply that the acknowledgement could not carry."""
        try:
            if isinstance(reply, Opens):
                reply = await self.open(reply, turn, body)
            if reply is not None:
                await self.show(reply, body)
        except CallFailed as lost:
            log.warning("reply_lost", request=turn.request_id, outcome=lost.outcome, error=str(lost))

    async def open(self, form: Opens, turn: Turn, body: dict[str, Any]) -> Told | None:
        """Slack takes a form within three seconds of the click; after that the person has to click again."""
        try:
            await self.wire.call("views.open", trigger_id=body["trigger_id"], view=form.view)
        except CallFailed as lost:
            log.warning("form_not_opened", request=turn.request_id, outcome=lost.outcome, error=str(lost))
            return Told(form_lost(turn.reader), turn.reader)
        return None

    async def show(self, reply: Told | Shown, body: dict[str, Any]) -> None:
        """To the person alone: where they clicked or typed, or in the form that they sent."""
        if "response_url" not in body:
            await self.wire.call("views.update", view_id=body["view"]["id"], view=modals.told(reply.drawn, reply.reader))
            return
        is_menu = isinstance(reply, Shown) and body.get("container", {}).get("is_ephemeral", False)
        drawn = {"text": reply.drawn.text, "blocks": list(reply.drawn.blocks)}
        await self.wire.respond(body["response_url"], {"response_type": "ephemeral", "replace_original": is_menu, **drawn})

    def later(self, reply: Reply, turn: Turn, body: dict[str, Any]) -> None:
        """Deliver it while the acknowledgement leaves."""
        if reply is not None:
            self.keep(self.deliver(reply, turn, body))

    def keep(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(doing)
        self.after.add(task)
        task.add_done_callback(self.after.discard)
