"""Gathers what one topic has to say to a question: facts, and the gap where no fact answers it. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.answer.select import Choice, choose, fit
from bot.answer.snapshot import Snapshot
from bot.facts.schema import Fact, Gap
from bot.vocabulary import LAW_TOPICS

GAP_FITS = 0.45  # likeness from which a gap is what was asked about
NEAR = 0.45  # likeness from which a fact is near enough to count as an answer
CLEARLY = 0.08  # below that, a gap so much more like the question than the best fact leaves it unanswered
KIND_OF_TOPIC = {"report_problem": "report_problem", "decision_help": "decision"}
PLACE_TOPICS = (*LAW_TOPICS, "other_countries", "report_problem")  # what holds in one country is not shown for another

AT_HOME = ("how_given", "home_products", "choosing_provider", "skin_absorption", "product_quality", "origin")  # home first


@dataclass(frozen=True)
class Section:
    """What one topic contributes to a reply."""

    topic: str
    choice: Choice
    gap: Gap | None = None
    unanswered: bool = False  # the gap is what was asked about, and no fact comes near


def _facts(topic: str, snapshot: Snapshot, scope: Mapping[str, str]) -> list[Fact]:
    """The topic's facts; for law, where none names the place, those of the other law topics that do. None of elsewhere."""
    facts = snapshot.of_topic(topic)
    if topic not in PLACE_TOPICS or "jurisdiction" not in scope:
        return facts
    place = {"jurisdiction": scope["jurisdiction"]}
    if topic != "report_problem" and not any(fit(fact, place) == 2 for fact in facts):
        others = [fact for name in (*LAW_TOPICS, "other_countries") for fact in snapshot.of_topic(name) if fit(fact, place) == 2]
        facts = [*facts, *others]
    kept = {fact.id: fact for fact in facts if fit(fact, place)}
    return list(kept.values())


def gather(
    topic: str, *, snapshot: Snapshot, scope: Mapping[str, str], vector: np.ndarray | None, home: str, alone: bool
) -> Section:
    """The section of one topic; `alone` where it is the only one of the reply. `home` is the clinic's country."""
    narrowed = dict(scope)
    if topic in (*PLACE_TOPICS, *AT_HOME) and topic != "other_countries":
        narrowed.setdefault("jurisdiction", home)
    facts = _facts(topic, snapshot, narrowed)
    gaps = [gap for gap in snapshot.gaps_of(topic) if fit(gap, scope)]
    relevance = snapshot.relevance([*facts, *gaps], vector)
    gap = max(gaps, key=lambda entry: relevance[entry.id], default=None)
    best = max((relevance[fact.id] for fact in facts if fit(fact, narrowed)), default=0.0)
    asked = relevance[gap.id] if gap else 0.0
    place = {key: value for key, value in narrowed.items() if key == "jurisdiction"}
    unknown_place = topic in PLACE_TOPICS and bool(place) and not any(fit(fact, place) == 2 for fact in facts)
    if gap and facts and not unknown_place and (asked < max(GAP_FITS, best) or topic in KIND_OF_TOPIC):
        gap = None
    usual = 3 if alone and gap is None else 2
    chosen = choose(facts, snapshot=snapshot, scope=narrowed, relevance=relevance, usual=usual, limit=4 if alone else 2)
    unanswered = not chosen.shown or bool(gap and (unknown_place or (best < NEAR and asked >= best + CLEARLY)))
    return Section(topic, chosen, gap, unanswered)
