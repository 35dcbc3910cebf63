"""`python -m tools.tune_second`: learns how to tell that a message holds a second question (`bot.nlu.second`).

From the training messages alone: those with two questions, and as many again that could be taken apart but hold one. Each
is judged by a classifier that has not seen it. Prints, for a range of thresholds, how many second questions are found and
how many are seen where there is none; writes `data/encoder/second_question.json`. Takes some minutes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict, astuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from bot.nlu.classifier import Example, Guess
from bot.nlu.features import features
from bot.nlu.parts import split
from bot.nlu.second import WEIGHTS, Evidence, candidates
from bot.nlu.training_data import read
from bot.safety.emergency.gate import EMERGENCY_INTENTS
from bot.vocabulary import TOPICS
from tools.crossvalidate import fitted

FOLDS = 3
SINGLE = 1700  # messages of one question that can be taken apart; they are the more common kind by far
PAIRS = 1500
Judged = tuple[Example, Guess, list[str], list[Guess]]


def judged(examples: Sequence[Example], tested: Sequence[Example]) -> list[Judged]:
    """Each of `tested`, whole and in parts, by a classifier fit on all examples but those of its fold."""
    encoder, found = features(), []
    for fold in range(FOLDS):
        mine = tested[fold::FOLDS]
        left_out = {example.text for example in mine}
        classifier = fitted([example for example in examples if example.text not in left_out], pairs=PAIRS)
        for example in mine:
            parts = split(example.text)
            guesses = [classifier.guess(vector) for vector in encoder.encode([example.text, *parts])]
            found.append((example, guesses[0], parts, guesses[1:]))
    return found


def _print(rows: Sequence[tuple[int, str, bool]], chances: np.ndarray, found: Sequence[Judged]) -> None:
    best: dict[int, tuple[float, str]] = {}
    for (place, topic, _), chance in zip(rows, chances):
        best[place] = max(best.get(place, (0.0, "")), (float(chance), topic))
    print("threshold: both questions found, a second one seen where there is none")
    for edge in (0.04, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5):
        both, extra = [], []
        for place, (example, guess, _, _) in enumerate(found):
            chance, topic = best.get(place, (0.0, ""))
            if example.topic:
                both.append({guess.topics[0][0], topic} == {example.intent, example.topic} and chance >= edge)
            else:
                extra.append(chance >= edge)
        print(f"  {edge:.2f}: {np.mean(both):.3f} of {len(both)}, {np.mean(extra):.3f} of {len(extra)}")


def main() -> None:
    """Learns, prints, writes."""
    examples = [example for example in read() if example.intent not in EMERGENCY_INTENTS]
    two = [e for e in examples if e.intent in TOPICS and e.topic]
    one = [e for e in examples if e.intent in TOPICS and not e.topic and len(split(e.text)) > 1]
    chooser = random.Random(7)
    tested = two + chooser.sample(one, min(SINGLE, len(one)))
    chooser.shuffle(tested)
    found = judged(examples, tested)
    rows, figures = [], []
    for place, (example, guess, parts, heard) in enumerate(found):
        asked = {example.intent, example.topic}
        for topic, evidence in candidates(example.text, guess, parts, heard).items():
            both = bool(example.topic) and {guess.topics[0][0], topic} == asked
            rows.append((place, topic, both))
            figures.append(astuple(evidence))
    seen, right, groups = np.array(figures), np.array([both for *_, both in rows]), [place for place, *_ in rows]
    spread = seen.std(axis=0)
    model = LogisticRegression(max_iter=2000)
    chances = cross_val_predict(model, seen / spread, right, groups=groups, cv=GroupKFold(5), method="predict_proba")[:, 1]
    _print(rows, chances, found)
    model.fit(seen / spread, right)
    weights = dict(zip(asdict(Evidence(*[0.0] * seen.shape[1])), np.round(model.coef_[0] / spread, 4).tolist()))
    learnt = {"weights": weights, "constant": round(float(model.intercept_[0]), 4)}
    WEIGHTS.write_text(json.dumps(learnt, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
