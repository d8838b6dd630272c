"""What the door promises whoever asks: what is overdue comes first, all of it counts or nothing, a copy gets the same answer."""

import json

from bot.door import Answer as DoorAnswer
from bot.door import Door
from launch.messages import (
    CLOCK,
    HOUSE,
    SHELL,
    SLACK,
    CallHold,
    CastVote,
    ChangePerson,
    CloseLaunch,
    Fact,
    HoldCalled,
    PlanAdded,
    PlanOffered,
    SettleRoom,
    VoteCast,
    WriteNote,
)
from launch.plan import Plan
from launch.state import Answer
from storage import timeline
from tests.days import BORN, CLAIRE, INES, NIGHT, SAMIRA, SHOPS_OPEN, STRANGER, TEAM, a_plan, minutes, t, words
from tests.door.doors import Site, ask, launch_in, say
from tests.launch.workspaces import adding

GO, NO_GO = Answer.GO, Answer.NO_GO
APP_GO = CastVote("final", "application", GO)
DB_NO_GO = CastVote("final", "database", NO_GO, words("restore test is red"))


# --- an answer ---------------------------------------------------------------------------------------------------------


async def test_an_answer_tells_what_followed_and_how_the_launch_now_stands(site: Site, door: Door) -> None:
    site.set_clock(t(-44))
    answer = await say(door, SAMIRA, APP_GO)
    vote = VoteCast("final", 1, "application", "samira", GO)
    assert answer.facts == (Fact(len(site.record()), t(-44), SAMIRA, vote, None, "application"),)
    assert answer.value == launch_in(door)
    assert launch_in(door).votes["final", 1, "application"].answer is GO
    assert answer.facts[0].seq == launch_in(door).seq == len(site.record())


async def test_what_the_record_tells_is_what_the_door_holds(site: Site, door: Door) -> None:
    site.set_clock(t(-44))
    await say(door, INES, DB_NO_GO)
    site.set_clock(t(50))
    await say(door, CLAIRE, WriteNote(words("all quiet")))
    with door.engine.begin() as tx:
        assert timeline.folded(timeline.read(tx, TEAM, "corvane")) == launch_in(door)
        assert timeline.broken_at(tx, TEAM, "corvane") is None
        assert timeline.broken_at(tx, TEAM, HOUSE) is None


async def test_what_was_typed_stands_among_the_words_and_in_what_is_still_to_be_said(site: Site, door: Door) -> None:
    """Nowhere else: not in the record, the state, the deadlines, nor among the requests that were seen."""
    site.set_clock(t(-44))
    await ask(door, INES, DB_NO_GO, request_id="r1")
    await ask(door, STRANGER, WriteNote(words("typed by a stranger")), request_id="r2")
    await ask(door, CLAIRE, CallHold(words("typed by the commander")), request_id="r3")
    found = {name: str(rows) for name, rows in site.tables().items()}
    for text in ("restore test is red", "typed by the commander"):
        assert [name for name, rows in found.items() if text in rows] == ["outbox", "words"]
    assert [name for name, rows in found.items() if "typed by a stranger" in rows] == [], "what was refused is not kept at all"


async def test_what_is_overdue_is_done_first_and_at_the_instant_of_the_request(site: Site, door: Door) -> None:
    """Nobody woke the clock since yesterday: the room, the shift, the heads-up and the question come before the answer to it."""
    site.set_clock(t(-44))
    before = len(site.record())
    await say(door, SAMIRA, APP_GO)
    told = site.rows("SELECT kind, at, due_at FROM timeline WHERE seq > ? ORDER BY seq", before)
    now = t(-44).isoformat(timespec="microseconds")
    kinds = ("RoomWanted", "ShiftTurned", "CheckpointAnnounced", "CheckpointOpened", "VoteCast")
    assert [(kind, at) for kind, at, _ in told] == [(kind, now) for kind in kinds]
    assert [due for *_, due in told] == [*(at.isoformat(timespec="microseconds") for at in (t(-570), NIGHT, t(-55), t(-45))), None]


async def test_what_one_overdue_thing_makes_overdue_is_done_too(site: Site, door: Door) -> None:
    """Down over two shift edges: the second is only due once the first has turned."""
    before = len(site.record())
    site.set_clock(t(100))
    answer = await say(door, CLOCK, None)
    assert answer.facts == ()
    assert answer.value == launch_in(door)
    told = [kind for kind in site.record()[before:] if kind != "DutyMoved"]
    assert told == ["RoomWanted", "ShiftTurned", "CheckpointAnnounced", "CheckpointOpened", "HoldCalled", "ShiftTurned"]
    await say(door, CLOCK, None)
    assert site.record()[-1] == "DutyMoved", "and all of it once"
    assert len(site.record()) == launch_in(door).seq


async def test_overdue_comes_first_in_every_launch_that_a_decision_reaches(site: Site, door: Door) -> None:
    """Slack says that an account is gone, to the whole house, at an hour when the night should long have begun."""
    site.set_clock(NIGHT + minutes(10))
    answer = await say(door, SLACK, ChangePerson("USAMIRA", is_active=False, is_guest=False), HOUSE)
    assert [type(fact.event).__name__ for fact in answer.facts] == ["MemberChanged", "DutyMoved"]
    assert site.record()[-4:] == ["RoomWanted", "ShiftTurned", "MemberChanged", "DutyMoved"]
    assert launch_in(door).duty["application"].person == "camille"


async def test_when_the_clock_is_set_back_the_record_does_not_run_back(site: Site, door: Door) -> None:
    site.set_clock(t(-44))
    await say(door, SAMIRA, APP_GO)
    site.set_clock(t(-50))
    (fact,) = (await say(door, CLAIRE, CallHold(words("disk full")))).facts
    assert isinstance(fact.event, HoldCalled)
    assert (fact.at, fact.event.began_at) == (t(-44), t(-44))
    newer = await say(door, SHELL, adding(a_plan(key="tills")), HOUSE)
    assert newer.facts[0].at == t(-50), "another launch has its own time"


# --- a refusal ---------------------------------------------------------------------------------------------------------


async def test_a_refused_request_writes_only_that_it_was_seen(site: Site, door: Door) -> None:
    site.set_clock(t(-44))
    await say(door, CLOCK, None)
    before = site.tables()
    answer = await ask(door, STRANGER, APP_GO, request_id="r1")
    assert answer.refused
    assert answer.value == launch_in(door)
    after = site.tables()
    assert {name for name in after if after[name] != before[name]} == {"seen"}
    now = t(-44).isoformat(timespec="microseconds")
    assert after["seen"] == [(TEAM, "r1", "corvane", now, "USTRANGER", "CastVote", answer.refused.code, json.dumps(answer.refused.facts))]


async def test_what_is_overdue_counts_even_if_the_request_is_refused(site: Site, door: Door) -> None:
    site.set_clock(t(-44))
    assert (await ask(door, STRANGER, APP_GO)).refused
    assert site.record()[-1] == "CheckpointOpened"


async def test_a_launch_that_is_not_there_is_a_no(site: Site, door: Door) -> None:
    for key in ("ghost", HOUSE + "*", ""):
        assert (await ask(door, SAMIRA, APP_GO, key)).refused
        answer = await ask(door, SLACK, SettleRoom("C1"), key)
        assert answer.refused
        assert (answer.refused.code, answer.refused.facts) == ("no_such_launch", {"launch": key})
        assert (await ask(door, CLOCK, None, key)) == DoorAnswer()
    assert (await door.perform(SettleRoom("C1"), "corvane", SLACK, "T2")).refused
    assert launch_in(door).channel is None


async def test_all_of_a_command_counts_or_nothing(site: Site, door: Door) -> None:
    """The launch will not have its newer plan: then the house does not keep it either."""
    before = site.tables()
    late = a_plan(key="late", t0=BORN)
    for plan, code in ((late, "t0_past"), (a_plan(), "same_plan")):
        answer = await ask(door, SHELL, adding(plan), HOUSE)
        assert answer.refused
        assert answer.refused.code == code
    assert site.tables() == before


async def test_a_newer_plan_is_taken_up_or_refused_as_one(site: Site, door: Door) -> None:
    """With the night under way it is only offered. One that the night no longer allows, the house does not keep either."""
    await say(door, SHELL, adding(a_plan(language="en")), HOUSE)
    assert (launch_in(door).plan.language, launch_in(door).plan_version) == ("en", 2)
    site.set_clock(t(-44))
    answer = await say(door, SHELL, adding(a_plan(zone="UTC")), HOUSE)
    assert [type(fact.event) for fact in answer.facts] == [PlanAdded, PlanOffered]
    assert (launch_in(door).plan.language, launch_in(door).plan.zone, launch_in(door).plan_version) == ("en", "Europe/Paris", 2)
    assert await refusal(door, a_plan(SHOPS_OPEN)) == "still_needed"
    await say(door, CLAIRE, CloseLaunch())
    assert await refusal(door, a_plan(language="en", zone="UTC")) == "plan_in_use"
    assert site.rows("SELECT version FROM plans") == [(3,)]
    assert site.record(HOUSE) == ["PlanAdded"] * 3
    assert (launch_in(door).plan_version, list(launch_in(door).offers)) == (2, [1])


async def refusal(door: Door, newer: Plan) -> str:
    """The code of the no to a newer plan."""
    answer = await ask(door, SHELL, adding(newer), HOUSE)
    assert answer.refused
    return answer.refused.code
