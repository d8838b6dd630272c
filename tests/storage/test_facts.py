"""Every command and event survives JSON, always as the same bytes, and what a person typed is not in them."""

import json
import typing
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from enum import Enum
from types import NoneType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch import messages
from launch.messages import Command, Event, NoteWritten, OpenRoom, VoteCast
from launch.state import Answer
from launch.words import Words
from storage.facts import FIELDS, KINDS, adapter, canonical, decoded, digests_in, encoded, words_of
from tests.days import words

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TYPED = st.builds(lambda text, salt: Words.typed(f"typed: {text}", salt), TEXT, st.sampled_from(["aa", "bb"]))
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(2**31), 2**31),
    bool: st.booleans(),
    Words: TYPED,
    datetime: st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is added by the strategy
    timedelta: st.timedeltas(timedelta(0), timedelta(days=400)),
    tuple[str, ...]: st.lists(TEXT, max_size=3).map(tuple),
    NoneType: st.none(),
}


def value_of(annotation: Any) -> st.SearchStrategy[Any]:
    if annotation in VALUES:
        return VALUES[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    return st.one_of(*(value_of(each) for each in typing.get_args(annotation)))


def message_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{field.name: value_of(hints[field.name]) for field in fields(kind)})


WHY = words("restore test is red")
NO_GO = VoteCast("final", 1, "database", "ines", Answer.NO_GO, WHY)
SAID_BEFORE = f'"answer":"no_go","checkpoint":"final","person":"ines","reason":{{"words":"{WHY.digest}"}}'
"""The fields of this vote that stand before those of who wrote it down, in their order."""
ANY_MESSAGE = st.sampled_from(sorted(FIELDS)).flatmap(lambda name: message_of(KINDS[name]))


def known(message: Command | Event) -> dict[str, Words]:
    return {each.digest: each for each in words_of(message)}


def test_every_command_and_event_is_known_by_its_name() -> None:
    told = {name for name, kind in vars(messages).items() if isinstance(kind, type) and issubclass(kind, Command | Event)}
    assert set(FIELDS) == told - {"Command", "Event"}


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_command_and_event_survives_json(name: str) -> None:
    @settings(max_examples=15, deadline=None)
    @given(message_of(KINDS[name]))
    def survives(message: Command | Event) -> None:
        assert decoded(name, encoded(message), known(message)) == message

    survives()


@settings(max_examples=100, deadline=None)
@given(ANY_MESSAGE)
def test_the_same_message_is_always_the_same_bytes(message: Command | Event) -> None:
    written = encoded(message)
    again = decoded(type(message).__name__, written, known(message))
    assert encoded(again) == written
    assert canonical(json.loads(written)) == written


@settings(max_examples=100, deadline=None)
@given(ANY_MESSAGE)
def test_of_what_was_typed_only_the_digest_is_written(message: Command | Event) -> None:
    written, typed = encoded(message), list(words_of(message))
    assert "typed: " not in written
    assert sorted(digests_in(written)) == sorted(each.digest for each in typed)
    for each in typed:
        assert each.salt
        assert f'"{each.salt}"' not in written


def test_the_bytes_are_written_down_once_and_for_all() -> None:
    """Records are hashed in this form: change it, and those that exist no longer verify."""
    assert encoded(NO_GO) == f'{{{SAID_BEFORE},"recorded_by":null,"role":"database","round":1}}'
    assert encoded(replace(NO_GO, recorded_by="claire")) == f'{{{SAID_BEFORE},"recorded_by":"claire","role":"database","round":1}}'
    assert encoded(OpenRoom()) == "{}"


def test_a_vote_from_before_anybody_could_write_one_down_is_still_read() -> None:
    vote = decoded("VoteCast", f'{{{SAID_BEFORE},"role":"database","round":1}}', known(NO_GO))
    assert vote == NO_GO
    assert vote.recorded_by is None


def test_words_that_are_kept_no_more_come_back_as_their_digest() -> None:
    note = NoteWritten("ines", words("a secret"))
    assert decoded("NoteWritten", encoded(note), {}) == NoteWritten("ines", Words(note.text.digest))


def test_a_text_that_looks_like_a_digest_stays_a_text() -> None:
    note = NoteWritten('{"words":"abc"}', words("x"))
    assert decoded("NoteWritten", encoded(note), {note.text.digest: note.text}) == note


def test_an_event_without_its_fields_is_an_error_and_no_guess() -> None:
    with pytest.raises(ValueError, match="checkpoint"):
        adapter("CheckpointOpened").validate_python({"round": 1})
