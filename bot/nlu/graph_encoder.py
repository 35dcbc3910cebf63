"""A sentence encoder that onnxruntime runs; its files are made once, in `build/encoder/`. Imports no Rasa."""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.nlu import transformer
from bot.nlu.encoder import Array, Encoder
from bot.nlu.transformer import Network
from bot.settings import ROOT

PLACE = ROOT / "build" / "encoder"
RECIPE = Path(transformer.__file__)
THREADS = 1  # two share one short text at a fifth more processor time, and answer no sooner


class Published(NamedTuple):
    """A network as published: its weights by name, what the graph is given by length, and the tokenizer's file."""

    weights: Mapping[str, Array]
    tables: Mapping[str, Array]  # positions (128, width) and, for some, bias (1, heads, 128, 128)
    tokenizer: bytes


def fingerprint(*parts: bytes) -> str:
    """Changes with each of `parts` and with the way the graph is written."""
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in (*parts, RECIPE.read_bytes()))).hexdigest()[:16]


def prepared(name: str, network: Network, read: Callable[[], Published], *, place: Path = PLACE) -> Path:
    """The folder `place/name` with the graph, the tokenizer and the tables; if it is not there, made from what `read` gives."""
    made = place / name
    if (made / "model.onnx").is_file():
        return made
    print("Preparing a sentence encoder; this takes up to a minute ...", flush=True)
    published = read()
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=place) as folder:
        aside = Path(folder) / "made"
        aside.mkdir()
        with _level_kept():
            transformer.write(network, published.weights, published.tables, aside / "model.onnx")
        (aside / "tokenizer.json").write_bytes(published.tokenizer)
        np.savez(aside / "tables.npz", **published.tables)
        shutil.rmtree(made, ignore_errors=True)
        aside.rename(made)
    return made


@contextmanager
def _level_kept() -> Iterator[None]:
    """What is done within may silence the root logger, as the writing does; afterwards it logs as before."""
    root = logging.getLogger()
    level = root.level
    try:
        yield
    finally:
        root.setLevel(level)


class GraphEncoder(Encoder):
    """Runs the graph of a folder that `prepared` made."""

    def __init__(self, made: Path, *, name: str, width: int) -> None:
        import onnxruntime

        self.width = width
        super().__init__(fingerprint=f"{name}-{made.name}", tokenizer=made / "tokenizer.json")
        with np.load(made / "tables.npz") as tables:
            self._tables = dict(tables)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # it would keep 170 MB of what loading needs, and gains no time
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads leave the cores to others
        self._session = onnxruntime.InferenceSession(str(made / "model.onnx"), options, providers=["CPUExecutionProvider"])

    def _pooled(self, ids: Array) -> Array:
        tables = transformer.cut(self._tables, tokens=ids.shape[1])
        return self._session.run(["pooled"], {"ids": ids, **tables})[0]
