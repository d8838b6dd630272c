"""The heartbeat: what says as of when it is true is drawn anew now and then, and says whether the bot is well."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.outside import Outside
from bot.views.pulse import Pulse, beat

LOOK_EVERY = 5.0
"""Seconds between two looks at the clock and the connections."""
SETTLED = 30.0
"""Seconds after which a connection is missing and not just being replaced: Slack renews each of them every few hours."""


@dataclass(frozen=True, slots=True)
class Links:
    """How many of our connections to Slack stand, how many are wanted, how many more Slack counts than are ours."""

    standing: int
    wanted: int
    strangers: int = 0

    @property
    def are_well(self) -> bool:
        return self.standing >= self.wanted and not self.strangers


@dataclass(slots=True)
class Heart:
    """`look_at` tells of the connections, each time it looks; `watchers` are called when a screen would say something else than before."""

    outside: Outside
    look_at: Callable[[], Links] = lambda: Links(0, 0)
    watchers: list[Callable[[], None]] = field(default_factory=list)
    every: float = LOOK_EVERY
    links: Links = Links(0, 0)
    unwell_since: float | None = None

    @property
    def pulse(self) -> Pulse:
        links = self.links
        return Pulse(beat(self.outside.clock.read().now), links.standing, links.wanted, links.strangers)

    async def run(self) -> None:
        """Look again and again until cancelled."""
        last = self.pulse
        while True:
            self.look()
            now = self.pulse
            if now != last:
                last = now
                for tell in self.watchers:
                    tell()
            await asyncio.sleep(self.every)

    def look(self) -> None:
        """What is well is so at once; what is not has to last."""
        seen, now = self.look_at(), self.outside.machine()
        if seen.are_well:
            self.links, self.unwell_since = seen, None
        elif self.unwell_since is None:
            self.unwell_since = now
        elif now - self.unwell_since >= SETTLED:
            self.links = seen
