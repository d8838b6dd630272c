"""Runs migrations on the engine that `storage.database.upgrade` hands over."""

from alembic import context
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from storage import models

engine: Engine = context.config.attributes["engine"]

with engine.connect() as connection:
    # Batch mode rebuilds tables: with foreign keys on, that would delete children and triggers without a word.
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.execute(text("SELECT 1"))
    connection.commit()

__all__ = ["models"]
