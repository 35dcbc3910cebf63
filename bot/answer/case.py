"""A person's own case: the topics whose facts bear on it. Imports no Rasa."""

from __future__ import annotations

from bot.answer.interpret import Reading
from bot.answer.question import Question
from bot.answer.topics import BESIDE_THE_CASE, BY_USE, NO_AMOUNTS


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
