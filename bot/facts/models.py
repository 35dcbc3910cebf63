"""The tables of the facts store (SQLAlchemy). A record is never overwritten: a change closes the old row and adds one."""

from __future__ import annotations

from sqlalchemy import JSON, Column, DateTime, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import DeclarativeMeta, registry

mapper = registry()


class Base(metaclass=DeclarativeMeta):
    """Base of the tables."""

    __abstract__ = True
    registry = mapper
    metadata = mapper.metadata
    __init__ = mapper.constructor


class Release(Base):
    """One successful load of the YAML folders. `loaded_at` is in UTC without a zone."""

    __tablename__ = "release"
    id = Column(Integer, primary_key=True)
    loaded_at = Column(DateTime, nullable=False)
    content_hash = Column(String(64), nullable=False)


class RecordRow(Base):
    """One version of one record, shown from release `valid_from` until before release `valid_to` (open: None)."""

    __tablename__ = "record"
    pk = Column(Integer, primary_key=True)
    kind = Column(String(16), nullable=False)
    record_id = Column(String(80), nullable=False)
    content_hash = Column(String(64), nullable=False)
    body = Column(JSON, nullable=False)
    valid_from = Column(Integer, ForeignKey("release.id"), nullable=False)
    valid_to = Column(Integer, ForeignKey("release.id"))
    __table_args__ = (Index("ix_record_kind_id", "kind", "record_id"), Index("ix_record_valid_to", "valid_to"))


class TopicRow(Base):
    """Which topics a fact or a gap answers."""

    __tablename__ = "record_topic"
    record_pk = Column(Integer, ForeignKey("record.pk"), primary_key=True)
    topic = Column(String(32), primary_key=True, index=True)


class VectorRow(Base):
    """The sentence vector of one text, kept by content so that unchanged texts are not encoded again."""

    __tablename__ = "vector"
    text_hash = Column(String(64), primary_key=True)
    encoder = Column(String(40), primary_key=True)
    data = Column(LargeBinary, nullable=False)
