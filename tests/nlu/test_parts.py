"""A message is taken apart where it could hold two questions."""

from __future__ import annotations

import pytest

from bot.nlu.parts import PARTS, announced, split

BOTH = "what does it cost and does it hurt much"
COST, HURT = "what does it cost", "does it hurt much"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("is it safe", ["is it safe"]),
        (BOTH, [COST, HURT]),
        ("is it safe? does it hurt", ["is it safe?", "does it hurt"]),
        ("is it safe\ndoes it hurt", ["is it safe", "does it hurt"]),
        ("is it safe; does it hurt", ["is it safe", "does it hurt"]),
        ("is it safe / does it hurt", ["is it safe", "does it hurt"]),
        ("is it safe, does it hurt", ["is it safe", "does it hurt"]),
        ("1) is it safe 2) does it hurt", ["is it safe", "does it hurt"]),
        ("(a) is it safe (b) does it hurt", ["is it safe", "does it hurt"]),
        ("item one is it safe full stop item two does it hurt full stop", ["is it safe", "does it hurt"]),
        ("first off is it safe second off does it hurt", ["is it safe", "does it hurt"]),
        ("is it safe question mark the other thing is does it hurt", ["is it safe", "does it hurt"]),
        ("is it safe and sound", ["is it safe and sound"]),  # one word is no question
        ("hi, is it safe", ["hi, is it safe"]),
        ("is it safe in band or hand", ["is it safe in band or hand"]),  # "and" within a word
        ("is it safe and " * PARTS + "does it hurt", ["is it safe and " * PARTS + "does it hurt"]),  # a long story
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("two qs. is it safe, does it hurt", True),
        ("I have 2 quick questions", True),
        ("1) is it safe 2) does it hurt", True),
        ("is it safe and secondly does it hurt", True),
        ("item two does it hurt", True),
        ("is it safe and does it hurt", False),
        ("two weeks ago I asked a question", False),
        ("is 2.5 ml enough", False),
    ],
)
def test_a_message_may_say_itself_that_it_holds_two_questions(text: str, said: bool) -> None:
    assert announced(text) is said
