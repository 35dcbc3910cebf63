"""Chooses which facts are shown, in which order, and keeps the choice balanced. Imports no Rasa.

The order: facts that match the scope of the question, then how well a fact answers it, then stronger evidence, then
newer. Three promises hold for every input (tested with hypothesis): no fact without a source; no fact in favour
without one on limits, risks or the legal bar; no side of a disagreement without the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answer.snapshot import Snapshot
from bot.facts.schema import Fact, Gap, earliest_day
from bot.vocabulary import EU_MEMBERS, EVIDENCE

LIMIT = 4
USUAL = 3
SECOND_FIT = 0.20  # the same for the second fact
FIT = 0.12  # a fact this much less like the question than the best one does not belong in the first answer
STRENGTH = {name: place for place, name in enumerate(EVIDENCE)}
COUNTERWEIGHTS = ("approval_status", "evidence_overall", "serious_harms", "product_quality")


@dataclass(frozen=True)
class Choice:
    """The facts to show now, best first, and those kept for "more"."""

    shown: tuple[Fact, ...] = ()
    rest: tuple[Fact, ...] = ()

    @property
    def disagreement(self) -> bool:
        """Whether two of the facts shown contradict each other."""
        ids = {fact.id for fact in self.shown}
        return any(ids & set(fact.contradicts) for fact in self.shown)


def fit(fact: Fact | Gap, scope: Mapping[str, str]) -> int:
    """How well the fact's scope meets the question's: 2 names what was asked, 1 general, 0 about something else."""
    named = False
    for key, value in scope.items():
        limits = getattr(fact.scope, key)
        if limits and value not in limits and not ("EU" in limits and value in EU_MEMBERS):
            return 0
        named = named or bool(limits)
    return 2 if named else 1


def order(facts: Sequence[Fact], *, scope: Mapping[str, str], relevance: Mapping[str, float]) -> list[Fact]:
    """`facts` with the best first."""

    def key(fact: Fact) -> tuple:
        likeness = relevance.get(fact.id, 0.0) + (0.05 if fact.lead else 0.0)
        newest = earliest_day(fact.as_of).toordinal()
        return (-fit(fact, scope), -round(likeness * 12), STRENGTH[fact.evidence], -newest, fact.id)

    return sorted(facts, key=key)


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


def _counterweight(snapshot: Snapshot, near: Sequence[Fact], scope: Mapping[str, str]) -> Fact | None:
    """The best fact of limits, risks or legal bar that can stand alone: of the same topic first."""
    elsewhere = [fact for topic in COUNTERWEIGHTS for fact in snapshot.of_topic(topic)]
    for pool in (near, elsewhere, list(snapshot.facts.values())):
        usable = [fact for fact in snapshot.sourced(pool) if fact.stance == "against" and not fact.contradicts]
        usable = [fact for fact in usable if fact.id not in snapshot.outdated]
        leads = sorted(usable, key=lambda fact: (-fit(fact, scope), not fact.lead))
        if leads and fit(leads[0], scope):
            return leads[0]
    return None


def choose(
    facts: Sequence[Fact],
    *,
    snapshot: Snapshot,
    scope: Mapping[str, str],
    relevance: Mapping[str, float],
    usual: int = USUAL,
    limit: int = LIMIT,
) -> Choice:
    """Picks at most `limit` facts; about `usual` of them unless balance or a disagreement asks for more."""
    usable = [fact for fact in snapshot.sourced(facts) if fact.id not in snapshot.outdated]
    ranked = order(usable, scope=scope, relevance=relevance)
    if any(fit(fact, scope) for fact in ranked):
        ranked = [fact for fact in ranked if fit(fact, scope)]
    best = max((relevance.get(fact.id, 0.0) for fact in ranked), default=0.0)
    shown: list[Fact] = []
    for fact in ranked:
        if len(shown) >= usual:
            break
        if fact in shown or (shown and relevance.get(fact.id, 0.0) < best - (FIT if len(shown) > 1 else SECOND_FIT)):
            continue
        group = _with_other_sides(fact, snapshot)
        if group is None:
            continue
        wanted = [*shown, *(other for other in group if other not in shown)]
        if len(wanted) <= limit and _can_balance(wanted, snapshot=snapshot, near=ranked, scope=scope, limit=limit):
            shown = wanted
    if _lopsided(shown):
        weight = _counterweight(snapshot, ranked, scope)
        assert weight is not None  # _can_balance saw to it
        shown.append(weight)
    ids = {fact.id for fact in shown}  # comparing whole facts took most of the time of a reply
    return Choice(shown=tuple(shown), rest=tuple(fact for fact in ranked if fact.id not in ids))


def _lopsided(facts: Sequence[Fact]) -> bool:
    stances = {fact.stance for fact in facts}
    return "for" in stances and "against" not in stances


def _can_balance(facts: Sequence[Fact], *, snapshot: Snapshot, near: Sequence[Fact], scope: Mapping[str, str], limit: int) -> bool:
    if not _lopsided(facts):
        return True
    return len(facts) < limit and _counterweight(snapshot, near, scope) is not None
