"""Launches and houses as rows: loaded whole, saved as the rows that are other objects than before, table by table."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, literal_column, or_, select

from launch.birth import plan_in
from launch.game import Value
from launch.house import House, PlanEntry
from launch.messages import HOUSE
from launch.state import SLICES, Launch, Status
from launch.words import Words
from storage import deadlines, timeline
from storage.deadlines import Timers
from storage.models import (
    AnnouncedRow,
    ApprovalRow,
    AskedRow,
    DeciderRow,
    DraftRow,
    DutyRow,
    HandoverRow,
    HoldRow,
    HouseRow,
    LackRow,
    LaunchRow,
    MemberRow,
    MilestoneRow,
    ObjectionRow,
    OfferRow,
    OutletRow,
    PageRow,
    PlanRow,
    PollRow,
    ProblemRow,
    QuestionRow,
    RingRow,
    VoteRow,
)
from storage.tables import drop, put, table
from storage.words import recall

LAUNCHES, HOUSES, PLANS = table(LaunchRow), table(HouseRow), table(PlanRow)
SLICE_TABLES: dict[str, Table] = {
    "members": table(MemberRow),
    "duty": table(DutyRow),
    "questions": table(QuestionRow),
    "announced": table(AnnouncedRow),
    "polls": table(PollRow),
    "asked": table(AskedRow),
    "votes": table(VoteRow),
    "objections": table(ObjectionRow),
    "deciders": table(DeciderRow),
    "holds": table(HoldRow),
    "milestones": table(MilestoneRow),
    "pages": table(PageRow),
    "rings": table(RingRow),
    "handovers": table(HandoverRow),
    "drafts": table(DraftRow),
    "approvals": table(ApprovalRow),
    "outlets": table(OutletRow),
    "problems": table(ProblemRow),
    "lacks": table(LackRow),
    "offers": table(OfferRow),
}
AS_WRITTEN: ColumnElement[int] = literal_column("rowid")
"""SQLite's own: a row that is written over keeps its place."""
LATELY = timedelta(hours=48)
HOUSE_FIELDS = ("team_id", "last_at", "seq", "admins")
HEAD_FIELDS = tuple(f.name for f in fields(Launch) if f.name not in SLICES and f.name != "plan")


@dataclass(frozen=True, slots=True)
class Kept:
    """A value as the database has it, with the hash of its newest entry and its running timers."""

    value: Value | None
    head: str
    timers: Timers


def load(tx: Connection, team_id: str, launch_id: str) -> Kept:
    """Everything about one launch, or about the house of a workspace; `value` is None when there is no such launch."""
    value = load_house(tx, team_id) if launch_id == HOUSE else load_launch(tx, team_id, launch_id)
    return Kept(value, timeline.head_of(tx, team_id, launch_id), deadlines.load(tx, team_id, launch_id))


def load_launch(tx: Connection, team_id: str, launch_id: str) -> Launch | None:
    query = select(LAUNCHES).where(LAUNCHES.c.team_id == team_id, LAUNCHES.c.id == launch_id)
    head = tx.execute(query).mappings().one_or_none()
    if head is None:
        return None
    slices: dict[str, Any] = {name: load_slice(tx, name, kind, team_id, launch_id) for name, kind in SLICES.items()}
    texts = recall(tx, team_id, [value.digest for value in head.values() if isinstance(value, Words)])
    told: dict[str, Any] = {name: texts.get(value.digest, value) if isinstance(value, Words) else value for name, value in head.items()}
    return Launch(**told, plan=plan_in(str(told["plan_words"])), **slices)


def load_slice(tx: Connection, name: str, kind: type[Any], team_id: str, launch_id: str) -> dict[Any, Any]:
    """The rows of one slice by key, in the order they were written: the state has them in that order too."""
    rows = SLICE_TABLES[name]
    query = select(*(rows.c[field.name] for field in fields(kind))).where(rows.c.team_id == team_id, rows.c.launch_id == launch_id)
    found = tx.execute(query.order_by(AS_WRITTEN)).mappings().all()
    texts = recall(tx, team_id, (v.digest for row in found for v in row.values() if isinstance(v, Words)))
    values = [kind(**{k: texts.get(v.digest, v) if isinstance(v, Words) else v for k, v in row.items()}) for row in found]
    return {value.key: value for value in values}


def load_house(tx: Connection, team_id: str) -> House | None:
    head = tx.execute(select(HOUSES).where(HOUSES.c.team_id == team_id)).one_or_none()
    if head is None:
        return None
    rows = tx.execute(select(PLANS).where(PLANS.c.team_id == team_id).order_by(AS_WRITTEN)).all()
    texts = recall(tx, team_id, (row.source.digest for row in rows))
    plans = {r.plan: PlanEntry(r.plan, r.version, texts.get(r.source.digest, r.source), r.added_at) for r in rows}
    return House(team_id, head.last_at, head.seq, admins=head.admins, plans=plans)


def lively_ids(tx: Connection, now: datetime) -> list[tuple[str, str]]:
    """The launches (team, id) that are not over, or ended lately: their last cards may not be drawn yet; and the houses."""
    is_lively = or_(LAUNCHES.c.status != Status.CLOSED, LAUNCHES.c.closed_at > now - LATELY)
    query = select(LAUNCHES.c.team_id, LAUNCHES.c.id).where(is_lively).order_by(LAUNCHES.c.born_at)
    found = [(row.team_id, row.id) for row in tx.execute(query)]
    return found + [(team_id, HOUSE) for team_id in tx.execute(select(HOUSES.c.team_id)).scalars()]


def save(tx: Connection, changes: Iterable[tuple[Value | None, Value]]) -> None:
    """Write (before, after) of any number of values: first every head, then each slice's changed rows."""
    pairs = [(before, after) for before, after in changes if before is not after]
    put(tx, LAUNCHES, [{f: getattr(after, f) for f in HEAD_FIELDS} for _, after in pairs if isinstance(after, Launch)])
    put(tx, HOUSES, [{f: getattr(a, f) for f in HOUSE_FIELDS} for _, a in pairs if isinstance(a, House)])
    for name, kind in SLICES.items():
        rows = [(b if isinstance(b, Launch) else None, a) for b, a in pairs if isinstance(a, Launch)]
        save_slice(tx, name, kind, rows)
    for before, after in pairs:
        if isinstance(after, House):
            known = before.plans if isinstance(before, House) else {}
            put(tx, PLANS, [plan_row(after.team_id, e) for k, e in after.plans.items() if known.get(k) is not e])


def save_slice(tx: Connection, name: str, kind: type[Any], pairs: Iterable[tuple[Launch | None, Launch]]) -> None:
    """Write the rows of one slice that are other objects than before, and delete those that are gone."""
    names = [field.name for field in fields(kind)]
    read, new, gone = attrgetter(*names), [], []
    for before, after in pairs:
        then, now = (getattr(before, name) if before else {}), getattr(after, name)
        if then is now:
            continue
        where = {"team_id": after.team_id, "launch_id": after.id}
        new += [{**where, **dict(zip(names, read(row), strict=True))} for key, row in now.items() if then.get(key) is not row]
        gone += [{**where, **key_of(name, row)} for key, row in then.items() if key not in now]
    put(tx, SLICE_TABLES[name], new)
    drop(tx, SLICE_TABLES[name], gone)


def key_of(name: str, row: Any) -> dict[str, Any]:
    """The key columns of a slice's row, behind team and launch."""
    return {c.name: getattr(row, c.name) for c in SLICE_TABLES[name].primary_key.columns if hasattr(row, c.name)}


def plan_row(team_id: str, entry: PlanEntry) -> dict[str, Any]:
    return {"team_id": team_id, **{f.name: getattr(entry, f.name) for f in fields(entry)}}
