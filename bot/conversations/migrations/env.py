"""Alembic's entry: runs the migrations of the conversations on the connection that `bot.database` hands over."""

from alembic import context

from bot.conversations.models import Base

connection = context.config.attributes["connection"]
# A version table of its own: facts and conversations may share one database.
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, version_table="conversations_version")
with context.begin_transaction():
    context.run_migrations()
