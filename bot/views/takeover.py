"""The private messages of a handover: to whoever comes, with the brief and the button; to whoever goes, until they are released."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.views import brief
from bot.views.address import Address
from bot.views.blocks import button
from bot.views.brief import Brief, brief_of
from bot.views.card import Card, Drawn, Place, Urgency
from bot.views.handover import heading
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import holder, launch_title, name, reader_of, role_title
from bot.views.roster import ends_at
from launch.handover import is_open, of_handover
from launch.messages import Ask
from launch.plan import Plan
from launch.state import Handover, Launch, Page, Status

ACCEPT = "handover.accept"


@dataclass(frozen=True, slots=True)
class Takeover:
    """One side of a handover. `holder` has the role now, `page` is out for a late acceptance; `brief` is for whoever can accept."""

    plan: Plan
    launch: str
    row: Handover
    person: str
    holder: str | None
    ends: datetime | None
    page: Page | None
    brief: Brief | None
    is_past: bool
    is_open: bool
    is_closed: bool


def cards(launch: Launch) -> Iterator[Card]:
    for row in launch.handovers.values():
        for person in row.told:
            seen = takeover(launch, row, person)
            yield Card(f"handover:{row.role}:{row.shift}", Place(person), Urgency.ASK, (seen,), partial(draw_incoming, seen))
        seen = takeover(launch, row, row.outgoing)
        yield Card(f"handover_out:{row.role}:{row.shift}", Place(row.outgoing), Urgency.ASK, (seen,), partial(draw_outgoing, seen))


def takeover(launch: Launch, row: Handover, person: str) -> Takeover:
    is_closed = launch.status is Status.CLOSED
    still_open = is_open(launch, row) and not is_closed
    page = next((page for page in launch.pages.values() if (page.kind, page.role, page.shift) == of_handover(row)), None)
    return Takeover(
        launch.plan,
        launch.id,
        row,
        person,
        launch.duty[row.role].person,
        ends_at(launch.plan, row.shift),
        page if still_open and person == row.outgoing else None,
        brief_of(launch, person) if still_open and person == row.incoming else None,
        launch.edge_at is not None and row.edge <= launch.edge_at,
        still_open,
        is_closed,
    )


def about(seen: Takeover, sentence: str, reader: Reader) -> Line:
    """`sentence` with whatever it asks for of the handover."""
    plan, row = seen.plan, seen.row
    return line(
        sentence,
        launch=launch_title(plan, reader),
        role=Strong(role_title(plan, row.role, reader)),
        time=Instant(row.edge, with_day=True),
        ends=Instant(seen.ends or row.edge, with_day=True),
        outgoing=name(plan, row.outgoing),
        incoming=name(plan, row.incoming),
        holder=holder(plan, seen.holder, reader),
        accepted_by=name(plan, row.accepted_by),
        accepted_at=Instant(row.accepted_at or row.edge, with_day=True),
    )


def ending(seen: Takeover, reader: Reader) -> Line:
    """What became of a handover that nobody accepted."""
    closed = reader._("{launch}: closed before anybody accepted {role}.")
    overtaken = reader._("{launch}: this handover is over, nobody accepted it. On duty for {role} now: {holder}.")
    return about(seen, closed if seen.is_closed else overtaken, reader)


# --- to whoever comes --------------------------------------------------------------------------------------------------


def draw_incoming(seen: Takeover) -> Drawn:
    reader = reader_of(seen.plan, seen.person)
    return drawn(incoming(seen, reader), reader)


def incoming(seen: Takeover, reader: Reader) -> Iterator[Piece]:
    yield Heading(heading(seen.row, seen.plan, reader))
    if not seen.brief:
        yield incoming_end(seen, reader)
        return
    ahead = reader._("{launch}: your shift as {role} begins {time} and ends {ends}. You take over from {outgoing}.")
    past = reader._("{launch}: your shift as {role} began {time} and ends {ends}. {outgoing} still has it, until you accept.")
    yield about(seen, past if seen.is_past else ahead, reader)
    yield from brief.pieces(seen.brief, reader)
    consequence = reader._("Press “I accept” and {role} is yours at once, with all that is asked of it. Until then {outgoing} answers.")
    yield about(seen, consequence, reader)
    yield accept_button(seen.launch, seen.row, reader)


def incoming_end(seen: Takeover, reader: Reader) -> Line:
    """What is true once there is nothing to press."""
    if seen.row.accepted_by == seen.person:
        return about(seen, reader._("{launch}: you accepted {role} {accepted_at}, until {ends}."), reader)
    if seen.row.accepted_by:
        return about(seen, reader._("{launch}: {accepted_by} accepted {role} {accepted_at}."), reader)
    if seen.is_open and seen.row.incoming:
        return about(seen, reader._("{launch}: {role} is not for you to take over any more, {incoming} is asked now."), reader)
    if seen.is_open:
        return about(seen, reader._("{launch}: {role} is not for you to take over any more."), reader)
    return ending(seen, reader)


def accept_button(launch: str, row: Handover, reader: Reader) -> Buttons:
    return Buttons((button(reader._("I accept"), ACCEPT, str(Address(launch, row.key)), style="primary"),))


def wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    """The same ask in short, among all that is wanted of somebody."""
    _, role, shift = ask.subject.split(":", 2)
    row = launch.handovers[role, shift]
    seen = takeover(launch, row, ask.person)
    yield about(seen, reader._("You take over {role} from {outgoing}: {time}."), reader)
    yield accept_button(launch.id, row, reader)


# --- to whoever goes ---------------------------------------------------------------------------------------------------


def draw_outgoing(seen: Takeover) -> Drawn:
    reader = reader_of(seen.plan, seen.person)
    return drawn([Heading(heading(seen.row, seen.plan, reader)), *outgoing(seen, reader)], reader)


def outgoing(seen: Takeover, reader: Reader) -> Iterator[Piece]:
    if seen.row.accepted_by:
        yield about(seen, reader._("{launch}: {accepted_by} accepted {role} {accepted_at}. Thank you, it is no longer yours."), reader)
        return
    if not seen.is_open:
        yield ending(seen, reader)
        return
    ahead, past = reader._("{launch}: your shift as {role} ends {time}."), reader._("{launch}: your shift as {role} ended {time}.")
    yield about(seen, past if seen.is_past else ahead, reader)
    if seen.row.incoming:
        yield about(seen, reader._("{incoming} takes over. Until they accept, {role} is yours and you keep answering."), reader)
    else:
        yield about(seen, reader._("🔴 Nobody of the next shift can be asked. Whoever commands is told; {role} stays with you."), reader)
    yield from paged(seen, reader)


def paged(seen: Takeover, reader: Reader) -> Iterator[Line]:
    """Once it is late, a page is out for whoever is to come."""
    page = seen.page
    if page and page.holder:
        yield line(reader._("🔴 A page went out. {person} has it."), person=name(seen.plan, page.holder))
    elif page and page.is_open and page.ringing:
        yield line(reader._("🔴 A page went out. {person} is being paged."), person=name(seen.plan, page.ringing))
    elif page:
        yield line(reader._("🔴 A page went out."))
