"""A condition, or a no that was overruled, that has been there for as long as it may: a question to whoever commands."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from bot.views import decision
from bot.views.address import Address
from bot.views.blocks import button, confirm
from bot.views.card import Block, Card, Drawn, Place, Urgency
from bot.views.checkpoints import spoken_by
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Quote, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title, name, reader_of
from bot.views.rounds import Round, newest, round_of
from launch.authority import commanding
from launch.decisions import is_standing
from launch.messages import Ask
from launch.state import Answer, Launch, Objection, Vote

LET_STAND = "objection.let_stand"


@dataclass(frozen=True, slots=True)
class Objecting:
    """One objection in the hands of one person; it `stands` while the launch goes on in spite of it. `is_decidable` by a new decision."""

    launch: str
    round: Round
    row: Objection
    vote: Vote
    person: str
    stands: bool
    is_theirs: bool
    is_decidable: bool

    @property
    def is_open(self) -> bool:
        return self.stands and self.is_theirs and not self.round.is_closed


def cards(launch: Launch) -> Iterator[Card]:
    """From when it is asked about; whoever commands by then has it, and who commanded before keeps what they were shown."""
    for row in launch.objections.values():
        for person in asked_about(launch, row):
            seen = objecting(launch, row, person)
            subject = f"objection:{row.checkpoint}:{row.round}:{row.role}"
            yield Card(subject, Place(person), Urgency.ASK, (seen,), partial(draw, seen))


def asked_about(launch: Launch, row: Objection) -> Iterator[str]:
    """Whoever commands now, and those who have handed the command over since it was asked."""
    if not row.is_overdue:
        return
    since, role, first = row.at + launch.plan.limits.condition, launch.plan.commander, commanding(launch)[0]
    handed = [each for each in launch.handovers.values() if each.role == role and each.accepted_at and each.accepted_at >= since]
    yield from dict.fromkeys((first, *(each.outgoing for each in handed)))


def objecting(launch: Launch, row: Objection, person: str) -> Objecting:
    seen, poll = round_of(launch, launch.polls[row.checkpoint], row.round), launch.polls[row.checkpoint]
    dilemma = decision.dilemma_of(launch, newest(launch, row.checkpoint), person)
    is_decidable = poll.round == row.round and not dilemma.has_begun
    stands, first = is_standing(launch, row), commanding(launch)[0]
    return Objecting(launch.id, seen, row, launch.votes[row.key], person, stands, person == first, is_decidable)


def draw(seen: Objecting) -> Drawn:
    reader = reader_of(seen.round.plan, seen.person)
    return drawn([Heading(seen.round.named.heading(reader)), *pieces(seen, reader)], reader)


def pieces(seen: Objecting, reader: Reader) -> Iterator[Piece]:
    yield Line((launch_title(seen.round.plan, reader),))
    yield said(seen, reader)
    if seen.vote.reason:
        yield Quote(seen.vote.reason)
    if not seen.is_open:
        yield ending(seen, reader)
        return
    yield line(reader._("The launch goes on with it for longer than agreed. What is to become of it?"))
    yield Buttons(tuple(buttons(seen, reader)))


def said(seen: Objecting, reader: Reader) -> Line:
    """Whose, since when."""
    condition = reader._("Condition of {time}, from {who}:")
    no = reader._("No of {time}, from {who}, decided against:")
    sentence = condition if seen.vote.answer is Answer.CONDITION else no
    return line(sentence, time=Instant(seen.vote.at, with_day=True), who=Strong(spoken_by(seen.round, seen.vote, reader)))


def ending(seen: Objecting, reader: Reader) -> Line:
    """What became of it, or who decides now."""
    plan = seen.round.plan
    if seen.row.withdrawn_by:
        met, gone = reader._("Met, says {person}."), reader._("Withdrawn: {person}.")
        return line(met if seen.vote.answer is Answer.CONDITION else gone, person=name(plan, seen.row.withdrawn_by))
    if seen.row.let_stand_by:
        return line(reader._("{person} lets it stand."), person=name(plan, seen.row.let_stand_by))
    if seen.round.is_closed:
        return line(reader._("The launch was closed with it."))
    if not seen.stands:
        return line(reader._("Decided otherwise or asked again since: it matters no more."))
    return line(reader._("{person} is asked about it now."), person=name(plan, seen.round.decider))


def buttons(seen: Objecting, reader: Reader) -> Iterator[Block]:
    """Let it stand; or, until the guarded step has begun, what the decision itself offers."""
    checkpoint, number = seen.round.checkpoint, str(seen.round.number)
    title, text = reader._("Let it stand?"), reader._("The launch goes on with it, and nobody is asked about it again.")
    yes, no = reader._("Let it stand"), reader._("Cancel")
    yield button(yes, LET_STAND, str(Address(seen.launch, (checkpoint, number, seen.row.role))), confirm=confirm(title, text, yes, no))
    if seen.is_decidable:
        address = decision.address_of(seen.launch, seen.round)
        yield button(reader._("Hold…"), decision.HOLD, address, style="danger")
        yield decision.again_button(address, reader)


def wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    """The same on somebody's Home."""
    _, rest = ask.subject.split(":", 1)
    row = next(row for row in launch.objections.values() if f"{row.checkpoint}:{row.round}:{row.role}" == rest)
    seen = objecting(launch, row, ask.person)
    still = reader._("{checkpoint}: the condition of {time} from {who} still stands.")
    no = reader._("{checkpoint}: the no of {time} from {who} still stands.")
    facts = {"checkpoint": Strong(seen.round.named.called(reader)), "who": Strong(spoken_by(seen.round, seen.vote, reader))}
    yield line(still if seen.vote.answer is Answer.CONDITION else no, time=Instant(seen.vote.at), **facts)
    if seen.vote.reason:
        yield Quote(seen.vote.reason, most=200)
    yield Buttons(tuple(buttons(seen, reader)))
