"""An edit changes what it is about and not one character more; what people typed comes back as they typed it; a first plan reads."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from launch.document import Node, tree
from launch.findings import Findings
from launch.first_plan import NewPerson, NewPlan, NewRole, key_for, new_plan
from launch.moments import Unreadable, zones
from launch.plan import Plan
from launch.reading import read_plan
from launch.writing import NotWritten, add_person, move_checkpoint, said, seat

pytestmark = pytest.mark.slow

EXAMPLE = (Path(__file__).parents[2] / "examples" / "corvane_id.yaml").read_text(encoding="utf-8")

# Every way in which a hand may have written the same things, each with a comment at its side.
BY_HAND = """\
# c01 the file
people:   # c02 the people
  lea:    {name: Léa,   slack: U0LEA}   # c03 first
  bo:     {name: 'B: o', slack: U0BO}
  "no":   {name: "N # o", slack: U0NO}  # c04 last

  # c05 and nobody else
shifts:
  # c06 the night
  - name: night       # c07
    from: 2027-03-15 22:00
    network: [lea, bo]   # c08 two
    app:
      - lea    # c09 primary
      # c10 between
      - bo     # c11 secondary

    db: [ lea,   # c12
          bo ,"no" ]  # c13
    # c14 after the last
  - {name: day, network: [bo], app: ["lea"],   # c15
     db: [lea]}
  - name: late
    network:
    - bo
    - lea
checkpoints:
  - name: |    # c16
      final
    at: T-45m   # c17
    ask: [[app]]
  - {name: 'shops', at: "2027-03-16 08:45", ask: [[app]]} # c18
  - {name: watch, every: 2h, from: T+6h, to: T+30h}
  - name: odd
    at: |  # c19
      2027-03-16 04:30

# c20 the end
"""

FORMS = st.sampled_from([lambda t: t, lambda t: t.replace("\n", "\r\n"), lambda t: t.rstrip("\n"), lambda t: "\ufeff" + t])
ODD = ["- a", "{", "[x", "a: b", "# no", "a #b", "no", "null", "~", "'", 'say "hi"', "a\\b", "é", "e\u0301", "🚀 up", "12:30", "1e3"]
ODD += ["%", "@x", "*", "&a", "? k", "|", ">", "!x", "<<"]
TYPED = (st.text(max_size=60) | st.sampled_from(ODD)).filter(lambda text: bool(said(text)))
PEOPLE = st.lists(st.sampled_from(["lea", "bo", "no", "max", "zoe", "y"]), min_size=1, max_size=5, unique=True)


def tree_of(text: str) -> object:
    """The nodes of a file as plain values; nothing of its form is left."""
    findings = Findings()
    root = tree(text, findings)
    assert root is not None, findings.in_order()
    return plain(root)


def plain(node: Node) -> object:
    match node.value:
        case dict() as fields:
            return {key: plain(child) for key, child in fields.items()}
        case list() as items:
            return [plain(child) for child in items]
    return node.value.strip() if node.value else None


def comments(text: str) -> list[str]:
    return re.findall(r"# (c\d\d[^\r\n]*?) *(?=\r?\n|$)", text)


def named(root: object, section: str, name: str) -> dict[str, object]:
    assert isinstance(root, dict)
    return next(each for each in root[section] if each["name"] == name)


def plan_of(text: str) -> Plan:
    read = read_plan(text)
    assert read.plan is not None, read.findings
    return read.plan


# --- one line differs --------------------------------------------------------------------------------------------------


def edited(edit: Callable[[str], str], text: str = EXAMPLE) -> list[tuple[str, str]]:
    """The lines that an edit changed, before and after; it adds and takes away none."""
    before, after = text.split("\n"), edit(text).split("\n")
    return [(one, other) for one, other in zip(before, after, strict=True) if one != other]


def test_a_checkpoint_is_moved_in_its_own_line() -> None:
    [(before, after)] = edited(lambda text: move_checkpoint(text, "final", "2027-03-16 03:30"))
    assert (re.fullmatch("    at: T-[0-9]+m", before) is not None, after) == (True, "    at: 2027-03-16 03:30")
    moved = plan_of(move_checkpoint(EXAMPLE, "final", "T-50m")).checkpoints["final"].at
    assert moved.offset == timedelta(minutes=-50)


def test_holders_are_written_over_in_their_own_line() -> None:
    assert edited(lambda text: seat(text, "paris_night", "network", ["net_day", "net_montreal", "net_pune"])) == [
        ("    network: [net_paris, net_montreal]", "    network: [net_day, net_montreal, net_pune]")
    ]
    assert edited(lambda text: seat(text, "paris_night", "network", ["net_montreal"])) == [
        ("    network: [net_paris, net_montreal]", "    network: [net_montreal]")
    ]


def test_a_new_person_stands_in_the_columns_of_the_others() -> None:
    fields = {"name": "Zoé Le Gall", "slack": "U0ZOE", "zone": "Europe/Paris", "lang": "fr", "mail": " "}
    text = add_person(EXAMPLE, "net_late", fields)
    line = "  net_late:      {name: Zoé Le Gall, slack: U0ZOE, zone: Europe/Paris, lang: fr}\n"
    assert text.count(line) == 1
    assert text.replace(line, "") == EXAMPLE
    assert plan_of(text).people["net_late"].name == "Zoé Le Gall"


def test_a_list_by_lines_stays_one_and_keeps_its_comments() -> None:
    shorter, longer = seat(BY_HAND, "night", "app", ["bo"]), seat(BY_HAND, "night", "app", ["lea", "bo", "max", "zoe"])
    assert f"    app:\n      - bo    # c09 primary\n      # c10 between\n{' ' * 13}# c11 secondary\n\n    db" in shorter
    assert "      - bo     # c11 secondary\n      - max\n      - zoe\n\n    db" in longer
    assert "    network:\n    - lea\ncheckpoints" in seat(BY_HAND, "late", "network", ["lea"])
    assert seat(BY_HAND, "night", "db", ["lea"]).count("db: [ lea    # c12\n") == 1


def test_a_role_that_a_shift_has_not_is_added_as_its_neighbours_are() -> None:
    assert '          bo ,"no" ]  # c13\n    qa: [max]\n    # c14' in seat(BY_HAND, "night", "qa", ["max"])
    assert "     db: [lea], qa: [max]}" in seat(BY_HAND, "day", "qa", ["max"])


def test_a_file_that_ends_within_a_line_goes_on_in_the_next() -> None:
    assert add_person("people:\n  a: {name: A}", "b", {"name": "B"}) == "people:\n  a: {name: A}\n  b: {name: B}"
    assert seat("shifts:\r\n- name: a\r\n  x:\r\n  - l", "a", "x", ["l", "m"]) == "shifts:\r\n- name: a\r\n  x:\r\n  - l\r\n  - m"


# --- whatever is written -----------------------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(form=FORMS, name=TYPED)
@example(form=str, name="T-45m")
def test_whatever_name_is_written_is_read(form: Callable[[str], str], name: str) -> None:
    before = form(BY_HAND)
    after = add_person(before, "zoe", {"name": name, "slack": "U0ZOE"})
    expected = tree_of(before)
    assert isinstance(expected, dict)
    expected["people"]["zoe"] = {"name": said(name), "slack": "U0ZOE"}
    assert tree_of(after) == expected
    kept = set(comments(before))
    assert [each for each in comments(after) if each in kept] == comments(before)


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(form=FORMS, shift=st.sampled_from(["night", "day", "late"]), role=st.sampled_from(["network", "app", "db", "qa"]), people=PEOPLE)
def test_whoever_is_seated_is_read(form: Callable[[str], str], shift: str, role: str, people: list[str]) -> None:
    before = form(BY_HAND)
    after = seat(before, shift, role, people)
    expected = tree_of(before)
    named(expected, "shifts", shift)[role] = people
    assert tree_of(after) == expected
    assert comments(after) == comments(before)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(
    form=FORMS,
    name=st.sampled_from(["final", "shops", "watch", "odd"]),
    when=st.sampled_from(["T-30m", "T-0", "T+1h30m", "2027-03-16 05:00", "2027-03-16 04:30 America/Toronto"]),
)
def test_whenever_a_checkpoint_comes_is_read(form: Callable[[str], str], name: str, when: str) -> None:
    before = form(BY_HAND)
    after = move_checkpoint(before, name, when)
    expected = tree_of(before)
    named(expected, "checkpoints", name)["from" if name == "watch" else "at"] = when
    assert tree_of(after) == expected
    assert comments(after) == comments(before)


def test_what_is_not_there_is_said() -> None:
    for code, edit in {
        "no_checkpoint": lambda: move_checkpoint(BY_HAND, "finale", "T-0"),
        "no_shift": lambda: seat(BY_HAND, "dawn", "app", ["lea"]),
        "nobody": lambda: seat(BY_HAND, "night", "app", []),
        "person_there": lambda: add_person(BY_HAND, "no", {"name": "X"}),
        "no_section": lambda: add_person("shifts: []\n", "x", {"name": "X"}),
    }.items():
        with pytest.raises(NotWritten) as no:
            edit()
        assert no.value.code == code
    with pytest.raises(Unreadable):
        move_checkpoint(BY_HAND, "final", "soon}")


# --- the first plan ----------------------------------------------------------------------------------------------------

NOW = datetime(2027, 3, 10, 14, 20, 5, tzinfo=UTC)
LEA = NewPerson("lea", "Léa: « K »", "U0LEA", "Europe/Paris", "fr")
BO = NewPerson("bo", "Bo # {1}", "U0BO12", "America/Toronto", "en")
NETWORK = NewRole("reseau", "Réseau", (BO, LEA))


def first_plan(**changes: object) -> NewPlan:
    facts: dict[str, object] = {"key": "tills", "name": "- Caisses: fin", "language": "fr", "zone": "Europe/Paris", "commander": LEA}
    facts |= {"t0": datetime(2027, 3, 16, 3, 30, tzinfo=UTC), "deputies": (BO,), "roles": (NETWORK, NewRole("qa", "no", (LEA,)))}
    return NewPlan(**(facts | changes))  # type: ignore[arg-type]


def test_a_first_plan_says_what_is_known() -> None:
    plan = plan_of(new_plan(first_plan(), NOW))
    assert (plan.key, plan.name.to("fr"), plan.language, plan.zone) == ("tills", "- Caisses: fin", "fr", "Europe/Paris")
    assert (plan.t0, plan.room.opens.at) == (datetime(2027, 3, 16, 3, 30, tzinfo=UTC), datetime(2027, 3, 15, 3, 30, tzinfo=UTC))
    assert {key: (p.name, p.slack, p.zone, p.language) for key, p in plan.people.items()} == {
        "lea": ("Léa: « K »", "U0LEA", "Europe/Paris", "fr"),
        "bo": ("Bo # {1}", "U0BO12", "America/Toronto", "en"),
    }
    assert {key: (role.title.to("en"), role.blocking, role.decides) for key, role in plan.roles.items()} == {
        "commander": ("Launch manager", False, True),
        "reseau": ("Réseau", True, False),
        "qa": ("no", True, False),
    }
    [shift] = plan.shifts
    assert shift.holders == {"commander": ("lea", "bo"), "reseau": ("bo", "lea"), "qa": ("lea",)}
    assert (shift.starts, shift.ends - plan.t0) == (plan.room.opens.at, timedelta(hours=12))
    [final] = plan.checkpoints.values()
    assert (final.name, final.at.offset, final.answer) == ("final", timedelta(minutes=-45), timedelta(minutes=10))
    assert final.ask == ("reseau", "qa")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_examples_in_a_first_plan_read_when_they_are_taken_in(language: str) -> None:
    text = new_plan(first_plan(language=language), NOW)
    taken_in = re.sub(r"^# ((?:cutover|updates):|  .*)$", r"\1", text, flags=re.MULTILINE)
    plan = plan_of(taken_in)
    assert (list(plan.cutover), plan.cutover["switch"].owner, list(plan.audiences)) == (["switch"], "reseau", ["customers"])


def test_a_commander_alone_is_asked() -> None:
    plan = plan_of(new_plan(first_plan(roles=(), deputies=()), NOW))
    assert plan.checkpoints["final"].ask == ("commander",)


@pytest.mark.parametrize(
    ("t0", "opens"),
    [
        ("2027-03-11 14:21", "2027-03-10 14:21"),
        ("2027-03-11 14:20", "2027-03-10 14:30"),  # the next whole hour, on the clocks of Pune
        ("2027-03-10 14:25", "2027-03-10 14:21"),
        ("2027-03-10 14:21", "2027-03-10 14:20"),
    ],
)
def test_the_room_opens_the_day_before_or_as_soon_as_it_can(t0: str, opens: str) -> None:
    at = datetime.fromisoformat(t0).replace(tzinfo=UTC)
    plan = plan_of(new_plan(first_plan(zone="Asia/Kolkata", t0=at), NOW))
    assert (plan.t0, plan.room.opens.at) == (at, datetime.fromisoformat(opens).replace(tzinfo=UTC))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    name=TYPED,
    title=TYPED,
    zone=st.sampled_from(sorted(zones())),
    t0=st.integers(0, 2_000_000).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)),
    ahead=st.timedeltas(timedelta(minutes=2), timedelta(days=9)),
)
@example(name="n", title="t", zone="Europe/Paris", t0=datetime(2027, 10, 31, 1, 30, tzinfo=UTC), ahead=timedelta(days=3))
def test_whatever_a_first_plan_is_made_of_it_reads(name: str, title: str, zone: str, t0: datetime, ahead: timedelta) -> None:
    """The title of a role is short by its form; a word of the commander's would be told as taken."""
    title = said(title)[:30].strip() or "x"
    title = title if title.casefold() not in ("commander", "qa") else "x"
    facts = first_plan(name=name, zone=zone, t0=t0, roles=(NewRole(key_for(title, ["commander"]), title, (BO,)),))
    plan = plan_of(new_plan(facts, t0 - ahead))
    assert (plan.t0, plan.name.to("fr"), plan.zone) == (t0, said(name), zone)
    assert [role.title.to("fr") for role in plan.roles.values()][1:] == [title]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Base de données", "base_de_donnees"),
        ("  Sœur Straße!", "soeur_strasse"),
        ("L’équipe n°2", "l_equipe_n_2"),
        ("Réseau", "reseau_3"),
        ("3D", "n3d"),
        ("x", "nx"),
        ("王", "new"),
        ("zone", "zone_2"),
        ("a" * 50, "a" * 40),
    ],
)
def test_a_key_is_made_of_a_name(words: str, key: str) -> None:
    assert key_for(words, {"reseau", "reseau_2"}) == key


def test_the_key_of_a_launch_is_short_and_has_hyphens() -> None:
    name = "Ouverture de Corvane ID en France"
    first = key_for(name, (), joint="-", most=21)
    assert (first, key_for(name, [first], joint="-", most=21)) == ("ouverture-de-corvane", "ouverture-de-corvan-2")
