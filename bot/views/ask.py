"""The private message that asks somebody for an answer: whole before the answer, true after it, without buttons at its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from bot.views.address import Address
from bot.views.blocks import button
from bot.views.card import Card, Drawn, Place, Urgency
from bot.views.checkpoints import ANSWERS, answers_end, heading, question, state
from bot.views.countdown import When
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Quote, Strong, drawn, line
from bot.views.locale import Reader
from bot.views.people import holder, launch_title, reader_of, role_title
from bot.views.rounds import step_time
from launch.messages import Ask
from launch.plan import Plan
from launch.state import Asked, Launch, Poll, Status, Vote

GO, NO_GO = "checkpoint.go", "checkpoint.no_go"


@dataclass(frozen=True, slots=True)
class Question:
    """One question to one person for one role. `poll` is None once it was asked again; `holder` is on duty for the role now."""

    plan: Plan
    launch: str
    asked: Asked
    poll: Poll | None
    vote: Vote | None
    holder: str | None
    step: When | None
    is_closed: bool

    @property
    def is_answered_here(self) -> bool:
        return self.vote is not None and self.vote.person == self.asked.person

    @property
    def is_open(self) -> bool:
        """Whether an answer of this person still counts."""
        return bool(self.poll and self.poll.is_asking and self.holder == self.asked.person and not self.is_closed)


def cards(launch: Launch) -> Iterator[Card]:
    for row in launch.asked.values():
        subject = f"ask:{row.checkpoint}:{row.round}:{row.role}:{row.person}"
        seen = question_of(launch, row)
        yield Card(subject, Place(row.person), Urgency.ASK, (seen,), partial(draw, seen))


def question_of(launch: Launch, row: Asked) -> Question:
    poll = launch.polls[row.checkpoint]
    return Question(
        launch.plan,
        launch.id,
        row,
        poll if poll.round == row.round else None,
        launch.votes.get((row.checkpoint, row.round, row.role)),
        launch.duty[row.role].person,
        step_time(launch, row.checkpoint) if poll.is_asking else None,
        launch.status is Status.CLOSED,
    )


def draw(seen: Question) -> Drawn:
    reader = reader_of(seen.plan, seen.asked.person)
    return drawn(pieces(seen, reader), reader)


def pieces(seen: Question, reader: Reader) -> Iterator[Piece]:
    asked, role = seen.asked, role_title(seen.plan, seen.asked.role, reader)
    yield Heading(heading(asked.checkpoint, asked.round, reader))
    yield line(reader._("{launch}: you answer for {role}."), launch=launch_title(seen.plan, reader), role=Strong(role))
    yield from standing(seen, role, reader)
    yield from own_answer(seen, role, reader)
    if seen.is_open:
        yield from question(seen.plan, asked.checkpoint, seen.step, reader)
        yield consequence(seen, role, reader)
        yield answers(seen.launch, asked.checkpoint, asked.round, asked.role)


def answers(launch: str, checkpoint: str, number: int, role: str) -> Buttons:
    address = str(Address(launch, (checkpoint, str(number), role)))
    return Buttons((button("GO", GO, address, style="primary"), button("NO-GO…", NO_GO, address, style="danger")))


def wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    """The same question on somebody's Home."""
    checkpoint = ask.subject.removeprefix("checkpoint:").removesuffix(f":{ask.role}")
    poll, role = launch.polls[checkpoint], Strong(role_title(launch.plan, ask.role, reader))
    sentence, time = reader._("{checkpoint}: your answer for {role}, by {time}."), Instant(answers_end(launch.plan, poll), with_day=True)
    yield line(sentence, checkpoint=Strong(checkpoint), role=role, time=time)
    yield answers(launch.id, checkpoint, poll.round, ask.role)


def standing(seen: Question, role: str, reader: Reader) -> Iterator[Piece]:
    if seen.poll and seen.poll.is_asking and not seen.is_closed and not seen.is_open:
        sentence = reader._("You are no longer on duty for {role}, now: {person}.")
        yield line(sentence, role=role, person=holder(seen.plan, seen.holder, reader))
        return
    decider = role_title(seen.plan, seen.plan.commander, reader)
    yield from state(seen.plan, seen.poll, decider, reader, is_closed=seen.is_closed)


def own_answer(seen: Question, role: str, reader: Reader) -> Iterator[Piece]:
    if seen.vote is not None and seen.is_answered_here:
        given, open_still = reader._("Your answer: {answer}."), reader._("Your answer: {answer}. You may change it until the count.")
        yield line(open_still if seen.is_open else given, answer=Strong(ANSWERS[seen.vote.answer]))
        if seen.vote.reason:
            yield Quote(seen.vote.reason)
    elif seen.vote is None and seen.poll and seen.poll.outcome:
        yield line(reader._("There was no answer for {role}: that counted as NO-GO."), role=role)


def consequence(seen: Question, role: str, reader: Reader) -> Line:
    """What the answer does, so that its weight is known before it is given."""
    if seen.plan.roles[seen.asked.role].blocking:
        return line(reader._("A NO-GO from {role} stops the launch, and so does silence. It needs a reason."), role=role)
    return line(reader._("{role} is advisory: a NO-GO is heard and shown, and stops nothing. It needs a reason."), role=role)
