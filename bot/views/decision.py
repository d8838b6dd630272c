"""The private message in which the commander decides on an outcome. Every button names its consequence first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from bot.views.address import Address
from bot.views.blocks import button, confirm
from bot.views.card import Block, Card, Drawn, Place, Urgency
from bot.views.checkpoints import body, heading, outcome
from bot.views.countdown import step_of
from bot.views.lines import Buttons, Heading, Line, Piece, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title, reader_of, role_title
from bot.views.rounds import Round, round_of, rounds
from launch import countdown
from launch.authority import commanding
from launch.messages import Ask
from launch.state import Answer, Decision, Launch

PROCEED, HOLD, ASK_AGAIN = "decision.proceed", "decision.hold", "decision.ask_again"


@dataclass(frozen=True, slots=True)
class Dilemma:
    """An outcome in the hands of one person. `is_theirs` while they may decide; `has_begun` once the guarded step has."""

    launch: str
    round: Round
    person: str
    is_theirs: bool
    has_begun: bool
    is_held: bool

    @property
    def is_open(self) -> bool:
        return bool(self.round.poll and self.is_theirs and not self.has_begun and not self.round.is_closed)


def cards(launch: Launch) -> Iterator[Card]:
    for seen in rounds(launch):
        for person in (row.person for row in launch.deciders.values() if (row.checkpoint, row.round) == (seen.checkpoint, seen.number)):
            dilemma = dilemma_of(launch, seen, person)
            yield Card(f"decision:{seen.checkpoint}:{seen.number}", Place(person), Urgency.ASK, (dilemma,), partial(draw, dilemma))


def dilemma_of(launch: Launch, seen: Round, person: str) -> Dilemma:
    moment = countdown.guarded(launch, launch.plan.checkpoints[seen.checkpoint])
    has_begun = bool(seen.poll and seen.poll.may_proceed and moment and countdown.has_come(launch, moment, launch.last_at))
    is_held = bool(launch.hold and launch.hold.checkpoint == seen.checkpoint)
    return Dilemma(launch.id, seen, person, person in commanding(launch), has_begun, is_held)


def draw(seen: Dilemma) -> Drawn:
    reader = reader_of(seen.round.plan, seen.person)
    return drawn(pieces(seen, reader), reader)


def pieces(seen: Dilemma, reader: Reader) -> Iterator[Piece]:
    plan = seen.round.plan
    yield Heading(heading(seen.round.checkpoint, seen.round.number, reader))
    role = Strong(role_title(plan, plan.commander, reader))
    if seen.is_open:
        yield line(reader._("{launch}: you decide, as {role}."), launch=launch_title(plan, reader), role=role)
    else:
        yield Line((launch_title(plan, reader),))
    yield from body(seen.round, reader)
    if seen.is_open:
        yield consequence(seen, reader)
        yield Buttons(tuple(buttons(seen, reader)))


def wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    """The same decision on somebody's Home."""
    poll = launch.polls[ask.subject.removeprefix("decision:")]
    seen = dilemma_of(launch, round_of(launch, poll, poll.round), ask.person)
    sentence = reader._("{checkpoint}: the outcome is {outcome}, and you decide.")
    yield line(sentence, checkpoint=Strong(poll.checkpoint), outcome=outcome(poll))
    yield Buttons(tuple(buttons(seen, reader)))


def consequence(seen: Dilemma, reader: Reader) -> Line:
    if seen.round.step is None:
        return line(reader._("Proceed lets the launch go on, hold stops T. The room is told what you decide."))
    sentence = reader._("“{step}” does not begin until you say so: T stands still there. The room is told what you decide.")
    return line(sentence, step=step_of(seen.round.plan, seen.round.checkpoint, reader))


def buttons(seen: Dilemma, reader: Reader) -> Iterator[Block]:
    """A correction is a new decision: what was decided already is not offered again."""
    poll = seen.round.poll
    address = str(Address(seen.launch, (seen.round.checkpoint, str(seen.round.number))))
    if poll and poll.decision is not Decision.PROCEED:
        is_go = poll.outcome is Answer.GO
        label = reader._("Proceed") if is_go else reader._("Proceed all the same…")
        yield button(label, PROCEED, address, style="primary" if is_go else None, confirm=proceed_confirm(seen, reader) if is_go else None)
    if poll and poll.decision is not Decision.HOLD:
        yield button(reader._("Hold…"), HOLD, address, style="danger")
    title, text = reader._("Ask again?"), reader._("Everybody is asked once more. The answers of this round count no more.")
    yield button(reader._("Ask again"), ASK_AGAIN, address, confirm=confirm(title, text, reader._("Ask again"), reader._("Cancel")))


def proceed_confirm(seen: Dilemma, reader: Reader) -> Block:
    checkpoint, step = seen.round.checkpoint, seen.round.step
    text = reader._("The launch goes on.")
    if step:
        facts = {"step": step_of(seen.round.plan, checkpoint, reader), "time": step.written(reader)}
        sentence = reader._("T runs again and “{step}” begins.") if seen.is_held else reader._("“{step}” begins: {time}.")
        text = sentence.format(**facts)
    return confirm(reader._("Proceed after {checkpoint}?").format(checkpoint=checkpoint), text, reader._("Proceed"), reader._("Cancel"))
