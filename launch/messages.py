"""What may be asked of a launch (commands), what then happened (events), and the other values that travel.

Commands ask, events tell in the past. Both are frozen values that survive JSON; what a person typed travels as `Words`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from launch.state import Answer, Decision
from launch.words import Words

HOUSE = "*"
"""The id of the one value per workspace that plans and people belong to; no launch key can be this."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. A person is their Slack user id; the voices are the clock, Slack's own answers, and the admin's shell."""

    kind: Literal["person", "clock", "slack", "shell"]
    user: str | None = None

    def __str__(self) -> str:
        return self.user or self.kind


CLOCK = Actor("clock")
SLACK = Actor("slack")
SHELL = Actor("shell")


class Refused(Exception):
    """A no. `code` and `facts` become one sentence for the person; nothing has changed."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Command:
    """Something asked of a launch."""

    __slots__ = ()


class Event:
    """Something that happened to a launch."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Then:
    """A command that follows in the same transaction, already authorised by the decision that names it."""

    command: Command
    launch_id: str


@dataclass(frozen=True, slots=True)
class Fact:
    """An event with its place in the record. `due_at` is when the clock should have brought it about."""

    seq: int
    at: datetime
    by: Actor
    event: Event
    due_at: datetime | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something the clock will do: at the instant `at`; with `lasts`, after that much elapsed time instead."""

    key: str
    at: datetime
    command: Command
    lasts: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What the launch wants of a person now."""

    subject: str
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do in Slack once, besides cards and notices. `facts` are plain JSON."""

    kind: Literal["find_person", "create_room", "invite", "topic", "pin", "bookmark"]
    facts: Mapping[str, object] = field(default_factory=dict)


# --- the house: plans and people -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AddPlan(Command):
    """`source` is the file as written, `plan` the same as the canonical JSON of a `Plan`."""

    key: str
    source: Words
    plan: Words


@dataclass(frozen=True, slots=True)
class PlanAdded(Event):
    key: str
    version: int
    source: Words


@dataclass(frozen=True, slots=True)
class ChangePerson(Command):
    """Slack says that somebody's account changed."""

    user: str
    is_active: bool
    is_guest: bool


# --- birth, room, people ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlanLaunch(Command):
    version: int
    plan: Words


@dataclass(frozen=True, slots=True)
class LaunchPlanned(Event):
    team_id: str
    id: str
    version: int
    plan: Words


@dataclass(frozen=True, slots=True)
class PlanRevised(Event):
    version: int
    plan: Words


@dataclass(frozen=True, slots=True)
class FindMember(Command):
    """Slack's answer to who a person is; `user` None with `trouble` when it knows nobody."""

    person: str
    user: str | None
    is_active: bool = True
    is_guest: bool = False
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class MemberFound(Event):
    person: str
    user: str
    is_active: bool
    is_guest: bool


@dataclass(frozen=True, slots=True)
class MemberMissing(Event):
    person: str
    trouble: str


@dataclass(frozen=True, slots=True)
class ChangeMember(Command):
    user: str
    is_active: bool
    is_guest: bool


@dataclass(frozen=True, slots=True)
class MemberChanged(Event):
    person: str
    is_active: bool
    is_guest: bool


@dataclass(frozen=True, slots=True)
class OpenRoom(Command):
    pass


@dataclass(frozen=True, slots=True)
class RoomWanted(Event):
    pass


@dataclass(frozen=True, slots=True)
class SettleRoom(Command):
    """Slack has given the channel (or it was found again after an unknown outcome)."""

    channel: str


@dataclass(frozen=True, slots=True)
class RoomOpened(Event):
    channel: str


@dataclass(frozen=True, slots=True)
class ReportInvited(Command):
    """Slack has taken these people into the room, and would not take the `refused`."""

    persons: tuple[str, ...]
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MembersInvited(Event):
    persons: tuple[str, ...]
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportErrand(Command):
    """Slack refused an errand for good; `error` is Slack's word for why."""

    errand: str
    error: str


@dataclass(frozen=True, slots=True)
class ErrandFailed(Event):
    errand: str
    error: str


@dataclass(frozen=True, slots=True)
class SettleBoard(Command):
    """The board stands in the room as the message `ts`."""

    ts: str


@dataclass(frozen=True, slots=True)
class BoardPosted(Event):
    ts: str


@dataclass(frozen=True, slots=True)
class WriteNote(Command):
    text: Words


@dataclass(frozen=True, slots=True)
class NoteWritten(Event):
    person: str
    text: Words


@dataclass(frozen=True, slots=True)
class CloseLaunch(Command):
    pass


@dataclass(frozen=True, slots=True)
class LaunchClosed(Event):
    pass


# --- duty ------------------------------------------------------------------------------------------------------------


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


# --- checkpoints -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenCheckpoint(Command):
    """Ask it for the first time: the clock at its time, or the commander earlier."""

    checkpoint: str


@dataclass(frozen=True, slots=True)
class AskAgain(Command):
    checkpoint: str
    round: int | None = None


@dataclass(frozen=True, slots=True)
class CheckpointOpened(Event):
    checkpoint: str
    round: int


@dataclass(frozen=True, slots=True)
class RemindSilent(Command):
    checkpoint: str
    round: int


@dataclass(frozen=True, slots=True)
class SilentReminded(Event):
    checkpoint: str
    round: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndAnswering(Command):
    checkpoint: str
    round: int


@dataclass(frozen=True, slots=True)
class AnswerTimePassed(Event):
    checkpoint: str
    round: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountCheckpoint(Command):
    checkpoint: str
    round: int


@dataclass(frozen=True, slots=True)
class CheckpointCounted(Event):
    """The outcome by rule; `silent` roles counted as no-go."""

    checkpoint: str
    round: int
    outcome: Answer
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CastVote(Command):
    """`round` is the one that its giver was looking at; None means whichever runs."""

    checkpoint: str
    role: str
    answer: Answer
    reason: Words | None = None
    round: int | None = None


@dataclass(frozen=True, slots=True)
class VoteCast(Event):
    checkpoint: str
    round: int
    role: str
    person: str
    answer: Answer
    reason: Words | None = None


@dataclass(frozen=True, slots=True)
class DecideCheckpoint(Command):
    """The commander's word on an outcome. `limit` is how long a hold that it calls may last."""

    checkpoint: str
    decision: Decision
    reason: Words | None = None
    limit: timedelta | None = None
    round: int | None = None


@dataclass(frozen=True, slots=True)
class CheckpointDecided(Event):
    checkpoint: str
    round: int
    decision: Decision
    person: str
    reason: Words | None = None


# --- the clock -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CallHold(Command):
    reason: Words
    limit: timedelta | None = None


@dataclass(frozen=True, slots=True)
class StopAtGuard(Command):
    """T stands at a guarded step whose checkpoint is undecided; `at` is when it got there."""

    checkpoint: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HoldCalled(Event):
    number: int
    began_at: datetime
    limit: timedelta
    person: str | None = None
    reason: Words | None = None
    checkpoint: str | None = None


@dataclass(frozen=True, slots=True)
class AskOverrun(Command):
    number: int


@dataclass(frozen=True, slots=True)
class HoldOverran(Event):
    number: int


@dataclass(frozen=True, slots=True)
class Resume(Command):
    pass


@dataclass(frozen=True, slots=True)
class HoldEnded(Event):
    number: int
    person: str
