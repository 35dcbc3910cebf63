"""Misspelt words of the signs are mended, right words never."""

from __future__ import annotations

import pytest

from bot.safety.text.spelling import Speller

SPELLER = Speller(["chest", "pain", "breathing", "swallow", "throat", "hard", "fit", "bleeding", "want"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chst pian", "chest pain"),
        ("brething is hrd", "breathing is hard"),
        ("cant swalow", "cant swallow"),
        ("my thraot", "my throat"),
    ],
)
def test_a_typo_is_mended(typed: str, meant: str) -> None:
    assert SPELLER.mend(typed) == meant


@pytest.mark.parametrize("text", ["", "my chess board", "paint the card", "fat cat", "我胸痛", "xq zzz", "balding men", "it wasnt"])
def test_other_words_stay(text: str) -> None:
    assert SPELLER.mend(text) == text
