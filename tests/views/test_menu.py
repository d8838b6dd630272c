"""The bare /launch: what stands, and the buttons that make sense now for this person and no others."""

from dataclasses import replace

import pytest

from bot.views import help as words_of_launch
from bot.views.address import Address
from bot.views.card import Drawn
from bot.views.locale import Reader
from bot.views.menu import choice, choice_for, menu
from bot.views.people import reader_for
from bot.views.roster import who
from launch.messages import SLACK, CallHold, ChangeMember, CloseLaunch, FindMember
from tests.days import CLAIRE, ROOM, a_launch, play, t, words
from tests.views.drawn import labels
from tests.views.limits import buttons_of
from tests.views.scenes import night, plain_plan

ALWAYS = ["Checkpoints", "Who is on duty", "Help"]
EN, FR = Reader("en", "Europe/Paris"), Reader("fr", "Europe/Paris")


def in_rows(drawn: Drawn) -> list[list[str]]:
    """What the buttons say, row by row."""
    return [[button["text"]["text"] for button in block["elements"]] for block in drawn.blocks if block["type"] == "actions"]


def test_before_the_room_whoever_the_plan_lets_command_may_open_it() -> None:
    launch = a_launch(plain_plan("en"))
    assert in_rows(menu(launch, "UCLAIRE")) == [
        ["Open the room", "Hold…", "Page…", "Report a problem…"],
        ["Checkpoints", "Customer update…", "Note…", "Change the plan…"],
        ["Who is on duty", "Help"],
    ]
    assert labels(menu(launch, "UHUGO"))[:3] == ["Open the room", "Page…", "Report a problem…"]
    assert "Planned. The room opens: <!date^" in menu(launch, "UCLAIRE").text


def test_in_the_open_room_each_sees_what_they_may_do_the_urgent_first() -> None:
    launch = night([], -60).launch
    assert in_rows(menu(launch, "UCLAIRE")) == [
        ["Hold…", "Page…", "Report a problem…"],
        ["Checkpoints", "Customer update…", "Note…", "Change the plan…"],
        ["Who is on duty", "Help", "Noise", "Close the launch"],
    ]
    blocking, advisory = in_rows(menu(launch, "UINES")), in_rows(menu(launch, "UJULIE"))
    assert blocking[0] == ["Hold…", "Page…", "Report a problem…"]
    assert advisory == [
        ["Page…", "Report a problem…"],
        ["Checkpoints", "Customer update…", "Note…"],
        ["Who is on duty", "Show the plan", "Help"],
    ]
    assert labels(menu(launch, "USTRANGER")) == ALWAYS


def test_every_word_has_its_button() -> None:
    running, held = night([], -60).launch, night([(t(-60), CLAIRE, CallHold(words("look")))], -59).launch
    pressed = {button["action_id"] for launch in (running, held) for button in buttons_of(menu(launch, "UCLAIRE").blocks)}
    by_word = {
        "checkpoint": "checkpoint.list", "page": "page.call", "problem": "problem.report", "update": "update.draft", "hold": "clock.hold",
        "resume": "clock.resume", "who": "roster.who", "note": "room.note", "help": "help.show",
    }  # fmt: skip
    assert set(by_word) == set(words_of_launch.WORDS)
    assert set(by_word.values()) <= pressed


def test_everybody_reads_why_they_see_what_they_see() -> None:
    launch = night([], -60).launch
    assert menu(launch, "UCLAIRE").text.endswith("You are on duty for: Commander.")
    assert menu(launch, "UHUGO").text.endswith("You are not on duty now.")
    assert menu(launch, "USTRANGER").text.endswith("You are not named in the plan: you can look, not act.")


def test_resume_is_offered_in_a_hold_and_not_before_an_undecided_step() -> None:
    held = night([(t(-60), CLAIRE, CallHold(words("look")))], -59).launch
    assert "Resume" in labels(menu(held, "UCLAIRE"))
    assert "Hold…" not in labels(menu(held, "UCLAIRE"))
    assert "Resume" not in labels(menu(night([], -29).launch, "UCLAIRE"))


def test_every_decision_asks_first_and_names_its_consequence() -> None:
    held = night([(t(-60), CLAIRE, CallHold(words("look")))], -59).launch
    pressed = buttons_of(menu(held, "UCLAIRE").blocks) + buttons_of(menu(a_launch(plain_plan("en")), "UCLAIRE").blocks)
    asking = {button["text"]["text"]: button["confirm"]["text"]["text"] for button in pressed if "confirm" in button}
    assert set(asking) == {"Open the room", "Resume", "Close the launch"}
    assert asking["Resume"] == "T runs again at once, and T-0 moves by as long as it stood still. The room is told."


def test_a_closed_launch_can_be_read() -> None:
    launch = play(night([], -60), [(t(-59), CLAIRE, CloseLaunch())]).launch
    assert labels(menu(launch, "UCLAIRE")) == ["Checkpoints", "Who is on duty", "Show the plan", "Help"]
    assert "Closed: <!date^" in menu(launch, "UCLAIRE").text


def test_somebody_whose_account_is_gone_is_a_stranger() -> None:
    launch = night([(t(-60), SLACK, ChangeMember("UINES", is_active=False, is_guest=False))], -59).launch
    assert labels(menu(launch, "UINES")) == ALWAYS


def test_with_two_launches_it_is_said_which_there_are() -> None:
    first, second = a_launch(plain_plan("en")), a_launch(replace(plain_plan("en"), key="other", name=plain_plan("en").roles["qa"].title))
    drawn = choice([first, second], "UCLAIRE")
    assert [button["value"] for button in buttons_of(drawn.blocks)] == ["corvane", "other"]
    assert drawn.text.splitlines()[1:] == ["Corvane", "Qa"]


def test_a_word_for_one_of_two_launches_is_shown_as_it_is_carried() -> None:
    first, second = a_launch(plain_plan("en")), a_launch(replace(plain_plan("en"), key="other", name=plain_plan("en").roles["qa"].title))
    drawn = choice_for([first, second], "UCLAIRE", "hold", "waiting for DNS / 2nd try")
    assert drawn.text.splitlines() == [
        "Which launch is /launch hold for? It is done in the one that you choose.",
        "“waiting for DNS / 2nd try”",
        "Corvane",
        "Qa",
    ]
    values = [button["value"] for button in buttons_of(drawn.blocks)]
    assert [Address.read(value) for value in values] == [
        Address("corvane", ("hold", "waiting for DNS / 2nd try")), Address("other", ("hold", "waiting for DNS / 2nd try")),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["é" * 3000, "🚀" * 900, "a " * 2500])
def test_of_a_long_text_as_much_is_carried_as_fits(text: str) -> None:
    (value,) = [button["value"] for button in buttons_of(choice_for([a_launch(plain_plan("en"))], "UCLAIRE", "note", text).blocks)]
    kept = Address.read(value).subject[1]
    assert 1980 < len(value) <= 2000
    assert (kept[-1], text.startswith(kept[:-1])) == ("…", True)


# --- who, help --------------------------------------------------------------------------------------------


def test_who_lists_holders_those_behind_them_and_gaps() -> None:
    rows = who(night([], -60).launch, EN).text.splitlines()
    assert rows[0] == "On duty for Corvane:"
    assert rows[2].startswith("Commander · Claire; then Daniel · <!date^")
    assert rows[3].startswith("Application · Samira; then Camille · <!date^")
    assert who(night([], 91).launch, EN, "qa").text.splitlines()[2] == "Qa · nobody, as planned · –"
    gone = [(t(-60), SLACK, ChangeMember(user, is_active=False, is_guest=False)) for user in ("UINES", "UKEVIN")]
    assert who(night(gone, -59).launch, EN, "database").text.splitlines()[2] == "Database · 🔴 nobody · –"


def test_who_says_whom_slack_does_not_know() -> None:
    launch = play(a_launch(plain_plan("en")), [(ROOM, SLACK, FindMember("camille", None, trouble="users_not_found"))]).launch
    assert who(launch, EN, "application").text.endswith(">")
    assert "Keyline hotline (not in Slack)" in who(launch, EN, "vendor").text


def test_a_member_reads_their_own_language_and_zone_a_stranger_those_of_the_room() -> None:
    plan = plain_plan("fr")
    ines = replace(plan.people["ines"], language="en", zone="America/Toronto")
    launch = a_launch(replace(plan, people={**plan.people, "ines": ines}))
    assert reader_for(launch, "UINES") == Reader("en", "America/Toronto")
    assert reader_for(launch, "USTRANGER") == reader_for(launch, None) == FR


def test_words_are_understood_in_both_languages_and_mistyped() -> None:
    meant = {typed: words_of_launch.meant(typed) for typed in ("aide", "Pause", "reprendre", "qui", "jalon", "point", "NOTE", "?")}
    assert list(meant.values()) == ["help", "hold", "resume", "who", "checkpoint", "checkpoint", "note", "help"]
    assert words_of_launch.meant("hodl") is None
    assert words_of_launch.unknown("hodl", EN).text.startswith("/launch does not know “hodl”. Did you mean /launch hold?\n")
    asked = words_of_launch.unknown("reprandre", FR).text.splitlines()[0]
    assert asked == "/launch ne connaît pas «\u00a0reprandre\u00a0». Vouliez-vous dire /launch reprendre\u202f?"
    assert words_of_launch.unknown("xyzzy", EN).text.startswith("/launch does not know “xyzzy”.\n")


def test_help_lists_every_word_that_there_is() -> None:
    typed = [row.split()[1].rstrip(":") for row in words_of_launch.words(EN).text.splitlines()[1:]]
    assert set(typed) == set(words_of_launch.WORDS)
    in_french = [row.split()[1].rstrip(":") for row in words_of_launch.words(FR).text.splitlines()[1:]]
    assert [words_of_launch.meant(word) for word in in_french] == typed
