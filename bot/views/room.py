"""The room: its name, topic and bookmarks, and what is posted there once. What stands there is the board."""

from collections.abc import Iterator

from bot.views.blocks import clip, one_line
from bot.views.card import Notice
from bot.views.lines import Instant, Quote, Strong, line
from bot.views.notice import in_room
from bot.views.people import holder, launch_title, name, role_title, room_reader
from launch.messages import Fact, LaunchClosed, NoteWritten, RoomOpened
from launch.plan import Plan
from launch.state import Launch

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
