"""Tables and lines that open; and the same message for a workspace that takes neither."""

from bot.views.lines import Instant, drawn, line
from bot.views.locale import Reader
from bot.views.tables import Folded, Plain, Table, kinds_in, plainer
from tests.days import t
from tests.views.limits import complaints

EN = Reader("en", "Europe/Paris")
TABLE = Table(("Role", "Until"), ((line("Database"), line("{time}", time=Instant(t(0)))), (line("<QA>"), line("–"))))


def test_a_table_is_said_row_by_row_in_the_text() -> None:
    made = drawn([line("On duty:"), TABLE], EN)
    assert made.text.splitlines()[1:3] == ["Role · Until", "Database · <!date^1805167800^{time}|04:30 (Paris)>"]
    assert complaints(made.text, made.blocks) == []
    assert kinds_in(made.blocks) == {"table"}


def test_where_tables_are_refused_each_row_is_a_line() -> None:
    made = plainer(drawn([TABLE], EN).blocks, {"table"})
    (section,) = made[0]["elements"]
    assert (made[0]["type"], kinds_in(made)) == ("rich_text", frozenset())
    assert [each.get("text", each.get("fallback")) for each in section["elements"]] == [
        "Role", " · ", "Until", "\n", "Database", " · ", "04:30 (Paris)", "\n", "<QA>", " · ", "–",
    ]  # fmt: skip


def test_where_nothing_opens_the_line_stands_alone() -> None:
    made = drawn([Folded("On duty: Ines", (TABLE,)), line("after")], EN)
    assert kinds_in(made.blocks) == {"container"}
    for refused in ({"container"}, {"table"}, {"table", "container"}):
        first, after = plainer(made.blocks, refused)
        assert first["elements"][0]["elements"][0]["text"] == "On duty: Ines"
        assert after == made.blocks[1]


def test_what_nobody_refused_is_left_as_it_is() -> None:
    made = drawn([Folded("shifts", (Plain("• one"),)), TABLE], EN).blocks
    assert plainer(made, ()) == list(made)
    assert plainer(drawn([Folded("shifts", (Plain("• one"),))], EN).blocks, {"table"})[0]["type"] == "container"
