"""What is read of a plan that changes: the room in four lines, each person what changed for them, the commander what would follow."""

from dataclasses import replace

import pytest

from bot.views import plans
from bot.views.difference import difference
from bot.views.locale import Reader
from launch.messages import PlanRevised
from launch.plan import Change
from launch.state import Launch
from tests.days import a_checkpoint, a_plan, t
from tests.views.changed import changed_day, changed_night, offered, with_night
from tests.views.drawn import all_notices, card, labels, people_of, plain
from tests.views.scenes import night, plain_plan

EN, FR = Reader("en", "Europe/Paris"), Reader("fr", "America/Toronto")


def said(change: Change, reader: Reader = EN) -> str:
    return plain(difference(change, a_plan(), reader).text(reader))


SENTENCES = [
    (Change("checkpoints", "final", "at", "T-45m", "T-30m"), "checkpoint final: T−30 min instead of T−45 min."),
    (
        Change("t0", "t0", "", "2027-03-16 04:30 Europe/Paris", "2027-03-16 05:00 Europe/Paris"),
        "T-0: Tuesday 16 March 05:00 (Paris) instead of Tuesday 16 March 04:30 (Paris).",
    ),
    (
        Change("holders", "night/application", "", "samira, camille", "theo"),
        "Application in the shift night: Theo instead of Samira, Camille.",
    ),
    (Change("holders", "night/qa", "", None, "nadia"), "New: Qa in the shift night, Nadia."),
    (Change("checkpoints", "late", "", None, "T+2h"), "New: checkpoint late, T+2 h."),
    (Change("steps", "dns", "", "T-30m", None), "No longer in the plan: step dns, T−30 min."),
    (Change("steps", "dns", "likely", None, "5m"), "step dns, likely duration: 5 min, which is new."),
    (Change("limits", "hold", "", "40m", "20m"), "limit “hold”: 20 min instead of 40 min."),
    (Change("roles", "comms", "scribe", "false", "true"), "role Comms, “scribe”: true instead of false."),
    (Change("other", "name", "", "Corvane", "Corvane ID"), "the plan’s name: Corvane ID instead of Corvane."),
    (
        Change("shifts", "night", "", None, "2027-03-15 22:00 Europe/Paris – 2027-03-16 06:00 Europe/Paris"),
        "New: shift night, Monday 15 March 22:00 (Paris) to Tuesday 16 March 06:00 (Paris).",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), SENTENCES)
def test_each_difference_is_a_sentence(change: Change, sentence: str) -> None:
    assert said(change) == sentence


def test_hours_are_those_of_the_reader() -> None:
    change = Change("room", "opens", "", "2027-03-11 10:00 Europe/Paris", "2027-03-11 12:00 Europe/Paris")
    assert said(change, FR) == "salle, ouverture\xa0: jeudi 11 mars 06:00 (Toronto) au lieu de jeudi 11 mars 04:00 (Toronto)."


# --- once it is done ---------------------------------------------------------------------------------------------------


def notices_of_change(language: str = "en") -> dict[str | None, list[str]]:
    """The first change of the night: to whom it was said (None is the room), line by line."""
    day = changed_day("fr" if language == "fr" else "en", is_evil=False)
    first = next(event for event, _ in all_notices(day) if isinstance(event, PlanRevised))
    found = [notice for event, notice in all_notices(day) if event is first]
    return {notice.place.person: plain(notice.drawn.text).splitlines() for notice in found}


def test_the_room_reads_four_lines_and_how_many_more_there_are() -> None:
    rows = notices_of_change()[None]
    assert rows[:2] == [
        "Claire changed the plan (version 2):",
        "• T-0: Tuesday 16 March 04:35 (Paris) instead of Tuesday 16 March 04:30 (Paris).",
    ]
    assert (len(rows), rows[-1][:4], rows[-1][-14:]) == (4, "And ", " more changes.")


def test_each_reads_only_what_changed_for_them_and_whoever_changed_it_knows() -> None:
    found = notices_of_change()
    assert "claire" not in found
    assert found["theo"][0] == "Corvane again: Claire changed the plan. For you:"
    assert "• you hold Application in the shift night, Monday 15 March 22:00 (Paris) to Tuesday 16 March 06:00 (Paris)" in found["theo"]
    assert any(row.startswith("• you stand in for Theo, Application in the shift night") for row in found["samira"])
    assert "• you no longer hold Application in the shift night, now: Theo, Samira" in found["camille"]
    assert not any("Application" in row for row in found["kevin"])
    assert "• you no longer hold Application in the shift night, now: Theo, Samira" not in found["theo"]


def test_nobody_hears_of_a_newer_plan_before_the_launch_is_under_way() -> None:
    day = offered(night((), -600), t(-590), plain_plan("fr"))
    assert [event for event, _ in all_notices(day) if isinstance(event, PlanRevised)] == []


# --- an offer ----------------------------------------------------------------------------------------------------------


def an_offer() -> Launch:
    later = replace(
        with_night(plain_plan("en"), application="theo camille"),
        checkpoints={
            "final": a_checkpoint("final", -50, "application database comms", before="dns"),
            "shops": a_plan().checkpoints["shops"],
            "end": a_checkpoint("end", 700, "qa"),
        },
    )
    return offered(night((), -100), t(-90), later).launch


def test_whoever_commands_reads_what_would_change_and_what_follows() -> None:
    launch = an_offer()
    assert people_of(launch, "plan:1") == {"claire"}
    drawn = card(launch, "plan:1", "claire")
    rows = plain(drawn.text).splitlines()
    assert "• Application in the shift night: Theo, Camille instead of Samira, Camille." in rows
    assert (
        "• final is asked: Tuesday 16 March 03:40 (Paris) instead of Tuesday 16 March 03:45 (Paris). First to answer: Theo, Ines, Julie."
        in rows
    )
    assert "🔴 end: nobody would be on shift for Qa then, Tuesday 16 March 16:10 (Paris)." in rows
    assert labels(drawn) == ["Take it up", "Leave it"]


def test_its_end_is_told_and_has_no_buttons() -> None:
    scenes = changed_night("en", is_evil=False)
    ends = {subject: plain(card(scenes[-1].launch, subject, person).text).splitlines()[-1] for subject, person in (
        ("plan:1", "claire"), ("plan:2", "claire"), ("plan:3", "claire"), ("plan:3", "daniel"), ("plan:4", "daniel"),
    )}  # fmt: skip
    assert ends == {
        "plan:1": "Claire left it: the plan stays as it is.",
        "plan:2": "A newer file has taken its place.",
        "plan:3": "Daniel took it up.",
        "plan:4": "The launch was closed before anybody took it up.",
    }
    between = next(scene.launch for scene in scenes if len(scene.launch.offers[3].shown_to if 3 in scene.launch.offers else ()) == 2)
    assert plain(card(between, "plan:3", "claire").text).splitlines()[-1] == "You no longer command: Daniel answers it."
    assert (labels(card(between, "plan:3", "claire")), labels(card(between, "plan:3", "daniel"))) == ([], ["Take it up", "Leave it"])


# --- the file ----------------------------------------------------------------------------------------------------------


def test_a_long_file_is_shown_in_whole_lines_as_far_as_there_is_room() -> None:
    source = "".join(f"line {number}\n" for number in range(3000))
    shown = [block["elements"][0]["elements"][0]["text"] for block in plans.file_blocks(source, "corvane", EN)[:-1]]
    assert "\n".join(shown) == source[: plans.MOST_SHOWN].rstrip("\n")
    assert max(len(chunk) for chunk in shown) <= plans.IN_BLOCK
