"""The private message of a page, one for each person that it rang at. Its first line stands on a lock screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.views import spoken
from bot.views.address import Address
from bot.views.blocks import button, clip, one_line
from bot.views.bridge import bridge
from bot.views.card import Card, Drawn, Place, Urgency
from bot.views.checkpoints import outcome
from bot.views.lines import Buttons, Instant, Line, Part, Piece, Quote, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title, name, reader_of, role_title
from bot.views.rounds import Round, newest
from launch.handover import entry
from launch.messages import Ask
from launch.paging import first_after, patience
from launch.plan import Plan
from launch.roster import shift_named
from launch.state import Handover, Launch, Page, PageKind, Ring, Status

TAKE, PASS = "page.take", "page.pass"
ON_LOCK_SCREEN = 140
"""Characters of a reason in a first line."""


@dataclass(frozen=True, slots=True)
class Call:
    """A page as everybody sees it: without an answer it rings at `then`, at the instant `goes_on_at`.

    It is about a `handover` that nobody accepts, a `round` that nobody decides on, or neither.
    """

    plan: Plan
    launch: str
    page: Page
    handover: Handover | None
    round: Round | None
    then: str | None
    goes_on_at: datetime | None
    is_closed: bool

    @property
    def is_ringing(self) -> bool:
        return self.page.is_ringing and not self.is_closed

    def is_wanted(self, ring: Ring) -> bool:
        """Whether it waits for this person: not when they passed it on, until nobody else is left to ring."""
        return self.is_ringing and (self.page.ringing == ring.person or not ring.has_passed)

    def is_incoming(self, person: str) -> bool:
        """Whether an answer of this person accepts the shift that nobody has accepted."""
        shift = shift_named(self.plan, self.page.shift)
        return bool(self.handover and shift and person in shift.holders.get(self.page.role, ()) and person != self.handover.outgoing)


def cards(launch: Launch) -> Iterator[Card]:
    for ring in launch.rings.values():
        call = call_of(launch, launch.pages[ring.page])
        yield Card(f"page:{ring.page}", Place(ring.person), Urgency.PAGE, (call, ring), partial(draw, call, ring))


def call_of(launch: Launch, page: Page) -> Call:
    row = entry(launch, page.role, page.shift) if page.kind is PageKind.HANDOVER else None
    is_closed, then = launch.status is Status.CLOSED, next_of(launch, page) if page.is_ringing else None
    goes_on_at = page.rang_at + patience(launch, page) if page.is_ringing else None
    seen = newest(launch, page.checkpoint) if page.checkpoint else None
    return Call(launch.plan, launch.id, page, row, seen, then, goes_on_at, is_closed)


def next_of(launch: Launch, page: Page) -> str | None:
    """Whom it rings at next: at the end of the chain it begins again."""
    after = first_after(launch, page, page.level)
    place = first_after(launch, page, -1) if after is None else after
    return None if place is None else page.chain[place]


def draw(call: Call, ring: Ring) -> Drawn:
    reader = reader_of(call.plan, ring.person)
    return drawn(pieces(call, ring, reader), reader)


def pieces(call: Call, ring: Ring, reader: Reader) -> Iterator[Piece]:
    yield called(call, ring.person, reader) if call.is_wanted(ring) else was_called(call, reader)
    if call.page.reason and is_long(call.page):
        yield Quote(call.page.reason)
    yield Line((launch_title(call.plan, reader),))
    yield from standing(call, ring, reader) if call.is_ringing else ending(call, reader, ring.person)
    if call.is_wanted(ring):
        yield from consequence(call, ring.person, reader)
        yield from bridge(call.plan, reader)
    yield from buttons(call, ring, reader)


def called(call: Call, person: str, reader: Reader) -> Line:
    """Who asks, for what, since when, what is wanted: whole, for somebody whom it woke."""
    page, role = call.page, Strong(role_title(call.plan, call.page.role, reader))
    if call.round:
        sentence = reader._("Nobody has decided on {checkpoint} since {time}: {outcome}. You may decide, as {role}. Can you?")
        return about_decision(call, call.round, sentence, reader)
    if call.handover is None:
        sentence = reader._("{person} asks for {role}: {reason} (since {time}). Can you take it?")
        return line(sentence, person=name(call.plan, page.by), role=role, reason=reason(page), time=Instant(page.called_at))
    theirs = reader._("Your shift as {role} began at {time} and nobody has accepted it: {person} still has it. Can you take it?")
    others = reader._("{role}: nobody of the shift that began at {time} answers, {person} still has it. Can you see to it?")
    outgoing, time = name(call.plan, call.handover.outgoing), Instant(call.handover.edge)
    return line(theirs if call.is_incoming(person) else others, role=role, time=time, person=outgoing)


def was_called(call: Call, reader: Reader) -> Line:
    """The same, when nothing is wanted any more."""
    page, role = call.page, Strong(role_title(call.plan, call.page.role, reader))
    if call.round:
        return about_decision(call, call.round, reader._("{checkpoint} waited for its decision: deputies were paged at {paged}."), reader)
    if call.handover:
        return line(
            reader._("{role}: the shift that began at {time} was not accepted in time."), role=role, time=Instant(call.handover.edge)
        )
    sentence = reader._("{person} asked for {role}: {reason} (since {time}).")
    return line(sentence, person=name(call.plan, page.by), role=role, reason=reason(page), time=Instant(page.called_at))


def about_decision(call: Call, seen: Round, sentence: str, reader: Reader) -> Line:
    """`sentence` with whatever it asks for of the round that nobody decides on."""
    since = seen.poll.phase_at if seen.poll else call.page.called_at
    facts: dict[str, Part] = {"checkpoint": Strong(seen.named.called(reader)), "outcome": outcome(seen, reader)}
    role = Strong(role_title(call.plan, call.page.role, reader))
    return line(sentence, time=Instant(since), paged=Instant(call.page.called_at), role=role, **facts)


def reason(page: Page) -> str:
    return clip(one_line(str(page.reason or "")), ON_LOCK_SCREEN)


def is_long(page: Page) -> bool:
    """Whether the first line has not all of the reason."""
    return reason(page) != str(page.reason or "").strip()


def standing(call: Call, ring: Ring, reader: Reader) -> Iterator[Line]:
    """Whose turn it is, and whose it is next."""
    page, time = call.page, Instant(call.goes_on_at or call.page.rang_at)
    if page.ringing is None:
        return
    if page.ringing != ring.person:
        passed = reader._("You passed it on. It is ringing {person} now.")
        unheard = reader._("It is ringing {person} now. You can still take it.")
        yield line(passed if ring.has_passed else unheard, person=name(call.plan, page.ringing))
    elif call.then == ring.person:
        yield line(reader._("There is nobody after you. Without an answer it rings again: {time}."), time=time)
    else:
        yield line(reader._("Without an answer it goes to {person}: {time}."), person=name(call.plan, call.then), time=time)


def ending(call: Call, reader: Reader, person: str | None = None) -> Iterator[Line]:
    """Who has it, or how it ended; `person` reads it."""
    page, row = call.page, call.handover
    if row and row.accepted_by:
        sentence = reader._("{person} has accepted: on duty for {role} since {time}.")
        facts = {"person": name(call.plan, row.accepted_by), "role": role_title(call.plan, page.role, reader)}
        yield line(sentence, time=Instant(row.accepted_at or row.edge), **facts)
    elif call.round and page.resolved_at:
        yield decided(call.round, reader)
    elif page.resolved_at:
        yield line(reader._("Resolved: {person}, {time}."), person=name(call.plan, page.resolved_by), time=Instant(page.resolved_at))
    elif page.holder:
        sentence = reader._("You have it since {time}.") if page.holder == person else reader._("{person} has it since {time}.")
        yield line(sentence, person=name(call.plan, page.holder), time=Instant(page.taken_at or page.rang_at))
    if call.is_closed and page.is_open:
        yield line(reader._("The launch was closed before this was resolved."))


def decided(seen: Round, reader: Reader) -> Line:
    """How a page for a decision ended."""
    if seen.poll and seen.poll.decision:
        made = Strong(spoken.decision(seen.poll.decision, seen.kind, reader))
        time = Instant(seen.poll.phase_at)
        return line(
            reader._("{person} decided: {decision}, {time}."), person=name(seen.plan, seen.poll.decided_by), decision=made, time=time
        )
    return line(reader._("Nobody has to decide on it any more."))


def consequence(call: Call, person: str, reader: Reader) -> Iterator[Line]:
    """What an answer does, where it is more than to come."""
    if call.round:
        heading = call.round.named.heading(reader)
        yield line(
            reader._("“I have it” ends the ringing. To decide, use the message “{heading}”, or the Home of this app."), heading=heading
        )
    elif call.handover and call.is_incoming(person):
        role = role_title(call.plan, call.page.role, reader)
        yield line(reader._("“I have it” means that you accept the shift: {role} is yours from then on."), role=role)
    elif call.handover:
        outgoing = name(call.plan, call.handover.outgoing)
        yield line(reader._("“I have it” ends the ringing. {person} stays on duty until somebody accepts."), person=outgoing)


def buttons(call: Call, ring: Ring, reader: Reader) -> Iterator[Buttons]:
    """For as long as it is wanted of this person; what was passed on can only be taken."""
    address = str(Address(call.launch, (str(call.page.number),)))
    if call.is_wanted(ring):
        take = button(reader._("I have it"), TAKE, address, style="primary")
        yield Buttons((take,) if ring.has_passed else (take, button(reader._("Can’t, pass on"), PASS, address)))


def wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    """The page that somebody is asked to take, with its buttons."""
    number = int(ask.subject.partition(":")[2])
    call = call_of(launch, launch.pages[number])
    yield called(call, ask.person, reader)
    yield from buttons(call, launch.rings[number, ask.person], reader)
