"""What holds for everything that is drawn, so that a new card or notice cannot forget it."""

import ast
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from bot.slack.index import ACTIONS, FORMS
from bot.views import agenda, changes, checkpoint_forms, clock, decision, menu, modals, new, paging, plans, problem_forms, updates
from bot.views import help as words
from bot.views.address import Address
from bot.views.board import board_of
from bot.views.board import pieces as board_pieces
from bot.views.card import Block, Card, Drawn
from bot.views.index import NOTICES, cards, notices
from bot.views.locale import LANGUAGES, Reader
from bot.views.people import reader_for, room_reader
from bot.views.phone import on_phone
from bot.views.roster import who
from bot.views.rounds import newest
from bot.views.sentences import ABOUT_LAUNCH, WITHOUT_LAUNCH
from launch.authority import AUTHORITY, Who
from launch.consequences import consequences
from launch.differences import differences
from launch.game import FOLDS
from launch.plan import CheckpointKind, Language
from launch.state import Status
from tests.days import a_launch
from tests.views.changed import changed_night
from tests.views.limits import buttons_of, complaints, of_modal, words_of
from tests.views.polls import asked_night
from tests.views.scenes import EVIL, Scene, evil_plan, late_night, paged_night, still_night, troubled_night, whole_night, written_night

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
USERS = ("UCLAIRE", "USAMIRA", "UHUGO", "UJULIE", "USTRANGER")
both = pytest.mark.parametrize("language", LANGUAGES)


def all_scenes(language: Language) -> tuple[Scene, ...]:
    nights = whole_night(language) + whole_night(language, is_evil=False) + late_night(language)
    nights += paged_night(language) + paged_night(language, is_evil=False)
    nights += troubled_night(language) + troubled_night(language, is_evil=False)
    nights += still_night(language) + still_night(language, is_evil=False)
    nights += changed_night(language) + changed_night(language, is_evil=False)
    nights += asked_night(language) + asked_night(language, is_evil=False)
    return nights + written_night(language) + written_night(language, is_evil=False)


@cache
def everything(language: Language) -> tuple[tuple[str, Drawn], ...]:
    return tuple(each_message(language))


def each_message(language: Language) -> Iterator[tuple[str, Drawn]]:
    """Every message that is drawn in any scene, with its name."""
    for scene in all_scenes(language):
        kind = type(scene.fact.event).__name__
        yield from ((f"{kind}: card {card.subject}", card.draw()) for card in cards(scene.launch))
        yield from ((f"notice of {kind}", notice.drawn) for notice in notices(scene.fact, scene.launch))
    for scene in all_scenes(language)[::4]:
        kind = type(scene.fact.event).__name__
        for user in USERS:
            yield f"{kind}: menu", menu.menu(scene.launch, user)
            yield f"{kind}: which launch", menu.choice_for([scene.launch] * 2, user, "hold", EVIL)
            yield f"{kind}: checkpoints", agenda.listed(scene.launch, user)
            yield from ((f"{kind}: {name}", agenda.shown(scene.launch, user, name)) for name in scene.launch.checkpoints)
            yield f"{kind}: who", who(scene.launch, reader_for(scene.launch, user))
    yield "no launch", menu.no_launch(Reader(language, "Europe/Paris"))


def forms(language: Language) -> list[Block]:
    reader, plan, address = Reader(language, "Europe/Paris"), evil_plan(language), Address("corvane", ("final", "1", "application"))
    holds = [modals.hold(modals.HOLD, address, plan, reader, "database"), modals.hold(decision.HOLD, address, plan, reader)]
    holds += [clock.extend_form(address, reader), clock.turn_back_form(address, reader)]
    holds = [modals.for_launch(form, a_launch(plan), reader) for form in holds]
    paged = paging.form(a_launch(plan), address, "database", reader)
    last = next(scene.launch for scene in written_night(language) if len(scene.launch.drafts) > 2)
    written = [updates.draft_form(last, reader, Address("corvane", names), EVIL * 9) for names in ((), ("1", "3"))]
    said = modals.told(words.words(reader), reader)
    reasons = [modals.note(address, reader), *answers(address, reader)]
    chosen = [modals.which([a_launch(plan)], action, EVIL, reader) for action in (modals.ADD_NOTE, modals.ADD_DRAFT)]
    row = troubled_night(language)[-1].launch.problems[1]
    problems = [problem_forms.report_form(address, reader, EVIL * 9), problem_forms.change_form(row, address, reader)]
    problems += [problem_forms.close_form(address, reader), problem_forms.extend_form(address, reader)]
    added = [plans.form(reader), plans.mistakes([EVIL], reader), plans.planned("corvane", [EVIL], reader)]
    added += planned_forms(language)
    return [*reasons, updates.send_back_form(address, reader), paged, *written, *holds, said, *chosen, *problems, *added]


def planned_forms(language: Language) -> list[Block]:
    """A launch that begins in Slack, and a plan that is changed."""
    reader, launch, source = Reader(language, "Europe/Paris"), a_launch(evil_plan(language)), f"# {EVIL}\n" * 90
    shift, edit = launch.plan.shifts[0], Address("corvane", ("1", "move", "final", "T-30m"))
    after = changed_night(language)[-1].launch.plan
    seen = changes.Preview(differences(launch.plan, after), consequences(launch, after, launch.last_at), ["claire"], [EVIL])
    made = [changes.ways(launch, reader), changes.move_form(launch, reader, "final"), changes.seat_form(launch, launch.last_at, reader)]
    made += [changes.swap_form(launch, shift, "qa", reader), changes.file_form(launch, reader), changes.nothing_new(reader)]
    made += [changes.preview(seen, after, edit, reader), changes.mistakes([EVIL] * 50, reader), changes.refused(EVIL, reader)]
    made += [plans.file_window(source, "corvane", reader), new.form(reader), new.form(reader, new.MANY)]
    return [*made, new.planned("corvane", source, [EVIL], reader), new.mistakes([EVIL], reader)]


def answers(address: Address, reader: Reader) -> Iterator[Block]:
    """The forms of go or no-go."""
    yield from (checkpoint_forms.no_go(address, kind, reader) for kind in CheckpointKind)
    yield from (checkpoint_forms.proceed(address, kind, reader) for kind in CheckpointKind)
    yield checkpoint_forms.condition(address, reader)
    yield checkpoint_forms.roll_back(address, reader)
    yield checkpoint_forms.decide_roll_back(address, reader)
    asking = [scene.launch for scene in asked_night(reader.language) if scene.launch.polls]
    yield from (checkpoint_forms.record(newest(launch, name), address, reader) for launch in asking[::9] for name in launch.polls)
    yield checkpoint_forms.question(evil_plan(reader.language), address, reader)


@both
def test_everything_is_within_the_limits_of_slack_and_nothing_in_it_is_live(language: Language) -> None:
    wrong = {f"{name}: {said}" for name, drawn in everything(language) for said in complaints(drawn.text, drawn.blocks)}
    assert wrong == set()
    assert [said for form in forms(language) for said in of_modal(form)] == []


@both
def test_the_text_says_all_that_the_blocks_say(language: Language) -> None:
    for name, drawn in everything(language):
        text = " ".join(html.unescape(drawn.text).split())
        missing = [words for words in words_of(drawn.blocks) if " ".join(words.removesuffix("…").split()) not in text]
        assert missing == [], name


@both
def test_every_button_and_every_form_has_a_handler(language: Language) -> None:
    pressed = {button["action_id"] for _, drawn in everything(language) for button in buttons_of(drawn.blocks)}
    pressed |= {button["action_id"] for form in forms(language) for button in buttons_of(form["blocks"])}
    assert pressed == set(ACTIONS)
    assert {form["callback_id"] for form in forms(language) if "callback_id" in form} == set(FORMS)


def test_an_equal_basis_draws_an_equal_message() -> None:
    """The courier does not draw again what has not changed."""
    before: dict[tuple[str, str | None], Card] = {}
    compared = 0
    nights = whole_night("en") + late_night("en") + paged_night("en") + troubled_night("en") + still_night("en") + asked_night("en")
    for scene in nights + written_night("en"):
        for card in cards(scene.launch):
            other = before.get((card.subject, card.place.person))
            if other and other.basis == card.basis:
                compared += 1
                assert other.draw() == card.draw(), card.subject
            before[card.subject, card.place.person] = card
    assert compared > 50


@both
@pytest.mark.parametrize("is_evil", [True, False])
def test_a_card_is_drawn_until_the_launch_is_over(language: Language, *, is_evil: bool) -> None:
    """One that is not drawn any more has lost its buttons before: a question asked again, and whoever was to hand over and left Slack."""
    for before, now in pairwise(whole_night(language, is_evil=is_evil)):
        there = {(card.subject, card.place.person) for card in cards(now.launch)}
        gone = [card for card in cards(before.launch) if (card.subject, card.place.person) not in there]
        assert [card.subject for card in gone if buttons_of(card.draw().blocks)] == []
        assert all(card.subject.startswith(("decision:", "handover_out:")) for card in gone)


@both
def test_a_closed_launch_has_no_buttons(language: Language) -> None:
    last = whole_night(language)[-1].launch
    assert last.status is Status.CLOSED
    kinds = {card.subject.split(":")[0] for card in cards(last)}
    assert kinds == {"board", "checkpoint", "ask", "decision", "objection", "handover", "handover_out", "page", "overrun", "live"}
    assert [card.subject for card in cards(last) if buttons_of(card.draw().blocks)] == []


@both
def test_the_phone_shows_all_of_the_board_that_is_red(language: Language) -> None:
    """A dozen lines: what falls off the end is what comes later, who is on duty, where to talk; never what burns, T-0 or the menu."""
    for scene in whole_night(language, is_evil=False):
        if scene.launch.channel:
            reader = room_reader(scene.launch.plan)
            whole = list(board_pieces(board_of(scene.launch), reader))
            shown = list(on_phone(whole, 12, reader))
            left_out = [piece.text(reader) for piece in whole if piece not in shown]
            assert not [text for text in left_out if "🔴" in text or "T-0" in text], type(scene.fact.event).__name__
            assert shown[-1] == whole[-1]


@both
def test_private_words_are_in_the_language_of_the_person_and_the_room_in_its_own(language: Language) -> None:
    """The plan of the room speaks the other language here."""
    spoken = {"fr": "Réponse attendue", "en": "Answer by"}
    other: Language = "en" if language == "fr" else "fr"
    launch = next(scene.launch for scene in whole_night(language, is_evil=False) if scene.launch.polls and scene.launch.channel)
    mixed = replace(launch, plan=replace(launch.plan, language=other))
    texts = {card.subject.split(":")[0]: card.draw().text for card in cards(mixed)}
    assert spoken[language] in texts["ask"]
    assert spoken[other] in texts["checkpoint"]


def test_every_event_is_said_or_known_to_be_silent() -> None:
    """What is not said once stands on a card, or concerns nobody in Slack."""
    silent = {
        "AdminsNamed", "PlanAdded", "LaunchPlanned", "PlanOffered", "OfferTaken", "OfferLeft", "MemberFound", "MemberMissing",
        "MemberChanged", "RoomWanted",
        "BoardPosted", "ShiftTurned", "CheckpointOpened", "PageCalled", "PagePassed", "UpdateDrafted", "UpdateEdited",
        "ApproverAsked", "UpdateApproved", "UpdateWithdrawn", "UpdateTriedAgain",
        "HoldOverran", "CheckpointAnnounced", "QuestionPut", "TierAsked", "DecisionEscalated",
        "ObjectionStands", "ObjectionWithdrawn", "ObjectionLetStand",
        "ProblemReported", "ImpactChanged", "ProblemOverdue", "ProblemExtended",
    }  # fmt: skip
    assert {kind.__name__ for kind in FOLDS} == {kind.__name__ for kind in NOTICES} | silent


# --- every no has its sentence -----------------------------------------------------------------------------------------


def codes() -> set[str]:
    """Every code that anything raises with Refused, read from the source."""
    found = {f"only_{allowed[-1]}" for allowed in AUTHORITY.values() if not {*allowed} <= {Who.CLOCK, Who.SLACK, Who.ADMIN}}
    for path in [*(ROOT / "launch").glob("*.py"), *(ROOT / "bot").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                found |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    return found


def test_every_no_has_a_sentence_and_no_sentence_is_left_over() -> None:
    assert codes() == set(ABOUT_LAUNCH) | set(WITHOUT_LAUNCH)
    assert not set(ABOUT_LAUNCH) & set(WITHOUT_LAUNCH)


def test_an_fstring_code_is_one_that_this_test_knows() -> None:
    made = [
        ast.unparse(node.args[0])
        for path in [*(ROOT / "launch").glob("*.py"), *(ROOT / "bot").rglob("*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused" and node.args
        if not isinstance(node.args[0], ast.Constant)
    ]
    assert [each for each in made if not re.search(r"only_|row\['code'\]", each)] == []


def test_addresses_stay_far_below_what_a_button_carries() -> None:
    longest = "é" * 40
    assert len(str(Address(longest, (longest, "10", longest)))) < 2000
