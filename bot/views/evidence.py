"""What to look at before answering: words of the plan, or a criterion with what its number has to be."""

import re
from collections.abc import Iterator
from functools import reduce

from bot.views.locale import Reader
from launch.moments import Unreadable, duration
from launch.plan import Checkpoint, Criterion, Evidence, Plan, Title

_LIMIT = re.compile(r"(?P<sign><=|>=|<>|<|>|=) *(?P<number>-?[\d.]+)(?P<words>.*?)(?: for (?P<lasts>\S+))?")


def rows(plan: Plan, point: Checkpoint, reader: Reader) -> tuple[str, ...]:
    """Each on one line of plain text."""
    return tuple(row(plan, each, reader) for each in point.on)


def row(plan: Plan, each: Evidence, reader: Reader) -> str:
    title, criterion = each.title.to(reader.language), plan.criteria.get(each.criterion or "")
    limits = list(limits_of(criterion, reader)) if criterion else []
    if not limits:
        return title
    joined = reduce(lambda one, other: reader._("{one}; {other}").format(one=one, other=other), limits)
    return reader._("{criterion}: {limits}").format(criterion=title, limits=joined)


def limits_of(criterion: Criterion, reader: Reader) -> Iterator[str]:
    """ "go below 1.5 %", "hold above 3 % for 5 min"."""
    written = (
        (reader._("go {limit}"), criterion.go),
        (reader._("hold {limit}"), criterion.hold),
        (reader._("roll back {limit}"), criterion.rollback),
    )
    yield from (sentence.format(limit=limit_of(text, criterion.unit, reader)) for sentence, text in written if text)


def limit_of(text: str, unit: Title | None, reader: Reader) -> str:
    """A limit in words; one in a shape of its own as it stands in the plan."""
    found = _LIMIT.fullmatch(text)
    if not found:
        return text
    number = found["number"].replace(".", ",") if reader.language == "fr" else found["number"]
    counted = found["words"].strip() or (unit.to(reader.language) if unit else "")
    said = compared(found["sign"], reader).format(number=" ".join(part for part in (number, counted) if part))
    try:
        lasts = reader.duration(duration(found["lasts"])) if found["lasts"] else ""
    except Unreadable:
        return text
    return reader._("{limit} for {duration}").format(limit=said, duration=lasts) if lasts else said


def compared(sign: str, reader: Reader) -> str:
    return {
        "<": reader._("below {number}"),
        "<=": reader._("at most {number}"),
        ">": reader._("above {number}"),
        ">=": reader._("at least {number}"),
        "=": reader._("at {number}"),
        "<>": reader._("at anything but {number}"),
    }[sign]
