"""What is wrong or doubtful in a plan file: codes, places and facts. The sentences for them are in the views."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal, Protocol

Severity = Literal["error", "warning"]

Code = Literal[
    # the file as a whole
    "too_large", "too_many_lines", "line_too_long", "too_dense", "too_deep", "not_utf8", "nothing_there", "too_many_mistakes",
    "alias", "merge_key", "tag", "directive", "second_document", "duplicate_key", "key_not_text", "control_character",
    "tab", "stray_colon", "no_colon", "indentation", "open_bracket", "open_quote", "odd_start", "syntax",
    # one field
    "unknown_field", "missing_field", "empty", "not_text", "not_list", "not_mapping", "not_tiers", "not_true_false",
    "too_long", "too_many", "bad_launch_key", "bad_key", "bad_mail", "bad_slack_id", "bad_address", "bad_channel", "secret_not_read",
    "not_a_secret", "not_a_way", "bad_source", "bad_limit", "not_a_criterion",
    "not_one_of", "unknown_language",
    # times
    "unknown_zone", "not_a_duration", "not_above_zero", "too_long_a_time", "not_a_moment", "not_an_hour", "no_such_date",
    "time_skipped", "time_twice", "t0_before_the_room", "before_the_room", "checkpoint_too_late",
    "not_from_t0", "cover_ends_early", "at_and_every", "series_guards", "series_too_fast", "series_too_long", "series_ends_early",
    "step_without_time", "steps_in_a_circle", "worst_is_better", "step_too_early", "before_its_evidence",
    # names
    "duplicate_name", "duplicate_mail", "duplicate_slack", "same_person_name", "role_word_taken", "named_twice", "unreachable",
    "unknown_person", "unknown_role", "not_invitable", "unknown_shift", "unknown_step", "no_commander", "two_commanders",
    "same_channel", "room_as_channel",
    # duty
    "shift_ends_early", "shifts_overlap", "nobody_named", "empty_shift", "absent_but_held", "no_second", "role_never_held",
    "role_unused", "nobody_on_shift", "no_commander_on_shift", "planned_gap", "no_approver", "lone_approver",
    "hole_in_cover", "asked_near_edge", "step_near_edge", "slack_only_at_night", "one_night", "long_duty",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake ("error": the plan cannot be used) or doubt ("warning"). `line` counts from 1, `place` is the path of the field."""

    code: Code
    severity: Severity
    line: int
    place: str
    facts: Mapping[str, str]


class Spot(Protocol):
    """Anything that stands somewhere in the file."""

    @property
    def line(self) -> int: ...
    @property
    def place(self) -> str: ...


MOST_SAID = 100
"""Findings told of one file: whoever made more has to begin anew, and a list must end."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST_HINT = 32


@dataclass(slots=True)
class Findings:
    """All that is found in one file, gathered while it is read."""

    _found: list[Finding] = field(default_factory=list)
    _comparisons: int = 1_500

    def error(self, code: Code, spot: Spot, **facts: str) -> None:
        self._say(code, "error", spot, facts)

    def warning(self, code: Code, spot: Spot, **facts: str) -> None:
        self._say(code, "warning", spot, facts)

    def _say(self, code: Code, severity: Severity, spot: Spot, facts: Mapping[str, str]) -> None:
        shown_facts = {name: shown(text, 300 if name == "accepted" else 60) for name, text in facts.items()}
        self._found.append(Finding(code, severity, spot.line, shown(spot.place, 120), shown_facts))

    @property
    def has_errors(self) -> bool:
        return any(finding.severity == "error" for finding in self._found)

    def in_order(self) -> tuple[Finding, ...]:
        """The findings by line; past the hundredth, one that says how many are not told."""
        found = sorted(self._found, key=lambda finding: finding.line)
        told, rest = found[:MOST_SAID], found[MOST_SAID:]
        if rest:
            severity: Severity = "error" if any(finding.severity == "error" for finding in rest) else "warning"
            told.append(Finding("too_many_mistakes", severity, rest[0].line, "", {"count": str(len(rest))}))
        return tuple(told)

    def nearest(self, word: str, names: Iterable[str]) -> str:
        """The name that `word` was probably meant to be, or "". Hostile files are told no more hints than the time for them allows."""
        best, ratio = "", 0.6
        matcher = SequenceMatcher(b=word.casefold())
        for name in names if len(word) <= _LONGEST_HINT and len(self._found) < MOST_SAID else ():
            matcher.set_seq1(name.casefold()[:_LONGEST_HINT])
            if min(matcher.real_quick_ratio(), matcher.quick_ratio()) > ratio and self._comparisons > 0:
                self._comparisons -= 1
                best, ratio = max((ratio, best), (matcher.ratio(), name))[::-1]
        return best


def shown(text: str, most: int = 60) -> str:
    """`text` as it may be shown to a person: on one line, nothing invisible, cut."""
    visible = _UNPRINTABLE.sub("�", " ".join(text[: 2 * most].split()))
    return visible if len(visible) <= most else visible[: most - 1] + "…"
