"""Gathers what one topic has to say to a question: facts, and the gap where no fact answers it. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from bot.answer.rank import fit, leads
from bot.answer.select import Choice, choose
from bot.answer.shelf import foremost
from bot.answer.snapshot import Snapshot
from bot.facts.schema import Fact, Gap
from bot.vocabulary import LAW_TOPICS

GAP_FITS = 0.55  # likeness from which a gap is what was asked about
NEARLY = 0.05  # a gap that a fact words may be this much less like the question than the best fact
NEAR = 0.45  # likeness from which a fact is near enough to count as an answer
LEADS = 0.04  # a gap leads the answer from here on above the best fact; nearer to it, the facts come first
CLEARLY = 0.08  # below that, a gap so much more like the question than the best fact leaves it unanswered
FAR = 0.25  # a gap so much more like the question than any fact shown leaves it unanswered; no such fact stands beside it
LEAD_FAR = 0.35  # the same for a leading fact
ABROAD = 0.15  # what a fact on another country loses, in likeness, where no country is asked about
SAID_CLEARLY = 0.15  # what one person says goes before a study where it is so much more like the question
HOME = 0.05  # what a fact on the clinic's country gains on topics of AT_HOME
NAMED = 0.15  # what a fact or a gap gains, in likeness, by naming the state of health that was asked about
KIND_OF_TOPIC = {"report_problem": "report_problem", "decision_help": "decision"}
PLACE_TOPICS = (*LAW_TOPICS, "other_countries", "report_problem")  # what holds in one country is not shown for another

AT_HOME = ("how_given", "home_products", "choosing_provider", "skin_absorption", "product_quality", "origin")  # home first
# Where studies can answer, they come before what one person says.
STUDIED = (
    "evidence_overall", "skin_results", "hair_results", "scar_wound_results", "procedure_recovery", "durability", "versus_prp",
    "side_effects", "serious_harms", "long_term_risk",
)  # fmt: skip
SAYINGS = ("expert_opinion", "press_report")
# The uses that a topic is about: another one that a question names with it ("wrinkles and acne scars") leaves it unnarrowed.
USES_OF = {"skin_results": ("skin", "pigment"), "hair_results": ("hair",), "scar_wound_results": ("scars", "wounds")}
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

    @property
    def ids(self) -> list[str]:
        """The facts, and the gap, that the section shows."""
        return [fact.id for fact in self.choice.shown] + ([self.gap.id] if self.gap else [])

    @property
    def gap_told(self) -> bool:
        """Whether the gap is to be put into words: not where a fact shown says the same."""
        return self.gap is not None and not any(fact.id in self.gap.said_by for fact in self.choice.shown)


def _facts(topic: str, of: Callable[[str], list[Fact]], scope: Mapping[str, str]) -> list[Fact]:
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


def _conditions(named: Collection[str], gaps: Sequence[Gap], relevance: Mapping[str, float]) -> Collection[str]:
    """The states of health asked about: those named, else those of the gap that the question is most like."""
    nearest = max(gaps, key=lambda gap: relevance[gap.id], default=None)
    return named or (nearest.conditions if nearest and relevance[nearest.id] >= GAP_FITS else ())


def gather(
    topic: str,
    *,
    snapshot: Snapshot,
    scope: Mapping[str, str],
    vector: np.ndarray | None,
    home: str,
    alone: bool,
    conditions: Collection[str] = (),
    told: Collection[str] = (),
    text: str = "",
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
    """
    narrowed = dict(scope)
    if topic in PLACE_TOPICS and topic != "other_countries":
        narrowed.setdefault("jurisdiction", home)
    if topic in USES_OF and narrowed.get("use", USES_OF[topic][0]) not in USES_OF[topic]:
        del narrowed["use"]  # it belongs to the other half of the question
    scope = {key: value for key, value in scope.items() if key in narrowed}
    gaps = [gap for gap in snapshot.gaps_of(topic) if fit(gap, scope) and not {gap.id, *gap.said_by}.intersection(told)]
    gaps = [gap for gap in gaps if gap.meant_by(f"{text} {scope.get('use', '')}")]
    relevance = snapshot.relevance(gaps, vector)
    meant = _conditions(conditions, gaps, relevance)
    elsewhere = topic not in PLACE_TOPICS and "jurisdiction" not in scope  # no country is asked about, nor does one decide

    def lost(fact: Fact) -> float:
        if not elsewhere:
            return 0.0
        return {0: ABROAD, 1: 0.0, 2: -HOME if topic in AT_HOME else 0.0}[fit(fact, {"jurisdiction": home})]

    of = partial(foremost, snapshot=snapshot, scope=narrowed, vector=vector, conditions=meant, losing=lost)
    facts = _facts(topic, of, narrowed)
    if elsewhere and topic in AT_HOME:
        facts = [fact for fact in facts if fit(fact, {"jurisdiction": home})]
    relevance |= snapshot.relevance(facts, vector)
    facts, gaps = _concerned(facts, meant), _concerned(gaps, meant)
    if topic == "who_should_avoid":  # elsewhere the state of health is beside the question
        named = {fact.id for fact in facts if fact.conditions and meant} | {gap.id for gap in gaps if gap.conditions and meant}
        relevance = {id: likeness + (NAMED if id in named else 0.0) for id, likeness in relevance.items()}
    relevance |= {fact.id: relevance[fact.id] - lost(fact) for fact in facts}
    best = max((relevance[fact.id] for fact in facts if fit(fact, narrowed)), default=0.0)
    place = {key: value for key, value in narrowed.items() if key == "jurisdiction"}
    unknown_place = topic in PLACE_TOPICS and bool(place) and not any(fit(fact, place) == 2 for fact in facts)
    gap = max(gaps, key=lambda entry: relevance[entry.id], default=None)
    asked = relevance[gap.id] if gap else 0.0
    if gap and facts and not unknown_place and not _asked_about(gap, asked, best, topic):
        gap = next((other for other in gaps if topic in other.leads), None)
        asked = relevance[gap.id] if gap else 0.0
    beside = facts
    if gap and not unknown_place:
        beside, relevance = _beside(gap, facts, relevance, topic)
        known = [snapshot.facts[id] for id in gap.known if id in snapshot.facts and id not in told]
        if known:
            beside = known
            relevance = {**relevance, **{fact.id: 1.0 for fact in known}}
    usual = 3 if alone and gap is None else 2
    limit = 4 if alone else 2
    pick = partial(choose, snapshot=snapshot, scope=narrowed, relevance=relevance, topic=topic, told=told)
    chosen = pick(beside, usual=usual, limit=limit)
    if beside is not facts:  # what does not stand beside the gap is kept for "more"
        ids = {fact.id for fact in chosen.shown}
        chosen = Choice(chosen.shown, tuple(fact for fact in pick(facts, usual=0).rest if fact.id not in ids))
    if topic in STUDIED:
        chosen = Choice(_studied_first(chosen.shown, relevance), chosen.rest)
    partly = gap is not None and any(fact.id in gap.known for fact in chosen.shown)
    shown = max((relevance.get(fact.id, 0.0) for fact in chosen.shown), default=0.0)
    far = not partly and (asked >= shown + FAR or (best < NEAR and asked >= best + CLEARLY))
    repeated = not chosen.shown and not gap and any(fact.id in told for fact in facts)
    unanswered = not repeated and (not chosen.shown or bool(gap and (unknown_place or far)))
    leading = bool(gap and (topic in gap.leads or set(gap.conditions).intersection(meant)))
    first = unanswered or unknown_place or not chosen.shown or leading or asked >= best + LEADS
    return Section(topic, chosen, gap, unanswered, repeated, max(best, asked), first and (leading or not partly))


def _studied_first(facts: Sequence[Fact], relevance: Mapping[str, float]) -> tuple[Fact, ...]:
    """`facts` with what one person says last, but for a saying that is much more like the question than any study shown."""
    studied = [fact for fact in facts if fact.evidence not in SAYINGS]
    edge = max((relevance.get(fact.id, 0.0) for fact in studied), default=0.0) + SAID_CLEARLY
    sayings = [fact for fact in facts if fact.evidence in SAYINGS]
    before = [fact for fact in sayings if relevance.get(fact.id, 0.0) >= edge]
    return (*before, *studied, *(fact for fact in sayings if fact not in before))


def _asked_about(gap: Gap, asked: float, best: float, topic: str) -> bool:
    """Whether a gap as much like the question as `asked` is what it is about, where the best fact is like it as `best`."""
    edge = best - (NEARLY if gap.said_by else 0.0)
    return asked >= max(GAP_FITS, edge) and topic not in KIND_OF_TOPIC


def _beside(gap: Gap, facts: Sequence[Fact], relevance: Mapping[str, float], topic: str) -> tuple[list[Fact], dict[str, float]]:
    """The facts that may stand beside a gap that was asked about: leading ones, near ones, and those that say the same."""
    asked = relevance[gap.id]

    def near(fact: Fact) -> bool:
        if leads(fact, topic) and topic == "who_should_avoid":  # what holds for everybody bears on each case
            return True
        return relevance[fact.id] >= (asked - LEAD_FAR if leads(fact, topic) else max(NEAR, asked - FAR))

    kept = [fact for fact in facts if fact.id in gap.said_by or near(fact)]
    nearest = {fact.id: max(relevance.values()) + NEARLY for fact in kept if fact.id in gap.said_by}
    return kept, {**relevance, **nearest}
