"""Every table on one page. A slice of the state has the same fields here as there, behind team and launch."""

from datetime import datetime, timedelta

from sqlalchemy import JSON, Column, Index, Integer, String, Text
from sqlmodel import Field, SQLModel

from launch.state import Answer, Decision, Impact, Outcome, PageKind, Phase, Reached, Situation, Source, Stage, Status
from launch.words import Words
from storage.columns import Choice, Digest, Instant, Names, Span


class Row(SQLModel):
    """A row of one launch in one workspace."""

    model_config = {"arbitrary_types_allowed": True}

    team_id: str = Field(primary_key=True)
    launch_id: str = Field(primary_key=True)


class HouseRow(SQLModel, table=True):
    __tablename__ = "houses"
    model_config = {"arbitrary_types_allowed": True}
    team_id: str = Field(primary_key=True)
    last_at: datetime = Field(sa_type=Instant)
    seq: int
    admins: tuple[str, ...] = Field(sa_type=Names)


class WorkspaceRow(SQLModel, table=True):
    """Who we are in a workspace, as Slack said last: enough to start while it is out of reach."""

    __tablename__ = "workspaces"
    team_id: str = Field(primary_key=True)
    name: str
    url: str
    bot_id: str
    bot_user_id: str


class PlanRow(SQLModel, table=True):
    __tablename__ = "plans"
    model_config = {"arbitrary_types_allowed": True}
    team_id: str = Field(primary_key=True)
    plan: str = Field(primary_key=True)
    version: int
    source: Words = Field(sa_type=Digest)
    added_at: datetime = Field(sa_type=Instant)


class LaunchRow(SQLModel, table=True):
    __tablename__ = "launches"
    model_config = {"arbitrary_types_allowed": True}
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    plan_words: Words = Field(sa_type=Digest)
    plan_version: int
    status: Status = Field(sa_column=Column(Choice(Status), nullable=False, index=True))
    t0: datetime = Field(sa_type=Instant)
    born_at: datetime = Field(sa_type=Instant)
    last_at: datetime = Field(sa_type=Instant)
    seq: int
    edge_at: datetime | None = Field(default=None, sa_type=Instant)
    channel: str | None = None
    board: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    plan_source: Words | None = Field(default=None, sa_type=Digest)


class MemberRow(Row, table=True):
    __tablename__ = "members"
    person: str = Field(primary_key=True)
    user: str | None = None
    is_active: bool
    is_guest: bool
    is_invited: bool
    trouble: str | None = None


class DutyRow(Row, table=True):
    __tablename__ = "duty"
    role: str = Field(primary_key=True)
    person: str | None = None
    deputies: tuple[str, ...] = Field(sa_type=Names)
    shift: str | None = None
    since: datetime = Field(sa_type=Instant)


class PollRow(Row, table=True):
    __tablename__ = "polls"
    checkpoint: str = Field(primary_key=True)
    round: int
    phase: Phase = Field(sa_column=Column(Choice(Phase), nullable=False))
    phase_at: datetime = Field(sa_type=Instant)
    opened_at: datetime = Field(sa_type=Instant)
    is_reminded: bool
    outcome: Outcome | None = Field(default=None, sa_column=Column(Choice(Outcome)))
    decision: Decision | None = Field(default=None, sa_column=Column(Choice(Decision)))
    decided_by: str | None = None
    reason: Words | None = Field(default=None, sa_type=Digest)
    tier: int
    occurrence: int
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    is_pressed: bool
    is_escalated: bool


class AnnouncedRow(Row, table=True):
    __tablename__ = "announced"
    checkpoint: str = Field(primary_key=True)
    round: int
    occurrence: int
    at: datetime = Field(sa_type=Instant)


class QuestionRow(Row, table=True):
    __tablename__ = "questions"
    name: str = Field(primary_key=True)
    words: Words = Field(sa_type=Digest)
    roles: tuple[str, ...] = Field(sa_type=Names)
    answer: timedelta = Field(sa_type=Span)
    person: str
    at: datetime = Field(sa_type=Instant)


class AskedRow(Row, table=True):
    __tablename__ = "asked"
    checkpoint: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    role: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    is_second: bool


class VoteRow(Row, table=True):
    __tablename__ = "votes"
    checkpoint: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    role: str = Field(primary_key=True)
    person: str
    answer: Answer = Field(sa_column=Column(Choice(Answer), nullable=False))
    at: datetime = Field(sa_type=Instant)
    reason: Words | None = Field(default=None, sa_type=Digest)
    recorded_by: str | None = None
    is_disputed: bool


class ObjectionRow(Row, table=True):
    __tablename__ = "objections"
    checkpoint: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    role: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    is_overdue: bool
    withdrawn_by: str | None = None
    let_stand_by: str | None = None


class DeciderRow(Row, table=True):
    __tablename__ = "deciders"
    checkpoint: str = Field(primary_key=True)
    round: int = Field(primary_key=True)
    person: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)


class HoldRow(Row, table=True):
    __tablename__ = "holds"
    number: int = Field(primary_key=True)
    began_at: datetime = Field(sa_type=Instant)
    called_at: datetime = Field(sa_type=Instant)
    by: str
    limit: timedelta = Field(sa_type=Span)
    reason: Words | None = Field(default=None, sa_type=Digest)
    checkpoint: str | None = None
    is_overrun: bool
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    ended_by: str | None = None
    owner: str | None = None
    planned: str | None = None
    asked: tuple[str, ...] = Field(sa_type=Names)


class MilestoneRow(Row, table=True):
    __tablename__ = "milestones"
    reached: Reached = Field(sa_column=Column(Choice(Reached), primary_key=True))
    at: datetime = Field(sa_type=Instant)
    person: str | None = None
    reason: Words | None = Field(default=None, sa_type=Digest)
    asked: tuple[str, ...] = Field(sa_type=Names)


class PageRow(Row, table=True):
    __tablename__ = "pages"
    number: int = Field(primary_key=True)
    kind: PageKind = Field(sa_column=Column(Choice(PageKind), nullable=False))
    role: str
    chain: tuple[str, ...] = Field(sa_type=Names)
    called_at: datetime = Field(sa_type=Instant)
    rang_at: datetime = Field(sa_type=Instant)
    by: str | None = None
    reason: Words | None = Field(default=None, sa_type=Digest)
    shift: str | None = None
    round: int
    level: int
    holder: str | None = None
    taken_at: datetime | None = Field(default=None, sa_type=Instant)
    resolved_by: str | None = None
    resolved_at: datetime | None = Field(default=None, sa_type=Instant)
    checkpoint: str | None = None


class RingRow(Row, table=True):
    __tablename__ = "rings"
    page: int = Field(primary_key=True)
    person: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    has_passed: bool


class HandoverRow(Row, table=True):
    __tablename__ = "handovers"
    role: str = Field(primary_key=True)
    shift: str = Field(primary_key=True)
    edge: datetime = Field(sa_type=Instant)
    outgoing: str
    incoming: str | None = None
    told: tuple[str, ...] = Field(sa_type=Names)
    announced_at: datetime = Field(sa_type=Instant)
    is_reminded: bool
    is_late: bool
    accepted_by: str | None = None
    accepted_at: datetime | None = Field(default=None, sa_type=Instant)


class DraftRow(Row, table=True):
    __tablename__ = "drafts"
    number: int = Field(primary_key=True)
    audience: str
    situation: Situation = Field(sa_column=Column(Choice(Situation), nullable=False))
    text_en: Words | None = Field(default=None, sa_type=Digest)
    text_fr: Words | None = Field(default=None, sa_type=Digest)
    next_at: datetime | None = Field(default=None, sa_type=Instant)
    author: str
    editor: str
    edition: int
    stage: Stage = Field(sa_column=Column(Choice(Stage), nullable=False))
    stage_at: datetime = Field(sa_type=Instant)
    approved_by: str | None = None
    sent_back_by: str | None = None
    reason: Words | None = Field(default=None, sa_type=Digest)
    error: str | None = None
    channel: str | None = None
    ts: str | None = None
    published_at: datetime | None = Field(default=None, sa_type=Instant)
    is_reminded: bool
    is_missed: bool


class ApprovalRow(Row, table=True):
    __tablename__ = "approvals"
    draft: int = Field(primary_key=True)
    edition: int = Field(primary_key=True)
    person: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)


class OutletRow(Row, table=True):
    __tablename__ = "outlets"
    audience: str = Field(primary_key=True)
    channel: str | None = None
    trouble: str | None = None


class LackRow(Row, table=True):
    """What Slack does not let us do in a launch."""

    __tablename__ = "lacks"
    errand: str = Field(primary_key=True)
    error: str
    at: datetime = Field(sa_type=Instant)


class ProblemRow(Row, table=True):
    __tablename__ = "problems"
    number: int = Field(primary_key=True)
    words: Words = Field(sa_type=Digest)
    impact: Impact = Field(sa_column=Column(Choice(Impact), nullable=False))
    source: Source = Field(sa_column=Column(Choice(Source), nullable=False))
    by: str
    opened_at: datetime = Field(sa_type=Instant)
    decide_by: datetime | None = Field(default=None, sa_type=Instant)
    holder: str | None = None
    is_overdue: bool
    asked: tuple[str, ...] = Field(sa_type=Names)
    outcome: Words | None = Field(default=None, sa_type=Digest)
    closed_by: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=Instant)


class OfferRow(Row, table=True):
    """A newer plan that was handed in on the day."""

    __tablename__ = "offers"
    number: int = Field(primary_key=True)
    plan: Words = Field(sa_type=Digest)
    source: Words = Field(sa_type=Digest)
    at: datetime = Field(sa_type=Instant)
    shown_to: tuple[str, ...] = Field(sa_type=Names)
    taken_by: str | None = None
    left_by: str | None = None


class TimelineRow(Row, table=True):
    """The record: append-only by trigger, each row hashed with the one before."""

    __tablename__ = "timeline"
    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    by: str
    role: str | None = None
    kind: str
    v: int
    facts: str = Field(sa_type=Text)
    plan_version: int
    hash: str


class WordsRow(SQLModel, table=True):
    """What people typed. A row may be deleted: the record keeps the digest."""

    __tablename__ = "words"
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    salt: str
    text: str = Field(sa_type=Text)


class DeadlineRow(Row, table=True):
    """What the clock will do. One that `lasts` counts from `mono` on the machine run `boot`; `ripe` is where it ends."""

    __tablename__ = "deadlines"
    __table_args__ = (Index("deadlines_by_instant", "at"), Index("deadlines_by_elapsed", "boot", "ripe"))
    key: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)
    command: str = Field(sa_type=Text)
    lasts: timedelta | None = Field(default=None, sa_type=Span)
    boot: str
    mono: float
    ripe: float | None = None


class OutboxRow(SQLModel, table=True):
    """One notice or errand of one event. `fence` names the run of the bot that claimed it."""

    __tablename__ = "outbox"
    __table_args__ = (Index("outbox_open", "state", "id"),)
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    team_id: str
    launch_id: str
    key: str = Field(sa_column=Column(String(64), nullable=False, unique=True))
    kind: str
    body: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    person: str | None = None
    urgency: int
    state: str
    fence: str | None = None
    channel: str | None = None
    ts: str | None = None
    error: str | None = None


class CardRow(Row, table=True):
    """A card as Slack last accepted it. It is written before its first post, so that an unknown outcome is looked up."""

    __tablename__ = "cards"
    subject: str = Field(primary_key=True)
    person: str = Field(primary_key=True)
    key: str
    state: str
    fence: str | None = None
    channel: str | None = None
    ts: str | None = None
    digest: str | None = None


class HomeRow(SQLModel, table=True):
    """A Home tab that somebody opened: it is redrawn while they are likely to look at it. `digest` is what Slack last accepted."""

    __tablename__ = "homes"
    __table_args__ = (Index("homes_by_instant", "opened_at"),)
    team_id: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    opened_at: datetime = Field(sa_type=Instant)
    digest: str | None = None


class SeenRow(SQLModel, table=True):
    """A request that was answered, so that its copy gets the same answer. `code` is set when the answer was no."""

    __tablename__ = "seen"
    __table_args__ = (Index("seen_by_instant", "at"),)
    team_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    launch_id: str
    at: datetime = Field(sa_type=Instant)
    by: str
    command: str
    code: str | None = None
    facts: dict[str, str] | None = Field(default=None, sa_column=Column(JSON))
