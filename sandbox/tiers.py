"""Slack's rate limits by method, switched on at the desk: so many calls a rolling minute, then 429 with Retry-After."""
import math
from collections import defaultdict, deque
from collections.abc import Callable

TIER_2, TIER_3, TIER_4 = 20, 50, 100
PER_MINUTE = {
    **dict.fromkeys((
        "conversations.create", "conversations.archive", "conversations.rename", "conversations.list", "conversations.setTopic",
        "conversations.setPurpose", "pins.add", "pins.remove", "pins.list", "bookmarks.add", "bookmarks.edit", "bookmarks.remove",
        "users.list", "dnd.teamInfo",
    ), TIER_2),
    **dict.fromkeys((
        "chat.update", "chat.delete", "conversations.open", "conversations.invite", "conversations.join", "conversations.kick",
        "conversations.info", "conversations.history", "conversations.replies", "reactions.add", "bookmarks.list", "team.info",
        "users.lookupByEmail", "users.conversations", "conversations.leave", "dnd.info", "apps.connections.open",
    ), TIER_3),
    **dict.fromkeys((
        "views.open", "views.push", "views.update", "views.publish", "chat.postEphemeral", "users.info", "conversations.members",
        "files.info", "api.test",
    ), TIER_4),
}
# Slack publishes "several hundred messages a minute" a workspace and about one a second a channel, with bursts
POSTS_PER_MINUTE = 300
CHANNEL_BURST = 10


class Tiers:
    """Off until the desk switches them on. `scale` runs the limits' own time faster: 60 makes a minute of them one second."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: machine seconds."""
        self._now = now
        self.off()

    def off(self) -> None:
        self.is_on, self.scale, self.posts_per_minute = False, 1.0, POSTS_PER_MINUTE
        self._calls: dict[tuple[str, str], deque[float]] = defaultdict(deque)

    def on(self, scale: float, posts_per_minute: int) -> None:
        self.off()
        self.is_on, self.scale, self.posts_per_minute = True, scale, posts_per_minute

    def refuse_for(self, method: str, channel: str) -> int:
        """Counts the call when there is room for it and says 0; else whole seconds to wait."""
        if not self.is_on:
            return 0
        windows = [((method, ""), PER_MINUTE[method], 60.0)] if method in PER_MINUTE else []
        if method == "chat.postMessage":
            windows = [((method, ""), self.posts_per_minute, 60.0), ((method, channel), CHANNEL_BURST, float(CHANNEL_BURST))]
        wait = max((self._wait(self._calls[key], limit, seconds / self.scale) for key, limit, seconds in windows), default=0.0)
        if wait > 0:
            return max(1, math.ceil(wait))
        for key, _, _ in windows:
            self._calls[key].append(self._now())
        return 0

    def _wait(self, calls: deque[float], limit: int, seconds: float) -> float:
        while calls and calls[0] <= self._now() - seconds:
            calls.popleft()
        return 0.0 if len(calls) < limit else calls[0] + seconds - self._now()
