"""Names the intent of a message and ranks the topics, from its vector. Imports no Rasa.

Two logistic regressions, each beside the votes of the nearest training messages, share the vectors. The first names the
intent of the whole message: the intents of the field count together against each intent outside it, so that a question
which hovers between two topics is still known to be one in the field; a regression of its own judges "in the field or out
of scope", which does so better than the sum of fifty classes. The second ranks topics alone, for replies that
name a topic beside another intent (personal advice). Pairs of training questions, joined into one message, teach both
that a message can hold two questions.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.nlu.linear import chances
from bot.nlu.neighbours import Neighbours
from bot.vocabulary import TOPICS

OUTSIDE_INTENT = "out_of_scope"
BESIDE_TOPICS = ("personal_advice", "follow_up", "vague")  # intents of the field that are not a topic
FIELD = frozenset((*TOPICS, *BESIDE_TOPICS))
JOINS = (" and ", " & ", ". ", "? ", "? and ", " also ", ". Also, ", "?? ", " n ", ", and ", "; ", " / ")
C = 8.0
VOTES = 0.5  # weight of the neighbours beside the regression


@dataclass(frozen=True)
class Example:
    """One training message; `topic` is set where the intent is not itself a topic but the message has one."""

    text: str
    intent: str
    topic: str | None = None

    @property
    def about(self) -> str | None:
        """The topic of the message, if it has one."""
        return self.intent if self.intent in TOPICS else self.topic


@dataclass(frozen=True)
class Guess:
    """What the classifier says: intents and topics with probabilities, best first; `inside` is the field's share."""

    intent: str
    confidence: float
    intents: tuple[tuple[str, float], ...]
    topics: tuple[tuple[str, float], ...]
    inside: float


def pairs(examples: Sequence[Example], *, count: int, seed: int = 7) -> list[tuple[str, str, str]]:
    """`count` messages of two questions each: (text, first topic, second topic)."""
    chooser = random.Random(seed)
    short = [example for example in examples if example.intent in TOPICS and len(example.text) < 120]
    made: list[tuple[str, str, str]] = []
    while len(made) < count and short:
        first, second = chooser.sample(short, 2)
        if first.intent != second.intent:
            text = first.text.rstrip(" ?.!") + chooser.choice(JOINS) + second.text
            made.append((text, first.intent, second.intent))
    return made


def two_questions(examples: Sequence[Example], *, count: int) -> tuple[list[Example], list[tuple[str, str, str]]]:
    """Sets the messages that were written with two questions apart from the others, and adds `count` joined ones to them."""
    single = [example for example in examples if not (example.intent in TOPICS and example.topic)]
    written = [(e.text, e.intent, e.topic) for e in examples if e.intent in TOPICS and e.topic]
    return single, written + pairs(single, count=count)


def _within(intents: Sequence[tuple[str, float]]) -> tuple[str, float]:
    """The likeliest intent of the field: the topics count together against each of the others."""
    best = next((item for item in intents if item[0] in TOPICS), ("", 0.0))
    together = sum(share for name, share in intents if name in TOPICS)
    other = next((item for item in intents if item[0] in BESIDE_TOPICS), ("", 0.0))
    return other if other[1] > together else best


def _ranked(labels: Sequence[str], shares: np.ndarray) -> tuple[tuple[str, float], ...]:
    return tuple((labels[place], float(shares[place])) for place in np.argsort(-shares))


class QuestionClassifier:
    """Both regressions. Fit once, then `guess` for each vector; instances can be pickled."""

    def __init__(self, *, votes: float = VOTES) -> None:
        self.votes = votes
        self._intent = LogisticRegression(C=C, max_iter=600)
        self._topic = LogisticRegression(C=C, max_iter=600)
        self._inside = LogisticRegression(C=C, max_iter=600)

    def fit(
        self,
        examples: Sequence[Example],
        vectors: np.ndarray,
        *,
        joined: Sequence[tuple[str, str, str]] = (),
        joined_vectors: np.ndarray | None = None,
        among: tuple[np.ndarray, Sequence[int]] | None = None,
    ) -> QuestionClassifier:
        """Learns from `vectors` (len(examples), width) and from the vectors of two-question messages.

        `among`: the vectors of all messages, which are shared with another judge, and the places of `examples` in them.
        """
        intents = np.array([example.intent for example in examples])
        weights = np.ones(len(examples))
        stacked = [vectors]
        if joined_vectors is not None and len(joined):
            stacked += [joined_vectors, joined_vectors]
            intents = np.concatenate([intents, [first for _, first, _ in joined], [second for *_, second in joined]])
            weights = np.concatenate([weights, np.full(2 * len(joined), 0.5)])
        self._intent.fit(np.concatenate(stacked), intents, sample_weight=weights)
        places = [place for place, example in enumerate(examples) if example.about]
        topics = np.array([examples[place].about for place in places])
        chosen = [vectors[places], *stacked[1:]]
        weights = np.concatenate([np.ones(len(places)), weights[len(examples) :]])
        topics = np.concatenate([topics, intents[len(examples) :]])
        self._topic.fit(np.concatenate(chosen), topics, sample_weight=weights)
        field = [place for place, example in enumerate(examples) if example.intent in FIELD or example.intent == OUTSIDE_INTENT]
        self._inside.fit(vectors[field], [examples[place].intent in FIELD for place in field])
        whole, voters = among or (vectors, range(len(examples)))
        at = dict(zip(voters, examples))
        found = [at.get(place) for place in range(len(whole))]
        self._near = Neighbours(
            whole, [one.intent if one else None for one in found], [one.about if one else None for one in found]
        )
        return self

    def guess(self, vector: np.ndarray) -> Guess:
        """What one vector (width,) most likely is."""
        near, near_topics = self._near.votes(vector)
        intents = self._blend(self._intent, near, vector)
        inside = self._share_inside(near, vector)
        # Field and "out of scope" share what both were given as the judge of that very question divides it.
        both = sum(share for name, share in intents if name in FIELD or name == OUTSIDE_INTENT)
        groups = {name: share for name, share in intents if name not in FIELD} | {OUTSIDE_INTENT: both * (1 - inside)}
        winner = max(groups, key=lambda name: groups[name], default="")
        if winner and groups[winner] > both * inside:
            intent, confidence = winner, groups[winner]
        else:
            intent, confidence = _within(intents)
        topics = self._blend(self._topic, near_topics, vector)
        return Guess(intent, confidence, intents, topics, inside)

    def _share_inside(self, votes: Mapping[str, float], vector: np.ndarray) -> float:
        """How likely the message is about the field rather than out of scope: a regression of its own, and the neighbours."""
        field = sum(share for name, share in votes.items() if name in FIELD)
        near = field / (field + votes.get(OUTSIDE_INTENT, 0.0)) if field else 0.0
        return (float(chances(self._inside, vector)[1]) + near) / 2

    def _blend(self, model: LogisticRegression, votes: Mapping[str, float], vector: np.ndarray) -> tuple[tuple[str, float], ...]:
        """The regression's probabilities and the neighbours' votes together, best first."""
        shares = chances(model, vector)
        mixed = [(1 - self.votes) * share + self.votes * votes.get(name, 0.0) for name, share in zip(model.classes_, shares)]
        return _ranked(list(model.classes_), np.array(mixed))
