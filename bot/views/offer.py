"""A newer plan that an admin handed in while the launch is under way: put to whoever commands, who takes it up or leaves it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.views.address import Address
from bot.views.blocks import button, confirm
from bot.views.card import Block, Card, Drawn, Place, Urgency
from bot.views.changes import following, told
from bot.views.difference import rows
from bot.views.lines import Buttons, Heading, Line, Piece, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title, name, reader_of
from bot.views.revised import touched
from launch.authority import commanding
from launch.birth import plan_in
from launch.consequences import consequences
from launch.differences import differences
from launch.messages import Ask
from launch.state import Launch, Offer, Status

TAKE, LEAVE = "plan.take", "plan.leave"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An offer before one person. `is_theirs` while they may answer it; `since` is the last instant at which a shift changed under it."""

    offer: Offer
    person: str
    is_theirs: bool
    is_closed: bool
    since: datetime

    @property
    def is_open(self) -> bool:
        return self.offer.is_open and self.is_theirs and not self.is_closed


def cards(launch: Launch) -> Iterator[Card]:
    """What an open one would change depends on how the launch stands."""
    for offer in launch.offers.values():
        for person in offer.shown_to:
            seen = proposal(launch, offer, person)
            stands = (launch.plan, launch.plan_version, launch.t0, launch.polls, launch.holds, launch.members) if seen.is_open else ()
            basis = (seen, *stands) if stands else (seen, launch.plan)
            yield Card(f"plan:{offer.number}", Place(person), Urgency.ASK, basis, partial(draw, launch, seen))


def proposal(launch: Launch, offer: Offer, person: str) -> Proposal:
    since = max(offer.at, launch.edge_at or offer.at)
    return Proposal(offer, person, person in commanding(launch), launch.status is Status.CLOSED, since)


def draw(launch: Launch, seen: Proposal) -> Drawn:
    reader = reader_of(launch.plan, seen.person)
    return drawn(pieces(launch, seen, reader), reader)


def pieces(launch: Launch, seen: Proposal, reader: Reader) -> Iterator[Piece]:
    yield Heading(reader._("A newer plan"))
    yield Line((launch_title(launch.plan, reader),))
    if not seen.is_open:
        yield ended(launch, seen, reader)
        return
    after = plan_in(str(seen.offer.plan))
    changes = differences(launch.plan, after)
    yield line(reader._("A newer file of the plan was handed in. It changes nothing until you take it up:"))
    yield from rows(changes, after, reader)
    yield from following(consequences(launch, after, seen.since), after, reader)
    yield told(len(touched(changes, replace(launch, plan=after), seen.person)), reader)
    yield Buttons(tuple(buttons(launch, seen.offer, reader)))


def ended(launch: Launch, seen: Proposal, reader: Reader) -> Line:
    offer = seen.offer
    if offer.taken_by:
        return line(reader._("{person} took it up."), person=name(launch.plan, offer.taken_by))
    if offer.left_by:
        return line(reader._("{person} left it: the plan stays as it is."), person=name(launch.plan, offer.left_by))
    if offer.left_by is not None:
        return line(reader._("A newer file has taken its place."))
    if seen.is_closed:
        return line(reader._("The launch was closed before anybody took it up."))
    return line(reader._("You no longer command: {person} answers it."), person=name(launch.plan, commanding(launch)[0]))


def buttons(launch: Launch, offer: Offer, reader: Reader) -> Iterator[Block]:
    text = reader._("The plan changes at once. The room and everybody whom it touches are told.")
    asked = confirm(reader._("Take up this plan?"), text, reader._("Take it up"), reader._("Cancel"))
    yield button(reader._("Take it up"), TAKE, str(Address(launch.id, (str(offer.number), str(launch.plan_version)))), confirm=asked)
    yield button(reader._("Leave it"), LEAVE, str(Address(launch.id, (str(offer.number),))))


def wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    """The same on somebody's Home."""
    offer = launch.offers[int(ask.subject.removeprefix("plan:"))]
    count = len(differences(launch.plan, plan_in(str(offer.plan))))
    said = reader.n("A newer plan waits for you: {count} difference.", "A newer plan waits for you: {count} differences.", count)
    yield line(said, count=count)
    yield Buttons(tuple(buttons(launch, offer, reader)))
