"""Every kind of answer for every topic is rendered: Slack would take it, and nothing that was said is lost."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from bot.slack.render import Answer, render
from bot.vocabulary import KINDS, TOPICS
from tests.slack.turns_of_all_kinds import Turn, of_other_kinds, on_topics
from tests.slack.validate import message_problems

LINK = re.compile(r"<https?://[^|>]+\|([^>]*)>")
ALIKE = str.maketrans("∗∼ˋ∶ˍ›¦", "*~`:_>|")


@pytest.fixture(scope="module")
def turns() -> dict[str, Turn]:
    """All of them by name."""
    return {**dict(on_topics()), **dict(of_other_kinds())}


def shown(answer: Answer) -> str:
    """What a person reads, without formatting."""
    blocks = [block for message in answer.together() for block in message.blocks]
    texts = [
        text["text"] for block in blocks for text in (*block.get("elements", ()), block.get("text")) if text and "text" in text
    ]
    texts = [text for text in texts if isinstance(text, str)]
    return html.unescape(LINK.sub(r"\1", "\n".join(texts))).translate(ALIKE)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def test_there_are_turns_of_every_kind_and_topic(turns: dict[str, Turn]) -> None:
    customs = [message["custom"] for turn in turns.values() for message in turn]
    assert {custom["kind"] for custom in customs} == set(KINDS)
    assert {topic for custom in customs for topic in custom["topics"]} == set(TOPICS)
    assert len(turns) > 1000


def test_slack_would_take_every_one(turns: dict[str, Turn]) -> None:
    wrong: dict[str, Any] = {}
    for name, turn in turns.items():
        answer = render(turn)
        for message in (*answer.together(), *answer.apart()):
            if problems := message_problems(message.payload):
                wrong[name] = problems
    assert wrong == {}


def test_nothing_that_is_said_is_lost(turns: dict[str, Turn]) -> None:
    lost: dict[str, Any] = {}
    for name, turn in turns.items():
        answer, said = render(turn), " ".join(message["text"] for message in turn)
        addresses = {word for source in turn[-1]["custom"]["sources"] for word in _words(source["url"] or "")}
        for text in (shown(answer), " ".join(message.text for message in answer.messages)):
            if missing := _words(said) - addresses - _words(text):
                lost[name] = missing
    assert lost == {}


def test_every_citation_is_a_link_to_its_source(turns: dict[str, Turn]) -> None:
    for turn in turns.values():
        custom, answer = turn[-1]["custom"], render(turn)
        said = "\n".join(b["text"]["text"] for m in answer.messages for b in m.blocks if b["type"] == "section")
        urls = {source["n"]: source["url"] for source in custom["sources"]}
        for fact in custom["facts"]:
            for n in fact["citations"]:
                assert (f"<{html.escape(urls[n], quote=False)}|[{n}]>" if urls[n] else f"[{n}]") in said


def test_an_emergency_says_what_to_do_first_in_bold_and_offers_nothing_else(turns: dict[str, Turn]) -> None:
    for turn in turns.values():
        if turn[-1]["custom"]["kind"] == "emergency":
            answer = render(turn)
            first = answer.messages[0].blocks[0]["text"]["text"]
            assert first == f"*{turn[0]['text'].splitlines()[0]}*"
            assert {block["type"] for message in answer.together() for block in message.blocks} == {"section"}
