"""A mild complaint of the skin is told from what could be the start of more."""

from __future__ import annotations

import numpy as np
import pytest

from bot.safety.emergency import gate
from bot.safety.emergency.complaints import SHORT, mild, own_cells
from bot.safety.emergency.gate import ALARM_MILD, SafetyClassifier, Verdict, judge
from bot.safety.emergency.signs import SignFinder


@pytest.mark.parametrize(
    "text",
    [
        "My face has been red and itchy since yesterday",
        "still pink on day two",
        "dry and flaky chin since the facial",
        "a bit sore",
        "my hair is falling out",
        "my skin is dull",
    ],
)
def test_skin_that_is_merely_red_or_dry_is_mild(text: str) -> None:
    assert mild(text)


@pytest.mark.parametrize(
    "text",
    [
        "red and itchy and my throat feels odd",
        "red, hot and spreading up my arm",
        "itchy all over and dizzy",
        "red with a fever",
        "does it regrow hair",
        "red " * (SHORT + 1),
    ],
)
def test_all_else_is_not(text: str) -> None:
    assert not mild(text)


@pytest.mark.parametrize(
    "text",
    [
        "if it's my own stuff my body can't hurt me",
        "it comes out of me, so how could it harm me",
        "They are from my own blood, nothing can happen then",
        "my body wont attack its own, its part of me",
    ],
)
def test_one_s_own_cells_taken_for_harmless_are_no_wish_to_do_harm(text: str) -> None:
    assert own_cells(text)


@pytest.mark.parametrize(
    "text",
    [
        "my own cells and now I can't breathe",
        "i cant go on, nothing can help me",
        "it was from my own blood and I can't feel my leg",
        "does it regrow hair",
        "my own cells " * 7 + "so no risk",
    ],
)
def test_no_other_message_is_about_one_s_own_cells(text: str) -> None:
    assert not own_cells(text)


class Sure(SafetyClassifier):
    """Finds every message as alarming as that."""

    def __init__(self, probability: float) -> None:
        self.probability = probability

    def probabilities(self, vector: np.ndarray) -> tuple[float, float]:
        """The same for every vector."""
        return self.probability, 0.0


@pytest.mark.parametrize(
    "text",
    ["my face is red and itchy", "can i stop my methotrexate for this", "made from me so i can't react to it"],
)
def test_for_these_the_meaning_alone_must_be_very_sure(text: str) -> None:
    def verdict(probability: float) -> Verdict:
        return judge(text, encode=lambda _: np.zeros(1), classifier=Sure(probability), finder=SignFinder())

    assert (verdict(ALARM_MILD - 0.01).intent, verdict(ALARM_MILD).intent) == (None, "emergency")
    assert ALARM_MILD > gate.ALARM
