"""The manifest of the app: what it asks for, what Slack has room for, the link of the README, and that an installed bot finds it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from bot import manifest
from bot.cli import app

ROOT = Path(__file__).parents[1]
APP = manifest.content()


def printed(*options: str) -> str:
    told = CliRunner().invoke(app, ["manifest", *options])
    assert told.exit_code == 0
    return told.stdout.removesuffix("\n")


def test_it_is_printed_as_written_as_json_and_as_a_link() -> None:
    assert printed() == (ROOT / "manifests" / "slack_app.yaml").read_text(encoding="utf-8").rstrip()
    assert json.loads(printed("--json")) == APP
    link = urlsplit(printed("--url"))
    asked = parse_qs(link.query, strict_parsing=True)
    assert f"{link.scheme}://{link.netloc}{link.path}" == "https://api.slack.com/apps"
    assert (asked["new_app"], json.loads(asked["manifest_json"][0])) == (["1"], APP)


def test_the_link_of_the_readme_is_the_one_that_is_printed() -> None:
    link = printed("--url")
    for page in ("README.md", "docs/install.md"):
        assert re.findall(r"\((https://api\.slack\.com/apps\?[^\s)]+)\)", (ROOT / page).read_text(encoding="utf-8")) == [link]
    # Longer addresses are cut by some servers and chats on the way.
    assert len(link) < 4_000


def test_what_the_bot_cannot_do_without_is_required_and_all_else_optional() -> None:
    required, optional = manifest.scopes()
    assert set(required) == {
        "chat:write", "commands", "channels:manage", "channels:read", "channels:history", "groups:write", "groups:read", "groups:history",
        "users:read",
    }  # fmt: skip
    assert set(optional) == {
        "users:read.email", "im:read", "im:history", "bookmarks:read", "bookmarks:write", "pins:write", "files:read", "channels:join",
    }  # fmt: skip
    assert len({*required, *optional}) == len(required) + len(optional)


def test_what_people_see_has_room_in_slack() -> None:
    """Beyond these lengths Slack refuses the whole manifest."""
    shortcuts = APP["features"]["shortcuts"]
    assert [(each["callback_id"], each["type"]) for each in shortcuts] == [
        ("menu.show", "global"),
        ("note.add", "message"),
        ("update.draft", "message"),
    ]
    assert [each["name"] for each in shortcuts if len(each["name"]) > 24] == []
    assert [each["description"] for each in shortcuts if len(each["description"]) > 150] == []
    assert len(APP["display_information"]["name"]) <= 35
    assert len(APP["display_information"]["description"]) <= 140


@pytest.mark.slow
def test_an_installed_bot_finds_it(tmp_path: Path) -> None:
    """The wheel, unpacked as an installer does, away from the repository."""
    build = "from hatchling.build import build_wheel; import sys; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    ZipFile(wheel).extractall(tmp_path / "installed")
    look = "import sys; sys.path.insert(0, sys.argv[1]); from bot import manifest; print(manifest.FILE); print(manifest.link())"
    found = subprocess.run(
        [sys.executable, "-c", look, str(tmp_path / "installed")], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    file, link = found.stdout.split()
    assert Path(file).is_relative_to(tmp_path)
    assert link == manifest.link()
