"""The typical questions of each fact and gap, asked as they stand, bring up that fact or gap."""

from __future__ import annotations

from functools import lru_cache

import pytest

from bot.answer.answerer import Answerer
from bot.answer.interpret import Reading
from bot.answer.question import Question
from bot.facts.schema import Fact, Gap
from bot.nlu import joint
from tests.builders import NOTHING, TODAY, FixedLibrary, shipped, snapshot_of

# Shares reached; they may rise, and must not fall. With another topic read than the record's own, what is asked word for word is
# still told.
FLOORS = {"facts": 0.95, "gaps": 0.985}
FLOORS_ELSEWHERE = {"facts": 0.80, "gaps": 0.80}
OTHER = "choosing_provider"


@lru_cache(maxsize=1)
def core() -> Answerer:
    """The answer core over the shipped facts."""
    encoder = joint.shared()
    return Answerer(FixedLibrary(snapshot_of(shipped(), encoder=encoder)), encode=encoder.one, home="US", today=lambda: TODAY)


def shown(record: Fact | Gap, text: str, topic: str) -> bool:
    """Whether `text`, read as on `topic`, is answered with `record`, or for a gap with a fact that says the same."""
    scope = {key: values[0] for key, values in record.scope.dict().items() if values}
    question = Question(text=text, intent=topic, confidence=0.9, topics=((topic, 0.9),), scope=scope)
    reply, _ = core().about(Reading("topics", (topic,), scope), question=question, memory=NOTHING)
    ids = {fact.id for fact in reply.facts}
    if isinstance(record, Gap):
        return record.statement in reply.text or bool(ids.intersection(record.said_by))
    return record.id in ids


def missed(kind: str, *, topic: str = "") -> tuple[list[str], int]:
    """The questions that do not bring up their record, and how many were asked; read as on `topic`, else the record's own."""
    records = [record for record in getattr(shipped(), kind).values() if not topic or topic not in record.topics]
    asked = [(record, text) for record in records for text in record.questions]
    return [f"{r.id}: {text}" for r, text in asked if not shown(r, text, topic or r.topics[0])], len(asked)


@pytest.mark.parametrize("kind", ["gaps", "facts"])
def test_own_questions_bring_up_their_record(kind: str) -> None:
    wrong, asked = missed(kind)
    assert 1 - len(wrong) / asked >= FLOORS[kind], "\n".join(wrong)


@pytest.mark.parametrize("kind", ["gaps", "facts"])
def test_a_question_word_for_word_is_told_whatever_topic_was_read(kind: str) -> None:
    wrong, asked = missed(kind, topic=OTHER)
    assert 1 - len(wrong) / asked >= FLOORS_ELSEWHERE[kind], "\n".join(wrong)


def test_what_was_asked_before_changes_no_answer() -> None:
    before = snapshot_of(shipped(), encoder=joint.shared())
    facts = {topic: before.of_topic(topic) for topic in before.topics}
    gaps = {topic: before.gaps_of(topic) for topic in before.topics}
    missed("gaps", topic=OTHER)
    after = core().snapshot()
    assert ({topic: after.of_topic(topic) for topic in facts}, {topic: after.gaps_of(topic) for topic in gaps}) == (facts, gaps)
