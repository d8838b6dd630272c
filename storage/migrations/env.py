"""Runs migrations on the engine that `storage.database.upgrade` hands over: all of them, or none."""

from alembic import context
from sqlalchemy import Engine
from sqlmodel import SQLModel

from storage import models

engine: Engine = context.config.attributes["engine"]

with engine.connect() as connection:
    # Batch mode rebuilds tables: with foreign keys on, that would delete children without a word. Inside a transaction it would do nothing.
    connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()

__all__ = ["models"]
