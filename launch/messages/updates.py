"""Customer updates: drafted, approved by a second person, published once; and the promise of the next one."""

from dataclasses import dataclass
from datetime import datetime

from launch.messages.base import Command, Event
from launch.state import Situation
from launch.words import Words


@dataclass(frozen=True, slots=True)
class DraftUpdate(Command):
    """A text for an audience, in each language that was written."""

    audience: str
    situation: Situation
    text_en: Words | None
    text_fr: Words | None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UpdateDrafted(Event):
    number: int
    audience: str
    situation: Situation
    text_en: Words | None
    text_fr: Words | None
    next_at: datetime | None
    person: str


@dataclass(frozen=True, slots=True)
class EditUpdate(Command):
    """`edition` is the one that the editor was looking at."""

    draft: int
    edition: int
    situation: Situation
    text_en: Words | None
    text_fr: Words | None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UpdateEdited(Event):
    """Whoever was asked to approve the edition before is asked no more."""

    draft: int
    edition: int
    situation: Situation
    text_en: Words | None
    text_fr: Words | None
    next_at: datetime | None
    person: str


@dataclass(frozen=True, slots=True)
class AskApprover(Command):
    """Those asked so far (`asked` of them) have not answered: the next one."""

    draft: int
    edition: int
    asked: int


@dataclass(frozen=True, slots=True)
class ApproverAsked(Event):
    draft: int
    edition: int
    person: str


@dataclass(frozen=True, slots=True)
class ApproveUpdate(Command):
    draft: int
    edition: int


@dataclass(frozen=True, slots=True)
class UpdateApproved(Event):
    draft: int
    edition: int
    person: str


@dataclass(frozen=True, slots=True)
class SendBackUpdate(Command):
    draft: int
    edition: int
    reason: Words | None = None


@dataclass(frozen=True, slots=True)
class UpdateSentBack(Event):
    draft: int
    edition: int
    person: str
    reason: Words


@dataclass(frozen=True, slots=True)
class WithdrawUpdate(Command):
    draft: int


@dataclass(frozen=True, slots=True)
class UpdateWithdrawn(Event):
    draft: int
    person: str


@dataclass(frozen=True, slots=True)
class SettleUpdate(Command):
    """Slack shows the text of a draft as the message `ts`."""

    draft: int
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class UpdatePublished(Event):
    """`ts` is None when a person says that it is there; `person` then is who said so."""

    draft: int
    channel: str | None
    ts: str | None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class ReportUpdate(Command):
    """It did not go out (`error` is Slack's word for why), or nobody can tell whether it did (`is_unsure`)."""

    draft: int
    error: str
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class UpdateStuck(Event):
    draft: int
    error: str
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class SayPublished(Command):
    """A person has looked in the channel: the text is there, or it is to be published now."""

    draft: int
    is_there: bool


@dataclass(frozen=True, slots=True)
class UpdateTriedAgain(Event):
    draft: int
    person: str


@dataclass(frozen=True, slots=True)
class RemindPromise(Command):
    draft: int


@dataclass(frozen=True, slots=True)
class PromiseReminded(Event):
    draft: int


@dataclass(frozen=True, slots=True)
class MissPromise(Command):
    draft: int


@dataclass(frozen=True, slots=True)
class PromiseMissed(Event):
    draft: int


@dataclass(frozen=True, slots=True)
class SettleOutlet(Command):
    """Slack's answer to which channel an audience reads; `channel` None with `trouble` when it cannot be used."""

    audience: str
    channel: str | None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class OutletFound(Event):
    audience: str
    channel: str | None
    trouble: str | None = None
