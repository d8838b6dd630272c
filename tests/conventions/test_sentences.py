"""Every sentence exists in English and in French: nothing missing, nothing left over, nothing lost between the two.

The English catalogue may leave a translation empty: the code's own words stand then. `make locales` brings both up to date.
A context says what a sentence has to fit into; CONTEXTS names each, with its longest length in characters."""

import ast
import string
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.views.locale import LANGUAGES

ROOT = Path(__file__).parents[2]
LITERALS = {"_": 1, "n": 2, "p": 2}
CONTEXTS = {"title": 24}  # Slack refuses a longer title of a modal, and of its two buttons.


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / "bot" / "locales" / language / "launchroom.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="session")
def code(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The sentences of the code, read as `make locales` reads them."""
    template = tmp_path_factory.mktemp("locales") / "launchroom.pot"
    extract = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "pyproject.toml", "-o", str(template), "."]
    subprocess.run(extract, cwd=ROOT, check=True)
    with template.open("rb") as file:
        return read_po(file)


def keys(sentences: Catalog) -> set[tuple[str | None, str | tuple[str, ...]]]:
    return {(each.context, tuple(each.id) if isinstance(each.id, list) else each.id) for each in sentences if each.id}


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def sentences(language: str) -> list[Message]:
    return [each for each in catalogue(language) if each.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_what_the_code_says_and_nothing_else(code: Catalog, language: str) -> None:
    there, said = keys(catalogue(language)), keys(code)
    assert len(said) > 0
    assert sorted(map(str, said - there)) == [], "new in the code: run `make locales` and translate"
    assert sorted(map(str, there - said)) == [], "no longer said by the code: run `make locales`"
    assert list(catalogue(language).obsolete) == [], "left over: run `make locales`"


def test_a_sentence_is_written_where_it_is_said() -> None:
    """A sentence from a variable, or put together, would never reach a catalogue."""
    assert [call for path in (ROOT / "bot").rglob("*.py") for call in computed(ast.parse(path.read_text(encoding="utf-8")))] == []


def computed(node: ast.AST) -> Iterator[str]:
    """Calls that say something else than literal sentences. A function that bears such a name itself passes on what it was given."""
    if isinstance(node, ast.FunctionDef) and node.name in LITERALS:
        return
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        said = node.args[: LITERALS.get(name, 0)]
        if not all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in said):
            yield ast.unparse(node)
    for child in ast.iter_child_nodes(node):
        yield from computed(child)


def test_every_sentence_has_its_french_in_every_plural_form() -> None:
    untranslated = [each.id for each in sentences("fr") if each.fuzzy or not all(forms(each.string))]
    assert untranslated == []
    assert [each.id for each in sentences("fr") if each.pluralizable and len(forms(each.string)) != 2] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive_translation(language: str) -> None:
    """All forms of a plural hold the same ones: in French 0 takes the singular, so that its number has to be written."""
    differing = []
    for each in sentences(language):
        wanted = placeholders(forms(each.id)[-1])
        differing += [form for form in chain(forms(each.id), forms(each.string)) if form and placeholders(form) != wanted]
    assert differing == []


def test_placeholders_have_names_that_a_translator_understands(code: Catalog) -> None:
    named = [name for each in code if each.id for form in forms(each.id) for name in placeholders(form)]
    assert [name for name in named if not name.isidentifier()] == []


def test_a_context_is_one_that_a_test_knows(code: Catalog) -> None:
    assert {each.context for each in code if each.context} <= set(CONTEXTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_must_fit_fits_in_every_language(language: str) -> None:
    bounded = [(CONTEXTS[each.context], form) for each in sentences(language) if each.context for form in forms(each.string or each.id)]
    assert [form for longest, form in bounded if len(form) > longest] == []


def test_french_punctuation_does_not_stand_alone_at_the_start_of_a_line() -> None:
    """Before : ; ? ! » and after « stands a no-break space (U+00A0 or U+202F), never one that a phone breaks at."""
    french = [form for each in sentences("fr") for form in forms(each.string)]
    assert [form for form in french if any(pair in form for pair in (" :", " ;", " ?", " !", " »", "« "))] == []
