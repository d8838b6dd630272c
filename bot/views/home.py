"""Home: the one screen as its reader needs it, with what waits for them; their shifts; for a stranger, what this is."""

from collections.abc import Iterator, Sequence

from bot.views.address import Address
from bot.views.blocks import button
from bot.views.board import MENU, board_of, duty_line, events, situation
from bot.views.card import Block
from bot.views.index import WANTED
from bot.views.lines import Buttons, Heading, Line, Piece, Row, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.menu import for_admins, own_line, room_line
from bot.views.people import launch_title, role_title
from bot.views.phone import LINES, lines_of, on_phone, red_first, shown
from bot.views.pulse import Pulse, as_of, small_print
from bot.views.tables import Folded, Plain
from launch.game import asks
from launch.messages import Ask
from launch.plan import Shift
from launch.state import Launch, Status

WHOLE, SHORT = 3, 20
"""So many launches are shown whole, and so many more by their name: Slack takes a hundred blocks."""
MOST_ASKS, MOST_SHIFTS = 10, 8
AROUND = 2
"""Lines above and below what is said of a launch: its name, and as of when it is true."""


def home(
    launches: Sequence[Launch], user: str, reader: Reader, said: str | None = None, *, is_admin: bool = False, pulse: Pulse | None = None
) -> Block:
    """The view of one person. `launches` name them; `said` is what came of their last click, if it has to be told."""
    ordered = sorted(launches, key=lambda launch: (launch.status is not Status.OPEN, launch.t0, launch.id))
    parts = [top(said, reader)] if said else []
    parts += [pieces(launch, user, reader, pulse) for launch in ordered[:WHOLE]]
    parts += [others(ordered[WHOLE:], reader), foot(reader, is_admin=is_admin, is_named=bool(launches))]
    parts += [drawn_when(ordered, reader, pulse)]
    return {"type": "home", "blocks": [block for part in parts for block in drawn(part, reader).blocks]}


def top(said: str, reader: Reader) -> Iterator[Piece]:
    yield Line((Strong(said),))


def pieces(launch: Launch, user: str, reader: Reader, pulse: Pulse | None) -> Iterator[Piece]:
    """One launch: how it stands, what it wants of this person, and for whoever is on duty what goes on. As much as a phone shows."""
    yield Heading(launch_title(launch.plan, reader))
    yield from room_line(launch, reader)
    if launch.status is not Status.CLOSED:
        yield from screen(launch, user, reader, pulse)
    yield Buttons((menu_button(launch, reader),))


def screen(launch: Launch, user: str, reader: Reader, pulse: Pulse | None) -> Iterator[Piece]:
    person, board = launch.person_of(user) or "", board_of(launch, as_of(launch, pulse))
    first = [*situation(board, reader), *needs(launch, [ask for ask in asks(launch) if ask.person == person], reader)]
    last = own_time(launch, user, person, reader)
    yield from first
    if is_on_duty(launch, person):
        rest = (*events(board, reader, customers_first=speaks_with_customers(launch, person)), *duty_line(board, reader))
        taken = sum(lines_of(shown(piece, reader)) for piece in (*first, last) if not isinstance(piece, Buttons))
        yield from on_phone(red_first(rest, reader), LINES - AROUND - taken, reader)
    yield last


def is_on_duty(launch: Launch, person: str) -> bool:
    """Whether they are on the hook for a role now, and not on standby."""
    return any(row.person == person and not launch.plan.roles[row.role].is_on_standby(row.shift) for row in launch.duty.values())


def speaks_with_customers(launch: Launch, person: str) -> bool:
    """Whether they have a role now that helps customers or approves what these read; whoever commands has other worries."""
    approving = {role for audience in launch.plan.audiences.values() for role in audience.approvers}
    held = [launch.plan.roles[row.role] for row in launch.duty.values() if row.person == person]
    return any((role.levels or role.key in approving) and not role.decides for role in held)


def needs(launch: Launch, wanted: Sequence[Ask], reader: Reader) -> Iterator[Piece]:
    """What waits for this person, each with its buttons."""
    if not wanted:
        yield line(reader._("Nothing waits for you."))
        return
    yield Line((Strong(reader._("This waits for you:")),))
    for ask in wanted[:MOST_ASKS]:
        yield from WANTED[ask.subject.partition(":")[0]](launch, ask, reader)
    if (more := len(wanted) - MOST_ASKS) > 0:
        yield line(reader.n("And {count} more, in your messages.", "And {count} more, in your messages.", more), count=more)


# --- when they are on duty -----------------------------------------------------------------------------------------------


def own_time(launch: Launch, user: str, person: str, reader: Reader) -> Piece:
    """What this person is on duty for, else when they will be, on one line; it opens to show all that is ahead, in their own zone."""
    ahead = [shift for shift in sorted(launch.plan.shifts, key=lambda each: each.starts) if shift.ends > launch.last_at]
    own = [(shift, role) for shift in ahead for role, holders in shift.holders.items() if person in holders]
    now = own_line(launch, user, reader)
    if not own:
        return now
    told = [told_shift(launch, shift, role, person, reader) for shift, role in own[:MOST_SHIFTS]]
    if len(own) > MOST_SHIFTS:
        more = len(own) - MOST_SHIFTS
        told.append(reader.n("And {count} more shift.", "And {count} more shifts.", more).format(count=more))
    following = reader._("Your next shift, {city} time: {shift}").format(city=reader.city, shift=told[0])
    title = "".join(map(str, now.parts)) if is_on_duty(launch, person) else following
    every = reader._("Your shifts, {city} time:").format(city=reader.city)
    return Folded(title, (Plain("\n".join((every, *(f"• {each}" for each in told)))),))


def told_shift(launch: Launch, shift: Shift, role: str, person: str, reader: Reader) -> str:
    time = reader._("{day}, {begin} to {end}").format(
        day=reader.day(shift.starts), begin=reader.clock(shift.starts), end=reader.clock(shift.ends)
    )
    said = reader._("{time}: {role}").format(time=time, role=role_title(launch.plan, role, reader))
    remarks = ", ".join(remarked(launch, shift, role, person, reader))
    return f"{said} ({remarks})" if remarks else said


def remarked(launch: Launch, shift: Shift, role: str, person: str, reader: Reader) -> Iterator[str]:
    """What there is to say of one shift in one role."""
    row, duty = launch.handovers.get((role, shift.name)), launch.duty[role]
    if launch.plan.roles[role].is_on_standby(shift.name):
        yield reader._("on standby")
    elif shift.holders[role][0] != person:
        yield reader._("as a stand-in")
    if duty.person == person and duty.shift == shift.name:
        yield reader._("you are on duty now")
    if row and row.accepted_by == person:
        yield reader._("accepted")
    elif row and row.incoming == person and row.accepted_by is None:
        yield reader._("not accepted yet")


# --- the end -------------------------------------------------------------------------------------------------------------


def others(launches: Sequence[Launch], reader: Reader) -> Iterator[Row]:
    """Those for which there is no room, by their name."""
    for launch in launches[:SHORT]:
        yield Row(launch_title(launch.plan, reader), menu_button(launch, reader))


def menu_button(launch: Launch, reader: Reader) -> Block:
    return button(reader._("Menu"), MENU, str(Address(launch.id)))


def foot(reader: Reader, *, is_admin: bool, is_named: bool) -> Iterator[Piece]:
    """For whoever no plan names, what this is; for admins, the way to add a plan."""
    if not is_named:
        yield Heading(reader._("Launch Room"))
        yield line(reader._("Here you will find what waits for you on the day of a launch, how it stands, and when you are on duty."))
        yield line(reader._("The plan of a launch says who takes part. None that is still to come names you."))
    if is_admin:
        yield line(reader._("You may add plans: a launch begins with one."))
        yield Buttons(for_admins(reader))


def drawn_when(launches: Sequence[Launch], reader: Reader, pulse: Pulse | None) -> Iterator[Piece]:
    """What has ended, or is still far away, stands still."""
    if alive := [as_of(launch, pulse) for launch in launches if launch.status is Status.OPEN]:
        yield small_print(max(alive), pulse, reader)
