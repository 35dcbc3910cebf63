"""Finds two questions in one message: splits it and asks the classifier about each part. Imports no Rasa."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from bot.nlu.classifier import Guess, QuestionClassifier

JOINT = re.compile(r"(?<=[.?!;])\s+|\n+|\s+(?:and|&|n|also|plus|then)\s+|[;/]\s+|(?:^|\s)\d[.)]\s+", re.IGNORECASE)
WORDS = 3  # a part with fewer words says too little
PARTS = 6  # a long story is not taken apart any further
HINT = 0.08  # share that the whole message must give a second topic before it is looked for
CLEAR = 0.60  # share that a part must give its topic
AMONG = 6  # both topics must be among so many of the whole message


def split(text: str) -> list[str]:
    """The parts of a message that could each hold a question."""
    parts = [part.strip() for part in JOINT.split(text) if part and len(part.split()) >= WORDS]
    return parts[:PARTS]


def with_both(
    text: str, guess: Guess, *, classifier: QuestionClassifier, encode: Callable[[str], np.ndarray]
) -> tuple[tuple[str, float], ...]:
    """The topics of `guess`; where two parts of the message clearly ask about two of them, these come first, equal."""
    parts = split(text)
    if len(parts) < 2 or len(guess.topics) < 2 or guess.topics[1][1] < HINT:
        return guess.topics
    among = [topic for topic, _ in guess.topics[:AMONG]]
    found: list[str] = []
    for part in parts:
        topic, share = classifier.guess(encode(part)).topics[0]
        if share >= CLEAR and topic in among and topic not in found:
            found.append(topic)
    if len(found) != 2:
        return guess.topics
    both = sum(share for topic, share in guess.topics if topic in found)
    rest = tuple(item for item in guess.topics if item[0] not in found)
    return ((found[0], max(both / 2, 0.4)), (found[1], max(both / 2, 0.4)), *rest)
