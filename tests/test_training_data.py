"""The training messages: enough of each, all different, and none shared with the evaluation set."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.nlu.training_data import read
from bot.settings import ROOT
from bot.vocabulary import TOPICS

EVAL = Path(__file__).parent / "data" / "eval"
EXAMPLES = read()
CONVERSATION = ("greet", "thanks", "goodbye", "help", "identity", "privacy", "small_talk", "abuse")


def _plain(text: str) -> str:
    return " ".join("".join(c for c in text.lower() if c.isalnum() or c.isspace()).split())


def _evaluation() -> list[dict]:
    rows = [json.loads(line) for path in sorted(EVAL.glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [turn for row in rows for turn in row.get("turns") or [row]]


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_has_at_least_120_examples(topic: str) -> None:
    assert sum(example.intent == topic for example in EXAMPLES) >= 120


@pytest.mark.parametrize("intent", ["personal_advice", "handoff", "vague", "follow_up", "more", "emergency", "crisis"])
def test_each_other_kind_has_at_least_120_examples(intent: str) -> None:
    assert sum(example.intent == intent for example in EXAMPLES) >= 120


def test_conversation_and_out_of_scope_have_enough_examples() -> None:
    counts = Counter(example.intent for example in EXAMPLES)
    assert sum(counts[intent] for intent in CONVERSATION) >= 120
    assert counts["out_of_scope"] >= 600


def test_every_intent_of_the_examples_is_in_the_domain() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    assert {example.intent for example in EXAMPLES} <= set(domain["intents"])


def test_no_message_is_there_twice() -> None:
    counts = Counter((_plain(example.text) or example.text) for example in EXAMPLES)
    assert [text for text, count in counts.items() if count > 1 and len(text.split()) > 3] == []


def test_the_set_for_rasa_test_is_not_trained_on_and_names_every_topic_with_examples() -> None:
    held = read(Path(__file__).parent / "data" / "nlu")
    known = {_plain(example.text) for example in EXAMPLES}
    assert [example.text for example in held if _plain(example.text) in known and len(example.text.split()) > 3] == []
    assert set(TOPICS) - {example.intent for example in held} == set()


def test_no_evaluation_question_is_among_the_training_messages() -> None:
    known = {_plain(example.text) for example in EXAMPLES}
    shared = [turn["text"] for turn in _evaluation() if len(turn["text"].split()) > 3 and _plain(turn["text"]) in known]
    assert shared == []


def test_the_evaluation_set_covers_every_topic_and_the_outside() -> None:
    counts = Counter(turn["topics"][0] for turn in _evaluation() if turn.get("topics"))
    assert {topic: counts[topic] for topic in TOPICS if counts[topic] < 8} == {}
    assert sum(turn["kind"] == "out_of_scope" for turn in _evaluation()) >= 200
