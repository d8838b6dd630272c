"""The bare /launch and its words: which launch is meant, and which word."""

from dataclasses import replace

from bot.slack import agenda, countdown, new, paging, problems, room, roster, updates
from bot.slack.turn import Handler, Opens, Reply, Turn, answer
from bot.views import help as words
from bot.views import menu, modals
from bot.views import new as new_view
from bot.views.address import Address
from launch.messages import Refused
from launch.state import Launch


async def show(turn: Turn) -> Reply:
    return turn.menu()


async def help_(turn: Turn) -> Reply:
    return turn.shown(words.words(turn.reader))


WORDS: dict[str, Handler] = {
    "": show,
    "checkpoint": agenda.typed,
    "page": paging.page,
    "problem": problems.report,
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
    if word.casefold() in new_view.WORDS:
        return await new.choose(turn)
    if key is None:
        return turn.shown(words.unknown(word, turn.reader))
    if key == "help":
        return await help_(turn)
    if not key and turn.is_admin and not turn.door.launches(turn.team_id):
        return turn.shown(menu.no_launch(turn.reader))
    launches = here(turn)
    if len(launches) > 1:
        asked = menu.choice_for(launches, turn.user, key, " ".join(rest)) if key else menu.choice(launches, turn.user)
        return turn.shown(asked)
    return await carried_out(WORDS[key], replace(turn, text=" ".join(rest), address=Address(launches[0].id)))


async def chosen(turn: Turn) -> Reply:
    """The button that says which launch a word was for: just that is done there. Raises Refused."""
    match turn.address.subject:
        case (word, text) if word in WORDS:
            return await carried_out(WORDS[word], replace(turn, text=text, address=Address(turn.address.launch)))
    raise Refused("unknown_button")


async def carried_out(handler: Handler, turn: Turn) -> Reply:
    """What a word replies; from outside the room, a form says which launch it is for."""
    reply = await answer(handler, turn)
    if isinstance(reply, Opens) and turn.is_outside:
        return replace(reply, view=modals.for_launch(reply.view, turn.launch, turn.reader))
    return reply


def here(turn: Turn) -> list[Launch]:
    """The launch whose room it was typed in, else all that there are. Raises Refused when there is none."""
    launches = turn.door.launches(turn.team_id)
    in_room = [launch for launch in launches if launch.channel == turn.channel]
    if not launches:
        raise Refused("no_launch")
    return in_room or launches
