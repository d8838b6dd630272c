"""The log of problems as the room sees it: one card each, a line on every board, and what is said of it once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from bot.views.address import Address
from bot.views.blocks import button, one_line
from bot.views.card import ROOM, Block, Card, Drawn, Notice, Urgency
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Quote, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.no import No
from bot.views.notice import in_room, is_reachable, to_person
from bot.views.people import name, reader_of, room_reader
from launch.messages import Fact, ProblemClosed, ProblemTaken
from launch.plan import Plan
from launch.problems import is_asked
from launch.state import Impact, Launch, Problem, Source, Status

REPORT, TAKE, CHANGE, CLOSE, EXTEND = "problem.report", "problem.take", "problem.change", "problem.close", "problem.extend"
MOST_PROBLEMS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A problem as everybody sees it."""

    plan: Plan
    launch: str
    problem: Problem
    is_asked: bool
    is_closed: bool

    @property
    def is_open(self) -> bool:
        return self.problem.is_open and not self.is_closed

    @property
    def address(self) -> str:
        return str(Address(self.launch, (str(self.problem.number),)))


def cards(launch: Launch) -> Iterator[Card]:
    """One in the room for each problem, posted when it is reported and edited to its end."""
    for row in launch.problems.values():
        seen = entry_of(launch, row)
        yield Card(f"problem:{row.number}", ROOM, Urgency.ROOM, (seen,), partial(draw, seen))


def entry_of(launch: Launch, row: Problem) -> Entry:
    return Entry(launch.plan, launch.id, row, is_asked(launch, row), launch.status is Status.CLOSED)


def draw(seen: Entry) -> Drawn:
    reader = room_reader(seen.plan)
    return drawn(pieces(seen, reader), reader)


def pieces(seen: Entry, reader: Reader) -> Iterator[Piece]:
    """What it does to customers first, then what it is, then who has it and how long it may last."""
    row = seen.problem
    yield Heading(reader._("Problem {number}").format(number=row.number))
    yield touched(row, reader) if row.is_open else ended(seen, reader)
    yield Quote(row.words)
    if row.outcome:
        yield line(reader._("What came of it:"))
        yield Quote(row.outcome)
    yield told_by(seen, reader)
    if seen.is_open:
        yield has_it(seen, reader)
        yield from decided_by(seen, reader)
        yield Buttons(tuple(buttons(seen, reader)))
    elif row.is_open:
        yield line(reader._("The launch was closed with this problem open."))


def touched(row: Problem, reader: Reader) -> Line:
    sentences = {
        Impact.TOTAL: reader._("🔴 It touches all customers, since {time}."),
        Impact.PARTIAL: reader._("🔴 It touches some customers, since {time}."),
        Impact.NONE: reader._("No customer notices it. Since {time}."),
    }
    return line(sentences[row.impact], time=Instant(row.opened_at, with_day=True))


def ended(seen: Entry, reader: Reader) -> Line:
    row = seen.problem
    at = row.closed_at or row.opened_at
    sentence = reader._("Over since {time}, after {duration}, says {person}.")
    return line(
        sentence, time=Instant(at, with_day=True), duration=reader.duration(at - row.opened_at), person=name(seen.plan, row.closed_by)
    )


def told_by(seen: Entry, reader: Reader) -> Line:
    """When customers tell first, the report will say so: here it stands already."""
    sentences = {
        Source.MONITORING: reader._("Monitoring told us first. In the log by {person}."),
        Source.US: reader._("We saw it first. In the log by {person}."),
        Source.CUSTOMERS: reader._("Customers told us first. In the log by {person}."),
    }
    return line(sentences[seen.problem.source], person=name(seen.plan, seen.problem.by))


def has_it(seen: Entry, reader: Reader) -> Line:
    if seen.problem.holder is None:
        return line(reader._("Nobody has it yet."))
    return line(reader._("{person} has it."), person=Strong(name(seen.plan, seen.problem.holder)))


def decided_by(seen: Entry, reader: Reader) -> Iterator[Line]:
    """By when whoever commands decides, or that they are asked now."""
    if seen.is_asked:
        yield line(reader._("🔴 Its time is over: whoever commands is asked what it means for the launch."))
    elif seen.problem.is_overdue:
        yield line(reader._("Its time is over: T stands still, by decision of whoever commands."))
    elif seen.problem.decide_by:
        sentence = reader._("Decide by {time}: then whoever commands says what it means for the launch.")
        yield line(sentence, time=Instant(seen.problem.decide_by, with_day=True))


def buttons(seen: Entry, reader: Reader) -> Iterator[Block]:
    yield button(reader._("I have it"), TAKE, seen.address, style=None if seen.problem.holder else "primary")
    yield button(reader._("Change…"), CHANGE, seen.address)
    yield button(reader._("Close…"), CLOSE, seen.address)


# --- in short ----------------------------------------------------------------------------------------------------------


def problem_lines(problems: Sequence[Problem], plan: Plan, reader: Reader) -> Iterator[Line]:
    """The gravest of those that are open, red when customers feel them, and how many more there are."""
    gravity = [Impact.TOTAL, Impact.PARTIAL, Impact.NONE]
    ordered = sorted((row for row in problems if row.is_open), key=lambda row: (gravity.index(row.impact), row.number))
    yield from (problem_line(row, plan, reader) for row in ordered[:MOST_PROBLEMS])
    if (more := len(ordered) - MOST_PROBLEMS) > 0:
        yield line(reader.n("{count} more problem is open.", "{count} more problems are open.", more), count=more)


def problem_line(row: Problem, plan: Plan, reader: Reader) -> Line:
    """What, since when, who has it, decide by when."""
    dated, timeless = (
        reader._("{mark}{words} – since {since}, {holder}, decide by {time}"),
        reader._("{mark}{words} – since {since}, {holder}"),
    )
    return line(
        dated if row.decide_by else timeless,
        mark=Line(() if row.impact is Impact.NONE else ("🔴 ",)),
        words=Strong(one_line(str(row.words), 60)),
        since=Instant(row.opened_at),
        holder=name(plan, row.holder) if row.holder else reader._("nobody has it yet"),
        time=Instant(row.decide_by or row.opened_at),
    )


# --- what is said once -------------------------------------------------------------------------------------------------


def problem_taken(fact: Fact, event: ProblemTaken, launch: Launch) -> Iterator[Notice]:
    """To whoever had it until now, so that no two work on it without knowing."""
    if event.before and is_reachable(launch, event.before):
        reader, row = reader_of(launch.plan, event.before), launch.problems[event.number]
        said = line(
            reader._("{person} has problem {number} now, it is no longer yours."), person=name(launch.plan, event.person), number=row.number
        )
        yield to_person(fact, launch, event.before, said, Quote(row.words))


def problem_closed(fact: Fact, event: ProblemClosed, launch: Launch) -> Iterator[Notice]:
    """In the room, which waits for it if customers did; else the card is enough."""
    row = launch.problems[event.number]
    if row.impact is not Impact.NONE:
        reader = room_reader(launch.plan)
        sentence = reader._("Problem {number} is over after {duration}, says {person}: {words}")
        facts = {"duration": reader.duration(fact.at - row.opened_at), "person": name(launch.plan, event.person), "words": str(row.words)}
        yield in_room(fact, launch, line(sentence, number=row.number, **facts), Quote(event.outcome))


# --- every no ----------------------------------------------------------------------------------------------------------


def already_reported(no: No) -> str:
    person = no.facts["person"]
    held = no._("Problem {number} says just that, and {person} has it. What is new about it makes another one.")
    free = no._("Problem {number} says just that, and nobody has it yet: its card in the room has the button “I have it”.")
    return no.say(held if person else free, person=no.person(person))


def problem_closed_already(no: No) -> str:
    return no.say(
        no._("This problem was closed by {person}: {since}. /launch problem reports a new one."), person=no.person(no.facts["person"])
    )


def not_your_problem(no: No) -> str:
    closers = no.people(dict.fromkeys(key for key in (no.facts["holder"], no.facts["person"]) if key))
    return no.say(
        no._("It is closed by whoever has it or reported it, now {closers}, or commands: {people}."), closers=closers, people=no.commanders
    )


def nothing_to_decide(no: No) -> str:
    return no._(
        "No customer notices this problem, so there is no time by which to decide on it. “Change…” says which customers it touches."
    )


NOES: dict[str, Callable[[No], str]] = {
    "already_reported": already_reported,
    "nothing_to_decide": nothing_to_decide,
    "not_your_problem": not_your_problem,
    "problem_closed": problem_closed_already,
}
