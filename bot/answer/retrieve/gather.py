"""Gathers what one topic has to say to a question: facts, and the gap where no fact answers it. Imports no Rasa.

In this order: what the question is narrowed to, the facts and gaps that may be told within it, how much each is like the
question, the gap that it is about if any, which facts stand beside that, and how many of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.answer.retrieve.gaps import conditions_asked, facts_beside, gap_for
from bot.answer.retrieve.query import Query, Scope
from bot.answer.retrieve.rank import Fit, fit
from bot.answer.retrieve.select import Choice, choose
from bot.answer.retrieve.shelf import foremost
from bot.answer.retrieve.snapshot import Snapshot
from bot.answer.thresholds import AT
from bot.answer.topics import AT_HOME, LOOKED_UP, PLACE_TOPICS, SAYINGS, STUDIED
from bot.facts.schema import Fact, Gap
from bot.vocabulary import LAW_TOPICS

Entry = TypeVar("Entry", Fact, Gap)


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
    nothing: str = ""  # what is said where there is nothing to tell; else that nothing is on file about the topic

    @property
    def ids(self) -> list[str]:
        """The facts, and the gap, that the section shows."""
        return [fact.id for fact in self.choice.shown] + ([self.gap.id] if self.gap else [])

    @property
    def gap_told(self) -> bool:
        """Whether the gap is to be put into words: not where a fact shown says the same."""
        return self.gap is not None and not any(fact.id in self.gap.said_by for fact in self.choice.shown)


@dataclass(frozen=True)
class _Found:
    """What may be told, and how much each of it is like the question; `conditions` are the states of health asked about."""

    facts: Sequence[Fact]
    gaps: Sequence[Gap]
    relevance: Mapping[str, float]
    conditions: Collection[str]


@dataclass(frozen=True)
class _Asked:
    """The gap that the question is about, if any, and how much it is like it; `best`: the same of the best fact."""

    gap: Gap | None
    likeness: float
    best: float
    unknown_place: bool  # nothing is on file on the country whose law decides


def gather(query: Query, *, snapshot: Snapshot) -> Section:
    """The section of one topic."""
    found = _found(query, snapshot)
    asked = _asked(query, found)
    beside, counted = found.facts, found.relevance
    if asked.gap and not asked.unknown_place:
        beside, counted = facts_beside(asked.gap, found.facts, counted, topic=query.topic, snapshot=snapshot, told=query.told)
    choice = _chosen(query, found, beside, counted, snapshot=snapshot, usual=3 if query.alone and asked.gap is None else 2)
    return _section(query, found, asked, choice, counted)


def _found(query: Query, snapshot: Snapshot) -> _Found:
    """The facts and gaps within the scope, weighed."""
    gaps = _gaps(query, snapshot)
    relevance = snapshot.relevance(gaps, query.vector)
    conditions = conditions_asked(query.conditions, gaps, relevance)
    facts = _facts(query, snapshot, conditions)
    relevance = {**relevance, **snapshot.relevance(facts, query.vector)}
    facts, gaps = _concerned(facts, conditions), _concerned(gaps, conditions)
    for fact in facts:
        relevance[fact.id] -= query.loss(fact)
    if query.topic == "who_should_avoid" and conditions:  # elsewhere the state of health is beside the question
        entries: list[Fact | Gap] = [*facts, *gaps]
        for id in {entry.id for entry in entries if entry.conditions}:
            relevance[id] += AT.condition
    return _Found(facts, gaps, relevance, conditions)


def _gaps(query: Query, snapshot: Snapshot) -> list[Gap]:
    """Those within the scope that were not told; one on a special case where the question names it, or is nearest to it."""
    gaps = [*snapshot.gaps_of(query.topic), *(entry for entry in query.worded if isinstance(entry, Gap))]
    gaps = [gap for gap in gaps if fit(gap, query.named_scope) and (gap.meant_by(query.named) or gap.id == query.nearest)]
    return [gap for gap in gaps if not {gap.id, *gap.said_by}.intersection(query.told)]


def _facts(query: Query, snapshot: Snapshot, conditions: Collection[str]) -> Sequence[Fact]:
    """The foremost facts of the topic and of the place, and what holds the question word for word."""

    def of(topic: str) -> Sequence[Fact]:
        return foremost(
            topic, snapshot=snapshot, scope=query.narrowed, vector=query.vector, conditions=conditions, losing=query.loss
        )

    facts = _of_the_place(query, of)
    there = {fact.id for fact in facts}
    # A limit of a study from elsewhere would come without the study.
    worded = [entry for entry in query.worded if isinstance(entry, Fact)]
    facts = [*facts, *(fact for fact in worded if fact.id not in there and there.issuperset(fact.follows))]
    if query.of_no_place and query.topic in AT_HOME:
        facts = [fact for fact in facts if query.at_home(fact)]
    return facts


def _of_the_place(query: Query, of: Callable[[str], Sequence[Fact]]) -> Sequence[Fact]:
    """The topic's facts; for law, where none names the place, those of the other law topics that do. None of elsewhere."""
    facts = of(query.topic)
    if query.topic not in PLACE_TOPICS or not query.place:
        return facts
    if query.topic != "report_problem" and not any(fit(fact, query.place) is Fit.NAMED for fact in facts):
        others = (*LAW_TOPICS, "other_countries")
        facts = [*facts, *(fact for topic in others for fact in of(topic) if fit(fact, query.place) is Fit.NAMED)]
    return list({fact.id: fact for fact in facts if fit(fact, query.place)}.values())


def _asked(query: Query, found: _Found) -> _Asked:
    """Whether the question is about a gap, and about a place that is not on file."""
    best = max((found.relevance[fact.id] for fact in found.facts if fit(fact, query.narrowed)), default=0.0)
    on_place = any(fit(fact, query.place) is Fit.NAMED for fact in found.facts)
    unknown_place = query.topic in PLACE_TOPICS and bool(query.place) and not on_place
    certain = unknown_place or not found.facts
    gap = gap_for(found.gaps, found.relevance, best=best, topic=query.topic, certain=certain, leans=query.leans)
    return _Asked(gap, found.relevance[gap.id] if gap else 0.0, best, unknown_place)


def _chosen(
    query: Query, found: _Found, beside: Sequence[Fact], counted: Mapping[str, float], *, snapshot: Snapshot, usual: int
) -> Choice:
    """The facts to show of those that may stand `beside` the gap; the others are kept for "more"."""

    def pick(among: Sequence[Fact], usual: int) -> Choice:
        return choose(
            among,
            snapshot=snapshot,
            scope=query.narrowed,
            relevance=counted,
            topic=query.topic,
            told=query.told,
            usual=usual,
            limit=4 if query.alone else 2,
        )

    choice = pick(beside, usual)
    shown, rest = choice.shown, choice.rest
    if beside is not found.facts:
        ids = {fact.id for fact in shown}  # by id: to compare whole facts is slow
        rest = tuple(fact for fact in pick(found.facts, 0).rest if fact.id not in ids)
    if query.topic in STUDIED:
        shown = _studied_first(shown, counted, query.narrowed)
    if query.topic in LOOKED_UP:
        shown = tuple(sorted(shown, key=lambda fact: fact.evidence in SAYINGS))
    return Choice(shown, rest)


def _section(query: Query, found: _Found, asked: _Asked, choice: Choice, counted: Mapping[str, float]) -> Section:
    """The section of `choice`: whether it answers the question, and whether the gap goes first."""
    gap, shown, best = asked.gap, choice.shown, asked.best
    partly = gap is not None and any(fact.id in gap.known for fact in shown)
    nearest = max((counted.get(fact.id, 0.0) for fact in shown), default=0.0)
    far = not partly and (asked.likeness >= nearest + AT.far or (best < AT.near and asked.likeness >= best + AT.clearly))
    repeated = not shown and not gap and any(fact.id in query.told for fact in found.facts)
    unanswered = not repeated and (not shown or bool(gap and (asked.unknown_place or far)))
    leading = bool(gap and (query.topic in gap.leads or set(gap.conditions).intersection(found.conditions)))
    nearer = asked.likeness >= best + (-AT.nearly if query.leans else AT.gap_first)  # a fragment's gap holds what is new in it
    first = unanswered or asked.unknown_place or not shown or leading or nearer
    return Section(
        topic=query.topic,
        choice=choice,
        gap=gap,
        unanswered=unanswered,
        told=repeated,
        nearest=max(best, asked.likeness),
        gap_first=first and (leading or not partly),
    )


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
