"""A second judge for Spanish, French and Chinese: what a message says, by its letters. Imports no Rasa.

The sentence encoder was made for English and finds calm messages in these languages as alarming as others. Runs of letters tell
them apart better, learnt from the same training messages.
"""

from __future__ import annotations

from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from bot.safety.emergency.stems import plain

SHARE = 0.6  # its weight beside the encoder's judgement
C = 10.0


class LetterClassifier:
    """How likely a message is an emergency, by runs of one to five letters. Can be pickled."""

    def fit(self, texts: Sequence[str], alarming: Sequence[bool]) -> LetterClassifier:
        """Learns from messages in these languages."""
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 5), sublinear_tf=True)
        regression = LogisticRegression(C=C, max_iter=600, class_weight="balanced")
        self._pipeline = make_pipeline(letters, regression).fit([plain(text) for text in texts], list(alarming))
        return self

    def beside(self, text: str, judged: float) -> float:
        """The probability of an emergency, where the encoder has `judged` it so."""
        own = float(self._pipeline.predict_proba([plain(text)])[0, 1])
        return SHARE * own + (1 - SHARE) * judged
