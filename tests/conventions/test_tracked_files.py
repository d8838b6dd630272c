"""What is in the repository makes sense on any machine: no path of one, no address that an installation would depend on."""

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Written so that this file does not match itself.
ELSEWHERE = {
    "a path of somebody's machine": r"(?<![\w.])/(?:w[o]rk|f[a]rm|r[o]ot|t[m]p|U[s]ers|h[o]me/\w+)/|\.l[i]brary\b",
    "the host of a registry": r"p[y]pi\.org|p[y]thonhosted|r[e]gistry\.npmjs|d[e]b\.debian\.org|a[r]chive\.ubuntu\.com",
}


@cache
def tracked() -> tuple[tuple[str, str], ...]:
    """Name and text of every file that git has or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    read = [(path, path.read_bytes()) for path in paths if path.is_file()]
    return tuple((str(path.relative_to(ROOT)), content.decode("utf-8", "replace")) for path, content in read if b"\0" not in content[:8000])


def pinned(lock: str) -> set[tuple[str, str]]:
    """Name and version; where a pin is wanted (its marker) may differ between locks."""
    return set(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE))


def test_nothing_points_to_a_machine_or_a_registry() -> None:
    assert len(tracked()) > 20
    found = [
        f"{name}:{number}: {what}"
        for name, text in tracked()
        for number, line in enumerate(text.splitlines(), start=1)
        for what, pattern in ELSEWHERE.items()
        if re.search(pattern, line)
    ]
    assert found == []


def test_what_runs_in_production_is_what_was_tested() -> None:
    run, dev = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert len(run) > 20
    assert run - dev == set()


def test_every_pin_of_a_lock_has_a_hash() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        pins = re.split(r"^(?=[\w.-]+==)", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        assert [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin] == []
