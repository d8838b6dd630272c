"""The shortcuts: the menu from everywhere; a message that becomes a note, or the beginning of a customer update."""

from dataclasses import replace

from bot.slack import menu, updates
from bot.slack.turn import Handler, Opens, Reply, Turn, answer
from bot.views import modals
from bot.views.address import Address
from launch.authority import authorise
from launch.messages import Refused, WriteNote
from launch.state import Launch


async def show_menu(turn: Turn) -> Reply:
    """As /launch alone, wherever somebody is."""
    return await menu.typed(replace(turn, text=""))


async def add_note(turn: Turn) -> Reply:
    return await begin(turn, modals.ADD_NOTE, note)


async def draft_update(turn: Turn) -> Reply:
    return await begin(turn, modals.ADD_DRAFT, updates.typed)


async def begin(turn: Turn, action: str, form: Handler) -> Reply:
    """The form, in the launch that it can only mean; else first the question which. `action` is the answer to that question."""
    launches = [turn.launch] if turn.address.launch else meant(turn)
    if len(launches) > 1:
        return Opens(modals.which(launches, action, turn.text, turn.reader))
    return await answer(form, replace(turn, address=Address(launches[0].id)))


def meant(turn: Turn) -> list[Launch]:
    """The launch in whose room the message stands, else those that name the person. Raises Refused when there is none at all."""
    launches = turn.door.launches(turn.team_id)
    if not launches:
        raise Refused("no_launch")
    return [each for each in launches if each.channel == turn.channel] or turn.own or launches[:1]


async def note(turn: Turn) -> Reply:
    authorise(WriteNote(turn.words(turn.text)), turn.launch, turn.by)
    return Opens(modals.note(turn.address, turn.reader, turn.text))
