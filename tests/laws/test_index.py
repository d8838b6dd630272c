"""Nothing is forgotten: every command has a rule and an authority, every event folds, and all of it survives JSON."""

import re
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from launch import game, messages, plans
from launch.authority import AUTHORITY, Who
from launch.messages import Command, Event, Fact, PlanLaunch
from launch.state import SLICES, Launch
from launch.words import Words
from tests.laws.tour import facts, of_the_house, the_tour


def kinds_of(base: type[Any]) -> list[type[Any]]:
    """Every subclass of the product's; a dataclass with slots leaves a second, nameless one behind."""
    return [kind for kind in base.__subclasses__() if getattr(messages, kind.__name__, None) is kind]


COMMANDS, EVENTS = kinds_of(Command), kinds_of(Event)
name_of = pytest.mark.parametrize("kind", [*COMMANDS, *EVENTS], ids=lambda kind: kind.__name__)


def test_every_command_has_a_rule_and_an_authority() -> None:
    assert set(AUTHORITY) == set(COMMANDS)
    assert {*game.DECISIONS, PlanLaunch} == set(COMMANDS), "a birth is decided by `bear`"
    assert all(groups and set(groups) <= set(Who) for groups in AUTHORITY.values())


def test_a_decision_bears_the_name_of_its_command() -> None:
    decisions = {**game.DECISIONS, PlanLaunch: plans.plan_launch}
    for command, decision in decisions.items():
        assert decision.__name__ == re.sub(r"(?<!^)(?=[A-Z])", "_", command.__name__).lower()


def test_every_event_folds() -> None:
    assert set(game.FOLDS) == set(EVENTS)
    assert {type(fact.event) for fact in facts()} == set(EVENTS), "the tour meets them all"
    house, facts_of_house = of_the_house()
    assert all(game.evolve(house, fact) != house for fact in facts_of_house)


def test_folding_the_record_gives_the_state() -> None:
    day = the_tour()
    launch: game.Value | None = None
    for fact in day.facts:
        launch = game.evolve(launch, fact)
        assert (launch.seq, launch.last_at) == (fact.seq, fact.at)
    assert launch == day.launch
    assert [fact.seq for fact in day.facts] == list(range(1, len(day.facts) + 1))


def test_folding_what_came_back_from_json_gives_the_same_state() -> None:
    launch: game.Value | None = None
    for fact in the_tour().facts:
        adapter = TypeAdapter(type(fact.event))
        event = adapter.validate_json(adapter.dump_json(fact.event))
        launch = game.evolve(launch, Fact(fact.seq, fact.at, fact.by, event, fact.due_at, fact.role))
    assert launch == the_tour().launch


def test_every_row_of_a_slice_stands_under_its_key() -> None:
    launch = the_tour().launch
    slices: dict[str, dict[Any, Any]] = {name: getattr(launch, name) for name in SLICES}
    assert all(slices.values()), "the tour fills every slice"
    for name, rows in slices.items():
        for key, row in rows.items():
            assert (type(row), row.key) == (SLICES[name], key)


def test_every_slice_of_a_launch_is_listed() -> None:
    mappings = {field.name for field in fields(Launch) if "Mapping" in str(field.type)}
    assert mappings == set(SLICES)


# --- JSON ----------------------------------------------------------------------------------------------------------------

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=20),
    int: st.integers(0, 1000),
    bool: st.booleans(),
    datetime: st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 (hypothesis wants naive bounds)
    timedelta: st.timedeltas(timedelta(days=-400), timedelta(days=400)),
    Words: st.builds(Words.typed, st.text(max_size=20), st.text(max_size=20)) | st.builds(Words, st.text(max_size=64)),
    NoneType: st.none(),
}


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type hint, as far as commands and events use them."""
    if hint in PLAIN:
        return PLAIN[hint]
    if get_origin(hint) is UnionType:
        return st.one_of(*map(any_of, get_args(hint)))
    if get_origin(hint) is tuple and get_args(hint)[1:] == (...,):
        return st.lists(any_of(get_args(hint)[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    raise NotImplementedError(f"say in PLAIN what a {hint} looks like")


@name_of
def test_every_command_and_event_survives_json(kind: type[Any]) -> None:
    hints = get_type_hints(kind)
    adapter = TypeAdapter(kind)

    @settings(max_examples=10, deadline=None, derandomize=True, database=None)
    @given(st.builds(kind, **{field.name: any_of(hints[field.name]) for field in fields(kind)}))
    def survives(message: Any) -> None:
        text = adapter.dump_json(message)
        assert adapter.validate_json(text) == message
        assert adapter.dump_json(adapter.validate_json(text)) == text

    survives()


@name_of
def test_every_command_and_event_is_frozen(kind: type[Any]) -> None:
    assert kind.__dataclass_params__.frozen
    assert "__dict__" not in dir(kind), "slots: a misspelt field is an error"
