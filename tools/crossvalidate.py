"""Held-out figures on the training messages, from which the thresholds in `bot.answer.thresholds` and the gate are read.

One in ten messages is kept from tuning (`tools.tune_encoder`) and, here, from the classifiers too: their figures are honest.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np

from bot.answer.thresholds import AT
from bot.nlu.classifier import Example, Guess, QuestionClassifier, two_questions
from bot.nlu.features import features
from bot.nlu.second import with_both
from bot.nlu.training_data import fair_topics, held_out, read, second_opinions
from bot.safety.emergency.gate import EMERGENCY_INTENTS, SafetyClassifier
from bot.vocabulary import TOPICS

Tested = Sequence[tuple[Example, Guess]]


def fitted(examples: Sequence[Example], *, pairs: int) -> QuestionClassifier:
    """The classifier of questions, fit on `examples`."""
    encoder = features()
    single, joined = two_questions([e for e in examples if e.intent not in EMERGENCY_INTENTS], count=pairs)
    vectors, joined_vectors = (encoder.encode(texts) for texts in ([e.text for e in single], [text for text, _, _ in joined]))
    return QuestionClassifier().fit(single, vectors, joined=joined, joined_vectors=joined_vectors)


def _print_topics(tests: Tested) -> None:
    opinions = second_opinions()
    field = [(fair_topics(e, opinions), e, g) for e, g in tests if e.intent in TOPICS and not e.topic]
    first = np.mean([g.topics[0][0] == e.intent for _, e, g in field])
    fair = np.mean([g.topics[0][0] in labels for labels, _, g in field])
    either = np.mean([e.intent in dict(g.topics[:2]) for _, e, g in field])
    print(f"topic first {first:.3f}, a fair one {fair:.3f}, among the first two {either:.3f} ({len(field)} messages)")
    print("\nshare of the best topic: how often it is fair, messages")
    for low in np.arange(0, 1, 0.1):
        rows = [g.topics[0][0] in labels for labels, _, g in field if low <= g.topics[0][1] < low + 0.1]
        if rows:
            print(f"  {low:.1f}-{low + 0.1:.1f}: {np.mean(rows):.3f} {len(rows):5}")


def _print_outside(tests: Tested) -> None:
    print("\nshare of the field from which a message is taken as inside: turned away, outside recognised")
    field = [g.inside for e, g in tests if e.intent in TOPICS]
    outside = [g.inside for e, g in tests if e.intent == "out_of_scope"]
    for edge in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75):
        print(f"  {edge:.2f}: {np.mean(np.array(field) < edge):6.3f} {np.mean(np.array(outside) < edge):6.3f}")


def _print_kinds(tests: Tested) -> None:
    print("\nother intents: recognised, messages")
    for intent in sorted({e.intent for e, _ in tests if e.intent not in TOPICS}):
        rows = [g.intent == intent for e, g in tests if e.intent == intent]
        print(f"  {intent:16} {np.mean(rows):.3f} {len(rows):5}")


def _print_two(classifier: QuestionClassifier, written: Sequence[Example], tests: Sequence[Example]) -> None:
    def guesses(texts: Sequence[str]) -> list[Guess]:
        return [classifier.guess(vector) for vector in features().encode(texts)]

    def found(example: Example) -> set[str]:
        guess, *_ = guesses([example.text])
        (best, _), (second, share), *_ = with_both(example.text, guess, guesses=guesses).topics
        return {best, second} if share >= AT.second else {best}

    met = np.mean([found(e) == {e.intent, e.topic} for e in written])
    extra = np.mean([len(found(e)) == 2 for e in tests if e.intent in TOPICS and not e.topic])
    print(f"\ntwo questions: both found {met:.3f} of {len(written)} (new to the classifier, not to the encoder)")
    print(f"a second one found where one was written {extra:.3f}")


def _print_alarms(learnt: Sequence[Example], tests: Sequence[Example]) -> None:
    encoder = features()
    gate = SafetyClassifier().fit([e.intent for e in learnt], encoder.encode([e.text for e in learnt]))
    vectors = encoder.encode([e.text for e in tests])
    alarms = [(e.intent in EMERGENCY_INTENTS, gate.probabilities(vector)[0]) for e, vector in zip(tests, vectors)]
    print("\nprobability of an emergency from which the alarm is raised: recognised, false alarms")
    for edge in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        hits = np.mean([share >= edge for real, share in alarms if real])
        false = np.mean([share >= edge for real, share in alarms if not real])
        print(f"  {edge:.2f}: {hits:.3f} {false:.4f}")


def main() -> None:
    """Fits on nine tenths, prints the figures of the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=1500)
    chosen = parser.parse_args()
    examples = read()
    written = [example for example in examples if example.intent in TOPICS and example.topic]
    learnt = [example for example in examples if not held_out(example.text) and example not in written]
    rest = [example for example in examples if held_out(example.text)]
    classifier, encoder = fitted(learnt, pairs=chosen.pairs), features()
    calm = [example for example in rest if example.intent not in EMERGENCY_INTENTS]
    tests = [(e, classifier.guess(vector)) for e, vector in zip(calm, encoder.encode([e.text for e in calm]))]
    print(f"{len(examples)} messages, {len(rest)} held out; encoders {encoder.fingerprint}")
    _print_topics(tests)
    _print_outside(tests)
    _print_kinds(tests)
    _print_two(classifier, written, calm)
    _print_alarms(learnt, rest)


if __name__ == "__main__":
    main()
