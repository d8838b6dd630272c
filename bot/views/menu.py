"""The bare /launch: how things stand, and what this person can do about it, as buttons."""

from collections.abc import Iterator, Sequence

from bot.views import modals, paging, updates
from bot.views.address import Address
from bot.views.blocks import button, confirm
from bot.views.card import Block, Drawn
from bot.views.countdown import when
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Row, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title, reader_for, role_title
from bot.views.room import MENU, board_of, nominal, situation
from launch.authority import authorise
from launch.countdown import guards
from launch.messages import HOUSE, Actor, CallHold, CallPage, CloseLaunch, Command, OpenCheckpoint, OpenRoom, Refused, Resume, WriteNote
from launch.state import Launch, Status
from launch.words import Words

OPEN, CLOSE, LIST, ASK_NOW, RESUME, WHO, HELP = (
    "room.open", "room.close", "checkpoint.list", "checkpoint.ask_now", "clock.resume", "roster.who", "help.show",
)  # fmt: skip
_blank = Words("")


def may(command: Command, launch: Launch, user: str) -> bool:
    """Whether this person may ask for it as things stand; the door looks again."""
    try:
        authorise(command, launch, Actor("person", user))
    except Refused:
        return False
    return True


def menu(launch: Launch, user: str, *, is_admin: bool = False) -> Drawn:
    """`is_admin`: whether this person may also add plans."""
    reader = reader_for(launch, user)
    below = (Buttons((add_plan(reader),)),) if is_admin else ()
    return drawn((*pieces(launch, user, reader), *below), reader)


def add_plan(reader: Reader) -> Block:
    return button(reader._("Add a plan…"), modals.PLAN, str(Address(HOUSE)))


def no_launch(reader: Reader) -> Drawn:
    """For an admin, while there is none."""
    return drawn([line(reader._("No launch is planned here.")), Buttons((add_plan(reader),))], reader)


def pieces(launch: Launch, user: str, reader: Reader) -> Iterator[Piece]:
    yield Heading(launch_title(launch.plan, reader))
    yield from room_line(launch, reader)
    if launch.status is not Status.CLOSED:
        yield from situation(board_of(launch), reader)
    yield own_line(launch, user, reader)
    yield Buttons(tuple(buttons(launch, user, reader)))


def room_line(launch: Launch, reader: Reader) -> Iterator[Line]:
    match launch.status:
        case Status.PLANNED:
            opens = when(launch, launch.plan.room.opens).told(reader, with_day=True)
            yield line(reader._("Planned. The room opens: {time}."), time=opens)
        case Status.OPENING:
            yield line(reader._("The room is being opened."))
        case Status.CLOSED:
            yield line(reader._("Closed: {time}."), time=Instant(launch.closed_at or launch.last_at, with_day=True))


def own_line(launch: Launch, user: str, reader: Reader) -> Line:
    """Why this person sees these buttons and not others."""
    person = launch.person_of(user)
    if person is None:
        return line(reader._("You are not named in the plan: you can look, not act."))
    roles = [role_title(launch.plan, row.role, reader) for row in launch.duty.values() if row.person == person]
    if not roles:
        return line(reader._("You are not on duty now."))
    return line(reader._("You are on duty for: {roles}."), roles=", ".join(roles))


def buttons(launch: Launch, user: str, reader: Reader) -> Iterator[Block]:
    """Those that make sense now and that this person may use."""
    here = str(Address(launch.id))
    if launch.status in (Status.PLANNED, Status.OPENING) and may(OpenRoom(), launch, user):
        yield button(reader._("Open the room"), OPEN, here, confirm=open_confirm(launch, reader))
    yield button(reader._("Checkpoints"), LIST, here)
    if may(CallPage("", _blank), launch, user):
        yield button(reader._("Page…"), paging.CALL, here)
    if launch.hold is None and may(CallHold(_blank), launch, user):
        yield button(reader._("Hold…"), modals.HOLD, here, style="danger")
    if may_resume(launch) and may(Resume(), launch, user):
        yield button(reader._("Resume"), RESUME, here, style="primary", confirm=resume_confirm(reader))
    if launch.plan.audiences and may(updates.UNWRITTEN, launch, user):
        yield button(reader._("Customer update…"), updates.DRAFT, here)
    if may(WriteNote(_blank), launch, user):
        yield button(reader._("Note…"), modals.NOTE, here)
    yield button(reader._("Who is on duty"), WHO, here)
    yield button(reader._("Help"), HELP, here)
    if launch.channel and may(CloseLaunch(), launch, user):
        yield button(reader._("Close the launch"), CLOSE, here, confirm=close_confirm(launch, reader))


def may_resume(launch: Launch) -> bool:
    """Whether T stands still, and not before a step that nobody has let begin."""
    return launch.hold is not None and not any(reached <= launch.last_at for _, reached in guards(launch))


def open_confirm(launch: Launch, reader: Reader) -> Block:
    text = reader._("The channel is made now, and the people of the plan are invited.")
    return confirm(reader._("Open the room now?"), text, reader._("Open it"), reader._("Cancel"))


def resume_confirm(reader: Reader) -> Block:
    text = reader._("T runs again at once, and T-0 moves by as long as it stood still. The room is told.")
    return confirm(reader._("Let T run again?"), text, reader._("Resume"), reader._("Cancel"))


def close_confirm(launch: Launch, reader: Reader) -> Block:
    text = reader._("Nothing more is asked, all buttons go, and there is no way back. The room can still be read.")
    return confirm(reader._("Close this launch?"), text, reader._("Close it"), reader._("Cancel"))


def choice(launches: Sequence[Launch], user: str) -> Drawn:
    """Which launch is meant, when nothing tells."""
    reader = reader_for(launches[0], user)
    rows = [Row(launch_title(each.plan, reader), button(reader._("Menu"), MENU, str(Address(each.id)))) for each in launches]
    return drawn([line(reader._("Which launch? Choose here, or type /launch in the room of the one you mean.")), *rows], reader)


def checkpoints(launch: Launch, user: str) -> Drawn:
    """All checkpoints in the order of the day; those not asked yet with a button for whoever may ask them now."""
    reader = reader_for(launch, user)
    return drawn(checkpoint_rows(launch, user, reader), reader)


def checkpoint_rows(launch: Launch, user: str, reader: Reader) -> Iterator[Piece]:
    yield line(reader._("The checkpoints of {launch}:"), launch=launch_title(launch.plan, reader))
    names = sorted(launch.plan.checkpoints, key=lambda name: nominal(launch, when(launch, launch.plan.checkpoints[name].at)))
    yield from (checkpoint_row(launch, name, user, reader) for name in names)


def checkpoint_row(launch: Launch, name: str, user: str, reader: Reader) -> Row | Line:
    if name in launch.polls:
        return line(reader._("{checkpoint}: asked"), checkpoint=name)
    time = when(launch, launch.plan.checkpoints[name].at)
    if not may(OpenCheckpoint(name), launch, user):
        return line(reader._("{checkpoint}: {time}"), checkpoint=name, time=time.told(reader, with_day=True))
    label = reader._("{checkpoint}: {time}").format(checkpoint=name, time=time.written(reader))
    return Row(label, button(reader._("Ask now"), ASK_NOW, str(Address(launch.id, (name,))), confirm=ask_confirm(launch, name, reader)))


def ask_confirm(launch: Launch, name: str, reader: Reader) -> Block:
    count = len(launch.plan.checkpoints[name].ask)
    text = reader.n("{count} role is asked now, in private.", "{count} roles are asked now, in private.", count).format(count=count)
    return confirm(reader._("Ask {checkpoint} now?").format(checkpoint=name), text, reader._("Ask now"), reader._("Cancel"))
