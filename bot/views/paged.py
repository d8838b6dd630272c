"""What is said once of a page: when nobody answers, when somebody has it, when it is over."""

from collections.abc import Iterator, Sequence

from bot.views.brief import brief_for
from bot.views.card import Notice, Urgency
from bot.views.lines import Channel, Line, Part, Piece, Quote, Strong, line, listed
from bot.views.locale import Reader
from bot.views.notice import in_room, is_reachable, reachable_commander, to_person
from bot.views.paging import rings_of
from bot.views.people import launch_title, name, reader_of, role_title, room_reader
from bot.views.ring import call_of, called
from bot.views.rounds import newest
from launch.authority import commanding
from launch.handover import entry
from launch.messages import Fact, PageRang, PageResolved, PageTaken, PageUndelivered, PageUnheard
from launch.state import Launch, Page, PageKind, Ring

SECOND_SILENCE = 3
"""The commander is told when it rings at so many people, or at the end of the round where there are not as many."""


def page_rang(fact: Fact, event: PageRang, launch: Launch) -> Iterator[Notice]:
    """An edit rings nobody: whoever was rung before is written to anew. At the second silence whoever commands hears of it."""
    page, rings = launch.pages[event.page], rings_of(launch, launch.pages[event.page])
    if launch.rings[event.page, event.person].at < fact.at:
        yield from rang_again(fact, launch, page, event.person)
    elif event.round == 1 and len(rings) == SECOND_SILENCE and page.kind is not PageKind.DECISION:
        before = [ring for ring in rings if ring.person != event.person]
        for person in [each for each in reachable_commander(launch) if each != event.person]:
            yield to_person(fact, launch, person, *second_silence(launch, page, before, reader_of(launch.plan, person)))


def rang_again(fact: Fact, launch: Launch, page: Page, person: str) -> Iterator[Notice]:
    if is_reachable(launch, person):
        reader = reader_of(launch.plan, person)
        words = called(call_of(launch, page), person, reader)
        again = words if page.kind is PageKind.DECISION else line(reader._("Still nobody: {words}"), words=words)
        answer = Line((reader._("The buttons are in the first message about it, and in the Home of this app."),))
        yield to_person(fact, launch, person, again, answer, urgency=Urgency.PAGE)


def second_silence(launch: Launch, page: Page, before: Sequence[Ring], reader: Reader) -> Iterator[Piece]:
    sentence = reader._("{launch}: nobody has the page for {role} yet. {names} did not take it. Ringing {person} now.")
    names = listed([name(launch.plan, ring.person) for ring in before], reader)
    yield line(sentence, names=names, person=name(launch.plan, page.ringing), **about(launch, page, reader))
    yield from [Quote(page.reason)] if page.reason else []


def about(launch: Launch, page: Page, reader: Reader) -> dict[str, Part]:
    """What every sentence names."""
    point = newest(launch, page.checkpoint).named.called(reader) if page.checkpoint else ""
    role = Strong(role_title(launch.plan, page.role, reader))
    return {"launch": launch_title(launch.plan, reader), "role": role, "checkpoint": Strong(point)}


def page_unheard(fact: Fact, event: PageUnheard, launch: Launch) -> Iterator[Notice]:
    """After the first round the room and whoever commands; then it goes on ringing without a word to others."""
    page = launch.pages[event.page]
    if event.round > 1:
        return
    if launch.channel:
        yield in_room(fact, launch, *alarm(launch, page, room_reader(launch.plan)))
    for person in reachable_commander(launch):
        yield to_person(fact, launch, person, *alarm(launch, page, reader_of(launch.plan, person)))


def alarm(launch: Launch, page: Page, reader: Reader) -> Iterator[Piece]:
    tried = rings_of(launch, page)
    names = listed([name(launch.plan, ring.person) for ring in tried] or [name(launch.plan, person) for person in page.chain], reader)
    rang = reader._("🔴 {launch}: nobody answers for {role}. It has rung {names}, and goes on.")
    unreached = reader._("🔴 {launch}: {role} is wanted, and Slack reaches none of {names}. Please reach somebody by phone.")
    undecided = reader._("🔴 {launch}: nobody decides on {checkpoint}. It has rung {names}, and goes on.")
    sentence = undecided if tried and page.checkpoint else rang if tried else unreached
    yield line(sentence, names=names, **about(launch, page, reader))
    yield from [Quote(page.reason)] if page.reason else []


def page_taken(fact: Fact, event: PageTaken, launch: Launch) -> Iterator[Notice]:
    """Whoever has it is told what to know, unless the handover did; whoever asked, that it is heard; the room only after its alarm."""
    page, plan = launch.pages[event.page], launch.plan
    row = entry(launch, page.role, page.shift)
    if is_reachable(launch, event.person) and not (row and event.person in row.told):
        yield to_person(fact, launch, event.person, *welcome(launch, page, reader_of(plan, event.person)))
    asked_by = [page.by] if page.by else reachable_commander(launch) if page.kind is PageKind.DECISION else []
    for person in [each for each in asked_by if each != event.person and is_reachable(launch, each)]:
        yield to_person(fact, launch, person, has_it(launch, page, reader_of(plan, person)))
    if page.round > 1 and launch.channel:
        yield in_room(fact, launch, has_it(launch, page, room_reader(plan)))


def welcome(launch: Launch, page: Page, reader: Reader) -> Iterator[Piece]:
    """Where to come, and a brief for whoever comes in: not for whoever commands and only sees to a late handover."""
    decide = reader._("You see to the decision on {checkpoint}.")
    plain = reader._("You have the page for {role}.")
    yield line(decide if page.checkpoint else plain, **about(launch, page, reader))
    if launch.channel:
        yield line(reader._("The room: {channel}"), channel=Channel(launch.channel))
    person = page.holder or ""
    if page.kind is not PageKind.HANDOVER or call_of(launch, page).is_incoming(person):
        yield from brief_for(launch, person, reader)


def has_it(launch: Launch, page: Page, reader: Reader) -> Line:
    plain = reader._("{launch}: {person} has the page for {role}.")
    decides = reader._("{launch}: {person} sees to the decision on {checkpoint}.")
    return line(decides if page.checkpoint else plain, person=name(launch.plan, page.holder), **about(launch, page, reader))


def page_resolved(fact: Fact, event: PageResolved, launch: Launch) -> Iterator[Notice]:
    """To whoever had it and whoever asked, unless they said so themselves. A decision is told by itself."""
    page = launch.pages[event.page]
    if page.kind is PageKind.DECISION:
        return
    for person in dict.fromkeys(each for each in (page.holder, page.by) if each not in (None, event.person)):
        if person and is_reachable(launch, person):
            reader = reader_of(launch.plan, person)
            sentence = reader._("{launch}: the page for {role} is resolved, says {person}.")
            yield to_person(fact, launch, person, line(sentence, person=name(launch.plan, event.person), **about(launch, page, reader)))


def page_undelivered(fact: Fact, event: PageUndelivered, launch: Launch) -> Iterator[Notice]:
    for person in [each for each in commanding(launch) if each != event.person and is_reachable(launch, each)][:1]:
        reader, page = reader_of(launch.plan, person), launch.pages[event.page]
        sentence = reader._("{launch}: Slack could not deliver the page for {role} to {person} ({error}). It goes to the next one now.")
        facts = {"person": name(launch.plan, event.person), "error": event.error} | about(launch, page, reader)
        yield to_person(fact, launch, person, line(sentence, **facts))
