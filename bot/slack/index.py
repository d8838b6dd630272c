"""The index of what people may press, fill in and type, and of what Slack tells by itself."""

from bot.slack import checkpoints, countdown, handover, home, menu, paging, people, plans, room, roster, shortcuts, updates
from bot.slack.turn import Handler
from bot.views import ask, decision, modals, ring, takeover
from bot.views import menu as menu_view
from bot.views import paging as paging_view
from bot.views import updates as updates_view
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
    takeover.ACCEPT: handover.accept,
    paging_view.CALL: paging.page,
    ring.TAKE: paging.take,
    ring.PASS: paging.pass_on,
    paging_view.RESOLVE: paging.resolve,
    updates_view.DRAFT: updates.draft,
    updates_view.EDIT: updates.edit,
    updates_view.WITHDRAW: updates.withdraw,
    updates_view.APPROVE: updates.approve,
    updates_view.SEND_BACK: updates.send_back,
    updates_view.THERE: updates.there,
    updates_view.NOT_THERE: updates.not_there,
    modals.PLAN: plans.choose,
    modals.ADD_NOTE: shortcuts.add_note,
    modals.ADD_DRAFT: shortcuts.draft_update,
}

FORMS: dict[str, Handler] = {
    modals.NOTE: room.note_written,
    modals.HOLD: countdown.hold_because,
    ask.NO_GO: checkpoints.no_go_because,
    decision.PROCEED: checkpoints.proceed_because,
    decision.HOLD: checkpoints.hold_because,
    paging_view.CALL: paging.page_because,
    updates_view.DRAFT: updates.written,
    updates_view.EDIT: updates.edited,
    updates_view.SEND_BACK: updates.send_back_because,
    modals.PLAN: plans.given,
}

SHORTCUTS: dict[str, Handler] = {
    MENU: shortcuts.show_menu,
    modals.ADD_NOTE: shortcuts.add_note,
    updates_view.DRAFT: shortcuts.draft_update,
}

EVENTS = {"user_change": people.user_change, "app_home_opened": home.opened}
