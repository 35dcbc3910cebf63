"""No message is harder than school grade 8. The source list is left out: titles of papers are not our words."""

from __future__ import annotations

import pytest
import yaml

from bot.answer.question import Memory, Question
from bot.channels import envelope
from bot.facts.rules import MAX_GRADE, grade
from bot.settings import ROOT
from bot.vocabulary import TOPICS
from tests.builders import answerer_of, shipped

ENGLISH = {
    name: [variation["text"] for variation in variations if "condition" not in variation]
    for name, variations in yaml.safe_load((ROOT / "domain.yml").read_text())["responses"].items()
}


def _own_words(text: str) -> str:
    return "\n".join(block for block in text.split("\n\n") if not block.startswith("Sources:"))


@pytest.mark.parametrize("personal", [False, True], ids=["answer", "personal advice"])
@pytest.mark.parametrize("topic", TOPICS)
def test_reply_on_a_topic_reads_at_grade_eight_or_below(topic: str, personal: bool) -> None:
    answers = answerer_of(shipped())
    memory = Memory()
    question = Question(text="", intent="ask", topics=((topic, 1.0),), chosen=True)
    reply, memory = answers.personal(question, memory) if personal else answers.reply(question, memory)
    assert grade(_own_words(reply.text)) <= MAX_GRADE
    more, _ = answers.more(memory)
    assert grade(_own_words(more.text)) <= MAX_GRADE


@pytest.mark.parametrize("name", ENGLISH)
def test_set_reply_reads_at_grade_eight_or_below(name: str) -> None:
    assert [text for text in ENGLISH[name] if grade(text) > MAX_GRADE] == []


@pytest.mark.parametrize("text", [envelope.SORRY, envelope.EMPTY, envelope.ANSWER])
def test_set_sentence_of_the_channels_reads_at_grade_eight_or_below(text: str) -> None:
    assert grade(text) <= MAX_GRADE
