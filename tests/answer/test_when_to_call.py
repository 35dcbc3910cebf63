"""A calm question on what to do in an emergency is told from one on anything else."""

from __future__ import annotations

import pytest

from bot.answer import phrases
from bot.answer.when_to_call import asks_when_to_call
from bot.facts.rules import MAX_GRADE, grade


@pytest.mark.parametrize(
    "text",
    [
        "What should I do if my lips swell after the shots?",
        "if I faint at home, what do I do?",
        "which reactions are an emergency?",
        "when do I need to go to the ER after this",
        "what are the signs that I should call 911",
        "in case of an allergic reaction what happens",
        "who do I call if I get a fever at night",
        "how do I know if it is a severe reaction",
    ],
)
def test_asked(text: str) -> None:
    assert asks_when_to_call(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what should I do before the treatment",
        "does it cause swelling",
        "what happens in a session",
        "who approved them, and when",
        "was it an FDA emergency use approval",
        "when should I see a result",
        "how common are allergic reactions",
    ],
)
def test_not_asked(text: str) -> None:
    assert not asks_when_to_call(text)


@pytest.mark.parametrize("text", [phrases.WHEN_TO_CALL, phrases.FEVER, phrases.REPORT_IF, phrases.LEFT_ALONE])
def test_what_is_said_is_easy_to_read_and_names_the_number(text: str) -> None:
    assert "{emergency}" in text
    assert grade(text.format(emergency="911")) <= MAX_GRADE
