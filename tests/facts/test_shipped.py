"""The facts that the project ships: in order, enough of them, and in plain words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answer.reply import phrases, wording
from bot.channels import envelope
from bot.facts import shingles
from bot.facts.rules import MARKETING, MAX_GRADE, grade
from bot.vocabulary import STANCES, TOPICS
from tests.builders import shipped


def texts(kind: str) -> Iterator[tuple[str, str]]:
    """Every sentence of one kind of record that a patient can read, with where it stands."""
    for record in getattr(shipped(), kind).values():
        for field in ("statement", "detail", "text", "label", "question", "subject"):
            if value := getattr(record, field, None):
                yield f"{record.id}.{field}", value
        yield from ((f"{record.id}.ask.{n}", value) for n, value in enumerate(getattr(record, "ask", ())))


def fixed() -> Iterator[tuple[str, str]]:
    """Every set sentence of the answer core and of the channels."""
    yield from phrases.OPENERS.items()
    for module in (phrases, wording, envelope):
        yield from ((name, value) for name, value in vars(module).items() if name.isupper() and isinstance(value, str))
    for topic in shipped().topics.values():
        yield f"nothing on {topic.id}", phrases.NOTHING_ON_FILE.format(subject=topic.subject)


def test_the_shipped_facts_are_in_order_and_many() -> None:
    assert len(shipped().facts) >= 140
    assert {fact.stance for fact in shipped().facts.values()} == set(STANCES)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_named_and_has_a_fact_or_a_gap(topic: str) -> None:
    covered = {id for kind in (shipped().facts, shipped().gaps) for id, entry in kind.items() if topic in entry.topics}
    assert covered
    assert set(shipped().topics[topic].related) <= set(TOPICS) - {topic}


@pytest.mark.parametrize("kind", ["facts", "gaps", "caveats", "topics"])
def test_every_text_reads_at_grade_eight_or_below_without_selling_or_copying(kind: str) -> None:
    hard = {place: grade(text) for place, text in texts(kind) if grade(text) > MAX_GRADE}
    sold = {place: found.group() for place, text in texts(kind) if (found := MARKETING.search(text))}
    copied = {place: run for place, text in texts(kind) if (run := shingles.copied(text))}
    assert (hard, sold, copied) == ({}, {}, {})


def test_every_set_sentence_reads_at_grade_eight_or_below() -> None:
    assert {name: grade(text) for name, text in fixed() if grade(text) > MAX_GRADE} == {}


def test_disagreements_are_on_file_from_both_sides() -> None:
    pairs = {(fact.id, other) for fact in shipped().facts.values() for other in fact.contradicts}
    assert pairs
    assert pairs == {(other, one) for one, other in pairs}
