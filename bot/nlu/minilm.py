"""Turns sentences into vectors of 384 numbers with all-MiniLM-L6-v2 as published. Imports no Rasa.

It finds the facts whose meaning is nearest to a question.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from safetensors.numpy import load

from bot.encoder_files import minilm_folder
from bot.errors import ModelError
from bot.nlu.graph_encoder import GraphEncoder, Published, fingerprint, prepared
from bot.nlu.transformer import MAX_TOKENS, Network

PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
NETWORK = Network(
    width=384, heads=12, layers=6, epsilon=1e-12,
    heads_in=("attention.self.query", "attention.self.key", "attention.self.value"),
    heads_out="attention.output.dense", heads_norm="attention.output.LayerNorm", biased=False,
)  # fmt: skip


def read(folder: Path | None = None) -> Published:
    """The network of `folder`, or the installed one if it is the published one. Raises ModelError."""
    chosen = folder or minilm_folder()
    path = chosen / "model.safetensors"
    try:
        content, tokenizer = path.read_bytes(), (chosen / "tokenizer.json").read_bytes()
    except OSError:
        raise ModelError(f"There is no sentence encoder in {chosen}; set ENCODER_DIR to a folder that holds one.") from None
    if folder is None and hashlib.sha256(content).hexdigest() != PUBLISHED_SHA256:
        raise ModelError(f"{path} is not the published sentence encoder; install it again with 'make setup'.")
    weights = load(content)
    # Every sentence here is of the first of the two types that the network knows.
    start = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][:1]
    return Published(weights, {"positions": start[:MAX_TOKENS]}, tokenizer)


@lru_cache(maxsize=4)
def shared(folder: Path | None = None) -> GraphEncoder:
    """The encoder of this process, loaded once, its files made now if they are not there. Raises ModelError."""
    made = prepared(
        fingerprint((PUBLISHED_SHA256 if folder is None else str(folder.resolve())).encode()), NETWORK, lambda: read(folder)
    )
    return GraphEncoder(made, name="minilm", width=NETWORK.width)
