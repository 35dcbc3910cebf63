"""Votes of the nearest training vectors."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from bot.nlu.neighbours import COUNT, SHARPNESS, Neighbours

EAST, NORTH = np.array([1.0, 0.0], dtype=np.float32), np.array([0.0, 1.0], dtype=np.float32)


def test_near_ones_count_more_and_the_shares_sum_to_one() -> None:
    shares = Neighbours(np.stack([EAST, NORTH]), ["near", "far"]).shares(EAST)
    assert shares["far"] == pytest.approx(1 / (1 + np.exp(SHARPNESS)))
    assert sum(shares.values()) == pytest.approx(1.0)


def test_the_more_frequent_wins_where_all_are_as_near() -> None:
    assert Neighbours(np.stack([EAST] * 4), ["a", "b", "b", "b"]).shares(EAST) == pytest.approx({"a": 0.25, "b": 0.75})


def test_only_the_nearest_vote_and_every_label_has_a_share() -> None:
    labels = ["near"] * COUNT + ["far"] * 100
    assert Neighbours(np.stack([EAST] * COUNT + [NORTH] * 100), labels).shares(EAST) == pytest.approx({"near": 1.0, "far": 0.0})


def test_each_kind_of_label_has_votes_of_its_own_and_none_is_no_vote() -> None:
    made = Neighbours(np.stack([EAST, EAST, NORTH]), ["a", "b", "b"], [None, "x", "x"])
    first, second = made.votes(EAST)
    assert (set(first), second) == ({"a", "b"}, {"x": 1.0})
    assert first == made.shares(EAST)


def _many(count: int, *, seed: int) -> np.ndarray:
    """Unit vectors that differ in some directions more than in others, as those of messages do."""
    made = np.random.default_rng(seed).standard_normal((count, 300)) * np.linspace(1, 0.02, 300)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def test_among_many_the_votes_are_those_of_the_nearest_of_all() -> None:
    vectors, labels = _many(3000, seed=1), [f"topic-{number % 7}" for number in range(3000)]
    made = Neighbours(vectors, labels)
    for vector in _many(50, seed=2):
        nearest = np.argsort(-(vectors.astype(np.float16).astype(np.float32) @ vector))[:COUNT]
        weights = np.exp(SHARPNESS * (vectors[nearest] @ vector))
        expected = {name: sum(weights[[labels[n] == name for n in nearest]]) / weights.sum() for name in sorted(set(labels))}
        assert made.shares(vector) == pytest.approx(expected, abs=2e-3)


def test_a_kind_whose_voters_are_far_off_has_its_votes_all_the_same() -> None:
    vectors = np.stack([EAST] * 1000 + [NORTH] * COUNT)
    made = Neighbours(vectors, ["here"] * 1000 + [None] * COUNT, [None] * 1000 + ["there"] * COUNT)
    assert made.votes(EAST) == [{"here": pytest.approx(1.0)}, {"there": pytest.approx(1.0)}]


def test_survives_pickling_in_half_precision() -> None:
    made = Neighbours(np.stack([EAST, NORTH]), ["a", "b"])
    before, size = made.shares(EAST), len(pickle.dumps(Neighbours(np.stack([EAST, NORTH]), ["a", "b"])))
    kept = pickle.dumps(made)
    assert len(kept) == size  # the full-precision copy is not kept
    assert pickle.loads(kept).shares(EAST) == pytest.approx(before)


def test_judges_of_the_same_messages_share_them_and_others_do_not() -> None:
    first, second = (Neighbours(np.stack([EAST, NORTH]), labels) for labels in (["a", "b"], [None, "b"]))
    third = Neighbours(np.stack([NORTH, EAST]), ["a", "b"])
    read = pickle.loads(pickle.dumps(first))
    assert first._messages is second._messages is read._messages is not third._messages
    assert (second.shares(EAST), third.shares(EAST)["b"]) == ({"b": 1.0}, pytest.approx(first.shares(EAST)["a"]))
