"""The two encoders: the published files are the ones that are used, and meaning shows in the vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.errors import ModelError
from bot.nlu import minilm, mpnet, mpnet_files, mpnet_graph
from bot.nlu.encoder import Encoder

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


def test_the_topic_encoder_is_made_once_and_named_after_what_it_is_made_of(tmp_path: Path) -> None:
    assert mpnet_files.prepared() == mpnet_files.PLACE / mpnet_files.fingerprint()
    other = tmp_path / "adapter.npz"
    other.write_bytes(b"another adapter")
    assert mpnet_files.fingerprint(adapter=other) != mpnet_files.fingerprint()


def test_a_folder_without_a_network_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        mpnet_files.read(tmp_path)
    assert str(caught.value) == f"There is no topic encoder in {tmp_path}; set TOPIC_ENCODER_DIR to a folder that holds one."


def test_the_adapter_is_added_to_the_matrix_it_names(tmp_path: Path) -> None:
    low, high = np.ones((3, 2), dtype=np.float16), np.full((2, 4), 0.5, dtype=np.float16)
    np.savez(tmp_path / "adapter.npz", **{"layer.weight:a": low, "layer.weight:b": high})
    weights = {"layer.weight": np.zeros((4, 3), dtype=np.float32), "other": np.zeros(1, dtype=np.float32)}
    mpnet_files.adapt(weights, tmp_path / "adapter.npz")
    assert weights["layer.weight"].tolist() == [[1.0] * 3] * 4
    assert weights["other"].tolist() == [0.0]


def test_the_bias_depends_on_the_distance_alone_and_on_its_sign() -> None:
    table = np.arange(32 * 12, dtype=np.float32).reshape(32, 12)
    bias = mpnet_graph.relative_bias(table)
    assert bias.shape == (1, 12, 128, 128)
    assert bias[0, 0, 5, 8] == bias[0, 0, 50, 53] == table[16 + 3, 0]  # three to the right
    assert bias[0, 0, 8, 5] == table[3, 0]  # three to the left
    assert bias[0, 0, 127, 0] == table[15, 0]  # as far as it gets


def test_the_checksum_is_that_of_the_published_network() -> None:
    with mpnet_files._archive() as archive:
        content = archive.read(f"{mpnet_files.FOLDER}/model.safetensors")
    assert hashlib.sha256(content).hexdigest() == mpnet_files.PUBLISHED_SHA256
