"""A plan file becomes a plan, or all of its mistakes are told at once, each once."""

from typing import get_args

import pytest

from launch.findings import DutyCode, FieldCode, FileCode, NameCode, TimeCode
from launch.reading import read_plan
from tests.launch.mistakes import MISTAKES, Mistake


@pytest.mark.parametrize("mistake", MISTAKES, ids=[f"{number}-{each.code}" for number, each in enumerate(MISTAKES)])
def test_one_mistake_is_told_once_and_nothing_else_is_blamed(mistake: Mistake) -> None:
    [finding] = read_plan(mistake.text).findings
    assert (finding.code, finding.line, finding.place) == (mistake.code, mistake.line, mistake.place)
    assert mistake.facts.items() <= finding.facts.items()
