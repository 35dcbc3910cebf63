"""The texts most like a question: all of them looked at where they are few, clusters of them where they are many."""

from __future__ import annotations

import numpy as np
import pytest

from bot.answer.retrieve.nearest import NearestTexts

WIDTH = 32


def unit(rows: int, *, seed: int) -> np.ndarray:
    """Random unit vectors (rows, WIDTH)."""
    made = np.random.default_rng(seed).standard_normal((rows, WIDTH)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True))


def test_few_texts_are_found_in_the_order_of_their_likeness() -> None:
    texts = unit(50, seed=1)
    rows, likeness = NearestTexts(texts).nearest(texts[7], count=50)
    assert list(rows) == list(np.argsort(-(texts @ texts[7])))
    assert likeness == pytest.approx(np.sort(texts @ texts[7])[::-1], abs=1e-6)


def test_none_are_found_among_none_and_no_more_than_there_are() -> None:
    assert [len(found) for found in NearestTexts(unit(3, seed=1)).nearest(unit(1, seed=2)[0], count=48)] == [3, 3]


def test_among_many_nearly_the_same_words_are_always_found_first() -> None:
    texts = unit(3000, seed=1)
    asked = texts[::10] + 0.05 * unit(300, seed=2)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    many = NearestTexts(texts, many=1000)
    found = [many.nearest(vector, count=6) for vector in asked]
    assert [rows[0] for rows, _ in found] == list(range(0, 3000, 10))
    assert all(likeness[0] == pytest.approx(texts[rows[0]] @ vector, abs=1e-5) for (rows, likeness), vector in zip(found, asked))
    assert {(len(rows), len(likeness)) for rows, likeness in found} == {(6, 6)}
