"""Nothing that opens a door or rings a telephone reaches a log line, whatever wrote it and however deep it lies."""

import io
import json
import logging
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog

from bot.logs import redacted, reference, set_up_logging

BOT = "xoxb-2345-6789-AbCdEf"
APP = "xapp-1-A01-99-f00d"
HOOK = "https://hooks.slack.com/services/T01/B02/s3cr3tpath"
REPLY = "https://hooks.slack.com/actions/T01/77/otherpath"
LINK = "wss://wss-primary.slack.com/link/?ticket=0f1e2d3c-aaaa&app_id=5"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@dataclass(frozen=True)
class Contact:
    name: str
    number: str


@pytest.fixture
def logging_put_back() -> Iterator[None]:
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook, threading.excepthook)
    yield
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level, sys.excepthook, threading.excepthook = before
    structlog.reset_defaults()


@pytest.fixture
def out(logging_put_back: None) -> io.StringIO:
    stream = io.StringIO()
    set_up_logging("INFO", stream)
    return stream


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"token {BOT} refused", "token xoxb-*** refused"),
        (f"token={BOT}&channel=C1", "token=***&channel=C1"),
        ("xoxe.xoxp-1-Mi0yLTQ", "xoxe-***"),
        (APP, "xapp-***"),
        (LINK, "wss://wss-primary.slack.com/link/?ticket=***&app_id=5"),
        (HOOK, "https://hooks.slack.com/***"),
        ("POST http://127.0.0.1:8899/hooks/R17 failed", "POST http://127.0.0.1:8899/*** failed"),
        ("https://alerts.example/api/Webhooks/42/abc", "https://alerts.example/***"),
        ("https://ann:pw@mail.example/x", "https://***@mail.example/x"),
        ("Authorization: Basic YW5uOnB3", "Authorization: ***"),
        ("sent Bearer abcdefgh123", "sent Bearer ***"),
        ('{\\"ticket\\": \\"abc-1\\"}', '{\\"ticket\\": \\"***\\"}'),
        ("call +33 6 12 34 56 78 now", "call *** now"),
        ("+33\u202f(0)6\u00a012\u00a034\u00a056\u00a078", "***"),
        ("0033612345678", "***"),
        ("06.12.34.56.78", "***"),
        ("0612345678,", "***,"),
        ("020 7946 0958", "***"),
        ("(514) 555-0199", "***"),
        ("514-555-0199", "***"),
    ],
)
def test_what_must_not_be_read_is_hidden(text: str, shown: str) -> None:
    assert redacted(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "ann.martin@corvane.example",
        "0612345678@mail.example",
        "ts 1805167800.000100",
        "2027-03-16 04:30:00+01:00",
        "2027-03-16T03:30:00.123456Z",
        "16/03/2027 04:30",
        "took 0.123456789 s",
        "127.0.0.1:8080",
        "U0123456789 in C0987654321",
        "550e8400-e29b-41d4-a716-446655440000",
        "deadbeef0612345678cafe",
        "3 tokens left",
        "https://slack.com/api/chat.postMessage",
    ],
)
def test_what_is_needed_to_understand_stays(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize("text", ["http://", "hook http://a@", "authorization: ", "token ", "+1 ", "06 12 ", "(514) "])
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    """A hundred thousand characters: seconds would be quadratic, and whoever typed them would hold up everybody."""
    began = time.process_time()
    redacted(text * (100_000 // len(text)))
    assert time.process_time() - began < 2


def test_a_value_is_hidden_however_deep_and_in_whatever_it_lies(out: io.StringIO) -> None:
    looped: dict[str, Any] = {"url": LINK}
    looped["self"] = looped
    structlog.get_logger("bot.wire").info(
        "answer from Slack",
        body={"ok": True, "nested": [{"deep": (f"Bearer {BOT}", {"again": {HOOK: "key"}})}], "response_url": REPLY},
        headers=[("Authorization", f"Bearer {BOT}")],
        phone=33612345678,
        contact=Contact("Ann", "+33 6 12 34 56 78"),
        raw=f'{{"token": "{APP}"}}'.encode(),
        looped=looped,
        mail="ann@corvane.example",
        bot_token=None,
        members=frozenset({BOT}),
    )
    (line,) = lines(out)
    for secret in ("AbCdEf", "f00d", "s3cr3tpath", "otherpath", "0f1e2d3c", "33612345678", "12 34 56"):
        assert secret not in out.getvalue()
    assert (line["event"], line["logger"], line["level"]) == ("answer from Slack", "bot.wire", "info")
    assert line["body"]["nested"][0]["deep"] == ["Bearer xoxb-***", {"again": {"https://hooks.slack.com/***": "key"}}]
    assert (line["phone"], line["mail"], line["bot_token"]) == ("***", "ann@corvane.example", None)
    assert line["contact"] == "Contact(name='Ann', number='***')"


@pytest.mark.parametrize("library", ["slack_sdk.web", "slack_bolt.App", "apscheduler.scheduler", "alembic.runtime"])
def test_a_library_speaks_through_the_same_formatter(out: io.StringIO, library: str) -> None:
    logging.getLogger(library).warning("sent %s to %s", BOT, HOOK)
    (line,) = lines(out)
    assert (line["event"], line["logger"], line["level"]) == ("sent xoxb-*** to https://hooks.slack.com/***", library, "warning")


def test_an_exception_is_logged_with_its_traceback_and_without_its_secrets(out: io.StringIO) -> None:
    try:
        raise ConnectionError(f"cannot reach {LINK}")
    except ConnectionError:
        structlog.get_logger().exception("socket lost", reference="K7Q2-9MXF")
        logging.getLogger("slack_sdk").exception("socket lost")
    for line in lines(out):
        assert "ConnectionError: cannot reach wss://wss-primary.slack.com/link/?ticket=***&app_id=5" in line["exception"]
        assert "Traceback" in line["exception"]
    assert len(lines(out)) == 2


def test_what_nobody_caught_and_warnings_are_redacted_too(out: io.StringIO) -> None:
    def fall() -> None:
        raise ValueError(BOT)

    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError(APP), None)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn(f"old address {HOOK}", stacklevel=1)
    assert [line["logger"] for line in lines(out)] == ["bot", "bot", "py.warnings"]
    for secret in (BOT, APP, HOOK):
        assert secret not in out.getvalue()


def test_a_record_that_cannot_be_written_does_not_spill_its_arguments(out: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    malformed = logging.LogRecord("slack_sdk", logging.WARNING, "client.py", 7, "%d calls with %s", ("many", BOT), None)
    logging.getLogger().handlers[0].handle(malformed)
    assert out.getvalue().startswith("a log record of slack_sdk at client.py:7 ")
    assert BOT not in out.getvalue() + capsys.readouterr().err


def test_below_the_level_nothing_is_written_and_busy_libraries_keep_quiet(out: io.StringIO) -> None:
    structlog.get_logger("bot.door").debug("batch")
    logging.getLogger("apscheduler.executors").info("Running job")
    assert out.getvalue() == ""


def test_bound_facts_stand_in_every_line(out: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(launch="corvane-id"):
        structlog.get_logger().info("opened")
        logging.getLogger("slack_sdk").info("called")
    assert [line["launch"] for line in lines(out)] == ["corvane-id", "corvane-id"]


def test_on_a_terminal_a_line_is_for_reading(logging_put_back: None) -> None:
    terminal = Terminal()
    set_up_logging("INFO", terminal)
    try:
        raise RuntimeError(BOT)
    except RuntimeError:
        structlog.get_logger().exception("no answer", token=BOT)
    shown = terminal.getvalue()
    assert "no answer" in shown
    assert "Traceback (most recent call last):\n" in shown
    assert BOT not in shown


def test_references_are_short_plain_and_do_not_repeat() -> None:
    made = {reference() for _ in range(200)}
    assert len(made) == 200
    assert all(len(each) == 9 and each[4] == "-" and not set(each) & set("01OILU") for each in made)
