"""The Bolt app: one listener for each kind of payload, then our index. The acknowledgement comes last, the rest after it."""

import asyncio
import hashlib
import re
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.admins import Admins
from bot.door import Door
from bot.homes import Homes
from bot.outside import Outside
from bot.slack.index import ACTIONS, EVENTS, FORMS, SHORTCUTS
from bot.slack.menu import typed
from bot.slack.turn import Handler, News, Opens, Reply, Shown, Told, Turn, answer, as_typed, unknown
from bot.views import modals
from bot.views.address import Address
from bot.views.card import Block
from bot.views.sentences import form_lost, forms_off, still_writing
from bot.wire import CallFailed, Identity, SlackRefused, Wire
from launch.room import FORBIDDEN
from storage.facts import canonical

log = structlog.get_logger("bot.slack")
EVERYTHING = re.compile("")


def slack_app(
    door: Door, wire: Wire, outside: Outside, identity: Identity, homes: Homes, admins: Admins, patience: float = 2.5
) -> AsyncApp:
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
    listeners = Listeners(door, wire, outside, identity.team_id, homes, admins, patience)
    # Bolt asks one listener after the other: what comes in hundreds at once is asked first.
    app.action(EVERYTHING)(listeners.action)
    app.command(EVERYTHING)(listeners.command)
    app.view(EVERYTHING)(listeners.form)
    app.shortcut(EVERYTHING)(listeners.shortcut)
    app.event(EVERYTHING)(listeners.event)
    return app


@dataclass(slots=True)
class Listeners:
    """What Bolt calls. `after` holds what goes on once the acknowledgement has left."""

    door: Door
    wire: Wire
    outside: Outside
    team_id: str
    homes: Homes
    admins: Admins
    patience: float
    after: set[asyncio.Task[None]] = field(default_factory=set)

    async def command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The acknowledgement carries the private answer."""
        turn = self.turn(body["user_id"], body["trigger_id"], channel=body["channel_id"], text=as_typed(body.get("text") or ""))
        reply = await self.reply(typed, turn, body, Told(still_writing(turn.reader), turn.reader))
        match reply:
            case Told() | Shown():
                await ack(text=reply.drawn.text, blocks=self.homes.shapes.sure(reply.drawn.blocks), response_type="ephemeral")
            case _:
                self.later(reply, turn, body)
                await ack()

    async def action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Slack drops whatever the acknowledgement of a click carries."""
        action, place = body["actions"][0], body["container"]
        request_id = body.get("trigger_id") or f"{place.get('message_ts')}:{action['action_ts']}:{body['user']['id']}"
        address = Address.read(action.get("value") or "")
        kept = (body.get("view") or {}).get("private_metadata") or ""
        turn = self.turn(body["user"]["id"], request_id, channel=place.get("channel_id"), address=address, text=kept)
        reply = await self.reply(ACTIONS.get(action["action_id"], unknown), turn, body, None)
        if place_of(body) == "home":
            self.homes.look_at(turn.user)
        self.later(reply, turn, body)
        await ack()

    async def form(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The acknowledgement closes the form, marks a field, or puts a sentence in the form's place."""
        view = body["view"]
        fields = {name: given_in(state) for block in view["state"]["values"].values() for name, state in block.items()}
        address = Address.read(view.get("private_metadata") or "")
        turn = self.turn(body["user"]["id"], f"{view['id']}:{view['hash']}:{digest(fields)}", address=address, fields=fields)
        reply = await self.reply(FORMS.get(view["callback_id"], unknown), turn, body, Told(still_writing(turn.reader), turn.reader))
        match reply:
            case Told(sentence, field=str(field)) if field in fields:
                await ack(response_action="errors", errors={field: sentence})
            case None:
                await ack()
            case _:
                await ack(response_action="update", view=window(reply))

    async def shortcut(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Of a message, or of everywhere and nowhere."""
        channel, message = body.get("channel") or {}, body.get("message") or {}
        turn = self.turn(body["user"]["id"], body["trigger_id"], channel=channel.get("id"), text=as_typed(message.get("text") or ""))
        reply = await self.reply(SHORTCUTS.get(body["callback_id"], unknown), turn, body, None)
        self.later(reply, turn, body)
        await ack()

    async def event(self, ack: AsyncAck, body: dict[str, Any]) -> BoltResponse | None:
        """What could not be written is not acknowledged: Slack sends it again."""
        told = EVENTS.get(body["event"]["type"])
        answer = await told(News(self.door, self.homes, self.admins, self.team_id, body["event"], body["event_id"])) if told else None
        if answer and answer.failure:
            return BoltResponse(status=503)
        await ack()
        return None

    # --- the way there and back ------------------------------------------------------------------------------------------

    def turn(self, user: str, request_id: str, **rest: Any) -> Turn:
        return Turn(self.door, self.wire, self.outside.new_salt, self.team_id, self.homes.stranger(user), user, request_id, **rest)

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
            await self.show(reply, turn, body)
        except CallFailed as lost:
            log.warning("reply_lost", request=turn.request_id, outcome=lost.outcome, error=str(lost))

    async def show(self, reply: Reply, turn: Turn, body: dict[str, Any]) -> None:
        """To the person alone: in private where they clicked or typed, in the place of the window they were in, on top of their Home.

        What has no such place, and every form, is a window of its own.
        """
        match place_of(body), reply:
            case _, None:
                pass
            case "message", Told() | Shown():
                await self.respond(reply, body)
            case "home", Told(sentence):
                self.homes.say(turn.user, sentence)
            case "modal", _:
                await self.put("views.update", reply, turn, body, view_id=body["view"]["id"])
            case _:
                await self.put("views.open", reply, turn, body, trigger_id=body["trigger_id"])

    async def respond(self, reply: Told | Shown, body: dict[str, Any]) -> None:
        """In private; without what Slack has just refused, if it has. Raises CallFailed."""
        shapes = self.homes.shapes
        made = shapes.fit(reply.drawn.blocks)
        try:
            await self.wire.respond(body["response_url"], private(reply, made, body))
        except SlackRefused as no:
            if not shapes.learn(no.error, made):
                raise
            await self.wire.respond(body["response_url"], private(reply, shapes.fit(made), body))
        else:
            shapes.took(made)

    async def put(self, method: str, reply: Told | Shown | Opens, turn: Turn, body: dict[str, Any], **where: str) -> None:
        """A window. Slack opens one within three seconds of the click; after that the person has to click again.

        What cannot even be put in the place of a window is lost to its reader.
        """
        try:
            await self.wire.call(method, view=window(reply), **where)
        except CallFailed as lost:
            log.warning("window_not_shown", method=method, request=turn.request_id, outcome=lost.outcome, error=str(lost))
            error = lost.error if isinstance(lost, SlackRefused) else ""
            if isinstance(reply, Opens) and not (error in FORBIDDEN and place_of(body) == "modal"):
                said = Told(forms_off(turn.reader) if error in FORBIDDEN else form_lost(turn.reader), turn.reader)
                await self.show((reply.otherwise if error == "missing_scope" else None) or said, turn, body)

    def later(self, reply: Reply, turn: Turn, body: dict[str, Any]) -> None:
        """Deliver it while the acknowledgement leaves."""
        if reply is not None:
            self.keep(self.deliver(reply, turn, body))

    def keep(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(doing)
        self.after.add(task)
        task.add_done_callback(self.after.discard)


def place_of(body: Mapping[str, Any]) -> str:
    """Where a payload comes from: "message" (also a line that was typed), "modal", "home"; "nowhere" for a shortcut of everywhere."""
    return "message" if "response_url" in body else str((body.get("view") or {}).get("type") or "nowhere")


def window(reply: Told | Shown | Opens) -> Block:
    """A reply as a window of its own, or in the place of one."""
    return reply.view if isinstance(reply, Opens) else modals.told(reply.drawn, reply.reader)


def private(reply: Told | Shown, made: list[Block], body: Mapping[str, Any]) -> dict[str, Any]:
    """A reply as a message that only its reader sees; a menu takes the place of the menu that was clicked in."""
    is_menu = isinstance(reply, Shown) and body.get("container", {}).get("is_ephemeral", False)
    return {"response_type": "ephemeral", "replace_original": is_menu, "text": reply.drawn.text, "blocks": made}


def digest(fields: Mapping[str, str]) -> str:
    """What tells one sending of a form from the next: after a no it is sent again, with other fields, and Slack gives it no new hash."""
    return hashlib.sha256(canonical(dict(fields)).encode()).hexdigest()[:32]


def given_in(state: Mapping[str, Any]) -> str:
    """What was given in a field of a form: a text, the values of what was chosen, an instant in Unix seconds, ids of people or files."""
    chosen, instant = state.get("selected_option"), state.get("selected_date_time")
    several = ",".join(option["value"] for option in state.get("selected_options") or ())
    people = ",".join(state.get("selected_users") or filter(None, [state.get("selected_user")]))
    files = ",".join(file["id"] for file in state.get("files") or ())
    return str(state.get("value") or (chosen or {}).get("value") or several or instant or people or files)
