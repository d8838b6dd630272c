"""What is said once of a checkpoint: a no, the outcome, the decision to the room; everything else to those whom it concerns, in private."""

from collections.abc import Iterator, Sequence

from bot.views import spoken
from bot.views.card import Notice
from bot.views.checkpoints import MARKS, answers_end, outcome, seats, spoken_by
from bot.views.lines import Instant, Line, Part, Piece, Quote, Strong, line, listed
from bot.views.locale import Reader
from bot.views.notice import in_room, is_reachable, reachable_commander, to_person
from bot.views.people import holder, launch_title, name, reader_of, role_title, room_reader
from bot.views.rounds import Round, newest
from launch.messages import (
    AnswerTimePassed,
    CheckpointCounted,
    CheckpointDecided,
    DecisionPressed,
    Fact,
    SilentReminded,
    VoteCast,
    VoteDisputed,
)
from launch.plan import CheckpointKind
from launch.state import Answer, Decision, Launch, Outcome, Reached


def vote_cast(fact: Fact, event: VoteCast, launch: Launch) -> Iterator[Notice]:
    """A no is said aloud at once. A condition goes to whoever commands: it is work for the next minutes."""
    if event.answer is Answer.GO or event.reason is None:
        return
    if event.answer is not Answer.CONDITION:
        yield in_room(fact, launch, against(event, launch, room_reader(launch.plan)), Quote(event.reason))
        return
    for person in reachable_commander(launch):
        reader = reader_of(launch.plan, person)
        work = line(reader._("The others see it at the count. See to it until then, if you can."))
        yield to_person(fact, launch, person, against(event, launch, reader), Quote(event.reason), work)


def against(event: VoteCast, launch: Launch, reader: Reader) -> Line:
    seen = newest(launch, event.checkpoint)
    who = spoken_by(seen, launch.votes[event.checkpoint, event.round, event.role], reader)
    sentence, given = reader._("{mark} {checkpoint}: {answer} from {who}"), spoken.answer(event.answer, seen.kind, reader)
    return line(sentence, mark=MARKS[event.answer], checkpoint=seen.named.called(reader), answer=given, who=who)


def disputed(fact: Fact, event: VoteDisputed, launch: Launch) -> Iterator[Notice]:
    """Not what I said: whoever commands hears of it."""
    seen = newest(launch, event.checkpoint)
    for person in [each for each in reachable_commander(launch) if each != event.person]:
        reader = reader_of(launch.plan, person)
        gone = reader._("{checkpoint}: {person} did not say what was written down for {role}. It is taken away, the answer is awaited.")
        counted = reader._("{checkpoint}: {person} did not say what was written down for {role}. It was counted: you can ask again.")
        facts = {"person": name(launch.plan, event.person), "role": role_title(launch.plan, event.role, reader)}
        sentence = gone if seen.is_asking else counted
        yield to_person(fact, launch, person, line(sentence, checkpoint=Strong(seen.named.called(reader)), **facts))


def counted(fact: Fact, event: CheckpointCounted, launch: Launch) -> Iterator[Notice]:
    """The outcome by rule, on one line; who said what stands on the card."""
    reader = room_reader(launch.plan)
    yield in_room(fact, launch, tally(newest(launch, event.checkpoint), event, launch, reader))


def tally(seen: Round, event: CheckpointCounted, launch: Launch, reader: Reader) -> Line:
    point, came = Strong(seen.named.called(reader)), outcome(seen, reader)
    person = holder(launch.plan, launch.duty[launch.plan.commander].person, reader)
    silent = seats(seen.plan, [(role, launch.duty[role].person) for role in event.silent], reader, most=4)
    if not seen.is_awaited:
        sentence = reader._("{checkpoint}: {outcome}, from {count} of {total}. There is nothing to decide.")
        return line(sentence, checkpoint=point, outcome=came, count=len(seen.votes), total=len(seen.point.ask))
    if event.outcome is Outcome.UNKNOWN:
        sentence = reader._("{checkpoint}: not known from {names}. Decision awaited from: {person}.")
        return line(sentence, checkpoint=point, names=silent, person=person)
    if seen.kind is not CheckpointKind.GATE:
        return line(reader._("{checkpoint}: {outcome}. Decision awaited from: {person}."), checkpoint=point, outcome=came, person=person)
    answers = [vote.answer for vote in seen.votes]
    counts = {"go": sum(each.is_go for each in answers), "no_go": answers.count(Answer.NO_GO), "silent": len(event.silent)}
    sentence = reader._("{checkpoint}: {outcome} ({go} GO, {no_go} NO-GO, {silent} silent). Decision awaited from: {person}.")
    return line(sentence, checkpoint=point, outcome=came, person=person, **counts)


def decided(fact: Fact, event: CheckpointDecided, launch: Launch) -> Iterator[Notice]:
    """One post. A decision that stops T is told by the hold that follows from it, one to turn back by what is said of that."""
    stops = event.decision is Decision.HOLD and launch.hold is None
    if stops or (event.decision is Decision.ROLL_BACK and Reached.TURNED_BACK not in launch.milestones):
        return
    reader, seen = room_reader(launch.plan), newest(launch, event.checkpoint)
    sentence, made = reader._("{checkpoint}: {person} decided: {decision}."), Strong(spoken.decision(event.decision, seen.kind, reader))
    told = line(sentence, checkpoint=Strong(seen.named.called(reader)), person=name(launch.plan, event.person), decision=made)
    yield in_room(fact, launch, told, *([Quote(event.reason)] if event.reason else []))


def pressed(fact: Fact, event: DecisionPressed, launch: Launch) -> Iterator[Notice]:
    """To whoever commands, before anybody else is troubled."""
    seen, poll = newest(launch, event.checkpoint), launch.polls[event.checkpoint]
    for person in reachable_commander(launch):
        reader = reader_of(launch.plan, person)
        sentence = reader._("{launch}: {checkpoint} is {outcome} since {since}. Please decide: at {time} the deputies are paged.")
        facts: dict[str, Part] = {
            "launch": launch_title(launch.plan, reader),
            "checkpoint": Strong(seen.named.called(reader)),
            "outcome": outcome(seen, reader),
            "since": Instant(poll.phase_at),
            "time": Instant(poll.phase_at + launch.plan.limits.decision),
        }
        yield to_person(fact, launch, person, line(sentence, **facts))


# --- the silent --------------------------------------------------------------------------------------------------------


def reminded(fact: Fact, event: SilentReminded, launch: Launch) -> Iterator[Notice]:
    """Half-way, to those who are silent."""
    seen = newest(launch, event.checkpoint)
    for person, roles in holders(launch, event.roles).items():
        _ = reader_of(launch.plan, person)._
        gate = _("{checkpoint}: your answer for {roles} is missing. Please give it by {time}; silence counts as NO-GO.")
        other = _("{checkpoint}: your answer for {roles} is missing. Please give it by {time}; silence counts as not known.")
        yield to_person(fact, launch, person, missing(launch, seen, roles, person, gate if seen.kind is CheckpointKind.GATE else other))


def time_passed(fact: Fact, event: AnswerTimePassed, launch: Launch) -> Iterator[Notice]:
    """The last word to those who are silent, and who is asked beside them now."""
    seen = newest(launch, event.checkpoint)
    for person, roles in holders(launch, event.roles).items():
        reader = reader_of(launch.plan, person)
        gate = reader._("{checkpoint}: the time to answer for {roles} is over. Until {time} an answer still counts; then silence is NO-GO.")
        other = reader._("{checkpoint}: the time to answer for {roles} is over. Until {time} an answer still counts; then it is not known.")
        yield to_person(
            fact, launch, person,
            missing(launch, seen, roles, person, gate if seen.kind is CheckpointKind.GATE else other),
            *beside(launch, roles, reader),
        )  # fmt: skip


def beside(launch: Launch, roles: Sequence[str], reader: Reader) -> Iterator[Piece]:
    """Those who are asked in their place."""
    people = dict.fromkeys(name(launch.plan, each) for role in roles for each in launch.duty[role].deputies[:1])
    if people:
        yield line(reader._("In your place this is asked too: {people}."), people=listed(list(people), reader))


def missing(launch: Launch, seen: Round, roles: Sequence[str], person: str, sentence: str) -> Line:
    """`sentence` with the roles of a person and the end of the phase that runs."""
    reader, poll = reader_of(launch.plan, person), launch.polls[seen.checkpoint]
    titles = listed([role_title(launch.plan, role, reader) for role in roles], reader)
    ends = Instant(answers_end(launch.plan, poll, seen.point.answer))
    return line(sentence, checkpoint=Strong(seen.named.called(reader)), roles=titles, time=ends)


def holders(launch: Launch, roles: Sequence[str]) -> dict[str, list[str]]:
    """Who is on the hook for these roles, each person once."""
    found: dict[str, list[str]] = {}
    for role in roles:
        person = launch.duty[role].person
        if person and is_reachable(launch, person):
            found.setdefault(person, []).append(role)
    return found
