"""Tunes the topic encoder on the training questions and writes the adapter (low-rank updates, about 4 MB).

It needs PyTorch, which the assistant itself does not: `python3.11 -m venv tuning`, then `tuning/bin/pip install -r
tools/requirements-tuning.txt` and `tuning/bin/python -m tools.tune_encoder --network FOLDER`, where FOLDER holds the published
all-mpnet-base-v2. It takes about an hour on two cores and never sees the evaluation set. The published weights stay
as they are; only rank-16 updates of the matrices of the upper eight layers are learnt (LoRA, Hu et al. 2021,
arXiv:2106.09685), together with a throw-away classification head. A tenth of the messages is left out for measuring.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from torch import nn
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from bot.nlu.classifier import JOINS, OUTSIDE_INTENT
from bot.nlu.training_data import HELD_OUT, Example, held_out, read, second_opinions
from bot.vocabulary import TOPICS
from tools.misspell import misspelt

ADAPTER = Path(__file__).resolve().parents[1] / "data" / "encoder" / "adapter.npz"
RANK, FIRST_LAYER, BATCH, MAX_TOKENS, SCALE, SMOOTH = 16, 4, 32, 80, 16.0, 0.05
PROTOTYPES = 24  # "out of scope" is many things: it has several prototypes, the other labels have one
Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


class LowRank(nn.Module):
    """A linear layer of the published network with a learnt update a @ b."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.a = nn.Parameter(torch.randn(layer.in_features, RANK) / layer.in_features**0.5)
        self.b = nn.Parameter(torch.zeros(RANK, layer.out_features))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """As the published layer, plus the update."""
        return self.layer(x) + (x @ self.a.to(x.dtype)) @ self.b.to(x.dtype)


class Targets:
    """What each message should be taken for: shares over the labels, softened by a second reader's opinion."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = list(labels)
        self._places = {label: place for place, label in enumerate(labels)}
        self._second = second_opinions()

    def shares(self, example: Example) -> np.ndarray:
        """Shares (labels,) that sum to one."""
        shares = np.zeros(len(self.labels), dtype=np.float32)
        own = {example.intent: 1.0}
        if example.topic:
            first = 0.5 if example.intent in TOPICS else 0.7
            own = {example.intent: first, example.topic: 1 - first}
        other = self._second.get(example.text)
        weight = 0.0 if other is None or other.best == example.intent and not other.others else 0.2
        if other is not None and other.best != example.intent:
            weight = 0.55
        for label, share in own.items():
            shares[self._places[label]] += (1 - weight) * share
        if other is not None and weight:
            beside = [label for label in other.others if label in self._places and label != example.intent]
            best = [] if other.best == example.intent else [other.best]
            for label in best or beside:
                shares[self._places[label]] += weight / len(best or beside)
        return shares / shares.sum()


class Batches:
    """Endless variety from the examples: some misspelt, some joined in pairs with a target shared by two topics."""

    def __init__(self, examples: Sequence[Example], targets: Targets, *, tokenizer: PreTrainedTokenizerBase, seed: int) -> None:
        self._examples, self._targets, self._tokenizer = list(examples), targets, tokenizer
        self._chooser = random.Random(seed)

    def _one(self, example: Example) -> tuple[list[int], np.ndarray]:
        other = self._chooser.choice(self._examples)
        text, target = example.text, self._targets.shares(example)
        pairable = example.intent in TOPICS and other.intent in TOPICS and len(text) + len(other.text) < 220
        if pairable and example.intent != other.intent and self._chooser.random() < 0.25:
            text = text.rstrip(" ?.!") + self._chooser.choice(JOINS) + other.text
            target = (target + self._targets.shares(other)) / 2
        if self._chooser.random() < 0.35:
            text = misspelt(text, self._chooser)
        return self._tokenizer(text, truncation=True, max_length=MAX_TOKENS)["input_ids"], target

    def epoch(self) -> Iterator[Batch]:
        """All examples once, in batches of sentences of similar length: ids, mask (batch, tokens), targets (batch, labels)."""
        rows = sorted((self._one(example) for example in self._examples), key=lambda r: len(r[0]) + self._chooser.random() * 6)
        chunks = [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]
        self._chooser.shuffle(chunks)
        padding = self._tokenizer.pad_token_id
        for chunk in chunks:
            longest = max(len(ids) for ids, _ in chunk)
            ids = torch.tensor([row + [padding] * (longest - len(row)) for row, _ in chunk])
            target = torch.tensor(np.stack([target for _, target in chunk]))
            yield ids, (ids != padding).long(), target * (1 - SMOOTH) + SMOOTH / target.shape[1]


class Tuner(nn.Module):
    """The network with its updates, and the head that is thrown away."""

    def __init__(self, network: Path, labels: Sequence[str]) -> None:
        super().__init__()
        self.network = AutoModel.from_pretrained(network, torch_dtype=torch.bfloat16).requires_grad_(False)
        for layer in self.network.encoder.layer[FIRST_LAYER:]:
            for name, module in list(layer.named_modules()):
                if isinstance(module, nn.Linear):
                    parent, _, last = name.rpartition(".")
                    setattr(layer.get_submodule(parent), last, LowRank(module))
        self.head = nn.Parameter(torch.randn(self.network.config.hidden_size, len(labels) + PROTOTYPES) / 28)
        self.is_outside = torch.tensor([label == OUTSIDE_INTENT for label in labels])

    def loss(self, ids: torch.Tensor, mask: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """The cross entropy of one batch."""
        states = self.network(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weights = mask[..., None].float()
        pooled = functional.normalize((states * weights).sum(1) / weights.sum(1), dim=1)
        near = SCALE * pooled @ functional.normalize(self.head, dim=0)
        labels = len(self.is_outside)
        outside = torch.logsumexp(near[:, labels:], 1, keepdim=True)
        return -(target * torch.log_softmax(torch.where(self.is_outside, outside, near[:, :labels]), 1)).sum(1).mean()

    def save(self, path: Path) -> None:
        """Writes the updates in half precision: `<name>:a` (in, rank) and `<name>:b` (rank, out) for each matrix."""
        updates = {
            name: value.numpy().astype(np.float16) for name, value in self.network.state_dict().items() if name[-2:] in (".a", ".b")
        }
        np.savez(path, **{f"{name[:-2]}.weight:{name[-1]}": value for name, value in updates.items()})


def tune(examples: Sequence[Example], *, network: Path, path: Path, epochs: int, rate: float, seed: int = 5) -> None:
    """Trains on `examples` and writes the adapter to `path` after each epoch."""
    torch.manual_seed(3)
    targets = Targets(sorted({example.intent for example in examples} | set(TOPICS)))
    batches = Batches(examples, targets, tokenizer=AutoTokenizer.from_pretrained(network), seed=seed)
    tuner = Tuner(network, targets.labels)
    learnt = [value for name, value in tuner.named_parameters() if value.requires_grad and name != "head"]
    optimizer = torch.optim.AdamW([{"params": learnt, "lr": rate}, {"params": [tuner.head], "lr": 5e-3}], weight_decay=0.0)
    steps = epochs * (len(examples) // BATCH + 1)
    falling = torch.optim.lr_scheduler.LambdaLR(
        optimizer, [lambda s: max(0.05, 1 - s / steps) * min(1.0, (s + 1) / 100), lambda s: 1.0]
    )
    for number in range(epochs):
        started, losses = time.monotonic(), []
        for batch in batches.epoch():
            loss = tuner.loss(*batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(learnt, 1.0)
            optimizer.step()
            falling.step()
            losses.append(loss.item())
        print(f"epoch {number + 1}: loss {np.mean(losses):.3f}, {time.monotonic() - started:.0f} s", flush=True)
        tuner.save(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--out", type=Path, default=ADAPTER)
    chosen = parser.parse_args()
    data = [example for example in read() if not held_out(example.text)]
    print(f"{len(data)} messages; a {HELD_OUT}th of all is left out")
    tune(data, network=chosen.network, path=chosen.out, epochs=chosen.epochs, rate=chosen.rate)
