"""The relief at 06:00 in Paris, as those who come, those who go, the room and whoever asks see it."""

import pytest

from bot.views.handover import line_of, waiting
from bot.views.index import WANTED
from bot.views.lines import drawn
from bot.views.locale import Reader
from bot.views.roster import who
from launch import game
from launch.messages import (
    SLACK,
    AcceptHandover,
    ChangeMember,
    CloseLaunch,
    DutyMoved,
    HandoverAccepted,
    HandoverAnnounced,
    HandoverLate,
    HandoversReminded,
    SettleRoom,
    TakePage,
)
from launch.plan import Language
from tests.days import CLAIRE, HUGO, ROOM, THEO, Day, Script, a_launch, actor, play, t, wake
from tests.views.drawn import card, labels, noticed, people_of, plain
from tests.views.limits import buttons_of
from tests.views.scenes import night, plain_plan

IN, OUT = "handover:application:day", "handover_out:application:day"
PRIYA = actor("priya")
PARIS = Reader("en", "Europe/Paris")
HUGO_HAS = (t(65), HUGO, AcceptHandover("commander", "day"))
THEO_HAS = (t(82), THEO, AcceptHandover("application", "day"))


def shown(day: Day, subject: str, person: str) -> list[str]:
    return plain(card(day.launch, subject, person).text).splitlines()


def gone(person: str, at: float) -> Script:
    return [(t(at), SLACK, ChangeMember(f"U{person.upper()}", is_active=False, is_guest=False))]


# --- the two messages --------------------------------------------------------------------------------------------------


def test_both_sides_are_told_half_an_hour_before() -> None:
    assert people_of(night([], 59).launch, IN) == set()
    day = night([], 61)
    assert (people_of(day.launch, IN), people_of(day.launch, OUT)) == ({"theo"}, {"samira"})
    rows = shown(day, IN, "theo")
    shift = "your shift as Application begins Tuesday 16 March 06:00 (Paris) and ends Tuesday 16 March 14:00 (Paris)"
    assert rows[:2] == ["Handover: Application", f"Corvane: {shift}. You take over from Samira."]
    assert rows[-1].startswith("Press “I accept” and Application is yours at once")
    assert "🔴 T has stood still since 04:00 (Paris): “dns” waits for the decision on final." in rows
    (button,) = buttons_of(card(day.launch, IN, "theo").blocks)
    assert (button["text"]["text"], button["action_id"], button["value"]) == ("I accept", "handover.accept", "corvane/application/day")
    assert shown(day, OUT, "samira") == [
        "Handover: Application",
        "Corvane: your shift as Application ends Tuesday 16 March 06:00 (Paris).",
        "Theo takes over. Until they accept, Application is yours and you keep answering.",
    ]
    assert labels(card(day.launch, OUT, "samira")) == []


def test_standby_and_roles_that_nobody_takes_over_have_nothing_to_accept() -> None:
    subjects = {each.key[0] for each in night([], 100).launch.handovers.values()}
    assert subjects == {"commander", "application", "database", "comms"}


def test_accepted_both_messages_say_so_and_nothing_is_left_to_press() -> None:
    day = night([THEO_HAS], 200)
    assert shown(day, IN, "theo")[1:] == [
        "Corvane: you accepted Application Tuesday 16 March 05:52 (Paris), until Tuesday 16 March 14:00 (Paris)."
    ]
    assert shown(day, OUT, "samira")[1:] == [
        "Corvane: Theo accepted Application Tuesday 16 March 05:52 (Paris). Thank you, it is no longer yours."
    ]
    assert labels(card(day.launch, IN, "theo")) == []


def test_after_the_edge_the_same_message_speaks_of_the_past_and_still_has_its_button() -> None:
    day = night([], 92)
    assert "began Tuesday 16 March 06:00 (Paris)" in shown(day, IN, "theo")[1]
    assert "Samira still has it, until you accept." in shown(day, IN, "theo")[1]
    assert labels(card(day.launch, IN, "theo")) == ["I accept"]
    assert shown(day, OUT, "samira")[1] == "Corvane: your shift as Application ended Tuesday 16 March 06:00 (Paris)."


def test_late_the_outgoing_sees_who_is_paged_and_who_took_the_page() -> None:
    assert shown(night([], 96), OUT, "samira")[-1] == "🔴 A page went out. Theo is being paged."
    assert shown(night([], 99), OUT, "samira")[-1] == "🔴 A page went out. Priya is being paged."
    page = next(page.number for page in night([HUGO_HAS], 96).launch.pages.values() if page.role == "database")
    day = night([HUGO_HAS, (t(97), HUGO, TakePage(page))], 98)
    assert shown(day, "handover_out:database:day", "ines")[-1] == "🔴 A page went out. Hugo has it."
    assert labels(card(day.launch, "handover:database:day", "paul")) == ["I accept"]


def test_who_was_the_incoming_before_is_told_who_is_now() -> None:
    day = night(gone("theo", 70), 75)
    assert people_of(day.launch, IN) == {"theo", "priya"}
    assert shown(day, IN, "theo")[1] == "Corvane: Application is not for you to take over any more, Priya is asked now."
    assert (labels(card(day.launch, IN, "theo")), labels(card(day.launch, IN, "priya"))) == ([], ["I accept"])
    accepted = play(day, [(t(80), PRIYA, AcceptHandover("application", "day"))])
    assert shown(accepted, IN, "theo")[1] == "Corvane: Priya accepted Application Tuesday 16 March 05:50 (Paris)."


def test_nobody_who_can_be_asked_is_said_to_the_outgoing_and_to_the_commander() -> None:
    day = night([*gone("theo", 10), *gone("priya", 11)], 61)
    assert people_of(day.launch, IN) == set()
    assert shown(day, OUT, "samira")[-1] == (
        "🔴 Nobody of the next shift can be asked. Whoever commands is told; Application stays with you."
    )
    ((person, said),) = noticed(day, HandoverAnnounced)
    assert (person, plain(said)) == (
        "claire",
        "🔴 Corvane: nobody of the next shift can be asked to take over Application at 06:00 (Paris). Samira keeps it.",
    )


def test_a_handover_that_was_overtaken_says_who_has_the_role_now() -> None:
    day = night(gone("samira", 93), 94)
    assert day.launch.duty["application"].person == "theo"
    assert shown(day, IN, "theo")[1] == "Corvane: this handover is over, nobody accepted it. On duty for Application now: Theo."
    assert labels(card(day.launch, IN, "theo")) == []


def test_a_closed_launch_has_nothing_to_accept() -> None:
    day = night([(t(80), CLAIRE, CloseLaunch())], 80)
    assert shown(day, IN, "theo")[1:] == ["Corvane: closed before anybody accepted Application."]
    assert shown(day, OUT, "samira")[1:] == ["Corvane: closed before anybody accepted Application."]
    assert (labels(card(day.launch, IN, "theo")), waiting(day.launch)) == ([], None)


# --- what is said once -------------------------------------------------------------------------------------------------


def test_ten_minutes_before_only_those_are_reminded_who_still_have_something_to_do() -> None:
    day = night(
        [HUGO_HAS, (t(66), actor("paul"), AcceptHandover("database", "day")), (t(67), THEO, AcceptHandover("application", "day"))], 81
    )
    told = [(person, plain(said)) for person, said in noticed(day, HandoversReminded)]
    assert told == [
        (
            "olivier",
            "Corvane: you take over Comms at 06:00 (Paris). Press “I accept” in the message “Handover: Comms”, or Julie cannot leave.",
        ),
        ("julie", "Corvane: your shift as Comms ends at 06:00 (Paris). Olivier has not accepted yet: until then you keep it."),
    ]


def test_a_reminder_that_comes_after_the_edge_is_not_sent() -> None:
    start = play(a_launch(plain_plan("en")), [(ROOM, SLACK, SettleRoom("C1"))])
    day = wake(start, t(92))
    assert day.told(HandoversReminded)
    assert noticed(day, HandoversReminded) == []
    assert "began Tuesday 16 March 06:00 (Paris)" in shown(day, IN, "theo")[1]


def test_late_is_told_to_those_who_cannot_leave() -> None:
    day = night([HUGO_HAS, THEO_HAS, (t(66), actor("paul"), AcceptHandover("database", "day"))], 96)
    assert noticed(day, HandoverLate) == [("julie", "🔴 Corvane: nobody has accepted Comms. You still have it; Olivier is being paged.")]


def test_the_acceptance_is_told_to_whoever_goes_and_to_nobody_else() -> None:
    day = night([HUGO_HAS], 66)
    assert noticed(day, HandoverAccepted) == [("claire", "Corvane: Hugo has Commander from now on. Thank you, you are released.")]
    assert [person for person, _ in noticed(day, DutyMoved) if person == "hugo"] == []


def test_whoever_takes_the_page_of_a_late_handover_has_accepted_it() -> None:
    page = next(page.number for page in night([], 96).launch.pages.values() if page.role == "application")
    day = night([(t(97), THEO, TakePage(page))], 98)
    assert "you accepted Application" in shown(day, IN, "theo")[1]
    assert noticed(day, HandoverAccepted) == [("samira", "Corvane: Theo has Application from now on. Thank you, you are released.")]


# --- in one line -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Handover: 2 of 4 accepted, waiting for Database, Comms"),
        ("fr", "Relève\u00a0: 2 sur 4 acceptées, on attend\u00a0: Database, Comms"),
    ],
)
def test_the_room_sees_one_line(language: Language, said: str) -> None:
    day = night([HUGO_HAS, THEO_HAS], 83)
    seen = waiting(day.launch)
    assert seen
    assert (seen.accepted, seen.total, seen.roles) == (2, 4, ("database", "comms"))
    reader = Reader(language, "Europe/Paris")
    assert line_of(seen, day.launch.plan, reader).text(reader) == said


def test_before_and_after_there_is_no_line() -> None:
    everybody = [(t(66), actor(who), AcceptHandover(role, "day")) for who, role in (("paul", "database"), ("olivier", "comms"))]
    assert waiting(night([], 59).launch) is None
    assert waiting(night([HUGO_HAS, *everybody, THEO_HAS], 84).launch) is None


def test_who_shows_what_is_to_be_accepted_and_who_holds_a_shift_that_is_over() -> None:
    def row(until: float, *script: tuple[object, ...]) -> str:
        return plain(who(night([*script], until).launch, PARIS, "application").text).splitlines()[2]  # type: ignore[list-item]

    until = "Application · Samira; then Camille · Tuesday 16 March 06:00 (Paris)"
    assert row(59) == until
    assert row(61) == f"{until}, then Theo: not accepted yet"
    assert row(92) == f"{until}. 🔴 That shift is over; Theo has not accepted yet"
    assert row(92, THEO_HAS) == "Application · Theo; then Priya · Tuesday 16 March 14:00 (Paris)"


def test_the_ask_in_short_has_the_same_button() -> None:
    launch = night([], 61).launch
    (ask,) = [ask for ask in game.asks(launch) if ask.person == "theo"]
    short = drawn(WANTED["handover"](launch, ask, PARIS), PARIS)
    assert plain(short.text) == "You take over Application from Samira: Tuesday 16 March 06:00 (Paris)."
    assert buttons_of(short.blocks) == buttons_of(card(launch, IN, "theo").blocks)
