"""Which of Slack's newer blocks this workspace takes. What was refused once is not sent again, and the same is said without it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from bot.views.card import Block
from bot.views.tables import NEW, kinds_in, plainer

log = structlog.get_logger()
REFUSALS = frozenset({"invalid_blocks", "invalid_blocks_format", "invalid_attachments", "invalid_arguments"})
"""Slack's words for blocks that it does not take."""


@dataclass(slots=True)
class Shapes:
    """What is known since the start."""

    taken: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def fit(self, made: Sequence[Block]) -> list[Block]:
        """For a call that says whether Slack took it: everything that was not refused."""
        return plainer(made, self.refused)

    def sure(self, made: Sequence[Block]) -> list[Block]:
        """For an acknowledgement, of which nothing is ever heard: only what was taken elsewhere."""
        return plainer(made, NEW - self.taken)

    def took(self, made: Sequence[Block]) -> None:
        """Slack has accepted these, and what is folded away in them."""
        inside = [child for block in made for child in block.get("child_blocks", ())]
        self.taken |= kinds_in([*made, *inside])

    def learn(self, error: str, made: Sequence[Block]) -> bool:
        """Slack has refused these. Whether it may be for a newer block, so that the same can be said without it."""
        new = kinds_in(made) - self.refused if error in REFUSALS else frozenset()
        if new:
            self.refused |= new
            self.taken -= new
            log.warning("blocks_refused", kinds=sorted(new), error=error, hence="the same is shown as lines")
        return bool(new)
