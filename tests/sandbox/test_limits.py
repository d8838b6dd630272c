"""What Slack refuses in blocks and views, each with the place it stands."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.blocks import ACTING, elements, kept
from sandbox.errors import SlackError
from sandbox.limits import check_message, check_view


def text(length: int, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": kind, "text": "x" * length}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "a", "text": text(2, "plain_text"), **more}


def actions(*elements: Any) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def select(count: int, **more: Any) -> dict[str, Any]:
    options = [{"text": text(3, "plain_text"), "value": str(number)} for number in range(count)]
    return {"type": "static_select", "action_id": "s", "options": options, **more}


def rich(*parts: Any) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(parts)}


def field(element: Any) -> dict[str, Any]:
    return {"type": "input", "label": text(3, "plain_text"), "element": element}


def container(*children: Any, **more: Any) -> dict[str, Any]:
    return {"type": "container", "title": text(9, "plain_text"), "child_blocks": list(children), **more}


DIVIDER = {"type": "divider"}
ONE_CELL = {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}
FINE = [
    [container(ONE_CELL, *[DIVIDER] * 9, is_collapsible=True, default_collapsed=True)],
    [DIVIDER] * 50,
    [{"type": "section", "text": text(3000)}],
    [{"type": "header", "text": text(150, "plain_text")}],
    [{"type": "section", "fields": [text(2000)] * 6}],
    [{"type": "context", "elements": [text(10)] * 10}],
    [actions(*(button(action_id=str(number)) for number in range(25)))],
    [actions(button(value="x" * 2000, style="danger"))],
    [actions(select(100, initial_option={"text": text(3, "plain_text"), "value": "7"}))],
    [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "hello"}]}]}],
    [
        rich(
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "date", "timestamp": 1805167800, "format": "{time}", "fallback": "04:30"},
                            {"type": "user", "user_id": "U1", "style": {"bold": True}},
                            {"type": "link", "url": "https://example.com"},
                            {"type": "emoji", "name": "rocket"},
                            {"type": "channel", "channel_id": "C1"},
                        ],
                    }
                ],
            }
        )
    ],
    [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 20] * 100, "column_settings": [{"align": "right"}]}],
    [field({"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "90"})],
    [{"type": "section", "text": text(3), "accessory": {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a"}}],
]
WRONG = [
    ([DIVIDER] * 51, "no more than 50 items allowed [at:/blocks]"),
    ([{"type": "section", "text": text(3001)}], "must be less than 3001 characters [at:/blocks/0/text/text]"),
    ([{"type": "section", "text": text(0)}], "must be more than 0 characters [at:/blocks/0/text/text]"),
    ([{"type": "section"}], "missing required field: text or fields [at:/blocks/0]"),
    ([{"type": "section", "fields": [text(1)] * 11}], "no more than 10 items allowed [at:/blocks/0/fields]"),
    ([{"type": "section", "fields": [text(2001)]}], "must be less than 2001 characters [at:/blocks/0/fields/0/text]"),
    ([DIVIDER, {"type": "header", "text": text(151, "plain_text")}], "must be less than 151 characters [at:/blocks/1/text/text]"),
    ([{"type": "header", "text": text(5)}], "must be one of: plain_text [at:/blocks/0/text/type]"),
    ([{"type": "context", "elements": [text(1)] * 11}], "no more than 10 items allowed [at:/blocks/0/elements]"),
    ([actions(*(button(action_id=str(number)) for number in range(26)))], "no more than 25 items allowed [at:/blocks/0/elements]"),
    ([actions(button(), button())], "action_id already exists: a [at:/blocks/0/elements]"),
    ([actions(button(action_id="x" * 256))], "must be less than 256 characters [at:/blocks/0/elements/0/action_id]"),
    ([actions(button(text=text(76, "plain_text")))], "must be less than 76 characters [at:/blocks/0/elements/0/text/text]"),
    ([actions(button(value="x" * 2001))], "must be less than 2001 characters [at:/blocks/0/elements/0/value]"),
    ([actions(button(style="loud"))], "must be one of: primary, danger [at:/blocks/0/elements/0/style]"),
    ([actions(button(confirm={"text": text(301)}))], "must be less than 301 characters [at:/blocks/0/elements/0/confirm/text/text]"),
    ([actions({"type": "plain_text_input"})], "unsupported type: plain_text_input [at:/blocks/0/elements/0/type]"),
    ([actions(select(101))], "no more than 100 items allowed [at:/blocks/0/elements/0/options]"),
    (
        [actions(select(1, initial_option={"text": text(3, "plain_text"), "value": "7"}))],
        "initial option was not found among the options [at:/blocks/0/elements/0]",
    ),
    ([{**DIVIDER, "block_id": "b"}] * 2, "block_id already exists: b [at:/blocks]"),
    ([{**DIVIDER, "text": text(3)}], "invalid additional property: text [at:/blocks/0]"),
    ([actions(button(colour="red"))], "invalid additional property: colour [at:/blocks/0/elements/0]"),
    ([{"type": "marquee"}], "unsupported type: marquee [at:/blocks/0/type]"),
    ([{"type": "image", "image_url": "ftp://x", "alt_text": "x"}], "must be a valid URL [at:/blocks/0/image_url]"),
    ([{"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}], "unsupported type: text [at:/blocks/0/elements/0/type]"),
    (
        [rich({"type": "rich_text_section", "elements": [{"type": "date", "timestamp": "1805167800", "format": "{time}"}]})],
        "must be an integer [at:/blocks/0/elements/0/elements/0/timestamp]",
    ),
    (
        [rich({"type": "rich_text_section", "elements": [{"type": "user"}]})],
        "missing required field: user_id [at:/blocks/0/elements/0/elements/0]",
    ),
    (
        [rich({"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]})],
        "must be more than 0 characters [at:/blocks/0/elements/0/elements/0/text]",
    ),
    ([rich({"type": "rich_text_list", "elements": []})], "must be one of: bullet, ordered [at:/blocks/0/elements/0/style]"),
    ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}], "no more than 20 items allowed [at:/blocks/0/rows/0]"),
    ([{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}], "must be more than 0 characters [at:/blocks/0/rows/0/0/text]"),
    ([container(*[DIVIDER] * 11)], "no more than 10 items allowed [at:/blocks/0/child_blocks]"),
    ([container(DIVIDER, title=text(3))], "must be one of: plain_text [at:/blocks/0/title/type]"),
    (
        [container(rich({"type": "rich_text_section", "elements": []}))],
        "unsupported type in a container: rich_text [at:/blocks/0/child_blocks/0/type]",
    ),
    ([container({"type": "section"})], "missing required field: text or fields [at:/blocks/0/child_blocks/0]"),
    ([{"type": "markdown", "text": "x" * 6001}] * 2, "markdown blocks must be less than 12001 characters together [at:/blocks]"),
    (
        [{"type": "context", "elements": [{"type": "image", "image_url": "https://example.com/a.png"}]}],
        "missing required field: alt_text [at:/blocks/0/elements/0/alt_text]",
    ),
    ([field({"type": "number_input"})], "missing required field: is_decimal_allowed [at:/blocks/0/element]"),
    (
        [field({"type": "number_input", "is_decimal_allowed": True, "min_value": 3})],
        "must be a number, as a string [at:/blocks/0/element/min_value]",
    ),
    (
        [field({"type": "plain_text_input", "max_length": 3001})],
        "must be from 1 to 3000 and not below min_length [at:/blocks/0/element/max_length]",
    ),
    (
        [field({"type": "multi_users_select", "max_selected_items": 0})],
        "must be greater than or equal to 1 [at:/blocks/0/element/max_selected_items]",
    ),
    (
        [field({"type": "datetimepicker", "placeholder": text(1, "plain_text")})],
        "invalid additional property: placeholder [at:/blocks/0/element]",
    ),
    ([{**field({"type": "datepicker"}), "label": text(2001, "plain_text")}], "must be less than 2001 characters [at:/blocks/0/label/text]"),
    ([{**field({"type": "datepicker"}), "hint": text(2001, "plain_text")}], "must be less than 2001 characters [at:/blocks/0/hint/text]"),
    (
        [{"type": "section", "text": text(3), "accessory": {"type": "datetimepicker"}}],
        "unsupported type: datetimepicker [at:/blocks/0/accessory/type]",
    ),
    ([{"type": "section", "text": {**text(3), "emoji": True}}], "invalid additional property: emoji [at:/blocks/0/text]"),
    ([actions(select(11, type="radio_buttons"))], "no more than 10 items allowed [at:/blocks/0/elements/0/options]"),
    ([actions(select(11, type="checkboxes"))], "no more than 10 items allowed [at:/blocks/0/elements/0/options]"),
    ([actions(select(6, type="overflow"))], "no more than 5 items allowed [at:/blocks/0/elements/0/options]"),
    (
        [actions({"type": "static_select", "options": [{"text": text(76, "plain_text"), "value": "1"}]})],
        "must be less than 76 characters [at:/blocks/0/elements/0/options/0/text/text]",
    ),
    (
        [actions({"type": "static_select", "options": [{"text": text(1, "plain_text"), "value": "x" * 151}]})],
        "must be less than 151 characters [at:/blocks/0/elements/0/options/0/value]",
    ),
    (
        [actions({"type": "static_select", "option_groups": [{"label": text(76, "plain_text"), "options": select(1)["options"]}]})],
        "must be less than 76 characters [at:/blocks/0/elements/0/option_groups/0/label/text]",
    ),
    ([{**DIVIDER, "block_id": "x" * 256}], "must be less than 256 characters [at:/blocks/0/block_id]"),
]


@pytest.mark.parametrize("blocks", FINE)
def test_blocks_slack_takes(blocks: list[dict[str, Any]]):
    check_message(blocks)


@pytest.mark.parametrize(("blocks", "finding"), WRONG)
def test_blocks_slack_refuses_and_where(blocks: list[dict[str, Any]], finding: str):
    finding = finding.replace("[at:", "[json-pointer:")
    with pytest.raises(SlackError) as no:
        check_message(blocks)
    assert no.value.answer() == {
        "ok": False,
        "error": "invalid_blocks",
        "errors": [finding],
        "response_metadata": {"messages": [f"[ERROR] {finding}"]},
    }


def test_blocks_that_are_no_blocks_or_too_much_together():
    for blocks, error in (
        ("[oops", "invalid_blocks_format"),
        (["x"], "invalid_blocks_format"),
        ([{"type": "section", "text": text(2900)}] * 5, "msg_blocks_too_long"),
    ):
        with pytest.raises(SlackError, match=error):
            check_message(blocks)


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": text(24, "plain_text"), "blocks": [DIVIDER], **more}


@pytest.mark.parametrize(
    ("view", "finding"),
    [
        (modal(title=text(25, "plain_text")), "must be less than 25 characters [at:/view/title/text]"),
        (modal(submit=text(25, "plain_text")), "must be less than 25 characters [at:/view/submit/text]"),
        (modal(title=None), "missing required field: title [at:/view/title]"),
        (modal(type="home"), "must be the value: modal [at:/view/type]"),
        (modal(private_metadata="x" * 3001), "must be less than 3001 characters [at:/view/private_metadata]"),
        (modal(blocks=[DIVIDER] * 101), "no more than 100 items allowed [at:/view/blocks]"),
        (
            modal(blocks=[{"type": "input", "label": text(3, "plain_text"), "element": {"type": "plain_text_input"}}]),
            "is required when an input block is in the view [at:/view/submit]",
        ),
        (modal(close=text(25, "plain_text")), "must be less than 25 characters [at:/view/close/text]"),
        (modal(callback_id="x" * 256), "must be less than 256 characters [at:/view/callback_id]"),
        (modal(external_id="x" * 256), "must be less than 256 characters [at:/view/external_id]"),
        (modal(hash="1.2"), "invalid additional property: hash [at:/view]"),
        (modal(blocks=[{"type": "markdown", "text": "# no"}]), "unsupported type in a modal: markdown [at:/view/blocks/0/type]"),
    ],
)
def test_views_slack_refuses_and_where(view: dict[str, Any], finding: str):
    with pytest.raises(SlackError) as no:
        check_view(view, "modal")
    assert (no.value.error, no.value.more["errors"]) == ("invalid_arguments", [finding.replace("[at:", "[json-pointer:")])


@pytest.mark.parametrize(
    ("more", "finding"),
    [
        ({"title": text(4, "plain_text")}, "invalid additional property: title [at:/view]"),
        ({"submit": text(4, "plain_text")}, "invalid additional property: submit [at:/view]"),
        ({"notify_on_close": True}, "invalid additional property: notify_on_close [at:/view]"),
        ({"blocks": [DIVIDER] * 101}, "no more than 100 items allowed [at:/view/blocks]"),
    ],
)
def test_a_home_slack_refuses_and_where(more: dict[str, Any], finding: str):
    with pytest.raises(SlackError) as no:
        check_view({"type": "home", "blocks": [DIVIDER], **more}, "home")
    assert (no.value.error, no.value.more["errors"]) == ("invalid_arguments", [finding.replace("[at:", "[json-pointer:")])


def test_home_may_ask_and_a_message_has_one_table():
    check_view({"type": "home", "blocks": [field({"type": "plain_text_input"})]}, "home")
    with pytest.raises(SlackError, match="invalid_attachments"):
        check_message([ONE_CELL, container(ONE_CELL)])


@pytest.mark.parametrize("made", [[ONE_CELL], [container(ONE_CELL)]])
def test_what_a_workspace_does_not_know_is_refused_wherever_it_stands(made: list[dict[str, Any]]):
    check_message(made, None, {"video"})
    with pytest.raises(SlackError, match="invalid_blocks"):
        check_message(made, None, {"table"})
    with pytest.raises(SlackError, match="invalid_arguments"):
        check_view({"type": "home", "blocks": [container(DIVIDER)]}, "home", {"container"})


def test_a_view_of_a_quarter_megabyte_is_too_large():
    with pytest.raises(SlackError, match="view_too_large"):
        check_view(modal(private_metadata="x" * 250_000), "modal")


async def test_the_refusal_reaches_the_client(web: AsyncWebClient, room: str):
    with pytest.raises(SlackApiError) as no:
        await web.chat_postMessage(channel=room, text="x", blocks=[{"type": "section", "text": text(3001)}])
    assert no.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


NAMES = some.sampled_from(
    "type text elements element accessory fields label options option_groups confirm rows block_id action_id "
    "initial_option value image_url placeholder child_blocks".split()
)
WORDS = some.sampled_from(
    "section actions context input button static_select overflow rich_text plain_text mrkdwn image table container".split()
)
LEAVES = some.one_of(some.none(), some.booleans(), some.integers(), some.text(max_size=3), WORDS)
JUNK = some.recursive(LEAVES, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(NAMES, inner, max_size=5), max_leaves=25)
BLOCK = some.builds(lambda block, word: {**block, "type": word}, some.dictionaries(NAMES, JUNK, max_size=5), WORDS)


@given(some.lists(BLOCK, max_size=3))
def test_whatever_is_sent_is_taken_or_refused_and_never_breaks_the_stand_in(blocks: list[dict[str, Any]]):
    try:
        check_message(blocks)
    except SlackError:
        return
    assert [block["type"] for block in kept(blocks)] == [block["type"] for block in blocks]
    assert {element["type"] for _, element in elements(kept(blocks))} <= ACTING
