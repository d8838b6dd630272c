"""The brief of whoever comes in: what they need and no more, in their language."""

from dataclasses import replace

from bot.views.brief import brief_for
from bot.views.lines import drawn
from bot.views.locale import Reader
from launch.messages import (
    SLACK,
    ApproveUpdate,
    CallHold,
    CallPage,
    CastVote,
    DecideCheckpoint,
    Resume,
    SettleRoom,
    SettleUpdate,
    TakePage,
)
from launch.plan import Bridge, Language, Link, Title
from launch.state import Answer, Decision, Launch
from tests.days import CLAIRE, INES, JULIE, ROOM, SAMIRA, Script, a_launch, an_update, play, t, wait, words
from tests.views.drawn import plain
from tests.views.scenes import night, plain_plan

GO = Answer.GO
BRIDGE = Bridge("https://visio.corvane.example/id", "+33 1 99 00 12 34", "Lyon, salle Rhône")
RUNBOOK = Link(Title({"en": "Runbook", "fr": "Marche à suivre"}), "https://wiki.corvane.example/runbook")
DECIDED: Script = [
    (t(-44), SAMIRA, CastVote("final", "application", GO)),
    (t(-43), INES, CastVote("final", "database", GO)),
    (t(-42), JULIE, CastVote("final", "comms", GO)),
    (t(-41), CLAIRE, DecideCheckpoint("final", Decision.PROCEED)),
]


def brief(launch: Launch, person: str = "theo", language: Language = "en") -> list[str]:
    reader = Reader(language, "Europe/Paris")
    return plain(drawn(brief_for(launch, person, reader), reader).text).splitlines()


def test_a_quiet_launch_says_little() -> None:
    assert brief(night(DECIDED, -40).launch) == [
        "T-0: Tuesday 16 March 04:30 (Paris)",
        "Tuesday 16 March 03:49 (Paris): Claire decided on final: proceed.",
        "Next: Tuesday 16 March 04:00 (Paris) (T−30 min) – “dns”",
        "Then: Tuesday 16 March 06:00 (Paris) – shift day comes on",
        "Then: Tuesday 16 March 08:45 (Paris) – checkpoint shops",
    ]


def test_what_waits_and_for_whom_stands_on_top() -> None:
    rows = brief(night([(t(-44), SAMIRA, CastVote("final", "application", GO))], -43).launch)
    assert rows[:2] == ["T-0: Tuesday 16 March 04:30 (Paris)", "final: still to answer: Database (Ines), Comms (Julie)"]


def test_a_hold_says_why_t_stands_still_and_its_end_is_remembered() -> None:
    held: Script = [*DECIDED, (t(-35), CLAIRE, CallHold(words("waiting for DNS")))]
    assert brief(night(held, -34).launch)[:3] == [
        "🔴 T has stood still since 03:55 (Paris): hold by Claire, 40 min at most. Commander has to see to it:",
        "“waiting for DNS”",
        "T-0 was Tuesday 16 March 04:30 (Paris), and moves while T stands still.",
    ]
    rows = brief(night([*held, (t(-25), CLAIRE, Resume())], -24).launch)
    assert rows[0] == "T-0: Tuesday 16 March 04:40 (Paris)"
    assert rows[2] == "Tuesday 16 March 04:05 (Paris): Claire let T run again after 10 min."


def test_open_pages_of_others_are_told_and_ones_own_is_not() -> None:
    called: Script = [*DECIDED, (t(-38), JULIE, CallPage("database", words("restore fails")))]
    ringing = night(called, -37).launch
    said = "🔴 Page for Database since Tuesday 16 March 03:52 (Paris): nobody has it yet. “restore fails”"
    assert brief(ringing)[1] == said
    assert said not in brief(ringing, "ines")
    taken = night([*called, (t(-37), INES, TakePage(1))], -36).launch
    assert brief(taken)[1] == "Page for Database since Tuesday 16 March 03:52 (Paris): Ines has it. “restore fails”"


def test_what_customers_were_told_and_promised() -> None:
    drafted: Script = [*DECIDED, (t(-38), JULIE, an_update(next_at=t(-10)))]
    assert brief(night(drafted, -37).launch)[1] == "Customers – an update waits for Sophie"
    out: Script = [*drafted, (t(-37), CLAIRE, ApproveUpdate(1, 1)), (t(-37), SLACK, SettleUpdate(1, "C2", "1.1"))]
    assert brief(night(out, -36).launch)[1] == "Customers – Investigating 03:53 (Paris), next update 04:20 (Paris)"
    late = brief(night(out, -5).launch)
    assert "🔴 Customers – the update of 04:20 (Paris) has not come, Investigating 03:53 (Paris)" in late


def test_where_to_talk_and_what_to_have_at_hand() -> None:
    plan = replace(plain_plan("en"), bridge=BRIDGE, links=(RUNBOOK,))
    launch = wait(play(a_launch(plan), [(ROOM, SLACK, SettleRoom("C1"))]), t(-500)).launch
    assert brief(launch)[1] == "Bridge: video (https://visio.corvane.example/id) · +33 1 99 00 12 34 · Lyon, salle Rhône"
    assert brief(launch)[-1] == "At hand: Runbook (https://wiki.corvane.example/runbook)"
    assert brief(launch, language="fr")[-1] == "À portée de main\u00a0: Marche à suivre (https://wiki.corvane.example/runbook)"


def test_the_worst_hour_stays_short() -> None:
    worst: Script = [
        *DECIDED,
        (t(-38), JULIE, an_update(next_at=t(-10))),
        (t(-37), CLAIRE, ApproveUpdate(1, 1)),
        (t(-37), SLACK, SettleUpdate(1, "C2", "1.1")),
        *((t(-36), JULIE, CallPage(role, words("errors rising"))) for role in ("application", "database", "qa", "comms")),
        (t(-35), CLAIRE, CallHold(words("waiting for DNS"))),
    ]
    rows = brief(night(worst, -34).launch, "hugo")
    assert "2 more pages are open." in rows
    assert len(rows) <= 14
