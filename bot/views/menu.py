"""The bare /launch: how things stand, and what this person can do about it, as buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.views import changes, clock, modals, new, noise, paging, problem_forms, problems, updates
from bot.views.address import Address
from bot.views.blocks import button, clip, confirm
from bot.views.board import MENU, board_of, situation
from bot.views.card import Block, Drawn
from bot.views.countdown import when
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Quote, Row, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title, reader_for, role_title
from launch.authority import authorise
from launch.messages import (
    HOUSE,
    Actor,
    CallHold,
    CallPage,
    ChangePlan,
    CloseLaunch,
    Command,
    GoLive,
    OpenRoom,
    Refused,
    Resume,
    TurnBack,
    WriteNote,
)
from launch.state import Launch, Status
from launch.words import Words

OPEN, CLOSE, LIST, ASK_NOW, WHO, HELP = "room.open", "room.close", "checkpoint.list", "checkpoint.ask_now", "roster.who", "help.show"
TYPED = "menu.typed"
LONGEST, ENCODED = 2000, 12
"""Characters that a button carries, and how many of them one character of a text may take up there."""
_blank = Words("")


def may(command: Command, launch: Launch, user: str) -> bool:
    """Whether this person may ask for it as things stand; the door looks again."""
    try:
        authorise(command, launch, Actor("person", user))
    except Refused:
        return False
    return True


def menu(launch: Launch, user: str, now: datetime | None = None, *, is_admin: bool = False, said: str | None = None) -> Drawn:
    """As things stand `now`, or stood when something last happened. `is_admin`: whether this person may also add plans; `said` is what came
    of what they did, if it has to be told."""
    launch, reader = replace(launch, last_at=max(now or launch.last_at, launch.last_at)), reader_for(launch, user)
    above = (Line((Strong(said),)),) if said else ()
    below = (Buttons(for_admins(reader)),) if is_admin else ()
    return drawn((*above, *pieces(launch, user, reader), *below), reader)


def for_admins(reader: Reader) -> tuple[Block, ...]:
    """The two ways in which a launch begins."""
    house = str(Address(HOUSE))
    return button(reader._("Add a plan…"), modals.PLAN, house), button(reader._("New launch…"), new.NEW, house)


def no_launch(reader: Reader) -> Drawn:
    """For an admin, while there is none."""
    return drawn([line(reader._("No launch is planned here.")), Buttons(for_admins(reader))], reader)


def pieces(launch: Launch, user: str, reader: Reader) -> Iterator[Piece]:
    yield Heading(launch_title(launch.plan, reader))
    yield from room_line(launch, reader)
    if launch.status is not Status.CLOSED:
        yield from situation(board_of(launch), reader)
    yield own_line(launch, user, reader)
    yield from rows(launch, user, reader)


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


def rows(launch: Launch, user: str, reader: Reader) -> Iterator[Buttons]:
    """Those that make sense now and that this person may use: a phone shows the urgent ones first."""
    here = Address(launch.id)
    for row in (urgent, working, looking):
        if pressed := tuple(row(launch, user, here, reader)):
            yield Buttons(pressed)


def urgent(launch: Launch, user: str, here: Address, reader: Reader) -> Iterator[Block]:
    """For what cannot wait."""
    if launch.status in (Status.PLANNED, Status.OPENING) and may(OpenRoom(), launch, user):
        yield button(reader._("Open the room"), OPEN, str(here), confirm=open_confirm(launch, reader))
    yield from running(launch, user, here, reader)
    if may(CallPage("", _blank), launch, user):
        yield button(reader._("Page…"), paging.CALL, str(here))
    if may(problem_forms.UNWRITTEN, launch, user):
        yield button(reader._("Report a problem…"), problems.REPORT, str(here))


def running(launch: Launch, user: str, here: Address, reader: Reader) -> Iterator[Block]:
    """The clock."""
    if clock.may_go_live(launch) and may(GoLive(), launch, user):
        yield clock.live(here, reader)
    if clock.may_resume(launch) and may(Resume(), launch, user):
        yield clock.resume(here, reader)
    if launch.hold is None and may(CallHold(_blank), launch, user):
        yield clock.hold(here, reader)
    if clock.may_turn_back(launch) and may(TurnBack(_blank), launch, user):
        yield clock.turn_back(here, reader)


def working(launch: Launch, user: str, here: Address, reader: Reader) -> Iterator[Block]:
    """For the questions, the words and the plan of the day."""
    yield button(reader._("Checkpoints"), LIST, str(here))
    if launch.plan.audiences and may(updates.UNWRITTEN, launch, user):
        yield button(reader._("Customer update…"), updates.DRAFT, str(here))
    if may(WriteNote(_blank), launch, user):
        yield button(reader._("Note…"), modals.NOTE, str(here))
    if may(ChangePlan(launch.plan_version, _blank, _blank), launch, user):
        yield button(reader._("Change the plan…"), changes.CHANGE, str(here))


def looking(launch: Launch, user: str, here: Address, reader: Reader) -> Iterator[Block]:
    """For looking, and for the end."""
    yield button(reader._("Who is on duty"), WHO, str(here))
    if launch.person_of(user) and not may(ChangePlan(launch.plan_version, _blank, _blank), launch, user):
        yield button(reader._("Show the plan"), changes.SHOW, str(here))
    yield button(reader._("Help"), HELP, str(here))
    if launch.channel and may(CloseLaunch(), launch, user):
        yield button(reader._("Noise"), noise.NOISE, str(here))
        yield button(reader._("Close the launch"), CLOSE, str(here), confirm=close_confirm(launch, reader))


def open_confirm(launch: Launch, reader: Reader) -> Block:
    text = reader._("The channel is made now, and the people of the plan are invited.")
    return confirm(reader._("Open the room now?"), text, reader._("Open it"), reader._("Cancel"))


def close_confirm(launch: Launch, reader: Reader) -> Block:
    text = reader._("Nothing more is asked, all buttons go, and there is no way back. The room can still be read.")
    return confirm(reader._("Close this launch?"), text, reader._("Close it"), reader._("Cancel"))


# --- which launch ------------------------------------------------------------------------------------------------------


def choice(launches: Sequence[Launch], user: str) -> Drawn:
    """Which launch is meant, when nothing tells."""
    reader = reader_for(launches[0], user)
    rows = [Row(launch_title(each.plan, reader), button(reader._("Menu"), MENU, str(Address(each.id)))) for each in launches]
    return drawn([line(reader._("Which launch? Choose here, or type /launch in the room of the one you mean.")), *rows], reader)


def choice_for(launches: Sequence[Launch], user: str, word: str, text: str) -> Drawn:
    """The same for a word of /launch: the button carries it, and the `text` behind it as far as it fits; what it carries is shown."""
    reader, kept = reader_for(launches[0], user), as_carried(launches, word, text)
    asked = line(reader._("Which launch is /launch {word} for? It is done in the one that you choose."), word=word)
    words = [Quote(Words.typed(kept, ""), LONGEST)] if kept else []
    carried = {each.id: str(Address(each.id, (word, kept))) for each in launches}
    rows = [Row(launch_title(each.plan, reader), button(reader._("Choose"), TYPED, carried[each.id])) for each in launches]
    return drawn([asked, *words, *rows], reader)


def as_carried(launches: Sequence[Launch], word: str, text: str) -> str:
    """As much of a text as the button of each launch can carry."""
    while excess := max(0, *(len(str(Address(each.id, (word, text)))) - LONGEST for each in launches)):
        text = clip(text, len(text) - max(1, excess // ENCODED))
    return text
