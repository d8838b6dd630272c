"""Who the bot is in each workspace, as Slack said last."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from storage.models import WorkspaceRow
from storage.tables import put, table

WORKSPACES = table(WorkspaceRow)


def save(tx: Connection, workspace: Mapping[str, str]) -> None:
    """`workspace` has team_id, name, url, bot_id, bot_user_id."""
    put(tx, WORKSPACES, [workspace])


def load(tx: Connection) -> list[dict[str, str]]:
    return [dict(row) for row in tx.execute(select(WORKSPACES).order_by(WORKSPACES.c.team_id)).mappings()]
