"""The index of what is drawn: the cards of a launch, and the notices of a fact."""

from collections.abc import Callable, Iterator

from bot.views import (
    ask,
    board,
    checkpoints,
    countdown,
    decision,
    drafts,
    errands,
    handover,
    live,
    objections,
    observers,
    offer,
    overrun,
    paged,
    paging,
    polled,
    problems,
    published,
    revised,
    ring,
    room,
    roster,
    takeover,
    unsolved,
)
from bot.views.card import Card, Notice
from bot.views.lines import Piece
from bot.views.locale import Reader
from bot.views.pulse import Pulse
from launch import messages as m
from launch.messages import Ask, Event, Fact
from launch.state import Launch

CARDS: tuple[Callable[[Launch], Iterator[Card]], ...] = (
    checkpoints.cards, ask.cards, decision.cards, objections.cards, takeover.cards, paging.cards, ring.cards, drafts.cards,
    problems.cards, unsolved.cards, offer.cards,
    overrun.cards, live.cards,
)  # fmt: skip

NOTICES: dict[type[Event], Callable[..., Iterator[Notice]]] = {
    m.PlanRevised: revised.plan_revised,
    m.RoomOpened: room.room_opened,
    m.NoteWritten: room.note_written,
    m.LaunchClosed: room.launch_closed,
    m.ErrandFailed: errands.errand_failed,
    m.MembersInvited: errands.members_invited,
    m.DutyMoved: roster.duty_moved,
    m.VoteCast: polled.vote_cast,
    m.VoteDisputed: polled.disputed,
    m.SilentReminded: polled.reminded,
    m.AnswerTimePassed: polled.time_passed,
    m.CheckpointCounted: polled.counted,
    m.CheckpointDecided: polled.decided,
    m.DecisionPressed: polled.pressed,
    m.HoldCalled: countdown.hold_called,
    m.HoldExtended: countdown.hold_extended,
    m.HoldEnded: countdown.hold_ended,
    m.MilestoneReached: live.reached,
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
    m.ProblemTaken: problems.problem_taken,
    m.ProblemClosed: problems.problem_closed,
}

WANTED: dict[str, Callable[[Launch, Ask, Reader], Iterator[Piece]]] = {
    "checkpoint": ask.wanted,
    "decision": decision.wanted,
    "objection": objections.wanted,
    "handover": takeover.wanted,
    "page": ring.wanted,
    "approval": drafts.approval_wanted,
    "draft": drafts.draft_wanted,
    "problem": unsolved.wanted,
    "plan": offer.wanted,
    "overrun": overrun.wanted,
    "live": live.wanted,
}
"""What is wanted of somebody in short, with the buttons to do it, by the first word of an ask's subject."""


SCREENS: tuple[Callable[[Launch, Pulse | None], Iterator[Card]], ...] = (board.cards, observers.cards)
"""Cards that say as of when they are true."""


def cards(launch: Launch, pulse: Pulse | None = None) -> list[Card]:
    """Everything that Slack should show of a launch. Cheap: a card is only drawn when its basis has changed."""
    screens = [card for find in SCREENS for card in find(launch, pulse)]
    return [*screens, *(card for find in CARDS for card in find(launch))]


def notices(fact: Fact, launch: Launch) -> list[Notice]:
    """What is said once of a fact; `launch` is the state after it."""
    say = NOTICES.get(type(fact.event))
    return [*(say(fact, fact.event, launch) if say else ()), *observers.notices(fact, launch)]
