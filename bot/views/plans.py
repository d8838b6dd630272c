"""A plan handed over in Slack: the form that takes the file, and what became of it; and the file of a plan, to be read."""

from collections.abc import Iterator, Sequence

from bot.views import blocks, modals
from bot.views.address import Address
from bot.views.blocks import clip, one_line
from bot.views.card import Block
from bot.views.lines import Buttons, Line, Strong, drawn, line
from bot.views.locale import Reader
from launch.messages import HOUSE

FILE = "file"
KINDS = ("yaml", "yml")
MOST, IN_ONE, LONGEST = 40, 10, 300
"""Findings that are shown, in blocks of so many, each in so many characters."""
MOST_SHOWN, IN_BLOCK = 12_000, 2_900
"""Characters of a file that are shown, and how many of them in one block."""


def form(reader: Reader) -> Block:
    hint = reader._("A YAML file of at most 256 KB. A plan with mistakes is not added: they are listed, each with its line.")
    fields = [blocks.file_input(FILE, reader._("The plan"), hint, KINDS)]
    return modals.form(reader.p("title", "Add a plan"), fields, reader.p("title", "Check and add"), modals.PLAN, Address(HOUSE), reader)


def mistakes(findings: Sequence[str], reader: Reader) -> Block:
    """Nothing was added, and why."""
    title = reader.n("Not added. There is {count} finding:", "Not added. There are {count} findings:", len(findings))
    return window([Line((Strong(title.format(count=len(findings))),))], findings, reader, is_done=False)


def refused(sentence: str, reader: Reader) -> Block:
    """Nothing was added, for a reason that is not a mistake in the file."""
    return window([Line((sentence,))], (), reader, is_done=False)


def planned(key: str, warnings: Sequence[str], reader: Reader, offered_to: str | None = None) -> Block:
    """It is added, or offered to whoever commands the launch; what is doubtful in it can still be changed."""
    said = [line(reader._("{key} is planned. It opens its room and asks its checkpoints by the clock."), key=Strong(key))]
    said = [Line((offered(key, offered_to, reader),))] if offered_to else said
    said += [line(reader._("What may not be meant as it is written:"))] if warnings else []
    return window(said, warnings, reader, is_done=True)


def window(said: Sequence[Line], findings: Sequence[str], reader: Reader, *, is_done: bool) -> Block:
    """Sentences, a list, and the way to another file where this one was not taken."""
    made = [*drawn(said, reader).blocks, *listed(findings, reader)]
    if not is_done:
        again = blocks.button(reader._("Choose another file…"), modals.PLAN, str(Address(HOUSE)))
        made += drawn([Buttons((again,))], reader).blocks
    return blocks.modal(reader.p("title", "Add a plan"), made, reader.p("title", "Close"))


def offered(key: str, person: str, reader: Reader) -> str:
    """What became of a newer plan of a launch that is under way."""
    said = reader._("{key} is under way: {person} now sees what would change, and takes the new plan up or leaves it.")
    return said.format(key=key, person=one_line(person))


def listed(findings: Sequence[str], reader: Reader) -> list[Block]:
    """Findings, and how many more there are."""
    more, made = len(findings) - MOST, list[Block]()
    for begin in range(0, min(len(findings), MOST), IN_ONE):
        rows = [clip(finding, LONGEST) for finding in findings[begin : min(begin + IN_ONE, MOST)]]
        made.append({**blocks.rich_text(), "elements": [blocks.rich_list(rows)]})
    if more > 0:
        rest = reader.n("And {count} more.", "And {count} more.", more)
        made += drawn([line(rest, count=more)], reader).blocks
    return made


def no_files(reader: Reader) -> str:
    return reader._(
        "Slack does not let the bot read files: it was not granted files:read. Plans are added at the shell, "
        "with launchroom plan add FILE, or from the directory that LAUNCHROOM_PLANS names."
    )


def not_fetched(reader: Reader) -> str:
    return reader._("Slack did not hand over the file just now, and nothing changed. Please try once more.")


# --- its file ----------------------------------------------------------------------------------------------------------


def file_window(source: str, key: str, reader: Reader) -> Block:
    """The file of the plan in use."""
    return blocks.modal(reader.p("title", "The plan"), file_blocks(source, key, reader), reader.p("title", "Close"))


def file_blocks(source: str, key: str, reader: Reader) -> list[Block]:
    """A file, line by line as far as there is room, and how to have it whole."""
    made: list[Block] = [{**blocks.rich_text(), "elements": [blocks.rich_preformatted(chunk)]} for chunk in chunks(source[:MOST_SHOWN])]
    command = f"launchroom plan export {key}"
    cut = reader._("The rest is left out. At the shell, {command} writes the whole file.")
    whole = reader._("At the shell, {command} writes the file.")
    return made + list(drawn([line(cut if len(source) > MOST_SHOWN else whole, command=command)], reader).blocks)


def chunks(text: str) -> Iterator[str]:
    """Whole lines, as many as go into one block."""
    chunk = ""
    rows = text.splitlines(keepends=True)
    for row in (whole[begin : begin + IN_BLOCK] for whole in rows for begin in range(0, len(whole), IN_BLOCK)):
        if chunk and len(chunk) + len(row) > IN_BLOCK:
            yield chunk.rstrip("\n")
            chunk = ""
        chunk += row
    if chunk.strip():
        yield chunk.rstrip("\n")
