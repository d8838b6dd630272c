"""The room of a launch and its people."""

from dataclasses import dataclass

from launch.messages.base import Command, Event
from launch.words import Words


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
