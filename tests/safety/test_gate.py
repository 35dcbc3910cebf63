"""The verdict on a message, from its signs and from what a classifier would say; and how a long one is read."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from bot.safety.gate import ALARM, SUPPORT, WINDOW, SafetyClassifier, Verdict, judge, windows
from bot.safety.signs import SignFinder


class Fixed(SafetyClassifier):
    """Says what it was told to, whatever the vector; the vector's own number, if it is higher, is the alarm."""

    def __init__(self, alarm: float, crisis: float = 0.0) -> None:
        self.alarm, self.crisis = alarm, crisis

    def probabilities(self, vector: np.ndarray) -> tuple[float, float]:
        """The numbers given."""
        return max(self.alarm, float(vector[0])), self.crisis


@lru_cache(maxsize=1)
def finder() -> SignFinder:
    """The shipped signs, compiled once."""
    return SignFinder()


def encode(text: str) -> np.ndarray:
    """A vector that is alarming for the one text "danger"."""
    return np.array([0.9 if text == "danger" else 0.0])


def verdict(text: str, alarm: float | None = None, crisis: float = 0.0) -> Verdict:
    """The verdict where the classifier gives these numbers, or without one."""
    return judge(text, encode=encode, classifier=None if alarm is None else Fixed(alarm, crisis), finder=finder())


class TestJudge:
    """Signs and meaning together."""

    @pytest.mark.parametrize(
        ("alarm", "crisis", "expected"),
        [
            (ALARM - 0.01, 1.0, None),
            (ALARM, 0.49, "emergency"),
            (ALARM, 0.50, "crisis"),
        ],
    )
    def test_the_meaning_alone_is_enough(self, alarm: float, crisis: float, expected: str | None) -> None:
        assert verdict("it is all strange", alarm, crisis) == Verdict(expected, alarm)

    @pytest.mark.parametrize(("alarm", "expected"), [(SUPPORT, "emergency"), (SUPPORT - 0.01, None)])
    def test_a_sign_raises_it_unless_the_meaning_is_clearly_calm(self, alarm: float, expected: str | None) -> None:
        assert verdict("my chest is tight", alarm) == Verdict(expected, alarm, ("chest",))

    @pytest.mark.parametrize(
        ("text", "sign", "intent"),
        [
            ("my throat is closing", "airway", "emergency"),
            ("I cant breathe", "breathing", "emergency"),
            ("i drank the vial", "poison", "emergency"),
            ("I want to kill myself", "suicide", "crisis"),
        ],
    )
    def test_some_signs_count_whatever_the_classifier_says(self, text: str, sign: str, intent: str) -> None:
        found = verdict(text, 0.0)
        assert found.intent == intent
        assert sign in found.signs

    @pytest.mark.parametrize("text", ["my throat is closing", "my chest is tight", "she passed out"])
    def test_a_named_physical_sign_is_never_answered_as_a_crisis(self, text: str) -> None:
        assert verdict(text, 1.0, 1.0).intent == "emergency"

    @pytest.mark.parametrize(
        "text", ["I would never kill myself", "if it fails I will kill myself", "lol I want to die", "last year I was suicidal"]
    )
    def test_a_sign_of_self_harm_is_never_taken_back(self, text: str) -> None:
        assert (verdict(text, 0.0).intent, verdict(text).intent) == ("crisis", "crisis")

    def test_a_sign_that_is_taken_back_does_not_count(self) -> None:
        assert verdict("what do I do if my throat is closing", ALARM - 0.01) == Verdict(None, ALARM - 0.01)

    def test_without_a_classifier_the_signs_decide(self) -> None:
        assert verdict("my chest is tight").intent == "emergency"
        assert verdict("is it safe for my skin").intent is None

    def test_one_sentence_of_a_long_message_is_enough(self) -> None:
        long = "word " * WINDOW + "\n"
        assert verdict(long + "danger", 0.0) == Verdict("emergency", 0.9)


class TestWindows:
    """A long message is read whole and in runs of sentences."""

    def test_a_short_message_is_read_once(self) -> None:
        text = " ".join(["word"] * WINDOW)
        assert windows(text) == [text]
        assert windows("") == [""]

    def test_a_long_one_also_in_runs_of_whole_sentences(self) -> None:
        sentences = [" ".join([f"s{n}"] * 24) + "." for n in range(4)]
        text = " ".join(sentences)
        assert windows(text) == [text, " ".join(sentences[:2]), " ".join(sentences[2:])]

    def test_nothing_is_lost_and_no_run_is_too_long(self) -> None:
        text = " ".join(f"w{n}{'.' if n % 37 == 0 else ''}" for n in range(500)) + " " + "x " * 150
        whole, *runs = windows(text)
        assert whole == text
        assert " ".join(runs).split() == text.split()
        assert max(len(run.split()) for run in runs) <= WINDOW
