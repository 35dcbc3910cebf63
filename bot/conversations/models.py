"""The tables of the conversations (SQLAlchemy). Imports no Rasa."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import DeclarativeMeta, registry

mapper = registry()
ID_LENGTH = 200


class Base(metaclass=DeclarativeMeta):
    """Base of the tables."""

    __abstract__ = True
    registry = mapper
    metadata = mapper.metadata
    __init__ = mapper.constructor


class ConversationRow(Base):
    """One conversation. Times are seconds since 1970 (UTC); `state` is JSON: what holds after its newest event.

    `last`, JSON too: the newest message whose sender gave it a name, and the whole reply to it.
    """

    __tablename__ = "conversation"
    id = Column(String(ID_LENGTH), primary_key=True)
    started_at = Column(Float, nullable=False)
    last_at = Column(Float, nullable=False, index=True)
    state = Column(Text, nullable=False)
    last = Column(Text)


class EventRow(Base):
    """One event of a conversation, in the order of `id`. `kind` is "user", "bot", "action" …; `body` is JSON.

    Text and not the database's own JSON: PostgreSQL's refuses some characters that people type.
    """

    __tablename__ = "conversation_event"
    id = Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    conversation = Column(String(ID_LENGTH), ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False)
    at = Column(Float, nullable=False)
    kind = Column(String(40), nullable=False)
    body = Column(Text, nullable=False)
    __table_args__ = (
        Index("ix_conversation_event_order", "conversation", "id"),
        Index("ix_conversation_event_at", "at"),
    )
