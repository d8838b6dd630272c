"""The room: its name, topic and bookmark, the one screen that everybody shares, and what is posted there once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

from bot.views import handover
from bot.views.address import Address
from bot.views.blocks import button, clip, one_line
from bot.views.bridge import bridge, links
from bot.views.card import ROOM, Card, Drawn, Notice, Urgency
from bot.views.checkpoints import outcome, seats
from bot.views.countdown import When, standing_still, when
from bot.views.customers import Customers, customer_lines, customers
from bot.views.handover import Waiting
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Quote, Strong, drawn, line, listed, on_phone
from bot.views.locale import Reader
from bot.views.notice import in_room
from bot.views.people import holder, launch_title, name, role_title, room_reader
from bot.views.roster import gaps
from bot.views.rounds import Round, round_of
from launch.messages import Fact, LaunchClosed, NoteWritten, RoomOpened
from launch.plan import Plan
from launch.state import Answer, Decision, Hold, Launch, Page, PageKind

MENU = "menu.show"
MOST_NEXT = 3
MOST_ROLES = 2
MOST_PAGES = 2


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that the plan has ahead."""

    when: When
    kind: Literal["checkpoint", "shift", "step"]
    name: str


@dataclass(frozen=True, slots=True)
class Board:
    """All that the board looks at."""

    plan: Plan
    launch: str
    t0: datetime
    hold: Hold | None
    rounds: tuple[Round, ...]
    coming: tuple[Coming, ...]
    pages: tuple[Page, ...]
    customers: tuple[Customers, ...]
    handover: Waiting | None
    on_duty: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]
    closed_at: datetime | None


def cards(launch: Launch) -> Iterator[Card]:
    if launch.channel:
        seen = board_of(launch)
        yield Card("board", ROOM, Urgency.ROOM, (seen,), partial(draw, seen))


def board_of(launch: Launch) -> Board:
    plan = launch.plan
    first = [plan.commander, *(role for role in plan.roles if role != plan.commander)]
    on_duty = tuple((role, person) for role in first if (person := launch.duty[role].person) and not plan.roles[role].standby)
    return Board(
        plan,
        launch.id,
        launch.t0,
        launch.hold,
        tuple(round_of(launch, poll, poll.round) for poll in launch.polls.values() if not poll.may_proceed),
        coming(launch),
        tuple(page for page in launch.pages.values() if page.is_open and page.kind is PageKind.CALLED),
        customers(launch),
        handover.waiting(launch),
        on_duty,
        gaps(launch),
        launch.closed_at,
    )


def coming(launch: Launch) -> tuple[Coming, ...]:
    """The next few things of the plan: checkpoints to be asked, shifts to come on, guarded steps to begin."""
    unasked = [point for point in launch.plan.checkpoints.values() if point.name not in launch.polls]
    ahead = [Coming(when(launch, point.at), "checkpoint", point.name) for point in unasked]
    ahead += [Coming(When(shift.starts, None), "shift", shift.name) for shift in launch.plan.shifts if shift.starts > launch.last_at]
    steps = [step for step in launch.plan.cutover.values() if nominal(launch, when(launch, step.at)) > launch.last_at]
    ahead += [Coming(when(launch, step.at), "step", step.id) for step in steps]
    return tuple(sorted(ahead, key=lambda each: nominal(launch, each.when))[:MOST_NEXT])


def nominal(launch: Launch, moment: When) -> datetime:
    """When it would come if T ran on now: what nobody can tell in a hold can still be put in order."""
    return moment.at or launch.t0 + (moment.offset or timedelta())


def draw(seen: Board) -> Drawn:
    reader = room_reader(seen.plan)
    return drawn(on_phone(pieces(seen, reader), 12, reader), reader)


def pieces(seen: Board, reader: Reader) -> Iterator[Piece]:
    """Red first, and nothing that has nothing to say: a phone shows a dozen lines."""
    yield Heading(launch_title(seen.plan, reader))
    if seen.closed_at:
        yield line(reader._("Closed: {time}."), time=Instant(seen.closed_at, with_day=True))
        return
    yield from situation(seen, reader)
    yield from page_lines(seen.pages, seen.plan, reader)
    if seen.handover:
        yield handover.line_of(seen.handover, seen.plan, reader)
    yield from customer_lines(seen.customers, seen.plan, reader)
    yield from next_lines(seen, reader)
    yield from duty_lines(seen, reader)
    yield from bridge(seen.plan, reader)
    yield from links(seen.plan, reader)
    yield Buttons((button(reader._("Menu"), MENU, str(Address(seen.launch))),))


def situation(seen: Board, reader: Reader) -> Iterator[Piece]:
    """How the launch stands: the hold, the gaps, the checkpoints that wait for somebody, and T-0 before it gets too long."""
    if seen.hold:
        yield from standing_still(seen.plan, seen.hold, reader, most=80)
    if seen.gaps:
        roles = listed([role_title(seen.plan, role, reader) for role in seen.gaps], reader, most=2)
        yield line(reader._("🔴 Nobody is on duty for {roles}."), roles=roles)
    red = [waiting(each, reader) for each in seen.rounds if not is_calm(each)]
    calm = [waiting(each, reader) for each in seen.rounds if is_calm(each)]
    t0 = reader._("T-0 was {time}, and moves while T stands still.") if seen.hold else reader._("T-0: {time}")
    yield from (*red[:2], line(t0, time=Instant(seen.t0, with_day=True)), *red[2:], *calm)


def is_calm(seen: Round) -> bool:
    """Whether nobody has said no."""
    is_on_hold = seen.poll is not None and (seen.poll.decision is Decision.HOLD or seen.poll.outcome is Answer.NO_GO)
    return not is_on_hold and all(vote.answer is Answer.GO for vote in seen.votes)


def waiting(seen: Round, reader: Reader) -> Line:
    """An undecided checkpoint on one line: whom it waits for."""
    poll, point = seen.poll, line("{mark}{name}", mark=Line(() if is_calm(seen) else ("🔴 ",)), name=Strong(seen.checkpoint))
    if poll and poll.decision:
        return line(reader._("{checkpoint}: on hold, decided by {person}."), checkpoint=point, person=name(seen.plan, poll.decided_by))
    if poll and poll.outcome:
        sentence, person = reader._("{checkpoint}: {outcome}. Decision awaited from: {person}."), holder(seen.plan, seen.decider, reader)
        return line(sentence, checkpoint=point, outcome=outcome(poll), person=person)
    against = [(vote.role, vote.person) for vote in seen.votes if vote.answer is Answer.NO_GO]
    no_go = line(reader._("NO-GO from {names}; "), names=seats(seen.plan, against, reader, most=2)) if against else Line(())
    silent = seats(seen.plan, seen.silent, reader, most=2)
    return line(reader._("{checkpoint}: {no_go}still to answer: {names}"), checkpoint=point, no_go=no_go, names=silent)


def next_lines(seen: Board, reader: Reader) -> Iterator[Piece]:
    for number, each in enumerate(seen.coming):
        sentence = reader._("Then: {time} – {what}") if number else reader._("Next: {time} – {what}")
        yield line(sentence, time=each.when.told(reader, with_day=True), what=what(each, seen.plan, reader))


def what(each: Coming, plan: Plan, reader: Reader) -> str:
    match each.kind:
        case "checkpoint":
            return reader._("checkpoint {name}").format(name=each.name)
        case "shift":
            return reader._("shift {name} comes on").format(name=each.name)
    return reader._("“{words}”").format(words=plan.cutover[each.name].do.to(reader.language))


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


def duty_lines(seen: Board, reader: Reader) -> Iterator[Piece]:
    """Names and no mentions: an edit of the board rings nobody."""
    if seen.on_duty:
        yield line(reader._("On duty: {names}"), names=seats(seen.plan, seen.on_duty, reader, most=MOST_ROLES))


# --- plain text, which has no single reader ------------------------------------------------------------------------------


def channel_name(launch: Launch) -> str:
    """The name that is tried first."""
    return room_reader(launch.plan)._("launch-{key}").format(key=launch.plan.key)


def topic(launch: Launch) -> str:
    """Set once, so it says nothing that changes. At most 250 characters."""
    reader = room_reader(launch.plan)
    sentence = reader._("{launch}. The board is in the bookmarks: clock, checkpoints, who is on duty. /launch shows what you can do.")
    return clip(sentence.format(launch=one_line(launch_title(launch.plan, reader), 80)), 250)


def bookmark_title(plan: Plan, of: str) -> str:
    """What a bookmark is called: the board, the bridge, or a link of the plan by its place."""
    reader = room_reader(plan)
    match of:
        case "board":
            return reader._("Board")
        case "bridge":
            return reader._("Bridge")
    return plan.links[int(of)].title.to(reader.language)


# --- what is said once -------------------------------------------------------------------------------------------------


def room_opened(fact: Fact, event: RoomOpened, launch: Launch) -> Iterator[Notice]:
    reader, plan = room_reader(launch.plan), launch.plan
    title, t0 = Strong(launch_title(plan, reader)), Instant(launch.t0, with_day=True)
    role, person = role_title(plan, plan.commander, reader), holder(plan, launch.duty[plan.commander].person, reader)
    sentence = reader._("The launch room of {launch} is open. T-0: {time}. {role}: {person}. /launch shows what you can do.")
    yield in_room(fact, launch, line(sentence, launch=title, time=t0, role=role, person=person))


def note_written(fact: Fact, event: NoteWritten, launch: Launch) -> Iterator[Notice]:
    reader = room_reader(launch.plan)
    yield in_room(fact, launch, line(reader._("Note by {person}:"), person=name(launch.plan, event.person)), Quote(event.text))


def launch_closed(fact: Fact, event: LaunchClosed, launch: Launch) -> Iterator[Notice]:
    reader = room_reader(launch.plan)
    sentence = reader._("{person} has closed this launch. What was said stays here; the buttons are gone.")
    yield in_room(fact, launch, line(sentence, person=name(launch.plan, launch.person_of(fact.by.user))))
