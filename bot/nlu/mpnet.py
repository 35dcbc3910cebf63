"""Turns sentences into vectors with all-mpnet-base-v2, tuned on the training questions. Imports no Rasa.

It tells topics apart better than the smaller network does (`docs/evaluating.md`); onnxruntime runs it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.nlu.encoder import Array, Encoder
from bot.nlu.mpnet_files import ADAPTER, prepared

WIDTH = 768
THREADS = 2


class MPNet(Encoder):
    """Vectors of 768 numbers."""

    width = WIDTH

    def __init__(self, folder: Path | None = None, *, adapter: Path = ADAPTER) -> None:
        import onnxruntime

        made = prepared(folder, adapter=adapter)
        super().__init__(fingerprint=f"mpnet-{made.name}", tokenizer=made / "tokenizer.json")
        with np.load(made / "tables.npz") as tables:
            self._positions, self._bias = tables["positions"], tables["bias"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False  # it would keep 170 MB of what loading needs, and gains no time
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads leave the cores to others
        self._session = onnxruntime.InferenceSession(str(made / "model.onnx"), options, providers=["CPUExecutionProvider"])

    def _pooled(self, ids: Array) -> Array:
        tokens = ids.shape[1]
        bias = np.ascontiguousarray(self._bias[:, :, :tokens, :tokens])
        return self._session.run(None, {"ids": ids, "positions": self._positions[:tokens], "bias": bias})[0]


@lru_cache(maxsize=2)
def shared(folder: Path | None = None) -> MPNet:
    """The topic encoder of this process, loaded once."""
    return MPNet(folder)
