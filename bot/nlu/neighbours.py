"""Votes of the training messages nearest in meaning. Imports no Rasa.

Beside a regression they tell best what is new: a message whose neighbours lie outside the field is outside, whatever
words it borrows (held-out figures in `docs/evaluating.md`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

COUNT = 20
SHARPNESS = 15.0
Labels = Sequence[str | None]


class Neighbours:
    """Training vectors with their labels, of one kind or of several; instances can be pickled and hold half-precision numbers.

    A message whose label is None has no vote of that kind.
    """

    def __init__(self, vectors: np.ndarray, *kinds: Labels) -> None:
        self._kinds = []
        for labels in kinds:
            names = sorted({label for label in labels if label is not None})
            places = {name: place for place, name in enumerate(names)}
            voters = np.array([place for place, label in enumerate(labels) if label is not None])
            self._kinds.append((names, voters, np.array([places[label] for label in labels if label is not None])))
        self._vectors = vectors.astype(np.float16)
        self._full: np.ndarray | None = None

    def __getstate__(self) -> dict:
        return {**self.__dict__, "_full": None}

    def shares(self, vector: np.ndarray) -> dict[str, float]:
        """The votes of the first kind."""
        return self.votes(vector)[0]

    def votes(self, vector: np.ndarray) -> list[dict[str, float]]:
        """For a unit vector (width,), by kind: each label's share of the votes of the nearest, near ones counting more."""
        if self._full is None:
            self._full = self._vectors.astype(np.float32)
        likeness = self._full @ vector  # once for all kinds: it is what takes the time
        found = []
        for names, voters, labels in self._kinds:
            near = likeness[voters]
            nearest = np.argpartition(-near, COUNT)[:COUNT] if len(near) > COUNT else np.arange(len(near))
            weights = np.exp(SHARPNESS * near[nearest])
            totals = np.bincount(labels[nearest], weights=weights, minlength=len(names))
            found.append({name: float(share) for name, share in zip(names, totals / totals.sum())})
        return found
