"""The board: red first, nothing that has nothing to say, a dozen lines on a phone; as of when it is true, and whether the bot is well."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.views.board import board_of, pieces
from bot.views.index import cards
from bot.views.people import room_reader
from bot.views.phone import LINES, RED, lines_of, on_phone, shown
from bot.views.pulse import Pulse, beat
from launch.messages import (
    SLACK,
    CallHold,
    CallPage,
    CastVote,
    ChangeMember,
    CloseLaunch,
    DecideCheckpoint,
    GoLive,
    ReportProblem,
    SettleRoom,
    TurnBack,
)
from launch.plan import Plan, PlannedHold, Title
from launch.state import Answer, Decision, Impact, Launch, Source
from tests.days import CLAIRE, INES, JULIE, ROOM, SAMIRA, Day, a_checkpoint, a_launch, a_step, every, minutes, moment, play, t, wait, words
from tests.views.drawn import card, labels, people_of, plain
from tests.views.scenes import night, plain_plan

WHY = words("waiting for DNS")
PROCEED = DecideCheckpoint("final", Decision.PROCEED, WHY)
ANSWERS = [(t(-44), SAMIRA, CastVote("final", "application", Answer.GO)), (t(-43), INES, CastVote("final", "database", Answer.GO))]


def board(day: Day, pulse: Pulse | None = None) -> list[str]:
    """What is read on it, line by line, without the table that it opens to show."""
    (found,) = [each for each in cards(day.launch, pulse) if each.subject == "board"]
    return [row for row in plain(found.draw().text).splitlines() if " · " not in row]


def opened(plan: Plan, until: float) -> Day:
    return wait(play(a_launch(plan), [(ROOM, SLACK, SettleRoom("C1"))]), t(until))


def test_the_board_of_a_quiet_launch() -> None:
    assert board(night([], -500)) == [
        "Corvane",
        "T-0: Tuesday 16 March 04:30 (Paris)",
        "Next: Monday 15 March 22:00 (Paris) – shift night comes on",
        "Then: Tuesday 16 March 03:45 (Paris) (T−45 min) – checkpoint final",
        "Then: Tuesday 16 March 04:00 (Paris) (T−30 min) – “dns”",
        "On duty: Commander (Claire), Application (Samira) and 3 more",
        "As of 19:00 (Paris). Bot well.",
    ]
    assert labels(card(night([], -500).launch, "board")) == ["Menu"]


def test_the_line_of_those_on_duty_opens_to_show_everybody_and_until_when() -> None:
    made = card(night([], -60).launch, "board")
    (folded,) = [block for block in made.blocks if block["type"] == "container"]
    assert (folded["default_collapsed"], [child["type"] for child in folded["child_blocks"]]) == (True, ["table"])
    rows = plain(made.text).splitlines()
    assert "Role · On duty · Until" in rows
    assert "Database · Ines · Tuesday 16 March 06:00 (Paris)" in rows
    assert not any(row.startswith("Vendor") for row in rows), "on standby"


def test_there_is_no_board_before_there_is_a_room() -> None:
    assert people_of(wait(a_launch(plain_plan("en")), t(-560)).launch, "board") == set()
    assert people_of(night([], -560).launch, "board") == {None}


def test_a_hold_stands_on_top_and_what_it_moves_has_no_hour() -> None:
    rows = board(night([(t(-50), CLAIRE, CallHold(WHY))], -49))
    assert rows[1].startswith("🔴 T has stood still since 03:40 (Paris): hold by Claire, 40 min at most.")
    assert rows[2:4] == ["“waiting for DNS”", "T-0 was Tuesday 16 March 04:30 (Paris), and moves while T stands still."]
    assert "T−45 min, once T runs again – checkpoint final" in "\n".join(rows)


def test_a_planned_hold_is_seen_coming_and_moves_nothing() -> None:
    pause = PlannedHold("dns-check", moment(-40), minutes(10), Title({"": "DNS is read everywhere"}))
    plan = replace(plain_plan("en"), holds={pause.name: pause})
    assert any(row.endswith("(T−40 min) – planned hold, 10 min") for row in board(opened(plan, -90)))
    rows = board(opened(plan, -45))
    assert "T-0: Tuesday 16 March 04:30 (Paris)" in rows
    assert not any("planned hold" in row for row in rows), "it is no longer to come"


def test_a_hold_that_lasts_too_long_says_so() -> None:
    assert "🔴 The hold has lasted longer than agreed." in board(night([(t(-50), CLAIRE, CallHold(WHY))], -5))


def test_an_unplanned_gap_is_red_and_a_planned_one_is_not_drawn() -> None:
    """By day the plan has nobody for qa, and says so; nobody is left for the database."""
    gone = [(t(100), SLACK, ChangeMember(user, is_active=False, is_guest=False)) for user in ("UPAUL", "UANIL", "UINES")]
    assert [row for row in board(night(gone, 101)) if "🔴 Nobody" in row] == ["🔴 Nobody is on duty for Database."]


def test_a_checkpoint_that_was_let_pass_is_not_drawn_any_more() -> None:
    undecided = night([(t(-44), SAMIRA, CastVote("final", "application", Answer.GO))], -32)
    decided = play(undecided, [(t(-31), CLAIRE, PROCEED)])
    assert "🔴 final: NO-GO. Decision awaited from: Claire." in board(undecided)
    assert [row for row in board(decided) if "final" in row] == []


def test_a_question_that_comes_again_stands_there_for_its_next_time() -> None:
    checks = every(60, a_checkpoint("health", -120, "application"), 120)
    day = opened(replace(plain_plan("en"), checkpoints={"health": checks}, cutover={}), -119)
    assert "Next: Tuesday 16 March 03:30 (Paris) (T−1 h) – checkpoint health" in board(day)


def test_once_it_is_live_or_turned_back_that_takes_the_place_of_t_zero() -> None:
    live = night([*ANSWERS, (t(-31), CLAIRE, PROCEED), (t(2), CLAIRE, GoLive())], 3)
    back = night([*ANSWERS, (t(-31), CLAIRE, PROCEED), (t(2), CLAIRE, TurnBack(WHY))], 3)
    assert board(live)[1] == "Live since Tuesday 16 March 04:32 (Paris)."
    assert board(back)[1] == "🔴 Turned back Tuesday 16 March 04:32 (Paris)."
    assert not any("T-0" in row for row in board(live) + board(back))


def test_what_burns_comes_first_in_the_order_of_the_screen() -> None:
    burning = [
        (t(-60), JULIE, CallPage("application", words("payments fail"))),
        (t(-59), JULIE, ReportProblem(words("tills are down"), Impact.TOTAL, Source.CUSTOMERS)),
    ]
    rows = board(night(burning, -58))
    assert [row.split(" ")[1] for row in rows if RED in row] == ["tills", "Page"]
    assert rows[3].startswith("T-0: ")


def test_steps_are_counted_as_far_as_the_plan_can_tell() -> None:
    plan = replace(plain_plan("en"), cutover={each.id: each for each in (a_step("backup", -90), a_step("dns", -30))})
    day = opened(plan, -100)
    assert "Steps begun by plan: 1 of 2" in board(day, Pulse(t(-60))), "nothing has happened since"
    assert not any("Steps" in row for row in board(day, Pulse(t(-95))))


def test_a_closed_launch_has_a_board_that_says_so_and_stands_still() -> None:
    day = night([(t(1), CLAIRE, PROCEED), (t(2), CLAIRE, CloseLaunch())], 3)
    assert board(day, Pulse(t(60)))[1:] == ["Closed: Tuesday 16 March 04:32 (Paris)."]


# --- as of, and bot well -------------------------------------------------------------------------------------------------


def test_an_idle_room_is_drawn_anew_twelve_times_an_hour() -> None:
    launch = night([], -500).launch
    drawn = {basis(launch, Pulse(beat(t(-400) + timedelta(seconds=second)))) for second in range(0, 3600, 7)}
    assert len(drawn) == 12


def basis(launch: Launch, pulse: Pulse) -> str:
    return next(each.draw().text for each in cards(launch, pulse) if each.subject == "board")


def test_a_screen_is_as_of_the_last_beat_or_of_what_happened_since() -> None:
    day = night([(t(-60), CLAIRE, CallHold(WHY))], -60)
    assert board(day, Pulse(t(-70)))[-1] == "As of 03:30 (Paris). Bot well."
    assert board(day, Pulse(t(-55)))[-1] == "As of 03:35 (Paris). Bot well."


@pytest.mark.parametrize(
    ("pulse", "said"),
    [
        (Pulse(t(0)), "Bot well."),
        (Pulse(t(0), 1, 2), "The bot hears Slack on 1 of 2 connections."),
        (Pulse(t(0), 0, 2), "🔴 The bot does not hear Slack: buttons and /launch do nothing now."),
        (Pulse(t(0), 2, 2, 3), "Slack counts 3 connections that are not ours: a press may get lost, press again."),
    ],
)
def test_whether_the_bot_is_well(pulse: Pulse, said: str) -> None:
    assert board(night([], -500), pulse)[-1] == f"As of 04:30 (Paris). {said}"


# --- on a phone ----------------------------------------------------------------------------------------------------------


def test_a_dozen_lines_unless_more_is_red_and_never_without_t_zero() -> None:
    calls = [(t(-60 + number), JULIE, CallPage(role, words("look " * 30))) for number, role in enumerate(("application", "database", "qa"))]
    for day in (night([], -500), night(ANSWERS, -40), night([*ANSWERS, *calls][2:], -50)):
        reader = room_reader(day.launch.plan)
        seen = [shown(piece, reader) for piece in on_phone(pieces(board_of(day.launch, t(0)), reader), LINES, reader)]
        red = sum(lines_of(text) for text in seen if RED in text)
        assert sum(lines_of(text) for text in seen if text) <= max(LINES, red + 4)
        assert any("T-0" in text for text in seen)
