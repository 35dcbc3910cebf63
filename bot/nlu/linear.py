"""What a fitted regression gives for one vector. Imports no Rasa.

scikit-learn checks and converts each input anew, which for a single vector takes many times as long as the sum itself.
"""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression


def chances(model: LogisticRegression, vector: np.ndarray) -> np.ndarray:
    """The probability of each of `model.classes_`: one row of what its `predict_proba` gives."""
    scores = model.coef_ @ vector + model.intercept_
    if len(model.classes_) == 2:  # then it has one score, for the second
        scores = np.array([0.0, scores[0]])
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())
