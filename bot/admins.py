"""Who may add plans in Slack: those whom the settings name; where they name nobody, the admins of the workspace."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.door import Answer, Door
from bot.wire import CallFailed, RateLimited, SlackRefused, Wire
from launch.messages import HOUSE, SHELL, SLACK, NameAdmins

log = structlog.get_logger()
PAUSES = (1.0, 30.0)
"""Seconds between two attempts to reach Slack: the first, and the longest."""
PAGE = 500
"""Accounts in one answer of Slack."""


def is_admin(account: Mapping[str, Any]) -> bool:
    return bool(account.get("is_admin") or account.get("is_owner")) and not account.get("deleted")


@dataclass(slots=True)
class Admins:
    """`named` are those of the settings."""

    door: Door
    wire: Wire
    team_id: str
    named: frozenset[str] = frozenset()
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Name them once; the workspace's own as soon as Slack can be reached."""
        if self.named:
            await self.door.perform(NameAdmins(tuple(sorted(self.named))), HOUSE, SHELL, self.team_id)
            return
        pause, longest = PAUSES
        while not await self.asked():
            await asyncio.sleep(pause)
            pause = min(longest, pause * 2)

    async def asked(self) -> bool:
        """Whether Slack has told who they are, or will not tell."""
        try:
            async with self.lock:
                await self.name([account["id"] for account in await self.accounts() if is_admin(account)])
        except RateLimited as limit:
            await asyncio.sleep(limit.retry_after)
        except SlackRefused as no:
            log.warning("admins_unknown", error=no.error, remedy="set LAUNCHROOM_ADMINS, or add plans with launchroom plan add")
            return True
        except CallFailed as lost:
            log.info("admins_not_told", outcome=lost.outcome)
        else:
            return True
        return False

    async def accounts(self) -> list[dict[str, Any]]:
        """Every account of the workspace. Raises CallFailed."""
        found: list[dict[str, Any]] = []
        cursor: str | None = None
        while cursor is None or cursor:
            page = await self.wire.call("users.list", limit=PAGE, cursor=cursor)
            found += page["members"]
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        return found

    async def follow(self, account: Mapping[str, Any], request_id: str) -> Answer:
        """An account changed: it may have become an admin's, or no longer be one. One change after the other."""
        if self.named:
            return Answer()
        async with self.lock:
            known, user = self.door.admins(self.team_id), account["id"]
            if (user in known) == is_admin(account):
                return Answer()
            return await self.name([*known, user] if is_admin(account) else [each for each in known if each != user], request_id)

    async def name(self, users: Iterable[str], request_id: str | None = None) -> Answer:
        return await self.door.perform(NameAdmins(tuple(sorted(users))), HOUSE, SLACK, self.team_id, request_id)
