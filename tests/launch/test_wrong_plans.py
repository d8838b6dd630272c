"""Ten wrong plans: every mistake that was planted in them is found, at its line, and none beside it."""

import re

import pytest

from launch.reading import read_plan
from tests.launch.mistakes import PLANS

WRONG = sorted((PLANS / "wrong").glob("*.yaml"))
MARK = re.compile(r"# ! ([a-z0-9_ ]+)$")


def planted(text: str) -> list[tuple[int, str]]:
    """The marks at the ends of the lines."""
    lines = enumerate(text.splitlines(), 1)
    return sorted((number, code) for number, line in lines if (mark := MARK.search(line)) for code in mark[1].split())


@pytest.mark.parametrize("name", [file.stem for file in WRONG])
def test_what_was_planted_is_found_and_nothing_else(name: str) -> None:
    text = (PLANS / "wrong" / f"{name}.yaml").read_text(encoding="utf-8")
    assert sorted((finding.line, finding.code) for finding in read_plan(text).findings) == planted(text)


def test_there_are_ten_of_three_mistakes_and_more() -> None:
    assert len(WRONG) == 10
    assert all(len(planted(file.read_text(encoding="utf-8"))) >= 3 for file in WRONG)
