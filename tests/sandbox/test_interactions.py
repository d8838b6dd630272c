"""What people do reaches the bot in Slack's shapes, and its acks do what Slack would do."""

import json

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.errors import SlackError
from sandbox.grants import TRIGGER_SECONDS, Triggers
from sandbox.standin import StandIn

from .conftest import GO, Bot


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


LOW, HIGH = {"text": plain("Low"), "value": "low"}, {"text": plain("High"), "value": "high"}
FORM = {
    "type": "modal",
    "callback_id": "reason",
    "title": plain("NO-GO"),
    "submit": plain("Send"),
    "private_metadata": "launch 1",
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": plain("Why"),
            "element": {"type": "plain_text_input", "action_id": "text", "min_length": 3, "max_length": 200},
        },
        {
            "type": "input",
            "block_id": "who",
            "optional": True,
            "label": plain("Who"),
            "element": {"type": "users_select", "action_id": "person"},
        },
        {
            "type": "input",
            "block_id": "risk",
            "label": plain("Risk"),
            "element": {"type": "static_select", "action_id": "level", "initial_option": LOW, "options": [LOW, HIGH]},
        },
    ],
}


async def test_a_command_arrives_escaped_and_its_ack_is_private(slack: StandIn, desk, bot: Bot, room: str, ids: dict[str, str]):
    bot.answer = lambda request: {"text": "Paging."}
    answer = await desk("command", channel=room, user=ids["ada"], command="/launch", text="page @bob <now> & #launch-room")
    told = bot.payloads("command")[0]
    assert told["text"] == f"page <@{ids['bob']}|bob> &lt;now&gt; &amp; <#{room}|launch-room>"
    assert (told["channel_name"], told["user_name"], told["is_enterprise_install"]) == ("privategroup", "ada", "false")
    assert answer["ack"] == {"text": "Paging."}
    assert [(m["user"], m["channel"], m["text"]) for m in slack.workspace.ephemerals] == [(ids["ada"], room, "Paging.")]


async def test_a_command_may_answer_for_all_to_see(slack: StandIn, desk, bot: Bot, room: str, ids: dict[str, str]):
    bot.answer = lambda request: {"text": "Said aloud.", "response_type": "in_channel"}
    await desk("command", channel=room, user=ids["ada"], command="/launch", text="")
    assert list(slack.workspace.channels[room].messages.values())[-1]["text"] == "Said aloud."


async def test_a_command_in_the_private_conversation(desk, bot: Bot, slack: StandIn, ids: dict[str, str]):
    await desk("command", channel=slack.workspace.bot.id, user=ids["ada"], command="/launch", text="")
    assert bot.payloads("command")[0]["channel_name"] == "directmessage"


async def test_commands_slack_itself_refuses(desk, room: str, ids: dict[str, str]):
    assert await desk.raw("command", channel=room, user=ids["ada"], command="/launch", thread_ts="1.0") == (
        400,
        {"ok": False, "error": "Les commandes ne s’utilisent pas dans un fil de discussion."},
    )
    assert await desk.raw("command", channel=room, user=ids["gus"], command="/launch") == (
        400,
        {"ok": False, "error": "Gus Guest is not in #launch-room and cannot write there."},
    )


async def test_a_click_has_slacks_shape(slack: StandIn, web: AsyncWebClient, desk, bot: Bot, room: str, ids: dict[str, str]):
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[GO]))["ts"]
    await desk("interact", channel=room, messageTs=ts, user=ids["ada"], action="votes/go")
    told = bot.payloads("block_actions")[0]
    assert told["actions"][0].items() >= {"action_id": "go", "block_id": "votes", "type": "button", "value": "checkpoint 1"}.items()
    assert told["user"] == {"id": ids["ada"], "username": "ada", "name": "ada", "team_id": "T0SANDBOX"}
    assert told["container"] == {"type": "message", "message_ts": ts, "channel_id": room, "is_ephemeral": False}
    assert (told["message"]["ts"], told["channel"]["id"], told["team"]["domain"]) == (ts, room, "sandbox")
    assert (told["enterprise"], told["is_enterprise_install"], told["state"]) == (None, False, {"values": {}})
    assert told["response_url"].startswith(f"{slack.url}/hooks/")


async def test_an_action_must_be_there_and_only_once(web: AsyncWebClient, desk, room: str, ids: dict[str, str]):
    twice = [GO, {**GO, "block_id": "again"}]
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=twice))["ts"]
    status, answer = await desk.raw("interact", channel=room, messageTs=ts, user=ids["ada"], action="go")
    assert (status, answer["error"]) == (400, "more than one action 'go' stands there; there is votes/go, votes/no, again/go, again/no")
    status, answer = await desk.raw("interact", channel=room, messageTs=ts, user=ids["ada"], action="maybe")
    assert (status, answer["error"].split(";")[0]) == (400, "no action 'maybe' stands there")


async def opened(web: AsyncWebClient, desk, bot: Bot, user: str, view: dict) -> dict:
    await desk("shortcut", user=user, callback_id="menu")
    return (await web.views_open(trigger_id=bot.payloads("shortcut")[-1]["trigger_id"], view=view))["view"]


async def test_a_modal_is_opened_filled_and_closed(web: AsyncWebClient, desk, bot: Bot, ids: dict[str, str]):
    view = await opened(web, desk, bot, ids["ada"], FORM)
    assert (await desk.read(f"view?user={ids['ada']}"))["view"]["id"] == view["id"]
    answer = await desk("submit", user=ids["ada"], values={"why": {"text": "Latency & <errors>"}, "person": ids["bob"], "level": "high"})
    told = bot.payloads("view_submission")[0]
    values = told["view"]["state"]["values"]
    assert values["why"]["text"] == {"type": "plain_text_input", "value": "Latency & <errors>"}
    assert values["who"]["person"] == {"type": "users_select", "selected_user": ids["bob"]}
    assert values["risk"]["level"]["selected_option"]["value"] == "high"
    assert (told["view"]["private_metadata"], told["view"]["callback_id"], told["response_urls"]) == ("launch 1", "reason", [])
    assert (answer["closed"], (await desk.read(f"view?user={ids['ada']}"))["view"]) == (True, None)


async def test_slack_itself_holds_back_a_form_that_is_not_filled(web: AsyncWebClient, desk, bot: Bot, ids: dict[str, str]):
    await opened(web, desk, bot, ids["ada"], FORM)
    assert (await desk("submit", user=ids["ada"], values={}))["errors"] == {"why": "Veuillez remplir ce champ obligatoire."}
    assert (await desk("submit", user=ids["ada"], values={"text": "no"}))["errors"] == {"why": "Il faut ici au moins 3 caractères."}
    assert bot.payloads("view_submission") == []
    status, answer = await desk.raw("submit", user=ids["ada"], values={"nothing": "x"})
    assert (status, answer["error"]) == (400, "the view has no field nothing; it has why/text, who/person, risk/level")
    status, answer = await desk.raw("submit", user=ids["ada"], values={"level": "extreme"})
    assert (status, answer["error"]) == (400, "level has no option 'extreme'; it has 'low', 'high'")


async def test_numbers_dates_and_addresses_are_held_too(web: AsyncWebClient, desk, bot: Bot, ids: dict[str, str]):
    elements = [
        {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "90"},
        {"type": "email_text_input"},
        {"type": "url_text_input"},
        {"type": "datepicker"},
    ]
    names = ("minutes", "mail", "link", "day")
    blocks = [
        {"type": "input", "block_id": name, "optional": True, "label": plain(name), "element": {**element, "action_id": name}}
        for name, element in zip(names, elements, strict=True)
    ]
    await opened(web, desk, bot, ids["bob"], {**FORM, "blocks": blocks})
    for name, given, error in (
        ("minutes", "soon", "Enter a number."),
        ("minutes", "1.5", "Enter a whole number."),
        ("minutes", 0, "The least that is taken here is 1."),
        ("minutes", "91", "The most that is taken here is 90."),
        ("mail", "bob", "Enter a valid email address."),
        ("link", "example", "Enter a valid link, such as https://example.com."),
    ):
        values = {"minutes": None, "mail": None, "link": None, name: given}
        assert (await desk("submit", user=ids["bob"], values=values))["errors"] == {name: error}
    status, answer = await desk.raw("submit", user=ids["bob"], values={"day": "tomorrow"})
    assert (status, answer["error"]) == (400, "a datepicker takes a value such as 2027-03-16, not 'tomorrow'")
    assert (await desk("submit", user=ids["bob"], values={"minutes": 90, "link": None, "day": "2027-03-17"}))["closed"]


async def test_the_bots_answers_to_a_submission(slack: StandIn, web: AsyncWebClient, desk, bot: Bot, ids: dict[str, str]):
    await opened(web, desk, bot, ids["ada"], FORM)
    acks = iter(
        [
            {"response_action": "errors", "errors": {"why": "Too vague."}},
            {"response_action": "update", "view": {**FORM, "title": plain("Sure?")}},
            {"response_action": "push", "view": FORM},
            {"response_action": "errors", "errors": {"nowhere": "x"}},
            {"response_action": "update", "view": {**FORM, "title": plain("x" * 25)}},
            None,
            {"response_action": "clear"},
        ]
    )
    bot.answer = lambda request: next(acks) if request.payload["type"] == "view_submission" else None

    async def submit() -> dict:
        return await desk("submit", user=ids["ada"], values={"text": "because"})

    assert (await submit())["errors"] == {"why": "Too vague."}
    first = slack.workspace.views[ids["ada"]][0]["id"]
    assert (await submit())["response_action"] == "update"
    assert [(view["id"], view["title"]["text"]) for view in slack.workspace.views[ids["ada"]]] == [(first, "Sure?")]
    assert (await submit())["response_action"] == "push"
    assert len(slack.workspace.views[ids["ada"]]) == 2
    for error in ("invalid_errors", "invalid_arguments"):
        assert (await submit())["error"] == error
    faults = [entry["what"] for entry in slack.log.entries if entry["kind"] == "fault"]
    assert faults == [f"an ack of a view that Slack does not take: {error}" for error in ("invalid_errors", "invalid_arguments")]
    assert (await submit())["closed"] is False  # back to the view below
    assert (await submit())["closed"] is True


async def test_closing_is_told_where_it_was_asked_for(web: AsyncWebClient, desk, bot: Bot, ids: dict[str, str]):
    await opened(web, desk, bot, ids["ada"], FORM)
    await desk("close-view", user=ids["ada"])
    assert [told["is_cleared"] for told in bot.payloads("view_closed")] == [False]
    assert (await desk.raw("close-view", user=ids["ada"]))[1]["error"] == "Aucune fenêtre n’est ouverte pour Ada Lane."


async def test_a_trigger_is_good_for_one_view_within_three_seconds(web: AsyncWebClient, desk, bot: Bot, ids: dict[str, str]):
    await opened(web, desk, bot, ids["ada"], FORM)
    with pytest.raises(SlackApiError) as no:
        await web.views_open(trigger_id=bot.payloads("shortcut")[0]["trigger_id"], view=FORM)
    assert no.value.response["error"] == "exchanged_trigger_id"
    with pytest.raises(SlackApiError) as no:
        await web.views_open(trigger_id="1.2.abc", view=FORM)
    assert no.value.response["error"] == "invalid_trigger_id"
    now = 0.0
    triggers = Triggers(lambda: now)
    late = triggers.grant("U1")
    now = TRIGGER_SECONDS + 0.1
    with pytest.raises(SlackError, match="expired_trigger_id"):
        triggers.spend(late)


async def test_a_view_is_updated_only_where_it_still_is_as_known(web: AsyncWebClient, desk, bot: Bot, ids: dict[str, str]):
    view = await opened(web, desk, bot, ids["ada"], {**FORM, "external_id": "form-1"})
    fresh = (await web.views_update(external_id="form-1", hash=view["hash"], view=FORM))["view"]
    assert (fresh["id"], fresh["hash"] != view["hash"]) == (view["id"], True)
    for error, told in (("hash_conflict", {"view_id": view["id"], "hash": view["hash"]}), ("not_found", {"view_id": "V0GONE"})):
        with pytest.raises(SlackApiError) as no:
            await web.views_update(view=FORM, **told)
        assert no.value.response["error"] == error


async def test_home_is_published_opened_and_pressed(web: AsyncWebClient, desk, bot: Bot, ids: dict[str, str]):
    await desk("open-home", user=ids["ada"])
    await web.views_publish(user_id=ids["ada"], view={"type": "home", "blocks": [GO]})
    assert (await desk("interact", user=ids["ada"], view="home", action="no"))["acked"]
    told = bot.payloads("block_actions")[0]
    assert (told["container"]["type"], told["view"]["type"], "response_url" in told) == ("view", "home", False)
    assert bot.payloads("app_home_opened")[0]["event"].items() >= {"user": ids["ada"], "tab": "home"}.items()
    assert (await desk.read(f"home?user={ids['ada']}"))["view"]["blocks"][0]["block_id"] == "votes"


async def test_a_choice_in_a_modal_is_told_and_kept(slack: StandIn, web: AsyncWebClient, desk, bot: Bot, ids: dict[str, str]):
    select = {**FORM["blocks"][2], "dispatch_action": True}
    await opened(web, desk, bot, ids["ada"], {**FORM, "blocks": [select]})
    await desk("interact", user=ids["ada"], view="modal", action="level", selected="high")
    assert bot.payloads("block_actions")[0]["actions"][0]["selected_option"]["value"] == "high"
    assert slack.workspace.views[ids["ada"]][0]["state"]["values"]["risk"]["level"]["selected_option"]["value"] == "high"


async def test_a_message_shortcut_carries_the_message(web: AsyncWebClient, desk, bot: Bot, room: str, ids: dict[str, str]):
    ts = (await web.chat_postMessage(channel=room, text="evidence"))["ts"]
    await desk("shortcut", user=ids["bob"], callback_id="add", channel=room, messageTs=ts)
    told = bot.payloads("message_action")[0]
    assert (told["callback_id"], told["message"]["text"], told["message_ts"]) == ("add", "evidence", ts)


async def test_a_click_weighs_about_what_a_real_one_does(web: AsyncWebClient, desk, bot: Bot, room: str, ids: dict[str, str]):
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "Checkpoint " * 20}}
    ts = (await web.chat_postMessage(channel=room, text="vote", blocks=[text, text, GO]))["ts"]
    await desk("interact", channel=room, messageTs=ts, user=ids["ada"], action="go")
    assert 2000 < len(json.dumps(bot.payloads("block_actions")[0])) < 4000


async def test_a_command_answered_with_what_slack_does_not_take(slack: StandIn, desk, bot: Bot, room: str, ids: dict[str, str]):
    bot.answer = lambda request: {"text": "x", "blocks": [{"type": "marquee"}]}
    await desk("command", channel=room, user=ids["bob"], command="/launch", text="")
    assert [message["text"] for message in slack.workspace.ephemerals] == ["/launch failed with the error “invalid_blocks”."]
    assert slack.log.entries[-1]["what"] == "an ack of a command that Slack does not take: invalid_blocks"
