"""A newer plan that was handed in while the launch was under way."""

from dataclasses import dataclass
from datetime import datetime

from launch.words import Words


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan that waits for whoever commands to take it up, as read (`plan`) and as its file was written (`source`).

    `shown_to` are those to whom it was put, so that their message is seen through to its end.
    """

    number: int
    plan: Words
    source: Words
    at: datetime
    shown_to: tuple[str, ...]
    taken_by: str | None = None
    left_by: str | None = None

    @property
    def key(self) -> int:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.taken_by is None and self.left_by is None
