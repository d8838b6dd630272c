"""The room opened and closed by hand, and what is noted in it."""

from bot.slack.turn import Opens, Reply, Told, Turn
from bot.views import modals
from bot.views.menu import may
from bot.views.sentences import noted
from launch.messages import CloseLaunch, OpenRoom, WriteNote


async def open_room(turn: Turn) -> Reply:
    return await turn.perform(OpenRoom()) or turn.done()


async def close(turn: Turn) -> Reply:
    return await turn.perform(CloseLaunch()) or turn.done()


async def note(turn: Turn) -> Reply:
    """`/launch note the till in Lyon works`; without a text, and from the menu, a form for whoever may write one."""
    command = WriteNote(turn.words(turn.text))
    if not turn.text and may(command, turn.launch, turn.user):
        return Opens(modals.note(turn.address, turn.reader))
    return await turn.perform(command) or Told(turn.named(noted(turn.launch, turn.reader), turn.launch), turn.reader)


async def note_written(turn: Turn) -> Reply:
    return await turn.perform(WriteNote(turn.reason()))
