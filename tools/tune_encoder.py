"""Tunes the sentence encoder on the training questions and writes the adapter (low-rank updates, about 1 MB).

Run it after the training data have changed a lot: `python -m tools.tune_encoder`. It takes about half an hour on two
cores and never sees the evaluation set. The full weights stay as published; only rank-16 updates of the matrices of
the six layers are learnt (LoRA, Hu et al. 2021, arXiv:2106.09685), together with a throw-away classification head.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import tensorflow as tf
from tokenizers import Tokenizer
from transformers import TFBertModel

from bot.nlu.classifier import JOINS, OUTSIDE_INTENT, Example
from bot.nlu.encoder import ADAPTER, WIDTH, default_folder
from bot.nlu.training_data import fold, read
from bot.vocabulary import TOPICS

RANK, BATCH, MAX_TOKENS, SCALE, SMOOTH = 16, 32, 80, 16.0, 0.05
PROTOTYPES = 24
LETTERS = "abcdefghijklmnopqrstuvwxyz"
Batch = tuple[tf.Tensor, tf.Tensor, tf.Tensor]


def misspelt(text: str, chooser: random.Random) -> str:
    """`text` as a hurried person might type it: letters swapped, dropped or doubled, punctuation left out."""
    letters = list(text)
    for place in range(len(letters) - 1):
        if letters[place].isalpha() and chooser.random() < 0.025:
            kind = chooser.randrange(4)
            if kind == 0:
                letters[place], letters[place + 1] = letters[place + 1], letters[place]
            elif kind == 1:
                letters[place] = ""
            elif kind == 2:
                letters[place] += letters[place]
            else:
                letters[place] = chooser.choice(LETTERS)
    changed = "".join(letters)
    if chooser.random() < 0.4:
        changed = "".join(c for c in changed if c.isalnum() or c.isspace() or c == "'")
    return changed


class Batches:
    """Endless variety from the examples: some misspelt, some joined in pairs with a label shared by two intents."""

    def __init__(self, examples: Sequence[Example], labels: Sequence[str], *, seed: int) -> None:
        self._examples, self._labels = list(examples), {label: place for place, label in enumerate(labels)}
        self._chooser = random.Random(seed)
        self._tokenizer = Tokenizer.from_file(str(default_folder() / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def _one(self, example: Example, other: Example) -> tuple[str, np.ndarray]:
        target = np.zeros(len(self._labels), dtype=np.float32)
        text = example.text
        if example.topic:
            target[self._labels[example.intent]], target[self._labels[example.topic]] = 0.7, 0.3
        else:
            target[self._labels[example.intent]] = 1.0
        pairable = example.intent in TOPICS and other.intent in TOPICS and len(text) + len(other.text) < 220
        if pairable and example.intent != other.intent and self._chooser.random() < 0.3:
            text = text.rstrip(" ?.!") + self._chooser.choice(JOINS) + other.text
            target *= 0.5
            target[self._labels[other.intent]] += 0.5
        if self._chooser.random() < 0.35:
            text = misspelt(text, self._chooser)
        return text, target

    def epoch(self) -> Iterator[Batch]:
        """All examples once, in batches of sentences of similar length."""
        others = self._chooser.choices(self._examples, k=len(self._examples))
        rows = [self._one(example, other) for example, other in zip(self._examples, others)]
        encoded = [(self._tokenizer.encode(text).ids, target) for text, target in rows]
        encoded.sort(key=lambda row: len(row[0]) + self._chooser.random() * 6)
        chunks = [encoded[start : start + BATCH] for start in range(0, len(encoded), BATCH)]
        self._chooser.shuffle(chunks)
        for chunk in chunks:
            longest = max(len(ids) for ids, _ in chunk)
            ids = np.array([row + [0] * (longest - len(row)) for row, _ in chunk], dtype=np.int32)
            target = np.stack([t for _, t in chunk]) * (1 - SMOOTH) + SMOOTH / len(self._labels)
            yield tf.constant(ids), tf.constant((ids > 0).astype(np.int32)), tf.constant(target, dtype=tf.float32)


class Tuner:
    """The network, its low-rank updates, and one training step."""

    def __init__(self, labels: Sequence[str], *, steps: int, rate: float) -> None:
        self.model = TFBertModel.from_pretrained(default_folder())
        kernels = [v for v in self.model.trainable_variables if "/encoder/layer_" in v.name and v.name.endswith("kernel:0")]
        self.kernels = {_published(v.name): v for v in kernels}
        self.base = {name: tf.constant(v.numpy()) for name, v in self.kernels.items()}
        draw = tf.random.Generator.from_seed(3)
        self.low = {n: tf.Variable(draw.normal((v.shape[0], RANK)) / v.shape[0] ** 0.5) for n, v in self.kernels.items()}
        self.high = {n: tf.Variable(tf.zeros((RANK, v.shape[1]))) for n, v in self.kernels.items()}
        # "Out of scope" is many things: it has several prototypes, the other labels have one.
        self.labels = len(labels)
        self.is_outside = tf.constant([label == OUTSIDE_INTENT for label in labels])
        self.head = tf.Variable(draw.normal((WIDTH, self.labels + PROTOTYPES)) / WIDTH**0.5)
        schedule = tf.keras.optimizers.schedules.PolynomialDecay(rate, steps, end_learning_rate=rate / 20)
        self.optimizer = tf.keras.optimizers.legacy.Adam(schedule)
        self.head_optimizer = tf.keras.optimizers.legacy.Adam(5e-3)

    @tf.function(
        autograph=False,
        input_signature=[
            tf.TensorSpec((None, None), tf.int32),
            tf.TensorSpec((None, None), tf.int32),
            tf.TensorSpec((None, None), tf.float32),
        ],
    )
    def step(self, ids: tf.Tensor, mask: tf.Tensor, target: tf.Tensor) -> tf.Tensor:
        """One step; the gradient of a low-rank update follows from that of its matrix (W = base + low @ high)."""
        names = list(self.kernels)
        with tf.GradientTape() as tape:
            states = self.model(input_ids=ids, attention_mask=mask, training=True).last_hidden_state
            weights = tf.cast(mask[:, :, None], tf.float32)
            pooled = tf.math.l2_normalize(tf.reduce_sum(states * weights, 1) / tf.reduce_sum(weights, 1), 1)
            near = SCALE * pooled @ tf.math.l2_normalize(self.head, 0)
            outside = tf.reduce_logsumexp(near[:, self.labels :], axis=1, keepdims=True)
            own = near[:, : self.labels]
            logits = tf.where(self.is_outside[None], outside, own)
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(target, logits))
        found = tape.gradient(loss, [*(self.kernels[name] for name in names), self.head])
        low = [found[place] @ tf.transpose(self.high[name]) for place, name in enumerate(names)]
        high = [tf.transpose(self.low[name]) @ found[place] for place, name in enumerate(names)]
        pairs = [*zip(low, (self.low[n] for n in names)), *zip(high, (self.high[n] for n in names))]
        self.optimizer.apply_gradients(pairs)
        self.head_optimizer.apply_gradients([(found[-1], self.head)])
        for name in names:
            self.kernels[name].assign(self.base[name] + self.low[name] @ self.high[name])
        return loss

    def save(self, path: Path) -> None:
        """Writes the updates in half precision: `<name>:a` (in, rank) and `<name>:b` (rank, out) for each matrix."""
        path.parent.mkdir(parents=True, exist_ok=True)
        halves = {f"{n}:a": self.low[n].numpy().astype(np.float16) for n in self.kernels}
        halves |= {f"{n}:b": self.high[n].numpy().astype(np.float16) for n in self.kernels}
        np.savez(path, **halves)


def _published(name: str) -> str:
    """The name of a TensorFlow kernel in the published weights."""
    inner = name.split("/bert/", 1)[1].removesuffix("/kernel:0").replace("layer_._", "layer.")
    return inner.replace("/", ".") + ".weight"


def tune(examples: Sequence[Example], *, path: Path, epochs: int, rate: float, seed: int = 5) -> None:
    """Trains on `examples` and writes the adapter to `path`."""
    labels = sorted({example.intent for example in examples} | set(TOPICS))
    batches = Batches(examples, labels, seed=seed)
    tuner = Tuner(labels, steps=epochs * (len(examples) // BATCH + 1), rate=rate)
    for number in range(epochs):
        started, losses = time.monotonic(), [float(tuner.step(*batch)) for batch in batches.epoch()]
        print(f"epoch {number + 1}: loss {np.mean(losses):.3f}, {time.monotonic() - started:.0f} s", flush=True)
        tuner.save(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--out", type=Path, default=ADAPTER)
    parser.add_argument("--without-fold", type=int, help="leave out this fifth of the examples (0 to 4), for measuring")
    chosen = parser.parse_args()
    data = read()
    if chosen.without_fold is not None:
        data = [example for example in data if fold(example.text) != chosen.without_fold]
    tune(data, path=chosen.out, epochs=chosen.epochs, rate=chosen.rate)
