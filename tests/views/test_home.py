"""Home: what waits for a person first, how their launches stand, their shifts in their own zone; for a stranger, what this is."""

from dataclasses import replace

import pytest

from bot.slack.index import ACTIONS
from bot.views import modals, plans
from bot.views.address import Address
from bot.views.card import Block
from bot.views.home import MOST_ASKS, home
from bot.views.index import WANTED
from bot.views.locale import LANGUAGES, Reader
from launch.game import asks
from launch.messages import SLACK, CallHold, CastVote, SettleRoom
from launch.plan import Language, Plan, Title
from launch.state import Answer, Launch
from tests.days import CLAIRE, ROOM, SAMIRA, a_checkpoint, a_launch, a_plan, play, t, wait, words
from tests.views.limits import buttons_of, of_blocks, of_modal, words_of
from tests.views.scenes import EVIL, evil_plan, late_night, night, paged_night, whole_night, written_night

pytestmark = pytest.mark.slow

PARIS, MONTREAL, LYON = Reader("en", "Europe/Paris"), Reader("en", "America/Montreal"), Reader("fr", "Europe/Paris")
both = pytest.mark.parametrize("language", LANGUAGES)


def read(view: Block) -> list[str]:
    """What is read, line by line."""
    return [row for block in view["blocks"] for row in "".join(words_of([block])).splitlines() if row]


def pressed(view: Block) -> list[str]:
    return [button["text"]["text"] for button in buttons_of(view["blocks"])]


def asking(plan: Plan) -> Launch:
    """A launch whose room is open, at T-44 min."""
    return wait(play(a_launch(plan), [(ROOM, SLACK, SettleRoom("C1"))]), t(-44)).launch


def test_what_waits_for_a_person_comes_first_with_its_buttons() -> None:
    view = home([night([], -44).launch], "USAMIRA", PARIS)
    assert read(view)[:4] == [
        "Corvane",
        "This waits for you:",
        "final: your answer for Application, by Tuesday 16 March 03:55 (Paris).",
        "T-0: Tuesday 16 March 04:30 (Paris)",
    ]
    assert pressed(view) == ["GO", "NO-GO…", "Menu"]
    assert [button["value"] for button in buttons_of(view["blocks"])] == ["corvane/final/1/application"] * 2 + ["corvane"]


def test_what_is_answered_waits_no_longer() -> None:
    view = home([night([(t(-44), SAMIRA, CastVote("final", "application", Answer.GO))], -43).launch], "USAMIRA", PARIS)
    assert read(view)[1] == "Nothing waits for you."
    assert pressed(view) == ["Menu"]


def test_what_is_red_is_there_and_what_comes_next() -> None:
    told = read(home([night([(t(-60), CLAIRE, CallHold(words("look")))], -59).launch], "UJULIE", PARIS))
    assert told[2].startswith("🔴 T has stood still since 03:30 (Paris): hold by Claire")
    assert "Next: T−45 min, once T runs again – checkpoint final" in told


def test_the_shifts_of_a_person_are_told_in_their_own_zone() -> None:
    launch = night([], -60).launch
    assert read(home([launch], "UJULIE", MONTREAL))[-4:] == [
        "Your shifts, Montréal time:",
        "• Monday 15 March, 17:00 to 01:00: Comms (you are on duty now)",
        "• Tuesday 16 March, 01:00 to 09:00: Comms (as a stand-in)",
        "You are on duty for: Comms.",
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


def test_a_stranger_reads_what_this_is_and_an_admin_how_a_launch_begins() -> None:
    assert read(home([], "USTRANGER", LYON))[0] == "Salle de lancement"
    assert pressed(home([], "USTRANGER", LYON)) == []
    assert pressed(home([], "UBOSS", LYON, is_admin=True)) == ["Ajouter un plan…"]
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
    scenes = whole_night(language) + late_night(language) + paged_night(language) + written_night(language)
    asked, wrong = set(), list[str]()
    for scene in scenes:
        asked |= {ask.subject.partition(":")[0] for ask in asks(scene.launch)}
        for user in ("UCLAIRE", "USAMIRA", "UELIF"):
            view = home([scene.launch], user, Reader(language, "Europe/Paris"), is_admin=True)
            wrong += of_blocks(view["blocks"], 100)
            wrong += [each["action_id"] for each in buttons_of(view["blocks"]) if each["action_id"] not in ACTIONS]
    assert wrong == []
    assert asked == set(WANTED)


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
