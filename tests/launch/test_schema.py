"""The schema for editors says what the reader of plans accepts: the same fields, the same required ones, the example and no misspelling."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from launch.crew import SHIFT as SHIFT_FIELDS
from launch.moments import duration
from launch.plan import Limits
from launch.reading import read_plan
from launch.schema import plan_schema

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SCHEMA = plan_schema()
COMMITTED = ROOT / "docs" / "plan.schema.json"
SHIFT = "shifts[0]"


def objects(schema: dict[str, Any], place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every group of fields with its place in a file that holds one entry of each: "launch.room", "people.x", "shifts[0]"."""
    if "properties" in schema:
        yield place, schema
        for name, child in schema["properties"].items():
            yield from objects(child, f"{place}.{name}".strip("."))
    elif isinstance(schema.get("additionalProperties"), dict):
        yield from objects(schema["additionalProperties"], f"{place}.x")
    elif isinstance(schema.get("items"), dict):
        yield from objects(schema["items"], f"{place}[0]")


GROUPS = dict(objects(SCHEMA))
CHECKPOINT, STEP = GROUPS["checkpoints[0]"], GROUPS["cutover[0]"]


def probe(schema: dict[str, Any]) -> Any:
    """A file in which each group holds its groups, and else one field that nobody knows."""
    if "properties" in schema:
        inner = {name: probe(child) for name, child in schema["properties"].items()}
        return {"zzz": "1"} | {name: value for name, value in inner.items() if value}
    if isinstance(schema.get("additionalProperties"), dict):
        return {"x": inner} if (inner := probe(schema["additionalProperties"])) else None
    return [inner] if isinstance(schema.get("items"), dict) and (inner := probe(schema["items"])) else None


def told() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """What the reader says of such a file, by group: the fields it would accept, and those it misses."""
    accepted, required = {SHIFT: set(SHIFT_FIELDS)}, dict[str, set[str]]()
    for finding in read_plan(json.dumps(probe(SCHEMA))).findings:
        if finding.code == "unknown_field":
            accepted[re.sub(r"\.?zzz$", "", finding.place)] = set(finding.facts["accepted"].split(", "))
        if finding.code == "missing_field":
            required.setdefault(finding.place, set()).add(finding.facts["field"])
    return accepted, required


def test_it_knows_every_field_that_the_reader_knows_and_no_other() -> None:
    accepted, _ = told()
    assert {place: set(group["properties"]) for place, group in GROUPS.items()} == accepted


def test_it_requires_what_the_reader_requires() -> None:
    """As far as a file that holds every group can show: those that are groups themselves stand in the next test.

    A checkpoint without a time is told that `at` is missing; it may have `every`, `from` and `to` instead.
    """
    _, missing = told()
    for place, group in GROUPS.items():
        simple = {name for name in group.get("required", ()) if probe(group["properties"][name]) is None}
        assert simple | ({"at"} if place == "checkpoints[0]" else set()) == missing.get(place, set()), place


def test_a_time_of_one_kind_or_the_other_is_required() -> None:
    once = {"name": "c", "answer": "1m", "ask": ["r"], "at": "T-0"}
    again = {**{name: once[name] for name in ("name", "answer", "ask")}, "every": "1h", "from": "T-0", "to": "T+9h"}
    step = {"id": "s", "do": "D", "owner": "r"}
    assert is_valid(CHECKPOINT, once)
    assert is_valid(CHECKPOINT, again)
    assert is_valid(STEP, step | {"after": ["t"]})
    assert not any(is_valid(CHECKPOINT, each) for each in (once | again, {"name": "c", "answer": "1m", "ask": ["r"], "every": "1h"}))
    assert not is_valid(STEP, step)


def is_valid(schema: dict[str, Any], entry: dict[str, Any]) -> bool:
    return Draft202012Validator(schema).is_valid(entry)


@pytest.mark.parametrize("source", ["{zzz: 1}", "{launch: {zzz: 1}}", "{updates: {zzz: 1}}"])
def test_it_requires_the_groups_that_the_reader_requires(source: str) -> None:
    place = "launch" if "launch" in source else "updates" if "updates" in source else ""
    missing = {f.facts["field"] for f in read_plan(source).findings if f.code == "missing_field" and f.place == place}
    assert set(GROUPS[place]["required"]) == missing


def test_what_it_says_of_usual_limits_is_so() -> None:
    limits = {**GROUPS["launch.limits"]["properties"], **GROUPS["launch.limits.problem"]["properties"]}
    del limits["problem"]
    assert {name: duration(each["default"]) for name, each in limits.items()} == {
        name: getattr(Limits(), name) for name in Limits.__dataclass_fields__
    }


@pytest.mark.parametrize("plan", ["examples/corvane_id.yaml", "tests/plans/small.yaml"])
def test_a_good_plan_is_valid_whether_an_editor_keeps_its_words_or_makes_truths_of_them(plan: str) -> None:
    words = in_words(ROOT / plan)
    assert mistakes(words) == []
    assert mistakes(in_truths(words)) == []


@pytest.mark.parametrize(
    ("was", "becomes", "where"),
    [
        ("decides: true", "decides: perhaps", "roles/commander/decides"),
        ("t0: 2027-03-16 04:30", "t0: T-3h", "launch/t0"),
        ("answer: 10m", "answer: ten minutes", "checkpoints/0/answer"),
        ("name: final", "nmae: final", "checkpoints/0"),
        ("language: fr", "language: de", "launch/language"),
        ("[[application, qa]]", "[[application], []]", "checkpoints/0/ask/1"),
        ("call: secret:TEL_SAMIRA", "call: '+33123456789'", "people/samira/reach/1"),
        ("at: T-30m}", "at: T-30m, likely: soon}", "cutover/0/likely"),
        ("{fr: Responsable, en: Launch manager}", "{de: Leitung}", "roles/commander/title"),
    ],
)
def test_what_the_reader_refuses_an_editor_marks(was: str, becomes: str, where: str) -> None:
    source = (ROOT / "tests" / "plans" / "small.yaml").read_text(encoding="utf-8")
    broken = source.replace(was, becomes, 1)
    assert read_plan(broken).plan is None
    assert where in mistakes(in_words(broken))


def test_the_committed_file_is_current() -> None:
    """Else: launchroom schema > docs/plan.schema.json"""
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == SCHEMA


def in_words(source: str | Path) -> Any:
    """Every scalar as the text that stands there, as the reader of plans takes it."""
    return YAML(typ="base", pure=True).load(source)


def in_truths(words: Any) -> Any:
    """`true` as a truth and 4 as a number, but a date as it is written: as the editors' YAML does."""
    match words:
        case dict():
            return {name: in_truths(each) for name, each in words.items()}
        case list():
            return [in_truths(each) for each in words]
        case "true" | "false":
            return words == "true"
    return int(words) if words.isdecimal() else words


def mistakes(plan: Any) -> list[str]:
    return ["/".join(map(str, each.absolute_path)) for each in Draft202012Validator(SCHEMA).iter_errors(plan)]
