"""Writes `data/encoder/vectors/`; run it after the adapter, the training messages or the facts have changed a lot."""

from __future__ import annotations

import numpy as np

from bot.answer.service import folders
from bot.facts.catalogue import load
from bot.facts.schema import Fact, Gap
from bot.facts.store import searchable
from bot.nlu.classifier import pairs
from bot.nlu.encoder import VECTORS, SentenceEncoder
from bot.nlu.known_vectors import write
from bot.nlu.training_data import read
from bot.safety.gate import EMERGENCY_INTENTS
from bot.settings import settings

PAIRS = 1500  # as in config.yml


def main() -> None:
    """Encodes all training messages, their pairs, and the texts by which facts are found."""
    examples = read()
    calm = [example for example in examples if example.intent not in EMERGENCY_INTENTS]
    catalogue = load(folders(settings()))
    texts = [example.text for example in examples] + [text for text, _, _ in pairs(calm, count=PAIRS)]
    entries: list[Fact | Gap] = [*catalogue.facts.values(), *catalogue.gaps.values()]
    texts += [text for entry in entries for text in searchable(entry)]
    texts = list(dict.fromkeys(texts))
    encoders = (SentenceEncoder(), SentenceEncoder(adapter=None))
    for encoder in encoders:
        path = VECTORS / f"{encoder.fingerprint}.npz"
        vectors = np.concatenate([encoder.encode(texts[start : start + 1000]) for start in range(0, len(texts), 1000)])
        write(path, texts, vectors, encoder=encoder.fingerprint)
        print(f"{len(texts)} vectors in {path}", flush=True)
    for path in set(VECTORS.glob("*.npz")) - {VECTORS / f"{encoder.fingerprint}.npz" for encoder in encoders}:
        path.unlink()


if __name__ == "__main__":
    main()
