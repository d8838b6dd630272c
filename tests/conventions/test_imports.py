"""What each floor may reach for outside the project. Who may import whom inside it stands in pyproject.toml, for import-linter."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("launch", "storage", "bot", "sandbox")

# Time, chance, the machine, the network, the disk: none of it in a rule or a view.
IMPURE = {
    "asyncio", "concurrent", "ctypes", "getpass", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "platform", "queue",
    "random", "secrets", "select", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib.request", "uuid",
}  # fmt: skip
CLOCK_AND_CHANCE = {"time", "random", "secrets", "uuid"}
# Besides bot.outside, where it decides nothing: reference ids; a stepped clock, which APScheduler overlooks; attempts spread over time.
CLOCK_AND_CHANCE_IN = {"bot.outside", "bot.logs", "bot.ticker", "bot.sockets"}
NOW = {"now", "utcnow", "today"}

# module → what it alone may use beside the standard library and pydantic.
RULES_MAY_USE = {
    "launch.document": {"ruamel.yaml"},
    "launch.writing": {"ruamel.yaml"},
    "launch.updates": {"jinja2"},
    "launch.roster_feeds": {"icalendar"},
}
VIEWS_MAY_USE = {"bot.views.locale": {"babel"}}
# The catalogues are read from the package, and compiled in memory.
PURE_BUT_FOR = {"bot.views.locale": {"io"}}


def modules(*under: str) -> Iterator[tuple[str, Path]]:
    """Every module below these packages, by its dotted name."""
    for package in under:
        for path in sorted((ROOT / package.replace(".", "/")).rglob("*.py")):
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield dotted.removesuffix(".__init__"), path


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    """Absolute dotted names, also those imported inside a function. `from a import b` counts as `a.b`: b may be a module."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {f"{node.module}.{each.name}" for each in node.names}
    return frozenset(found)


def reaches(name: str, target: str) -> bool:
    return name == target or name.startswith(target + ".")


def using(targets: set[str], *under: str) -> set[str]:
    """The modules below `under` that import one of `targets`."""
    return {module for module, path in modules(*under) for name in imported(path) if any(reaches(name, each) for each in targets)}


def strangers(path: Path) -> set[str]:
    """Imports from neither the standard library nor the project."""
    return {name for name in imported(path) if name.partition(".")[0] not in sys.stdlib_module_names | set(FLOORS)}


@pytest.mark.parametrize("floor", FLOORS)
def test_no_import_is_relative(floor: str) -> None:
    """One way to name a module, so that a reader can search for it."""
    nodes = ((module, node) for module, path in modules(floor) for node in ast.walk(tree(path)))
    relative = [module for module, node in nodes if isinstance(node, ast.ImportFrom) and node.level]
    assert relative == []


def test_rules_need_the_standard_library_and_pydantic() -> None:
    beyond = {
        (module, name)
        for module, path in modules("launch")
        for name in strangers(path)
        if not any(reaches(name, allowed) for allowed in {"pydantic"} | RULES_MAY_USE.get(module, set()))
    }
    assert beyond == set()


def test_views_need_the_rules_and_babel_in_one_place() -> None:
    beyond = {
        (module, name)
        for module, path in modules("bot.views")
        for name in strangers(path)
        if not any(reaches(name, allowed) for allowed in VIEWS_MAY_USE.get(module, set()))
    }
    assert beyond == set()


def test_rules_and_views_touch_nothing_outside() -> None:
    touching = {
        (module, name)
        for module, path in modules("launch", "bot.views")
        for name in imported(path)
        if any(reaches(name, each) for each in IMPURE - PURE_BUT_FOR.get(module, set()))
    }
    assert touching == set()


def test_only_one_module_reads_launch_time_or_draws_a_lot() -> None:
    assert using(CLOCK_AND_CHANCE, "launch", "storage", "bot") <= CLOCK_AND_CHANCE_IN
    asked = {
        f"{module}:{node.lineno}"
        for module, path in modules("launch", "storage", "bot")
        if module not in CLOCK_AND_CHANCE_IN
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in NOW
    }
    assert asked == set()


def test_rules_and_views_open_and_print_nothing() -> None:
    calls = {
        f"{module}:{node.lineno}"
        for module, path in modules("launch", "bot.views")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input", "exec", "eval"}
    }
    assert calls == set()


def test_rows_stay_in_storage() -> None:
    """The door and the voices may name the transaction they hand down; nobody above storage speaks SQL."""
    assert using({"sqlmodel", "sqlite3", "alembic"}, "launch", "bot", "sandbox") == set()
    assert using({"sqlalchemy"}, "launch", "bot.views", "bot.slack", "sandbox") == set()
    named = {name for _, path in modules("bot") for name in imported(path) if reaches(name, "sqlalchemy")}
    assert named <= {"sqlalchemy.Connection", "sqlalchemy.Engine"}


def test_slack_is_called_through_the_wire() -> None:
    assert using({"slack_sdk"}, *FLOORS) <= {"bot.wire", "bot.sockets"}
    sockets = [name for module, path in modules("bot") if module == "bot.sockets" for name in imported(path)]
    assert [name for name in sockets if reaches(name, "slack_sdk") and not reaches(name, "slack_sdk.socket_mode")] == []


def test_bolt_stays_at_the_edge() -> None:
    assert {module for module in using({"slack_bolt"}, *FLOORS) if not module.startswith("bot.slack")} <= {"bot.sockets", "bot.main"}


def test_the_scheduler_is_the_ticker_s() -> None:
    assert using({"apscheduler"}, *FLOORS) <= {"bot.ticker"}


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {floor: {plain(each) for each in project["dependencies"]} for floor in FLOORS}
    declared["sandbox"] |= {plain(each) for each in project["optional-dependencies"]["sandbox"]}
    distributions = packages_distributions()
    missing = {
        (module, name)
        for floor in FLOORS
        for module, path in modules(floor)
        for name in strangers(path)
        if not declared[floor] & {plain(each) for each in distributions.get(name.partition(".")[0], [])}
    }
    assert missing == set()


def plain(requirement: str) -> str:
    """The name in "Ruamel_YAML>=0.19", as every index writes it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()
