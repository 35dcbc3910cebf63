"""Emergencies in other languages: found by their signs, and calm messages with the same words are not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.safety.emergency.stems import find, reserved
from bot.safety.text.language import language
from tests.safety.languages import SET_TEXTS

SET = yaml.safe_load((Path(__file__).parents[1] / "data" / "abroad.yml").read_text(encoding="utf-8"))
SIGNS_ONLY = sorted(set(SET_TEXTS) - {"es", "fr", "zh"})  # the classifiers learnt those three


def raised(text: str) -> bool:
    """Whether a sign stands in `text`."""
    return any(not taken_back for _, _, taken_back in find(text, spoken=language(text)))


def test_the_set_holds_every_language_that_has_signs_only() -> None:
    assert sorted(SET) == SIGNS_ONLY
    assert {(len(kinds["emergency"]), len(kinds["crisis"]), len(kinds["calm"])) for kinds in SET.values()} == {(12, 2, 6)}


@pytest.mark.parametrize("code", SIGNS_ONLY)
def test_emergencies_are_found_and_calm_messages_are_not(code: str) -> None:
    missed = [text for kind in ("emergency", "crisis") for text in SET[code][kind] if not raised(text)]
    alarmed = [text for text in SET[code]["calm"] if raised(text)]
    assert (missed, alarmed) == ([], [])


@pytest.mark.parametrize("code", SIGNS_ONLY)
def test_thoughts_of_self_harm_are_told_from_other_emergencies(code: str) -> None:
    kinds = {text: {crisis for _, crisis, taken in find(text, spoken=code) if not taken} for text in SET[code]["crisis"]}
    assert {text: found for text, found in kinds.items() if found != {True}} == {}


@pytest.mark.parametrize(
    "text",
    ["I have been warm all day, is the leg cream any good?", "my skin is sin free", "", "exosome serum", "labs and lips for men"],
)
def test_english_is_not_read_as_another_language(text: str) -> None:
    assert find(text, spoken=language(text)) == []


def test_a_decimal_point_does_not_end_a_sentence() -> None:
    assert raised("Ich habe 39.5 Fieber und die Rötung wird größer und breitet sich aus")


def test_words_of_the_past_or_of_the_news_make_a_message_reserved() -> None:
    assert reserved("vi en las noticias que alguien se desmayó", spoken="es")
    assert not reserved("no puedo respirar", spoken="es")
