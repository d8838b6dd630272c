"""A short day that touches everything that is asked of Slack: how it goes, and what can be seen of it afterwards."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from launch.state import Launch
from sandbox.workspace import Channel
from storage import launches
from storage.database import open_engine
from tests.journeys.test_killed import is_settled
from tests.journeys.world import World, world
from tests.views.limits import words_of

PLAN = """
launch:
  key: small
  name: Small launch
  kind: external
  language: en
  zone: UTC
  t0: 2027-03-16 04:30
  room: {visibility: private, opens: 2027-03-16 03:00, invite: all on duty}
  bridge: {video: https://bridge.corvane.example/small}
  links: [{title: Runbook, url: "https://wiki.corvane.example/small"}]
people:
  claire: {name: Claire, slack: UCLAIRE, lang: en}
  ines: {name: Ines, slack: UINES, lang: en}
  julie: {name: Julie, slack: UJULIE, lang: en}
  basil: {name: Basil, slack: UBASIL, lang: en, guest: true}
  nadia: {name: Nadia, mail: nadia@corvane.example, lang: en}
roles:
  commander: {title: Commander, decides: true}
  network: {title: Network, blocking: true}
  comms: {title: Comms}
  qa: {title: QA}
shifts:
  - {name: night, from: 2027-03-16 02:00, to: 2027-03-16 08:00, commander: [claire], network: [ines, basil], comms: [julie], qa: [nadia]}
checkpoints:
  - {name: final, at: 2027-03-16 03:30, answer: 10m, ask: [[network]]}
updates:
  audiences:
    customers: {title: Customers, approvers: [comms, commander], channel: '#news', languages: [en]}
    staff: {title: Staff, approvers: [comms, commander], channel: STAFF_ID, languages: [en]}
"""
SECOND = PLAN.replace("small", "second").replace("Small", "Second").replace("2027-03", "2027-04").replace("STAFF_ID", "'#staff'")
BEFORE_ROOM, AT_CHECKPOINT = "2027-03-16T02:59:55+00:00", "2027-03-16T03:30:00+00:00"
USERS = [
    {"id": f"U{name.upper()}", "name": name, "email": f"{name}@corvane.example", "locale": "en-GB", "is_admin": name == "claire"}
    | {"is_restricted": name == "basil"}
    for name in ("claire", "ines", "julie", "basil", "nadia")
]
T0 = datetime(2027, 3, 16, 4, 30, tzinfo=UTC)


@dataclass
class Day:
    """`lost` names the results that are not to come about, and are not waited for. `windows`: what stood in them."""

    here: World
    plan: str
    lost: frozenset[str]
    engine: Engine
    windows: list[str] = field(default_factory=list)
    known: tuple[int, dict[str, Launch]] = (0, {})

    # --- what people do ----------------------------------------------------------------------------------------------

    async def goes_by(self) -> None:
        """The room opens, a checkpoint is answered and decided, a page is taken, customers are told, a plan is added."""
        await self.here.until(lambda: self.calls("users.info"), 60)
        await self.comes("room")
        await self.calm()
        await self.here.jump(AT_CHECKPOINT)
        await self.press("ines", "checkpoint.go", "answered")
        await self.press("claire", "decision.proceed", "decided")
        await self.comes("edited")
        await self.page()
        await self.tell("customers")
        await self.tell("staff")
        await self.here.desk("open-home", user="UCLAIRE")
        await self.comes("Home")
        await self.add_plan()
        await self.calm()

    async def press(self, person: str, action: str, result: str) -> None:
        await self.here.until(lambda: self.here.button(person, action))
        await self.here.press(person, action)
        await self.comes(result)

    async def page(self) -> None:
        """Slack takes what is posted just now, but its answers are lost: it has to be looked for."""
        await self.calm()
        await self.here.desk("fault", kind="status", method="chat.postMessage", count=-1, accepted=True)
        await self.type("claire", "page network payments fail")
        await self.here.until(lambda: self.here.button("ines", "page.take"))
        await self.here.desk("fault", kind="clear", of="status")
        await self.press("ines", "page.take", "page taken")

    async def tell(self, audience: str) -> None:
        """Written by one, approved by another."""
        await self.type("ines", "update")
        if "forms" in self.lost:
            return
        text = {"audience": audience, "situation": "investigating", "text_en": f"Dear {audience}, logins fail."}
        await self.submit("ines", "update.draft", **text)
        draft = f"/{len(self.launch.drafts)}"
        await self.here.until(lambda: self.here.button("julie", "update.approve", draft))
        await self.here.press("julie", "update.approve", draft)
        await self.comes(audience)

    async def add_plan(self) -> None:
        """One with a mistake first, then another file from the window that says so."""
        if not await self.choose_file() or {"plan", "window"} <= self.lost:
            return
        await self.hand_over(self.plan.replace("decides: true", "decides: maybe"))
        await self.here.desk("interact", user="UCLAIRE", view="modal", action="plan.add")
        await self.comes("window")
        if "window" in self.lost:
            await self.choose_file()
        if "plan" not in self.lost:
            await self.hand_over(SECOND)
            await self.comes("plan")

    async def choose_file(self) -> bool:
        """By the menu; whether it offers that."""
        await self.type("claire", "")
        menu = self.here.slack.workspace.ephemerals[-1]
        order = {"user": "UCLAIRE", "channel": menu["channel"], "messageTs": menu["ts"], "action": "plan.add"}
        return bool((await self.here.desk("interact", **order))["status"] == 200)

    async def hand_over(self, content: str) -> None:
        file = (await self.here.desk("files", user="UCLAIRE", name="plan.yaml", content=content))["file"]["id"]
        await self.submit("claire", "plan.add", file=[file])
        self.windows += words_of(self.here.slack.workspace.views["UCLAIRE"][-1]["blocks"])

    async def submit(self, person: str, form: str, **values: Any) -> None:
        user = self.here.ids[person]
        await self.here.until(lambda: self.window(user) == form)
        assert (await self.here.desk("submit", user=user, values=values))["status"] == 200

    async def type(self, person: str, text: str) -> None:
        user = self.here.ids[person]
        assert (await self.here.desk("command", user=user, channel=user, command="/launch", text=text))["status"] == 200

    def window(self, user: str) -> str:
        """The form that is open before somebody."""
        stack = self.here.slack.workspace.views.get(user)
        return str(stack[-1]["callback_id"]) if stack else ""

    # --- what can be seen --------------------------------------------------------------------------------------------

    async def comes(self, result: str) -> None:
        if result not in self.lost:
            await self.here.until(partial(LOOKS[result], self))

    async def calm(self) -> None:
        """Everything that Slack is to be told, it was told; what waits for a room that will not be is left."""
        await self.here.until(lambda: "room" in self.lost or is_settled(self.here))

    def results(self) -> set[str]:
        """All that has come about by now."""
        return {name for name, look in LOOKS.items() if look(self)}

    @property
    def launch(self) -> Launch:
        """As a fresh reader finds it."""
        return self.planned["small"]

    @property
    def planned(self) -> dict[str, Launch]:
        """Read anew when the record has grown."""
        with self.engine.connect() as tx, tx.begin():
            facts = tx.exec_driver_sql("SELECT count(*) FROM timeline").scalar_one()
            if facts != self.known[0]:
                kept = [launches.load(tx, *key).value for key in launches.lively_ids(tx, T0)]
                self.known = (facts, {value.id: value for value in kept if isinstance(value, Launch)})
        return self.known[1]

    @property
    def given_up(self) -> list[str]:
        """Why something was never said or done."""
        with self.engine.connect() as tx, tx.begin():
            return [row.error for row in tx.exec_driver_sql("SELECT error FROM outbox WHERE state = 'failed'")]

    @property
    def rooms(self) -> list[Channel]:
        return [channel for channel in self.here.slack.workspace.channels.values() if "small" in channel.name]

    @property
    def links(self) -> list[str]:
        return [bookmark["link"] for room in self.rooms for bookmark in room.bookmarks.values()]

    def is_invited(self) -> bool:
        return any({"UCLAIRE", "UINES", "UJULIE"} <= set(room.members) for room in self.rooms)

    def is_edited(self) -> bool:
        """Whether the answer stands in the question, and not in a message of its own."""
        cards = [text for text in self.here.texts("ines") if "you answer for Network" in text]
        return len(cards) == 1 and "Your answer" in cards[0]

    def is_told(self, audience: str, channel: str) -> bool:
        return any(f"Dear {audience}" in text for text in self.here.texts(channel))

    def calls(self, method: str, *, accepted: bool | None = None) -> int:
        """How often the bot has called a method, or how often Slack has let it, or not."""
        calls = (entry for entry in self.here.slack.log.entries if entry["kind"] == "call" and entry["method"] == method)
        return sum(accepted in (None, call["accepted"]) for call in calls)

    def read(self) -> list[str]:
        """All that anybody could read, message by message."""
        workspace = self.here.slack.workspace
        standing = [message["text"] for channel in workspace.channels.values() for message in channel.messages.values()]
        return [*standing, *(message["text"] for message in workspace.ephemerals), *self.windows]


LOOKS: dict[str, Callable[[Day], object]] = {
    "room": lambda day: day.launch.board,
    "one room": lambda day: len(day.rooms) <= 1,
    "topic": lambda day: any(room.topic["value"] for room in day.rooms),
    "pin": lambda day: any(room.pins for room in day.rooms),
    "bookmarks": lambda day: len(set(day.links)) == 3,
    "one bookmark each": lambda day: len(day.links) == len(set(day.links)),
    "invited": Day.is_invited,
    "found by mail": lambda day: day.launch.members["nadia"].user,
    "guest known": lambda day: day.launch.members["basil"].is_guest,
    "answered": lambda day: day.launch.votes,
    "edited": Day.is_edited,
    "decided": lambda day: day.launch.polls["final"].decision,
    "page taken": lambda day: day.launch.pages[1].holder,
    "nothing twice": lambda day: not twice(day.here),
    "customers": lambda day: day.is_told("customers", "news"),
    "staff": lambda day: day.is_told("staff", "staff"),
    "Home": lambda day: "UCLAIRE" in day.here.slack.workspace.homes,
    "forms": lambda day: day.calls("views.open", accepted=True),
    "files": lambda day: day.calls("files.info", accepted=True),
    "plan": lambda day: "second" in day.planned,
    "window": lambda day: day.calls("views.update", accepted=True),
}
"""What a day comes to, and how that is seen."""


def twice(here: World) -> list[str]:
    """The marks of messages that stand in Slack more than once."""
    messages = (message for channel in here.slack.workspace.channels.values() for message in channel.messages.values())
    marks = Counter(message["metadata"]["event_payload"]["key"] for message in messages if message.get("metadata"))
    return [mark for mark, times in marks.items() if times > 1]


@asynccontextmanager
async def short_day(home: Path, lost: frozenset[str] = frozenset()) -> AsyncIterator[Day]:
    """Before the room opens, and before the bot runs. What is made and posted first is answered with an outage, though it is done."""
    async with world(home, None, BEFORE_ROOM, USERS) as here:
        await here.desk("channels", user="UJULIE", name="news")
        bot = here.slack.workspace.bot.id
        staff = (await here.desk("channels", user="UJULIE", name="staff", members=[bot]))["channel"]
        plan = PLAN.replace("STAFF_ID", staff)
        (home / "plans" / "plan.yaml").write_text(plan, encoding="utf-8")
        for method in ("conversations.create", "bookmarks.add"):
            await here.desk("fault", kind="status", method=method, accepted=True)
        engine = open_engine(home / "launchroom.db")
        yield Day(here, plan, lost, engine)
        engine.dispose()
