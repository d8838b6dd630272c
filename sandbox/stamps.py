"""Slack's message times: texts of seconds and microseconds, compared as whole numbers because a float would blur neighbours."""
import re

TS = re.compile(r"\d{1,12}(\.\d{1,6})?")


def is_ts(text: str) -> bool:
    return bool(TS.fullmatch(text))


def micros(ts: str) -> int:
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int(rest.ljust(6, "0") or 0)
