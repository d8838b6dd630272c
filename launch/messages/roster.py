"""Who is on duty."""

from dataclasses import dataclass
from datetime import datetime

from launch.messages.base import Command, Event


@dataclass(frozen=True, slots=True)
class TurnShift(Command):
    """The clock stands at a shift edge; `edge` is the instant of it in the plan."""

    edge: datetime


@dataclass(frozen=True, slots=True)
class ShiftTurned(Event):
    edge: datetime


@dataclass(frozen=True, slots=True)
class DutyMoved(Event):
    """`is_new` when another person, or another shift, has the hook; else only those who replace them changed."""

    role: str
    person: str | None
    deputies: tuple[str, ...]
    shift: str | None
    is_new: bool = True
