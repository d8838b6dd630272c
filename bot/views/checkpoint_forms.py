"""The forms of go or no-go: the reason for what needs one, an answer that was spoken, a question of one's own."""

from datetime import timedelta

from bot.views import ask, blocks, decision, spoken
from bot.views.address import Address
from bot.views.card import Block
from bot.views.locale import Reader
from bot.views.modals import MINUTES, REASON, ROLES, form
from bot.views.paging import MOST_ROLES
from bot.views.people import role_title
from bot.views.rounds import Round
from launch.plan import CheckpointKind, Plan
from launch.state import Answer

RECORD, QUESTION = "checkpoint.record", "checkpoint.question"
ROLE, ANSWER = "role", "answer"
USUAL = timedelta(minutes=5)
"""So long to answer a question of one's own, unless something else is written."""


def no_go(address: Address, kind: CheckpointKind, reader: Reader) -> Block:
    """A no; where all goes on, the answer to hold."""
    hint = reader._("It is told in the room at once, with your name.")
    fields = [blocks.text_input(REASON, reader._("Why not?"), hint)]
    if kind is CheckpointKind.PERIODIC:
        return form(reader.p("title", "Hold: the reason"), fields, reader.p("title", "Say hold"), ask.NO_GO, address, reader)
    return form(reader.p("title", "NO-GO: the reason"), fields, reader.p("title", "Say NO-GO"), ask.NO_GO, address, reader)


def condition(address: Address, reader: Reader) -> Block:
    hint = reader._("Whoever commands reads it at once, the others at the count.")
    fields = [blocks.text_input(REASON, reader._("On which condition?"), hint)]
    return form(reader.p("title", "GO with a condition"), fields, reader.p("title", "Say GO"), ask.CONDITION, address, reader)


def roll_back(address: Address, reader: Reader) -> Block:
    hint = reader._("It is told in the room at once, with your name.")
    fields = [blocks.text_input(REASON, reader._("Why roll back?"), hint)]
    return form(reader.p("title", "Roll back: the reason"), fields, reader.p("title", "Say roll back"), ask.ROLL_BACK, address, reader)


def proceed(address: Address, kind: CheckpointKind, reader: Reader) -> Block:
    hint = reader._("It is told in the room and kept in the record.")
    fields = [blocks.text_input(REASON, reader._("Why, against the outcome?"), hint)]
    if kind is CheckpointKind.PERIODIC:
        title, submit = reader.p("title", "Continue all the same"), reader.p("title", "Continue")
    else:
        title, submit = reader.p("title", "Proceed all the same"), reader.p("title", "Proceed")
    return form(title, fields, submit, decision.PROCEED, address, reader)


def decide_roll_back(address: Address, reader: Reader) -> Block:
    """The decision to turn back says what it means before it is made."""
    hint = reader._("The launch turns back: T stands still for good, the room is told, and the way back begins. Nothing undoes this.")
    fields = [blocks.text_input(REASON, reader._("Why roll back?"), hint)]
    return form(reader.p("title", "Roll back"), fields, reader.p("title", "Roll back"), decision.ROLL_BACK, address, reader)


def record(seen: Round, address: Address, reader: Reader) -> Block:
    """An answer that was spoken, of a role that has been asked."""
    later = {role for role, _ in seen.later}
    roles = [(role, role_title(seen.plan, role, reader)) for role in seen.point.ask if role not in later]
    answers = [(each.value, spoken.answer(each, seen.kind, reader).text) for each in said(seen)]
    told = reader._("Its giver is told, and may say that it is not what they said.")
    fields = [
        blocks.select_input(ROLE, reader._("Who has spoken?"), roles),
        blocks.select_input(ANSWER, reader._("What did they say?"), answers),
        blocks.long_input(REASON, reader._("For what reason? Everything but a plain yes needs one."), told, "", is_optional=True),
    ]
    return form(reader.p("title", "A spoken answer"), fields, reader.p("title", "Write it down"), RECORD, address, reader)


def said(seen: Round) -> list[Answer]:
    """What can be said depends on what the question is for."""
    match seen.kind:
        case CheckpointKind.GATE:
            return [Answer.GO, Answer.CONDITION, Answer.NO_GO]
        case CheckpointKind.PERIODIC:
            return [Answer.GO, Answer.NO_GO, Answer.ROLL_BACK]
    return [Answer.GO, Answer.NO_GO]


def question(plan: Plan, address: Address, reader: Reader) -> Block:
    """Asked at once, of some roles, for so many minutes."""
    roles = [(role, role_title(plan, role, reader)) for role in plan.roles]
    hint = reader._("Whoever is on duty answers GO or NO-GO, in private. No answer is told as not known.")
    fields = [
        blocks.text_input(REASON, reader._("What do you want to know?"), hint),
        blocks.several_input(ROLES, reader._("Who is to answer?"), roles[:MOST_ROLES]),
        blocks.minutes_input(MINUTES, reader._("How many minutes do they have?"), USUAL // timedelta(minutes=1)),
    ]
    return form(reader.p("title", "A question of your own"), fields, reader.p("title", "Ask now"), QUESTION, address, reader)
