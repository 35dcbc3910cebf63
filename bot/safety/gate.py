"""Raises an emergency from the signs in a message or from its meaning; either alone is enough. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.safety.signs import SignFinder

EMERGENCY_INTENTS = ("emergency", "crisis")
ALARM = 0.50  # the meaning alone raises the alarm from this probability on
SUPPORT = 0.03  # a sign that nothing takes back raises it unless the meaning is this clearly calm
C = 10.0


@dataclass(frozen=True)
class Verdict:
    """`intent` is "emergency", "crisis" or None; `probability` is that of the classifier; `signs` were found."""

    intent: str | None
    probability: float
    signs: tuple[str, ...] = ()


class SafetyClassifier:
    """How likely a sentence vector is an emergency, and if so, one of self-harm. Instances can be pickled."""

    def __init__(self) -> None:
        self._alarm = LogisticRegression(C=C, max_iter=600, class_weight={True: 3.0, False: 1.0})
        self._crisis = LogisticRegression(C=C, max_iter=600, class_weight="balanced")

    def fit(self, intents: Sequence[str], vectors: np.ndarray) -> SafetyClassifier:
        """Learns from vectors (len(intents), width); every intent outside EMERGENCY_INTENTS is calm."""
        alarm = np.array([intent in EMERGENCY_INTENTS for intent in intents])
        self._alarm.fit(vectors, alarm)
        self._crisis.fit(vectors[alarm], np.array(intents)[alarm] == "crisis")
        return self

    def probabilities(self, vector: np.ndarray) -> tuple[float, float]:
        """For one vector: the probability of an emergency, and that it is one of self-harm if it is one."""
        row = vector[None]
        return float(self._alarm.predict_proba(row)[0, 1]), float(self._crisis.predict_proba(row)[0, 1])


def judge(text: str, vector: np.ndarray, *, classifier: SafetyClassifier | None, finder: SignFinder) -> Verdict:
    """The verdict on one message. Without a classifier the signs decide alone."""
    found = finder.find(text)
    standing = [sign for sign in found if not sign.taken_back]
    alarm, crisis = classifier.probabilities(vector) if classifier else (SUPPORT, 0.0)
    names = tuple(sign.id for sign in standing)
    if alarm < ALARM and not (standing and alarm >= SUPPORT):
        return Verdict(None, alarm, names)
    is_crisis = any(sign.crisis for sign in standing) or crisis >= 0.5
    return Verdict("crisis" if is_crisis else "emergency", alarm, names)
