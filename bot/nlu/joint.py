"""Turns texts into the vectors of both sentence encoders side by side. Imports no Rasa.

By those of length 1 facts are found: their inner product is the mean of both likenesses. Either encoder alone finds the
right fact, and tells topics and emergencies, less often (`docs/evaluating.md`): the tuned one knows what belongs together in
this field, the published one what differs within a topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from bot.nlu import minilm, mpnet
from bot.nlu.encoder import Array, Encoder
from bot.nlu.graph_encoder import fingerprint
from bot.settings import settings


class JointEncoder:
    """Both encoders as one. What either has read already, for the same message, is not read again."""

    def __init__(self, *encoders: Encoder, length: float = 1.0) -> None:
        self._encoders = encoders
        self._share = np.float32(length * len(encoders) ** -0.5)
        self.width = sum(encoder.width for encoder in encoders)
        self.fingerprint = f"joint-{fingerprint(*(encoder.fingerprint.encode() for encoder in encoders))}"

    def encode(self, texts: Sequence[str]) -> Array:
        """Vectors (len(texts), width), float32, of the chosen length."""
        return np.hstack([encoder.encode(texts) for encoder in self._encoders]) * self._share

    def one(self, text: str) -> Array:
        """The vector (width,) of one text, remembered for the next call with the same text."""
        return np.concatenate([encoder.one(text) for encoder in self._encoders]) * self._share


@lru_cache(maxsize=2)
def shared(*, length: float = 1.0) -> JointEncoder:
    """The encoder of this process, of the encoders that the settings name. Raises ModelError when one is missing."""
    chosen = settings()
    return JointEncoder(minilm.shared(chosen.encoder_dir), mpnet.shared(chosen.topic_encoder_dir), length=length)
