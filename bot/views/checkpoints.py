"""A checkpoint as the room sees it: what is asked, who has answered, what came of it. A NO-GO is shown at once, a GO at the count."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from bot.views.card import ROOM, Card, Drawn, Notice, Urgency
from bot.views.countdown import When, step_of
from bot.views.lines import Bullets, Heading, Instant, Line, Piece, Quote, Strong, drawn, line, listed
from bot.views.locale import Reader
from bot.views.notice import in_room, is_reachable, to_person
from bot.views.people import holder, name, reader_of, role_title, room_reader
from bot.views.rounds import Round, rounds
from launch.messages import AnswerTimePassed, CheckpointCounted, CheckpointDecided, Fact, SilentReminded, VoteCast
from launch.plan import Plan
from launch.state import Answer, Decision, Launch, Phase, Poll

MOST_REASONS = 5
ANSWERS = {Answer.GO: "GO", Answer.NO_GO: "NO-GO"}


def cards(launch: Launch) -> Iterator[Card]:
    for seen in rounds(launch):
        yield Card(f"checkpoint:{seen.checkpoint}:{seen.number}", ROOM, Urgency.ROOM, (seen,), partial(draw, seen))


def draw(seen: Round) -> Drawn:
    reader = room_reader(seen.plan)
    return drawn([Heading(heading(seen.checkpoint, seen.number, reader)), *body(seen, reader)], reader)


def heading(checkpoint: str, number: int, reader: Reader) -> str:
    plain = reader._("Go or no-go: {checkpoint}").format(checkpoint=checkpoint)
    return plain if number == 1 else reader._("{heading} (round {number})").format(heading=plain, number=number)


def body(seen: Round, reader: Reader) -> Iterator[Piece]:
    """State first, then who said what, then what was asked."""
    yield from standing(seen, reader)
    yield from answers_so_far(seen, reader) if seen.is_asking else all_answers(seen, reader)
    if seen.poll and not seen.poll.may_proceed:
        yield from question(seen.plan, seen.checkpoint, seen.step, reader)


def standing(seen: Round, reader: Reader) -> Iterator[Piece]:
    """Where it stands, and whom it waits for."""
    yield from state(seen.plan, seen.poll, holder(seen.plan, seen.decider, reader), reader, is_closed=seen.is_closed)
    if seen.due_at:
        yield line(reader._("Asked late: it was due {time}."), time=Instant(seen.due_at, with_day=True))


def state(plan: Plan, poll: Poll | None, decider: str, reader: Reader, *, is_closed: bool) -> Iterator[Piece]:
    """The same for the room, for whoever was asked and for whoever decides."""
    if poll is None:
        yield line(reader._("Asked again since: these answers no longer count."))
    elif poll.decision:
        sentence = reader._("Outcome: {outcome}. {person} decided: {decision}.")
        yield line(sentence, outcome=outcome(poll), person=name(plan, poll.decided_by), decision=Strong(decision(poll.decision, reader)))
        if poll.reason:
            yield Quote(poll.reason)
    elif is_closed:
        yield line(reader._("The launch was closed before this was decided."))
    elif poll.phase is Phase.COUNTED:
        yield line(reader._("Outcome: {outcome}. Decision awaited from: {person}."), outcome=outcome(poll), person=decider)
    else:
        yield line(until(poll, reader), time=Instant(answers_end(plan, poll)))


def until(poll: Poll, reader: Reader) -> str:
    if poll.phase is Phase.GRACE:
        return reader._("The time to answer is over. Silence until {time} counts as NO-GO.")
    return reader._("Answer by {time}.")


def answers_end(plan: Plan, poll: Poll) -> datetime:
    """Until when an answer is waited for in this phase."""
    return poll.phase_at + (plan.limits.grace if poll.phase is Phase.GRACE else plan.checkpoints[poll.checkpoint].answer)


def outcome(poll: Poll) -> Strong:
    return Strong(ANSWERS[poll.outcome or Answer.NO_GO])


def decision(made: Decision, reader: Reader) -> str:
    return reader._("proceed") if made is Decision.PROCEED else reader._("hold")


def answers_so_far(seen: Round, reader: Reader) -> Iterator[Piece]:
    """Who has answered, not what: nobody follows the crowd. A NO-GO is said aloud."""
    yield from refusals(seen, reader)
    if seen.votes:
        names = listed([f"✓ {seat(seen.plan, vote.role, vote.person, reader)}" for vote in seen.votes], reader)
        total = len(seen.votes) + len(seen.silent)
        yield line(reader._("{count} of {total} have answered: {names}"), names=names, count=len(seen.votes), total=total)
    if seen.silent:
        yield line(reader._("Still to answer: {names}"), names=seats(seen.plan, seen.silent, reader))


def all_answers(seen: Round, reader: Reader) -> Iterator[Piece]:
    yield from refusals(seen, reader)
    if agreed := [(vote.role, vote.person) for vote in seen.votes if vote.answer is Answer.GO]:
        yield line(reader._("GO: {names}"), names=seats(seen.plan, agreed, reader))
    if seen.silent:
        yield line(reader._("No answer, which counts as NO-GO: {names}"), names=seats(seen.plan, seen.silent, reader))


def refusals(seen: Round, reader: Reader) -> Iterator[Piece]:
    """The NO-GOs with their reasons."""
    against = [vote for vote in seen.votes if vote.answer is Answer.NO_GO]
    for vote in against[:MOST_REASONS]:
        yield line(reader._("🔴 {answer}: {who}"), answer=Strong("NO-GO"), who=spoken_by(seen.plan, vote.role, vote.person, reader))
        if vote.reason:
            yield Quote(vote.reason, most=200)
    if more := [(vote.role, vote.person) for vote in against[MOST_REASONS:]]:
        yield line(reader._("🔴 {answer}: {who}"), answer=Strong("NO-GO"), who=seats(seen.plan, more, reader))


def question(plan: Plan, checkpoint: str, step: When | None, reader: Reader) -> Iterator[Piece]:
    """What it stands before, and what is to be looked at before answering."""
    if step:
        sentence = reader._("Before “{step}”: {time}.")
        yield line(sentence, step=step_of(plan, checkpoint, reader), time=step.told(reader, with_day=True))
    if plan.checkpoints[checkpoint].on:
        yield line(reader._("What to check:"))
        yield Bullets(tuple(each.to(reader.language) for each in plan.checkpoints[checkpoint].on))


# --- who ---------------------------------------------------------------------------------------------------------------


def seat(plan: Plan, role: str, person: str | None, reader: Reader) -> str:
    """A role and who speaks for it."""
    return f"{role_title(plan, role, reader)} ({holder(plan, person, reader)})"


def seats(plan: Plan, them: Sequence[tuple[str, str | None]], reader: Reader, most: int = 12) -> Line:
    return listed([seat(plan, role, person, reader) for role, person in them], reader, most)


def spoken_by(plan: Plan, role: str, person: str, reader: Reader) -> str:
    """The same, and whether their no stops the launch."""
    plain = seat(plan, role, person, reader)
    return plain if plan.roles[role].blocking else reader._("{seat}, advisory").format(seat=plain)


# --- what is said once -------------------------------------------------------------------------------------------------


def vote_cast(fact: Fact, event: VoteCast, launch: Launch) -> Iterator[Notice]:
    """A NO-GO is said aloud at once."""
    if event.answer is Answer.GO or event.reason is None:
        return
    reader = room_reader(launch.plan)
    who = spoken_by(launch.plan, event.role, event.person, reader)
    said = line(reader._("🔴 {checkpoint}: {answer} from {who}"), checkpoint=event.checkpoint, answer=Strong("NO-GO"), who=who)
    yield in_room(fact, launch, said, Quote(event.reason))


def counted(fact: Fact, event: CheckpointCounted, launch: Launch) -> Iterator[Notice]:
    """The outcome by rule, on one line; who said what stands on the card."""
    reader, poll = room_reader(launch.plan), launch.polls[event.checkpoint]
    votes = [vote.answer for vote in launch.votes_of(poll).values()]
    sentence = reader._("{checkpoint}: {outcome} ({go} GO, {no_go} NO-GO, {silent} silent). Decision awaited from: {person}.")
    counts = {"go": votes.count(Answer.GO), "no_go": votes.count(Answer.NO_GO), "silent": len(event.silent)}
    person = holder(launch.plan, launch.duty[launch.plan.commander].person, reader)
    yield in_room(fact, launch, line(sentence, checkpoint=Strong(event.checkpoint), outcome=outcome(poll), person=person, **counts))


def decided(fact: Fact, event: CheckpointDecided, launch: Launch) -> Iterator[Notice]:
    """One post. A decision that stops T is told by the hold that follows from it."""
    if event.decision is Decision.HOLD and launch.hold is None:
        return
    reader = room_reader(launch.plan)
    sentence, made = reader._("{checkpoint}: {person} decided: {decision}."), Strong(decision(event.decision, reader))
    said = line(sentence, checkpoint=Strong(event.checkpoint), person=name(launch.plan, event.person), decision=made)
    yield in_room(fact, launch, said, *([Quote(event.reason)] if event.reason else []))


def reminded(fact: Fact, event: SilentReminded, launch: Launch) -> Iterator[Notice]:
    """Half-way, to those who are silent."""
    for person, roles in holders(launch, event.roles).items():
        _ = reader_of(launch.plan, person)._
        sentence = _("{checkpoint}: your answer for {roles} is missing. Please give it by {time}; silence counts as NO-GO.")
        yield to_person(fact, launch, person, wanted(launch, event.checkpoint, roles, person, sentence))


def time_passed(fact: Fact, event: AnswerTimePassed, launch: Launch) -> Iterator[Notice]:
    """The last word to those who are silent."""
    for person, roles in holders(launch, event.roles).items():
        _ = reader_of(launch.plan, person)._
        sentence = _("{checkpoint}: the time to answer for {roles} is over. Until {time} an answer still counts; then silence is NO-GO.")
        yield to_person(fact, launch, person, wanted(launch, event.checkpoint, roles, person, sentence))


def wanted(launch: Launch, checkpoint: str, roles: Sequence[str], person: str, sentence: str) -> Line:
    """`sentence` with the roles of a person and the end of the phase that runs."""
    reader, ends = reader_of(launch.plan, person), answers_end(launch.plan, launch.polls[checkpoint])
    titles = listed([role_title(launch.plan, role, reader) for role in roles], reader)
    return line(sentence, checkpoint=Strong(checkpoint), roles=titles, time=Instant(ends))


def holders(launch: Launch, roles: Sequence[str]) -> dict[str, list[str]]:
    """Who is on the hook for these roles, each person once."""
    found: dict[str, list[str]] = {}
    for role in roles:
        person = launch.duty[role].person
        if person and is_reachable(launch, person):
            found.setdefault(person, []).append(role)
    return found
