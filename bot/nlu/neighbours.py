"""Votes of the training messages nearest in meaning. Imports no Rasa.

Beside a regression they tell best what is new: a message whose neighbours lie outside the field is outside, whatever
words it borrows (held-out figures in `docs/evaluating.md`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

COUNT = 20
SHARPNESS = 15.0
REMEMBERED = 16  # messages whose likeness to all is kept: several judges look at the same one
Labels = Sequence[str | None]


class _Messages:
    """Training vectors as they are compared. Judges that learnt from the same messages share one: it is 60 MB."""

    _all: WeakValueDictionary[bytes, _Messages] = WeakValueDictionary()

    def __init__(self, vectors: np.ndarray) -> None:
        self._vectors = vectors.astype(np.float32)
        self.likeness = lru_cache(maxsize=REMEMBERED)(self._likeness)

    @classmethod
    def of(cls, vectors: np.ndarray) -> _Messages:
        """The one that holds these half-precision vectors."""
        key = hashlib.sha256(np.ascontiguousarray(vectors).data).digest() + bytes(str(vectors.shape), "ascii")
        return cls._all.get(key) or cls._all.setdefault(key, cls(vectors))

    def _likeness(self, vector: bytes) -> np.ndarray:
        return np.asarray(self._vectors @ np.frombuffer(vector, dtype=np.float32))

    def halves(self) -> np.ndarray:
        """The vectors in half precision, from which they were made."""
        return self._vectors.astype(np.float16)


class Neighbours:
    """Training vectors with their labels, of one kind or of several; instances can be pickled and keep half-precision numbers.

    A message whose label is None has no vote of that kind.
    """

    def __init__(self, vectors: np.ndarray, *kinds: Labels) -> None:
        self._kinds = []
        for labels in kinds:
            names = sorted({label for label in labels if label is not None})
            places = {name: place for place, name in enumerate(names)}
            voters = np.array([place for place, label in enumerate(labels) if label is not None])
            self._kinds.append((names, voters, np.array([places[label] for label in labels if label is not None])))
        self._messages = _Messages.of(vectors.astype(np.float16))

    def __getstate__(self) -> dict[str, Any]:
        return {"kinds": self._kinds, "vectors": self._messages.halves()}

    def __setstate__(self, kept: dict[str, Any]) -> None:
        self._kinds, self._messages = kept["kinds"], _Messages.of(kept["vectors"])

    def shares(self, vector: np.ndarray) -> dict[str, float]:
        """The votes of the first kind."""
        return self.votes(vector)[0]

    def votes(self, vector: np.ndarray) -> list[dict[str, float]]:
        """For a unit vector (width,), by kind: each label's share of the votes of the nearest, near ones counting more."""
        likeness = self._messages.likeness(np.asarray(vector, dtype=np.float32).tobytes())  # it is what takes the time
        found = []
        for names, voters, labels in self._kinds:
            near = likeness[voters]
            nearest = np.argpartition(-near, COUNT)[:COUNT] if len(near) > COUNT else np.arange(len(near))
            weights = np.exp(SHARPNESS * near[nearest])
            totals = np.bincount(labels[nearest], weights=weights, minlength=len(names))
            found.append({name: float(share) for name, share in zip(names, totals / totals.sum())})
        return found
