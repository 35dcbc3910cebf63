"""Votes of the training messages nearest in meaning. Imports no Rasa.

Beside a regression they tell best what is new: a message whose neighbours lie outside the field is outside, whatever
words it borrows (held-out figures in `docs/evaluating.md`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

COUNT = 20
SHARPNESS = 15.0
REMEMBERED = 16  # messages whose neighbours are kept: several judges look at the same one
SHORT = 192  # numbers that a first look compares, of 1,152; among CLOSE there are all COUNT nearest for 98 messages in 100
CLOSE = 400  # messages that are compared in full after the first look
PART = 4096  # messages whose vectors are made full precision at once
Labels = Sequence[str | None]


def main_directions(vectors: np.ndarray, count: int) -> np.ndarray:
    """The `count` directions (width, count) in which `vectors` differ most; what they leave out tells messages apart least."""
    _, directions = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    return np.asarray(directions[:, ::-1][:, :count], dtype=np.float32)


class _Messages:
    """Training vectors as they are compared, in half precision. Judges that learnt from the same messages share one: it is 120 MB.

    To compare a message with the whole of each vector would read them all. So a first look compares the main directions only,
    and a second one what came out close in full.
    """

    _all: WeakValueDictionary[bytes, _Messages] = WeakValueDictionary()

    def __init__(self, vectors: np.ndarray, directions: np.ndarray | None) -> None:
        self._halves = vectors
        self.directions = main_directions(vectors.astype(np.float32), SHORT) if directions is None else directions
        # (SHORT, messages): read in one go, twice as fast
        self._short = np.concatenate([(part @ self.directions).T for part in self._parts()], axis=1)
        self.nearest = lru_cache(maxsize=REMEMBERED)(self._nearest)
        self.all = lru_cache(maxsize=REMEMBERED)(self._compare)

    @classmethod
    def of(cls, vectors: np.ndarray, directions: np.ndarray | None = None) -> _Messages:
        """The one that holds these half-precision vectors."""
        key = hashlib.sha256(np.ascontiguousarray(vectors).data).digest() + bytes(str(vectors.shape), "ascii")
        return cls._all.get(key) or cls._all.setdefault(key, cls(vectors, directions))

    def _parts(self) -> Iterator[np.ndarray]:
        """The vectors in full precision, some thousands at a time."""
        return (self._halves[start : start + PART].astype(np.float32) for start in range(0, len(self._halves), PART))

    def _nearest(self, vector: bytes) -> tuple[np.ndarray, np.ndarray]:
        """The places of the CLOSE messages nearest to a vector, in no order, and their likeness to it."""
        if len(self._halves) <= CLOSE:
            return self.all(vector)
        wanted = np.frombuffer(vector, dtype=np.float32)
        places = np.argpartition((wanted @ self.directions) @ self._short, -CLOSE)[-CLOSE:]
        return places, self._halves[places].astype(np.float32) @ wanted

    def _compare(self, vector: bytes) -> tuple[np.ndarray, np.ndarray]:
        """The places of all messages, and their likeness to a vector."""
        wanted = np.frombuffer(vector, dtype=np.float32)
        return np.arange(len(self._halves)), np.concatenate([part @ wanted for part in self._parts()])

    def halves(self) -> np.ndarray:
        """The vectors in half precision."""
        return self._halves


class Neighbours:
    """Training vectors with their labels, of one kind or of several; instances can be pickled and keep half-precision numbers.

    A message whose label is None has no vote of that kind.
    """

    def __init__(self, vectors: np.ndarray, *kinds: Labels) -> None:
        self._kinds = []
        for labels in kinds:
            names = sorted({label for label in labels if label is not None})
            number = {name: place for place, name in enumerate(names)}
            self._kinds.append((names, np.array([-1 if label is None else number[label] for label in labels])))
        self._messages = _Messages.of(vectors.astype(np.float16))

    def __getstate__(self) -> dict[str, Any]:
        return {"kinds": self._kinds, "vectors": self._messages.halves(), "directions": self._messages.directions}

    def __setstate__(self, kept: dict[str, Any]) -> None:
        self._kinds, self._messages = kept["kinds"], _Messages.of(kept["vectors"], kept["directions"])

    def shares(self, vector: np.ndarray) -> dict[str, float]:
        """The votes of the first kind."""
        return self.votes(vector)[0]

    def votes(self, vector: np.ndarray) -> list[dict[str, float]]:
        """For a vector (width,), by kind: each label's share of the votes of the nearest, near ones counting more."""
        wanted = np.asarray(vector, dtype=np.float32).tobytes()
        found = []
        for names, label_of in self._kinds:
            places, likeness = self._messages.nearest(wanted)
            if np.count_nonzero(label_of[places] >= 0) < COUNT:  # the voters of this kind are further off
                places, likeness = self._messages.all(wanted)
            voters = label_of[places] >= 0
            near, labels = likeness[voters], label_of[places[voters]]
            nearest = np.argpartition(-near, COUNT)[:COUNT] if len(near) > COUNT else np.arange(len(near))
            weights = np.exp(SHARPNESS * near[nearest])
            totals = np.bincount(labels[nearest], weights=weights, minlength=len(names))
            found.append({name: float(share) for name, share in zip(names, totals / totals.sum())})
        return found
