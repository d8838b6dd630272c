"""Home: what waits for a person first, how their launches stand, their shifts in their own zone; for a stranger, what this is."""

from dataclasses import replace

import pytest

from bot.slack.index import ACTIONS
from bot.views import modals, plans
from bot.views.address import Address
from bot.views.card import Block
from bot.views.home import MOST_ASKS, home, needs, pieces
from bot.views.index import WANTED
from bot.views.lines import Buttons
from bot.views.locale import LANGUAGES, Reader
from bot.views.phone import LINES, RED, lines_of, shown
from bot.views.pulse import Pulse
from launch.game import asks
from launch.messages import SLACK, CallHold, CallPage, CastVote, SettleRoom, TakePage
from launch.plan import Language, Plan, Title
from launch.state import Answer, Launch
from tests.days import CLAIRE, JULIE, ROOM, SAMIRA, a_checkpoint, a_launch, a_plan, an_update, play, t, wait, words
from tests.views.drawn import plain
from tests.views.limits import buttons_of, of_blocks, of_modal, words_of
from tests.views.scenes import EVIL, evil_plan, late_night, night, paged_night, troubled_night, whole_night, written_night

pytestmark = pytest.mark.slow

PARIS, MONTREAL, LYON = Reader("en", "Europe/Paris"), Reader("en", "America/Montreal"), Reader("fr", "Europe/Paris")
both = pytest.mark.parametrize("language", LANGUAGES)


def read(view: Block) -> list[str]:
    """What is read, line by line; of a line that opens, what is under it too."""
    whole = [each for block in view["blocks"] for each in ({**block, "child_blocks": []}, *block.get("child_blocks", ()))]
    return [row for block in whole for row in plain("".join(words_of([block]))).splitlines() if row]


def folded(view: Block) -> list[str]:
    """What is read of what opens, before it is opened."""
    return [block["title"]["text"] for block in view["blocks"] if block["type"] == "container"]


def pressed(view: Block) -> list[str]:
    return [button["text"]["text"] for button in buttons_of(view["blocks"])]


def asking(plan: Plan) -> Launch:
    """A launch whose room is open, at T-44 min."""
    return wait(play(a_launch(plan), [(ROOM, SLACK, SettleRoom("C1"))]), t(-44)).launch


CALLED = [(t(-60), CLAIRE, CallPage("application", words("payments fail"))), (t(-59.5), SAMIRA, TakePage(1))]


def test_what_waits_for_a_person_comes_first_with_its_buttons() -> None:
    view = home([night([], -44).launch], "USAMIRA", PARIS)
    assert read(view)[:4] == [
        "Corvane",
        "T-0: Tuesday 16 March 04:30 (Paris)",
        "final: still to answer: Application (Samira), Database (Ines) and 1 more",
        "This waits for you:",
    ]
    assert read(view)[4].startswith("final: your answer for Application, by Tuesday 16 March 03:5")
    assert pressed(view) == ["GO", "GO with a condition…", "NO-GO…", "Menu"]
    assert [button["value"] for button in buttons_of(view["blocks"])] == ["corvane/final/1/application"] * 3 + ["corvane"]


def test_what_is_answered_waits_no_longer() -> None:
    view = home([night([(t(-44), SAMIRA, CastVote("final", "application", Answer.GO))], -43).launch], "USAMIRA", PARIS)
    assert "Nothing waits for you." in read(view)
    assert pressed(view) == ["Menu"]


def test_what_is_red_is_there_and_what_comes_next() -> None:
    told = read(home([night([(t(-60), CLAIRE, CallHold(words("look")))], -59).launch], "UJULIE", PARIS))
    assert told[1].startswith("🔴 T has stood still since 03:30 (Paris): hold by Claire")
    assert "Next: T−45 min, once T runs again – checkpoint final" in told


def test_the_shifts_of_a_person_are_told_in_their_own_zone() -> None:
    launch = night([], -60).launch
    view = home([launch], "UJULIE", MONTREAL)
    assert folded(view) == ["You are on duty for: Comms."]
    assert read(view)[-4:-1] == [
        "Your shifts, Montréal time:",
        "• Monday 15 March, 17:00 to 01:00: Comms (you are on duty now)",
        "• Tuesday 16 March, 01:00 to 09:00: Comms (as a stand-in)",
    ]
    assert "• Monday 15 March, 22:00 to 06:00: Vendor (on standby, you are on duty now)" in read(home([launch], "UELIF", PARIS))


def test_a_shift_that_is_over_is_left_out_and_one_to_be_accepted_says_so() -> None:
    announced = night([], 61).launch
    assert "• Tuesday 16 March, 06:00 to 14:00: Application (not accepted yet)" in read(home([announced], "UTHEO", PARIS))
    over = night([], 91).launch
    assert not any("22:00 to 06:00" in row for row in read(home([over], "UJULIE", PARIS)))


def test_the_sentence_of_a_click_stands_on_top() -> None:
    assert read(home([night([], -60).launch], "USAMIRA", PARIS, "Only Claire may."))[:2] == ["Only Claire may.", "Corvane"]


def test_open_launches_come_first() -> None:
    planned = a_launch(a_plan(key="other", name=Title({"": "Another"}), language="en"))
    told = read(home([replace(planned, t0=t(-60)), night([], -60).launch], "UCLAIRE", PARIS))
    assert told.index("Corvane") < told.index("Another")


# --- by who reads --------------------------------------------------------------------------------------------------------


def test_whoever_is_off_duty_reads_how_it_stands_what_waits_for_them_and_their_next_shift() -> None:
    view = home([night(CALLED, -59).launch], "UHUGO", PARIS)
    assert read(view)[:3] == ["Corvane", "T-0: Tuesday 16 March 04:30 (Paris)", "Nothing waits for you."]
    assert folded(view) == ["Your next shift, Paris time: Tuesday 16 March, 06:00 to 14:00: Commander"]
    assert not any("Page" in row or "Next" in row for row in read(view))


def test_whoever_speaks_with_customers_reads_first_what_these_read() -> None:
    """Comms approves for both audiences; whoever commands approves for one, and has other worries."""
    launch = play(night(CALLED, -59), [(t(-58), JULIE, an_update("Des lenteurs.", next_at=t(-30)))]).launch
    assert places(launch, "UJULIE") == ["Customers", "Page", "Next:"]
    assert places(launch, "UCLAIRE") == ["Page", "Next:", "Customers"]


def places(launch: Launch, user: str) -> list[str]:
    """In which order the page, what is next and the customers stand."""
    rows = [row for row in read(home([launch], user, PARIS)) if "edition" not in row]
    found = {word: number for number, row in enumerate(rows) for word in ("Page", "Next:", "Customers –") if row.startswith(word)}
    return [word.removesuffix(" –") for word in sorted(found, key=lambda each: found[each])]


@both
def test_whoever_is_on_duty_reads_a_dozen_lines_beside_what_is_red_or_waits_for_them(language: Language) -> None:
    for scene in troubled_night(language, is_evil=False) + whole_night(language, is_evil=False)[::3]:
        for user in ("UCLAIRE", "USAMIRA", "UJULIE"):
            person, reader = scene.launch.person_of(user) or "", Reader(language, "Europe/Paris")
            found = [*pieces(scene.launch, user, reader, Pulse(t(0)))]
            wanted = [ask for ask in asks(scene.launch) if ask.person == person]
            texts = [shown(piece, reader) for piece in found if not isinstance(piece, Buttons)]
            own = sum(lines_of(piece.text(reader)) for piece in needs(scene.launch, wanted, reader))
            assert sum(map(lines_of, texts)) <= LINES + own + sum(lines_of(text) for text in texts if RED in text)


def test_home_says_as_of_when_it_is_true_and_a_launch_to_come_does_not() -> None:
    assert read(home([night([], -60).launch], "UCLAIRE", PARIS, pulse=Pulse(t(-55), 1, 2)))[-1] == (
        "As of 03:35 (Paris). The bot hears Slack on 1 of 2 connections."
    )
    assert not any("As of" in row for row in read(home([a_launch()], "UCLAIRE", PARIS, pulse=Pulse(t(-55)))))


def test_a_stranger_reads_what_this_is_and_an_admin_how_a_launch_begins() -> None:
    assert read(home([], "USTRANGER", LYON))[0] == "Salle de lancement"
    assert pressed(home([], "USTRANGER", LYON)) == []
    assert pressed(home([], "UBOSS", LYON, is_admin=True)) == ["Ajouter un plan…", "Nouveau lancement…"]
    assert "You may add plans: a launch begins with one." in read(home([night([], -60).launch], "UCLAIRE", PARIS, is_admin=True))


def test_however_many_launches_and_questions_a_person_has_slack_takes_their_home() -> None:
    points = [a_checkpoint(f"point {number}", -45, "application") for number in range(MOST_ASKS + 3)]
    plan = a_plan(*points, name=Title({"": EVIL}), language="en")
    busy = [replace(asking(plan), id=f"launch-{number}") for number in range(40)]
    view = home(busy, "USAMIRA", PARIS, EVIL, is_admin=True)
    assert of_blocks(view["blocks"], 100) == []
    assert "And 3 more, in your messages." in read(view)
    assert pressed(view).count("GO") == 3 * MOST_ASKS


@both
def test_every_home_is_within_the_limits_of_slack_and_all_it_asks_can_be_pressed(language: Language) -> None:
    scenes = whole_night(language) + late_night(language) + paged_night(language) + written_night(language) + troubled_night(language)
    asked, wrong = set(), list[str]()
    for scene in scenes:
        asked |= {ask.subject.partition(":")[0] for ask in asks(scene.launch)}
        for user in ("UCLAIRE", "USAMIRA", "UELIF"):
            view = home([scene.launch], user, Reader(language, "Europe/Paris"), is_admin=True)
            wrong += of_blocks(view["blocks"], 100)
            wrong += [each["action_id"] for each in buttons_of(view["blocks"]) if each["action_id"] not in ACTIONS]
    assert wrong == []
    assert asked | {"plan"} == set(WANTED), "the form of a plan that is offered has a test of its own"


# --- the windows that Home and the shortcuts open ------------------------------------------------------------------------


def test_slack_takes_every_window_however_much_there_is_to_say() -> None:
    launches = [a_launch(evil_plan("en"))] * 60
    windows = [plans.mistakes([EVIL] * 60, PARIS), plans.refused(EVIL, PARIS), modals.which(launches, modals.ADD_NOTE, EVIL * 50, PARIS)]
    assert [said for window in (*windows, modals.note(Address("corvane"), PARIS, EVIL * 5)) for said in of_modal(window)] == []


def test_of_many_mistakes_the_first_are_shown_and_the_rest_counted() -> None:
    view = plans.mistakes([f"Line {number}: wrong." for number in range(1, 61)], PARIS)
    told = list(words_of(view["blocks"]))
    assert (told[0], told[1], told[40]) == ("Not added. There are 60 findings:", "Line 1: wrong.", "Line 40: wrong.")
    assert "".join(told[41:]) == "And 20 more."
    assert pressed(view) == ["Choose another file…"]
