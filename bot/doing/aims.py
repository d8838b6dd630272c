"""A word of the shell on its way to the handler that Slack's buttons have: what was typed becomes the address and the form of one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from bot.door import Answer
from bot.slack.paging import role_and_rest
from bot.slack.turn import Shown, Turn
from bot.views import doing as view
from bot.views.address import Address
from bot.views.lines import drawn
from bot.views.locale import Reader
from bot.views.modals import MINUTES, REASON
from launch.handover import is_open
from launch.messages import Actor, Command, Refused
from launch.occurrences import polled


class Unclear(Exception):
    """What was typed cannot be done as it stands; the message is the sentence for whoever typed it."""


@dataclass(frozen=True)
class ShellTurn(Turn):
    """A turn of a person who is not in Slack now: whoever sits at the shell (`stranger`) gives it, and reads what comes of it."""

    word: str = ""
    answers: list[Answer] = field(default_factory=list)

    @property
    def by(self) -> Actor:
        return Actor("shell", self.user or None)

    @property
    def reader(self) -> Reader:
        return self.stranger

    async def ask(self, command: Command) -> Answer:
        answer = await super().ask(command)
        self.answers.append(answer)
        return answer

    def menu(self) -> Shown:
        return self.shown(drawn(view.standing(self.launch, self.reader), self.reader))

    def at(self, *subject: str, reason: str = "", **fields: str) -> "ShellTurn":
        """The same turn as if it came from a button, or from its form."""
        return replace(self, address=Address(self.address.launch, subject), fields={REASON: reason.strip(), **fields})

    def unclear(self) -> Unclear:
        return Unclear(view.incomplete(self.word, self.reader))


Aim = Callable[[ShellTurn], ShellTurn]
"""Raises Refused or Unclear when the words lead nowhere."""


def as_typed(turn: ShellTurn) -> ShellTurn:
    """For handlers that read the words themselves."""
    return turn


def alone(turn: ShellTurn) -> ShellTurn:
    """Nothing follows the word."""
    if turn.text:
        raise turn.unclear()
    return turn


def for_reason(turn: ShellTurn) -> ShellTurn:
    """`REASON`, for the launch as a whole."""
    return turn.at(reason=turn.text)


def for_minutes(turn: ShellTurn) -> ShellTurn:
    """`15 REASON`."""
    minutes, reason = split(turn)
    return turn.at(reason=reason, **{MINUTES: minutes})


def at_checkpoint(turn: ShellTurn) -> ShellTurn:
    """`final REASON`: in the round of now; a hold may last as long as the plan says."""
    name, reason = split(turn)
    poll = polled(turn.launch, name.casefold(), None)
    minutes = max(int(turn.launch.plan.limits.hold.total_seconds() // 60), 1)
    return turn.at(poll.checkpoint, str(poll.round), reason=reason, **{MINUTES: str(minutes)})


def at_vote(turn: ShellTurn) -> ShellTurn:
    """`final network REASON`."""
    turn = at_checkpoint(turn)
    words = turn.fields[REASON]
    if not words:
        raise turn.unclear()
    role, reason = role_and_rest(turn.launch.plan, words)
    if role is None:
        raise Refused("no_such_role", role=words.split()[0])
    return turn.at(*turn.address.subject, role, reason=reason)


def at_page(turn: ShellTurn) -> ShellTurn:
    """`3`."""
    number, rest = split(turn)
    return turn.at(numbered(turn, number, turn.launch.pages, view.open_pages(turn.launch)), reason=rest)


def at_handover(turn: ShellTurn) -> ShellTurn:
    """`network`: the handover that waits, else the last one that did."""
    if not turn.text:
        raise turn.unclear()
    role = turn.launch.plan.role_named(turn.text)
    if role is None:
        raise Refused("no_such_role", role=turn.text)
    rows = [row for row in turn.launch.handovers.values() if row.role == role]
    if not rows:
        raise Unclear(view.no_handover(turn.launch, role, turn.reader))
    row = max(rows, key=lambda row: (is_open(turn.launch, row), row.edge))
    return turn.at(role, row.shift)


def at_edition(turn: ShellTurn) -> ShellTurn:
    """`2 1 REASON`. Nobody approves, or sends back, an edition that they have not named."""
    number, rest = split(turn)
    drafts = turn.launch.drafts
    named = numbered(turn, number, drafts, view.open_drafts(turn.launch))
    edition, _, reason = rest.partition(" ")
    if not edition.isdecimal():
        raise Unclear(view.which_edition(turn.launch, drafts[int(named)], turn.reader))
    return turn.at(named, edition, reason=reason)


def without_reason(aim: Aim) -> Aim:
    """For what takes none: a reason that nobody would read is not dropped in silence."""

    def aimed(turn: ShellTurn) -> ShellTurn:
        found = aim(turn)
        if found.fields[REASON]:
            raise turn.unclear()
        return found

    return aimed


def split(turn: ShellTurn) -> tuple[str, str]:
    """The first of the words, and what follows it. Raises Unclear when there is none."""
    first, _, rest = turn.text.partition(" ")
    if not first:
        raise turn.unclear()
    return first, rest


def numbered(turn: ShellTurn, number: str, there: Iterable[int], are_open: Iterable[int]) -> str:
    """A number that something bears, as a button has it. Raises Unclear."""
    if not number.isdecimal() or int(number) not in there:
        raise Unclear(view.no_such_number(number, are_open, turn.reader))
    return str(int(number))
