"""A topic with very many facts gives the same answer as if each of them were looked at, and its promises hold."""

from __future__ import annotations

import dataclasses
import random

import numpy as np
import pytest

from bot.answer.retrieve import shelf
from bot.answer.retrieve.gather import Section, gather
from bot.answer.retrieve.query import Query
from bot.answer.retrieve.snapshot import Snapshot
from bot.facts.schema import Fact, Gap
from bot.facts.store import searchable
from bot.vocabulary import EVIDENCE
from tests.builders import catalogue_of, fact, gap, snapshot_of

WIDTH = 8
SCOPES: tuple[dict[str, list[str]], ...] = (
    {},
    {"route": ["laser"]},
    {"route": ["topical", "laser"]},
    {"use": ["hair"]},
    {"jurisdiction": ["EU"]},
    {"jurisdiction": ["US"]},
)


def _vector(chooser: random.Random) -> np.ndarray:
    found = np.array([chooser.gauss(0, 1) for _ in range(WIDTH)], dtype=np.float32)
    return np.asarray(found / np.linalg.norm(found))


def _store(chooser: random.Random, *, count: int) -> Snapshot:
    facts = [
        fact(
            f"fact-{number}",
            scope=chooser.choice(SCOPES),
            stance=chooser.choice(["for", "against", "neutral"]),
            evidence=chooser.choice(list(EVIDENCE)),
            conditions=chooser.choice([[], [], ["pregnancy"]]),
            as_of=f"20{chooser.randrange(10, 25)}",
        )
        for number in range(count)
    ]
    made = snapshot_of(catalogue_of(*facts, gap(conditions=["pregnancy"])))
    entries: list[Fact | Gap] = [*made.facts.values(), *made.gaps.values()]
    texts = [text for entry in entries for text in searchable(entry)]
    return dataclasses.replace(made, vectors={text: _vector(chooser) for text in texts})


def _section(snapshot: Snapshot, scope: dict[str, str], vector: np.ndarray | None, conditions: list[str]) -> Section:
    return gather(Query("side_effects", home="US", scope=scope, vector=vector, conditions=conditions), snapshot=snapshot)


@pytest.mark.parametrize("seed", range(12))
def test_the_same_facts_are_shown_as_if_all_were_looked_at(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chooser = random.Random(seed)
    snapshot = _store(chooser, count=300)
    for scope in ({}, {"route": "laser"}, {"use": "hair"}, {"jurisdiction": "DE"}, {"jurisdiction": "JP", "route": "laser"}):
        for conditions in ([], ["pregnancy"]):
            vector = _vector(chooser)
            few = _section(snapshot, scope, vector, conditions)
            with monkeypatch.context() as patch:
                patch.setattr(shelf, "MANY", 10_000)
                whole = _section(snapshot, scope, vector, conditions)
            assert few.choice.shown == whole.choice.shown
            assert dataclasses.replace(few, choice=whole.choice, nearest=0.0) == dataclasses.replace(whole, nearest=0.0)
            assert few.nearest == pytest.approx(whole.nearest)
            assert few.choice.rest  # there is something behind "more"


def test_without_vectors_the_strongest_and_newest_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = dataclasses.replace(_store(random.Random(1), count=200), vectors={})
    assert 0 < len(_section(snapshot, {}, None, []).choice.shown) <= 4


def test_what_has_no_source_or_is_replaced_is_not_on_the_shelf() -> None:
    snapshot = _store(random.Random(2), count=100)
    facts: dict[str, Fact] = dict(snapshot.facts)
    facts["fact-0"] = facts["fact-0"].copy(update={"supersedes": ("fact-1",)})
    found = shelf.foremost(
        "side_effects", snapshot=dataclasses.replace(snapshot, facts=facts, sources={}), scope={}, vector=None, conditions=()
    )
    assert found == []
    taken = shelf.foremost(
        "side_effects", snapshot=dataclasses.replace(snapshot, facts=facts, shelves={}), scope={}, vector=None, conditions=()
    )
    assert 40 <= len(taken) < 60
    assert "fact-1" not in {found.id for found in taken}
