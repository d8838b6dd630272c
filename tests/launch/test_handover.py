"""A role changes hands when the incoming accepts: told in time, never before the yes, paged when it is late, never in nobody's hands."""

from datetime import datetime

import pytest

from launch import game
from launch.messages import (
    SLACK,
    AcceptHandover,
    Actor,
    CastVote,
    ChangeMember,
    DutyMoved,
    HandoverAccepted,
    HandoverAnnounced,
    HandoverLate,
    HandoversReminded,
    PageRang,
    PageResolved,
    PageTaken,
    PassPage,
    SettleRoom,
    TakePage,
)
from launch.state import Answer, PageKind
from tests.days import (
    CLAIRE,
    DANIEL,
    DAY,
    END,
    HUGO,
    INES,
    ROOM,
    SAMIRA,
    THEO,
    Day,
    a_checkpoint,
    a_launch,
    a_plan,
    actor,
    found_as,
    minutes,
    play,
    refused,
    t,
    user_of,
    wait,
    wake,
)

PRIYA = actor("priya")
OPEN = play(a_launch(), [(ROOM, SLACK, SettleRoom("C1"))])
TOLD, AGAIN, LATE = DAY - minutes(30), DAY - minutes(10), DAY + minutes(5)
TAKE = AcceptHandover("application", "day")


def on_hook(day: Day, role: str = "application") -> tuple[str | None, tuple[str, ...]]:
    duty = day.launch.duty[role]
    return duty.person, duty.deputies


def gone(person: str) -> ChangeMember:
    return ChangeMember(user_of(person), is_active=False, is_guest=False)


# --- told ----------------------------------------------------------------------------------------------------------------


def test_half_an_hour_before_both_sides_of_every_role_that_changes_hands_are_told() -> None:
    day = wait(OPEN, TOLD)
    assert wait(OPEN, TOLD - minutes(0.1)).told(HandoverAnnounced) == []
    told = {event.role: (event.outgoing, event.incoming) for event in day.told(HandoverAnnounced)}
    assert told == {
        "commander": ("claire", "hugo"),
        "application": ("samira", "theo"),
        "database": ("ines", "paul"),
        "comms": ("julie", "olivier"),
    }, "qa has nobody after the night, the vendor is on standby"
    assert ("handover:application:day", "theo") in {(ask.subject, ask.person) for ask in game.asks(day.launch)}


def test_ten_minutes_before_those_who_have_not_accepted_are_told_again_and_once() -> None:
    day = wait(play(OPEN, [(DAY - minutes(20), THEO, TAKE)]), END - minutes(60))
    assert [event.roles for event in day.told(HandoversReminded)] == [("commander", "database", "comms")]


def test_before_the_room_is_open_nobody_has_anything_to_hand_over() -> None:
    day = wait(a_launch(), DAY)
    assert day.told(HandoverAnnounced) == []
    assert on_hook(day)[0] == "theo"


def test_who_is_told_changes_with_who_can_be_asked() -> None:
    day = wait(play(OPEN, [(TOLD, SLACK, gone("theo"))]), TOLD)
    assert day.launch.handovers["application", "day"].incoming == "priya"
    assert day.launch.handovers["application", "day"].told == ("theo", "priya")


# --- accepted ------------------------------------------------------------------------------------------------------------


def test_the_hook_moves_at_the_yes_not_at_the_edge() -> None:
    assert on_hook(wait(OPEN, DAY + minutes(3)))[0] == "samira"
    early = play(OPEN, [(DAY - minutes(20), THEO, TAKE)])
    assert on_hook(early) == ("theo", ("priya",))
    assert on_hook(wait(early, DAY + minutes(60))) == ("theo", ("priya",))
    assert on_hook(play(OPEN, [(DAY + minutes(4), THEO, TAKE)])) == ("theo", ("priya",))


def test_a_late_handover_never_delays_a_checkpoint() -> None:
    plan = a_plan(a_checkpoint("across", DAY + minutes(1), "application comms"))
    day = play(
        play(a_launch(plan), [(ROOM, SLACK, SettleRoom("C1"))]), [(DAY + minutes(2), SAMIRA, CastVote("across", "application", Answer.GO))]
    )
    assert day.launch.votes["across", 1, "application"].person == "samira"


def test_open_asks_move_to_whoever_accepts() -> None:
    plan = a_plan(a_checkpoint("across", DAY - minutes(1), "application comms", answer=30))
    day = play(play(a_launch(plan), [(ROOM, SLACK, SettleRoom("C1"))]), [(DAY + minutes(2), THEO, TAKE)])
    asked = {ask.person for ask in game.asks(day.launch) if ask.subject == "checkpoint:across:application"}
    assert asked == {"theo"}
    assert ("across", 1, "application", "theo") in day.launch.asked


def test_anybody_of_the_next_shift_may_accept_and_keeps_it() -> None:
    day = play(OPEN, [(TOLD, PRIYA, TAKE)])
    assert on_hook(wait(day, DAY + minutes(30))) == ("priya", ("theo",))
    assert refused(day, TOLD, THEO, TAKE) == "handover_accepted"


@pytest.mark.parametrize("by", [SAMIRA, INES, CLAIRE], ids=["outgoing", "another role", "commander"])
def test_nobody_else_may(by: Actor) -> None:
    assert refused(OPEN, TOLD, by, TAKE) == "not_incoming"


def test_accepted_twice_is_accepted_once() -> None:
    day = play(OPEN, [(TOLD, THEO, TAKE), (TOLD, THEO, TAKE)])
    assert day.told(HandoverAccepted) == [HandoverAccepted("application", "day", "theo")]
    assert [event for event in day.told(DutyMoved) if event.role == "application"] == [DutyMoved("application", "theo", ("priya",), "day")]


def test_what_another_shift_has_taken_over_since_cannot_be_accepted_any_more() -> None:
    assert refused(wait(OPEN, END), END, THEO, TAKE) == "handover_over"


# --- late ----------------------------------------------------------------------------------------------------------------


def pages_of(day: Day, role: str) -> list[int]:
    return [page.number for page in day.launch.pages.values() if page.role == role]


def test_five_minutes_after_the_edge_the_incoming_is_paged_then_their_secondary_then_the_commander() -> None:
    assert wait(OPEN, LATE - minutes(0.1)).told(HandoverLate) == []
    day = wait(OPEN, LATE)
    page = day.launch.pages[pages_of(day, "application")[0]]
    assert (page.kind, page.chain) == (PageKind.HANDOVER, ("theo", "priya", "claire", "daniel"))
    assert page.ringing == "theo"
    assert on_hook(day)[0] == "samira"


def test_to_take_that_page_is_to_accept() -> None:
    late = wait(OPEN, LATE)
    number = pages_of(late, "application")[0]
    day = play(late, [(LATE, THEO, PassPage(number)), (LATE + minutes(1), PRIYA, TakePage(number))])
    assert on_hook(day) == ("priya", ("theo",))
    assert [event for event in day.told(PageTaken) if event.page == number] == [PageTaken(number, "priya")]
    assert PageResolved(number, "priya") in day.events


def test_to_accept_ends_the_page() -> None:
    late = wait(OPEN, LATE)
    number = pages_of(late, "application")[0]
    day = wait(play(late, [(LATE + minutes(1), THEO, TAKE)]), LATE + minutes(30))
    assert not day.launch.pages[number].is_open
    assert [event.person for event in day.told(PageRang) if event.page == number] == ["theo"]


def test_the_commander_who_takes_it_leaves_the_role_with_the_outgoing() -> None:
    late = wait(OPEN, LATE)
    number = pages_of(late, "application")[0]
    day = play(late, [(LATE + minutes(7), DANIEL, TakePage(number))])
    assert on_hook(day)[0] == "samira"
    assert on_hook(play(day, [(LATE + minutes(9), THEO, TAKE)]))[0] == "theo"


def test_the_outgoing_cannot_take_it_to_keep_a_shift_that_is_over() -> None:
    late = wait(OPEN, LATE)
    assert refused(late, LATE, SAMIRA, TakePage(pages_of(late, "application")[0])) == "not_paged"


# --- people come and go --------------------------------------------------------------------------------------------------


def test_when_the_outgoing_is_gone_after_the_edge_the_next_shift_has_it() -> None:
    assert on_hook(play(OPEN, [(DAY + minutes(1), SLACK, gone("samira"))])) == ("theo", ("priya",))


def test_when_the_outgoing_is_gone_before_the_edge_their_secondary_hands_over() -> None:
    day = play(OPEN, [(TOLD + minutes(1), SLACK, gone("samira"))])
    assert on_hook(day)[0] == "camille"
    assert wait(day, DAY).launch.handovers["application", "day"].outgoing == "camille"


def test_with_nobody_to_take_over_the_outgoing_keeps_it_and_the_commander_is_paged() -> None:
    day = wait(play(OPEN, [(TOLD, SLACK, gone("theo")), (TOLD, SLACK, gone("priya"))]), LATE)
    assert on_hook(day)[0] == "samira"
    assert day.launch.handovers["application", "day"].incoming is None
    assert day.launch.pages[pages_of(day, "application")[0]].chain[-2:] == ("claire", "daniel")


def test_who_comes_back_after_somebody_accepted_does_not_take_it_away() -> None:
    day = play(OPEN, [(TOLD, SLACK, gone("theo")), (TOLD, PRIYA, TAKE), (DAY, SLACK, found_as("theo"))])
    assert on_hook(day) == ("priya", ("theo",))


# --- the program slept ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("until", [AGAIN, DAY, LATE, LATE + minutes(60)], ids=["-10", "edge", "+5", "+65"])
def test_after_a_sleep_everybody_is_told_once_and_the_hook_is_where_it_was(until: datetime) -> None:
    day = wake(OPEN, until)
    announced = [(event.role, event.incoming) for event in day.told(HandoverAnnounced)]
    assert len(announced) == len(set(announced)) == 4
    assert on_hook(day)[0] == "samira"
    assert len(day.told(HandoverLate)) == (4 if until >= LATE else 0)
    assert on_hook(play(day, [(until + minutes(1), HUGO, AcceptHandover("commander", "day"))]), "commander")[0] == "hugo"


def test_t_is_not_touched_by_any_of_it() -> None:
    assert wait(OPEN, LATE).launch.t0 == t(0)
