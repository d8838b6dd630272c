"""What the bot says of itself: JSON lines on stderr (readable lines on a terminal), ours and every library's through one
formatter, with nothing in them that opens a door or rings a telephone."""

import logging
import re
import secrets
import sys
import threading
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from types import TracebackType
from typing import TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "***"
DEEPEST = 12

# A field of one of these names is hidden whatever it holds.
_secret_words = ("token", "secret", "password", "authorization", "cookie", "ticket", "response_url", "webhook", "phone", "mobile")
_secret_word = f"(?:{'|'.join(_secret_words)}|webhook_url)"
_secret_name = re.compile(rf"(?:^|[_-]){_secret_word}$", re.IGNORECASE)


def _without_path(address: re.Match[str]) -> str:
    """Incoming webhooks and response_url alike: whoever has the address may post."""
    whole, scheme, host = address[0], address[1], address[2]
    return f"{scheme}{host.rpartition('@')[2]}/{HIDDEN}" if "hook" in whole.lower() else whole


# What must stand in a text (in small letters) before its pattern is worth trying: most lines hold none of it.
_patterns = tuple(
    (needles, re.compile(pattern, re.IGNORECASE), instead)
    for needles, pattern, instead in (
        # Slack's tokens: xoxb-, xoxp-, xoxe.xoxp-, xapp-, xwfp-.
        (("xox", "xapp", "xwfp"), r"(x(?:ox[a-z]|app|wfp))[-.][\w.%-]+", rf"\1-{HIDDEN}"),
        (("hook",), r"(https?://)([^/\s\"'<>\\]+)/[^\s\"'<>\\]*", _without_path),
        (("@",), r"(\w://)[^/\s\"'<>@]+@", rf"\1{HIDDEN}@"),
        # A name and its value in running text: an address's query, JSON, a repr, a header.
        (_secret_words, rf"({_secret_word}[\\\"']*\s*[=:]\s*[\\\"']*)(?:(?:bearer|basic)\s+)?[^\s\\\"'&,;}}\])]+", rf"\1{HIDDEN}"),
        (("bearer",), r"\b(bearer)\s+[\w.+/=~-]{8,}", rf"\1 {HIDDEN}"),
    )
)

_gap = r"[\s.\-\u2011]?"
_not_inside_a_number = r"(?<![\w.+])(?<!\d[-:/ ])"
_number_ends = r"(?![\w@]|[-:/.]\d)"
_has_digits = re.compile(r"(?:\d\D{0,4}){8}")
# International, national with a leading 0, North American. Not dates, Slack's ts, ids, addresses.
_telephone = re.compile(
    rf"(?<![\w.+-])(?:\+|00\s?)[1-9](?:[\s().\-/\u2011]{{0,2}}\d){{7,14}}{_number_ends}"
    rf"|{_not_inside_a_number}0[1-9](?:{_gap}\d){{7,9}}{_number_ends}"
    rf"|{_not_inside_a_number}(?:\([2-9]\d\d\)\s?|[2-9]\d\d{_gap})[2-9]\d\d{_gap}\d{{4}}{_number_ends}"
)


def reference() -> str:
    """A short id that ties what a person was told to what was logged: eight letters and digits that survive being read aloud."""
    letters = "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTVWXYZ") for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def redacted(text: str) -> str:
    """`text` without tokens, tickets, webhook and response_url addresses and telephone numbers; mail addresses stay."""
    small = text.lower()
    for needles, pattern, instead in _patterns:
        if any(needle in small for needle in needles):
            text = pattern.sub(instead, text)
    return _telephone.sub(HIDDEN, text) if _has_digits.search(text) else text


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The last processor before rendering: every value becomes plain data first, so that no repr slips past."""
    return {redacted(str(name)): _plain(str(name), value, 0) for name, value in event.items()}


def _plain(name: str, value: object, depth: int) -> object:
    if _secret_name.search(name) and not isinstance(value, bool | None):
        return HIDDEN
    if isinstance(value, bool | int | float | None):
        return value
    if depth < DEEPEST and isinstance(value, Mapping):
        return {redacted(str(key)): _plain(str(key), each, depth + 1) for key, each in value.items()}
    if depth < DEEPEST and isinstance(value, list | tuple | AbstractSet):
        return [_plain("", each, depth + 1) for each in value]
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) if isinstance(value, str) else repr(value)
    return redacted(text)


class _Handler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        """The library's own version prints the arguments as they are."""
        self.stream.write(f"a log record of {record.name} at {record.pathname}:{record.lineno} could not be written: {sys.exc_info()[0]}\n")


def set_up_logging(level: str, stream: TextIO | None = None) -> None:
    """Send structlog's and the standard library's records of `level` and above, and what nobody caught, to `stream` (stderr), redacted."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    arguments = structlog.stdlib.PositionalArgumentsFormatter()
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, arguments, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = _Handler(stream or sys.stderr)
    last: list[Processor] = [
        ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        redact,
        _renderer(handler.stream),
    ]
    handler.setFormatter(ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for chatty in ("apscheduler", "alembic", "asyncio", "aiohttp"):
        logging.getLogger(chatty).setLevel("DEBUG" if level == "DEBUG" else "WARNING")
    # It warns at every start that a token in the environment goes unused: we hand it over ourselves, for each call.
    logging.getLogger("slack_bolt.AsyncApp").addFilter(lambda record: "`token`" not in str(record.msg))
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda fall: _uncaught(fall.exc_type, fall.exc_value, fall.exc_traceback)


def _renderer(stream: TextIO) -> Processor:
    if stream.isatty():
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("bot").critical("nobody caught this", exc_info=(kind, error or kind(), trace))
