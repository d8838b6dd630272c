"""What the room is called, what it is told once, and what only those hear whom it concerns."""

from dataclasses import replace

import pytest

from bot.views.index import notices
from bot.views.room import bookmark_title, channel_name, topic
from launch.messages import (
    SLACK,
    AcceptHandover,
    CallHold,
    ChangeMember,
    CloseLaunch,
    DecideCheckpoint,
    DutyMoved,
    ErrandFailed,
    HoldCalled,
    HoldEnded,
    LaunchClosed,
    MembersInvited,
    NoteWritten,
    ReportErrand,
    ReportInvited,
    Resume,
    RoomOpened,
    SettleRoom,
    WriteNote,
)
from launch.plan import Language
from launch.state import Decision
from tests.days import CLAIRE, HUGO, JULIE, ROOM, a_launch, play, t, wait, wake, words
from tests.views.drawn import all_said, noticed
from tests.views.scenes import night, plain_plan

WHY = words("waiting for DNS")


@pytest.mark.parametrize(("language", "channel", "bookmark"), [("fr", "lancement-corvane", "Tableau"), ("en", "launch-corvane", "Board")])
def test_what_takes_plain_text_only_says_nothing_that_changes(language: Language, channel: str, bookmark: str) -> None:
    launch = a_launch(plain_plan(language))
    assert (channel_name(launch), bookmark_title(launch.plan, "board")) == (channel, bookmark)
    assert topic(launch).startswith("Corvane. ")
    assert topic(replace(launch, t0=t(100))) == topic(launch)
    assert len(topic(launch)) <= 250


# --- said once ---------------------------------------------------------------------------------------------------------


def test_the_room_is_told_once_that_it_is_open() -> None:
    ((person, text),) = noticed(night([], -500), RoomOpened)
    assert person is None
    assert text.startswith("The launch room of Corvane is open. T-0: <!date^")
    assert text.endswith("Commander: Claire. /launch shows what you can do.")


def test_hold_and_resume_are_one_post_each() -> None:
    day = night([(t(-50), CLAIRE, CallHold(WHY)), (t(-40), CLAIRE, Resume())], -39)
    ((_, called),) = noticed(day, HoldCalled)
    ((_, ended),) = noticed(day, HoldEnded)
    assert called.endswith("hold by Claire, 40 min at most. Commander has to see to it:")
    assert ended.startswith("Claire let T run again after 10 min. T-0 is now ")
    assert "Tuesday 16 March 04:40 (Paris)" in ended


def test_t_stopping_at_an_undecided_step_is_said_with_its_reason() -> None:
    ((person, text),) = noticed(night([], -29), HoldCalled)
    assert person is None
    assert text.endswith(": “dns” waits for the decision on final.")


def test_whoever_comes_on_duty_hears_it_alone_and_nobody_when_there_is_no_room_yet() -> None:
    gone = (t(-60), SLACK, ChangeMember("UINES", is_active=False, is_guest=False))
    told = dict(noticed(night([gone], -59), DutyMoved))
    assert set(told) == {"kevin"}
    assert told["kevin"].startswith("Corvane: you are on duty for Database until <!date^")
    assert "Tuesday 16 March 06:00 (Paris)" in told["kevin"]
    assert noticed(play(a_launch(plain_plan("en")), [gone]), DutyMoved) == []


def test_whoever_is_on_standby_is_left_alone() -> None:
    plan = plain_plan("en")
    shifts = (plan.shifts[0], replace(plan.shifts[1], holders={**plan.shifts[1].holders, "vendor": ("elif",)}))
    before = replace(plan.shifts[0], holders={**plan.shifts[0].holders, "vendor": ("nadia",)})
    day = wait(play(a_launch(replace(plan, shifts=(before, shifts[1]))), [(ROOM, SLACK, SettleRoom("C1"))]), t(91))
    assert day.launch.duty["vendor"].person == "elif"
    assert "elif" not in dict(noticed(day, DutyMoved))


def test_whoever_is_on_standby_in_the_shift_that_begins_is_left_alone_too() -> None:
    plan = plain_plan("en")
    database = replace(plan.roles["database"], standby_in=(plan.shifts[1].name,))
    day = wait(play(a_launch(replace(plan, roles={**plan.roles, "database": database})), [(ROOM, SLACK, SettleRoom("C1"))]), t(91))
    assert database.is_on_standby(day.launch.duty["database"].shift)
    assert day.launch.duty["database"].person not in dict(noticed(day, DutyMoved))


def test_a_note_is_told_with_its_author() -> None:
    assert noticed(night([(t(-60), JULIE, WriteNote(words("tills are fine")))], -59), NoteWritten) == [(None, "Note by Julie:")]


def test_what_slack_refused_is_told_to_the_commander_with_a_remedy() -> None:
    day = night([(t(-500), SLACK, ReportErrand("bookmark", "missing_scope")), (t(-500), SLACK, ReportInvited((), ("julie", "theo")))], -499)
    ((person, text),) = noticed(day, ErrandFailed)
    assert person == "claire"
    refused = "Corvane: Slack refused to put the board and the links among the bookmarks of the room (missing_scope, bookmarks:write). "
    assert text.startswith(f"{refused}Everything else goes on. An admin has to install the app again")
    assert noticed(day, MembersInvited) == [
        ("claire", "Corvane: Slack did not let these people into the room: Julie, Theo. An admin of the workspace can add guests.")
    ]


def test_who_has_still_to_be_found_is_told_later_and_where_nobody_will_be_the_room_is() -> None:
    unknown = replace(a_launch(plain_plan("en")), members={})
    for errand, person in (("pin", "claire"), ("find_person", None)):
        day = play(unknown, [(ROOM, SLACK, ReportErrand(errand, "missing_scope"))])
        (notice,) = notices(day.facts[-1], day.launch)
        assert notice.place.person == person
    assert "cannot be asked or paged: write their account into the plan" in notice.drawn.text


def test_a_room_that_slack_refused_is_told_in_private_too() -> None:
    day = play(wait(a_launch(plain_plan("en")), ROOM), [(ROOM, SLACK, ReportErrand("create_room", "name_taken"))])
    ((person, text),) = noticed(day, ErrandFailed)
    assert person == "claire"
    assert text.endswith("Other channels have taken its name: rename one, then open the room with /launch.")


def test_the_end_is_told_with_who_made_it() -> None:
    day = night(
        [
            (t(1), CLAIRE, DecideCheckpoint("final", Decision.PROCEED, WHY)),
            (t(91), HUGO, AcceptHandover("commander", "day")),
            (t(100), HUGO, CloseLaunch()),
        ],
        101,
    )
    assert noticed(day, LaunchClosed) == [(None, "Hugo has closed this launch. What was said stays here; the buttons are gone.")]


def test_what_fell_in_a_gap_of_ours_says_when_it_was_due() -> None:
    asleep = wake(play(a_launch(plain_plan("en")), [(ROOM, SLACK, SettleRoom("C1"))]), t(20))
    held = next(text for text in all_said(asleep) if "waits for the decision" in text)
    assert held.splitlines()[1].startswith("Late: this was due <!date^")
    assert "Tuesday 16 March 04:00 (Paris)" in held.splitlines()[1]
    assert [text for text in all_said(night([], -29)) if "Late" in text] == []
