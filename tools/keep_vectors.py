"""Adds to `data/encoder/vectors/` what is not kept yet; run it after the adapter, the training messages or the facts changed.

What is kept for another encoder is removed. To start afresh, remove the folder first.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.facts.catalogue import load
from bot.facts.schema import Fact, Gap
from bot.facts.store import searchable
from bot.nlu import minilm, mpnet
from bot.nlu.classifier import two_questions
from bot.nlu.encoder import VECTORS, Encoder
from bot.nlu.known_vectors import files, write
from bot.nlu.training_data import read
from bot.safety.emergency.gate import EMERGENCY_INTENTS
from bot.service import folders
from bot.settings import settings

PAIRS = 1500  # as in config.yml


def _keep(encoder: Encoder, texts: Sequence[str]) -> set[Path]:
    """Writes the vectors of the `texts` that have none yet; all files of this encoder."""
    new = [text for text in dict.fromkeys(texts) if not encoder.knows(text)]
    there = files(VECTORS, encoder=encoder.fingerprint)
    if new:
        number = f"-{len(there) + 1}" if there else ""
        vectors = np.concatenate([encoder.encode(new[start : start + 1000]) for start in range(0, len(new), 1000)])
        write(VECTORS / f"{encoder.fingerprint}{number}.npz", new, vectors, encoder=encoder.fingerprint)
    print(f"{encoder.fingerprint}: {len(new)} vectors added", flush=True)
    return set(files(VECTORS, encoder=encoder.fingerprint))


def main() -> None:
    """Encodes the training messages and the texts by which facts are found, with both encoders."""
    examples = read()
    calm = [example for example in examples if example.intent not in EMERGENCY_INTENTS]
    messages = [example.text for example in examples]
    messages += [text for text, _, _ in two_questions(calm, count=PAIRS)[1]]
    catalogue = load(folders(settings()))
    entries: list[Fact | Gap] = [*catalogue.facts.values(), *catalogue.gaps.values()]
    searched = [text for entry in entries for text in searchable(entry)]
    kept = _keep(mpnet.shared(settings().topic_encoder_dir), [*messages, *searched])
    kept |= _keep(minilm.shared(settings().encoder_dir), [*messages, *searched])
    for path in set(VECTORS.glob("*.npz")) - kept:
        path.unlink()


if __name__ == "__main__":
    main()
