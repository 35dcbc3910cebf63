"""Which gap a question is about, and which facts may stand beside it. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.answer.retrieve.rank import leads
from bot.answer.retrieve.snapshot import Snapshot
from bot.answer.thresholds import AT
from bot.answer.topics import KIND_OF_TOPIC
from bot.facts.schema import Fact, Gap

Relevance = Mapping[str, float]


def conditions_asked(named: Collection[str], gaps: Sequence[Gap], relevance: Relevance) -> Collection[str]:
    """The states of health asked about: those named, else those of the gap that the question is most like."""
    nearest = max(gaps, key=lambda gap: relevance[gap.id], default=None)
    return named or (nearest.conditions if nearest and relevance[nearest.id] >= AT.gap_fits else ())


def gap_for(gaps: Sequence[Gap], relevance: Relevance, *, best: float, topic: str, certain: bool, leans: bool) -> Gap | None:
    """The gap that the question is about, where the best fact is like it as `best`; else the one that leads on the topic.

    `certain`: there is nothing else to say, so that the nearest gap it is. `leans`: the question is a fragment, which is less like
    anything.
    """
    gap = max(gaps, key=lambda entry: relevance[entry.id], default=None)
    if not gap or certain:
        return gap
    edge = best - (AT.nearly if gap.said_by or leans else AT.gap_edge)
    alone = not leans and relevance[gap.id] >= best + AT.gap_alone  # nothing else comes as near: less is enough
    fits = (AT.gap_fits_alone if alone else AT.gap_fits) - (AT.leaning if leans else 0.0)
    if relevance[gap.id] >= max(fits, edge) and topic not in KIND_OF_TOPIC:
        return gap
    return next((other for other in gaps if topic in other.leads), None)


def facts_beside(
    gap: Gap, facts: Sequence[Fact], relevance: Relevance, *, topic: str, snapshot: Snapshot, told: Collection[str]
) -> tuple[list[Fact], Relevance]:
    """The facts that may stand beside a gap that was asked about, and how they then count.

    What is known of the gap, where anything is; else leading facts, near ones, and those that say the same as the gap.
    """
    asked = relevance[gap.id]

    def near(fact: Fact) -> bool:
        if fact.conditions and not set(fact.conditions).intersection(gap.conditions):
            return False
        if leads(fact, topic) and topic == "who_should_avoid":  # what holds for everybody bears on each case
            return True
        return relevance[fact.id] >= (asked - AT.lead_far if leads(fact, topic) else max(AT.near, asked - AT.far))

    if known := [snapshot.facts[id] for id in gap.known if id in snapshot.facts and id not in told]:
        return known, {**relevance, **{fact.id: 1.0 for fact in known}}
    kept = [fact for fact in facts if fact.id in gap.said_by or near(fact)]
    nearest = {fact.id: max(relevance.values()) + AT.nearly for fact in kept if fact.id in gap.said_by}
    return kept, {**relevance, **nearest}
