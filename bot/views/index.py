"""The index of what is drawn: the cards of a launch, and the notices of a fact."""

from collections.abc import Callable, Iterator

from bot.views import (
    ask,
    checkpoints,
    countdown,
    decision,
    drafts,
    errands,
    handover,
    paged,
    paging,
    published,
    ring,
    room,
    roster,
    takeover,
)
from bot.views.card import Card, Notice
from bot.views.lines import Piece
from bot.views.locale import Reader
from launch import messages as m
from launch.messages import Ask, Event, Fact
from launch.state import Launch

CARDS: tuple[Callable[[Launch], Iterator[Card]], ...] = (
    room.cards, checkpoints.cards, ask.cards, decision.cards, takeover.cards, paging.cards, ring.cards, drafts.cards,
)  # fmt: skip

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
    m.HandoverAnnounced: handover.announced,
    m.HandoversReminded: handover.reminded,
    m.HandoverLate: handover.late,
    m.HandoverAccepted: handover.accepted,
    m.PageRang: paged.page_rang,
    m.PageUnheard: paged.page_unheard,
    m.PageTaken: paged.page_taken,
    m.PageUndelivered: paged.page_undelivered,
    m.PageResolved: paged.page_resolved,
    m.UpdatePublished: published.published,
    m.UpdateSentBack: published.sent_back,
    m.UpdateStuck: published.stuck,
    m.PromiseReminded: published.reminded,
    m.PromiseMissed: published.missed,
    m.OutletFound: published.outlet_found,
}

WANTED: dict[str, Callable[[Launch, Ask, Reader], Iterator[Piece]]] = {
    "checkpoint": ask.wanted,
    "decision": decision.wanted,
    "handover": takeover.wanted,
    "page": ring.wanted,
    "approval": drafts.approval_wanted,
    "draft": drafts.draft_wanted,
}
"""What is wanted of somebody in short, with the buttons to do it, by the first word of an ask's subject."""


def cards(launch: Launch) -> list[Card]:
    """Everything that Slack should show of a launch. Cheap: a card is only drawn when its basis has changed."""
    return [card for find in CARDS for card in find(launch)]


def notices(fact: Fact, launch: Launch) -> list[Notice]:
    """What is said once of a fact; `launch` is the state after it."""
    say = NOTICES.get(type(fact.event))
    return list(say(fact, fact.event, launch)) if say else []
