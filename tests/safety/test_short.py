"""Messages of a word or three: their language, and cries for help."""

from __future__ import annotations

import pytest

from bot.safety.gate import judge
from bot.safety.language import SET_TEXTS, language
from bot.safety.short import cry, lists, short_language
from bot.safety.signs import SignFinder

FINDER = SignFinder()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hola", "es"),
        ("ayuda", "es"),
        ("¿Es seguro?", "es"),
        ("Bonjour", "fr"),
        ("c'est sûr ?", "fr"),
        ("Hilfe!", "de"),
        ("Sind Exosomen zugelassen?", "de"),
        ("è sicuro?", "it"),
        ("quanto custa?", "pt"),
        ("czy to bezpieczne?", "pl"),
        ("is het veilig?", "nl"),
        ("är det farligt", "sv"),
        ("güvenli mi?", "tr"),
        ("ligtas ba ito?", "tl"),
    ],
)
def test_a_short_message_is_in_the_language_of_its_words(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    "text",
    ["help", "las vegas", "9am est", "vitamin e", "por favor", "SI joint", "hindi", "in der end", "ok", "", "is it safe", "hi les"],
)
def test_short_english_stays_english(text: str) -> None:
    assert short_language(text) in (None, "tl") if text == "hindi" else language(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("au secours", "fr"),
        ("¡Socorro!", "es"),
        ("救命", "zh"),
        ("救救我", "zh"),
        ("助けて!", "ja"),
        ("살려주세요", "ko"),
        ("imdat", "tr"),
        ("спасите", "ru"),
        ("النجدة", "ar"),
        ("ratunku!!", "pl"),
    ],
)
def test_a_cry_for_help_is_an_emergency_in_its_language(text: str, code: str) -> None:
    assert cry(text) == code
    verdict = judge(text, encode=None, classifier=None, finder=FINDER, spoken=language(text))
    assert (verdict.intent, verdict.language) == ("emergency", code)


@pytest.mark.parametrize("text", ["help", "ayuda", "hilfe", "the clinic in Socorro, New Mexico", "救命稻草是什么意思呢", ""])
def test_what_only_asks_for_help_or_speaks_of_something_else_is_no_cry(text: str) -> None:
    assert cry(text) is None


@pytest.mark.parametrize("text", ["me ahogo", "no respiro", "je m'étouffe"])
def test_a_sign_in_two_foreign_words_is_enough_whatever_the_classifier_says(text: str) -> None:
    assert judge(text, encode=None, classifier=None, finder=FINDER).intent == "emergency"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("mujhe saans nahi aa rahi", "emergency"),
        ("chehra sooj gaya hai aur saans phool rahi hai", "emergency"),
        ("ya ne mogu dyshat", "emergency"),
        ("wo huxi kunnan", "emergency"),
        ("la astati3 altanafus", "emergency"),
        ("mein ab jeena nahi chahta", "crisis"),
        ("wo bu xiang huo le", "crisis"),
    ],
)
def test_signs_are_known_in_latin_letters_too(text: str, intent: str) -> None:
    assert judge(text, encode=None, classifier=None, finder=FINDER, spoken=language(text)).intent == intent


def test_every_language_of_the_lists_has_set_texts() -> None:
    assert {*lists().words, *lists().cries} <= set(SET_TEXTS)
