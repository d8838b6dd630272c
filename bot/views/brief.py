"""The brief: what somebody needs who comes in now, whether they were paged or take over a shift. The same for both."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.views import spoken
from bot.views.board import Board, board_of, next_lines, page_lines, situation
from bot.views.bridge import bridge, links
from bot.views.customers import customer_lines
from bot.views.lines import Instant, Line, Piece, Strong, line
from bot.views.locale import Reader
from bot.views.people import name
from bot.views.phone import on_phone
from bot.views.rounds import Named, named
from launch.plan import Plan
from launch.state import Decision, Hold, Launch, Page, Poll

MOST_DECIDED = 3
PHONE_LINES = 20


Decided = tuple[Named, Poll]
"""A checkpoint that nobody has to think of any more, and what was decided."""


@dataclass(frozen=True, slots=True)
class Brief:
    """All that the brief of one person looks at: of pages only those that never rang at them."""

    board: Board
    decided: tuple[Decided | Hold, ...]
    pages: tuple[Page, ...]

    @property
    def plan(self) -> Plan:
        return self.board.plan


def brief_for(launch: Launch, person: str, reader: Reader) -> Iterator[Piece]:
    """Where the launch stands, for somebody who comes in; nothing that has nothing to say."""
    return pieces(brief_of(launch, person), reader)


def brief_of(launch: Launch, person: str) -> Brief:
    """What a card that holds the brief depends on."""
    over: list[Decided | Hold] = [
        *((named(launch, poll, poll.round), poll) for poll in launch.polls.values() if poll.decision not in (None, Decision.HOLD)),
        *(hold for hold in launch.holds.values() if hold.ended_at),
    ]
    pages = [page for page in launch.pages.values() if page.is_open and (page.number, person) not in launch.rings]
    newest = sorted(over, key=over_at)[-MOST_DECIDED:]
    return Brief(board_of(launch), tuple(newest), tuple(pages))


def over_at(each: Decided | Hold) -> datetime:
    """When a checkpoint was decided, or a hold ended."""
    return (each.ended_at or each.began_at) if isinstance(each, Hold) else each[1].phase_at


def pieces(seen: Brief, reader: Reader) -> Iterator[Piece]:
    """How it stands and where to talk, then what burns, then what was decided and what comes: what is too much falls off the end."""
    return on_phone(every_piece(seen, reader), PHONE_LINES, reader)


def every_piece(seen: Brief, reader: Reader) -> Iterator[Piece]:
    yield from situation(seen.board, reader)
    yield from bridge(seen.plan, reader)
    yield from page_lines(seen.pages, seen.plan, reader)
    yield from customer_lines(seen.board.customers, seen.plan, reader)
    yield from (over_line(each, seen.plan, reader) for each in seen.decided)
    yield from next_lines(seen.board, reader)
    yield from links(seen.plan, reader)


def over_line(each: Decided | Hold, plan: Plan, reader: Reader) -> Line:
    time = Instant(over_at(each), with_day=True)
    if isinstance(each, Hold):
        sentence = reader._("{time}: {person} let T run again after {duration}.")
        return line(sentence, time=time, person=name(plan, each.ended_by), duration=reader.duration(over_at(each) - each.began_at))
    point, poll = each
    made = spoken.decision(poll.decision or Decision.PROCEED, point.kind, reader)
    sentence = reader._("{time}: {person} decided on {checkpoint}: {decision}.")
    return line(sentence, time=time, person=name(plan, poll.decided_by), checkpoint=Strong(point.called(reader)), decision=made)
