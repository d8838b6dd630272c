"""What is lent to the bot for a while: a ticket for one socket, a trigger_id for one view, a response_url for five answers."""
import itertools
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.errors import SlackError

TICKET_SECONDS = 30.0
TRIGGER_SECONDS = 3.0
HOOK_SECONDS = 30 * 60.0
HOOK_USES = 5
# Counted behind a secret of this process: random numbers for each click would cost more than the rest of it.
SECRET = secrets.token_hex(12)
counted = itertools.count(1)


class Tickets:
    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: machine seconds."""
        self._now, self._granted = now, dict[str, float]()

    def grant(self) -> str:
        ticket = str(uuid.uuid4())
        self._granted[ticket] = self._now() + TICKET_SECONDS
        return ticket

    def spend(self, ticket: str) -> bool:
        """False when it was never given, is spent or too old."""
        return self._granted.pop(ticket, float("-inf")) >= self._now()


@dataclass
class Trigger:
    user: str
    until: float
    is_spent: bool = False


class Triggers:
    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: machine seconds."""
        self._now, self._granted = now, dict[str, Trigger]()

    def grant(self, user: str) -> str:
        trigger_id = f"{next(counted)}.{int(self._now())}.{SECRET}"
        self._granted[trigger_id] = Trigger(user, self._now() + TRIGGER_SECONDS)
        return trigger_id

    def spend(self, trigger_id: str) -> str:
        """The user whose interaction it was. Raises SlackError when it was never given, is spent or too old."""
        trigger = self._granted.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.is_spent:
            raise SlackError("exchanged_trigger_id")
        if trigger.until < self._now():
            raise SlackError("expired_trigger_id")
        trigger.is_spent = True
        return trigger.user


@dataclass
class Hook:
    """`ts` is the message that the interaction came from, if it came from one."""

    channel: str
    user: str
    until: float
    ts: str | None = None
    is_ephemeral: bool = False
    thread_ts: str | None = None
    uses_left: int = HOOK_USES


class Hooks:
    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: machine seconds."""
        self._now, self._granted = now, dict[str, Hook]()

    def grant(self, channel: str, user: str, ts: str | None = None, is_ephemeral: bool = False, thread_ts: str | None = None) -> str:
        """The path of the new response_url."""
        path = f"/hooks/{next(counted)}/{SECRET}"
        self._granted[path] = Hook(channel, user, self._now() + HOOK_SECONDS, ts, is_ephemeral, thread_ts)
        return path

    def spend(self, path: str) -> Hook:
        """Raises SlackError expired_url or used_url."""
        hook = self._granted.get(path)
        if hook is None or hook.until < self._now():
            raise SlackError("expired_url")
        if hook.uses_left == 0:
            raise SlackError("used_url")
        hook.uses_left -= 1
        return hook
