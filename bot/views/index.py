"""The index of what is drawn: the cards of a launch, and the notices of a fact."""

from collections.abc import Callable, Iterator

from bot.views import ask, checkpoints, countdown, decision, errands, room, roster
from bot.views.card import Card, Notice
from launch import messages as m
from launch.messages import Event, Fact
from launch.state import Launch

CARDS: tuple[Callable[[Launch], Iterator[Card]], ...] = (room.cards, checkpoints.cards, ask.cards, decision.cards)

NOTICES: dict[type[Event], Callable[..., Iterator[Notice]]] = {
    m.RoomOpened: room.room_opened,
    m.NoteWritten: room.note_written,
    m.LaunchClosed: room.launch_closed,
    m.ErrandFailed: errands.errand_failed,
    m.MembersInvited: errands.members_invited,
    m.DutyMoved: roster.duty_moved,
    m.VoteCast: checkpoints.vote_cast,
    m.SilentReminded: checkpoints.reminded,
    m.AnswerTimePassed: checkpoints.time_passed,
    m.CheckpointCounted: checkpoints.counted,
    m.CheckpointDecided: checkpoints.decided,
    m.HoldCalled: countdown.hold_called,
    m.HoldOverran: countdown.hold_overran,
    m.HoldEnded: countdown.hold_ended,
}


def cards(launch: Launch) -> list[Card]:
    """Everything that Slack should show of a launch. Cheap: a card is only drawn when its basis has changed."""
    return [card for find in CARDS for card in find(launch)]


def notices(fact: Fact, launch: Launch) -> list[Notice]:
    """What is said once of a fact; `launch` is the state after it."""
    say = NOTICES.get(type(fact.event))
    return list(say(fact, fact.event, launch)) if say else []
