"""Gathers what one topic has to say to a question: facts, and the gap where no fact answers it. Imports no Rasa.

In this order: what the question is narrowed to, the facts and gaps that may be told within it, how much each is like the
question, the gap that it is about if any, which facts stand beside that, and how many of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from bot.answer.gaps import conditions_asked, facts_beside, gap_for
from bot.answer.rank import fit
from bot.answer.select import Choice, choose
from bot.answer.shelf import foremost
from bot.answer.snapshot import Snapshot
from bot.answer.thresholds import AT
from bot.answer.topics import AT_HOME, PLACE_TOPICS, SAYINGS, STUDIED, USES_OF
from bot.facts.schema import Fact, Gap
from bot.vocabulary import LAW_TOPICS

Entry = TypeVar("Entry", Fact, Gap)
Scope = Mapping[str, str]


@dataclass(frozen=True)
class Section:
    """What one topic contributes to a reply."""

    topic: str
    choice: Choice
    gap: Gap | None = None
    unanswered: bool = False  # the gap is what was asked about, and no fact comes near
    told: bool = False  # all that there is was said in an earlier section
    nearest: float = 0.0  # how much the nearest fact or gap is like the question
    gap_first: bool = True  # the gap is nearer to the question than any fact
    heading: str = ""  # what stands above it where a reply has two sections

    @property
    def ids(self) -> list[str]:
        """The facts, and the gap, that the section shows."""
        return [fact.id for fact in self.choice.shown] + ([self.gap.id] if self.gap else [])

    @property
    def gap_told(self) -> bool:
        """Whether the gap is to be put into words: not where a fact shown says the same."""
        return self.gap is not None and not any(fact.id in self.gap.said_by for fact in self.choice.shown)


def gather(
    topic: str,
    *,
    snapshot: Snapshot,
    scope: Scope,
    vector: np.ndarray | None,
    home: str,
    alone: bool,
    conditions: Collection[str] = (),
    told: Collection[str] = (),
    text: str = "",
    leans: bool = False,
    worded: Sequence[Fact | Gap] = (),
) -> Section:
    """The section of one topic.

    Args:
        topic: the id of the topic.
        snapshot: the store.
        scope: what the question is narrowed to.
        vector: the unit vector of the question, or of the part of it that is on this topic; None: no likeness is known.
        home: the clinic's country, an ISO 3166-1 code.
        alone: whether the topic is the only one of the reply.
        conditions: the states of health that the question names.
        told: the ids of facts and gaps that an earlier section of the reply shows.
        text: the question, or the part of it that is on this topic: a gap on a special case needs it named there.
        leans: whether the question goes on with the one before.
        worded: entries of other topics that hold the question in nearly the same words.
    """
    narrowed = _narrowed(topic, scope, home)
    asked_for = [entry for entry in worded if isinstance(entry, Gap)]
    gaps = _gaps(
        [*snapshot.gaps_of(topic), *asked_for], {key: value for key, value in scope.items() if key in narrowed}, told, text
    )
    relevance = snapshot.relevance(gaps, vector)
    meant = conditions_asked(conditions, gaps, relevance)
    elsewhere = topic not in PLACE_TOPICS and "jurisdiction" not in scope  # no country is asked about, nor does one decide

    def lost(fact: Fact) -> float:
        if not elsewhere:
            return 0.0
        return {0: AT.abroad, 1: 0.0, 2: -AT.home if topic in AT_HOME else 0.0}[fit(fact, {"jurisdiction": home})]

    of = partial(foremost, snapshot=snapshot, scope=narrowed, vector=vector, conditions=meant, losing=lost)
    facts = _of_the_place(topic, of, narrowed)
    there = {fact.id for fact in facts}
    # A limit of a study from elsewhere would come without the study.
    facts += [fact for fact in worded if isinstance(fact, Fact) and fact.id not in there and there.issuperset(fact.follows)]
    if elsewhere and topic in AT_HOME:
        facts = [fact for fact in facts if fit(fact, {"jurisdiction": home})]
    relevance |= snapshot.relevance(facts, vector)
    facts, gaps = _concerned(facts, meant), _concerned(gaps, meant)
    if topic == "who_should_avoid" and meant:  # elsewhere the state of health is beside the question
        concerned = [entry.id for entry in facts if entry.conditions] + [entry.id for entry in gaps if entry.conditions]
        relevance |= {id: relevance[id] + AT.condition for id in concerned}
    relevance |= {fact.id: relevance[fact.id] - lost(fact) for fact in facts}

    best = max((relevance[fact.id] for fact in facts if fit(fact, narrowed)), default=0.0)
    place = {key: value for key, value in narrowed.items() if key == "jurisdiction"}
    unknown_place = topic in PLACE_TOPICS and bool(place) and not any(fit(fact, place) == 2 for fact in facts)
    gap = gap_for(gaps, relevance, best=best, topic=topic, certain=unknown_place or not facts, leans=leans)
    asked = relevance[gap.id] if gap else 0.0
    beside = facts
    counted: Mapping[str, float] = relevance
    if gap and not unknown_place:
        beside, counted = facts_beside(gap, facts, relevance, topic=topic, snapshot=snapshot, told=told)

    def pick(among: Sequence[Fact], usual: int) -> Choice:
        limit = 4 if alone else 2
        return choose(among, snapshot=snapshot, scope=narrowed, relevance=counted, topic=topic, told=told, usual=usual, limit=limit)

    chosen = pick(beside, 3 if alone and gap is None else 2)
    if beside is not facts:  # what does not stand beside the gap is kept for "more"
        ids = {fact.id for fact in chosen.shown}
        chosen = Choice(chosen.shown, tuple(fact for fact in pick(facts, 0).rest if fact.id not in ids))
    if topic in STUDIED:
        chosen = Choice(_studied_first(chosen.shown, counted, narrowed), chosen.rest)

    partly = gap is not None and any(fact.id in gap.known for fact in chosen.shown)
    shown = max((counted.get(fact.id, 0.0) for fact in chosen.shown), default=0.0)
    far = not partly and (asked >= shown + AT.far or (best < AT.near and asked >= best + AT.clearly))
    repeated = not chosen.shown and not gap and any(fact.id in told for fact in facts)
    unanswered = not repeated and (not chosen.shown or bool(gap and (unknown_place or far)))
    leading = bool(gap and (topic in gap.leads or set(gap.conditions).intersection(meant)))
    nearer = asked >= best + (-AT.nearly if leans else AT.gap_first)  # a fragment's gap holds what is new in it
    first = unanswered or unknown_place or not chosen.shown or leading or nearer
    return Section(topic, chosen, gap, unanswered, repeated, max(best, asked), first and (leading or not partly))


def _narrowed(topic: str, scope: Scope, home: str) -> dict[str, str]:
    """The scope as it bears on the topic: the law is that of the clinic's country where no other one is named."""
    narrowed = dict(scope)
    if topic in PLACE_TOPICS and topic != "other_countries":
        narrowed.setdefault("jurisdiction", home)
    if topic in USES_OF and narrowed.get("use", USES_OF[topic][0]) not in USES_OF[topic]:
        del narrowed["use"]  # it belongs to the other half of the question
    return narrowed


def _gaps(gaps: Sequence[Gap], scope: Scope, told: Collection[str], text: str) -> list[Gap]:
    """Those of `gaps` within the scope that were not told; one on a special case only where the question names the case."""
    named = f"{text} {scope.get('use', '')}"
    gaps = [gap for gap in gaps if fit(gap, scope) and gap.meant_by(named)]
    return [gap for gap in gaps if not {gap.id, *gap.said_by}.intersection(told)]


def _of_the_place(topic: str, of: Callable[[str], list[Fact]], scope: Scope) -> list[Fact]:
    """The topic's facts; for law, where none names the place, those of the other law topics that do. None of elsewhere."""
    facts = of(topic)
    if topic not in PLACE_TOPICS or "jurisdiction" not in scope:
        return facts
    place = {"jurisdiction": scope["jurisdiction"]}
    if topic != "report_problem" and not any(fit(fact, place) == 2 for fact in facts):
        others = [fact for name in (*LAW_TOPICS, "other_countries") for fact in of(name) if fit(fact, place) == 2]
        facts = [*facts, *others]
    kept = {fact.id: fact for fact in facts if fit(fact, place)}
    return list(kept.values())


def _concerned(entries: Sequence[Entry], conditions: Collection[str]) -> list[Entry]:
    """`entries` without those that are only about other states of health than the ones asked about."""
    if not conditions:
        return list(entries)
    return [entry for entry in entries if not entry.conditions or set(conditions).intersection(entry.conditions)]


def _studied_first(facts: Sequence[Fact], relevance: Mapping[str, float], scope: Scope) -> tuple[Fact, ...]:
    """`facts` with what one person says last.

    But for a saying that is much more like the question than any study shown, and one that names what the question is
    narrowed to where no study shown does.
    """
    studied = [fact for fact in facts if fact.evidence not in SAYINGS]
    edge = max((relevance.get(fact.id, 0.0) for fact in studied), default=0.0) + AT.saying
    fitting = max((fit(fact, scope) for fact in studied), default=0)
    sayings = [fact for fact in facts if fact.evidence in SAYINGS]
    before = [fact for fact in sayings if relevance.get(fact.id, 0.0) >= edge or fit(fact, scope) > fitting]
    return (*before, *studied, *(fact for fact in sayings if fact not in before))
