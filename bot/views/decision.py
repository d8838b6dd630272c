"""The private message in which the commander decides on an outcome. Every button names its consequence first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from bot.views import spoken
from bot.views.address import Address
from bot.views.blocks import button, confirm
from bot.views.card import Block, Card, Drawn, Place, Urgency
from bot.views.checkpoints import body, outcome
from bot.views.lines import Buttons, Heading, Line, Piece, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import launch_title, reader_of, role_title
from bot.views.rounds import Round, newest, rounds
from launch import countdown
from launch.authority import commanding
from launch.messages import Ask
from launch.plan import CheckpointKind
from launch.state import Decision, Launch, Outcome, Reached

PROCEED, HOLD, ROLL_BACK, ASK_AGAIN = "decision.proceed", "decision.hold", "decision.roll_back", "decision.ask_again"


@dataclass(frozen=True, slots=True)
class Dilemma:
    """An outcome in the hands of one person. `is_theirs` while they may decide; `has_begun` once the guarded step has.

    `can_roll_back` when there is something to go back from.
    """

    launch: str
    round: Round
    person: str
    is_theirs: bool
    has_begun: bool
    is_held: bool
    can_roll_back: bool

    @property
    def is_open(self) -> bool:
        return bool(self.round.poll and self.is_theirs and not self.has_begun and not self.round.is_closed)


def cards(launch: Launch) -> Iterator[Card]:
    for seen in rounds(launch):
        for person in (row.person for row in launch.deciders.values() if (row.checkpoint, row.round) == (seen.checkpoint, seen.number)):
            dilemma = dilemma_of(launch, seen, person)
            yield Card(f"decision:{seen.checkpoint}:{seen.number}", Place(person), Urgency.ASK, (dilemma,), partial(draw, dilemma))


def dilemma_of(launch: Launch, seen: Round, person: str) -> Dilemma:
    moment = countdown.guarded(launch, seen.point)
    has_begun = bool(seen.poll and seen.poll.may_proceed and moment and countdown.has_come(launch, moment, launch.last_at))
    is_held = bool(launch.hold and launch.hold.checkpoint == seen.checkpoint)
    return Dilemma(launch.id, seen, person, person in commanding(launch), has_begun, is_held, can_roll_back(launch, seen))


def can_roll_back(launch: Launch, seen: Round) -> bool:
    """Where all goes on, and once a step of the cutover has begun that nobody waits to let begin; nobody turns back twice."""
    undecided = [point for point in launch.plan.checkpoints.values() if not may_proceed(launch, point.name)]
    held = {point.before for point in undecided}
    steps = (step for step in launch.plan.cutover.values() if step.id not in held)
    has_begun = any(countdown.has_come(launch, step.at, launch.last_at) for step in steps)
    return Reached.TURNED_BACK not in launch.milestones and (seen.kind is CheckpointKind.PERIODIC or has_begun)


def may_proceed(launch: Launch, checkpoint: str) -> bool:
    poll = launch.polls.get(checkpoint)
    return poll is not None and poll.may_proceed


def draw(seen: Dilemma) -> Drawn:
    reader = reader_of(seen.round.plan, seen.person)
    return drawn(pieces(seen, reader), reader)


def pieces(seen: Dilemma, reader: Reader) -> Iterator[Piece]:
    plan = seen.round.plan
    yield Heading(seen.round.named.heading(reader))
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
    round_ = newest(launch, ask.subject.removeprefix("decision:"))
    sentence = reader._("{checkpoint}: the outcome is {outcome}, and you decide.")
    yield line(sentence, checkpoint=Strong(round_.named.called(reader)), outcome=outcome(round_, reader))
    yield Buttons(tuple(buttons(dilemma_of(launch, round_, ask.person), reader)))


def consequence(seen: Dilemma, reader: Reader) -> Line:
    if seen.round.step:
        sentence = reader._("“{step}” does not begin until you say so: T stands still there. The room is told what you decide.")
        return line(sentence, step=spoken.step(seen.round.plan, seen.round.point, reader))
    if seen.round.kind is CheckpointKind.PERIODIC:
        return line(reader._("Continue lets the launch go on, hold stops T, roll back ends it. The room is told what you decide."))
    return line(reader._("Proceed lets the launch go on, hold stops T. The room is told what you decide."))


def buttons(seen: Dilemma, reader: Reader) -> Iterator[Block]:
    """A correction is a new decision: what was decided already is not offered again."""
    made = seen.round.poll.decision if seen.round.poll else None
    address = address_of(seen.launch, seen.round)
    if made is not Decision.PROCEED:
        yield proceed_button(seen, address, reader)
    if made is not Decision.HOLD:
        yield button(reader._("Hold…"), HOLD, address, style="danger")
    if made is not Decision.ROLL_BACK and seen.can_roll_back:
        yield button(reader._("Roll back…"), ROLL_BACK, address, style="danger")
    yield again_button(address, reader)


def address_of(launch: str, seen: Round) -> str:
    return str(Address(launch, (seen.checkpoint, str(seen.number))))


def proceed_button(seen: Dilemma, address: str, reader: Reader) -> Block:
    """At once with the outcome, and for what is not known; against it a form asks for the reason."""
    is_periodic = seen.round.kind is CheckpointKind.PERIODIC
    if seen.round.outcome in (Outcome.NO_GO, Outcome.ROLL_BACK):
        return button(reader._("Continue all the same…") if is_periodic else reader._("Proceed all the same…"), PROCEED, address)
    label, is_go = reader._("Continue") if is_periodic else reader._("Proceed"), seen.round.outcome is Outcome.GO
    return button(label, PROCEED, address, style="primary" if is_go else None, confirm=proceed_confirm(seen, label, reader))


def proceed_confirm(seen: Dilemma, label: str, reader: Reader) -> Block:
    step, text = seen.round.step, reader._("The launch goes on.")
    if step:
        facts = {"step": spoken.step(seen.round.plan, seen.round.point, reader), "time": step.written(reader)}
        sentence = reader._("T runs again and “{step}” begins.") if seen.is_held else reader._("“{step}” begins: {time}.")
        text = sentence.format(**facts)
    elif seen.round.outcome is Outcome.UNKNOWN:
        text = reader._("The launch goes on, although not everybody has answered.")
    periodic, plain = reader._("Continue after {checkpoint}?"), reader._("Proceed after {checkpoint}?")
    title = periodic if seen.round.kind is CheckpointKind.PERIODIC else plain
    return confirm(title.format(checkpoint=seen.round.named.called(reader)), text, label, reader._("Cancel"))


def again_button(address: str, reader: Reader) -> Block:
    title, text = reader._("Ask again?"), reader._("Everybody is asked once more. The answers of this round count no more.")
    return button(reader._("Ask again"), ASK_AGAIN, address, confirm=confirm(title, text, reader._("Ask again"), reader._("Cancel")))
