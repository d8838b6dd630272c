"""Steps that wait for one another: their order, their circles, and when they are over."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launch.chains import circles, end, in_turn, worst_ends
from launch.moments import planned
from launch.plan import Moment, Step, Title
from launch.reading import read_plan

pytestmark = pytest.mark.slow

EXAMPLE = Path(__file__).parents[2] / "examples" / "corvane_id.yaml"
NAMES = "abcdefg"


@st.composite
def tangles(draw: st.DrawFn) -> dict[str, Step]:
    """Steps each of which may come after any."""
    befores = st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple)
    return {name: Step(name, Title({"": name}), "app", Moment(offset=timedelta()), after=draw(befores)) for name in NAMES}


@given(steps=tangles())
def test_what_can_be_done_comes_in_turn_and_all_else_waits_for_a_circle(steps: dict[str, Step]) -> None:
    done: list[str] = []
    for step in in_turn(steps):
        assert set(step.after) <= set(done)
        done.append(step.id)
    assert len(set(done)) == len(done)
    found = list(circles(steps))
    assert bool(found) == (len(done) < len(steps))
    for circle in found:
        assert all(later in steps[step].after for step, later in zip(circle, (*circle[1:], circle[0]), strict=True))
        assert not set(circle) & set(done)
    assert all(set(steps[name].after) - set(done) for name in set(steps) - set(done))


def test_the_chain_of_the_example_is_over_as_it_says_likely_and_at_worst() -> None:
    plan = read_plan(EXAMPLE.read_bytes()).plan
    assert plan is not None
    t0 = plan.t0
    written = {"freeze", "dns", "open", "retire_legacy"}
    worst = worst_ends(plan.cutover, set(plan.cutover) - written, lambda moment: planned(moment, t0, ()))
    assert end(plan.cutover["smoke"]) == Moment(offset=timedelta(minutes=-55)), "03:35"
    assert worst["smoke"] == t0 + timedelta(minutes=20), "04:50"
    assert worst["dns"] == t0 + timedelta(minutes=35), "it begins when the chain is over, not at its hour"
    assert worst["reconcile"] == t0 - timedelta(minutes=15)
