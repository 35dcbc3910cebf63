"""A message is taken apart where it could hold two questions."""

from __future__ import annotations

import pytest

from bot.nlu.parts import PARTS, split

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
        ("is it safe and sound", ["is it safe and sound"]),  # one word is no question
        ("hi, is it safe", ["hi, is it safe"]),
        ("is it safe in band or hand", ["is it safe in band or hand"]),  # "and" within a word
        ("is it safe and " * PARTS + "does it hurt", ["is it safe and " * PARTS + "does it hurt"]),  # a long story
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert split(text) == parts
