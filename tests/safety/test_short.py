"""Messages of a word or three: their language, and cries for help."""

from __future__ import annotations

import pytest

from bot.safety.emergency.gate import judge
from bot.safety.emergency.signs import SignFinder
from bot.safety.text.language import language
from bot.safety.text.short import call, cry, lists, short_language
from tests.safety.languages import SET_TEXTS

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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It's an emergency!", "en"),
        ("Emergency. My aunt has gone grey.", "en"),
        ("999 please", "en"),
        ("get an ambulance now", "en"),
        ("somebody help me", "en"),
        ("I think I'm dying", "en"),
        ("my husband is dying", "en"),
        ("drive me to the ER", "en"),
        ("Do I need to be in hospital?", "en"),
        ("must I ring 999?", "en"),
        ("Is it an emergency?", "en"),
        ("¡Es una urgencia!", "es"),
        ("manden una ambulancia", "es"),
        ("¿Tengo que ir a urgencias?", "es"),
        ("c'est une urgence", "fr"),
        ("Est-ce que je dois aller aux urgences ?", "fr"),
        ("快叫救护车", "zh"),
        ("需要去急诊吗?", "zh"),
    ],
)
def test_a_call_for_help_is_an_emergency_whatever_the_classifier_says(text: str, code: str) -> None:
    assert call(text, spoken=language(text)) == code
    assert judge(text, encode=None, classifier=None, finder=FINDER, spoken=language(text)).intent == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "help",
        "help me choose please",
        "no emergency",
        "this is not an emergency",
        "emergency contact",
        "when should I go to the ER?",
        "I'm dying to know",
        "my phone is dying",
        "should I go to the clinic?",
        "tiny bruise. Is this an emergency?",
        "15",
        "aidez-moi à choisir",
        "¿cuándo hay que ir a urgencias?",
        "",
    ],
)
def test_what_only_speaks_of_one_is_no_call(text: str) -> None:
    assert call(text, spoken=language(text)) is None
