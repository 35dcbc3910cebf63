"""Who asks for a verdict or a diagnosis, whatever the topic; and for an amount."""

from __future__ import annotations

import pytest

from bot.answer.detect.by_oneself import asks_measure
from bot.answer.detect.verdict import asks_diagnosis, asks_verdict


@pytest.mark.parametrize(
    "text",
    [
        "can my 15-year-old have it for acne scars",
        "can my mum have it with her heart",
        "is it right for my teenage daughter",
        "pick one for me",
        "decide for my husband please",
        "would you have it if you were me",
        "what would you do in my shoes",
        "am I a good candidate",
        "just choose",
        "may my 17-year-old son get it",
        "say which I should take",
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
        "which questions are good for me to ask",
        "they come from me, so how could they do me harm",
        "how does the clinic decide for me what goes in",
        "do they just choose cells from any donor",
        "my mum asks what they can do for hair",
        "could my friend get arrested for selling it",
        "can my daughter use her insurance for it",
        "may my husband take photos during the session",
        "am I too wobbly to drive after",
        "as the beautician, am I allowed to report a reaction",
        "can my partner do the paperwork online",
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
        "is this red spot an allergy",
        "are these bumps infected",
        "could this lump be a granuloma",
        "what do these marks mean",
        "a rash on my neck, is that normal",
        "lump under my eye, what is it",
        "itchy patches on my chest, what could this be",
        "do my welts mean I'm allergic",
        "can you diagnose this rash",
        "hard nodules in my cheek, are they dangerous",
        "do these bumps mean infection",
        "there's a lump on my cheek after exosomes, is it a granuloma",
        "red patches on my scalp, what are they",
        "can you diagnose me",
    ],
)
def test_a_diagnosis_is_asked_for(text: str) -> None:
    assert asks_diagnosis(text)


@pytest.mark.parametrize(
    "text",
    [
        "can exosomes cause a rash",
        "is it safe to burn off spots before a facial",
        "is there a downside to getting over redness a day earlier, and is it a day",
        "lumps under the skin that you can roll, is that a thing with this",
        "where do I report a rash, and what is that stuff they use",
        "not intended to diagnose, treat or cure: what does that mean",
        "do the spots on the skin mean anything in the trial",
        "is it a mark of quality",
        "is this a scar treatment",
        "redness and swelling: what is the share in the trial",
        "are they for scars or an acne cream",
        "how common are lumps",
        "is it an approved drug",
        "what is swelling a sign of",
        "",
    ],
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
