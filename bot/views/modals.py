"""The forms: what is asked of a person before something is done in their name. Each carries the address it was opened from."""

from bot.views import ask, blocks, decision
from bot.views.address import Address
from bot.views.card import Block, Drawn
from bot.views.locale import Reader
from launch.plan import Plan

REASON, MINUTES = "reason", "minutes"
HOLD, NOTE = "clock.hold", "room.note"


def no_go(address: Address, reader: Reader) -> Block:
    hint = reader._("It is told in the room at once, with your name.")
    fields = [blocks.text_input(REASON, reader._("Why not?"), hint)]
    return form(reader.p("title", "NO-GO: the reason"), fields, reader.p("title", "Say NO-GO"), ask.NO_GO, address, reader)


def proceed(address: Address, reader: Reader) -> Block:
    hint = reader._("It is told in the room and kept in the record.")
    fields = [blocks.text_input(REASON, reader._("Why, against the outcome?"), hint)]
    return form(reader.p("title", "Proceed all the same"), fields, reader.p("title", "Proceed"), decision.PROCEED, address, reader)


def hold(callback_id: str, address: Address, plan: Plan, reader: Reader) -> Block:
    """Of the clock, or as the decision on a checkpoint."""
    hint = reader._("T stands still at once, and the room is told why.")
    minutes = int(plan.limits.hold.total_seconds() // 60)
    fields = [
        blocks.text_input(REASON, reader._("What for?"), hint),
        blocks.minutes_input(MINUTES, reader._("For how many minutes at most?"), max(minutes, 1)),
    ]
    return form(reader.p("title", "Hold"), fields, reader.p("title", "Stop T"), callback_id, address, reader)


def note(address: Address, reader: Reader) -> Block:
    hint = reader._("It is posted in the room and kept in the record.")
    fields = [blocks.text_input(REASON, reader._("What should be remembered?"), hint)]
    return form(reader.p("title", "Note"), fields, reader.p("title", "Write it down"), NOTE, address, reader)


def form(title: str, fields: list[Block], submit: str, callback_id: str, address: Address, reader: Reader) -> Block:
    return blocks.form(title, fields, reader.p("title", "Cancel"), submit, callback_id, str(address))


def told(said: Drawn, reader: Reader) -> Block:
    """What came of a form, in its place."""
    return blocks.modal(reader.p("title", "Launch Room"), said.blocks, reader.p("title", "Close"))
