"""The plain state of the workspace: who is in it, its conversations and what stands in them, and a version that counts every change."""
import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.clock import Clock
from sandbox.files import File
from sandbox.people import User, derived_id, person

TEAM_ID, TEAM_NAME, TEAM_DOMAIN = "T0SANDBOX", "Sandbox", "sandbox"
PARTNER_ID = "T0PARTNER"  # the workspace at the other end of a shared channel
TOMBSTONE = "tombstone"
THREAD_FIELDS = ("thread_ts", "latest_reply", "reply_count", "reply_users", "reply_users_count", "is_locked", "subscribed")
Message = dict[str, Any]
View = dict[str, Any]


@dataclass
class Channel:
    id: str
    name: str
    creator: str
    created: int
    is_private: bool = False
    is_im: bool = False
    user: str = ""
    members: dict[str, None] = field(default_factory=dict)
    topic: dict[str, Any] = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    purpose: dict[str, Any] = field(default_factory=lambda: {"value": "", "creator": "", "last_set": 0})
    is_archived: bool = False
    is_ext_shared: bool = False
    previous_names: list[str] = field(default_factory=list)
    pins: dict[str, dict[str, Any]] = field(default_factory=dict)
    bookmarks: dict[str, dict[str, Any]] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    last_ts: int = 0

    @property
    def kind(self) -> str:
        """The word scopes and method types go by: im, private or public."""
        return "im" if self.is_im else "private" if self.is_private else "public"

    def replies(self, thread_ts: str) -> list[Message]:
        return [message for ts, message in self.messages.items() if message.get("thread_ts") == thread_ts and ts != thread_ts]


class Workspace:
    """Users, conversations, ephemerals, open views, Homes and files. `touch()` after every change wakes those who wait."""

    def __init__(self, clock: Clock, bot_name: str, app_name: str, people: Iterable[Mapping[str, Any]] = ()) -> None:
        self.clock = clock
        self.bot = User(derived_id("U", "bot"), bot_name, app_name, is_bot=True)
        self.bot_id, self.app_id, self.app_name = derived_id("B", "bot"), "A0SANDBOX", app_name
        self.users: dict[str, User] = {user.id: user for user in map(person, people)}
        self.version = 1
        self._counted = 0
        self._news = asyncio.Event()
        self.forget()

    def forget(self) -> None:
        """Empties the workspace of all but its users. Ids are not given a second time."""
        self.channels: dict[str, Channel] = {}
        self._ims: dict[str, Channel] = {}
        self.ephemerals: list[Message] = []
        self.views: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.touch()

    def add_file(self, user: str, name: str, content: bytes) -> File:
        file = File(self.new_id("F"), user, name, content, int(self.clock.now()))
        self.files[file.id] = file
        self.touch()
        return file

    def touch(self) -> None:
        self.version += 1
        self._news.set()
        self._news = asyncio.Event()

    async def newer_than(self, version: int, seconds: float) -> None:
        """Returns once the version is above `version`, or after `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                while self.version <= version:
                    await self._news.wait()
        except TimeoutError:
            return

    def new_id(self, prefix: str) -> str:
        self._counted += 1
        return derived_id(prefix, self._counted)

    def user(self, user_id: str) -> User | None:
        return self.bot if user_id == self.bot.id else self.users.get(user_id)

    def named(self, name: str) -> Channel | None:
        return next((channel for channel in self.channels.values() if not channel.is_im and channel.name == name), None)

    def open_channels(self) -> list[Channel]:
        """Neither archived nor direct conversations."""
        return [channel for channel in self.channels.values() if not channel.is_im and not channel.is_archived]

    def im(self, user_id: str) -> Channel:
        """The direct conversation of the bot with that person, opened when there is none."""
        if user_id not in self._ims:
            self._ims[user_id] = self.add_channel("", self.bot.id, is_im=True, user=user_id)
        return self._ims[user_id]

    def add_channel(self, name: str, creator: str, is_private: bool = False, is_im: bool = False, user: str = "") -> Channel:
        channel = Channel(self.new_id("D" if is_im else "C"), name, creator, int(self.clock.now()), is_private, is_im, user)
        channel.members = dict.fromkeys([user, self.bot.id] if is_im else [creator])
        self.channels[channel.id] = channel
        self.touch()
        return channel

    def next_ts(self, channel: Channel) -> str:
        """Launch time as Slack stamps it: unique in its channel and always growing, even when the clock is set back."""
        channel.last_ts = max(int(self.clock.now() * 1_000_000), channel.last_ts + 1)
        return f"{channel.last_ts // 1_000_000}.{channel.last_ts % 1_000_000:06d}"

    def add_message(self, channel: Channel, user: str, text: str, **more: Any) -> Message:
        message: Message = {"type": "message", "ts": self.next_ts(channel), "user": user, "text": text, "team": TEAM_ID}
        message.update({key: value for key, value in more.items() if value is not None})
        channel.messages[message["ts"]] = message
        self._count_reply(channel, message)
        self.touch()
        return message

    def _count_reply(self, channel: Channel, message: Message) -> None:
        parent = channel.messages.get(message.get("thread_ts", ""))
        if parent is not None and parent is not message:
            message["parent_user_id"] = parent["user"]
            self._count_replies(channel, parent)

    def _count_replies(self, channel: Channel, parent: Message) -> None:
        """What its parent tells of a thread; of one without replies nothing is left."""
        replies = channel.replies(parent["ts"])
        users = list(dict.fromkeys(reply["user"] for reply in replies))
        if replies:
            parent.update(thread_ts=parent["ts"], latest_reply=replies[-1]["ts"], reply_count=len(replies), reply_users=users,
                          reply_users_count=len(users), is_locked=False, subscribed=self.bot.id in (parent["user"], *users))
        elif parent.get("subtype") == TOMBSTONE:
            del channel.messages[parent["ts"]]
        else:
            for name in THREAD_FIELDS:
                parent.pop(name, None)

    def take_away(self, channel: Channel, message: Message) -> Message | None:
        """Deletes a message. What stands in its place when it has replies; else None."""
        ts, thread_ts = message["ts"], message.get("thread_ts", "")
        channel.pins.pop(ts, None)
        if channel.replies(ts):
            thread = {name: message[name] for name in THREAD_FIELDS if name in message}
            channel.messages[ts] = {"type": "message", "subtype": TOMBSTONE, "ts": ts, "user": "USLACKBOT", "hidden": True,
                                    "text": "This message was deleted.", **thread}
        else:
            del channel.messages[ts]
            if thread_ts in channel.messages:
                self._count_replies(channel, channel.messages[thread_ts])
        self.touch()
        return channel.messages.get(ts)

    def add_ephemeral(self, channel: Channel, user: str, text: str, **more: Any) -> Message:
        """A message that only `user` sees, in no history."""
        message: Message = {"type": "message", "channel": channel.id, "ts": self.next_ts(channel), "user": user, "text": text,
                            "is_ephemeral": True}
        message.update({key: value for key, value in more.items() if value is not None})
        self.ephemerals.append(message)
        self.touch()
        return message

    def ephemeral(self, channel_id: str, user: str, ts: str) -> Message | None:
        return next((m for m in self.ephemerals if (m["channel"], m["user"], m["ts"]) == (channel_id, user, ts)), None)
