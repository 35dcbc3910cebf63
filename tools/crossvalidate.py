"""Held-out figures on the training messages, from which the thresholds in `bot.answer.interpret` are read.

With an adapter that was tuned without a fold (`tools.tune_encoder --without-fold 0 --out FILE`), the messages of that
fold are new to the encoder and to the classifiers, so their figures are honest.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from bot.nlu.classifier import Guess, QuestionClassifier, pairs
from bot.nlu.encoder import ADAPTER, SentenceEncoder
from bot.nlu.features import Features
from bot.nlu.training_data import fold, read
from bot.safety.gate import EMERGENCY_INTENTS, SafetyClassifier
from bot.vocabulary import TOPICS


def main() -> None:
    """Fits on four fifths, prints the figures of the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adapter", type=Path, default=ADAPTER)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--pairs", type=int, default=1500)
    chosen = parser.parse_args()
    examples = read()
    encoder = Features(SentenceEncoder(adapter=chosen.adapter), SentenceEncoder(adapter=None))
    vectors = encoder.encode([example.text for example in examples])
    held = np.array([fold(example.text) == chosen.fold for example in examples])
    learnt = [example for example, out in zip(examples, held) if not out]
    calm = [example for example in learnt if example.intent not in EMERGENCY_INTENTS]
    joined = pairs(calm, count=chosen.pairs)
    joined_vectors = encoder.encode([text for text, _, _ in joined]) if joined else None
    calm_vectors = vectors[~held][[example.intent not in EMERGENCY_INTENTS for example in learnt]]
    classifier = QuestionClassifier().fit(calm, calm_vectors, joined=joined, joined_vectors=joined_vectors)
    tests = [(examples[place], classifier.guess(vectors[place])) for place in np.flatnonzero(held)]
    print(f"{len(examples)} messages, {len(tests)} held out; adapter {encoder.fingerprint}")
    field = [(e, g) for e, g in tests if e.intent in TOPICS]
    first = np.mean([g.topics[0][0] == e.intent for e, g in field])
    either = np.mean([e.intent in dict(g.topics[:2]) for e, g in field])
    print(f"topic first {first:.3f}, among the first two {either:.3f} ({len(field)} messages)")
    print("\nshare of the field from which a message is taken as inside: turned away, outside recognised")
    outside = [g for e, g in tests if e.intent == "out_of_scope"]
    for edge in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6):
        away, kept = np.mean([g.inside < edge for _, g in field]), np.mean([g.inside < edge for g in outside])
        print(f"  {edge:.2f}: {away:6.3f} {kept:6.3f}")
    print("\nshare of the best topic: how often it is right, messages")
    for low in np.arange(0, 1, 0.1):
        rows = [e.intent == g.topics[0][0] for e, g in field if low <= g.topics[0][1] < low + 0.1]
        if rows:
            print(f"  {low:.1f}-{low + 0.1:.1f}: {np.mean(rows):.3f} {len(rows):5}")
    _print_kinds(tests)
    gate = SafetyClassifier().fit([e.intent for e in learnt], vectors[~held])
    alarms = [(examples[p].intent in EMERGENCY_INTENTS, gate.probabilities(vectors[p])[0]) for p in np.flatnonzero(held)]
    print("\nprobability of an emergency from which the alarm is raised: recognised, false alarms")
    for edge in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        hits = np.mean([share >= edge for real, share in alarms if real])
        false = np.mean([share >= edge for real, share in alarms if not real])
        print(f"  {edge:.2f}: {hits:.3f} {false:.4f}")


def _print_kinds(tests: list[tuple]) -> None:
    print("\nother intents: recognised, messages")
    for intent in sorted({e.intent for e, _ in tests if e.intent not in TOPICS}):
        rows: list[Guess] = [g for e, g in tests if e.intent == intent]
        print(f"  {intent:16} {np.mean([g.intent == intent for g in rows]):.3f} {len(rows):5}")


if __name__ == "__main__":
    main()
