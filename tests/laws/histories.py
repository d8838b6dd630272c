"""Random days: people press what they may and what they may not, accounts come and go, the clock runs, sleeps or fires late."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, cached_property
from random import Random

from hypothesis import strategies as st

from launch import game
from launch import messages as m
from launch.authority import commanding
from launch.messages import CLOCK, SLACK, Actor, Command, Deadline, Fact, Refused
from launch.plan import Plan, PlannedHold, Title
from launch.state import Answer, Decision, Launch
from tests.days import (
    BORN,
    DAY,
    DNS,
    FINAL,
    ROLES,
    ROOM,
    SHIFTS,
    SHOPS_OPEN,
    STRANGER,
    Day,
    Script,
    a_checkpoint,
    a_launch,
    a_plan,
    a_shift,
    a_step,
    actor,
    as_launch,
    every,
    found_as,
    minutes,
    moment,
    perform,
    play,
    t,
    user_of,
    wait,
    wake,
    words,
)
from tests.laws.deeds import DEEDS

NAMES = ("claire", "daniel", "hugo", "samira", "camille", "theo", "ines", "kevin", "nadia", "julie", "elif")
WHY = words("so that it is known")

# The night as it is, its room to be opened by somebody, or open; two questions before one step, and a step of a fixed hour;
# gaps on duty and in command.
PLANS: dict[str, Plan] = {
    "night": a_plan(),
    "open": a_plan(),
    "guards": a_plan(
        FINAL,
        a_checkpoint("money", -40, "comms qa", before="dns"),
        a_checkpoint("legacy", t(-50), "database application", answer=5, before="retire"),
        a_checkpoint("keep", 20, "application"),
        steps=[DNS, a_step("retire", t(-35))],
    ),
    "depth": a_plan(
        a_checkpoint("final", -45, "application database comms, qa", before="dns"),
        a_checkpoint("money", -40, "comms", answer=4),
        every(45, a_checkpoint("health", 20, "application, database"), 200),
        holds={"fuel": PlannedHold("fuel", moment(-35), minutes(10), Title({"": "Fuel"}))},
    ),
    "gaps": a_plan(
        FINAL,
        SHOPS_OPEN,
        a_checkpoint("across", 88, "application qa comms", answer=30),
        shifts=(
            replace(SHIFTS[0], holders={**SHIFTS[0].holders, "qa": ()}),
            a_shift("early", t(40), t(120), qa="nadia kevin"),
            a_shift("late", DAY + minutes(60), t(400), commander="hugo", application="priya theo", comms="julie"),
        ),
    ),
}

OPENING: dict[str, Script] = {key: () if key == "night" else ((ROOM, SLACK, m.SettleRoom("C1")),) for key in PLANS}
"""What happens before the histories begin."""

Wanted = list[tuple[Actor, Command]]
Move = Callable[["Play"], Wanted]
History = list[tuple[float, bool, Move]]
"""Minutes to wait, whether the program is down meanwhile, and the move then."""


@dataclass(frozen=True)
class Play:
    """A day under way, and every deadline its clock has ever had in hand."""

    day: Day
    seen: tuple[Deadline, ...] = ()

    @property
    def launch(self) -> Launch:
        return self.day.launch


@dataclass(frozen=True)
class Turn:
    """One turn of a history: the day before it, after the clock did its part, and after the move; `refused` is its no, if any."""

    before: Day
    clocked: Day
    after: Day
    at: datetime
    refused: Refused | None = None

    @cached_property
    def new(self) -> list[tuple[Launch, Fact]]:
        """What happened in this turn, each fact with the launch just before it."""
        value, found = self.before.launch, []
        for fact in self.after.facts[len(self.before.facts) :]:
            found.append((value, fact))
            value = as_launch(game.evolve(value, fact))
        return found


@cache
def planned(key: str) -> Launch:
    """The launch of a plan; in all but one its room stands already."""
    return play(a_launch(PLANS[key]), OPENING[key]).launch


def turns(key: str, history: History) -> Iterator[Turn]:
    """Play a history on the plan `key`: a turn for each wait, and one for each command of a move."""
    play, at = Play(Day(planned(key))), BORN
    for pause, is_asleep, move in history:
        at = max(at + timedelta(minutes=pause), play.launch.last_at)
        before, clocked = play.day, (wake if is_asleep else wait)(play.day, at)
        play = Play(clocked, (*play.seen, *game.due(clocked.launch).values()))
        yield Turn(before, clocked, clocked, at)
        for by, command in move(play):
            turn = made(play.day, at, by, command)
            yield turn
            play = replace(play, day=turn.after)


def made(before: Day, at: datetime, by: Actor, command: Command) -> Turn:
    day = wait(before, at)
    try:
        return Turn(before, day, perform(day, at, by, command), at)
    except Refused as no:
        return Turn(before, day, day, at, no)


# --- moves ---------------------------------------------------------------------------------------------------------------


def somebody() -> st.SearchStrategy[Actor]:
    return st.sampled_from([*map(actor, NAMES), STRANGER, CLOCK, SLACK])


def checkpoint() -> st.SearchStrategy[str]:
    return st.sampled_from(["final", "final", "final", "shops", "money", "legacy", "keep", "across", "health", "question_1"])


def commands() -> st.SearchStrategy[Command]:
    """Whatever a person may ask, by name of checkpoint and role; much of it refused."""
    reason, limit = st.sampled_from([None, WHY, words(" ")]), st.sampled_from([None, minutes(5), minutes(90)])
    return st.one_of(
        st.builds(m.CastVote, checkpoint(), st.sampled_from(sorted(ROLES)), st.sampled_from(Answer), reason),
        st.builds(m.DecideCheckpoint, checkpoint(), st.sampled_from(Decision), reason, limit),
        st.builds(m.RecordVote, checkpoint(), st.sampled_from(sorted(ROLES)), st.sampled_from(Answer), reason),
        st.builds(m.DisputeVote, checkpoint(), st.sampled_from([1, 1, 2]), st.sampled_from(sorted(ROLES))),
        st.builds(m.PutQuestion, st.just(WHY), st.sampled_from([("comms",), ("application", "qa"), ()]), st.just(minutes(4))),
        st.builds(m.ExtendHold, st.just(minutes(5)), reason),
        st.sampled_from([m.GoLive(), m.GoLive(), m.TurnBack(WHY)]),
        st.builds(m.OpenCheckpoint, checkpoint()),
        st.builds(m.AskAgain, checkpoint()),
        st.builds(m.CallHold, st.just(WHY), limit),
        st.builds(m.CallHold, st.sampled_from([WHY, words(" ")]), limit),
        st.sampled_from([m.Resume(), m.OpenRoom(), m.WriteNote(WHY)]),
        st.sampled_from([m.Resume(), m.OpenRoom(), m.WriteNote(words(" "))]),
    )


def accounts() -> st.SearchStrategy[Command]:
    """What Slack says of people and of the room."""
    person, yes_or_no = st.sampled_from(NAMES), st.booleans()
    return st.one_of(
        st.builds(lambda who, is_active: m.ChangeMember(user_of(who), is_active, False), person, yes_or_no),
        st.builds(lambda who, is_active: found_as(who, is_active=is_active), person, yes_or_no),
        st.builds(lambda who: m.FindMember(who, None, trouble="users_not_found"), person),
        st.sampled_from([m.SettleRoom("C1"), m.SettleRoom("C2"), m.SettleBoard("1.1"), m.ReportInvited(("samira",))]),
    )


def answering(index: int, answer: Answer) -> Move:
    """Somebody who is asked answers."""
    return lambda play: answers(play, answer)[index % 3 : index % 3 + 1]


def all_answering(answer: Answer) -> Move:
    """Everybody who is asked says the same."""
    return lambda play: answers(play, answer)


def answers(play: Play, answer: Answer) -> Wanted:
    asks = [ask for ask in game.asks(play.launch) if ask.subject.startswith("checkpoint:")]
    return [(actor(ask.person), m.CastVote(ask.subject.split(":")[1], ask.role, answer, WHY)) for ask in asks]


def commanded(command: Command) -> Move:
    """Whoever commands now does it."""
    return lambda play: [(actor(lead), command) for lead in sorted(commanding(play.launch))[:1]]


def counted(command: Callable[[str], Command], index: int) -> Move:
    """The commander does something about a checkpoint that is counted."""

    def move(play: Play) -> Wanted:
        polls = [poll for poll in play.launch.polls.values() if not poll.is_asking]
        return commanded(command(polls[index % len(polls)].checkpoint))(play) if polls else []

    return move


def proceed(checkpoint: str) -> Command:
    return m.DecideCheckpoint(checkpoint, Decision.PROCEED, WHY)


def hold(checkpoint: str) -> Command:
    return m.DecideCheckpoint(checkpoint, Decision.HOLD, WHY, minutes(20))


def stale(index: int) -> Move:
    """The clock fires something it once had in hand, late or a second time."""

    def move(play: Play) -> Wanted:
        passed = [deadline for deadline in play.seen if deadline.at <= play.launch.last_at]
        return [(CLOCK, passed[index % len(passed)].command)] if passed else []

    return move


def always(by: Actor, command: Command) -> Move:
    return lambda _: [(by, command)]


def objecting(index: int) -> Move:
    """Whoever objected withdraws it, or whoever commands lets it stand."""

    def move(play: Play) -> Wanted:
        rows = sorted(play.launch.objections.values(), key=lambda row: not row.is_open)
        if not rows:
            return []
        row = rows[0]
        kind = m.WithdrawObjection if index % 4 else m.LetStand
        who = play.launch.votes[row.key].person if index % 4 else commanding(play.launch)[0]
        return [(actor(who), kind(*row.key))]

    return move


def spoken(index: int, answer: Answer) -> Move:
    """The commander writes down what somebody said; sometimes it is not what they said."""

    def move(play: Play) -> Wanted:
        if index % 4 == 0:
            votes = [vote for vote in play.launch.votes.values() if vote.recorded_by]
            return [(actor(vote.person), m.DisputeVote(*vote.key)) for vote in votes[-1:]]
        asks = [ask for ask in game.asks(play.launch) if ask.subject.startswith("checkpoint:")]
        lead = actor(commanding(play.launch)[0])
        return [(lead, m.RecordVote(ask.subject.split(":")[1], ask.role, answer, WHY)) for ask in asks[:1]]

    return move


MOODS = ("questions", "checkpoints", *DEEDS)
"""What a day is mostly about."""
PAUSES = [0.0, 0.5, 1.0, 1.0, 2.0, 4.0, 7.0, 12.0, 30.0, 90.0]
STARTS = [24 * 60.0 - 47, 24 * 60.0 - 44, 24 * 60.0 + 87, 24 * 60.0 + 62, 10 * 60.0]


def moves(mood: str | None = None, *, is_closing: bool = False) -> st.SearchStrategy[History]:
    """Histories from shortly before a question on, of one mood or of any; with `is_closing` some launches are closed in the end."""
    index = st.integers(0, 40)
    answer = st.one_of(st.builds(answering, index, st.sampled_from(Answer)), st.builds(all_answering, st.just(Answer.GO)))
    decided = st.builds(counted, st.sampled_from([proceed, proceed, hold, m.AskAgain]), index)
    held = st.sampled_from([commanded(m.CallHold(WHY)), commanded(m.Resume()), commanded(m.Resume())])
    anything = st.builds(always, somebody(), commands()) | st.builds(commanded, commands())
    slack = st.builds(always, st.just(SLACK), accounts())
    rare = st.builds(always, somebody(), st.sampled_from([m.OpenRoom(), m.CallHold(words(" ")), m.AskAgain("final")]))
    opened = st.just(always(SLACK, m.SettleRoom("C1")))
    move = st.one_of(answer, answer, decided, decided, held, anything, anything, slack, rare | opened, st.builds(stale, index))
    pause, is_asleep = st.sampled_from(PAUSES), st.sampled_from([False, False, True])
    first = st.tuples(st.sampled_from(STARTS), is_asleep, move)
    asked = st.lists(st.tuples(pause, is_asleep, move), min_size=10, max_size=30)
    busy = st.builds(busy_with, st.sampled_from(MOODS[1:]) if mood is None else st.just(mood), st.integers(0, 2**32))
    middle = asked if mood == "questions" else busy if mood else asked | busy
    close = st.just((1.0, False, commanded(m.CloseLaunch())))
    after = st.tuples(close, st.tuples(pause, is_asleep, anything), st.tuples(pause, is_asleep, slack))
    last = st.just(()) | after if is_closing else st.just(())
    return st.builds(lambda head, body, tail: [head, *body, *tail], first, middle, last)


def busy_with(mood: str, seed: int) -> History:
    """A day on which a lot happens of one kind, and people and checkpoints go on beside it."""
    chance = Random(seed)
    pauses = [1.0, 4.0, 12.0, 30.0, 60.0] if mood == "handovers" else PAUSES[:-1]
    return [(chance.choice(pauses), chance.random() < 0.2, busy_move(mood, chance)) for _ in range(25)]


def busy_move(mood: str, chance: Random) -> Move:
    who, kind, index = chance.choice(NAMES), chance.random(), chance.randrange(40)
    if kind < 0.05:
        return always(SLACK, m.ChangeMember(user_of(who), chance.random() < 0.5, is_guest=False))
    if mood == "checkpoints" or kind < 0.15:
        answer, decided = answering(index, chance.choice(list(Answer))), chance.choice([proceed, hold, m.AskAgain])
        held = commanded(chance.choice([m.CallHold(WHY), m.Resume(), m.Resume(), m.ExtendHold(minutes(5), WHY)]))
        rare = commanded(chance.choice([m.GoLive(), m.PutQuestion(WHY, ("application", "qa"), minutes(4)), m.TurnBack(WHY)]))
        said = spoken(index, chance.choice(list(Answer)))
        often = [all_answering(Answer.GO), answer, answer, counted(decided, index), counted(decided, index), counted(proceed, 0)]
        objections = [objecting(index), objecting(index + 1), objecting(1)]
        return chance.choice([*often, held, *objections, said, rare if kind < 0.5 else held, stale(index)])
    deed = DEEDS[mood](chance)
    return lambda play: deed(play.launch)
