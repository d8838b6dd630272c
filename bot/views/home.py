"""Home: what waits for one person, how their launches stand, when they are on duty; for a stranger, what this is."""

from collections.abc import Iterator, Sequence

from bot.views.address import Address
from bot.views.blocks import button
from bot.views.card import Block
from bot.views.index import WANTED
from bot.views.lines import Buttons, Heading, Line, Piece, Row, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.menu import add_plan, own_line, room_line
from bot.views.people import launch_title, role_title
from bot.views.room import MENU, board_of, next_lines, situation
from launch.game import asks
from launch.messages import Ask
from launch.plan import Shift
from launch.state import Launch, Status

WHOLE, SHORT = 3, 20
"""So many launches are shown whole, and so many more by their name: Slack takes a hundred blocks."""
MOST_ASKS, MOST_SHIFTS = 10, 8


def home(launches: Sequence[Launch], user: str, reader: Reader, said: str | None = None, *, is_admin: bool = False) -> Block:
    """The view of one person. `launches` name them; `said` is what came of their last click, if it has to be told."""
    ordered = sorted(launches, key=lambda launch: (launch.status is not Status.OPEN, launch.t0, launch.id))
    parts = [top(said, reader)] if said else []
    parts += [pieces(launch, user, reader) for launch in ordered[:WHOLE]]
    parts += [others(ordered[WHOLE:], reader), foot(reader, is_admin=is_admin, is_named=bool(launches))]
    return {"type": "home", "blocks": [block for part in parts for block in drawn(part, reader).blocks]}


def top(said: str, reader: Reader) -> Iterator[Piece]:
    yield Line((Strong(said),))


def pieces(launch: Launch, user: str, reader: Reader) -> Iterator[Piece]:
    """One launch: what it wants of this person first."""
    person, board = launch.person_of(user) or "", board_of(launch)
    yield Heading(launch_title(launch.plan, reader))
    yield from room_line(launch, reader)
    yield from needs(launch, [ask for ask in asks(launch) if ask.person == person], reader)
    yield from situation(board, reader)
    yield from next_lines(board, reader)
    yield from shifts(launch, person, reader)
    yield own_line(launch, user, reader)
    yield Buttons((menu_button(launch, reader),))


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


def shifts(launch: Launch, person: str, reader: Reader) -> Iterator[Line]:
    """When this person is on duty or on standby from now on, in their own zone."""
    ahead = [shift for shift in sorted(launch.plan.shifts, key=lambda each: each.starts) if shift.ends > launch.last_at]
    own = [(shift, role) for shift in ahead for role, holders in shift.holders.items() if person in holders]
    if own:
        yield line(reader._("Your shifts, {city} time:"), city=reader.city)
    for shift, role in own[:MOST_SHIFTS]:
        yield shift_line(launch, shift, role, person, reader)
    if len(own) > MOST_SHIFTS:
        more = len(own) - MOST_SHIFTS
        yield line(reader.n("And {count} more shift.", "And {count} more shifts.", more), count=more)


def shift_line(launch: Launch, shift: Shift, role: str, person: str, reader: Reader) -> Line:
    time = reader._("{day}, {begin} to {end}").format(
        day=reader.day(shift.starts), begin=reader.clock(shift.starts), end=reader.clock(shift.ends)
    )
    remarks = ", ".join(remarked(launch, shift, role, person, reader))
    row = line(reader._("• {time}: {role}"), time=time, role=role_title(launch.plan, role, reader))
    return line("{row} ({remarks})", row=row, remarks=remarks) if remarks else row


def remarked(launch: Launch, shift: Shift, role: str, person: str, reader: Reader) -> Iterator[str]:
    """What there is to say of one shift in one role."""
    row, duty = launch.handovers.get((role, shift.name)), launch.duty[role]
    if launch.plan.roles[role].standby:
        yield reader._("on standby")
    elif shift.holders[role][0] != person:
        yield reader._("as a stand-in")
    if duty.person == person and duty.shift == shift.name:
        yield reader._("you are on duty now")
    if row and row.accepted_by == person:
        yield reader._("accepted")
    elif row and row.incoming == person and row.accepted_by is None:
        yield reader._("not accepted yet")


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
        yield Buttons((add_plan(reader),))
