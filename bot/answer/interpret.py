"""Decides what a message asks for: kind of reply, at most two topics, scope. Imports no Rasa.

The thresholds come from held-out training messages (`python -m tools.crossvalidate` prints the curves).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.answer.question import Memory, Question
from bot.vocabulary import TOPICS

SURE = 0.30  # the best topic alone is taken from here on
SECOND = 0.28  # a second topic with this share is a second question
INSIDE = 0.50  # share of the field below which a message is not about exosome treatments
INSIDE_AFTER = 0.30  # the same for a short message after an answer, which leans on what was said before
MEANING = 0.70  # likeness to a curated question that settles an unsure case
SAME = 0.85  # likeness to a curated question that overrules "outside"
OFFERED = 3  # topics offered when unsure
CONCERNED = 0.05  # share from which a topic that the words point to is taken seriously
NAMED = 0.60  # share from which a follow-up names its own topic
HALF_SURE = 0.20  # share from which a short message after an answer is taken at its likeliest topic
UNCLEAR = ("vague", "follow_up")  # intents that name no topic by themselves
SHORT = 9  # words; shorter messages lean on what was said before

RESULTS = ("skin_results", "hair_results", "scar_wound_results", "procedure_recovery", "medical_uses")
BY_USE = {
    "hair": "hair_results",
    "skin": "skin_results",
    "pigment": "skin_results",
    "scars": "scar_wound_results",
    "wounds": "scar_wound_results",
    "recovery": "procedure_recovery",
    "medical": "medical_uses",
}
BY_ORIGIN = {"plant": "plant_origin", "synthetic": "artificial", "human": "origin", "animal": "origin"}
BESIDE_THE_CASE = ("who_should_avoid", "home_products", "medical_uses", "cost", "brands", "sources", "decision_help")
NO_AMOUNTS = ("definition", "mechanism", "artificial", "decision_help", "cost", "brands", "sources", "home_products")
ORIGIN_TOPICS = ("origin", "plant_origin", "artificial")
Nearest = Sequence[tuple[Sequence[str], float]]


@dataclass(frozen=True)
class Reading:
    """What to answer: `outcome` is `topics`, `clarify` or `outside`; `options` are the topics to offer for clarify."""

    outcome: str
    topics: tuple[str, ...] = ()
    scope: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()


def outside_field(question: Question, memory: Memory) -> bool:
    """Whether the message is not about exosome treatments; a short one after an answer leans on what was said before."""
    follows = bool(memory.topics) and question.words < SHORT
    return not question.chosen and question.inside < (INSIDE_AFTER if follows else INSIDE)


def interpret(question: Question, memory: Memory, *, home: str, nearest: Callable[[], Nearest] = tuple) -> Reading:
    """Reads `question` after what `memory` holds.

    Args:
        question: the message as understood.
        memory: what the conversation left behind.
        home: the clinic's country, which is what "approved" means when no place is named.
        nearest: gives, for the second look, (topics, likeness) of the curated entries nearest in meaning, best first; it is
            only asked when it is needed.
    """
    question = replace(question, topics=tuple(pair for pair in question.topics if pair[0] in TOPICS))  # a payload may name any
    scope = _scope(question, memory)
    follows = bool(memory.topics) and question.words < SHORT
    # It leans on what was said before; "is it safe tho" does not, although it leaves much open.
    open_end = question.intent == "vague" and follows and not any(share >= SURE for _, share in question.topics[:1])
    if memory.topics and (open_end or (question.intent == "follow_up" and (question.scope or not _plain_topic(question)))):
        return Reading("topics", _carried(question, memory, home=home), scope)
    if not outside_field(question, memory):
        clear = question.intent not in UNCLEAR or (bool(memory.topics) and _plain_topic(question))
        topics = _confident(question) if clear else ()
        topics = topics or _by_meaning(question, nearest, edge=MEANING)
        if not topics and follows and question.intent != "out_of_scope":
            topics = _carried(question, memory, home=home) if question.scope else _best(question)
        if topics:
            topics = _with_condition(topics, question)
            return Reading("topics", _abroad(_allowed(topics, question, scope), scope, question, home=home), scope)
        options = tuple(topic for topic, _ in question.topics[:OFFERED])
        if len(options) >= 2:
            return Reading("clarify", options=options, scope=scope)
    elif topics := _by_meaning(question, nearest, edge=SAME):
        return Reading("topics", _abroad(topics, scope, question, home=home), scope)
    return Reading("outside", scope=scope)


def _confident(question: Question) -> tuple[str, ...]:
    """The topics that the classifier is sure enough of: one, or two where the message holds two questions."""
    if question.chosen:
        return tuple(topic for topic, _ in question.topics)
    if not question.topics:
        return ()
    (best, share), *others = question.topics
    second = tuple(topic for topic, other in others[:1] if other >= SECOND)
    return (best, *second) if share >= SURE or second else ()


def _with_condition(topics: tuple[str, ...], question: Question) -> tuple[str, ...]:
    """Who names a state of health wants to know what it changes: that comes first, unless the topic is far from it."""
    shares = dict(question.topics)
    if not question.conditions or "who_should_avoid" in topics or shares.get("who_should_avoid", 0.0) < CONCERNED:
        return topics
    return ("who_should_avoid", topics[0])


def _allowed(topics: tuple[str, ...], question: Question, scope: Mapping[str, str]) -> tuple[str, ...]:
    """ "May it be injected" is about approval, "how does an injection go" is not; the classifier's second thought tells."""
    into = scope.get("route") in ("injection", "infusion")
    if topics == ("how_given",) and into and dict(question.topics[:3]).get("approval_status", 0.0) >= CONCERNED:
        return ("approval_status", "how_given")
    return topics


def case_topics(question: Question, reading: Reading, *, alone: bool = False, measure: bool = False) -> tuple[str, ...]:
    """The topics whose facts bear on a person's own case.

    `alone` where the person would hold the needle, `measure` where a dose is asked for: how it is given is nearest.
    """
    topics = reading.topics or tuple(topic for topic, _ in question.topics[:1]) or ("decision_help",)
    if measure and not alone and topics[0] in NO_AMOUNTS:
        topics = ("how_given", *(topic for topic in topics if topic == "cost"))
    if topics[0] == "home_products" and not alone and reading.scope.get("route") not in ("topical", "microneedling"):
        use = reading.scope.get("use")
        instead = (
            BY_USE[use] if use else next((t for t, _ in question.topics if t not in ("home_products", "cost")), "decision_help")
        )
        topics = (instead, *(topic for topic in topics[1:] if topic != instead))
    if question.conditions and topics[0] != "who_should_avoid":
        topics = ("who_should_avoid", *(topic for topic in topics if topic not in BESIDE_THE_CASE))
    return topics[:2]


def _plain_topic(question: Question) -> bool:
    """Whether a short message names its topic by itself, although it reads like a follow-up."""
    return bool(question.topics) and question.topics[0][1] >= NAMED


def _best(question: Question) -> tuple[str, ...]:
    """After an answer, the likeliest topic of a short message that is not wholly open."""
    return tuple(topic for topic, share in question.topics[:1] if share >= HALF_SURE)


def _by_meaning(question: Question, nearest: Callable[[], Nearest], *, edge: float) -> tuple[str, ...]:
    """The likeliest topic that a curated question of much the same meaning also carries."""
    likely = [topic for topic, _ in question.topics[:5]]
    for topics, likeness in nearest()[:3]:
        shared = [topic for topic in likely if topic in topics]
        if likeness >= edge and shared:
            return (shared[0],)
    return ()


def _scope(question: Question, memory: Memory) -> dict[str, str]:
    """The message's own scope; a short message keeps what the last one was narrowed to."""
    scope = dict(question.scope)
    if not question.chosen and memory.topics and question.words < SHORT:
        for key, value in memory.scope.items():
            scope.setdefault(key, value)
    return scope


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
    if use and last in RESULTS:
        return (BY_USE[use],)
    return tuple(memory.topics)


def _abroad(topics: tuple[str, ...], scope: Mapping[str, str], question: Question, *, home: str) -> tuple[str, ...]:
    """A question on the law of another country than the clinic's is one on that country."""
    place = scope.get("jurisdiction")
    if question.chosen or not place or place == home:
        return topics
    moved = ("other_countries" if topic in ("approval_status", "regulation") else topic for topic in topics)
    return tuple(dict.fromkeys(moved))
