"""English is the rule; another language is named only where it is clear."""

from __future__ import annotations

import pytest

from bot.safety.text.language import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("¿Son seguros los exosomas para la piel de la cara?", "es"),
        ("Est-ce que les exosomes sont dangereux pour la peau ?", "fr"),
        ("Sind Exosomen für meine Haut wirklich gefährlich?", "de"),
        ("外泌体安全吗", "zh"),
        ("エクソソームは安全ですか", "ja"),
        ("엑소좀은 안전한가요", "ko"),
        ("هل الإكسوسومات آمنة", "ar"),
        ("क्या एक्सोसोम सुरक्षित हैं", "hi"),
        ("Безопасны ли экзосомы для кожи лица?", "ru"),
    ],
)
def test_another_language(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "42?!",
        "ok",
        "por favor",  # too short to tell
        "is it safe for my skin",
        "what does 外泌体 mean in english",
        "exosome serum ASCE+ price",
        "pls tel me abt exos 4 hair",
        "do u do lip filler",
        "best pizza near me",
        "seizure at 9, none since",
        "winter tyres law in austria",
    ],
)
def test_english_or_unclear(text: str) -> None:
    assert language(text) == "en"


@pytest.mark.parametrize("verb", ["help", "reduce", "improve", "fix", "cure"])
def test_what_exosomes_do_is_asked_in_english(verb: str) -> None:
    complaints = (
        "hair loss|wrinkles|dark spots|scars|acne|melasma|pores|eczema|psoriasis|alopecia|rosacea|cellulite|stretch marks|vitiligo|"
        "arthritis|autism|neuropathy|fine lines|eyebrows|beard|hyperpigmentation|burns|knees"
    )
    asked = [form.format(verb, on) for on in complaints.split("|") for form in ("do exosomes {} {}", "exosomes {} {}")]
    assert {text: language(text) for text in asked} == dict.fromkeys(asked, "en")


@pytest.mark.parametrize("text", ["les exosomes sont dangereux pour moi", "los exosomas reducen arrugas en mi cara"])
def test_the_same_in_another_language_stays_what_it_is(text: str) -> None:
    assert language(text) in ("fr", "es")
