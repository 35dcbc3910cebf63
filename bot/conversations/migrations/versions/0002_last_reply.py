"""The newest message that the sender named, and what was said to it: sent again, it is not taken twice."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("conversation", sa.Column("last", sa.Text))


def downgrade() -> None:
    # Not in a batch: for SQLite that makes the table anew, and dropping the old one takes all that refers to it along.
    op.execute("ALTER TABLE conversation DROP COLUMN last")
