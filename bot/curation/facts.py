"""What curators ask of the facts: which are due, what changed, how one came to be. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from bot.errors import StoreError
from bot.facts.catalogue import PATTERNS, Catalogue
from bot.facts.schema import Record
from bot.facts.store import FactStore

Bodies = dict[tuple[str, str], dict[str, Any]]


def stale(found: Catalogue, *, by: dt.date) -> list[dict[str, Any]]:
    """The facts and gaps whose review is due before `by`, the longest due first: kind, id, review_by, statement, file."""
    kinds: tuple[tuple[str, Mapping[str, Any]], ...] = (("facts", found.facts), ("gaps", found.gaps))
    due = [(record.review_by, kind, record) for kind, records in kinds for record in records.values() if record.review_by < by]
    return [
        {
            "kind": kind,
            "id": record.id,
            "review_by": when.isoformat(),
            "statement": record.statement,
            "file": found.files.get((kind, record.id), ""),
        }
        for when, kind, record in sorted(due, key=lambda row: (row[0], row[1], row[2].id))
    ]


def _body(record: Record) -> dict[str, Any]:
    return dict(json.loads(record.json()))


def of_catalogue(found: Catalogue) -> Bodies:
    """What the folders hold, as JSON data."""
    return {(kind, record.id): _body(record) for kind, record in found.records()}  # type: ignore[attr-defined]


def of_release(store: FactStore, release: int) -> Bodies:
    """What a release showed, as JSON data. Raises StoreError when there is no such release."""
    if not 1 <= release <= store.release():
        raise StoreError(f"There is no release {release} in the store; the newest is {store.release()}.")
    return {(kind, record.id): _body(record) for kind in PATTERNS for record in store.records(kind, release=release)}


def changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Each field that differs, with what it was and what it is."""
    return {name: [old.get(name), new.get(name)] for name in sorted({*old, *new}) if old.get(name) != new.get(name)}


def diff(old: Bodies, new: Bodies) -> list[dict[str, Any]]:
    """Every record that was added, changed or dropped: kind, id, change and, where it was changed, its fields."""
    changes = []
    for kind, key in sorted({*old, *new}):
        before, after = old.get((kind, key)), new.get((kind, key))
        if before == after:
            continue
        what = "added" if before is None else "dropped" if after is None else "changed"
        fields = changed_fields(before, after) if before and after else {}
        changes.append({"kind": kind, "id": key, "change": what, "fields": fields})
    return changes


def history(store: FactStore, id: str) -> list[dict[str, Any]]:
    """Every version of the records with this id, oldest first: shown from, until (None: still), what changed, and the whole."""
    found = []
    for kind in PATTERNS:
        before: dict[str, Any] = {}
        for shown_from, until, body in store.history(kind, id):
            times = {"from": shown_from.isoformat(timespec="seconds"), "until": until and until.isoformat(timespec="seconds")}
            fields = changed_fields(before, body) if before else {}
            found.append({"kind": kind, **times, "fields": fields, "record": body})
            before = body
    if not found:
        raise StoreError(f"The store has never held a record '{id}'.")
    return found
