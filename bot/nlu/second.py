"""Finds the second question of a message. Imports no Rasa.

Each topic that the message or one of its parts could be about is weighed by eleven figures (`Evidence`) with the weights of
a logistic regression, learnt from messages with two questions and from messages that only look so (`python -m
tools.tune_second`, which also gives the figures behind the threshold).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.nlu.classifier import Guess
from bot.nlu.parts import announced, split
from bot.settings import ROOT

WEIGHTS = ROOT / "data" / "encoder" / "second_question.json"
ASKED = 0.20  # probability from which a second question is answered
MARKED = 0.15  # the same where two parts end in a question mark
PERHAPS = 0.04  # from here on it is offered
OWN_PART = 0.20  # share that each of two parts must give its topic to stand for it
SURE = 0.50  # probability from which the question that stands first in the message is also answered first
EVEN = 0.4  # share that both topics get at least
LEAST = 1e-3
ASKING = re.compile(
    r"\W*(what|how|who|where|when|why|which|is|are|do|does|did|can|could|will|would|should|any|has|have|tell|explain)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Both:
    """The topics of a message with their shares, best first; where there are two questions, by topic the part on it,
    or the whole message where no part is clearly its own.

    `perhaps` is a topic that may have been asked about too, but not surely enough to answer.
    """

    topics: tuple[tuple[str, float], ...]
    parts: Mapping[str, str] = field(default_factory=dict)
    perhaps: str | None = None


@dataclass(frozen=True)
class Evidence:
    """What speaks for a topic as the second question; shares as logarithms."""

    share: float  # of the topic in the whole message
    first: float  # of the first topic in the whole message
    in_part: float  # of the topic in the part that is most about it
    apart: float  # of the lesser of both topics, each in a part of its own, at best
    asked: float  # the same for parts that each ask, as it is and not as a logarithm: two sure questions side by side
    beside: float  # of the first topic in that part
    field: float  # how much that part belongs to the field
    rank: float  # of the topic in the whole message
    marks: float  # question marks
    asking: float  # parts that begin like a question
    words: float  # in the message


def _log(share: float) -> float:
    return math.log(share + LEAST)


def candidates(text: str, guess: Guess, parts: Sequence[str], heard: Sequence[Guess]) -> dict[str, Evidence]:
    """For each topic that could be asked about beside the first one: the evidence. `heard` are the guesses for `parts`."""
    whole, first = dict(guess.topics), guess.topics[0][0]
    order = [topic for topic, _ in guess.topics]
    shares = [dict(part.topics) for part in heard]
    named = {*order[1:5], *(topic for part in heard for topic, _ in part.topics[:2])} - {first}
    asking = [bool(ASKING.match(part)) or part.endswith("?") for part in parts]
    marks, beginnings = min(text.count("?"), 3), min(sum(bool(ASKING.match(part)) for part in parts), 4)
    questions = [share for share, asks in zip(shares, asking) if asks]
    found = {}
    for topic in sorted(named):
        at = max(range(len(parts)), key=lambda place: shares[place].get(topic, 0.0))
        _, _, apart = _placed(first, topic, shares)
        found[topic] = Evidence(
            share=_log(whole.get(topic, 0.0)),
            first=_log(whole[first]),
            in_part=_log(shares[at].get(topic, 0.0)),
            apart=_log(apart),
            asked=_placed(first, topic, questions)[2],
            beside=_log(shares[at].get(first, 0.0)),
            field=heard[at].inside,
            rank=min(order.index(topic), 9) if topic in order else 9,
            marks=marks,
            asking=beginnings,
            words=math.log(len(text.split()) + 1),
        )
    return found


def _placed(first: str, second: str, shares: Sequence[Mapping[str, float]]) -> tuple[int, int, float]:
    """The two parts that are best on one topic each, and the lesser of their shares; (0, 0, 0) where there is one part."""
    pairs = ((i, j) for i in range(len(shares)) for j in range(len(shares)) if i != j)
    scored = ((i, j, min(shares[i].get(first, 0.0), shares[j].get(second, 0.0))) for i, j in pairs)
    return max(scored, key=lambda item: item[2], default=(0, 0, 0.0))


@lru_cache(maxsize=1)
def weights(path: Path = WEIGHTS) -> tuple[np.ndarray, float]:
    """The weight of each figure of `Evidence` (11,) and the constant."""
    read = json.loads(path.read_text(encoding="utf-8"))
    return np.array([read["weights"][name] for name in Evidence.__dataclass_fields__]), float(read["constant"])


def probability(evidence: Evidence) -> float:
    """How likely the topic is asked about too."""
    weight, constant = weights()
    return float(1 / (1 + math.exp(-(float(weight @ np.array(astuple(evidence))) + constant))))


def with_both(text: str, guess: Guess, *, guesses: Callable[[Sequence[str]], Sequence[Guess]]) -> Both:
    """The topics of `guess`; where a second question is likely enough, its topic and the first come first, equal.

    `guesses` judges parts of the message.
    """
    if len(guess.topics) < 2:
        return Both(guess.topics)
    parts = split(text)
    heard = guesses(parts) if len(parts) > 1 else [guess]
    scored = {topic: probability(evidence) for topic, evidence in candidates(text, guess, parts, heard).items()}
    second = max(scored, key=lambda topic: scored[topic])
    marked = sum(part.endswith("?") for part in parts) > 1
    if scored[second] < (PERHAPS if announced(text) else MARKED if marked else ASKED):
        return Both(guess.topics, perhaps=second if scored[second] >= PERHAPS else None)
    first, whole = guess.topics[0][0], dict(guess.topics)
    here, there, share = _placed(first, second, [dict(part.topics) for part in heard])
    turned = scored[second] >= SURE and share >= OWN_PART and there < here
    asked = (second, first) if turned else (first, second)
    own = {first: parts[here], second: parts[there]} if share >= OWN_PART else {first: text, second: text}
    weight = max((whole[first] + whole.get(second, 0.0)) / 2, EVEN)
    rest = tuple(item for item in guess.topics if item[0] not in asked)
    return Both((*((topic, weight) for topic in asked), *rest), {topic: own[topic] for topic in asked})
