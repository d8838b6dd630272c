"""Paging: somebody for a role, now. It rings at one person after the other until one of them has it, and goes on when nobody has."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from launch.authority import commanding
from launch.countdown import is_said
from launch.handover import accepted, entry, is_incoming, is_open
from launch.messages import (
    Actor,
    Ask,
    CallPage,
    Deadline,
    Escalate,
    Event,
    Fact,
    HandoverLate,
    PageCalled,
    PageLate,
    PagePassed,
    PageRang,
    PageResolved,
    PageTaken,
    PageUndelivered,
    PageUnheard,
    PassPage,
    Refused,
    ReportUndelivered,
    ResolvePage,
    TakePage,
)
from launch.roster import is_in_slack
from launch.state import Launch, Page, PageKind, Ring
from launch.words import says_same

ROUNDS = 3
"""So often a page goes through its whole chain at the usual pace; then it goes on slowly."""
SLOW = timedelta(minutes=15)

# --- what is decided ---------------------------------------------------------------------------------------------------


def call_page(command: CallPage, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Whoever is on the hook for the role, then those who replace them, then the commander. Asked for twice, it is one page."""
    if command.role not in launch.plan.roles:
        raise Refused("no_such_role", role=command.role)
    if not is_said(command.reason):
        raise Refused("reason_needed")
    same = (page for page in launch.pages.values() if page.is_open and page.role == command.role and says_same(page.reason, command.reason))
    if page := next(same, None):
        raise Refused("already_paged", role=command.role, person=page.holder or page.ringing or "")
    called = PageCalled(
        len(launch.pages) + 1, PageKind.CALLED, command.role, chain(launch, command.role), launch.person_of(by.user), command.reason
    )
    return called_and_rung(launch, called, at)


def page_late(command: PageLate, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The shift is over and nobody has accepted: those of the next shift are paged, then the commander."""
    row = entry(launch, command.role, command.shift)
    if row is None or row.is_late or not is_open(launch, row):
        return []
    holders = (shift.holders.get(row.role, ()) for shift in launch.plan.shifts if shift.name == row.shift)
    people = [person for persons in holders for person in persons if person != row.outgoing]
    order = tuple(dict.fromkeys((*people, *commanding(launch))))
    called = PageCalled(len(launch.pages) + 1, PageKind.HANDOVER, row.role, order, shift=row.shift)
    return [HandoverLate(row.role, row.shift), *called_and_rung(launch, called, at)]


def page_for_decision(launch: Launch, checkpoint: str, at: datetime) -> list[Event]:
    """Nobody decides: the deputies are paged, then the commander again."""
    first, *deputies = commanding(launch)
    order = tuple(dict.fromkeys((*deputies, first)))
    role = launch.plan.commander
    return called_and_rung(launch, PageCalled(len(launch.pages) + 1, PageKind.DECISION, role, order, checkpoint=checkpoint), at)


def decision_settled(launch: Launch, checkpoint: str, person: str | None) -> list[Event]:
    """Nobody has to be paged any more for a decision that is there, or not wanted any more."""
    pages = (page for page in launch.pages.values() if page.is_open and page.kind is PageKind.DECISION)
    return [PageResolved(page.number, person or "") for page in pages if page.checkpoint == checkpoint]


def called_and_rung(launch: Launch, called: PageCalled, at: datetime) -> list[Event]:
    """A page, and its first ring."""
    return [called, *next_ring(launch, page_of(called, at))]


def chain(launch: Launch, role: str) -> tuple[str, ...]:
    """Whom a page of the role rings, in order; in a gap everybody who ever holds it. In command last, each person once."""
    duty = launch.duty[role]
    holders = (duty.person, *duty.deputies) if duty.person else everybody(launch, role)
    return tuple(dict.fromkeys(person for person in (*holders, *commanding(launch)) if person))


def everybody(launch: Launch, role: str) -> tuple[str, ...]:
    return tuple(person for shift in launch.plan.shifts for person in shift.holders.get(role, ()))


def next_ring(launch: Launch, page: Page) -> list[Event]:
    """The next of the chain who can be rung; at its end the round went unheard and the next one begins."""
    if (level := first_after(launch, page, page.level)) is not None:
        return [PageRang(page.number, page.round, level, page.chain[level])]
    unheard: list[Event] = [PageUnheard(page.number, page.round)]
    again = first_after(launch, page, -1)
    return unheard if again is None else [*unheard, PageRang(page.number, page.round + 1, again, page.chain[again])]


def first_after(launch: Launch, page: Page, level: int) -> int | None:
    """The next place of the chain with somebody whom Slack reaches and who has not passed; when all have, passing counts no more."""
    there = [place for place, person in enumerate(page.chain) if is_in_slack(launch, person)]
    willing = [place for place in there if not has_passed(launch, page, page.chain[place])]
    return next((place for place in willing or there if place > level), None)


def has_passed(launch: Launch, page: Page, person: str) -> bool:
    ring = launch.rings.get((page.number, person))
    return ring is not None and ring.has_passed


def escalate(command: Escalate, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """No answer in time: the next one. An answered page has moved on, or is no longer ringing."""
    page = launch.pages.get(command.page)
    if page is None or not page.is_ringing or (page.round, page.level) != (command.round, command.level):
        return []
    return next_ring(launch, page)


def take_page(command: TakePage, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """The first answer wins; of a shift that was not accepted, it is the acceptance too when it comes from the incoming side."""
    page, person = known(launch, command.page), launch.person_of(by.user) or ""
    if page.holder == person:
        return []
    refuse_if_over(page)
    if not may_take(launch, page, person):
        raise Refused("not_paged", role=page.role, person=page.ringing or "")
    taken = PageTaken(page.number, person)
    row = entry(launch, page.role, page.shift) if page.kind is PageKind.HANDOVER else None
    return [taken, *accepted(launch, row, person)] if row and is_incoming(launch, row, person) else [taken]


def may_take(launch: Launch, page: Page, person: str) -> bool:
    """Those it rang at, those who hold the role now (but not to keep a shift of theirs that is over), and whoever commands."""
    duty = launch.duty[page.role]
    holders = (duty.person, *duty.deputies) if page.kind is PageKind.CALLED else ()
    return (page.number, person) in launch.rings or person in holders or person in commanding(launch)


def refuse_if_over(page: Page) -> None:
    if page.resolved_at:
        raise Refused("page_resolved", person=page.resolved_by or "")
    if page.holder:
        raise Refused("page_taken", person=page.holder)


def pass_page(command: PassPage, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """Can't: the next one at once, if it was this person's turn."""
    page, person = known(launch, command.page), launch.person_of(by.user) or ""
    refuse_if_over(page)
    if (page.number, person) not in launch.rings:
        raise Refused("not_paged", role=page.role, person=page.ringing or "")
    if has_passed(launch, page, person):
        return []
    passed = PagePassed(page.number, person)
    return [passed, *(next_ring(page_passed(launch, None, passed), page) if page.ringing == person else [])]


def report_undelivered(command: ReportUndelivered, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """A page that cannot be delivered goes to the next person now."""
    page = launch.pages.get(command.page)
    if page is None or not page.is_ringing or has_passed(launch, page, command.person):
        return []
    failed = PageUndelivered(page.number, command.person, command.error)
    return [failed, *(next_ring(page_passed(launch, None, failed), page) if page.ringing == command.person else [])]


def resolve_page(command: ResolvePage, launch: Launch, by: Actor, at: datetime) -> list[Event]:
    """It is over: says its holder, whoever called it, or whoever commands."""
    page, person = known(launch, command.page), launch.person_of(by.user) or ""
    if page.resolved_at:
        return []
    if person not in (page.holder, page.by) and person not in commanding(launch):
        raise Refused("not_your_page", person=page.holder or page.by or "")
    return [PageResolved(page.number, person)]


def known(launch: Launch, number: int) -> Page:
    if number not in launch.pages:
        raise Refused("unknown_button")
    return launch.pages[number]


# --- what becomes of it ------------------------------------------------------------------------------------------------


def page_of(event: PageCalled, at: datetime) -> Page:
    return Page(event.number, event.kind, event.role, event.chain, at, at, event.person, event.reason, event.shift, event.checkpoint)


def page_called(launch: Launch, fact: Fact, event: PageCalled) -> Launch:
    return with_page(launch, page_of(event, fact.at))


def page_rang(launch: Launch, fact: Fact, event: PageRang) -> Launch:
    page = replace(launch.pages[event.page], round=event.round, level=event.level, rang_at=fact.at)
    ring = launch.rings.get((event.page, event.person)) or Ring(event.page, event.person, fact.at)
    return replace(with_page(launch, page), rings={**launch.rings, ring.key: ring})


def page_unheard(launch: Launch, fact: Fact, event: PageUnheard) -> Launch:
    return with_page(launch, replace(launch.pages[event.page], round=event.round + 1, level=-1, rang_at=fact.at))


def page_taken(launch: Launch, fact: Fact, event: PageTaken) -> Launch:
    return with_page(launch, replace(launch.pages[event.page], holder=event.person, taken_at=fact.at))


def page_passed(launch: Launch, fact: Fact | None, event: PagePassed | PageUndelivered) -> Launch:
    ring = replace(launch.rings[event.page, event.person], has_passed=True)
    return replace(launch, rings={**launch.rings, ring.key: ring})


def page_resolved(launch: Launch, fact: Fact, event: PageResolved) -> Launch:
    return with_page(launch, replace(launch.pages[event.page], resolved_by=event.person, resolved_at=fact.at))


def with_page(launch: Launch, page: Page) -> Launch:
    return replace(launch, pages={**launch.pages, page.number: page})


# --- what it waits for -------------------------------------------------------------------------------------------------


def due(launch: Launch) -> Iterator[Deadline]:
    """The next ring of each page that nobody has; at once when whom it rang at has left Slack."""
    for page in launch.pages.values():
        if page.is_ringing:
            command = Escalate(page.number, page.round, page.level)
            is_gone = page.ringing is not None and not is_in_slack(launch, page.ringing)
            lasts = timedelta() if is_gone else patience(launch, page)
            yield Deadline(f"page:{page.number}:{page.round}:{page.level}", page.rang_at + lasts, command, lasts)


def patience(launch: Launch, page: Page) -> timedelta:
    """How long it rings at one person."""
    usual = launch.plan.roles[page.role].patience or launch.plan.limits.page
    return usual if page.round <= ROUNDS else max(usual, SLOW)


def asks(launch: Launch) -> Iterator[Ask]:
    """Everybody it has rung at may still take it."""
    for page in launch.pages.values():
        if page.is_ringing:
            people = (ring.person for ring in launch.rings.values() if ring.page == page.number and not ring.has_passed)
            yield from (Ask(f"page:{page.number}", person, page.role) for person in people)
