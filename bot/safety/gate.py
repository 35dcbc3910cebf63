"""Raises an emergency from the signs in a message or from its meaning. Imports no Rasa.

The meaning alone is enough. A sign alone is enough too; some only while the meaning is
not as good as certain that all is calm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.nlu.neighbours import Neighbours
from bot.safety.signs import SignFinder

EMERGENCY_INTENTS = ("emergency", "crisis")
ALARMING = "alarming"
ALARM = 0.30  # the meaning alone raises the alarm from this probability on
SUPPORT = 0.03  # a sign that nothing takes back raises it unless the meaning is this clearly calm
CERTAIN = ("poison", "airway", "breathing")  # these, and every sign of self-harm, count whatever the classifier says
WINDOW = 60  # words; the encoder reads about 100
C = 10.0


@dataclass(frozen=True)
class Verdict:
    """`intent` is "emergency", "crisis" or None; `probability` is that of the classifier; `signs` were found."""

    intent: str | None
    probability: float
    signs: tuple[str, ...] = ()


class SafetyClassifier:
    """How likely a vector is an emergency, by regression and by its neighbours, and if so, one of self-harm. Can be pickled."""

    def __init__(self) -> None:
        self._alarm = LogisticRegression(C=C, max_iter=600, class_weight={True: 3.0, False: 1.0})
        self._crisis = LogisticRegression(C=C, max_iter=600, class_weight="balanced")

    def fit(self, intents: Sequence[str], vectors: np.ndarray) -> SafetyClassifier:
        """Learns from vectors (len(intents), width); every intent outside EMERGENCY_INTENTS is calm."""
        alarm = np.array([intent in EMERGENCY_INTENTS for intent in intents])
        self._alarm.fit(vectors, alarm)
        self._crisis.fit(vectors[alarm], np.array(intents)[alarm] == "crisis")
        self._near = Neighbours(vectors, [ALARMING if real else "calm" for real in alarm])
        return self

    def probabilities(self, vector: np.ndarray) -> tuple[float, float]:
        """For one vector: the probability of an emergency, and that it is one of self-harm if it is one."""
        row = vector[None]
        near = self._near.shares(vector).get(ALARMING, 0.0)
        return (float(self._alarm.predict_proba(row)[0, 1]) + near) / 2, float(self._crisis.predict_proba(row)[0, 1])


def windows(text: str) -> list[str]:
    """The text itself, or for a long one its sentences in runs of at most WINDOW words, so that none is lost in the mass."""
    if len(text.split()) <= WINDOW:
        return [text]
    runs: list[list[str]] = [[]]
    for sentence in re.split(r"(?<=[.!?;\n])\s+", text):
        words = sentence.split()
        for start in range(0, len(words), WINDOW):
            part = words[start : start + WINDOW]
            if len(runs[-1]) + len(part) > WINDOW:
                runs.append([])
            runs[-1] += part
    return [text, *(" ".join(run) for run in runs if run)]


def judge(text: str, *, encode: Callable[[str], np.ndarray], classifier: SafetyClassifier | None, finder: SignFinder) -> Verdict:
    """The verdict on one message. Without a classifier the signs decide alone."""
    found = finder.find(text)
    # A sign of self-harm is never talked away: a look-alike there costs a crisis line too many, a miss may cost a life.
    standing = [sign for sign in found if not sign.taken_back or (sign.crisis and sign.id != "suicide-word")]
    alarm, crisis = SUPPORT, 0.0
    if classifier:
        alarm, crisis = max(classifier.probabilities(encode(part)) for part in windows(text))
    names = tuple(sign.id for sign in standing)
    certain = any(sign.id in CERTAIN or (sign.crisis and sign.id != "suicide-word") for sign in standing)
    if alarm < ALARM and not certain and not (standing and alarm >= SUPPORT):
        return Verdict(None, alarm, names)
    # What is named outweighs what is guessed: a swollen throat gets the ambulance, not the crisis line.
    is_crisis = any(sign.crisis for sign in standing) if standing else crisis >= 0.5
    return Verdict("crisis" if is_crisis else "emergency", alarm, names)
