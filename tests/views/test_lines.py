"""Pieces become blocks and text at once; what fills a sentence is shown letter by letter."""

import pytest

from bot.views.address import Address
from bot.views.blocks import button, clip, escape, one_line
from bot.views.lines import Bullets, Buttons, Heading, Instant, Quote, Strong, drawn, line, listed
from bot.views.locale import Reader
from bot.views.phone import on_phone
from launch.words import Words
from tests.days import t, words

EN, FR = Reader("en", "Europe/Paris"), Reader("fr", "Europe/Paris")


def test_one_line_becomes_blocks_and_text() -> None:
    made = drawn([line("{role} until {time}", role=Strong("A & <B>"), time=Instant(t(0)))], EN)
    assert made.text == "A &amp; &lt;B&gt; until <!date^1805167800^{time}|04:30 (Paris)>"
    (block,) = made.blocks
    (paragraph,) = block["elements"]
    assert paragraph["elements"] == [
        {"type": "text", "text": "A & <B>", "style": {"bold": True}},
        {"type": "text", "text": " until "},
        {"type": "date", "timestamp": 1805167800, "format": "{time}", "fallback": "04:30 (Paris)"},
    ]


def test_lines_that_follow_each_other_are_one_paragraph_and_a_quote_stands_apart() -> None:
    made = drawn([Heading("Title"), line("one"), line("two"), Quote(words("said\nso")), line("three"), Bullets(("a", "b"))], EN)
    assert [block["type"] for block in made.blocks] == ["header", "rich_text"]
    assert [each["type"] for each in made.blocks[1]["elements"]] == [
        "rich_text_section",
        "rich_text_quote",
        "rich_text_section",
        "rich_text_list",
    ]
    assert made.text == "Title\none\ntwo\n“said\nso”\nthree\n• a\n• b"


def test_what_was_forgotten_is_an_ellipsis() -> None:
    assert drawn([Quote(Words("digest"))], FR).text == "«\u00a0…\u00a0»"


def test_a_french_sign_stays_with_its_word() -> None:
    said = FR._("“{words}”").format(words="dns")
    assert drawn([line("{step}\n", step=f"{said}\n  next")], FR).text == "«\u00a0dns\u00a0» next\n"


def test_foreign_braces_are_no_placeholders() -> None:
    assert drawn([line("{name} is here", name="{role}")], EN).text == "{role} is here"


@pytest.mark.parametrize(("names", "said"), [("a b", "a, b"), ("a b c", "a, b and 1 more"), ("a b c d", "a, b and 2 more")])
def test_a_long_list_says_how_many_more_there_are(names: str, said: str) -> None:
    assert drawn([listed(names.split(), EN, most=2)], EN).text == said


def test_a_message_too_long_is_cut_in_text_and_blocks_alike_and_keeps_its_buttons() -> None:
    go = button("GO", "checkpoint.go", "a/b")
    made = drawn([*[line(f"{number} " + "x" * 150) for number in range(100)], Buttons((go,))], EN)
    assert len(made.text) <= 4000
    assert made.text.endswith("\n…")
    assert made.blocks[0]["elements"][0]["elements"][-1]["text"] == "…"
    assert made.blocks[1]["elements"] == [go]


def test_a_phone_shows_what_fits_and_the_buttons() -> None:
    go = Buttons((button("GO", "checkpoint.go", "a/b"),))
    kept = list(on_phone([line("short"), line("x" * 100), line("too much"), go], 4, EN))
    assert kept == [line("short"), line("x" * 100), go]


def test_texts_of_others_are_cut_and_put_on_one_line() -> None:
    assert clip("abcdef", 4) == "abc…"
    assert one_line(" a\n b\t c ") == "a b c"
    assert one_line("   ") == "…"
    assert escape("<@U1> & co") == "&lt;@U1&gt; &amp; co"


@pytest.mark.parametrize("names", [("corvane", ()), ("corvane-id", ("final", "1", "base de données")), ("a/b", ("c%2Fd", "é", ""))])
def test_an_address_survives_the_way_to_slack_and_back(names: tuple[str, tuple[str, ...]]) -> None:
    assert Address.read(str(Address(*names))) == Address(*names)


def test_what_is_no_address_leads_nowhere() -> None:
    assert Address.read("") == Address("")
    assert Address.read('{"launch": 1}').subject == ()


def test_an_address_that_slack_would_cut_is_not_drawn() -> None:
    with pytest.raises(ValueError, match="at most 2000"):
        button("GO", "checkpoint.go", "x" * 2001)
