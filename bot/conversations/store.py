"""Keeps conversations, reads back their newest turns, and forgets them. Imports no Rasa."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import bindparam, delete, event, exists, func, insert, literal, null, select, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.conversations.models import ConversationRow, EventRow
from bot.database import connect, migrate, read
from bot.database_errors import why
from bot.errors import StoreError
from bot.settings import settings

MIGRATIONS = Path(__file__).parent / "migrations"
T = TypeVar("T")
NO_STATE: dict[str, Any] = {"slots": {}, "loop": None}
LOOKED_BACK = 500  # events that a turn which is tried again may have been followed by
UPSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@cache
def _upsert(dialect: str, *changing: str, once: bool) -> Any:
    """Adds a conversation, or changes those columns of it; with `once`, only where nothing newer is there."""
    made = UPSERT[dialect](ConversationRow)
    newest = ConversationRow.last_at <= made.excluded.last_at if once else None
    return made.on_conflict_do_update(index_elements=["id"], set_={name: made.excluded[name] for name in changing}, where=newest)


# What each turn asks for, made once: to make a statement takes as long as to run it.
ADD = insert(EventRow)
_MINE = EventRow.conversation == bindparam("conversation")
_ASKED = select(EventRow.id).where(_MINE, EventRow.kind == "user").order_by(EventRow.id.desc())
_FIRST = _ASKED.offset(bindparam("skipped")).limit(1).scalar_subquery()
_CUT = exists(select(EventRow.id).where(_MINE, EventRow.id < _FIRST))
# The conversation's own row first, then the events from `_FIRST` on: all that a turn begins with, in one statement.
_HEAD = select(literal(0).label("id"), ConversationRow.state, ConversationRow.last, _CUT.label("cut"), null().label("body")).where(
    ConversationRow.id == bindparam("conversation")
)
_TAIL = select(EventRow.id, null(), null(), literal(False), EventRow.body).where(_MINE, EventRow.id >= func.coalesce(_FIRST, 0))
RECENT = union_all(_HEAD, _TAIL).order_by("id")
# A server that waits for a locked SQLite file keeps its user waiting; zeroes replace what is deleted.
SQLITE = ("PRAGMA busy_timeout=1000", "PRAGMA synchronous=NORMAL", "PRAGMA secure_delete=ON")


@dataclass(frozen=True)
class Recent:
    """The newest events of a conversation, oldest first; `cut`: there are older ones. `state` and `last` are what was kept last."""

    state: Mapping[str, Any]
    events: Sequence[dict[str, Any]]
    cut: bool
    last: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Whole:
    """Everything that is kept of a conversation; times are seconds since 1970 (UTC)."""

    id: str
    started_at: float
    last_at: float
    state: Mapping[str, Any]
    events: Sequence[dict[str, Any]]
    last: Mapping[str, Any] | None = None


class ConversationStore:
    """All access to the tables. Every method is one short transaction and raises StoreError when it fails."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(f"The conversations cannot be used: {why(error)}.") from error

    def append(
        self,
        conversation: str,
        events: Sequence[Mapping[str, Any]],
        *,
        state: Mapping[str, Any] | None,
        last: Mapping[str, Any] | None = None,
        once: bool = False,
    ) -> None:
        """Adds the `events` of a turn (each with `event` and `timestamp`, as JSON data), all of it or nothing.

        `state` is kept as the newest; None where the turn was made without knowing what held before: then that stays. `last`
        is `sent`, the name that the sender gave the message, and `said`, the whole reply. `once`: an earlier try of the same
        turn may have worked, and later turns may have come since.
        """
        if not events:
            return
        rows = [
            {"conversation": conversation, "at": float(e["timestamp"]), "kind": str(e["event"])[:40], "body": json.dumps(e)}
            for e in events
        ]
        last_at = max(float(e["timestamp"]) for e in events)
        new = {"id": conversation, "started_at": rows[0]["at"], "last_at": last_at}
        new |= {"state": json.dumps(state or NO_STATE), "last": json.dumps(last) if last else None}
        changing = ("last_at", "last") if state is None else ("last_at", "last", "state")
        with self._transaction() as connection:
            if once and self._there(connection, rows[0]):
                return
            connection.execute(_upsert(connection.dialect.name, *changing, once=once), new)
            connection.execute(ADD, rows)

    @staticmethod
    def _there(connection: Connection, row: Mapping[str, Any]) -> bool:
        query = select(EventRow.body).where(EventRow.conversation == row["conversation"])
        newest = connection.execute(query.order_by(EventRow.id.desc()).limit(LOOKED_BACK)).scalars()
        return row["body"] in newest

    def _read(self, work: Callable[[Connection], T]) -> T:
        try:
            return read(self.engine, work)
        except SQLAlchemyError as error:
            raise StoreError(f"The conversations cannot be used: {why(error)}.") from error

    def recent(self, conversation: str, *, turns: int) -> Recent | None:
        """The events from the last `turns` messages of the person on; None for a conversation that is not kept."""
        asked = {"conversation": conversation, "skipped": turns - 1}
        head, *tail = self._read(lambda connection: connection.execute(RECENT, asked).all()) or [None]
        if head is None:
            return None
        last = json.loads(head.last) if head.last else None
        return Recent(json.loads(head.state), [json.loads(row.body) for row in tail], bool(head.cut), last)

    def newest(self, conversation: str, *, kind: str, limit: int) -> list[dict[str, Any]]:
        """The newest events of one kind, newest first."""
        query = select(EventRow.body).where(EventRow.conversation == conversation, EventRow.kind == kind)
        newest = query.order_by(EventRow.id.desc()).limit(limit)
        return [json.loads(body) for body in self._read(lambda connection: connection.execute(newest).scalars().all())]

    def said(self, *, since: float) -> list[tuple[str, dict[str, Any]]]:
        """The messages of people and the replies from that time on, as (conversation, event), each conversation in order."""
        query = select(EventRow.conversation, EventRow.body).where(EventRow.at >= since, EventRow.kind.in_(("user", "bot")))
        with self._transaction() as connection:
            found = connection.execute(query.order_by(EventRow.conversation, EventRow.id)).all()
        return [(row.conversation, json.loads(row.body)) for row in found]

    def whole(self, conversation: str) -> Whole | None:
        """Everything that is kept of a conversation; None when nothing is."""
        with self._transaction() as connection:
            row = connection.execute(select(ConversationRow.__table__).where(ConversationRow.id == conversation)).first()
            query = select(EventRow.body).where(EventRow.conversation == conversation).order_by(EventRow.id)
            bodies = connection.execute(query).scalars().all()
        if row is None:
            return None
        events, last = [json.loads(body) for body in bodies], json.loads(row.last) if row.last else None
        return Whole(row.id, row.started_at, row.last_at, json.loads(row.state), events, last)

    def ids(self) -> list[str]:
        """The ids of all conversations that are kept, oldest first."""
        with self._transaction() as connection:
            return list(connection.execute(select(ConversationRow.id).order_by(ConversationRow.started_at)).scalars())

    def purge(self, *, before: float) -> tuple[int, int]:
        """Forgets every event before that time; returns how many conversations are gone and how many messages of people."""
        old = EventRow.at < before
        with self._transaction() as connection:
            said = select(func.count()).select_from(EventRow).where(old, EventRow.kind == "user")
            messages = int(connection.execute(said).scalar_one())
            connection.execute(delete(EventRow).where(old))
            gone = int(connection.execute(delete(ConversationRow).where(ConversationRow.last_at < before)).rowcount)
        self._tidy()
        return gone, messages

    def erase(self, conversation: str) -> bool:
        """Forgets one conversation; whether there was one."""
        with self._transaction() as connection:
            there = connection.execute(delete(ConversationRow).where(ConversationRow.id == conversation)).rowcount > 0
        self._tidy()
        return there

    def _tidy(self) -> None:
        """Empties SQLite's write-ahead log, which still holds what was deleted; PostgreSQL's autovacuum needs no help."""
        if self.engine.dialect.name == "sqlite":
            with self._transaction() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def open_conversations(url: str) -> ConversationStore:
    """The store at `url` with its tables up to date. Raises StoreError."""
    engine = connect(url, setting="TRACKER_URL", what="conversations")
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _set_up(connection: Any, _: object) -> None:
            for line in SQLITE:
                connection.execute(line)

    migrate(engine, scripts=MIGRATIONS, what="conversations")
    return ConversationStore(engine)


@lru_cache(maxsize=1)
def conversations() -> ConversationStore:
    """The conversations of this process."""
    return open_conversations(settings().conversations_url)
