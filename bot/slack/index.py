"""The index of what people may press, fill in and type, and of what Slack tells by itself."""

from bot.slack import checkpoints, countdown, menu, people, room, roster
from bot.slack.turn import Handler
from bot.views import ask, decision, modals
from bot.views import menu as menu_view
from bot.views.room import MENU

ACTIONS: dict[str, Handler] = {
    MENU: menu.show,
    menu_view.HELP: menu.help_,
    menu_view.WHO: roster.who,
    menu_view.OPEN: room.open_room,
    menu_view.CLOSE: room.close,
    modals.NOTE: room.note,
    modals.HOLD: countdown.hold,
    menu_view.RESUME: countdown.resume,
    menu_view.LIST: checkpoints.listed,
    menu_view.ASK_NOW: checkpoints.ask_now,
    ask.GO: checkpoints.go,
    ask.NO_GO: checkpoints.no_go,
    decision.PROCEED: checkpoints.proceed,
    decision.HOLD: checkpoints.hold,
    decision.ASK_AGAIN: checkpoints.ask_again,
}

FORMS: dict[str, Handler] = {
    modals.NOTE: room.note_written,
    modals.HOLD: countdown.hold_because,
    ask.NO_GO: checkpoints.no_go_because,
    decision.PROCEED: checkpoints.proceed_because,
    decision.HOLD: checkpoints.hold_because,
}

EVENTS = {"user_change": people.user_change}
