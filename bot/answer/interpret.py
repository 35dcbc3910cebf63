"""Decides what a message asks for: kind of reply, at most two topics, scope. Imports no Rasa.

In this order: what follows up on the last answer; what the classifier is sure of; what a curated question of the same meaning
settles; what is left of a short message after an answer; two or three topics to choose from; outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from bot.answer.detect.leaning import (
    another_neighbour,
    keeps_scope,
    names_exosomes,
    names_nothing,
    on_alternatives,
    refers_back,
    short,
)
from bot.answer.question import Memory, Question
from bot.answer.thresholds import AT
from bot.answer.topics import (
    BY_ORIGIN,
    BY_USE,
    ELSEWHERE,
    OF_ALTERNATIVES,
    OF_ONE_ALTERNATIVE,
    ORIGIN_TOPICS,
    PLACE_TOPICS,
    RESULTS,
)
from bot.vocabulary import TOPICS

UNCLEAR = ("vague", "follow_up")  # intents that name no topic by themselves


class Near(NamedTuple):
    """A curated entry that is near the message in meaning: its topics, how alike, and the states of health it is about."""

    topics: Sequence[str]
    likeness: float
    conditions: Sequence[str] = ()


Nearest = Sequence[Near]


@dataclass(frozen=True)
class Reading:
    """What to answer: `outcome` is `topics`, `clarify` or `outside`; `options` are the topics to offer for clarify.

    `leans`: the message goes on with what was asked before, so that it is only understood together with it.
    """

    outcome: Literal["topics", "clarify", "outside"]
    topics: tuple[str, ...] = ()
    scope: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    leans: bool = False


def outside_field(question: Question, memory: Memory) -> bool:
    """Whether the message is not about exosome treatments; a short one after an answer leans on what was said before."""
    edge = AT.inside_after if short(question, memory) or _names_brand(question) else AT.inside
    return not question.chosen and question.inside < edge


def interpret(question: Question, memory: Memory, *, home: str, nearest: Callable[[], Nearest] = tuple) -> Reading:
    """Reads `question` after what `memory` holds.

    Args:
        question: the message as understood.
        memory: what the conversation left behind.
        home: the clinic's country, which is what "approved" means when no place is named.
        nearest: gives the curated entries nearest in meaning, best first.
    """
    question = replace(question, topics=tuple(pair for pair in question.topics if pair[0] in TOPICS))  # a payload may name any
    scope = _scope(question, memory)
    if _follows_up(question, memory):
        return Reading("topics", _carried(question, memory, home=home), scope, leans=True)
    if _of_an_alternative(question, memory, nearest):
        return Reading("topics", ("alternatives",), scope, leans=short(question, memory) and memory.topics[0] == "alternatives")
    if not outside_field(question, memory):
        topics = _confident(question) if _clear(question, memory) else ()
        topics = topics or _by_meaning(question, nearest, edge=AT.meaning)
        if not topics and short(question, memory) and question.intent != "out_of_scope":
            topics = _carried(question, memory, home=home) if question.scope else _best(question)
        if topics:
            topics = _on_a_condition(topics, question, nearest) or _with_condition(topics, question)
            scope = _with_place(topics, scope, question, memory)
            topics = _abroad(_allowed(topics, question, scope), scope, question, home=home)
            return Reading("topics", topics, scope, leans=short(question, memory) and topics[0] in memory.topics)
        options = tuple(topic for topic, _ in question.topics[: AT.offered])
        if len(options) >= 2:
            return Reading("clarify", options=options, scope=scope)
    elif topics := _by_meaning(question, nearest, edge=AT.same):
        return Reading("topics", _abroad(topics, scope, question, home=home), scope)
    return Reading("outside", scope=scope)


def _follows_up(question: Question, memory: Memory) -> bool:
    """Whether the message only goes on with the last answer, and so keeps its topic or moves it ("and for hair?")."""
    if question.chosen or not memory.topics:
        return False
    topic, share = question.topics[0] if question.topics else ("", 0.0)
    if memory.topics[0] == "alternatives" and topic in OF_ALTERNATIVES and refers_back(question.text):
        return True  # "any side effects with those?"
    if memory.topics[0] == "alternatives" and topic in OF_ONE_ALTERNATIVE and short(question, memory):
        return not names_exosomes(question.text)  # "side effects?" after minoxidil is on minoxidil
    if another_neighbour(question, memory):
        return True
    if question.intent == "follow_up":
        return bool(question.scope) or share < AT.named
    if not short(question, memory) or question.intent == "out_of_scope":
        return False
    # "is it safe tho" leaves much open, but not its topic; "til when" does, whatever the classifier makes of it.
    return share < AT.sure if question.intent == "vague" else share < AT.named and names_nothing(question.text)


def _clear(question: Question, memory: Memory) -> bool:
    """Whether the message names a topic by itself, although it may read like a follow-up."""
    named = bool(question.topics) and question.topics[0][1] >= AT.named
    return question.intent not in UNCLEAR or (bool(memory.topics) and named)


def _names_brand(question: Question) -> bool:
    """Whether it names a maker or product on file, and asks about it."""
    return bool(question.brands) and any(topic == "brands" and share >= AT.named for topic, share in question.topics[:1])


def _confident(question: Question) -> tuple[str, ...]:
    """The topics that the classifier is sure enough of: one, or two where the message holds two questions."""
    if question.chosen:
        return tuple(topic for topic, _ in question.topics)
    if not question.topics:
        return ()
    (best, share), *others = question.topics
    second = tuple(topic for topic, other in others[:1] if other >= AT.second)
    return (best, *second) if share >= AT.sure or second else ()


def _of_an_alternative(question: Question, memory: Memory, nearest: Callable[[], Nearest]) -> bool:
    """Whether it asks about an established treatment alone ("does rogaine work"), and something is on file that is near it."""
    if question.chosen or not on_alternatives(question.text) or set(dict(question.topics[:1])) <= {"report_problem", "cost"}:
        return False
    if refers_back(question.text) and memory.topics[:1] != ("alternatives",):
        return False  # "do you need needling so it gets in" is still on exosomes
    return any("alternatives" in entry.topics and entry.likeness >= AT.near for entry in nearest()[:3])


def _on_a_condition(topics: tuple[str, ...], question: Question, nearest: Callable[[], Nearest]) -> tuple[str, ...]:
    """The topic of who should be careful, where a question on a state of health is meant without its usual words."""
    if question.chosen or question.conditions or "who_should_avoid" in topics:
        return ()
    meant = (entry for entry in nearest()[:1] if entry.conditions and "who_should_avoid" in entry.topics)
    if not any(entry.likeness >= AT.meaning for entry in meant):
        return ()
    return ("who_should_avoid", *(topic for topic in topics[:1] if topic in RESULTS))  # how safe it is was asked of this state


def _with_condition(topics: tuple[str, ...], question: Question) -> tuple[str, ...]:
    """Who names a state of health wants to know what it changes: that comes first, unless the topic is far from it."""
    shares = dict(question.topics)
    if not question.conditions or "who_should_avoid" in topics or shares.get("who_should_avoid", 0.0) < AT.concerned:
        return topics
    return ("who_should_avoid", topics[0])


def _allowed(topics: tuple[str, ...], question: Question, scope: Mapping[str, str]) -> tuple[str, ...]:
    """ "May it be injected" is about approval, "how does an injection go" is not; the classifier's second thought tells."""
    into = scope.get("route") in ("injection", "infusion")
    if topics == ("how_given",) and into and dict(question.topics[:3]).get("approval_status", 0.0) >= AT.concerned:
        return ("approval_status", "how_given")
    return topics


def _best(question: Question) -> tuple[str, ...]:
    """After an answer, the likeliest topic of a short message that is not wholly open."""
    return tuple(topic for topic, share in question.topics[:1] if share >= AT.half_sure)


def _by_meaning(question: Question, nearest: Callable[[], Nearest], *, edge: float) -> tuple[str, ...]:
    """The likeliest topic that a curated question of much the same meaning also carries."""
    likely = [topic for topic, _ in question.topics[:5]]
    for entry in nearest()[:3]:
        shared = [topic for topic in likely if topic in entry.topics]
        if entry.likeness >= edge and shared:
            return (shared[0],)
    return ()


def _scope(question: Question, memory: Memory) -> dict[str, str]:
    """The message's own scope; one that leans on the last answer keeps what that was narrowed to."""
    scope = dict(question.scope)
    if keeps_scope(question, memory):
        for key, value in memory.scope.items():
            scope.setdefault(key, value)
    return scope


def _with_place(topics: Sequence[str], scope: dict[str, str], question: Question, memory: Memory) -> dict[str, str]:
    """`scope` with the country that was spoken of earlier, where the law of a place decides.

    But not where the message names an agency, or the last answer was on the law at home.
    """
    asked = set(topics).intersection(PLACE_TOPICS)
    at_home = "jurisdiction" not in memory.scope and set(memory.topics).intersection(PLACE_TOPICS)
    if question.chosen or question.agencies or at_home or not asked or not memory.country:
        return scope
    return {"jurisdiction": memory.country, **scope}


def _carried(question: Question, memory: Memory, *, home: str) -> tuple[str, ...]:
    """The last topics, moved to what the follow-up names: "and for hair?" after wrinkles asks about hair."""
    last = memory.topics[0]
    use, origin, place = (question.scope.get(key) for key in ("use", "origin", "jurisdiction"))
    if place and place != home:
        return ("other_countries",)
    if place == home and last == "other_countries":
        return ("approval_status",)
    if origin and last in (*ORIGIN_TOPICS, "definition"):
        return (BY_ORIGIN[origin],)
    if origin in ("plant", "synthetic") and last in RESULTS:
        return (BY_ORIGIN[origin],)
    if use and last in (*RESULTS, "evidence_overall", "report_problem"):
        return (BY_USE[use],)
    # Where to report was told beside a reaction; a follow-up on the reaction does not ask for it again.
    return tuple(topic for topic in memory.topics if topic == last or topic != "report_problem")


def _abroad(topics: tuple[str, ...], scope: Mapping[str, str], question: Question, *, home: str) -> tuple[str, ...]:
    """A question on the law of another country than the clinic's is one on that country; one on a state of the US is not."""
    place = scope.get("jurisdiction")
    if question.chosen or not place:
        return topics
    if place == home == question.scope.get("jurisdiction") == "US":
        moved = ("regulation" if topic == "other_countries" else topic for topic in topics)
    elif place != home:
        moved = ("other_countries" if topic in ELSEWHERE else topic for topic in topics)
    else:
        return topics
    return tuple(dict.fromkeys(moved))
