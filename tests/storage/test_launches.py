"""Launches and houses as rows: only what changed is written, what is gone is deleted, and who is alive is known without loading."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, event

from bot.outside import Reading
from launch import game
from launch.birth import written
from launch.house import House, PlanEntry
from launch.messages import HOUSE, SHELL, SLACK, CastVote, CloseLaunch, FindMember, PlanLaunch
from launch.state import Answer, Launch, Status
from storage import launches, words
from storage.launches import lively_ids
from tests.days import BORN, CLAIRE, PEOPLE, SAMIRA, TEAM, Day, a_launch, a_plan, fold, minutes, play, t, wait
from tests.days import words as typed
from tests.storage.databases import Book, since_birth

LATER = Reading(t(600), "boot", 0.0)


def writes(engine: Engine) -> list[str]:
    """What is written from now on: for each row the verb, the table and the values."""
    told: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith(("INSERT", "DELETE")):
            verb, _into, name, *_rest = statement.split()
            rows = parameters if isinstance(parameters, list) else [parameters]
            told.extend(f"{verb} {name} {row}" for row in rows)

    return told


def save(engine: Engine, *changes: tuple[game.Value | None, game.Value]) -> None:
    with engine.begin() as tx:
        launches.save(tx, changes)


def load(engine: Engine, key: str, team: str = TEAM) -> game.Value | None:
    with engine.begin() as tx:
        return launches.load(tx, team, key).value


def test_nothing_is_known_of_a_launch_that_never_was(engine: Engine) -> None:
    with engine.begin() as tx:
        assert launches.load(tx, TEAM, "corvane") == launches.Kept(None, "", {})
        assert launches.load(tx, TEAM, HOUSE) == launches.Kept(None, "", {})


def test_an_answer_writes_the_head_and_one_row(engine: Engine) -> None:
    asked = wait(a_launch(), t(-45)).launch
    voted = play(asked, [(t(-45), SAMIRA, CastVote("final", "application", Answer.GO))]).launch
    save(engine, (None, asked))
    told = writes(engine)
    save(engine, (asked, voted))
    assert [line.split(" (")[0] for line in told] == ["INSERT launches", "INSERT votes"]


def test_many_launches_are_written_table_by_table(engine: Engine) -> None:
    """One statement for the heads of all, and one for each slice of all."""
    pairs = [(None, a_launch(a_plan(key=key))) for key in ("one", "two", "three")]
    count: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: count.append(told[2].split()[2]) if told[2].startswith("INSERT") else None)
    save(engine, *pairs)
    assert count == ["launches", "members", "duty"]


def test_what_a_newer_plan_no_longer_has_is_deleted(engine: Engine) -> None:
    """Without comms, and without somebody: their rows go, and a search anew of somebody else starts from nothing."""
    day, book = since_birth(a_plan()), Book(engine)
    book.write(day, LATER)
    plan = a_plan()
    people = {key: person for key, person in PEOPLE.items() if key != "olivier"} | {"julie": replace(PEOPLE["julie"], mail="new@x.example")}
    shifts = tuple(replace(s, holders={r: who for r, who in s.holders.items() if r not in ("comms", "vendor")}) for s in plan.shifts)
    newer = replace(
        plan,
        people=people,
        shifts=shifts,
        roles={key: role for key, role in plan.roles.items() if key not in ("comms", "vendor")},
        checkpoints={"final": replace(plan.checkpoints["final"], tiers=(("application", "database"),))},
    )
    command = PlanLaunch(2, typed(written(newer)))
    day = fold(day, t(-600), SHELL, game.bear(command, day.launch, SHELL, t(-600), TEAM, "corvane"))
    book.write(day, LATER)
    value = book.read().value
    assert value == day.launch
    assert isinstance(value, Launch)
    assert {"olivier", "julie"} & set(value.members) == set()
    assert {"comms", "vendor"} & set(value.duty) == set()
    day = play(day, [(t(-590), SLACK, FindMember("julie", None, trouble="users_not_found"))])
    book.write(day, LATER)
    assert book.read().value == day.launch


def test_a_house_has_its_plans_in_the_order_they_were_added(engine: Engine) -> None:
    zulu, alpha = PlanEntry("zulu", 1, typed("z"), BORN), PlanEntry("alpha", 1, typed("a"), BORN)
    first = House(TEAM, BORN, 1, plans={"zulu": zulu})
    second = House(TEAM, t(0), 2, plans={"zulu": zulu, "alpha": alpha})
    third = House(TEAM, t(1), 3, plans={"zulu": replace(zulu, version=2), "alpha": alpha})
    with engine.begin() as tx:
        words.keep(tx, TEAM, [zulu.source, alpha.source])
    for before, after in ((None, first), (first, second), (second, third)):
        save(engine, (before, after))
        found = load(engine, HOUSE)
        assert found == after
        assert isinstance(found, House)
        assert list(found.plans) == list(after.plans)
    assert load(engine, HOUSE, "T2") is None


def test_alive_is_what_is_not_over_and_what_ended_lately(engine: Engine) -> None:
    """Their last cards may not be drawn yet. The oldest comes first."""
    end = t(30)
    over = play(a_launch(a_plan(key="over"), BORN - minutes(5)), [(end, CLAIRE, CloseLaunch())]).launch
    states = {status: replace(a_launch(a_plan(key=status.value), BORN + minutes(n)), status=status) for n, status in enumerate(Status, 1)}
    del states[Status.CLOSED]
    save(engine, (None, over), *((None, launch) for launch in states.values()))
    with engine.begin() as tx:
        assert lively_ids(tx, end + timedelta(hours=47)) == [(TEAM, key) for key in ("over", "planned", "opening", "open")]
        assert lively_ids(tx, end + timedelta(hours=48)) == [(TEAM, key) for key in ("planned", "opening", "open")]


def test_reading_a_day_needs_no_more_statements_the_longer_it_is(engine: Engine) -> None:
    book = Book(engine)
    book.write(since_birth(a_plan()), LATER)
    count: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: count.append(told[2]))
    book.read()
    short = len(count)
    book.write(Day(wait(since_birth(a_plan()), t(300)).launch), LATER)
    count.clear()
    book.read()
    assert len(count) <= short + 1, "the words of a slice are one more"
