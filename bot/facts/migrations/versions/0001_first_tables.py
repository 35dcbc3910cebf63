"""First tables: releases, versioned records, their topics, sentence vectors."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("loaded_at", sa.DateTime, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "record",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("record_id", sa.String(80), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("valid_from", sa.Integer, sa.ForeignKey("release.id"), nullable=False),
        sa.Column("valid_to", sa.Integer, sa.ForeignKey("release.id")),
    )
    op.create_index("ix_record_kind_id", "record", ["kind", "record_id"])
    op.create_index("ix_record_valid_to", "record", ["valid_to"])
    op.create_table(
        "record_topic",
        sa.Column("record_pk", sa.Integer, sa.ForeignKey("record.pk"), primary_key=True),
        sa.Column("topic", sa.String(32), primary_key=True),
    )
    op.create_index("ix_record_topic_topic", "record_topic", ["topic"])
    op.create_table(
        "vector",
        sa.Column("text_hash", sa.String(64), primary_key=True),
        sa.Column("encoder", sa.String(40), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    for table in ("vector", "record_topic", "record", "release"):
        op.drop_table(table)
