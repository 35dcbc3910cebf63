"""What the sentence encoders share: texts to unit vectors, with a memory. Imports no Rasa and no TensorFlow."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from bot.nlu.known_vectors import KnownVectors
from bot.settings import ROOT

VECTORS = ROOT / "data" / "encoder" / "vectors"
MAX_TOKENS = 128
CACHE_SIZE = 4096
Array = np.ndarray


class Encoder(ABC):
    """Unit vectors of `width` numbers for sentences; equal meaning gives a high inner product."""

    width: int

    def __init__(self, *, fingerprint: str, tokenizer: Path) -> None:
        self.fingerprint = fingerprint
        self._known = KnownVectors.read(VECTORS, encoder=fingerprint)
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._cache: OrderedDict[str, Array] = OrderedDict()

    def knows(self, text: str) -> bool:
        """Whether the vector of `text` is kept."""
        return self._known.find(text) is not None

    @abstractmethod
    def _pooled(self, ids: Array) -> Array:
        """The mean over the tokens (batch, width) of token ids (batch, tokens); all sentences have the same length."""

    def encode(self, texts: Sequence[str], *, batch: int = 32) -> Array:
        """Vectors (len(texts), width), float32, of length 1. Longer texts are cut at 128 tokens."""
        result = np.zeros((len(texts), self.width), dtype=np.float32)
        unknown = []
        for place, text in enumerate(texts):
            if (known := self._known.find(text)) is not None:
                result[place] = known
            else:
                unknown.append(place)
        by_length: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for place, encoding in zip(unknown, self._tokenizer.encode_batch([texts[place] for place in unknown])):
            by_length[len(encoding.ids)].append((place, encoding.ids))
        for rows in by_length.values():
            for start in range(0, len(rows), batch):
                chunk = rows[start : start + batch]
                pooled = self._pooled(np.array([ids for _, ids in chunk]))
                result[[place for place, _ in chunk]] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return result

    def one(self, text: str) -> Array:
        """The vector (width,) of one text, remembered for the next call with the same text."""
        found = self._cache.get(text)
        if found is None:
            found = self.encode([text])[0]
            self._cache[text] = found
            if len(self._cache) > CACHE_SIZE:
                self._cache.popitem(last=False)
        return found
