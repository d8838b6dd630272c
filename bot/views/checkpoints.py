"""A checkpoint as the room sees it: what is asked, who has answered, what came of it. A NO-GO is shown at once, a GO at the count."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from bot.views import evidence, spoken
from bot.views.card import ROOM, Card, Drawn, Urgency
from bot.views.lines import Bullets, Heading, Instant, Line, Piece, Quote, Strong, drawn, line, listed
from bot.views.locale import Reader
from bot.views.people import holder, name, role_title, room_reader
from bot.views.rounds import Round, Seat, rounds
from launch.plan import Checkpoint, CheckpointKind, Plan
from launch.state import Answer, Launch, Outcome, Phase, Poll, Question, Vote

MOST_REASONS = 5
MARKS = {Answer.NO_GO: "🔴", Answer.ROLL_BACK: "🔴", Answer.CONDITION: "🟠"}


class Standing(Protocol):
    """What both a round and the question to one person know of where it stands."""

    @property
    def plan(self) -> Plan: ...

    @property
    def point(self) -> Checkpoint: ...

    @property
    def question(self) -> Question | None: ...

    @property
    def poll(self) -> Poll | None: ...

    @property
    def outcome(self) -> Outcome | None: ...

    @property
    def is_closed(self) -> bool: ...


def cards(launch: Launch) -> Iterator[Card]:
    for seen in rounds(launch):
        yield Card(f"checkpoint:{seen.checkpoint}:{seen.number}", ROOM, Urgency.ROOM, (seen,), partial(draw, seen))


def draw(seen: Round) -> Drawn:
    reader = room_reader(seen.plan)
    return drawn([Heading(seen.named.heading(reader)), *body(seen, reader)], reader)


def body(seen: Round, reader: Reader) -> Iterator[Piece]:
    """State first, then who said what, then what was asked."""
    yield from put(seen, reader)
    yield from standing(seen, reader)
    yield from answers_so_far(seen, reader) if seen.is_asking else all_answers(seen, reader)
    if seen.poll and not seen.poll.may_proceed:
        yield from question(seen, reader)


def put(seen: Standing, reader: Reader) -> Iterator[Piece]:
    """A question of somebody's own, in their words."""
    if seen.question:
        yield line(reader._("{person} asks:"), person=name(seen.plan, seen.question.person))
        yield Quote(seen.question.words)


def standing(seen: Round, reader: Reader) -> Iterator[Piece]:
    """Where it stands, and whom it waits for."""
    yield from state(seen, holder(seen.plan, seen.decider, reader), reader)
    if seen.is_paged and seen.is_awaited:
        yield line(reader._("🔴 Nobody has decided yet: the deputies are being paged, and may decide."))
    if seen.due_at:
        yield line(reader._("Late: it was to be asked {time}."), time=Instant(seen.due_at, with_day=True))


def state(seen: Standing, decider: str, reader: Reader) -> Iterator[Piece]:
    """The same for the room, for whoever was asked and for whoever decides."""
    poll = seen.poll
    if poll is None:
        yield over(seen, reader)
    elif poll.decision:
        sentence = reader._("Outcome: {outcome}. {person} decided: {decision}.")
        made = Strong(spoken.decision(poll.decision, seen.point.kind, reader))
        yield line(sentence, outcome=outcome(seen, reader), person=name(seen.plan, poll.decided_by), decision=made)
        if poll.reason:
            yield Quote(poll.reason)
    elif poll.phase is Phase.DECIDED:
        yield line(reader._("Outcome: {outcome}. There is nothing to decide, the launch goes on."), outcome=outcome(seen, reader))
    elif seen.is_closed:
        yield line(reader._("The launch was closed before this was decided."))
    elif poll.phase is Phase.COUNTED:
        yield line(reader._("Outcome: {outcome}. Decision awaited from: {person}."), outcome=outcome(seen, reader), person=decider)
    else:
        yield line(until(seen, reader), time=Instant(answers_end(seen.plan, poll, seen.point.answer)))


def over(seen: Standing, reader: Reader) -> Line:
    """An earlier round: its time is over, or its answers were asked for again."""
    if seen.outcome is None:
        return line(reader._("Asked again since: these answers no longer count."))
    return line(reader._("Outcome: {outcome}. Its time is over, it was asked again since."), outcome=outcome(seen, reader))


def until(seen: Standing, reader: Reader) -> str:
    if seen.poll is None or seen.poll.phase is not Phase.GRACE:
        return reader._("Answer by {time}.")
    if seen.point.kind is CheckpointKind.GATE:
        return reader._("The time to answer is over. Silence until {time} counts as NO-GO.")
    return reader._("The time to answer is over. Silence until {time} counts as not known.")


def answers_end(plan: Plan, poll: Poll, answer: timedelta) -> datetime:
    """Until when an answer is waited for in this phase; `answer` is how long a tier has."""
    return poll.phase_at + (plan.limits.grace if poll.phase is Phase.GRACE else answer)


def outcome(seen: Standing, reader: Reader) -> Strong:
    return spoken.outcome(seen.outcome or Outcome.UNKNOWN, seen.point.kind, reader)


# --- who said what -----------------------------------------------------------------------------------------------------


def answers_so_far(seen: Round, reader: Reader) -> Iterator[Piece]:
    """Who has answered, not what: nobody follows the crowd. A no is said aloud."""
    yield from with_reasons(seen, reader, Answer.ROLL_BACK, Answer.NO_GO)
    if seen.votes:
        names = listed([f"✓ {seat(seen.plan, vote.role, vote.person, reader)}" for vote in seen.votes], reader)
        total = len(seen.votes) + len(seen.silent) + len(seen.later)
        yield line(reader._("{count} of {total} have answered: {names}"), names=names, count=len(seen.votes), total=total)
    yield from awaited(seen, reader)


def awaited(seen: Round, reader: Reader) -> Iterator[Line]:
    """Who is to answer now, and who after them."""
    asked, later = seats(seen.plan, seen.silent, reader), seats(seen.plan, seen.later, reader, 6)
    if seen.silent and seen.later:
        yield line(reader._("Asked now: {names}; then: {later}"), names=asked, later=later)
    elif seen.silent:
        yield line(reader._("Still to answer: {names}"), names=asked)


def all_answers(seen: Round, reader: Reader) -> Iterator[Piece]:
    yield from with_reasons(seen, reader, Answer.ROLL_BACK, Answer.NO_GO, Answer.CONDITION)
    agreed = [vote for vote in seen.votes if vote.answer is Answer.GO]
    if written := [(vote.role, vote.person) for vote in agreed if not vote.recorded_by]:
        yield said(Answer.GO, seen, seats(seen.plan, written, reader), reader)
    yield from (said(Answer.GO, seen, spoken_by(seen, vote, reader), reader) for vote in agreed if vote.recorded_by)
    if seen.silent:
        no, unknown = reader._("No answer, which counts as NO-GO: {names}"), reader._("No answer, so not known from: {names}")
        yield line(no if seen.kind is CheckpointKind.GATE else unknown, names=seats(seen.plan, seen.silent, reader))


def with_reasons(seen: Round, reader: Reader, *answers: Answer) -> Iterator[Piece]:
    """Those who said one of these, with their reasons and what became of them; of a crowd the first few."""
    left = MOST_REASONS
    for given in answers:
        votes = [vote for vote in seen.votes if vote.answer is given]
        for vote in votes[:left]:
            yield said(given, seen, spoken_by(seen, vote, reader), reader)
            if vote.reason:
                yield Quote(vote.reason, most=200)
            yield from became(seen, vote, reader)
        if more := votes[left:]:
            yield said(given, seen, seats(seen.plan, [(vote.role, vote.person) for vote in more], reader), reader)
        left = max(left - len(votes), 0)


def said(given: Answer, seen: Round, who: str | Line, reader: Reader) -> Line:
    plain = line(reader._("{answer}: {who}"), answer=spoken.answer(given, seen.kind, reader), who=who)
    mark = MARKS.get(given)
    return line("{mark} {said}", mark=mark, said=plain) if mark else plain


def became(seen: Round, vote: Vote, reader: Reader) -> Iterator[Line]:
    """What became of a condition, or of a no that was overruled."""
    row = next((row for row in seen.objections if row.role == vote.role), None)
    if row and row.withdrawn_by:
        met, gone = reader._("Met, says {person}."), reader._("Withdrawn: {person}.")
        yield line(met if vote.answer is Answer.CONDITION else gone, person=name(seen.plan, row.withdrawn_by))
    elif row and row.let_stand_by:
        yield line(reader._("{person} lets it stand."), person=name(seen.plan, row.let_stand_by))


def question(seen: Round, reader: Reader) -> Iterator[Piece]:
    """What it stands before, and what is to be looked at before answering."""
    if seen.step:
        sentence = reader._("Before “{step}”: {time}.")
        yield line(sentence, step=spoken.step(seen.plan, seen.point, reader), time=seen.step.told(reader, with_day=True))
    yield from to_check(seen.plan, seen.point, reader)


def to_check(plan: Plan, point: Checkpoint, reader: Reader) -> Iterator[Piece]:
    if point.on:
        yield line(reader._("What to check:"))
        yield Bullets(evidence.rows(plan, point, reader))


# --- who ---------------------------------------------------------------------------------------------------------------


def seat(plan: Plan, role: str, person: str | None, reader: Reader) -> str:
    """A role and who speaks for it."""
    return f"{role_title(plan, role, reader)} ({holder(plan, person, reader)})"


def seats(plan: Plan, them: Sequence[Seat], reader: Reader, most: int = 12) -> Line:
    return listed([seat(plan, role, person, reader) for role, person in them], reader, most)


def spoken_by(seen: Round, vote: Vote, reader: Reader) -> str:
    """The same, with whether their no stops the launch, and who wrote it down if it was spoken."""
    remarks = [seat(seen.plan, vote.role, vote.person, reader)]
    if vote.answer is not Answer.GO and not seen.plan.roles[vote.role].blocking:
        remarks.append(reader._("advisory"))
    if vote.recorded_by:
        remarks.append(reader._("spoken, written down by {person}").format(person=name(seen.plan, vote.recorded_by)))
    if vote.is_disputed:
        remarks.append(reader._("{person} says: not what I said").format(person=name(seen.plan, vote.person)))
    return ", ".join(remarks)
