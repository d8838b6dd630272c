"""The one screen that everybody shares: red first, and nothing that has nothing to say. Home is the same with what waits for its reader."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.views import handover
from bot.views.address import Address
from bot.views.blocks import button, one_line
from bot.views.bridge import bridge, links
from bot.views.card import ROOM, Card, Drawn, Urgency
from bot.views.checkpoints import outcome, seats
from bot.views.coming import Coming, coming, what
from bot.views.countdown import standing_still
from bot.views.customers import Customers, customer_lines, customers
from bot.views.handover import Waiting
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Strong, drawn, line, listed
from bot.views.locale import Reader
from bot.views.people import holder, launch_title, name, role_title, room_reader
from bot.views.phone import LINES, on_phone, red_first
from bot.views.problems import problem_lines
from bot.views.pulse import Pulse, as_of, small_print
from bot.views.roster import ends_at, gaps, heads
from bot.views.rounds import Round, newest
from bot.views.tables import Folded, Table
from launch import countdown
from launch.plan import Plan
from launch.state import Answer, Decision, Hold, Launch, Milestone, Outcome, Page, PageKind, Phase, Problem, Reached

MENU = "menu.show"
MOST_ROLES, MOST_ROWS = 2, 15
MOST_PAGES = 2
LONGEST_CELL = 40


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who has a role now, and until when by the plan."""

    role: str
    person: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Board:
    """All that the board looks at. `steps`: how many have begun by plan, of how many; `as_of` when it says when it was true."""

    plan: Plan
    launch: str
    t0: datetime
    hold: Hold | None
    milestones: tuple[Milestone, ...]
    rounds: tuple[Round, ...]
    coming: tuple[Coming, ...]
    problems: tuple[Problem, ...]
    pages: tuple[Page, ...]
    steps: tuple[int, int]
    customers: tuple[Customers, ...]
    handover: Waiting | None
    on_duty: tuple[OnDuty, ...]
    gaps: tuple[str, ...]
    closed_at: datetime | None
    as_of: datetime | None

    def reached(self, what: Reached) -> Milestone | None:
        return next((each for each in self.milestones if each.reached is what), None)


def cards(launch: Launch, pulse: Pulse | None) -> Iterator[Card]:
    """A launch that is over stands still."""
    if launch.channel:
        beats = None if launch.closed_at else pulse
        seen = board_of(launch, None if launch.closed_at else as_of(launch, pulse))
        yield Card("board", ROOM, Urgency.ROOM, (seen, beats), partial(draw, seen, beats))


def board_of(launch: Launch, at: datetime | None = None) -> Board:
    """As the launch stands; at the instant `at` if the screen is to say so."""
    now = at or launch.last_at
    return Board(
        launch.plan,
        launch.id,
        launch.t0,
        launch.hold,
        tuple(launch.milestones.values()),
        tuple(each for name in launch.polls if not (each := newest(launch, name)).is_settled),
        coming(launch, now),
        tuple(row for row in launch.problems.values() if row.is_open),
        tuple(page for page in launch.pages.values() if page.is_open and page.kind is PageKind.CALLED),
        (sum(countdown.has_come(launch, step.at, now) for step in launch.plan.cutover.values()), len(launch.plan.cutover)),
        customers(launch),
        handover.waiting(launch),
        tuple(on_duty(launch)),
        gaps(launch),
        launch.closed_at,
        at,
    )


def on_duty(launch: Launch) -> Iterator[OnDuty]:
    """Whoever commands first; nobody on standby."""
    plan = launch.plan
    for role in (plan.commander, *(role for role in plan.roles if role != plan.commander)):
        row = launch.duty.get(role)
        if row and row.person and not plan.roles[role].is_on_standby(row.shift):
            yield OnDuty(role, row.person, ends_at(plan, row.shift))


# --- the screen ----------------------------------------------------------------------------------------------------------


def draw(seen: Board, pulse: Pulse | None) -> Drawn:
    reader = room_reader(seen.plan)
    return drawn(on_phone(pieces(seen, reader, pulse), LINES, reader), reader)


def pieces(seen: Board, reader: Reader, pulse: Pulse | None = None) -> Iterator[Piece]:
    yield Heading(launch_title(seen.plan, reader))
    if seen.closed_at:
        yield line(reader._("Closed: {time}."), time=Instant(seen.closed_at, with_day=True))
        return
    yield from red_first((*standing(seen, reader), *events(seen, reader), *duty_table(seen, reader)), reader)
    yield from bridge(seen.plan, reader)
    yield from links(seen.plan, reader)
    yield Buttons((button(reader._("Menu"), MENU, str(Address(seen.launch))),))
    if seen.as_of:
        yield small_print(seen.as_of, pulse, reader)


def situation(seen: Board, reader: Reader) -> Iterator[Piece]:
    """How the launch stands, in short: the clock, the gaps, the checkpoints that wait for somebody."""
    return red_first(standing(seen, reader), reader)


def standing(seen: Board, reader: Reader) -> Iterator[Piece]:
    yield from clock(seen, reader)
    if seen.gaps:
        roles = listed([role_title(seen.plan, role, reader) for role in seen.gaps], reader, most=2)
        yield line(reader._("🔴 Nobody is on duty for {roles}."), roles=roles)
    yield from (waiting(each, reader) for each in seen.rounds)


def events(seen: Board, reader: Reader, *, customers_first: bool = False) -> Iterator[Piece]:
    """What goes on and what comes; for those who speak with customers, what these know and read comes first."""
    told = tuple(customer_lines(seen.customers, seen.plan, reader))
    yield from told if customers_first else ()
    yield from problem_lines(seen.problems, seen.plan, reader)
    yield from page_lines(seen.pages, seen.plan, reader)
    yield from steps_line(seen, reader)
    yield from next_lines(seen, reader)
    yield from () if customers_first else told
    if seen.handover:
        yield handover.line_of(seen.handover, seen.plan, reader)


def clock(seen: Board, reader: Reader) -> Iterator[Piece]:
    """T-0, and why it is not simply to come: T stands still, it is past, customers are in, the launch turns back."""
    back, live = seen.reached(Reached.TURNED_BACK), seen.reached(Reached.LIVE)
    if back:
        yield line(reader._("🔴 Turned back {time}."), time=Instant(back.at, with_day=True))
        return
    if seen.hold:
        yield from standing_still(seen.plan, seen.hold, reader, most=80)
    if live:
        yield line(reader._("Live since {time}."), time=Instant(live.at, with_day=True))
    elif seen.reached(Reached.T_ZERO):
        yield line(reader._("T-0 was {time}: not live yet."), time=Instant(seen.t0, with_day=True))
    else:
        moves = seen.hold is not None and (seen.hold.planned is None or seen.hold.is_overrun)
        t0 = reader._("T-0 was {time}, and moves while T stands still.") if moves else reader._("T-0: {time}")
        yield line(t0, time=Instant(seen.t0, with_day=True))


def is_calm(seen: Round) -> bool:
    """Whether nobody has said no."""
    poll = seen.poll
    is_against = poll is not None and (poll.decision in (Decision.HOLD, Decision.ROLL_BACK) or seen.outcome not in (None, Outcome.GO))
    return not is_against and all(vote.answer.is_go for vote in seen.votes)


def waiting(seen: Round, reader: Reader) -> Line:
    """A checkpoint with which the launch does not go on yet, on one line: whom it waits for."""
    poll, point = seen.poll, line("{mark}{name}", mark=Line(() if is_calm(seen) else ("🔴 ",)), name=Strong(seen.named.called(reader)))
    if poll and poll.decision:
        back, held = reader._("{checkpoint}: roll back, decided by {person}."), reader._("{checkpoint}: on hold, decided by {person}.")
        sentence = back if poll.decision is Decision.ROLL_BACK else held
        return line(sentence, checkpoint=point, person=name(seen.plan, poll.decided_by))
    if poll and poll.phase is Phase.COUNTED:
        sentence, person = reader._("{checkpoint}: {outcome}. Decision awaited from: {person}."), holder(seen.plan, seen.decider, reader)
        return line(sentence, checkpoint=point, outcome=outcome(seen, reader), person=person)
    against = [(vote.role, vote.person) for vote in seen.votes if vote.answer is Answer.NO_GO]
    no_go = line(reader._("NO-GO from {names}; "), names=seats(seen.plan, against, reader, most=2)) if against else Line(())
    silent = seats(seen.plan, seen.silent, reader, most=2)
    return line(reader._("{checkpoint}: {no_go}still to answer: {names}"), checkpoint=point, no_go=no_go, names=silent)


def steps_line(seen: Board, reader: Reader) -> Iterator[Line]:
    """By plan is all that can be said: whether a step was really begun, nobody tells yet."""
    begun, total = seen.steps
    if begun:
        yield line(reader._("Steps begun by plan: {begun} of {total}"), begun=begun, total=total)


def next_lines(seen: Board, reader: Reader) -> Iterator[Piece]:
    for number, each in enumerate(seen.coming):
        sentence = reader._("Then: {time} – {what}") if number else reader._("Next: {time} – {what}")
        yield line(sentence, time=each.when.told(reader, with_day=True), what=what(each, seen.plan, reader))


def page_lines(pages: Sequence[Page], plan: Plan, reader: Reader) -> Iterator[Line]:
    """Those that nobody has come first."""
    ordered = sorted(pages, key=lambda page: (not page.is_ringing, page.number))
    yield from (page_line(page, plan, reader) for page in ordered[:MOST_PAGES])
    if (more := len(ordered) - MOST_PAGES) > 0:
        yield line(reader.n("{count} more page is open.", "{count} more pages are open.", more), count=more)


def page_line(page: Page, plan: Plan, reader: Reader) -> Line:
    nobody = reader._("🔴 Page for {role} since {time}: nobody has it yet.")
    held = reader._("Page for {role} since {time}: {person} has it.")
    role, time = Strong(role_title(plan, page.role, reader)), Instant(page.called_at, with_day=True)
    said = line(nobody if page.is_ringing else held, role=role, time=time, person=name(plan, page.holder))
    return line(reader._("{said} “{words}”"), said=said, words=one_line(str(page.reason), 80)) if page.reason else said


# --- who is on duty: names and no mentions, for an edit of the board rings nobody -----------------------------------------


def duty_line(seen: Board, reader: Reader) -> Iterator[Line]:
    if seen.on_duty:
        names = seats(seen.plan, [(row.role, row.person) for row in seen.on_duty], reader, most=MOST_ROLES)
        yield line(reader._("On duty: {names}"), names=names)


def duty_table(seen: Board, reader: Reader) -> Iterator[Piece]:
    """The line opens to show everybody."""
    if seen.on_duty:
        title = next(duty_line(seen, reader))
        yield Folded("".join(part for part in title.parts if isinstance(part, str)), (everybody(seen, reader),))


def everybody(seen: Board, reader: Reader) -> Table:
    return Table(heads(reader), tuple(duty_cells(row, seen.plan, reader) for row in seen.on_duty[:MOST_ROWS]))


def duty_cells(row: OnDuty, plan: Plan, reader: Reader) -> tuple[Line, Line, Line]:
    role, person = one_line(role_title(plan, row.role, reader), LONGEST_CELL), one_line(name(plan, row.person), LONGEST_CELL)
    return Line((role,)), Line((person,)), Line((Instant(row.until, with_day=True) if row.until else "–",))
