"""How fast Slack lets us speak: each method's own limit, and for messages the workspace's and the channel's.
Time is an argument (machine seconds), so that a test or a simulation drives it."""

from collections import deque
from dataclasses import dataclass, field

# Slack's published calls a minute for an app in a workspace; a method that is not named has 20, the least of any we use.
LEAST = 20
PER_MINUTE = {
    "apps.connections.open": 50,
    "chat.delete": 50,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.invite": 50,
    "conversations.join": 50,
    "conversations.kick": 50,
    "conversations.replies": 50,
    "reactions.add": 50,
    "users.lookupByEmail": 50,
    "chat.postEphemeral": 100,
    "conversations.members": 100,
    "users.info": 100,
    "views.open": 100,
    "views.publish": 100,
    "views.push": 100,
    "views.update": 100,
}
POST = "chat.postMessage"
# Slack says "several hundred" messages a minute for a workspace and leaves the number open.
POSTS_PER_MINUTE = 300
# A third of a minute's calls may go at once: a checkpoint with all its answers is a burst, and then there is quiet.
BURST = 3
# A wait this short is rounding, not a wait.
ROUNDING = 1e-6
# So many channels are remembered before those that have rested are dropped.
CHANNELS = 1_000


class Bucket:
    """Grants at most `limit` in any `period` seconds and at most `burst` at once; what a burst took is made up for later in the period."""

    def __init__(self, limit: int, burst: int, period: float = 60.0) -> None:
        """`burst` is at most `limit`, and above 0."""
        self._gap = period / limit
        self._allowance = (burst - 1) * self._gap
        self._full_at = float("-inf")
        self._period = period
        self._granted: deque[float] = deque(maxlen=limit)

    def wait(self, now: float) -> float:
        """Seconds until the next one would be granted; 0.0 when now."""
        wait = self._full_at - self._allowance - now
        if len(self._granted) == self._granted.maxlen:
            wait = max(wait, self._granted[0] + self._period - now)
        return wait if wait > ROUNDING else 0.0

    def take(self, now: float) -> None:
        self._full_at = max(self._full_at, now) + self._gap
        self._granted.append(now)

    def empty(self, until: float) -> None:
        """One is granted at `until`, the next after a refill: Slack has just said that the allowance is used up."""
        self._full_at = max(self._full_at, until + self._allowance)

    def has_rested(self, now: float) -> bool:
        return not self._granted or self._granted[-1] <= now - self._period


@dataclass
class Lanes:
    """One workspace's limits. A fifth of its messages is kept for pages, which may use the other lane as well."""

    posts_per_minute: int = POSTS_PER_MINUTE
    _methods: dict[str, Bucket] = field(default_factory=dict, init=False)
    _channels: dict[str, Bucket] = field(default_factory=dict, init=False)
    _closed_until: dict[str, float] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for_pages = self.posts_per_minute // 5
        self._pages = Bucket(for_pages, for_pages // 4)
        self._posts = Bucket(self.posts_per_minute - for_pages, for_pages // 4)

    def take(self, method: str, now: float, channel: str | None = None, urgent: bool = False) -> float:
        """0.0 when the call is granted, and counted; else the seconds to wait before asking again, nothing taken.

        `channel` (for chat.postMessage) keeps about one a second; `urgent` is a page.
        """
        buckets = self._buckets(method, now, channel, urgent)
        wait = max(self._closed_until.get(method, now) - now, *(bucket.wait(now) for bucket in buckets))
        if wait > ROUNDING:
            return wait
        for bucket in buckets:
            bucket.take(now)
        return 0.0

    def punish(self, method: str, retry_after: float, now: float) -> None:
        """After a 429 the method is closed for `retry_after` seconds, and starts again without a burst."""
        until = max(self._closed_until.get(method, now), now + retry_after)
        self._closed_until[method] = until
        for bucket in (self._pages, self._posts) if method == POST else (self._of(method),):
            bucket.empty(until)

    def _buckets(self, method: str, now: float, channel: str | None, urgent: bool) -> list[Bucket]:
        if method != POST:
            return [self._of(method)]
        lanes = [self._pages, self._posts] if urgent else [self._posts]
        soonest = min(lanes, key=lambda lane: lane.wait(now))
        return [soonest] if channel is None else [soonest, self._in(channel, now)]

    def _of(self, method: str) -> Bucket:
        limit = PER_MINUTE.get(method, LEAST)
        return self._methods.setdefault(method, Bucket(limit, limit // BURST))

    def _in(self, channel: str, now: float) -> Bucket:
        if channel not in self._channels and len(self._channels) >= CHANNELS:
            self._channels = {name: bucket for name, bucket in self._channels.items() if not bucket.has_rested(now)}
        return self._channels.setdefault(channel, Bucket(10, 3, period=10.0))
