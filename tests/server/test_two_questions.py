"""Two questions in one message get two answers, one question in two sentences gets one: most of each, on our own messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.contract import check_turn
from tests.server.conftest import Server

MESSAGES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "two_or_one.yml").read_text(encoding="utf-8")
)


def answered(server: Server, text: str) -> list[str]:
    """The topics of the reply."""
    return list(check_turn(server.ask(text, sender=f"two or one {text}"))["topics"])


def test_two_questions_get_two_answers(server: Server) -> None:
    got = {row["say"]: (answered(server, row["say"]), row["topics"]) for row in MESSAGES["two"]}
    missed = {text: topics for text, (topics, wanted) in got.items() if set(topics) != set(wanted)}
    assert len(got) == 20
    assert len(missed) <= 4, missed


def test_one_question_in_two_sentences_gets_one(server: Server) -> None:
    got = {row["say"]: (answered(server, row["say"]), row["topic"]) for row in MESSAGES["one"]}
    split = {text: topics for text, (topics, wanted) in got.items() if topics != [wanted]}
    assert len(got) == 20
    assert len(split) <= 5, split  # one of them, on lumps and who else was harmed, is fair to both
