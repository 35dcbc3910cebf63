"""Who asks for a verdict or a diagnosis, whatever the topic; and for an amount."""

from __future__ import annotations

import pytest

from bot.answer.by_oneself import asks_measure
from bot.answer.verdict import asks_diagnosis, asks_verdict


@pytest.mark.parametrize(
    "text",
    [
        "can my 15-year-old have it for acne scars",
        "my 14 year old has bad acne, may she try it",
        "should my husband get it for knee pain",
        "PRP or exosomes for me, just pick",
        "tell me which one to choose",
        "is it safe for me with a stent",
        "would you do it if you were me",
        "give me a yes or no please",
        "am I too old for it",
        "which one should I take",
    ],
)
def test_a_verdict_is_asked_for(text: str) -> None:
    assert asks_verdict(text)


@pytest.mark.parametrize(
    "text",
    [
        "is it safe",
        "which brands are there",
        "can children have it",
        "does the research stack up",
        "tell me about exosomes",
        "what would you ask a clinic",
        "",
    ],
)
def test_a_question_in_general_is_none(text: str) -> None:
    assert not asks_verdict(text)


@pytest.mark.parametrize(
    "text",
    [
        "is this rash an allergy",
        "do these bumps mean infection",
        "there's a lump on my cheek after exosomes, is it a granuloma",
        "red patches on my scalp, what are they",
        "can you diagnose me",
    ],
)
def test_a_diagnosis_is_asked_for(text: str) -> None:
    assert asks_diagnosis(text)


@pytest.mark.parametrize(
    "text", ["can exosomes cause a rash", "how common are lumps", "is it an approved drug", "what is swelling a sign of", ""]
)
def test_a_question_on_reactions_in_general_is_none(text: str) -> None:
    assert not asks_diagnosis(text)


@pytest.mark.parametrize(
    "text",
    [
        "my doctor said yes, how much",
        "my GP says it's fine so how much do I need",
        "what strength should I ask for",
        "is 3 ml enough for my whole face",
    ],
)
def test_an_amount_is_asked_for(text: str) -> None:
    assert asks_measure(text)


@pytest.mark.parametrize("text", ["how much is it", "my doctor said yes, how much does it cost", "how much hair grows back"])
def test_a_price_or_a_result_is_no_amount(text: str) -> None:
    assert not asks_measure(text)
