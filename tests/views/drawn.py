"""Finding one thing among all that is drawn."""

from bot.views.card import Drawn, Notice
from bot.views.index import cards, notices
from launch.messages import Event
from launch.state import Launch
from tests.days import Day, a_launch
from tests.views.limits import buttons_of
from tests.views.scenes import scenes


def card(launch: Launch, subject: str, person: str | None = None) -> Drawn:
    (found,) = [each for each in cards(launch) if (each.subject, each.place.person) == (subject, person)]
    return found.draw()


def people_of(launch: Launch, subject: str) -> set[str | None]:
    """In whose private conversation it stands."""
    return {each.place.person for each in cards(launch) if each.subject == subject}


def labels(drawn: Drawn) -> list[str]:
    return [button["text"]["text"] for button in buttons_of(drawn.blocks)]


def all_notices(day: Day) -> list[tuple[Event, Notice]]:
    """Everything that is said in a day, each with the state just after its event."""
    told = [(scene.fact, scene.launch) for scene in scenes(a_launch(day.launch.plan), day.facts)]
    return [(fact.event, notice) for fact, launch in told for notice in notices(fact, launch)]


def noticed(day: Day, kind: type[Event]) -> list[tuple[str | None, str]]:
    """To whom (None is the room) events of a kind are told, and the first line of it."""
    told = [notice for event, notice in all_notices(day) if type(event) is kind]
    return [(notice.place.person, notice.drawn.text.splitlines()[0]) for notice in told]


def all_said(day: Day) -> list[str]:
    return [notice.drawn.text for _, notice in all_notices(day)]


def plain(text: str) -> str:
    """Without Slack's own spelling of instants: only what stands for them."""
    return "".join(part.split("|")[-1] if "|" in part else part for part in text.replace(">", "<").split("<"))
