"""English is the rule; another language is named only where it is clear."""

from __future__ import annotations

import pytest

from bot.safety.language import language


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
    ],
)
def test_english_or_unclear(text: str) -> None:
    assert language(text) == "en"
