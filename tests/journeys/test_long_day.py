"""The example's forty-six hours, from the night before T-0 to the end of cover, driven by people who answer: who is asked what, when, in
which language, and how often it rings at each of them."""

import asyncio
import os
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.demo import channels, users
from launch import game
from launch.authority import commanding
from launch.messages import Ask, CheckpointDecided, Fact, HoldCalled, HoldEnded, MilestoneReached
from launch.plan import Plan
from launch.reading import read_plan
from launch.roster import rostered
from launch.state import Launch, Vote
from storage import launches, timeline
from storage.database import open_engine
from tests.journeys.test_killed import EXAMPLE
from tests.journeys.world import World, world

pytestmark = pytest.mark.slow

READ = read_plan(EXAMPLE).plan
assert READ
PLAN: Plan = READ
ROOM, OBSERVERS = "lancement-corvane-id", "corvane-id-suivi"
BEGINS, ENDS = datetime(2027, 3, 15, 12, 45, tzinfo=UTC), datetime(2027, 3, 17, 19, 0, tzinfo=UTC)
if not os.environ.get("LAUNCHROOM_WHOLE_DAY"):
    ENDS = datetime(2027, 3, 16, 4, 15, tzinfo=UTC)
"""To the end of cover by `make day`; in the suite, until T+45m."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
UNDER_WAY = (
    "SELECT count(*) FROM deadlines WHERE at <= '{at}'",
    "SELECT count(*) FROM outbox WHERE state IN ('ready', 'claimed')",
    "SELECT count(*) FROM cards WHERE state = 'claimed'",
)
BUDGET = {"room": 10, "commander": 12, "asked role": 4, "standby": 0, "observer": 1}
"""Messages that ring, in the worst hour of each; for who looks on, for each decision."""

PARIS_NIGHT = {"application": "app_paris", "database": "db_paris", "network": "net_paris", "security": "sec_montreal"} | {
    "support": "sup_montreal",
    "comms": "com_paris",
    "qa": "qa_paris",
}
PARIS_DAY = {"application": "app_day", "network": "net_day", "support": "sup_paris"}
EXPECTED: dict[str, tuple[str, dict[str, str]]] = {
    "tonight": ("2027-03-15T13:00", PARIS_NIGHT),
    "start": ("2027-03-15T23:45", {role: PARIS_NIGHT[role] for role in ("application", "database", "network", "support")}),
    "data": ("2027-03-16T02:15", {role: PARIS_NIGHT[role] for role in ("database", "qa")}),
    "final": ("2027-03-16T02:40", {role: person for role, person in PARIS_NIGHT.items() if role != "comms"}),
    "keep": ("2027-03-16T03:50", {role: PARIS_NIGHT[role] for role in ("application", "support", "security", "qa")}),
    "shops_open": ("2027-03-16T07:45", PARIS_DAY),
    "legacy_off": (
        "2027-03-17T14:00",
        {"application": "app_day", "database": "db_day", "security": "sec_paris", "support": "sup_paris", "qa": "qa_paris"},
    ),
}
"""Whom each gate asks, and when (UTC): read off the plan by hand."""
HEALTH = {
    "2027-03-16T09:30": ("app_day", "sup_paris"),
    "2027-03-16T15:30": ("app_montreal", "sup_montreal"),
    "2027-03-16T21:30": ("app_paris", "sup_evening"),
    "2027-03-17T07:30": ("app_pune", "sup_pune"),
}
"""Some of the thirteen times of the periodic one, and who answers then."""


BUTTONS = {
    "checkpoint": ("checkpoint.go", "{}"),
    "decision": ("decision.proceed", "{}"),
    "handover": ("handover.accept", "{}"),
    "live": ("clock.live", ""),
    "page": ("page.take", "/{}"),
}
"""What is pressed for each kind of ask, and what its value holds."""


@dataclass
class Day:
    """The world, and what people still have to do; `late` keeps who has not looked at their messages yet."""

    here: World
    engine: Engine
    now: datetime = BEGINS
    seen: dict[tuple[str, str, int], datetime] = field(default_factory=dict)
    presses: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    def launch(self) -> Launch:
        with self.engine.connect() as tx, tx.begin():
            (key, *_) = [key for key in launches.lively_ids(tx, self.now) if key[1] == PLAN.key]
            value = launches.load(tx, *key).value
        assert isinstance(value, Launch)
        return value

    def facts(self) -> list[Fact]:
        launch = self.launch()
        with self.engine.connect() as tx, tx.begin():
            return timeline.read(tx, launch.team_id, launch.id)

    async def goes_by(self) -> None:
        """From one thing to the next: the clock's, or somebody's answer a minute after they were asked."""
        while self.now < ENDS:
            launch = await self.calm()
            wanted = {which(launch, ask): ask for ask in game.asks(launch)}
            for key in wanted:
                self.seen.setdefault(key, self.now + MINUTE)
            if ready := [ask for key, ask in wanted.items() if self.seen[key] <= self.now]:
                await asyncio.gather(*(self.answer(launch, ask) for ask in ready))
                with suppress(AssertionError):
                    await self.here.until(lambda seq=launch.seq: self.seq() > seq, 2)
                continue
            ahead = [deadline.at for deadline in game.due(launch).values() if deadline.at > self.now]
            ahead += [self.seen[key] for key in wanted]
            self.now = min([*ahead, ENDS])
            await self.here.jump(self.now.isoformat())

    async def calm(self) -> Launch:
        """Nothing is overdue, and Slack shows everything."""
        await self.here.until(self.is_calm, 60)
        return self.launch()

    def seq(self) -> int:
        with self.engine.connect() as tx, tx.begin():
            return int(tx.exec_driver_sql("SELECT max(seq) FROM timeline WHERE launch_id = 'corvane-id'").scalar_one())

    def is_calm(self) -> bool:
        """By the rows alone: the launch is loaded only when there is something to see."""
        with self.engine.connect() as tx, tx.begin():
            at = self.now.isoformat(timespec="microseconds")
            return not any(tx.exec_driver_sql(query.format(at=at)).scalar_one() for query in UNDER_WAY)

    async def answer(self, launch: Launch, ask: Ask) -> None:
        """The button that lets the launch go on; if it does not come to that, it is pressed again in the next turn."""
        kind, _, rest = ask.subject.partition(":")
        if kind == "checkpoint":
            name = rest.partition(":")[0]
            rest = f"{name}/{launch.polls[name].round}/{ask.role}"
        button, subject = BUTTONS[kind][0], BUTTONS[kind][1].format(rest.replace(":", "/"))
        self.presses[which(launch, ask)] += 1
        assert self.presses[which(launch, ask)] < 20, (self.now, ask, self.here.texts(mail_name(ask.person))[-2:])
        await self.here.press(mail_name(ask.person), button, subject)


def which(launch: Launch, ask: Ask) -> tuple[str, str, int]:
    """One ask of one person: a periodic question is another one each time."""
    poll = launch.polls.get(ask.subject.split(":")[1]) if ask.subject.startswith(("checkpoint:", "decision:")) else None
    return ask.subject, ask.person, poll.round if poll else 0


def mail_name(person: str) -> str:
    """The name in Slack of somebody of the plan."""
    return (PLAN.people[person].mail or "").partition("@")[0]


@asynccontextmanager
async def the_day(home: Path) -> AsyncIterator[Day]:
    async with world(home, EXAMPLE, "2027-03-11T08:59:59+00:00", list(users(PLAN))) as here:
        for channel in channels(PLAN):
            owner = here.ids[channel["user"]]
            await here.desk("channels", user=owner, name=channel["name"], members=[here.ids[name] for name in channel["members"]])
        await here.start_bot()
        await here.until(lambda: here.channel(ROOM), 60)
        await here.jump(BEGINS.isoformat())
        engine = open_engine(home / "launchroom.db")
        yield Day(here, engine)
        engine.dispose()


# --- what rang -----------------------------------------------------------------------------------------------------------


def rings(here: World, name: str) -> list[datetime]:
    """When the bot posted in a channel, or to somebody: an edit rings nobody."""
    bot = here.slack.workspace.bot.id
    posted = (each for each in here.messages(name) if each.get("user") == bot and "subtype" not in each)
    return [datetime.fromtimestamp(float(each["ts"]), UTC) for each in posted]


def worst_hour(times: list[datetime]) -> int:
    """The most messages in any sixty minutes."""
    return max((sum(begin <= at < begin + 60 * MINUTE for at in times) for begin in times), default=0)


def in_role(person: str, at: datetime) -> Iterator[str]:
    """The roles that somebody holds by plan at an instant, standby apart."""
    for role in PLAN.roles.values():
        shift, people = rostered(PLAN, role.key, at)
        if shift and people[0] == person and not role.is_on_standby(shift.name):
            yield role.key


def noise(day: Day) -> dict[str, int]:
    """The worst hour of each audience."""
    by_audience: dict[str, list[int]] = defaultdict(list)
    by_audience["room"].append(worst_hour(rings(day.here, ROOM)))
    for person in PLAN.people:
        if not PLAN.people[person].mail:
            continue
        times = [at for at in rings(day.here, mail_name(person)) if at >= BEGINS]
        for audience in ("commander", "asked role", "standby"):
            by_audience[audience].append(worst_hour([at for at in times if audience_of(person, at) == audience]))
    return {audience: max(found, default=0) for audience, found in by_audience.items()}


def disturbed(day: Day) -> list[tuple[str, str, str]]:
    """What those who are to be left in peace were told."""
    said = []
    for person, name in ((person, mail_name(person)) for person in PLAN.people if PLAN.people[person].mail):
        for message in day.here.messages(name):
            at = datetime.fromtimestamp(float(message["ts"]), UTC)
            if at >= BEGINS and audience_of(person, at) == "standby":
                said.append((person, f"{at:%d %H:%M}", message["text"][:150]))
    return said


def audience_of(person: str, at: datetime) -> str:
    """What somebody is when a message reaches them: those whose shift comes on within the hour are counted with those on duty."""
    roles = {role for when in (at - 30 * MINUTE, at, at + 31 * MINUTE) for role in in_role(person, when)}
    if PLAN.commander in roles:
        return "commander"
    asked = {name for _, people in EXPECTED.values() for name in people.values()}
    return "asked role" if roles or person in asked else "standby"


async def test_the_whole_example_goes_by(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with the_day(tmp_path) as day:
        await day.goes_by()
        launch, facts = await day.calm(), day.facts()
        heard = noise(day)
        decisions = [f for f in facts if isinstance(f.event, CheckpointDecided | HoldCalled | HoldEnded | MilestoneReached)]
        looked_on = rings(day.here, OBSERVERS)
        with capsys.disabled():
            print(f"\nworst hour: {heard}; who looks on: {len(looked_on)} posts, {len(decisions)} decisions; budget: {BUDGET}")  # noqa: T201
        everybody_was_asked_at_the_right_instant(launch)
        await day.here.until(lambda: not in_another_language(day, launch), 90)
        assert {audience: most for audience, most in heard.items() if most > BUDGET[audience]} == {}, disturbed(day)
        assert len(looked_on) <= len(decisions) + 1, "and the board itself"
        assert commanding(launch)


def everybody_was_asked_at_the_right_instant(launch: Launch) -> None:
    """T never stood still, so that every hour is the one of the plan."""
    assert launch.t0 == PLAN.t0
    for name, (instant, people) in EXPECTED.items():
        if instant > f"{ENDS:%Y-%m-%dT%H:%M}":
            continue
        assert f"{launch.polls[name].opened_at:%Y-%m-%dT%H:%M}" == instant, name
        votes = {vote.role: vote.person for vote in launch.votes.values() if vote.checkpoint == name}
        assert votes == people, name
    health = [row for row in launch.votes.values() if row.checkpoint == "health"]
    said = {(f"{row.at:%Y-%m-%dT%H}", row.role): row.person for row in health}
    assert len({row.round for row in health}) == sum(PLAN.t0 + hours * HOUR < ENDS for hours in range(6, 31, 2))
    for instant, (application, support) in HEALTH.items():
        if instant > f"{ENDS:%Y-%m-%dT%H:%M}":
            continue
        assert (said[instant[:13], "application"], said[instant[:13], "support"]) == (application, support), instant


def in_another_language(day: Day, launch: Launch) -> list[Vote]:
    """The answers whose givers do not read in their own language that they gave them."""
    words = {"fr": "Votre réponse", "en": "Your answer"}
    texts = {vote.person: day.here.texts(mail_name(vote.person)) for vote in launch.votes.values()}
    told = {vote.key: words[PLAN.people[vote.person].language] for vote in launch.votes.values()}
    return [v for v in launch.votes.values() if not any(v.checkpoint in text and told[v.key] in text for text in texts[v.person])]
