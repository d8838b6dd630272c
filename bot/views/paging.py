"""Paging as the room sees it: who is wanted, whom it rang at, who has it. And how a page is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bot.views import blocks, modals
from bot.views.address import Address
from bot.views.blocks import button, confirm
from bot.views.card import ROOM, Block, Card, Drawn, Urgency
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Quote, drawn, line, listed
from bot.views.locale import Reader
from bot.views.no import No
from bot.views.people import holder, name, role_title, room_reader
from bot.views.ring import Call, about_decision, call_of, ending
from launch.roster import is_in_slack
from launch.state import Launch, Page, PageKind, Ring

CALL, RESOLVE = "page.call", "page.resolve"
ROLE = "role"
MOST_RUNG = 8
MOST_ROLES = 100
"""As many choices as Slack takes in a form."""


@dataclass(frozen=True, slots=True)
class Search:
    """A page with all that it rang at, in order; `unreached` are those of its chain whom Slack does not reach."""

    call: Call
    rings: tuple[Ring, ...]
    unreached: tuple[str, ...]


def cards(launch: Launch) -> Iterator[Card]:
    """One in the room for each page that somebody called. The others stay between those they concern until a round went unheard."""
    for page in launch.pages.values():
        if page.kind is not PageKind.CALLED and page.round == 1:
            continue
        seen = search_of(launch, page)
        yield Card(f"page:{page.number}", ROOM, Urgency.ROOM, (seen,), partial(draw, seen))


def search_of(launch: Launch, page: Page) -> Search:
    unreached = tuple(person for person in page.chain if page.is_ringing and not is_in_slack(launch, person))
    return Search(call_of(launch, page), rings_of(launch, page), unreached)


def rings_of(launch: Launch, page: Page) -> tuple[Ring, ...]:
    return tuple(ring for ring in launch.rings.values() if ring.page == page.number)


def draw(seen: Search) -> Drawn:
    reader = room_reader(seen.call.plan)
    return drawn(pieces(seen, reader), reader)


def pieces(seen: Search, reader: Reader) -> Iterator[Piece]:
    """State first, then why, then whom it rang at."""
    call = seen.call
    yield Heading(reader._("Page for {role}").format(role=role_title(call.plan, call.page.role, reader)))
    yield from unanswered(seen, reader) if call.is_ringing else ending(call, reader)
    yield from why(call, reader)
    if seen.rings:
        yield line(reader._("Rung: {people}"), people=rung(seen, reader))
    if call.page.is_open and not call.is_closed:
        address = str(Address(call.launch, (str(call.page.number),)))
        yield Buttons((button(reader._("Resolved"), RESOLVE, address, confirm=resolve_confirm(call, reader)),))


def unanswered(seen: Search, reader: Reader) -> Iterator[Line]:
    """Red for as long as nobody has it."""
    call = seen.call
    if call.page.ringing is None or call.then is None:
        yield line(reader._("🔴 Nobody has it, and Slack reaches nobody whom it is for."))
    else:
        sentence = reader._("🔴 Nobody has it yet. Ringing {person}; without an answer {then}, {time}.")
        person, time = name(call.plan, call.page.ringing), Instant(call.goes_on_at or call.page.rang_at)
        yield line(sentence, person=person, then=name(call.plan, call.then), time=time)
    if seen.unreached:
        names = listed([name(call.plan, person) for person in seen.unreached], reader)
        yield line(reader._("Not in Slack, to be reached by phone: {names}"), names=names)


def why(call: Call, reader: Reader) -> Iterator[Piece]:
    page = call.page
    if call.round:
        sentence = reader._("{checkpoint} waits for its decision: deputies are paged since {paged}.")
        over = reader._("{checkpoint} waited for its decision: deputies were paged at {paged}.")
        yield about_decision(call, call.round, sentence if call.round.is_awaited else over, reader)
    elif call.handover:
        sentence = reader._("The shift {shift} began at {time} and nobody had accepted. On duty until then: {person}.")
        facts = {"shift": call.handover.shift, "person": name(call.plan, call.handover.outgoing)}
        yield line(sentence, time=Instant(call.handover.edge, with_day=True), **facts)
    else:
        yield line(reader._("{person} asked, {time}:"), person=name(call.plan, page.by), time=Instant(page.called_at, with_day=True))
    if page.reason:
        yield Quote(page.reason)


def rung(seen: Search, reader: Reader) -> Line:
    """Each with the time, and whether they passed it on."""
    plain, passed = reader._("{person} {time}"), reader._("{person} {time} (passed on)")
    told = [line(passed if r.has_passed else plain, person=name(seen.call.plan, r.person), time=Instant(r.at)) for r in seen.rings]
    parts = [part for each in told[:MOST_RUNG] for part in (", ", *each.parts)]
    return Line((*parts[1:], *([", …"] if len(told) > MOST_RUNG else [])))


def resolve_confirm(call: Call, reader: Reader) -> Block:
    title, yes, no = reader._("Is it resolved?"), reader._("Resolved"), reader._("Cancel")
    if call.round:
        return confirm(title, reader._("The ringing ends. The decision is still awaited, and nothing proceeds without it."), yes, no)
    if call.handover:
        text = reader._("The ringing ends, and nobody is asked any more. {person} stays on duty until somebody accepts.")
        return confirm(title, text.format(person=name(call.plan, call.handover.outgoing)), yes, no)
    return confirm(title, reader._("The ringing ends, and nobody is asked any more. To ask again is a new page."), yes, no)


# --- asking ------------------------------------------------------------------------------------------------------------


def form(launch: Launch, address: Address, role: str | None, reader: Reader) -> Block:
    """Who is wanted, with who is on duty for it now, and why."""
    rows = [(key, f"{role_title(launch.plan, key, reader)} ({on_duty(launch, key, reader)})") for key in launch.plan.roles]
    fields = [
        blocks.select_input(ROLE, reader._("Whom do you need?"), rows[:MOST_ROLES], role),
        blocks.text_input(modals.REASON, reader._("What is wrong?"), reader._("It is the first thing they read, perhaps woken by it.")),
    ]
    return modals.form(reader.p("title", "Page somebody"), fields, reader.p("title", "Page"), CALL, address, reader)


def on_duty(launch: Launch, role: str, reader: Reader) -> str:
    return holder(launch.plan, launch.duty[role].person, reader)


def rings_now(launch: Launch, page: Page, reader: Reader) -> str:
    """What whoever paged is told."""
    call, role = call_of(launch, page), role_title(launch.plan, page.role, reader)
    if page.ringing is None or call.then is None:
        sentence = reader._("Slack reaches nobody for {role}. Please reach somebody by phone; the room and whoever commands are told.")
        return sentence.format(role=role)
    facts = {"role": role, "person": name(launch.plan, page.ringing), "then": name(launch.plan, call.then)}
    if call.then == page.ringing:
        return reader._("Ringing {person} for {role}. Nobody comes after them.").format(**facts)
    minutes = reader.duration((call.goes_on_at or page.rang_at) - page.rang_at)
    return reader._("Ringing {person} for {role}. Without an answer in {duration} it goes to {then}.").format(**facts, duration=minutes)


# --- every no ----------------------------------------------------------------------------------------------------------


def already_paged(no: No) -> str:
    role, person = no.role(no.facts["role"]), no.facts["person"]
    known = no._("{role} is already paged for that, it is with {person}. Another reason makes another page.")
    unheard = no._("{role} is already paged for that, and nobody was reached yet. Another reason makes another page.")
    return no.say(known, role=role, person=no.person(person)) if person else no.say(unheard, role=role)


def not_paged(no: No) -> str:
    sentence = no._("This page did not ring you. It can be taken by those it rang, whoever is on duty for {role}, and {people}.")
    return no.say(sentence, role=no.role(no.facts["role"]), people=no.commanders)


def page_taken(no: No) -> str:
    return no.say(no._("{person} has it already. Who else is wanted gets a page of their own."), person=no.person(no.facts["person"]))


def page_resolved(no: No) -> str:
    return no.say(no._("This page is resolved, says {person}. /launch page asks anew."), person=no.person(no.facts["person"]))


def not_your_page(no: No) -> str:
    return no.say(no._("Whoever has this page, whoever asked for it, or {people} can say that it is resolved."), people=no.commanders)


NOES: dict[str, Callable[[No], str]] = {
    "already_paged": already_paged,
    "not_paged": not_paged,
    "not_your_page": not_your_page,
    "page_resolved": page_resolved,
    "page_taken": page_taken,
}
