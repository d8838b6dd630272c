"""The private message that asks for an answer: a heads-up at first, whole before the answer, true after it, at its end without buttons."""

from collections.abc import Iterator, Sequence
from functools import partial

from bot.views import spoken
from bot.views.address import Address
from bot.views.asked import Question, facts_of, question_of
from bot.views.blocks import button
from bot.views.card import Block, Card, Drawn, Place, Urgency
from bot.views.checkpoints import answers_end, put, state, to_check
from bot.views.countdown import When
from bot.views.lines import Buttons, Heading, Instant, Line, Piece, Quote, Strong, drawn, line, listed
from bot.views.locale import Reader
from bot.views.notice import LATE
from bot.views.people import holder, launch_title, name, reader_of, role_title
from bot.views.rounds import Named, named
from launch.checkpoints import HEADS_UP
from launch.messages import Ask
from launch.plan import CheckpointKind
from launch.state import Answer, Asked, Launch, Outcome, Vote

GO, CONDITION, NO_GO, ROLL_BACK = "checkpoint.go", "checkpoint.condition", "checkpoint.no_go", "checkpoint.roll_back"
DISPUTE, WITHDRAW = "checkpoint.dispute", "objection.withdraw"


def cards(launch: Launch) -> Iterator[Card]:
    known: dict[tuple[str, int], tuple[Named, Outcome | None]] = {}
    for row in launch.asked.values():
        key = (row.checkpoint, row.round)
        if key not in known:
            known[key] = facts_of(launch, *key)
        seen = question_of(launch, row, *known[key])
        subject = f"ask:{row.checkpoint}:{row.round}:{row.role}:{row.person}"
        yield Card(subject, Place(row.person), Urgency.ASK, (seen,), partial(draw, seen))


def draw(seen: Question) -> Drawn:
    reader = reader_of(seen.plan, seen.asked.person)
    return drawn(pieces(seen, reader), reader)


def pieces(seen: Question, reader: Reader) -> Iterator[Piece]:
    yield Heading(seen.named.heading(reader))
    yield from put(seen, reader)
    yield addressed(seen, reader)
    if seen.ahead:
        yield from heads_up(seen, seen.ahead, reader)
        return
    yield from standing(seen, reader)
    yield from own_answer(seen, reader)
    if seen.is_running and seen.is_theirs:
        yield from to_look_at(seen, reader)
    if seen.is_open:
        yield consequence(seen, reader)
    yield from buttons(seen, reader)


def role_of(seen: Question, reader: Reader) -> str:
    return role_title(seen.plan, seen.asked.role, reader)


def addressed(seen: Question, reader: Reader) -> Line:
    """For which role, and in whose place."""
    launch, role = launch_title(seen.plan, reader), Strong(role_of(seen, reader))
    if not seen.asked.is_second:
        return line(reader._("{launch}: you answer for {role}."), launch=launch, role=role)
    sentence = reader._("{launch}: you are asked for {role} in the place of {person}, who did not answer in time.")
    return line(sentence, launch=launch, role=role, person=holder(seen.plan, seen.holder, reader))


# --- before it is asked ------------------------------------------------------------------------------------------------


def heads_up(seen: Question, ahead: When, reader: Reader) -> Iterator[Piece]:
    if seen.is_closed:
        yield line(reader._("The launch was closed before this was asked."))
        return
    if seen.asked.person != seen.holder:
        yield relieved(seen, reader)
        return
    in_ten, some_time = reader._("In ten minutes you will be asked: {time}."), reader._("You will be asked: {time}.")
    is_in_ten = ahead.at is not None and abs(ahead.at - seen.asked.at - HEADS_UP) < LATE
    yield line(in_ten if is_in_ten else some_time, time=ahead.told(reader))
    if seen.before:
        yield line(reader._("Before you: {roles}."), roles=titles(seen, seen.before, reader))
    yield from to_look_at(seen, reader)


def to_look_at(seen: Question, reader: Reader) -> Iterator[Piece]:
    if seen.step:
        sentence = reader._("Before “{step}”: {time}.")
        yield line(sentence, step=spoken.step(seen.plan, seen.point, reader), time=seen.step.told(reader, with_day=True))
    yield from to_check(seen.plan, seen.point, reader)


def titles(seen: Question, roles: Sequence[str], reader: Reader) -> Line:
    return listed([role_title(seen.plan, role, reader) for role in roles], reader)


def relieved(seen: Question, reader: Reader) -> Line:
    sentence = reader._("You are no longer on duty for {role}, now: {person}.")
    return line(sentence, role=role_of(seen, reader), person=holder(seen.plan, seen.holder, reader))


# --- while it is asked, and after --------------------------------------------------------------------------------------


def standing(seen: Question, reader: Reader) -> Iterator[Piece]:
    role = role_of(seen, reader)
    if seen.is_running and not seen.is_theirs:
        if seen.is_in_place and seen.vote:
            yield line(reader._("{person} has answered for {role}."), person=name(seen.plan, seen.vote.person), role=role)
        else:
            yield relieved(seen, reader)
    elif seen.is_running and not seen.is_their_turn:
        yield line(reader._("Asked now: {roles}. It is your turn after them."), roles=titles(seen, turn_of(seen), reader))
    else:
        yield from state(seen, role_title(seen.plan, seen.plan.commander, reader), reader)


def turn_of(seen: Question) -> tuple[str, ...]:
    """The roles of the tier that was asked last."""
    tiers = seen.point.tiers[seen.poll.tier : seen.poll.tier + 1] if seen.poll else ()
    return tuple(role for tier in tiers for role in tier)


def own_answer(seen: Question, reader: Reader) -> Iterator[Piece]:
    vote, role = seen.vote, role_of(seen, reader)
    if vote is None:
        if seen.poll and seen.poll.outcome:
            no, unknown = (
                reader._("There was no answer for {role}: that counted as NO-GO."),
                reader._("There was no answer for {role}: that counted as not known."),
            )
            yield line(no if seen.kind is CheckpointKind.GATE else unknown, role=role)
        return
    given = spoken.answer(vote.answer, seen.kind, reader)
    if not seen.is_answered_here:
        if seen.is_running and seen.is_theirs:
            yield line(reader._("{person} has answered in your place: {answer}."), person=name(seen.plan, vote.person), answer=given)
        return
    yield own(seen, vote, given, reader)
    if vote.reason:
        yield Quote(vote.reason)


def own(seen: Question, vote: Vote, given: Strong, reader: Reader) -> Line:
    if vote.is_disputed:
        return line(reader._("Not what you said, as you told: {answer}. Whoever decides knows."), answer=given)
    if vote.recorded_by:
        sentence = reader._("Written down by {person} as said by you: {answer}.")
        return line(sentence, person=name(seen.plan, vote.recorded_by), answer=given)
    plain, open_still = reader._("Your answer: {answer}."), reader._("Your answer: {answer}. You may change it until the count.")
    return line(open_still if seen.is_open else plain, answer=given)


def consequence(seen: Question, reader: Reader) -> Line:
    """What the answer does, so that its weight is known before it is given."""
    role, is_blocking = role_of(seen, reader), seen.plan.roles[seen.asked.role].blocking
    match seen.kind, is_blocking:
        case CheckpointKind.GATE, True:
            sentence = reader._("A NO-GO from {role} stops the launch, and so does silence. It needs a reason, as a condition does.")
        case CheckpointKind.PERIODIC, True:
            sentence = reader._("Hold or roll back from {role} goes to whoever decides, and so does silence. Both need a reason.")
        case CheckpointKind.AD_HOC, True:
            sentence = reader._("A NO-GO from {role} goes to whoever decides, and so does silence. It needs a reason.")
        case _:
            sentence = reader._("{role} is advisory: what you say is heard and shown, and stops nothing. A no needs a reason.")
    return line(sentence, role=role)


# --- what can be pressed -----------------------------------------------------------------------------------------------


def buttons(seen: Question, reader: Reader) -> Iterator[Piece]:
    """To answer; to say that it was not said; to say that what was objected to is over."""
    vote, address = seen.vote, address_of(seen.launch, seen.asked)
    rows = list(answers(seen.kind, address, reader)) if seen.is_open else []
    if vote and vote.recorded_by and seen.is_answered_here and not vote.is_disputed and seen.poll and not seen.is_closed:
        rows.append(button(reader._("Not what I said"), DISPUTE, address))
    if vote and seen.objection and not seen.is_closed and seen.asked.person in (vote.person, seen.holder):
        yield from objecting(seen, vote, reader)
        label = reader._("It is met") if vote.answer is Answer.CONDITION else reader._("Withdraw")
        rows.append(button(label, WITHDRAW, address, style="primary"))
    if rows:
        yield Buttons(tuple(rows))


def objecting(seen: Question, vote: Vote, reader: Reader) -> Iterator[Piece]:
    condition = reader._("The launch goes on. The condition of {time} is kept in sight until you say that it is met.")
    no = reader._("The launch goes on. The no of {time} is kept in sight until you withdraw it.")
    yield line(condition if vote.answer is Answer.CONDITION else no, time=Instant(vote.at))


def address_of(launch: str, asked: Asked) -> str:
    return str(Address(launch, (asked.checkpoint, str(asked.round), asked.role)))


def answers(kind: CheckpointKind, address: str, reader: Reader) -> Iterator[Block]:
    """What can be said depends on what the question is for."""
    if kind is CheckpointKind.PERIODIC:
        yield button(reader._("Continue"), GO, address, style="primary")
        yield button(reader._("Hold…"), NO_GO, address, style="danger")
        yield button(reader._("Roll back…"), ROLL_BACK, address, style="danger")
        return
    yield button("GO", GO, address, style="primary")
    if kind is CheckpointKind.GATE:
        yield button(reader._("GO with a condition…"), CONDITION, address)
    yield button("NO-GO…", NO_GO, address, style="danger")


def wanted(launch: Launch, ask: Ask, reader: Reader) -> Iterator[Piece]:
    """The same question on somebody's Home."""
    checkpoint = ask.subject.removeprefix("checkpoint:").removesuffix(f":{ask.role}")
    poll, point = launch.polls[checkpoint], launch.checkpoints[checkpoint]
    sentence = reader._("{checkpoint}: your answer for {role}, by {time}.")
    called, role = Strong(named(launch, poll, poll.round).called(reader)), Strong(role_title(launch.plan, ask.role, reader))
    yield line(sentence, checkpoint=called, role=role, time=Instant(answers_end(launch.plan, poll, point.answer), with_day=True))
    address = str(Address(launch.id, (checkpoint, str(poll.round), ask.role)))
    yield Buttons(tuple(answers(point.kind, address, reader)))
