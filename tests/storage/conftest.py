"""A database of its own for each test of the rows."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.storage.databases import a_database


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An empty database at the head of the schema."""
    return a_database(tmp_path / "launchroom.db")
