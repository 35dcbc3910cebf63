"""Writes `data/encoder/vectors/`; run it after the adapter, the training messages or the facts have changed a lot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.answer.service import folders
from bot.facts.catalogue import load
from bot.facts.schema import Fact, Gap
from bot.facts.store import searchable
from bot.nlu import minilm, mpnet
from bot.nlu.classifier import two_questions
from bot.nlu.encoder import VECTORS, Encoder
from bot.nlu.known_vectors import write
from bot.nlu.training_data import read
from bot.safety.gate import EMERGENCY_INTENTS
from bot.settings import settings

PAIRS = 1500  # as in config.yml


def _keep(encoder: Encoder, texts: Sequence[str]) -> str:
    path = VECTORS / f"{encoder.fingerprint}.npz"
    vectors = np.concatenate([encoder.encode(texts[start : start + 1000]) for start in range(0, len(texts), 1000)])
    write(path, texts, vectors, encoder=encoder.fingerprint)
    print(f"{len(texts)} vectors in {path}", flush=True)
    return path.name


def main() -> None:
    """Encodes the training messages with the topic encoder, and the texts by which facts are found with the other."""
    examples = read()
    calm = [example for example in examples if example.intent not in EMERGENCY_INTENTS]
    messages = [example.text for example in examples]
    messages += [text for text, _, _ in two_questions(calm, count=PAIRS)[1]]
    catalogue = load(folders(settings()))
    entries: list[Fact | Gap] = [*catalogue.facts.values(), *catalogue.gaps.values()]
    searched = [text for entry in entries for text in searchable(entry)]
    kept = {
        _keep(mpnet.shared(settings().topic_encoder_dir), list(dict.fromkeys(messages))),
        _keep(minilm.shared(settings().encoder_dir), list(dict.fromkeys(searched))),
    }
    for path in VECTORS.glob("*.npz"):
        if path.name not in kept:
            path.unlink()


if __name__ == "__main__":
    main()
