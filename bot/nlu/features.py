"""What the classifiers see of a message: its tuned vector beside its published one. Imports no Rasa.

The tuned encoder tells topics apart; the published one still knows the rest of the world, which shows what is outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from bot.nlu.encoder import SentenceEncoder, shared
from bot.settings import settings

WEIGHT = 0.7  # of the published vector beside the tuned one


def together(tuned: np.ndarray, published: np.ndarray) -> np.ndarray:
    """Unit vectors (..., 768) from two kinds of unit vectors (..., 384)."""
    return np.concatenate([tuned, WEIGHT * published], axis=-1) / np.sqrt(1 + WEIGHT**2)


class Features:
    """Both encoders as one."""

    def __init__(self, tuned: SentenceEncoder, published: SentenceEncoder) -> None:
        self._tuned, self._published = tuned, published
        self.fingerprint = f"{tuned.fingerprint}+{published.fingerprint}"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors (len(texts), 768)."""
        return together(self._tuned.encode(texts), self._published.encode(texts))

    def one(self, text: str) -> np.ndarray:
        """The unit vector (768,) of one text; both halves are remembered."""
        return together(self._tuned.one(text), self._published.one(text))


@lru_cache(maxsize=1)
def features() -> Features:
    """The features of this process."""
    folder = settings().encoder_dir
    return Features(shared(folder), shared(folder, tuned=False))
