"""Writes what the facts store holds into one SQLite file of plain words, for the page of all facts. Imports no Rasa.

The copy holds nothing but facts, sources, gaps and their history: no conversation, no vector, no address of a database.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.curation.facts import changed_fields
from bot.curation.page import words
from bot.facts.catalogue import PATTERNS
from bot.facts.store import FactStore, Versions

TABLES = """
CREATE TABLE releases (release INTEGER PRIMARY KEY, loaded_at TEXT, added INTEGER, changed INTEGER, dropped INTEGER);
CREATE TABLE sources (id TEXT PRIMARY KEY, title TEXT, authors TEXT, publisher TEXT, kind TEXT, published TEXT, link TEXT,
    may_gain TEXT, read_as TEXT, retrieved TEXT, licence TEXT, facts INTEGER);
CREATE TABLE facts (id TEXT PRIMARY KEY, statement TEXT, topics TEXT, evidence TEXT, stance TEXT, as_of TEXT, review_by TEXT,
    review TEXT, sources TEXT, detail TEXT, limited_to TEXT, studied TEXT, caveats TEXT, belongs_with TEXT, first_shown TEXT,
    last_changed TEXT);
CREATE TABLE gaps (id TEXT PRIMARY KEY, statement TEXT, topics TEXT, ask TEXT, checked TEXT, review_by TEXT, review TEXT,
    limited_to TEXT, first_shown TEXT, last_changed TEXT);
CREATE TABLE citations (id INTEGER PRIMARY KEY, fact TEXT REFERENCES facts(id), source TEXT REFERENCES sources(id), place TEXT);
CREATE TABLE changes (id INTEGER PRIMARY KEY, at TEXT, release INTEGER REFERENCES releases(release), kind TEXT, record TEXT,
    change TEXT, field TEXT, was TEXT, is_now TEXT);
CREATE INDEX citations_fact ON citations (fact);
CREATE INDEX citations_source ON citations (source);
CREATE INDEX changes_record ON changes (record);
CREATE VIEW reviews AS
    SELECT review_by, review, 'fact' AS kind, id AS record, statement FROM facts
    UNION ALL SELECT review_by, review, 'gap', id, statement FROM gaps ORDER BY review_by, record;
"""
SEARCHED = {
    "facts": ("id", "statement", "detail", "topics", "evidence", "sources", "caveats", "limited_to", "studied"),
    "gaps": ("id", "statement", "topics", "ask"),
    "sources": ("id", "title", "authors", "publisher", "kind", "may_gain"),
    "changes": ("record", "field", "was", "is_now"),
}
Body = dict[str, Any]


class Shown:
    """The records on show, by kind and id, and when each came and was last changed."""

    def __init__(self, versions: Versions) -> None:
        self.bodies: dict[str, dict[str, Body]] = {}
        self.since: dict[tuple[str, str], tuple[str, str]] = {}
        for row in versions.rows:
            at = words.moment(versions.loaded[row.valid_from])
            key = row.kind, row.record_id
            self.since[key] = (self.since.get(key, (at,))[0], at)
            if row.valid_to is None:
                record = PATTERNS[row.kind][1].parse_obj(row.body)  # an older version may have kept it with fewer fields
                self.bodies.setdefault(row.kind, {})[row.record_id] = json.loads(record.json())

    def of(self, kind: str) -> dict[str, Body]:
        """The records of one kind."""
        return self.bodies.get(kind, {})


def _facts(shown: Shown, today: dt.date) -> Iterator[tuple[Any, ...]]:
    caveats, sources = shown.of("caveats"), shown.of("sources")
    for key, fact in shown.of("facts").items():
        cited = dict.fromkeys(sources[citation["source"]]["short"] for citation in fact["citations"])
        with_it = [f"{name.replace('_', ' ')}: {', '.join(fact[name])}" for name in words.BESIDE if fact[name]]
        yield (
            key, fact["statement"], words.topics(fact, shown.of("topics")), words.evidence(fact), words.STANCES[fact["stance"]],
            fact["as_of"], fact["review_by"], words.review(fact["review_by"], today), "; ".join(cited), fact["detail"],
            words.limited_to(fact), words.studied(fact["population"]), "\n".join(caveats[name]["text"] for name in fact["caveats"]),
            "\n".join(with_it), *shown.since["facts", key],
        )  # fmt: skip


def _gaps(shown: Shown, today: dt.date) -> Iterator[tuple[Any, ...]]:
    for key, gap in shown.of("gaps").items():
        yield (
            key, gap["statement"], words.topics(gap, shown.of("topics")), "\n".join(gap["ask"]), gap["checked"], gap["review_by"],
            words.review(gap["review_by"], today), words.limited_to(gap), *shown.since["gaps", key],
        )  # fmt: skip


def _sources(shown: Shown) -> Iterator[tuple[Any, ...]]:
    cited = Counter(name for fact in shown.of("facts").values() for name in {citation["source"] for citation in fact["citations"]})
    for key, source in shown.of("sources").items():
        yield (
            key, source["title"], ", ".join(source["authors"]), source["publisher"], words.source_kind(source),
            source["published"] or source["undated"], source["url"] or (source["doi"] and f"https://doi.org/{source['doi']}"),
            source["interest"] or words.NO_GAIN, source["read_as"], source["retrieved"], source["licence"], cited[key],
        )  # fmt: skip


def _changes(versions: Versions) -> Iterator[tuple[Any, ...]]:
    """What each release added, changed and dropped, the oldest first; a changed record gives one row for each field."""
    found: list[tuple[Any, ...]] = []
    of_record: dict[tuple[str, str], list[Any]] = {}
    for row in versions.rows:
        of_record.setdefault((row.kind, row.record_id), []).append(row)
    for (kind, key), rows in of_record.items():
        for before, row, after in zip([None, *rows], rows, [*rows[1:], None]):
            named = words.KINDS[kind], key
            if before is None or before.valid_to != row.valid_from:
                found.append((row.valid_from, *named, "added", None, None, words.headline(row.body)))
            else:
                fields = changed_fields(before.body, row.body).items()
                found += [
                    (row.valid_from, *named, "changed", name, words.value(was), words.value(now)) for name, (was, now) in fields
                ]
            if row.valid_to is not None and (after is None or after.valid_from != row.valid_to):
                found.append((row.valid_to, *named, "dropped", None, words.headline(row.body), None))
    for release, *rest in sorted(found, key=lambda change: change[0]):
        yield (words.moment(versions.loaded[release]), release, *rest)


def write(store: FactStore, path: Path, *, today: dt.date) -> None:
    """Makes `path` the copy of what the store holds now; who reads it sees the old copy or the new one, never a mixture."""
    versions = store.versions()
    shown = Shown(versions)
    with contextlib.closing(sqlite3.connect(":memory:")) as made, contextlib.closing(sqlite3.connect(path)) as kept:
        made.executescript(TABLES)
        _insert(made, "releases (release, loaded_at)", ((number, words.moment(at)) for number, at in versions.loaded.items()))
        _insert(made, "sources", _sources(shown))
        _insert(made, "facts", _facts(shown, today))
        _insert(made, "gaps", _gaps(shown, today))
        cited = ((fact["id"], each["source"], each["locator"]) for fact in shown.of("facts").values() for each in fact["citations"])
        _insert(made, "citations (fact, source, place)", cited)
        _insert(made, "changes (at, release, kind, record, change, field, was, is_now)", _changes(versions))
        for change in ("added", "changed", "dropped"):
            counted = "SELECT count(DISTINCT kind || record) FROM changes c WHERE c.release = releases.release AND change = ?"
            made.execute(f"UPDATE releases SET {change} = ({counted})", (change,))
        for table, columns in SEARCHED.items():
            names = ", ".join(columns)
            made.execute(f"CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content=\"{table}\", tokenize='porter unicode61')")
            made.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
        made.commit()
        made.backup(kept)


def _insert(made: sqlite3.Connection, into: str, rows: Iterable[tuple[Any, ...]]) -> None:
    for row in rows:
        made.execute(f"INSERT INTO {into} VALUES ({', '.join('?' * len(row))})", row)
