"""Votes of the training messages nearest in meaning. Imports no Rasa.

Beside a regression they tell best what is new: a message whose neighbours lie outside the field is outside, whatever
words it borrows (held-out figures in `docs/evaluating.md`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

COUNT = 20
SHARPNESS = 15.0


class Neighbours:
    """Training vectors with their labels; instances can be pickled and hold half-precision numbers."""

    def __init__(self, vectors: np.ndarray, labels: Sequence[str]) -> None:
        self.names = sorted(set(labels))
        places = {name: place for place, name in enumerate(self.names)}
        self._labels = np.array([places[label] for label in labels])
        self._vectors = vectors.astype(np.float16)
        self._full: np.ndarray | None = None

    def __getstate__(self) -> dict:
        return {**self.__dict__, "_full": None}

    def shares(self, vector: np.ndarray) -> dict[str, float]:
        """For a unit vector (width,): each label's share of the votes of the nearest, near ones counting more."""
        if self._full is None:
            self._full = self._vectors.astype(np.float32)
        likeness = self._full @ vector
        nearest = np.argpartition(-likeness, COUNT)[:COUNT] if len(likeness) > COUNT else np.arange(len(likeness))
        votes = np.exp(SHARPNESS * likeness[nearest])
        totals = np.bincount(self._labels[nearest], weights=votes, minlength=len(self.names))
        return {name: float(share) for name, share in zip(self.names, totals / totals.sum())}
