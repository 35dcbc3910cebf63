"""Vectors of the training messages and facts, kept beside the adapter so that a first start need not compute them.

Each file `data/encoder/vectors/<fingerprint>*.npz` holds `encoder` (the fingerprint they were made with), `keys` (n,) uint64 in
ascending order, `vectors` (n, width) int8 and `scales` (n,) float32: a vector is its row times its scale. A text that is
not in it is simply encoded. Imports no Rasa.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np


def key(text: str) -> int:
    """The first eight bytes of the text's SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


class KnownVectors:
    """Looks vectors up by text."""

    def __init__(self, keys: np.ndarray, vectors: np.ndarray, scales: np.ndarray) -> None:
        self._keys, self._vectors, self._scales = keys, vectors, scales

    @classmethod
    def read(cls, folder: Path, *, encoder: str) -> KnownVectors:
        """Those of the folder's files that were made with this encoder, or none."""
        found = []
        for path in files(folder, encoder=encoder):
            with np.load(path) as kept:
                if str(kept["encoder"]) == encoder:
                    found.append((kept["keys"], kept["vectors"], kept["scales"]))
        if not found:
            return cls(np.zeros(0, dtype=np.uint64), np.zeros((0, 0), dtype=np.int8), np.zeros(0, dtype=np.float32))
        keys, vectors, scales = found[0] if len(found) == 1 else map(np.concatenate, zip(*found))
        order = np.argsort(keys)
        return cls(keys[order], vectors[order], scales[order])

    def find(self, text: str) -> np.ndarray | None:
        """The vector (width,) of `text`, float32, or None."""
        wanted = np.uint64(key(text))
        place = int(np.searchsorted(self._keys, wanted))
        if place < len(self._keys) and self._keys[place] == wanted:
            return self._vectors[place] * self._scales[place]
        return None


def files(folder: Path, *, encoder: str) -> list[Path]:
    """The folder's files for this encoder, the oldest first: one, and one for what each later run added."""
    return sorted(folder.glob(f"{encoder}*.npz"), key=lambda path: (len(path.stem), path.stem))


def write(path: Path, texts: Sequence[str], vectors: np.ndarray, *, encoder: str) -> None:
    """Keeps `vectors` (len(texts), width) under `texts`."""
    rows = {key(text): place for place, text in enumerate(texts)}
    keys = np.array(sorted(rows), dtype=np.uint64)
    chosen = vectors[[rows[int(k)] for k in keys]].astype(np.float32)
    scales = (np.abs(chosen).max(axis=1) / 127).astype(np.float32)
    small = np.round(chosen / scales[:, None]).astype(np.int8)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, encoder=np.array(encoder), keys=keys, vectors=small, scales=scales)
