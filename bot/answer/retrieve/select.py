"""Chooses which facts are shown and keeps the choice balanced. Imports no Rasa.

Four promises hold for every input (tested with hypothesis): no fact without a source; no fact in favour without one on
limits, risks or the legal bar; no side of a disagreement without the other; no limit of a study before its result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answer.retrieve.rank import fit, leads, order, scores, with_what_they_follow
from bot.answer.retrieve.snapshot import Snapshot
from bot.answer.thresholds import AT
from bot.facts.schema import Fact

LIMIT = 4
USUAL = 3
MOST_FOR = 2  # facts in favour in one answer
COUNTERWEIGHTS = ("approval_status", "evidence_overall", "serious_harms", "product_quality")


@dataclass(frozen=True)
class Choice:
    """The facts to show now, best first, and those kept for "more"."""

    shown: tuple[Fact, ...] = ()
    rest: tuple[Fact, ...] = ()


def disagree(facts: Sequence[Fact]) -> bool:
    """Whether two of `facts` contradict each other."""
    ids = {fact.id for fact in facts}
    return any(ids & set(fact.contradicts) for fact in facts)


def choose(
    facts: Sequence[Fact],
    *,
    snapshot: Snapshot,
    scope: Mapping[str, str],
    relevance: Mapping[str, float],
    topic: str = "",
    usual: int = USUAL,
    limit: int = LIMIT,
    told: Collection[str] = (),
) -> Choice:
    """Picks at most `limit` facts; about `usual` of them unless balance or a disagreement asks for more.

    `told` holds the ids of facts that the person has read already: they are not chosen again.
    """
    ranked = order(_usable(facts, snapshot), scope=scope, relevance=relevance, topic=topic)
    if any(fit(fact, scope) for fact in ranked):
        ranked = [fact for fact in ranked if fit(fact, scope)]
    scored = scores(ranked, relevance, topic=topic)
    return arrange(ranked, snapshot=snapshot, scope=scope, scored=scored, topic=topic, usual=usual, limit=limit, told=told)


def arrange(
    ranked: Sequence[Fact],
    *,
    snapshot: Snapshot,
    scope: Mapping[str, str],
    scored: Mapping[str, float],
    topic: str = "",
    usual: int = USUAL,
    limit: int = LIMIT,
    told: Collection[str] = (),
) -> Choice:
    """`choose` for facts that are in order already; `scored` says how well each answers the question."""
    before = frozenset(told)
    ranked = with_what_they_follow(_usable(ranked, snapshot), snapshot=snapshot, told=before)
    reach = _reach(ranked, scored)
    best = max((reach[fact.id] - (AT.lead if leads(fact, topic) else 0.0) for fact in ranked), default=0.0)
    best = min(best, AT.as_asked)
    shown: list[Fact] = []
    for fact in ranked:
        if len(shown) >= usual:
            break
        there = {other.id for other in shown}  # by id: to compare whole facts is slow
        if fact.id in there or (group := _with_other_sides(fact, snapshot)) is None:
            continue
        edge = AT.pair if len(group) > 1 else AT.third_fact if len(shown) > 1 else AT.second_fact
        if shown and reach[fact.id] < best - edge:
            continue
        wanted = [*shown, *(other for other in group if other.id not in there)]
        if sum(other.stance == "for" for other in wanted) > MOST_FOR and shown:
            continue
        if len(wanted) > limit or not _in_order(wanted, before):
            continue
        room = len(wanted) < limit
        if not _lopsided(wanted) or (room and _counterweight(snapshot, ranked, scope, beside=wanted, told=before)):
            shown = wanted
    if _lopsided(shown):
        weight = _counterweight(snapshot, ranked, scope, beside=shown, told=before)
        assert weight is not None  # it was there for these or for fewer facts
        shown.append(weight)
    ids = {fact.id for fact in shown}
    return Choice(shown=tuple(shown), rest=tuple(fact for fact in ranked if fact.id not in ids))


def _usable(facts: Sequence[Fact], snapshot: Snapshot) -> list[Fact]:
    return [fact for fact in snapshot.sourced(facts) if fact.id not in snapshot.outdated]


def _reach(ranked: Sequence[Fact], scored: Mapping[str, float]) -> dict[str, float]:
    """The score of each fact; the one that stands before a fact that follows it is as near as that one."""
    reach = {fact.id: scored.get(fact.id, 0.0) for fact in ranked}
    places = {fact.id: place for place, fact in enumerate(ranked)}
    for fact in reversed(ranked):
        before = min((id for id in fact.follows if id in places), key=places.__getitem__, default=None)
        if before is not None:
            reach[before] = max(reach[before], reach[fact.id])
    return reach


def _in_order(facts: Sequence[Fact], told: frozenset[str]) -> bool:
    """Whether each fact that follows others stands after one of these."""
    seen = set(told)
    for fact in facts:
        if fact.follows and not seen.intersection(fact.follows):
            return False
        seen.add(fact.id)
    return True


def _with_other_sides(fact: Fact, snapshot: Snapshot) -> list[Fact] | None:
    """The fact and all that contradicts it; None when a side cannot be shown."""
    group, queue = {fact.id: fact}, [fact]
    while queue:
        for other in queue.pop().contradicts:
            if other in group:
                continue
            if other not in snapshot.facts or not snapshot.sourced([snapshot.facts[other]]):
                return None
            group[other] = snapshot.facts[other]
            queue.append(snapshot.facts[other])
    return list(group.values())


def _counterweight(
    snapshot: Snapshot, near: Sequence[Fact], scope: Mapping[str, str], *, beside: Sequence[Fact], told: frozenset[str]
) -> Fact | None:
    """The best fact of limits, risks or legal bar that can stand after `beside`: of the same study first, then topic."""
    shown = {fact.id for fact in beside}

    def pools() -> Iterator[Iterable[Fact]]:  # each is only made when the one before held none
        yield (fact for fact in near if shown.intersection(fact.follows))
        yield near
        yield (fact for topic in COUNTERWEIGHTS for fact in snapshot.of_topic(topic))
        yield snapshot.facts.values()

    for pool in pools():
        usable = _usable([fact for fact in pool if fact.stance == "against" and not fact.contradicts], snapshot)
        usable = [fact for fact in usable if _in_order([*beside, fact], told)]
        first = min(usable, key=lambda fact: (-fit(fact, scope), not fact.lead), default=None)
        if first and fit(first, scope):
            return first
    return None


def _lopsided(facts: Sequence[Fact]) -> bool:
    stances = {fact.stance for fact in facts}
    return "for" in stances and "against" not in stances
