"""Vectors kept in a file: found by text, of one encoder only."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from bot.nlu.known_vectors import KnownVectors, files, key, write

TEXTS = [f"text {n}" for n in range(20)]
VECTORS = np.random.default_rng(0).normal(size=(20, 384)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)


def test_what_was_written_is_found_again(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    write(folder / "one.npz", TEXTS[:12], VECTORS[:12], encoder="one")
    write(folder / "one-2.npz", TEXTS[12:], VECTORS[12:], encoder="one")
    known = KnownVectors.read(folder, encoder="one")
    for text, vector in zip(TEXTS, VECTORS):
        found = known.find(text)
        assert found is not None
        assert (found.shape, found.dtype) == ((384,), np.float32)
        assert np.abs(found - vector).max() <= np.abs(vector).max() / 254 + 1e-6  # half a step of 127
        assert float(found @ vector) > 0.999


def test_other_texts_are_not_found(tmp_path: Path) -> None:
    write(tmp_path / "one.npz", TEXTS, VECTORS, encoder="one")
    known = KnownVectors.read(tmp_path, encoder="one")
    assert [known.find(text) for text in ("", "text", "Text 0", "text 20")] == [None] * 4


def test_a_text_that_comes_twice_is_kept_once(tmp_path: Path) -> None:
    write(tmp_path / "one.npz", ["a", "a", "b"], VECTORS[:3], encoder="one")
    with np.load(tmp_path / "one.npz") as kept:
        assert list(kept["keys"]) == sorted([key("a"), key("b")])


def test_nothing_is_known_without_a_file_or_of_another_encoder(tmp_path: Path) -> None:
    assert KnownVectors.read(tmp_path / "none", encoder="one").find("text 0") is None
    write(tmp_path / "one.npz", TEXTS, VECTORS, encoder="one")
    assert KnownVectors.read(tmp_path, encoder="other").find("text 0") is None


def test_a_file_with_the_name_of_another_encoder_is_not_taken_for_its_own(tmp_path: Path) -> None:
    write(tmp_path / "one.npz", TEXTS, VECTORS, encoder="other")
    assert KnownVectors.read(tmp_path, encoder="one").find("text 0") is None


def test_files_are_read_in_the_order_in_which_they_were_added(tmp_path: Path) -> None:
    names = ["one.npz", *(f"one-{number}.npz" for number in range(2, 12))]
    for name in reversed(names):
        write(tmp_path / name, TEXTS[:1], VECTORS[:1], encoder="one")
    assert [path.name for path in files(tmp_path, encoder="one")] == names


def test_the_key_is_the_beginning_of_the_texts_hash() -> None:
    assert f"{key('text'):016x}" == hashlib.sha256(b"text").hexdigest()[:16]
