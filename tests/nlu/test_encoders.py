"""The two encoders: the published files are the ones that are used, and meaning shows in the vectors."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from bot.errors import ModelError
from bot.nlu import minilm, mpnet, transformer
from bot.nlu.encoder import Encoder
from bot.nlu.graph_encoder import PLACE, Published, prepared


def _small_network(network: transformer.Network) -> dict[str, np.ndarray]:
    """Random weights; one number of the wide layer is made to stand out by far, as in the published networks."""
    chooser = np.random.default_rng(0)

    def some(*shape: int) -> np.ndarray:
        return (chooser.normal(size=shape) / shape[-1] ** 0.5).astype(np.float32)

    wide = 4 * network.width
    weights = {
        "embeddings.word_embeddings.weight": some(500, network.width),
        "embeddings.position_embeddings.weight": some(128, network.width),
    }
    weights |= {"embeddings.LayerNorm.weight": np.ones(network.width, np.float32), "embeddings.LayerNorm.bias": some(network.width)}
    for number in range(network.layers):
        shapes = dict.fromkeys((*network.heads_in, network.heads_out), (network.width, network.width))
        shapes |= {"intermediate.dense": (wide, network.width), "output.dense": (network.width, wide)}
        for name, shape in shapes.items():
            weights |= {
                f"encoder.layer.{number}.{name}.weight": some(*shape),
                f"encoder.layer.{number}.{name}.bias": some(shape[0]),
            }
        for name in (network.heads_norm, "output.LayerNorm"):
            weights |= {f"encoder.layer.{number}.{name}.weight": np.ones(network.width, np.float32)}
            weights |= {f"encoder.layer.{number}.{name}.bias": some(network.width)}
        weights[f"encoder.layer.{number}.intermediate.dense.bias"][3] = 80.0
    return weights


NEAR = ("how much does a session cost", "what is the price of one treatment")
FAR = "the cat sleeps on the warm roof"


@pytest.mark.parametrize("make", [minilm.shared, mpnet.shared], ids=["minilm", "mpnet"])
def test_vectors_have_length_one_and_like_meanings_are_near(make: Callable[[], Encoder]) -> None:
    encoder = make()
    vectors = encoder.encode([*NEAR, FAR])
    assert (vectors.shape, vectors.dtype) == ((3, encoder.width), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


@pytest.mark.parametrize("make", [minilm.shared, mpnet.shared], ids=["minilm", "mpnet"])
def test_a_text_has_the_same_vector_alone_and_among_others(make: Callable[[], Encoder]) -> None:
    encoder = make()
    texts = [*NEAR, FAR, "", "price " * 300]
    together = encoder.encode(texts)
    for text, vector in zip(texts, together):
        assert float(encoder.one(text) @ vector) > 0.97  # eight-bit numbers are scaled by what stands beside them


def test_an_encoder_is_made_once_and_named_after_what_it_is_made_of(tmp_path: Path) -> None:
    assert mpnet.shared().fingerprint == f"mpnet-{mpnet.name()}"
    assert (PLACE / mpnet.name() / "model.onnx").is_file()
    other = tmp_path / "adapter.npz"
    other.write_bytes(b"another adapter")
    assert mpnet.name(adapter=other) != mpnet.name()


def test_a_folder_without_a_network_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        mpnet.read(tmp_path)
    assert str(caught.value) == f"There is no topic encoder in {tmp_path}; set TOPIC_ENCODER_DIR to a folder that holds one."
    with pytest.raises(ModelError) as caught:
        minilm.read(tmp_path)
    assert str(caught.value) == f"There is no sentence encoder in {tmp_path}; set ENCODER_DIR to a folder that holds one."


def test_the_adapter_is_added_to_the_matrix_it_names(tmp_path: Path) -> None:
    low, high = np.ones((3, 2), dtype=np.float16), np.full((2, 4), 0.5, dtype=np.float16)
    np.savez(tmp_path / "adapter.npz", **{"layer.weight:a": low, "layer.weight:b": high})
    weights = {"layer.weight": np.zeros((4, 3), dtype=np.float32), "other": np.zeros(1, dtype=np.float32)}
    mpnet.adapt(weights, tmp_path / "adapter.npz")
    assert weights["layer.weight"].tolist() == [[1.0] * 3] * 4
    assert weights["other"].tolist() == [0.0]


def test_the_bias_depends_on_the_distance_alone_and_on_its_sign() -> None:
    table = np.arange(32 * 12, dtype=np.float32).reshape(32, 12)
    bias = mpnet.relative_bias(table)
    assert bias.shape == (1, 12, 128, 128)
    assert bias[0, 0, 5, 8] == bias[0, 0, 50, 53] == table[16 + 3, 0]  # three to the right
    assert bias[0, 0, 8, 5] == table[3, 0]  # three to the left
    assert bias[0, 0, 127, 0] == table[15, 0]  # as far as it gets


def test_eight_bits_and_full_precision_agree_though_a_few_numbers_are_far_larger_than_the_others(tmp_path: Path) -> None:
    network = transformer.Network(
        width=32, heads=4, layers=2, epsilon=1e-5, heads_in=("q", "k", "v"), heads_out="o", heads_norm="norm", biased=False
    )
    weights = _small_network(network)
    tables = {"positions": weights["embeddings.position_embeddings.weight"]}
    transformer.write(network, weights, tables, tmp_path / "small.onnx")
    onnx.save(transformer.build(network, weights), str(tmp_path / "full.onnx"))
    ids = np.random.default_rng(1).integers(0, 500, (3, 9))
    found = [
        onnxruntime.InferenceSession(str(path)).run(["pooled"], {"ids": ids, **transformer.cut(tables, tokens=9)})[0]
        for path in (tmp_path / "small.onnx", tmp_path / "full.onnx")
    ]
    small, full = (pooled / np.linalg.norm(pooled, axis=1, keepdims=True) for pooled in found)
    assert float((small * full).sum(axis=1).min()) > 0.995


def test_preparing_an_encoder_leaves_the_level_of_the_log_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = transformer.Network(
        width=32, heads=4, layers=2, epsilon=1e-5, heads_in=("q", "k", "v"), heads_out="o", heads_norm="norm", biased=False
    )
    weights = _small_network(network)
    tables = {"positions": weights["embeddings.position_embeddings.weight"]}
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", logging.INFO)
    made = prepared("small", network, lambda: Published(weights, tables, b"{}"), place=tmp_path)
    assert (sorted(path.name for path in made.iterdir()), root.level) == (
        ["model.onnx", "tables.npz", "tokenizer.json"],
        logging.INFO,
    )


def test_the_checksum_is_that_of_the_published_network() -> None:
    with mpnet.archive() as archive:
        content = archive.read(f"{mpnet.FOLDER}/model.safetensors")
    assert hashlib.sha256(content).hexdigest() == mpnet.PUBLISHED_SHA256
