"""What the README and the pages under docs/ say is so: the words, the commands, the fields of a plan, the files they point to."""

import re
from pathlib import Path

import pytest
import typer

from bot.cli import app
from bot.views import help as help_view
from bot.views.locale import Reader
from launch.crew import SHIFT
from launch.reading import read_plan

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))

# A field that nobody knows, in every group: what is told of each names the fields that would be accepted.
UNKNOWN_EVERYWHERE = """
zzz: 1
launch:
  {zzz: 1, room: {zzz: 1}, bridge: {zzz: 1}, links: [{zzz: 1}], limits: {zzz: 1, problem: {zzz: 1}}, cover: {zzz: 1}, holds: [{zzz: 1}]}
people: {x: {zzz: 1, reach: [{call: secret:TEL, zzz: 1}]}}
roles: {x: {zzz: 1}}
criteria: {x: {zzz: 1}}
checkpoints: [{zzz: 1}]
cutover: [{zzz: 1}]
updates: {zzz: 1, audiences: {x: {zzz: 1}}}
"""


def test_the_words_of_launch_are_those_of_the_help() -> None:
    """With what may follow them, which the README puts in brackets where it may be left out."""
    told = re.findall(r"^/launch (\w+)(?: ([A-Z ]+))?:", help_view.words(Reader("en", "UTC")).text, flags=re.MULTILINE)
    written = re.findall(r"^\| `/launch (\w+)(?: \[?([A-Z ]+)\]?)?` \|", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [word for word, _ in told] == list(help_view.WORDS)
    assert written == told


def test_the_readme_names_every_command_of_the_shell() -> None:
    assert named_commands(README) == shell_commands()


@EVERY_PAGE
def test_a_page_names_only_commands_that_there_are(page: Path) -> None:
    assert named_commands(page) - shell_commands() == set()


@EVERY_PAGE
def test_what_a_page_points_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    paths = [link.partition("#")[0] for link in links if "://" not in link]
    assert [path for path in paths if path and not (page.parent / path).exists()] == []


def test_the_page_of_the_plan_names_every_field_and_no_other() -> None:
    assert documented_fields() == accepted_fields()


def shell_commands() -> set[str]:
    """Each as it is typed: "run", "plan add"."""
    found: set[str] = set()
    for name, command in typer.main.get_command(app).commands.items():
        found |= {f"{name} {inner}" for inner in getattr(command, "commands", {})} or {name}
    return found


def named_commands(page: Path) -> set[str]:
    """What follows `launchroom` in code, as far as it is small words."""
    text = page.read_text(encoding="utf-8")
    code = re.findall(r"```.*?```|`[^`\n]+`", text, flags=re.DOTALL)
    return {words.strip() for each in code for words in re.findall(r"\blaunchroom((?: [a-z]+)+)", each)}


def accepted_fields() -> dict[str, list[str]]:
    """By group, "" for the file itself. A shift is asked for its names: whatever else it holds is taken for a role."""
    found = {"shifts": list(SHIFT)}
    for finding in read_plan(UNKNOWN_EVERYWHERE).findings:
        if finding.code == "unknown_field":
            group = re.sub(r"(\.x|\[0\])?\.?zzz$", "", finding.place)
            found[group] = finding.facts["accepted"].split(", ")
    return found


def documented_fields() -> dict[str, list[str]]:
    """The tables of fields by the heading they stand under."""
    parts = re.split(r"^#+ (.+)$", (ROOT / "docs" / "plan.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found: dict[str, list[str]] = {}
    for title, text in zip(parts[::2], parts[1::2], strict=True):
        fields = re.findall(r"^\| (?:\*\*)?`(\w+)`(?:\*\*)? \|", text, flags=re.MULTILINE)
        if fields and (title == "Sections" or title.startswith("`")):
            found[title.removeprefix("Sections").strip("`")] = fields
    return found
