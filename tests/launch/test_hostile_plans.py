"""Hostile files, junk and plans spoilt at random: always an answer, soon, and what reads without error can be used."""

import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launch.birth import plan_in, written
from launch.plan import Checkpoint, Plan
from launch.reading import read_plan
from launch.roster import rostered
from tests.launch.mistakes import SMALL

pytestmark = pytest.mark.slow

EXAMPLE = (Path(__file__).parents[2] / "examples" / "corvane_id.yaml").read_text(encoding="utf-8")
K256 = 256 * 1024
HOSTILE: dict[str, str | bytes] = {
    "billion laughs": "a: &a [x, x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)),
    "an alias of itself": "a: &a [*a]\n",
    "merged": "a: &a {b: 1}\nc: {<<: *a}\n",
    "a call": "a: !!python/object/apply:os.system [ls]\n",
    "brackets": "[" * K256,
    "spaced brackets": "[ " * 1999,
    "braces on lines": "{a:\n" * 4999,
    "dashes": "- " * 1999,
    "question marks": "? " * 1999,
    "colons": ": " * 1999,
    "stairs": "".join(" " * depth + "a:\n" for depth in range(700)),
    "one word": "a" * K256,
    "words": "a: " + "b " * 100_000,
    "words on lines": ("ab " * 1300 + "\n") * 60,
    "lines of words": "a:\n" + (" b" * 1900 + "\n") * 25,
    "long lines": ("a" * 3990 + "\n") * 60,
    "line ends": "\n" * K256,
    "comments": ("# " + "x" * 60 + "\n") * 4000,
    "literal lines": "a: |\n" + " x\n" * 4990,
    "growing lines": "a: |\n" + "".join(" " * n + "\n" for n in range(700)),
    "quoted lines": 'a: "' + ("x" * 3000 + "\n") * 80 + '"',
    "escapes": 'a: "' + "\\n" * 100_000 + '"',
    "quotes": "a: '" + "''" * 100_000 + "'",
    "escaped tag": "!" + "%41" * 80_000,
    "directive": "%YAML " + "1" * 200_000,
    "giant key": "? " + "k" * 200_000 + "\n: v\n",
    "giant keys": "".join(f"k{n:05}{'x' * 1000}: {{a: 1}}\n" for n in range(240)),
    "keys": "".join(f"k{n}: v\n" for n in range(4999)),
    "digits": "a: " + "1" * 3000 + "\nb: " + "1_" * 1500 + "\nc: " + "1" * 1000 + ".\nd: " + "1:" * 1000 + "1\n",
    "a list": "a: [" + ",\n ".join("[b, c]" for _ in range(2400)) + "]",
    "all bytes": bytes(range(256)) * 1000,
    "nothing but NUL": "\x00" * K256,
    "no character": "a: \ud800",
    "too many escaped": 'a: "\\UFFFFFFFF"',
    "names that are nearly the same": "people:\n"
    + "".join(f"  {''.join(chr(97 + (n * 7 + k * 11) % 26) for k in range(30))}{n}: {{name: x}}\n" for n in range(500))
    + "roles: {r: {title: R}}\nshifts:\n"
    + "".join(f"- {{name: s{n}, from: 2027-01-01 00:00, to: 2027-01-02 00:00, r: [{'zyxwvutsrq' * 3}{n}]}}\n" for n in range(60)),
    "audiences of one another": SMALL.split("roles:")[0]
    + "roles:\n  commander: {title: C, decides: true}\n"
    + "".join(f"  r{n}: {{title: R{n}}}\n" for n in range(5))
    + "shifts:\n"
    + "".join(
        f"- {{name: s{n}, from: 2027-03-{1 + n // 24:02} {n % 24:02}:00, to: 2027-03-{1 + n // 24:02} {n % 24:02}:59, "
        + ", ".join(f"r{role}: [claire]" for role in range(5))
        + ", commander: [claire]}\n"
        for n in range(160)
    )
    + "checkpoints:\n- {name: c, at: T-9h, answer: 1m, ask: [[zzz]]}\nupdates: {audiences: {\n"
    + "".join(f"a{n}: {{title: A, approvers: [{', '.join(f'r{role}' for role in range(5))}], channel: C0{n:05}}},\n" for n in range(20))
    + "}}\n",
    "questions without end": SMALL.split("checkpoints:")[0]
    + "checkpoints:\n"
    + "".join(f"- {{name: c{n}, every: 12m1s, from: T-{n}m, to: T+40h, answer: 10m, ask: [[application, qa]]}}\n" for n in range(200))
    + "- {name: last}\n",
    "questions in every gap": SMALL.split("roles:")[0]
    + "roles:\n  commander: {title: C, decides: true}\n"
    + "".join(f"  r{n}: {{title: R{n}, blocking: true}}\n" for n in range(10))
    + "shifts:\n"
    + "".join(
        f"- {{name: s{n}, from: 2027-03-{1 + n // 24:02} {n % 24:02}:00, to: 2027-03-{1 + n // 24:02} {n % 24:02}:59, commander: [zzz], "
        + ", ".join(f"r{role}: [claire]" for role in range(10))
        + "}\n"
        for n in range(60)
    )
    + "checkpoints:\n"
    + "".join(
        f"- {{name: c{n}, every: 20m, from: T-360h, to: T-300h, answer: 1m, ask: [{', '.join(f'r{role}' for role in range(10))}]}}\n"
        for n in range(80)
    ),
    "steps after steps": SMALL.split("cutover:")[0]
    + "cutover:\n- {id: s0, do: D, owner: qa, at: T-0, likely: 400d, worst: 400d}\n"
    + "".join(f"- {{id: s{n}, do: D, owner: qa, after: [s{n - 1}], likely: 400d, irreversible: true}}\n" for n in range(1, 250))
    + "".join(f"- {{id: t{n}, do: D, owner: qa, after: [t{(n + 1) % 20}]}}\n" for n in range(20)),
    "steps after all others": SMALL.split("cutover:")[0]
    + "cutover:\n"
    + "".join(f"- {{id: s{n}, do: D, owner: qa, after: [{', '.join(f's{m}' for m in range(n))}], zzz: 1}}\n" for n in range(95)),
    "holds upon holds": SMALL.replace(
        "people:\n", "  holds:\n" + "".join(f"  - {{name: h{n}, at: T-{n}m, lasts: 400d, why: W}}\n" for n in range(150)) + "people:\n"
    ).replace("cutover:\n", "".join(f"  - {{name: c{n}, at: T-{n}h, answer: 400d, ask: [[zzz]]}}\n" for n in range(150)) + "cutover:\n"),
    "tiers upon tiers": SMALL.split("roles:")[0]
    + "roles: {commander: {title: C, decides: true}, "
    + ", ".join(f"r{n}: {{title: R{n}, blocking: true, aliases: [zz]}}\n" for n in range(250))
    + "}\nshifts:\n- {name: all, from: 2000-03-15 22:00, to: 2099-03-16 06:00, commander: [claire], "
    + ", ".join(f"r{n}: [claire]\n" for n in range(250))
    + "}\ncheckpoints:\n- {name: c, at: T-0, answer: 400d, ask: ["
    + ", ".join(f"[r{n}]\n" for n in range(250))
    + "]}\n",
    "shifts upon shifts": SMALL.split("shifts:")[0]
    + "shifts:\n"
    + "".join(f"- {{name: s{n}, from: 2027-03-15 22:00, to: 2027-03-16 06:00, application: [samira]}}\n" for n in range(200))
    + "checkpoints:\n"
    + "".join(f"- {{name: c{n}, at: T-{n}m, answer: 1m, ask: [[application, qa]]}}\n" for n in range(60)),
}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_files_are_refused_in_no_time(hostile: str) -> None:
    read_plan(SMALL)
    start = process_time()
    read = read_plan(HOSTILE[hostile])
    spent = process_time() - start
    assert read.plan is None
    assert any(finding.severity == "error" for finding in read.findings)
    assert max(len(fact) for finding in read.findings for fact in (finding.place, *finding.facts.values(), "")) <= 300
    assert spent < 0.5 * 3  # thrice, for a machine that has other work


TOKENS = [
    "[slack]", "{call: secret:TEL}", "every: 1h", "after: [dns]", "at: T-400d", "likely: 400d", "irreversible: true", "holds", "cover",
    "[", "]", "{", "}", ":", ": ", ",", "- ", "\t", "&a ", "*a", "!x ", "%", "'", '"', "\\", "|", ">", "?", "#", "\n", "\n  ", "---", "<<",
    "~",
    "true", "[]", "{}", "[[]]", "[[a]]", "\x00", "\ud800", "\u2028", "T-", "T-0", "T+400d", "0m", "400d", "999999h", "-1", "é",
    '"\\uD800"',
    "2027-03-28 02:30", "2099-12-31 23:59", "2000-01-01 00:00 Pacific/Kiritimati", "2027-02-30 10:00", "night", "qa", "claire",
    "all on duty",
]  # fmt: skip
WORD = re.compile(r"[\w:@.-]+|[\[\]{},]")


@st.composite
def spoilt(draw: st.DrawFn, text: str = SMALL) -> str:
    """The text with some words lost, doubled, swapped or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        words = list(WORD.finditer(text))
        word, other = draw(st.sampled_from(words)), draw(st.sampled_from(words))
        new = draw(st.sampled_from(["", f"{word.group()} {word.group()}", other.group(), *TOKENS]))
        text = text[: word.start()] + new + text[word.end() :]
    return text


def assert_can_be_used(plan: Plan) -> None:
    """What the rest of the product counts on."""
    assert plan_in(written(plan)) == plan
    assert [role.key for role in plan.roles.values() if role.decides] == [plan.commander]
    assert plan.commanders <= set(plan.people)
    assert set(plan.named()) <= set(plan.people)
    opens = plan.room.opens.at or plan.t0 + (plan.room.opens.offset or timedelta())
    assert opens < plan.t0
    for shift in plan.shifts:
        assert shift.starts < shift.ends
        assert set(shift.holders) <= set(plan.roles)
        assert all(shift.holders.values())
    for role in plan.roles:
        hours = sorted((shift.starts, shift.ends) for shift in plan.shifts if role in shift.holders)
        assert all(one[1] <= next_one[0] for one, next_one in pairwise(hours))
    for checkpoint in plan.checkpoints.values():
        assert_can_be_asked(plan, checkpoint)
    for audience in plan.audiences.values():
        assert audience.channel
        assert audience.languages
        assert any(role in shift.holders for shift in plan.shifts for role in audience.approvers)


def assert_can_be_asked(plan: Plan, checkpoint: Checkpoint) -> None:
    when = checkpoint.at.at or plan.t0 + (checkpoint.at.offset or timedelta())
    assert checkpoint.ask
    assert checkpoint.answer > timedelta()
    assert rostered(plan, plan.commander, when)[1]
    for role in checkpoint.ask:
        assert rostered(plan, role, when)[1] or plan.roles[role].absent
    assert not checkpoint.series or checkpoint.series.every > checkpoint.answer + plan.limits.grace
    if checkpoint.before in plan.cutover:
        begins = plan.cutover[checkpoint.before].at
        answering = (checkpoint.answer + plan.limits.grace) * len(checkpoint.tiers)
        assert when + answering <= (begins.at or plan.t0 + (begins.offset or timedelta()))


@given(text=spoilt())
@settings(max_examples=150, deadline=None)
def test_whatever_is_written_is_read_and_what_reads_can_be_used(text: str) -> None:
    read = read_plan(text)
    assert (read.plan is None) == any(finding.severity == "error" for finding in read.findings)
    assert [finding.line for finding in read.findings] == sorted(finding.line for finding in read.findings)
    said = [(f.code, f.line, f.place, tuple(f.facts.items())) for f in read.findings]
    assert len(said) == len(set(said))
    if read.plan:
        assert_can_be_used(read.plan)


@given(text=spoilt(EXAMPLE))
@settings(max_examples=20, deadline=None)
def test_the_example_may_be_spoilt_too(text: str) -> None:
    plan = read_plan(text).plan
    if plan:
        assert_can_be_used(plan)


@given(junk=st.one_of(st.binary(max_size=300), st.text(max_size=300)))
@settings(max_examples=150, deadline=None)
def test_junk_is_told_from_a_plan(junk: bytes | str) -> None:
    read = read_plan(junk)
    assert read.plan is None
    assert read.findings
