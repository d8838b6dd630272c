"""A text for customers, as its author, its approvers, the room and the customers themselves see it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.views.address import Address
from bot.views.customers import Customers, customer_lines, customer_message, customers
from bot.views.index import WANTED, cards
from bot.views.lines import drawn
from bot.views.locale import Reader
from bot.views.sentences import sentence
from bot.views.updates import draft_form
from launch import game
from launch.messages import (
    SLACK,
    Actor,
    ApproveUpdate,
    ChangeMember,
    CloseLaunch,
    DraftUpdate,
    EditUpdate,
    OutletFound,
    PromiseMissed,
    PromiseReminded,
    Refused,
    ReportUpdate,
    SayPublished,
    SendBackUpdate,
    SettleOutlet,
    SettleRoom,
    SettleUpdate,
    UpdatePublished,
    UpdateSentBack,
    UpdateStuck,
    WithdrawUpdate,
)
from launch.plan import Audience, Title
from launch.state import Launch, Situation
from tests.days import CLAIRE, DANIEL, JULIE, ROOM, SAMIRA, Day, a_launch, play, refusal, t, wait, words
from tests.views.drawn import card, labels, noticed
from tests.views.limits import buttons_of, complaints, of_modal
from tests.views.scenes import plain_plan

KNOWN = {
    "customers": Audience("customers", Title({"": "News"}), ("commander", "comms"), "news", ("fr", "en")),
    "shops": Audience("shops", Title({"": "Shops"}), ("comms",), "C0SHOPS", ("fr",)),
}
EN, FR = Reader("en", "Europe/Paris"), Reader("fr", "Europe/Paris")
ENGLISH = "Logins <fail>.\n\nWe are *looking* at http://corvane.example & <!channel>, since an hour or so, with all hands."
BEGINNING = "Logins &lt;fail&gt;. We are *looking* at http://corvane.example &amp; &lt;!channel&gt;, since a"
FRENCH = "Certaines personnes ne peuvent pas se connecter."
TEXT = DraftUpdate("customers", Situation.INVESTIGATING, words(ENGLISH), words(FRENCH), t(30))
DRAFTED = (t(-60), JULIE, TEXT)
APPROVED = (t(-58), CLAIRE, ApproveUpdate(1, 1))
OUT = (t(-57), SLACK, SettleUpdate(1, "C0NEWS", "9.9"))
LOST = (t(-57), SLACK, ReportUpdate(1, "not_in_channel", is_unsure=True))
REFUSED = (t(-57), SLACK, ReportUpdate(1, "is_archived"))
FOR_CLAIRE = ("approval:1:1:claire", "claire")


def told(*script: tuple[datetime, Actor, Any], audiences: str = "customers") -> Day:
    """The plain night in English with its room open and its channel found; customers read French and English, shops French."""
    plan = replace(plain_plan("en"), audiences={key: KNOWN[key] for key in audiences.split()})
    opened = [(ROOM, SLACK, SettleRoom("C1")), (ROOM, SLACK, SettleOutlet("customers", "C0NEWS"))]
    return play(a_launch(plan), [*opened, *script])


# --- what customers read -----------------------------------------------------------------------------------------------


def test_customers_read_each_language_letter_by_letter_and_when_the_next_one_comes() -> None:
    launch = told(DRAFTED).launch
    message = customer_message(launch.plan, launch.drafts[1])
    english = ENGLISH.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert message.text == (
        f"Analyse en cours\n{FRENCH}\nProchain message\u00a0: 05:00 (Paris)\n\nInvestigating\n{english}\nNext update: 05:00 (Paris)"
    )
    first, line, second = message.blocks
    assert (first["type"], line["type"], second["type"]) == ("rich_text", "divider", "rich_text")
    assert [each["text"] for each in second["elements"][0]["elements"]] == [
        "Investigating",
        f"\n{ENGLISH}",
        "\nNext update: 05:00 (Paris)",
    ]
    assert complaints(message.text, message.blocks) == []
    assert not buttons_of(message.blocks)


def test_customers_read_nothing_of_us() -> None:
    launch = told(DRAFTED, APPROVED).launch
    message = customer_message(launch.plan, launch.drafts[1])
    inner = ("Julie", "Claire", "Corvane", "launch", "draft", "approve", "Customers")
    assert [word for word in inner if word in message.text.replace("corvane.example", "")] == []


def test_a_promise_far_away_has_its_day_and_no_promise_says_nothing() -> None:
    later, never = replace(TEXT, next_at=t(24 * 60)), replace(TEXT, next_at=None)
    plan = told(DRAFTED).launch.plan
    assert "Next update: Wednesday 17 March 04:30 (Paris)" in customer_message(plan, told((t(-60), JULIE, later)).launch.drafts[1]).text
    assert "Next update" not in customer_message(plan, told((t(-60), JULIE, never)).launch.drafts[1]).text


def test_an_audience_reads_only_its_own_languages() -> None:
    draft = DraftUpdate("shops", Situation.LIVE, words("not for them"), words("C’est ouvert."))
    launch = told((t(-60), JULIE, draft), audiences="customers shops").launch
    assert customer_message(launch.plan, launch.drafts[1]).text == "En service\nC’est ouvert."


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_longest_texts_are_published_whole_and_can_be_judged(language: str) -> None:
    long = words("é<" * 1500)
    launch = told((t(-60), JULIE, replace(TEXT, text_en=long, text_fr=long))).launch
    message, asked = customer_message(launch.plan, launch.drafts[1]), card(launch, *FOR_CLAIRE)
    assert message.text.count("é&lt;") == 3000
    assert str(asked.blocks).count("é<") == 3000
    assert len(asked.text) < 4000
    assert complaints(asked.text, asked.blocks) == []


# --- its author and its approver ---------------------------------------------------------------------------------------


def test_the_author_sees_the_text_whom_it_waits_for_and_what_they_can_do() -> None:
    mine = card(told(DRAFTED).launch, "draft:1", "julie")
    assert "Waits for approval since <!date^" in mine.text.splitlines()[2]
    assert mine.text.splitlines()[2].endswith(">: Claire")
    assert FRENCH in mine.text
    assert labels(mine) == ["Edit…", "Withdraw"]


def test_the_approver_reads_it_as_customers_will_and_where() -> None:
    launch = told(DRAFTED).launch
    asked = card(launch, *FOR_CLAIRE)
    sentence = "Julie asks you to approve this text. It appears in <#C0NEWS>, exactly as it stands here:"
    assert sentence in asked.text
    assert asked.text.endswith(customer_message(launch.plan, launch.drafts[1]).text)
    assert [block for block in asked.blocks if block in customer_message(launch.plan, launch.drafts[1]).blocks] != []
    approve, back = buttons_of(asked.blocks)
    assert approve["confirm"]["text"]["text"] == "It is published in #news at once, and cannot be taken back from here."
    assert (back["text"]["text"], back["value"]) == ("Send back…", "corvane/1/1")


def test_whoever_is_asked_after_five_minutes_has_the_same_text() -> None:
    launch = wait(told(DRAFTED), t(-55)).launch
    assert (
        labels(card(launch, "approval:1:1:daniel", "daniel")) == labels(card(launch, *FOR_CLAIRE)) == ["Approve and publish", "Send back…"]
    )
    assert card(launch, "draft:1", "julie").text.splitlines()[2].endswith(">: Claire, Daniel")


def test_nobody_who_may_approve_is_said_with_the_roles() -> None:
    gone = [(t(-70), SLACK, ChangeMember(f"U{who}", is_active=False, is_guest=False)) for who in ("CLAIRE", "DANIEL", "SOPHIE")]
    launch = told(*gone, DRAFTED).launch
    sentence = "🔴 Nobody on duty may approve this. It takes a second person who is on duty for: Commander, Comms."
    assert sentence in card(launch, "draft:1", "julie").text
    assert not [each for each in cards(launch) if each.subject.startswith("approval:")]


def test_an_edit_leads_from_the_old_message_to_the_new_one() -> None:
    launch = told(DRAFTED, (t(-59), JULIE, EditUpdate(1, 1, Situation.LIVE, words("New."), words("Neuf.")))).launch
    old, new = card(launch, *FOR_CLAIRE), card(launch, "approval:1:2:claire", "claire")
    assert old.text.splitlines()[1] == "Julie has edited this text since: see the newer message."
    assert (labels(old), labels(new)) == ([], ["Approve and publish", "Send back…"])
    assert "New." in new.text
    assert ENGLISH not in str(old.blocks)


def test_whoever_edits_it_themselves_is_told_that_another_approves() -> None:
    first = EditUpdate(1, 1, Situation.LIVE, words("New."), words("Neuf."))
    launch = told(DRAFTED, (t(-59), CLAIRE, first)).launch
    assert card(launch, *FOR_CLAIRE).text.splitlines()[1] == "You have edited this text since: now somebody else approves it."
    assert "Last edited by Claire." in card(launch, "approval:1:2:daniel", "daniel").text
    launch = told(DRAFTED, (t(-59), CLAIRE, first), (t(-58), JULIE, replace(first, edition=2))).launch
    assert card(launch, "approval:1:2:daniel", "daniel").text.splitlines()[1].endswith("nothing more is asked of you here.")


def test_sent_back_with_its_reason_it_can_still_be_edited() -> None:
    day = told(DRAFTED, (t(-59), CLAIRE, SendBackUpdate(1, 1, words("say since when"))))
    mine, theirs = card(day.launch, "draft:1", "julie"), card(day.launch, *FOR_CLAIRE)
    assert "Sent back by Claire:\n“say since when”" in mine.text
    assert (labels(mine), labels(theirs)) == (["Edit…", "Withdraw"], [])
    assert noticed(day, UpdateSentBack) == [("julie", "Claire has sent back your text for News:")]


def test_once_approved_both_follow_it_into_the_channel() -> None:
    under_way, out = told(DRAFTED, APPROVED).launch, told(DRAFTED, APPROVED, OUT).launch
    for who in (("draft:1", "julie"), FOR_CLAIRE):
        assert card(under_way, *who).text.splitlines()[2] == "Approved by Claire, on its way to <#C0NEWS>."
        assert "in <#C0NEWS>, approved by Claire." in card(out, *who).text.splitlines()[2]
        assert labels(card(under_way, *who)) == labels(card(out, *who)) == []


def test_what_was_withdrawn_has_no_buttons() -> None:
    launch = told(DRAFTED, (t(-59), JULIE, WithdrawUpdate(1))).launch
    for who in (("draft:1", "julie"), FOR_CLAIRE):
        assert card(launch, *who).text.splitlines()[2].startswith("Withdrawn <!date^")
        assert labels(card(launch, *who)) == []


def test_when_nobody_can_tell_author_and_approver_are_asked_to_look() -> None:
    day = told(DRAFTED, APPROVED, LOST)
    for who in (("draft:1", "julie"), FOR_CLAIRE):
        asked = card(day.launch, *who)
        assert "🔴 Nobody can tell whether it is in <#C0NEWS>" in asked.text
        there, publish = buttons_of(asked.blocks)
        assert (there["text"]["text"], publish["text"]["text"]) == ("It is there", "It is not there: publish")
        assert publish["confirm"]["text"]["text"] == (
            "If it is in #news already, customers read it twice. Publish only if you have looked."
        )
    assert {person for person, _ in noticed(day, UpdateStuck)} == {"julie", "claire"}


def test_what_slack_refused_is_told_with_its_remedy() -> None:
    day = told(DRAFTED, (t(-58), DANIEL, ApproveUpdate(1, 1)), REFUSED)
    mine = card(day.launch, "draft:1", "julie")
    assert "Slack refused to publish it in <#C0NEWS> (is_archived).\n#news is archived: somebody has to bring it back." in mine.text
    assert labels(mine) == ["It is there", "It is not there: publish"]
    refusal = "🔴 Slack refused to publish the text for News in <#C0NEWS> (is_archived)."
    assert noticed(day, UpdateStuck) == [("julie", refusal), ("daniel", refusal)]


def test_either_answer_ends_the_doubt() -> None:
    there = told(DRAFTED, APPROVED, LOST, (t(-50), JULIE, SayPublished(1, is_there=True)))
    again = told(DRAFTED, APPROVED, LOST, (t(-50), JULIE, SayPublished(1, is_there=False)))
    assert "Published <!date^" in card(there.launch, "draft:1", "julie").text
    assert "on its way to <#C0NEWS>" in card(again.launch, "draft:1", "julie").text


def test_a_closed_launch_has_no_buttons_and_says_what_was_left() -> None:
    closed = (t(-40), CLAIRE, CloseLaunch())
    for script, said in (
        ([DRAFTED], "The launch was closed before this was approved."),
        ([DRAFTED, APPROVED, (t(-43), SLACK, ReportUpdate(1, "is_archived"))], "is_archived"),
    ):
        for who in (("draft:1", "julie"), FOR_CLAIRE):
            drawn_ = card(told(*script, closed).launch, *who)
            assert said in drawn_.text
            assert labels(drawn_) == []


# --- what is said once -------------------------------------------------------------------------------------------------


def test_the_room_and_the_author_hear_that_it_is_out() -> None:
    day = told(DRAFTED, APPROVED, OUT)
    assert noticed(day, UpdatePublished) == [
        (None, f"Published for News, Investigating: “{BEGINNING}…”"),
        ("julie", "Corvane: your text for News is out, in <#C0NEWS>."),
    ]


def test_a_promise_is_called_to_mind_and_its_breach_too() -> None:
    day = wait(told(DRAFTED, APPROVED, OUT), t(31))
    reminded, missed = noticed(day, PromiseReminded), noticed(day, PromiseMissed)
    assert [person for person, _ in reminded] == ["claire", "julie"]
    assert reminded[0][1].startswith("The next update for News is promised for <!date^")
    assert reminded[0][1].endswith("in 10 min: /launch update")
    assert [person for person, _ in missed] == ["claire", "julie"]
    assert missed[0][1].startswith("🔴 News: the update promised for <!date^")


def test_a_channel_that_cannot_be_used_is_told_to_the_commander_beforehand() -> None:
    day = told((t(-60), SLACK, SettleOutlet("customers", None, "not_in_channel")))
    ((person, said),) = noticed(day, OutletFound)
    assert person == "claire"
    assert said.startswith("Corvane: updates for News cannot go out, for #news cannot be used (not_in_channel).")
    assert said.endswith("Somebody who is in #news adds the bot there: /invite @launchroom")


# --- the board and Home ------------------------------------------------------------------------------------------------


def board(launch: Launch) -> list[str]:
    return drawn(list(customer_lines(customers(launch), launch.plan, EN)), EN).text.splitlines()


def test_the_board_says_the_last_word_the_promise_and_what_waits() -> None:
    assert customers(told().launch) == ()
    assert board(told(DRAFTED).launch) == ["News – an update waits for Claire"]
    out = told(DRAFTED, APPROVED, OUT)
    assert customers(out.launch) == (Customers("customers", Situation.INVESTIGATING, t(-57), t(30), False, False, ()),)
    assert board(out.launch)[0].startswith("News – Investigating <!date^")
    late = board(wait(out, t(31)).launch)[0]
    assert late.startswith("🔴 News – the update of <!date^")
    assert "> has not come, Investigating <!date^" in late
    assert board(told(DRAFTED, APPROVED, LOST).launch) == ["🔴 News – an update may not be out"]


def test_home_has_short_texts_to_approve_and_leads_to_long_ones() -> None:
    short, long = told(DRAFTED).launch, told((t(-60), JULIE, replace(TEXT, text_en=words("long " * 200)))).launch
    for launch, wanted in ((short, ["Approve and publish", "Send back…"]), (long, ["Send back…"])):
        (ask,) = [each for each in game.asks(launch) if each.subject.startswith("approval")]
        assert labels(drawn(list(WANTED["approval"](launch, ask, EN)), EN)) == wanted
    lost = told(DRAFTED, APPROVED, LOST).launch
    asks = [each for each in game.asks(lost) if each.subject.startswith("draft")]
    assert [ask.person for ask in asks] == ["julie", "claire"]
    assert labels(drawn(list(WANTED["draft"](lost, asks[0], EN)), EN)) == ["It is there", "It is not there: publish"]


# --- the form ----------------------------------------------------------------------------------------------------------


def fields(form: dict[str, Any]) -> dict[str, Any]:
    return {block["block_id"]: block for block in form["blocks"]}


def test_a_new_text_asks_for_its_readers_and_for_what_each_of_them_reads() -> None:
    launch = told(audiences="customers shops").launch
    form = draft_form(launch, EN, Address("corvane"), prefill="It works again.")
    asked = fields(form)
    assert list(asked) == ["audience", "situation", "text_fr", "text_en", "next_at"]
    assert [asked[name].get("optional", False) for name in asked] == [False, False, False, True, True]
    assert asked["text_en"]["hint"]["text"] == "For: News"
    assert asked["text_en"]["element"]["initial_value"] == "It works again."
    assert (form["callback_id"], of_modal(form)) == ("update.draft", [])


def test_the_edit_of_a_text_begins_with_it() -> None:
    form = draft_form(told(DRAFTED).launch, FR, Address("corvane", ("1", "1")))
    asked = fields(form)
    assert list(asked) == ["situation", "text_fr", "text_en", "next_at"]
    assert asked["situation"]["element"]["initial_option"]["value"] == "investigating"
    assert [asked[f"text_{language}"]["element"]["initial_value"] for language in ("fr", "en")] == [FRENCH, ENGLISH]
    assert asked["next_at"]["element"]["initial_date_time"] == int(t(30).timestamp())
    assert (form["callback_id"], form["private_metadata"], of_modal(form)) == ("update.edit", "corvane/1/1", [])


# --- why not -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "command", "said"),
    [
        (JULIE, replace(TEXT, audience="nobody"), "Please choose who reads it. There are: News."),
        (JULIE, replace(TEXT, text_fr=None), "It is read in French too: please write the text."),
        (JULIE, replace(TEXT, next_at=t(-61)), "Tuesday 16 March 03:29 (Paris) has passed. Please give a time to come, or none."),
        (SAMIRA, EditUpdate(1, 1, Situation.LIVE, words("x"), words("x")), "This text is Julie’s. Whoever approves it can edit it"),
        (SAMIRA, ApproveUpdate(1, 1), "Texts for News are approved by whoever is on duty for Commander, Comms: now Claire, Daniel, Julie"),
        (JULIE, ApproveUpdate(1, 1), "A second person approves a text: never who wrote it, nor who edited it last."),
        (CLAIRE, ApproveUpdate(1, 7), "Julie has edited this text since. Please use the newest message about it."),
        (CLAIRE, SayPublished(1, is_there=True), "This text still waits for approval."),
    ],
)  # fmt: skip
def test_every_no_says_what_would_do(by: Actor, command: Any, said: str) -> None:
    day = told(DRAFTED)
    no = refusal(day, t(-60), by, command)
    assert sentence(no, day.launch, EN).startswith(said)


SETTLED = {
    "sent back to Julie": [(t(-59), CLAIRE, SendBackUpdate(1, 1, words("no")))],
    "withdrawn": [(t(-59), JULIE, WithdrawUpdate(1))],
    "Claire has approved": [APPROVED],
    "is published": [APPROVED, OUT],
    "somebody has to look": [APPROVED, LOST],
}


@pytest.mark.parametrize(("said", "script"), SETTLED.items(), ids=list(SETTLED))
def test_a_text_that_is_settled_says_how(said: str, script: list[Any]) -> None:
    day = told(DRAFTED, *script)
    assert said in sentence(refusal(day, t(-50), DANIEL, ApproveUpdate(1, 1)), day.launch, EN)


def test_a_plan_without_customers_says_how_it_gets_them() -> None:
    no = Refused("no_such_audience", audience="")
    assert "updates: audiences:" in sentence(no, told(audiences="").launch, EN)
