"""The one screen in Slack: how old it may be under a burst, how seldom it is drawn anew when nothing happens, who sees it without a part
in it, and what becomes of it where Slack does not take its newer blocks."""

import asyncio
import re
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.crowd import POINT, T0, a_plan, user
from bot.courier import GAPS
from bot.homes import GAP
from bot.lanes import PER_MINUTE
from bot.shapes import Shapes
from bot.views.blocks import container, rich_text, section, table
from bot.views.tables import kinds_in
from launch.messages import SLACK, Actor, CallHold, CastVote, ChangeMember
from launch.plan import Room
from launch.publishing import OBSERVERS
from launch.state import Answer, Outlet
from storage import noise
from tests.days import CLAIRE, ROOM, TEAM, moment, t, words
from tests.days import a_plan as a_night
from tests.door.doors import say, until
from tests.slack.stage import Stage, a_stage

pytestmark = pytest.mark.slow

HOMES, VOTES, CHANGES, SECONDS = 30, 20, 60, 10.0
ON_THE_WAY = 1.5
"""Seconds that a turn, a call and a look of ours may take together on a busy machine."""
_stamp = re.compile(r"<!date\^(\d+)\^\{time\}\|[^>]*>\. ")


@dataclass
class Watch:
    """When each change was made, and how old what Slack showed was at the most, screen by screen. The minute of a change is its mark."""

    stage: Stage
    made: list[float] = field(default_factory=list)
    oldest: dict[str, float] = field(default_factory=dict)

    def look(self) -> None:
        now = time.monotonic()
        for name, shown in self.shown().items():
            if shown < len(self.made):
                self.oldest[name] = max(self.oldest.get(name, 0.0), now - self.made[shown])

    def shown(self) -> dict[str, int]:
        """How many of the changes each screen knows of."""
        homes = self.stage.slack.workspace.homes
        found = {name: str(view["blocks"][-1]["elements"][0]["text"]) for name, view in homes.items()}
        found["board"] = self.stage.board()["text"]
        return {name: max(0, minutes_in(text)) for name, text in found.items()}


def minutes_in(text: str) -> int:
    (stamp,) = _stamp.findall(text)
    return int((int(stamp) - BEGIN.timestamp()) // 60)


BEGIN = T0 - timedelta(minutes=60)


async def test_no_screen_is_older_than_the_budget_of_the_workspace_allows(tmp_path: Path) -> None:
    """Thirty Homes are open, and sixty things happen in ten seconds: each shows on every Home and on the board."""
    users = [{"person": f"p{number}", "id": user(number), "name": f"p{number}"} for number in range(HOMES)]
    async with a_stage(tmp_path, a_plan(HOMES), BEGIN, users) as stage:
        for each in users:
            await stage.open_home(str(each["id"]))
        await stage.rest()
        stage.fault(kind="tiers")
        watch = Watch(stage)
        looking = asyncio.create_task(look_on(watch))
        await burst(stage, watch)
        await until(lambda: set(watch.shown().values()) == {CHANGES}, "every screen at the newest state")
        looking.cancel()
        a_home, board = max(age for name, age in watch.oldest.items() if name != "board"), watch.oldest["board"]
        of_home = GAP + HOMES * 60 / PER_MINUTE["views.publish"] + ON_THE_WAY
        of_board = GAPS[1] + 2 * 60 / PER_MINUTE["chat.update"] + ON_THE_WAY
        said = f"oldest Home {a_home:.1f} s (allowed {of_home:.1f}), oldest board {board:.1f} s (allowed {of_board:.1f})"
        sys.stdout.write(f"\n{CHANGES} changes in {SECONDS:.0f} s, {HOMES} Homes: {said}, {stage.calls('views.publish')} published\n")
        assert len(watch.oldest) == HOMES + 1
        assert a_home <= of_home
        assert board <= of_board
        assert not [each for each in stage.slack.log.entries if "retry_after" in each], "Slack had no reason to slow us down"


async def look_on(watch: Watch) -> None:
    while True:
        watch.look()
        await asyncio.sleep(0.05)


async def burst(stage: Stage, watch: Watch) -> None:
    """Answers, and accounts that change: every one at a minute of its own."""
    began = time.monotonic()
    for number in range(1, CHANGES + 1):
        stage.turn_to(BEGIN + timedelta(minutes=number))
        if number <= VOTES:
            await say(stage.door, Actor("person", user(number)), CastVote(POINT, f"r{number}", Answer.GO), stage.key)
        else:
            await say(stage.door, SLACK, ChangeMember(user(HOMES - 1), is_active=True, is_guest=number % 2 == 1), stage.key)
        watch.made.append(time.monotonic())
        await asyncio.sleep(max(0.0, began + number * SECONDS / CHANGES - time.monotonic()))


# --- when nothing happens ------------------------------------------------------------------------------------------------


async def test_an_idle_room_is_edited_every_five_minutes_and_a_home_is_published_with_it(tmp_path: Path) -> None:
    async with a_stage(tmp_path, a_night(language="en"), t(-300)) as stage:
        before = stage.calls("chat.update")
        for minute in range(-299, -279):
            await stage.beat(t(minute))
        assert stage.calls("chat.update") - before == 4
        await stage.open_home("USAMIRA")
        await stage.rest()
        for minute in range(-279, -274):
            await stage.beat(t(minute))
        assert stage.calls("views.publish") == 2


# --- who only looks on ---------------------------------------------------------------------------------------------------


async def test_those_who_look_on_have_a_board_in_their_channel_and_one_post_a_decision(tmp_path: Path) -> None:
    plan = a_night(language="en", room=Room(moment(ROOM), observers="watch"))
    async with a_stage(tmp_path, plan, t(-60), channels=["watch"]) as stage:
        found = stage.slack.workspace.named("watch")
        assert found
        assert stage.launch.outlets[OBSERVERS] == Outlet(OBSERVERS, found.id)
        assert stage.slack.workspace.bot.id in found.members, "it joined by itself"
        (board,) = stage.messages("watch")
        assert board["text"].startswith("Corvane – T-0: ")
        await say(stage.door, CLAIRE, CallHold(words("look")))
        await stage.rest()
        assert [each["text"].split("<")[0] for each in stage.messages("watch")[1:]] == ["Corvane: 🔴 T stands still since "]
        assert stage.messages("watch")[0]["text"].startswith("Corvane – 🔴 T has stood still since ")


async def test_a_channel_that_is_not_there_costs_nothing_but_a_word_to_whoever_commands(tmp_path: Path) -> None:
    plan = a_night(language="en", room=Room(moment(ROOM), observers="watch"))
    async with a_stage(tmp_path, plan, t(-60)) as stage:
        assert stage.launch.outlets[OBSERVERS] == Outlet(OBSERVERS, None, "channel_not_found")
        await say(stage.door, CLAIRE, CallHold(words("look")))
        await stage.rest()
        told = stage.messages(stage.slack.workspace.im("UCLAIRE").id)
        assert len([each for each in told if "ceux qui" in each["text"] or "observateurs" in each["text"]]) == 1
        assert not stage.courier.parcels


# --- where Slack does not take the newer blocks --------------------------------------------------------------------------


async def test_what_slack_refuses_is_said_without_it_and_not_tried_again(tmp_path: Path) -> None:
    async with a_stage(tmp_path, a_night(language="en"), t(-300)) as stage:
        assert kinds_in(stage.board()["blocks"]) == {"container"}
        stage.fault(kind="refuse_block", block="container")
        await stage.beat(t(-290))
        assert kinds_in(stage.board()["blocks"]) == set()
        assert "On duty: Commander (Claire)" in str(stage.board()["blocks"])
        await stage.open_home("UCLAIRE")
        await stage.beat(t(-280))
        assert kinds_in(stage.slack.workspace.homes["UCLAIRE"]["blocks"]) == set()
        assert refused_blocks(stage) == 1


def refused_blocks(stage: Stage) -> int:
    answers: list[dict[str, Any]] = [each.get("answer") or {} for each in stage.slack.log.entries if each["kind"] == "call"]
    return sum(answer.get("error") in ("invalid_blocks", "invalid_arguments") for answer in answers)


async def test_a_home_that_is_refused_is_published_without_it(tmp_path: Path) -> None:
    async with a_stage(tmp_path, a_night(language="en"), t(-300)) as stage:
        stage.fault(kind="refuse_block", block="container")
        await stage.open_home("UCLAIRE")
        await stage.rest()
        view = stage.slack.workspace.homes["UCLAIRE"]
        assert (kinds_in(view["blocks"]), refused_blocks(stage)) == (set(), 1)
        assert "Vous êtes de service" in str(view["blocks"])


def test_an_acknowledgement_has_only_what_was_taken_elsewhere() -> None:
    """Slack never says whether it could show one."""
    shapes, made = Shapes(), [section("on duty"), table([[{"type": "raw_text", "text": "Claire"}]])]
    assert kinds_in(shapes.sure(made)) == set()
    shapes.took([container("on duty", [made[1]])])
    assert kinds_in(shapes.sure(made)) == {"table"}
    assert shapes.learn("invalid_blocks", made)
    assert (kinds_in(shapes.sure(made)), kinds_in(shapes.fit(made))) == (set(), set())
    assert not shapes.learn("invalid_blocks", [rich_text()]), "then it was not for one of these"
    assert not shapes.learn("msg_too_long", made)


# --- noise ---------------------------------------------------------------------------------------------------------------


async def test_what_rang_is_counted_at_its_hour_and_an_edit_is_not(tmp_path: Path) -> None:
    async with a_stage(tmp_path, replace(a_night(language="en"), checkpoints={}, cutover={}), t(-300)) as stage:
        before = await stage.door.write(lambda tx: noise.load(tx, TEAM, stage.key))
        stage.turn_to(t(-100))
        await say(stage.door, CLAIRE, CallHold(words("look")))
        await stage.rest()
        rung = await stage.door.write(lambda tx: noise.load(tx, TEAM, stage.key))
        new = sorted(set(rung) - set(before))
        assert [whom for whom, _ in new] == [""]
        assert abs(new[0][1] - t(-100)) < timedelta(seconds=1)
