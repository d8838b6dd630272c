"""The forms of the log of problems: reported, graver or less grave, given more time, closed."""

from bot.views import blocks, modals
from bot.views.address import Address
from bot.views.card import Block
from bot.views.locale import Reader
from bot.views.problems import CHANGE, CLOSE, EXTEND, REPORT
from launch.messages import ReportProblem
from launch.state import Impact, Problem, Source
from launch.words import Words

IMPACT, SOURCE = "impact", "source"
MORE_MINUTES = 15
UNWRITTEN = ReportProblem(Words(""), Impact.NONE, Source.US)
"""What somebody asks for before the form is open."""


def report_form(address: Address, reader: Reader, prefill: str = "") -> Block:
    """`prefill` is what was typed after the word."""
    hint = reader._("It stands in the room at once, with your name.")
    fields = [
        blocks.text_input(modals.REASON, reader._("What is wrong?"), hint, prefill),
        impact_input(None, reader),
        blocks.select_input(SOURCE, reader._("Who told us first?"), [(each.value, words) for each, words in sources(reader).items()]),
    ]
    return modals.form(reader.p("title", "Report a problem"), fields, reader.p("title", "Report"), REPORT, address, reader)


def change_form(row: Problem, address: Address, reader: Reader) -> Block:
    fields = [impact_input(row.impact, reader)]
    return modals.form(reader.p("title", "Change its impact"), fields, reader.p("title", "Change"), CHANGE, address, reader)


def impact_input(initial: Impact | None, reader: Reader) -> Block:
    options = [(each.value, words) for each, words in impacts(reader).items()]
    return blocks.select_input(IMPACT, reader._("Which customers does it touch?"), options, initial)


def close_form(address: Address, reader: Reader) -> Block:
    hint = reader._("It stands on the card and is kept in the record.")
    fields = [blocks.text_input(modals.REASON, reader._("What came of it?"), hint)]
    return modals.form(reader.p("title", "Close the problem"), fields, reader.p("title", "Close it"), CLOSE, address, reader)


def extend_form(address: Address, reader: Reader) -> Block:
    fields = [blocks.minutes_input(modals.MINUTES, reader._("In how many minutes are you asked again?"), MORE_MINUTES)]
    return modals.form(reader.p("title", "Give it more time"), fields, reader.p("title", "Give it"), EXTEND, address, reader)


def impacts(reader: Reader) -> dict[Impact, str]:
    return {
        Impact.TOTAL: reader._("All of them"),
        Impact.PARTIAL: reader._("Some of them"),
        Impact.NONE: reader._("None"),
    }


def sources(reader: Reader) -> dict[Source, str]:
    return {
        Source.MONITORING: reader._("Monitoring"),
        Source.US: reader._("One of us"),
        Source.CUSTOMERS: reader._("A customer"),
    }


def reported(row: Problem, reader: Reader) -> str:
    """What whoever reported it is told."""
    if row.decide_by is None:
        return reader._("Problem {number} is in the log. Nobody has it yet.").format(number=row.number)
    sentence = reader._("Problem {number} is in the log. Nobody has it yet. It is to be decided by {time} what it means for the launch.")
    return sentence.format(number=row.number, time=reader.clock(row.decide_by, named=True))
