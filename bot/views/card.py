"""What is drawn: cards that stand as long as the launch and are kept current, notices that are said once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from launch.publishing import OBSERVERS

Block = dict[str, Any]


class Urgency(IntEnum):
    """Which goes first when Slack lets only some through."""

    PAGE = 0
    ROOM = 1
    ASK = 2
    CALM = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the room (`person` None), the channel of those who look on (OBSERVERS), the conversation with a person."""

    person: str | None = None


ROOM, LOOKING_ON = Place(), Place(OBSERVERS)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message: `text` says all that the blocks say, for a lock screen and for whoever reads without them."""

    text: str
    blocks: Sequence[Block] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A message kept current. `basis` is every frozen value that `draw` looks at: the same basis draws the same message."""

    subject: str
    place: Place
    urgency: Urgency
    basis: tuple[object, ...]
    draw: Callable[[], Drawn]


@dataclass(frozen=True, slots=True)
class Notice:
    """A message of one event, said once."""

    place: Place
    urgency: Urgency
    drawn: Drawn
