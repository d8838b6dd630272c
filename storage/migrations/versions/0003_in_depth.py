"""Checkpoints in tiers and series, conditions, spoken answers; planned holds, T-0, live; problems; plans that change on the day."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FILLED = {
    "polls": ("tier", "occurrence", "is_pressed", "is_escalated"),
    "asked": ("is_second",),
    "votes": ("is_disputed",),
    "holds": ("asked",),
}
"""The columns in which old rows had to be given something."""


def upgrade() -> None:
    op.create_table(
        "announced",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("checkpoint", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "checkpoint"),
    )
    op.create_table(
        "questions",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("words", sa.String(64), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("answer", sa.Float(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "name"),
    )
    op.create_table(
        "objections",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("checkpoint", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("let_stand_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "checkpoint", "round", "role"),
    )
    op.create_table(
        "milestones",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("reached", sa.String(32), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("reason", sa.String(64), nullable=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "reached"),
    )
    op.create_table(
        "problems",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(64), nullable=False),
        sa.Column("impact", sa.String(32), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("decide_by", sa.String(32), nullable=True),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("closed_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "number"),
    )
    op.create_table(
        "offers",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("shown_to", sa.Text(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("left_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "number"),
    )
    with op.batch_alter_table("launches") as launches:
        launches.add_column(sa.Column("plan_source", sa.String(64), nullable=True))
    with op.batch_alter_table("polls") as polls:
        polls.add_column(sa.Column("tier", sa.Integer(), nullable=False, server_default="0"))
        polls.add_column(sa.Column("occurrence", sa.Integer(), nullable=False, server_default="0"))
        polls.add_column(sa.Column("due_at", sa.String(32), nullable=True))
        polls.add_column(sa.Column("is_pressed", sa.Boolean(), nullable=False, server_default="0"))
        polls.add_column(sa.Column("is_escalated", sa.Boolean(), nullable=False, server_default="0"))
    with op.batch_alter_table("asked") as asked:
        asked.add_column(sa.Column("is_second", sa.Boolean(), nullable=False, server_default="0"))
    with op.batch_alter_table("votes") as votes:
        votes.add_column(sa.Column("recorded_by", sa.String(), nullable=True))
        votes.add_column(sa.Column("is_disputed", sa.Boolean(), nullable=False, server_default="0"))
    with op.batch_alter_table("holds") as holds:
        holds.add_column(sa.Column("owner", sa.String(), nullable=True))
        holds.add_column(sa.Column("planned", sa.String(), nullable=True))
        holds.add_column(sa.Column("asked", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("pages") as pages:
        pages.add_column(sa.Column("checkpoint", sa.String(), nullable=True))
    for table, names in FILLED.items():
        with op.batch_alter_table(table) as filled:
            for name in names:
                filled.alter_column(name, server_default=None)
