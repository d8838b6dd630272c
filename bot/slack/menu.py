"""The bare /launch and its words: which launch is meant, and which word."""

from dataclasses import replace

from bot.slack import checkpoints, countdown, paging, room, roster, updates
from bot.slack.turn import Handler, Reply, Turn, answer
from bot.views import help as words
from bot.views import menu
from bot.views.address import Address
from launch.messages import Refused
from launch.state import Launch


async def show(turn: Turn) -> Reply:
    return turn.menu()


async def help_(turn: Turn) -> Reply:
    return turn.shown(words.words(turn.reader))


WORDS: dict[str, Handler] = {
    "": show,
    "checkpoint": checkpoints.typed,
    "page": paging.page,
    "update": updates.typed,
    "hold": countdown.hold,
    "resume": countdown.resume,
    "who": roster.who,
    "note": room.note,
}


async def typed(turn: Turn) -> Reply:
    """`/launch WORD REST`, in the launch that it can only mean."""
    word, *rest = turn.text.split(maxsplit=1) or [""]
    key = words.meant(word) if word else ""
    if key is None:
        return turn.shown(words.unknown(word, turn.reader))
    if key == "help":
        return await help_(turn)
    if not key and turn.is_admin and not turn.door.launches(turn.team_id):
        return turn.shown(menu.no_launch(turn.reader))
    launches = here(turn)
    if len(launches) > 1:
        return turn.shown(menu.choice(launches, turn.user))
    return await answer(WORDS[key], replace(turn, text=" ".join(rest), address=Address(launches[0].id)))


def here(turn: Turn) -> list[Launch]:
    """The launch whose room it was typed in, else all that there are. Raises Refused when there is none."""
    launches = turn.door.launches(turn.team_id)
    in_room = [launch for launch in launches if launch.channel == turn.channel]
    if not launches:
        raise Refused("no_launch")
    return in_room or launches
