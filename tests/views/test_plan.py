"""What is wrong with a plan, as people read it: tests/plans/broken.*.golden, to be read by eye. `GOLDEN=write` writes them anew."""

import os
from typing import get_args

import pytest

from bot.views.locale import LANGUAGES, Language, Reader
from bot.views.plan import sentence, sentences
from launch.findings import Code, Finding
from launch.reading import read_plan
from tests.launch.mistakes import MISTAKES, PLANS, SMALL, Mistake

ENGLISH, FRENCH = Reader("en", "Europe/Paris"), Reader("fr", "Europe/Paris")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_written_in_a_hurry_in_sentences(language: Language) -> None:
    read = read_plan((PLANS / "broken.yaml").read_bytes())
    said = "".join(f"{sentence(finding, Reader(language, 'UTC'))}\n" for finding in read.findings)
    golden = PLANS / f"broken.{language}.golden"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_every_code_has_its_sentence_and_no_sentence_is_left_over() -> None:
    assert set(sentences(ENGLISH)) == set(get_args(Code))


@pytest.mark.parametrize("mistake", MISTAKES, ids=[f"{number}-{each.code}" for number, each in enumerate(MISTAKES)])
def test_every_mistake_is_said_with_its_line_what_is_written_there_and_what_would_do(mistake: Mistake) -> None:
    [finding] = read_plan(mistake.text).findings
    english, french = sentence(finding, ENGLISH), sentence(finding, FRENCH)
    assert english.startswith(f"Line {mistake.line}")
    assert french.startswith(f"Ligne {mistake.line}")
    for said in (english, french):
        assert "{" not in said.replace(finding.facts.get("value", ""), "")
        assert said.count(". ") >= 1, "what is wrong, and then what would be accepted"
        assert finding.facts.get("nearest", "") in said
        assert mistake.place in said
    assert english != french


def test_a_warning_says_that_it_is_no_more() -> None:
    [finding] = read_plan(SMALL.replace("application: [camille, samira]", "application: [camille]")).findings
    assert sentence(finding, ENGLISH) == (
        "Line 23, shifts[1].application, only a warning: Only one person holds “application” in “day”, and its no stops the launch. "
        "Name a second one, to step in."
    )


def test_a_name_is_suggested_where_one_is_near() -> None:
    [finding] = read_plan(SMALL.replace("before: dns", "before: dnss")).findings
    assert sentence(finding, FRENCH) == (
        "Ligne 25, checkpoints[0].before\u00a0: Il n’y a pas d’étape «\u00a0dnss\u00a0» sous cutover. "
        "Connues\u00a0: dns. Vouliez-vous dire «\u00a0dns\u00a0»\u202f?"
    )


def test_what_stands_in_the_file_is_shown_and_not_obeyed() -> None:
    """Braces fill no placeholder, a line end makes no second line, a long text is cut."""
    text = SMALL.replace("kind: external", 'kind: "{line} {0} {accepted}\\n<!channel> ' + "x" * 100 + '"')
    [finding] = read_plan(text).findings
    said = sentence(finding, ENGLISH)
    assert said.startswith("Line 5, launch.kind: “{line} {0} {accepted} <!channel> xxx")
    assert "\n" not in said
    assert len(said) < 200


def test_the_rest_of_too_many_mistakes_is_counted() -> None:
    finding = Finding("too_many_mistakes", "error", 7, "", {"count": "12"})
    assert sentence(finding, ENGLISH) == "Line 7: 12 more findings, from here on, are not shown. Mend those above, then check again."
