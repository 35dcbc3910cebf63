"""The facts store: loads a checked catalogue as a new release, and answers what is, and was, on show. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.database import read, wait_for_turn
from bot.database_errors import why
from bot.errors import StoreError
from bot.facts.catalogue import PATTERNS, Catalogue
from bot.facts.models import RecordRow, Release, TopicRow, VectorRow
from bot.facts.schema import Fact, Gap, Record

NEWEST = select(func.coalesce(func.max(Release.id), 0))  # each reply asks for it, and making it took as long


class Encoder(Protocol):
    """What turns texts into unit vectors; `fingerprint` changes when its weights do."""

    fingerprint: str

    def encode(self, texts: list[str]) -> np.ndarray: ...


@dataclass(frozen=True)
class Versions:
    """Every version of every record, oldest first, and when each release was loaded (UTC, without a zone)."""

    loaded: dict[int, dt.datetime]
    rows: list[Any]  # with kind, record_id, body, valid_from and valid_to (None: on show)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _body(record: Record) -> tuple[dict[str, Any], str]:
    canonical = json.dumps(json.loads(record.json()), sort_keys=True, ensure_ascii=False)
    return json.loads(canonical), _hash(canonical)


def _bodies(catalogue: Catalogue) -> dict[tuple[str, str], tuple[Record, dict[str, Any], str]]:
    return {(kind, record.id): (record, *_body(record)) for kind, record in catalogue.records()}  # type: ignore[attr-defined]


def _content(wanted: dict[tuple[str, str], tuple[Record, dict[str, Any], str]]) -> str:
    return _hash("".join(sorted(f"{kind}{key}{digest}" for (kind, key), (_, _, digest) in wanted.items())))


def content_of(catalogue: Catalogue) -> str:
    """A hash of all that a release of `catalogue` would hold."""
    return _content(_bodies(catalogue))


def searchable(record: Fact | Gap) -> list[str]:
    """The texts by which a record can be found: its statement and its typical questions."""
    return [record.statement, *record.questions]


class FactStore:
    """All access to the tables. Every method opens its own short transaction and raises StoreError when it fails."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise StoreError(f"The facts store cannot be read: {why(error)}.") from error

    def release(self) -> int:
        """The number of the newest release, 0 when nothing was loaded yet."""
        try:
            return read(self.engine, lambda connection: int(connection.execute(NEWEST).scalar_one()))
        except SQLAlchemyError as error:
            raise StoreError(f"The facts store cannot be read: {why(error)}.") from error

    def load(self, catalogue: Catalogue, *, now: dt.datetime | None = None, again: bool = True) -> int:
        """Makes `catalogue` the newest release, all of it or nothing; returns the number of the newest release.

        A catalogue equal to what is stored changes nothing. Changed and dropped records keep their old versions. Without `again`,
        one that was a release before and was replaced since is not made the newest once more.
        """
        wanted = _bodies(catalogue)
        content = _content(wanted)
        try:
            with self.engine.begin() as connection:
                wait_for_turn(connection)
                newest = connection.execute(select(Release).order_by(Release.id.desc()).limit(1)).first()
                if newest and newest.content_hash == content:
                    return int(newest.id)
                if newest and not again and connection.execute(select(Release.id).where(Release.content_hash == content)).first():
                    return int(newest.id)
                when = (now or dt.datetime.now(dt.timezone.utc)).astimezone(dt.timezone.utc).replace(tzinfo=None)
                made = connection.execute(insert(Release).values(loaded_at=when, content_hash=content))
                number = int(made.inserted_primary_key[0])
                self._replace(connection, number, wanted)
                return number
        except SQLAlchemyError as error:
            raise StoreError(f"The facts could not be stored: {why(error)}.") from error

    @staticmethod
    def _replace(connection: Connection, number: int, wanted: dict[tuple[str, str], tuple[Record, dict, str]]) -> None:
        columns = (RecordRow.pk, RecordRow.kind, RecordRow.record_id, RecordRow.content_hash)
        current = {
            (row.kind, row.record_id): row for row in connection.execute(select(*columns).where(RecordRow.valid_to.is_(None)))
        }
        closed = [row.pk for key, row in current.items() if key not in wanted or wanted[key][2] != row.content_hash]
        for start in range(0, len(closed), 500):
            chunk = closed[start : start + 500]
            connection.execute(update(RecordRow).where(RecordRow.pk.in_(chunk)).values(valid_to=number))
        new = {key: row for key, row in wanted.items() if key not in current or current[key].content_hash != row[2]}
        rows = [
            {"kind": kind, "record_id": id, "content_hash": digest, "body": body, "valid_from": number}
            for (kind, id), (_, body, digest) in new.items()
        ]
        if rows:
            connection.execute(insert(RecordRow), rows)
        places = connection.execute(select(*columns[:3]).where(RecordRow.valid_from == number))
        topics = [
            {"record_pk": row.pk, "topic": topic}
            for row in places
            if isinstance(record := new[row.kind, row.record_id][0], (Fact, Gap))
            for topic in dict.fromkeys(record.topics)
        ]
        if topics:
            connection.execute(insert(TopicRow), topics)

    def shows(self, catalogue: Catalogue) -> bool:
        """Whether `catalogue` is what the newest release shows."""
        query = select(Release.content_hash).order_by(Release.id.desc()).limit(1)
        with self._reading() as connection:
            return bool(connection.execute(query).scalar() == content_of(catalogue))

    def records(self, kind: str, *, topic: str | None = None, release: int | None = None) -> list[Any]:
        """The records of one kind, of one topic if given, as shown by the newest or the given release."""
        query = select(RecordRow.body).where(RecordRow.kind == kind).order_by(RecordRow.pk)
        if release is None:
            query = query.where(RecordRow.valid_to.is_(None))
        else:
            query = query.where(RecordRow.valid_from <= release, (RecordRow.valid_to.is_(None)) | (RecordRow.valid_to > release))
        if topic is not None:
            query = query.join(TopicRow, TopicRow.record_pk == RecordRow.pk).where(TopicRow.topic == topic)
        model = PATTERNS[kind][1]
        with self._reading() as connection:
            return [model.parse_obj(body) for body in connection.execute(query).scalars()]

    def release_at(self, when: dt.datetime) -> int:
        """The number of the release that was on show at `when` (with a zone), 0 if there was none."""
        moment = when.astimezone(dt.timezone.utc).replace(tzinfo=None)
        with self._reading() as connection:
            query = select(func.coalesce(func.max(Release.id), 0)).where(Release.loaded_at <= moment)
            return int(connection.execute(query).scalar_one())

    def history(self, kind: str, record_id: str) -> list[tuple[dt.datetime, dt.datetime | None, dict]]:
        """Every version of one record, oldest first: shown from, shown until (None: still), body."""
        times = select(Release.id, Release.loaded_at)
        query = select(RecordRow).where(RecordRow.kind == kind, RecordRow.record_id == record_id)
        with self._reading() as connection:
            loaded = {row.id: row.loaded_at for row in connection.execute(times)}
            rows = connection.execute(query.order_by(RecordRow.valid_from)).all()
        return [(loaded[row.valid_from], loaded.get(row.valid_to), row.body) for row in rows]

    def versions(self) -> Versions:
        """Every version of every record there ever was."""
        columns = (RecordRow.kind, RecordRow.record_id, RecordRow.body, RecordRow.valid_from, RecordRow.valid_to)
        query = select(*columns).order_by(RecordRow.valid_from, RecordRow.pk)
        with self._reading() as connection:
            rows = connection.execute(query).all()  # first: each release that a row names is then among those read below
            loaded = {row.id: row.loaded_at for row in connection.execute(select(Release.id, Release.loaded_at))}
        return Versions(loaded, rows)

    def vectors(self, texts: Iterable[str], encoder: Encoder) -> dict[str, np.ndarray]:
        """Unit vectors of `texts`, encoding and keeping only those that are not kept yet."""
        wanted = {_hash(text): text for text in texts}
        query = select(VectorRow.text_hash, VectorRow.data).where(VectorRow.encoder == encoder.fingerprint)
        try:
            with self.engine.connect() as connection:
                kept = {row.text_hash: row.data for row in connection.execute(query) if row.text_hash in wanted}
            missing = [digest for digest in wanted if digest not in kept]
            if missing:
                fresh = encoder.encode([wanted[digest] for digest in missing]).astype(np.float32)
                rows = [
                    {"text_hash": digest, "encoder": encoder.fingerprint, "data": vector.tobytes()}
                    for digest, vector in zip(missing, fresh)
                ]
                with suppress(IntegrityError), self.engine.begin() as connection:  # another server kept one of them first
                    connection.execute(insert(VectorRow), rows)
                kept.update((row["text_hash"], row["data"]) for row in rows)
        except SQLAlchemyError as error:
            raise StoreError(f"The facts store cannot be used: {why(error)}.") from error
        return {text: np.frombuffer(kept[digest], dtype=np.float32) for digest, text in wanted.items()}
