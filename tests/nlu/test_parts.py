"""A message of two questions is taken apart, and only where both parts are clear."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.classifier import Guess, QuestionClassifier
from bot.nlu.parts import AMONG, CLEAR, HINT, PARTS, split, with_both

Ranking = tuple[tuple[str, float], ...]
BOTH = "what does it cost and does it hurt much"


class Fixed(QuestionClassifier):
    """Knows the topic and share of some texts; the vector of a text is its place among them."""

    def __init__(self, **known: tuple[str, float]) -> None:
        self.texts, self.known = [text.replace("_", " ") for text in known], list(known.values())

    def encode(self, text: str) -> np.ndarray:
        """The place of `text`."""
        return np.array([self.texts.index(text)])

    def guess(self, vector: np.ndarray) -> Guess:
        """What it knows of the text."""
        topic, share = self.known[int(vector[0])]
        return whole((topic, share))


def whole(*topics: tuple[str, float]) -> Guess:
    """The guess for a whole message."""
    return Guess(topics[0][0], topics[0][1], topics, topics, 1.0)


def both(text: str, guess: Guess, **known: tuple[str, float]) -> Ranking:
    """The topics once the parts have been looked at."""
    classifier = Fixed(**known)
    return with_both(text, guess, classifier=classifier, encode=classifier.encode)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("is it safe", ["is it safe"]),
        (BOTH, ["what does it cost", "does it hurt much"]),
        ("is it safe? does it hurt", ["is it safe?", "does it hurt"]),
        ("is it safe\ndoes it hurt", ["is it safe", "does it hurt"]),
        ("is it safe; does it hurt", ["is it safe", "does it hurt"]),
        ("is it safe / does it hurt", ["is it safe", "does it hurt"]),
        ("1) is it safe 2) does it hurt", ["is it safe", "does it hurt"]),
        ("is it safe and sound", ["is it safe"]),  # a part of one word says too little
        ("is it safe, band or hand", ["is it safe, band or hand"]),  # "and" within a word
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_a_long_story_is_not_taken_apart_any_further() -> None:
    assert len(split("this is one. " * (PARTS + 3))) == PARTS


def test_two_clear_parts_come_first_and_equal() -> None:
    guess = whole(("cost", 0.5), ("brands", 0.2), ("side_effects", HINT))
    known = {"what_does_it_cost": ("cost", 0.9), "does_it_hurt_much": ("side_effects", CLEAR)}
    assert both(BOTH, guess, **known) == (("cost", 0.4), ("side_effects", 0.4), ("brands", 0.2))
    sure = whole(("side_effects", 0.6), ("cost", 0.3))
    assert both(BOTH, sure, **known) == (("cost", pytest.approx(0.45)), ("side_effects", pytest.approx(0.45)))


UNCLEAR = [
    ("cost", CLEAR - 0.01),  # not sure
    ("origin", 0.9),  # not among those of the whole message
    ("cost", 0.9),  # the same again
]


@pytest.mark.parametrize("second", [("side_effects", CLEAR - 0.01), *UNCLEAR])
def test_otherwise_nothing_changes(second: tuple[str, float]) -> None:
    guess = whole(("cost", 0.5), ("side_effects", 0.2))
    assert both(BOTH, guess, what_does_it_cost=("cost", 0.9), does_it_hurt_much=second) == guess.topics


def test_a_topic_far_down_the_list_is_not_taken() -> None:
    others = [(f"topic{n}", 0.09) for n in range(AMONG - 1)]
    guess = whole(("cost", 0.4), *others, ("side_effects", 0.01))
    known = {"what_does_it_cost": ("cost", 0.9), "does_it_hurt_much": ("side_effects", 0.9)}
    assert both(BOTH, guess, **known) == guess.topics


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("what does it cost", (("cost", 0.5), ("side_effects", 0.5))),  # one part
        (BOTH, (("cost", 1.0),)),  # one topic
        (BOTH, (("cost", 0.9), ("side_effects", HINT - 0.01))),  # no hint of a second
    ],
)
def test_without_a_hint_the_parts_are_not_looked_at(text: str, topics: Ranking) -> None:
    assert both(text, whole(*topics)) == topics  # the classifier knows no text and would fail
