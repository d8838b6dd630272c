"""One payload of one person on its way to the door, and the reply that comes back. How a reply is delivered is for `app`."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog

from bot.admins import Admins
from bot.door import Answer, Door
from bot.homes import Homes
from bot.logs import reference
from bot.views.address import Address
from bot.views.blocks import MOST_MINUTES
from bot.views.card import Block, Drawn
from bot.views.lines import Line, drawn
from bot.views.locale import Reader
from bot.views.menu import menu
from bot.views.modals import MINUTES, REASON, field_of
from bot.views.people import launch_title, reader_for
from bot.views.sentences import done_in, failure, sentence
from bot.wire import Wire
from launch.messages import Actor, Command, Refused
from launch.state import Launch
from launch.words import Words

log = structlog.get_logger("bot.slack")
_token = re.compile(r"<(?P<sigil>[@#!]?)(?P<id>[^|>]*)(?:\|(?P<label>[^>]*))?>")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence for whoever asked; `field` names the field of a form that it belongs beside."""

    sentence: str
    reader: Reader
    field: str | None = None

    @property
    def drawn(self) -> Drawn:
        return drawn([Line((self.sentence,))], self.reader)


@dataclass(frozen=True, slots=True)
class Shown:
    """A message for whoever asked, in the place of the private one they clicked in."""

    drawn: Drawn
    reader: Reader


@dataclass(frozen=True, slots=True)
class Opens:
    """A form to fill in; `otherwise` is told when Slack does not let us have this one, for want of a scope."""

    view: Block
    otherwise: Told | None = None


Reply = Told | Shown | Opens | None
"""None: the card that the click belongs to says it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Who asks (`user`), where (`channel`, None in a window or Home), for what: a button's `address`, a form's `fields`, a `text`.

    The text was typed after /launch, stands in the message of a shortcut, or was kept in the window of the button. `stranger` is how
    they read if no launch knows them.
    """

    door: Door
    wire: Wire
    new_salt: Callable[[], str]
    team_id: str
    stranger: Reader
    user: str
    request_id: str
    channel: str | None = None
    text: str = ""
    address: Address = field(default_factory=lambda: Address(""))
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def by(self) -> Actor:
        return Actor("person", self.user)

    @property
    def launch(self) -> Launch:
        """The launch of the address, in its newest state. Raises Refused."""
        launch = self.door.look(self.team_id, self.address.launch)
        if launch is None:
            raise Refused("unknown_button")
        return launch

    @property
    def reader(self) -> Reader:
        known = self.door.look(self.team_id, self.address.launch) or next(iter(self.own), None)
        return reader_for(known, self.user) if known else self.stranger

    @property
    def own(self) -> list[Launch]:
        """The launches that they are named in, the oldest first."""
        return [launch for launch in self.door.launches(self.team_id) if launch.person_of(self.user)]

    @property
    def is_admin(self) -> bool:
        return self.user in self.door.admins(self.team_id)

    def words(self, text: str) -> Words:
        return Words.typed(text, self.new_salt())

    def minutes(self) -> timedelta:
        """The limit that was written into a form. Raises Refused when it is none."""
        text = self.fields.get(MINUTES, "").strip()
        if not (text.isdecimal() and 1 <= int(text) <= MOST_MINUTES):
            raise Refused("minutes_needed")
        return timedelta(minutes=int(text))

    def reason(self) -> Words:
        """What was written into a form. Raises Refused when it is blank."""
        text = self.fields.get(REASON, "").strip()
        if not text:
            raise Refused("reason_needed")
        return self.words(text)

    # --- replies -------------------------------------------------------------------------------------------------------

    async def perform(self, command: Command) -> Told | None:
        """Ask the door; None when it was done."""
        return self.told(await self.ask(command))

    async def ask(self, command: Command) -> Answer:
        return await self.door.perform(command, self.address.launch, self.by, self.team_id, self.request_id)

    def told(self, answer: Answer) -> Told | None:
        if answer.failure:
            return Told(failure(answer.failure, self.reader), self.reader)
        return self.no(answer.refused) if answer.refused else None

    def no(self, refused: Refused) -> Told:
        """A refusal as a sentence; from outside its room, with the name of the launch."""
        launch = self.door.look(self.team_id, self.address.launch)
        told = sentence(refused, launch, self.reader)
        return Told(self.named(told, launch) if launch else told, self.reader, field_of(refused))

    def named(self, sentence: str, launch: Launch) -> str:
        return f"{launch_title(launch.plan, self.reader)} – {sentence}" if self.is_outside else sentence

    @property
    def is_outside(self) -> bool:
        """Whether it was typed or pressed in another channel than the room of its launch."""
        launch = self.door.look(self.team_id, self.address.launch)
        return launch is not None and self.channel not in (None, launch.channel)

    async def or_form(self, command: Command, view: Block) -> Reply:
        """Do it, or open the form for the reason that is missing."""
        answer = await self.ask(command)
        return Opens(view) if answer.refused and answer.refused.code == "reason_needed" else self.told(answer)

    def shown(self, drawn: Drawn) -> Shown:
        return Shown(drawn, self.reader)

    def menu(self) -> Shown:
        return self._menu()

    def done(self) -> Shown | None:
        """How things stand after what was done; from outside the room it says first where that was. A card says it by itself."""
        if self.address.subject:
            return None
        if not self.is_outside:
            return self.menu()
        return self._menu(done_in(self.launch, self.reader))

    def _menu(self, said: str | None = None) -> Shown:
        now = self.door.outside.clock.read().now
        return self.shown(menu(self.launch, self.user, now, is_admin=self.is_admin, said=said))


Handler = Callable[[Turn], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class News:
    """What Slack tells by itself. `id` is the same when it is told again."""

    door: Door
    homes: Homes
    admins: Admins
    team_id: str
    event: Mapping[str, Any]
    id: str


async def answer(handler: Handler, turn: Turn) -> Reply:
    """What a handler replies. A no of its own is told like one of the door; a fault of ours is logged, and told with its reference."""
    try:
        return await handler(turn)
    except Refused as no:
        return turn.no(no)
    except Exception:
        mark = reference()
        log.exception("handler_failed", reference=mark, request=turn.request_id, launch=turn.address.launch)
        return Told(failure(mark, turn.reader), turn.reader)


async def unknown(turn: Turn) -> Reply:
    """A button or a form that we do not draw any more."""
    raise Refused("unknown_button")


def _as_shown(token: re.Match[str]) -> str:
    words = token["label"] or token["id"]
    return words if words.startswith(("@", "#")) else token["sigil"].replace("!", "@") + words


def as_typed(text: str) -> str:
    """A line as the person typed it: Slack escapes `& < >` and wraps names and links in tokens."""
    plain = _token.sub(_as_shown, text)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
