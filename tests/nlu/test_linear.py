"""One vector's chances are those that scikit-learn gives."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from bot.nlu.linear import chances


@pytest.mark.parametrize("classes", [2, 5])
def test_the_chances_are_those_of_scikit_learn(classes: int) -> None:
    draw = np.random.default_rng(classes)
    vectors = draw.standard_normal((80, 12)).astype(np.float32)
    model = LogisticRegression().fit(vectors, [f"label-{number % classes}" for number in range(80)])
    for vector, expected in zip(vectors, model.predict_proba(vectors)):
        assert chances(model, vector) == pytest.approx(expected, abs=1e-6)
