"""The index of what people may press, fill in and type, and of what Slack tells by itself."""

from bot.slack import (
    agenda,
    changes,
    checkpoints,
    countdown,
    handover,
    home,
    menu,
    new,
    noise,
    paging,
    people,
    plans,
    problems,
    room,
    roster,
    shortcuts,
    updates,
)
from bot.slack.turn import Handler
from bot.views import agenda as agenda_view
from bot.views import ask, checkpoint_forms, clock, decision, modals, objections, offer, ring, takeover
from bot.views import changes as changes_view
from bot.views import menu as menu_view
from bot.views import new as new_view
from bot.views import noise as noise_view
from bot.views import paging as paging_view
from bot.views import problems as problems_view
from bot.views import updates as updates_view
from bot.views.board import MENU

ACTIONS: dict[str, Handler] = {
    MENU: menu.show,
    menu_view.TYPED: menu.chosen,
    menu_view.HELP: menu.help_,
    menu_view.WHO: roster.who,
    noise_view.NOISE: noise.show,
    menu_view.OPEN: room.open_room,
    menu_view.CLOSE: room.close,
    modals.NOTE: room.note,
    modals.HOLD: countdown.hold,
    clock.RESUME: countdown.resume,
    clock.LIVE: countdown.live,
    clock.EXTEND: countdown.extend,
    clock.TURN_BACK: countdown.turn_back,
    menu_view.LIST: agenda.listed,
    menu_view.ASK_NOW: agenda.ask_now,
    agenda_view.SHOW: agenda.show,
    checkpoint_forms.RECORD: agenda.record,
    checkpoint_forms.QUESTION: agenda.question,
    ask.GO: checkpoints.go,
    ask.CONDITION: checkpoints.condition,
    ask.NO_GO: checkpoints.no_go,
    ask.ROLL_BACK: checkpoints.roll_back,
    ask.DISPUTE: checkpoints.dispute,
    ask.WITHDRAW: checkpoints.withdraw,
    decision.PROCEED: checkpoints.proceed,
    decision.HOLD: checkpoints.hold,
    decision.ROLL_BACK: checkpoints.turn_back,
    decision.ASK_AGAIN: checkpoints.ask_again,
    objections.LET_STAND: checkpoints.let_stand,
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
    problems_view.REPORT: problems.report,
    problems_view.TAKE: problems.take,
    problems_view.CHANGE: problems.change,
    problems_view.EXTEND: problems.extend,
    problems_view.CLOSE: problems.close,
    modals.PLAN: plans.choose,
    new_view.NEW: new.choose,
    new_view.MORE: new.more,
    changes_view.CHANGE: changes.choose,
    changes_view.MOVE: changes.move,
    changes_view.SEAT: changes.choose_seat,
    changes_view.FILE: changes.choose_file,
    changes_view.SHOW: changes.show,
    offer.TAKE: changes.take,
    offer.LEAVE: changes.leave,
    modals.ADD_NOTE: shortcuts.add_note,
    modals.ADD_DRAFT: shortcuts.draft_update,
}

FORMS: dict[str, Handler] = {
    modals.NOTE: room.note_written,
    modals.HOLD: countdown.hold_because,
    clock.EXTEND: countdown.extend_because,
    clock.TURN_BACK: countdown.turn_back_because,
    ask.CONDITION: checkpoints.condition_written,
    ask.NO_GO: checkpoints.no_go_because,
    ask.ROLL_BACK: checkpoints.roll_back_because,
    checkpoint_forms.RECORD: agenda.recorded,
    checkpoint_forms.QUESTION: agenda.question_put,
    decision.PROCEED: checkpoints.proceed_because,
    decision.HOLD: checkpoints.hold_because,
    decision.ROLL_BACK: checkpoints.turn_back_because,
    paging_view.CALL: paging.page_because,
    updates_view.DRAFT: updates.written,
    updates_view.EDIT: updates.edited,
    updates_view.SEND_BACK: updates.send_back_because,
    problems_view.REPORT: problems.reported,
    problems_view.CHANGE: problems.changed,
    problems_view.EXTEND: problems.extended,
    problems_view.CLOSE: problems.closed,
    modals.PLAN: plans.given,
    new_view.NEW: new.given,
    changes_view.MOVE: changes.moved,
    changes_view.SEAT: changes.seat_chosen,
    changes_view.SWAP: changes.swapped,
    changes_view.FILE: changes.file_given,
    changes_view.CONFIRM: changes.confirmed,
}

SHORTCUTS: dict[str, Handler] = {
    MENU: shortcuts.show_menu,
    modals.ADD_NOTE: shortcuts.add_note,
    updates_view.DRAFT: shortcuts.draft_update,
}

EVENTS = {"user_change": people.user_change, "app_home_opened": home.opened}
