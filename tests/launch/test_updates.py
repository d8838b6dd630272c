"""What customers read is written by one person and approved by another, goes out once, and the next text comes when it was promised."""

from launch import game
from launch.messages import (
    SLACK,
    ApproverAsked,
    ApproveUpdate,
    ChangeMember,
    CloseLaunch,
    EditUpdate,
    Errand,
    OutletFound,
    PromiseMissed,
    PromiseReminded,
    ReportUpdate,
    SayPublished,
    SendBackUpdate,
    SettleOutlet,
    SettleUpdate,
    UpdateApproved,
    UpdatePublished,
    UpdateStuck,
    WithdrawUpdate,
)
from launch.state import Outlet, Situation, Stage
from tests.days import (
    CLAIRE,
    DANIEL,
    JULIE,
    KEVIN,
    NADIA,
    SAMIRA,
    Day,
    a_launch,
    actor,
    an_update,
    minutes,
    play,
    refused,
    t,
    user_of,
    wait,
    words,
)

SOPHIE = actor("sophie")
AT = t(-60)
DRAFTED = play(a_launch(), [(AT, SAMIRA, an_update())])
APPROVED = play(DRAFTED, [(t(-59), JULIE, ApproveUpdate(1, 1))])
OUT = SettleUpdate(1, "C0CLIENTS", "1.1")


def asked(day: Day) -> list[str]:
    return [event.person for event in day.told(ApproverAsked)]


def edit(edition: int = 1, text: str = "Nous savons.") -> EditUpdate:
    return EditUpdate(1, edition, Situation.IDENTIFIED, None, words(text))


def published(at: float, promise: float, number: int = 1) -> list[tuple[object, ...]]:
    """Drafted, approved and out at one instant."""
    return [
        (t(at), SAMIRA, an_update(next_at=t(promise))),
        (t(at), JULIE, ApproveUpdate(number, 1)),
        (t(at), SLACK, SettleUpdate(number, "C0CLIENTS", f"1.{number}")),
    ]


# --- approved ------------------------------------------------------------------------------------------------------------


def test_the_first_approver_on_duty_is_asked_and_never_its_author() -> None:
    assert asked(DRAFTED) == ["julie"]
    assert asked(play(a_launch(), [(AT, JULIE, an_update())])) == ["sophie"]
    assert [(ask.subject, ask.person) for ask in game.asks(DRAFTED.launch)] == [("approval:1:1", "julie")]


def test_who_does_not_answer_is_joined_by_the_next_approver_after_five_minutes() -> None:
    assert asked(wait(DRAFTED, t(-55.1))) == ["julie"]
    assert asked(wait(DRAFTED, t(-55))) == ["julie", "sophie"]
    assert asked(wait(DRAFTED, t(0))) == ["julie", "sophie", "claire", "daniel"]


def test_when_whoever_was_asked_is_gone_the_next_is_asked_at_once() -> None:
    day = wait(play(DRAFTED, [(t(-59), SLACK, ChangeMember(user_of("julie"), is_active=False, is_guest=False))]), t(-59))
    assert asked(day) == ["julie", "sophie"]


def test_an_approval_sends_exactly_that_edition_and_once() -> None:
    errands = [errand for fact in APPROVED.facts for errand in game.errands(fact, APPROVED.launch)]
    assert errands[-1] == Errand("publish", {"draft": 1, "edition": 1})
    assert sum(errand.kind == "publish" for errand in errands) == 1
    again = play(APPROVED, [(t(-59), JULIE, ApproveUpdate(1, 1))])
    assert again.told(UpdateApproved) == [UpdateApproved(1, 1, "julie")]
    assert refused(APPROVED, t(-58), CLAIRE, ApproveUpdate(1, 1)) == "draft_settled"
    assert refused(APPROVED, t(-58), SAMIRA, edit()) == "draft_settled"


def test_neither_author_nor_last_editor_nor_anybody_off_duty_approves() -> None:
    assert refused(DRAFTED, t(-59), SAMIRA, ApproveUpdate(1, 1)) == "own_text"
    assert refused(DRAFTED, t(-59), KEVIN, ApproveUpdate(1, 1)) == "not_approver"
    edited = play(DRAFTED, [(t(-59), JULIE, edit())])
    assert refused(edited, t(-58), JULIE, ApproveUpdate(1, 2)) == "own_text"
    assert refused(edited, t(-58), SAMIRA, ApproveUpdate(1, 2)) == "own_text"
    assert play(edited, [(t(-58), DANIEL, ApproveUpdate(1, 2))]).launch.drafts[1].stage is Stage.APPROVED


def test_an_edit_voids_what_was_asked_of_the_edition_before() -> None:
    edited = play(DRAFTED, [(t(-59), SAMIRA, edit())])
    assert refused(edited, t(-58), JULIE, ApproveUpdate(1, 1)) == "draft_changed"
    assert refused(edited, t(-58), SAMIRA, edit(1, "Encore.")) == "draft_changed"
    assert asked(edited) == ["julie", "julie"], "for each edition anew"
    assert refused(DRAFTED, t(-59), NADIA, edit()) == "not_your_draft"


def test_sent_back_with_a_reason_it_can_be_mended() -> None:
    assert refused(DRAFTED, t(-59), JULIE, SendBackUpdate(1, 1)) == "reason_needed"
    back = play(DRAFTED, [(t(-59), JULIE, SendBackUpdate(1, 1, words("trop vague")))])
    assert back.launch.drafts[1].stage is Stage.SENT_BACK
    assert refused(back, t(-58), SOPHIE, ApproveUpdate(1, 1)) == "draft_settled"
    assert play(back, [(t(-58), SAMIRA, edit())]).launch.drafts[1].stage is Stage.WAITING


def test_its_author_or_the_commander_withdraws_it_while_it_waits() -> None:
    for by in (SAMIRA, CLAIRE):
        assert play(DRAFTED, [(t(-59), by, WithdrawUpdate(1))]).launch.drafts[1].stage is Stage.WITHDRAWN
    assert refused(DRAFTED, t(-59), NADIA, WithdrawUpdate(1)) == "not_your_draft"
    assert refused(APPROVED, t(-58), SAMIRA, WithdrawUpdate(1)) == "draft_settled"


def test_every_language_of_the_audience_is_written_and_no_promise_is_for_the_past() -> None:
    assert refused(a_launch(), AT, SAMIRA, an_update(" ")) == "text_missing"
    assert refused(a_launch(), AT, SAMIRA, an_update(next_at=AT)) == "next_in_past"
    assert refused(a_launch(), AT, SAMIRA, an_update(audience="press")) == "no_such_audience"
    assert play(a_launch(), [(AT, SAMIRA, an_update(audience="staff"))]).launch.drafts[1].texts.keys() == {"fr", "en"}


# --- published -----------------------------------------------------------------------------------------------------------


def test_it_is_published_once() -> None:
    day = play(APPROVED, [(t(-58), SLACK, OUT), (t(-57), SLACK, OUT), (t(-57), SLACK, ReportUpdate(1, "late"))])
    assert day.told(UpdatePublished) == [UpdatePublished(1, "C0CLIENTS", "1.1")]
    assert day.told(UpdateStuck) == []


def test_what_nobody_can_tell_a_person_is_asked() -> None:
    unsure = play(APPROVED, [(t(-58), SLACK, ReportUpdate(1, "not_in_channel", is_unsure=True))])
    assert {ask.person for ask in game.asks(unsure.launch)} == {"samira", "julie"}
    there = play(unsure, [(t(-57), JULIE, SayPublished(1, is_there=True))])
    assert there.told(UpdatePublished) == [UpdatePublished(1, None, None, "julie")]
    again = play(unsure, [(t(-57), SAMIRA, SayPublished(1, is_there=False))])
    assert [errand.kind for errand in game.errands(again.facts[-1], again.launch)] == ["publish"]
    assert refused(again, t(-57), JULIE, SayPublished(1, is_there=False)) == "draft_settled"
    assert refused(unsure, t(-57), NADIA, SayPublished(1, is_there=True)) == "not_approver"


def test_what_slack_refuses_waits_for_a_person_and_goes_out_when_they_say_so() -> None:
    stuck = play(APPROVED, [(t(-58), SLACK, ReportUpdate(1, "is_archived"))])
    assert (stuck.launch.drafts[1].stage, stuck.launch.drafts[1].error) == (Stage.STUCK, "is_archived")
    day = play(stuck, [(t(-50), JULIE, SayPublished(1, is_there=False)), (t(-50), SLACK, OUT)])
    assert day.launch.drafts[1].stage is Stage.PUBLISHED


def test_the_channels_of_the_audiences_are_looked_up_at_birth_and_told_when_they_change() -> None:
    day = play(a_launch(), [(AT, SLACK, SettleOutlet("customers", "C2")), (AT, SLACK, SettleOutlet("customers", "C2"))])
    assert (len(day.told(OutletFound)), day.launch.outlets) == (1, {"customers": Outlet("customers", "C2")})
    assert play(a_launch(), [(AT, SLACK, SettleOutlet("press", "C3"))]).told(OutletFound) == []


def test_no_launch_is_closed_over_a_text_that_is_on_its_way_or_in_doubt() -> None:
    unsure = play(APPROVED, [(t(-58), SLACK, ReportUpdate(1, "not_in_channel", is_unsure=True))])
    assert {refused(day, t(-57), CLAIRE, CloseLaunch()) for day in (APPROVED, unsure)} == {"update_under_way"}
    assert play(APPROVED, [(t(-57), SLACK, OUT), (t(-57), CLAIRE, CloseLaunch())]).launch.closed_at


# --- promised ------------------------------------------------------------------------------------------------------------


def test_a_promise_is_reminded_of_in_time_and_its_breach_is_told() -> None:
    day = play(a_launch(), published(-60, -30))
    assert wait(day, t(-40.1)).told(PromiseReminded) == []
    assert wait(day, t(-40)).told(PromiseReminded) == [PromiseReminded(1)]
    assert wait(day, t(-30.1)).told(PromiseMissed) == []
    assert wait(day, t(0)).told(PromiseMissed) == [PromiseMissed(1)]


def test_the_next_text_keeps_the_promise() -> None:
    day = wait(play(a_launch(), [*published(-60, -30), *published(-35, 30, 2)]), t(10))
    assert (day.told(PromiseReminded), day.told(PromiseMissed)) == ([PromiseReminded(1)], [])
    assert wait(day, t(30)).told(PromiseMissed) == [PromiseMissed(2)]


def test_what_only_waits_for_approval_keeps_no_promise() -> None:
    day = wait(play(a_launch(), [*published(-60, -30), (t(-35), SAMIRA, an_update("Encore."))]), t(-30) + minutes(1))
    assert day.told(PromiseMissed) == [PromiseMissed(1)]
