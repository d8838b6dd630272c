"""Customer updates: the drafts, who was asked to approve them, where they are published."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from launch.plan import Language
from launch.words import Words


class Situation(StrEnum):
    """What an update tells its readers about how things stand for them."""

    SCHEDULED = "scheduled"
    STARTING = "starting"
    LIVE = "live"
    DELAYED = "delayed"
    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    ROLLED_BACK = "rolled_back"


class Stage(StrEnum):
    """Where a draft stands. APPROVED is on its way out; STUCK did not go out; UNSURE may have, and a person has to look."""

    WAITING = "waiting"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    UNSURE = "unsure"
    STUCK = "stuck"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Draft:
    """A text for an audience. `edition` counts its edits: an approval stands for one edition only. `next_at` promises the next text."""

    number: int
    audience: str
    situation: Situation
    text_en: Words | None
    text_fr: Words | None
    next_at: datetime | None
    author: str
    editor: str
    edition: int
    stage: Stage
    stage_at: datetime
    approved_by: str | None = None
    sent_back_by: str | None = None
    reason: Words | None = None
    error: str | None = None
    channel: str | None = None
    ts: str | None = None
    published_at: datetime | None = None
    is_reminded: bool = False
    is_missed: bool = False

    @property
    def key(self) -> int:
        return self.number

    @property
    def texts(self) -> dict[Language, Words]:
        """What was written, by language."""
        written: tuple[tuple[Language, Words | None], ...] = (("fr", self.text_fr), ("en", self.text_en))
        return {language: text for language, text in written if text}

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.stage not in (Stage.PUBLISHED, Stage.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Approval:
    """That a person was asked to approve an edition, so that their message is seen through to its end."""

    draft: int
    edition: int
    person: str
    at: datetime

    @property
    def key(self) -> tuple[int, int, str]:
        return (self.draft, self.edition, self.person)


@dataclass(frozen=True, slots=True)
class Outlet:
    """The channel in which an audience reads; None with `trouble` while it cannot be used."""

    audience: str
    channel: str | None
    trouble: str | None = None

    @property
    def key(self) -> str:
        return self.audience
