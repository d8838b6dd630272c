"""Pages, handovers, customer updates; Homes that were opened; what Slack does not let us do; who may add plans; who decides."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approvals",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "draft", "edition", "person"),
    )
    op.create_table(
        "deciders",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("checkpoint", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "checkpoint", "round", "person"),
    )
    op.create_table(
        "drafts",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("situation", sa.String(32), nullable=False),
        sa.Column("text_en", sa.String(64), nullable=True),
        sa.Column("text_fr", sa.String(64), nullable=True),
        sa.Column("next_at", sa.String(32), nullable=True),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("editor", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("stage_at", sa.String(32), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("sent_back_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(64), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("published_at", sa.String(32), nullable=True),
        sa.Column("is_reminded", sa.Boolean(), nullable=False),
        sa.Column("is_missed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "number"),
    )
    op.create_table(
        "handovers",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("edge", sa.String(32), nullable=False),
        sa.Column("outgoing", sa.String(), nullable=False),
        sa.Column("incoming", sa.String(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("announced_at", sa.String(32), nullable=False),
        sa.Column("is_reminded", sa.Boolean(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("accepted_by", sa.String(), nullable=True),
        sa.Column("accepted_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "role", "shift"),
    )
    op.create_table(
        "homes",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "user"),
    )
    op.create_index("homes_by_instant", "homes", ["opened_at"])
    op.create_table(
        "lacks",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("errand", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "errand"),
    )
    op.create_table(
        "outlets",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "audience"),
    )
    op.create_table(
        "pages",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("called_at", sa.String(32), nullable=False),
        sa.Column("rang_at", sa.String(32), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(64), nullable=True),
        sa.Column("shift", sa.String(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("taken_at", sa.String(32), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.Column("resolved_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "number"),
    )
    op.create_table(
        "rings",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("launch_id", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("has_passed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "launch_id", "page", "person"),
    )
    with op.batch_alter_table("houses") as houses:
        houses.add_column(sa.Column("admins", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("houses") as houses:
        houses.alter_column("admins", server_default=None)
