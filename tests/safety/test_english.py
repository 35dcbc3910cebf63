"""An English message is never read as one of another language, and none of its short words as a foreign sign."""

from __future__ import annotations

import pytest

from bot import yaml_files
from bot.nlu.training_data import NLU
from bot.safety.emergency import stems
from bot.safety.text.language import language
from bot.settings import ROOT

ABROAD = ("abroad_2.yml", "emergencies_abroad.yml", "lookalikes_abroad.yml")


def _questions(content: object) -> list[str]:
    if isinstance(content, dict):
        own = [str(question) for question in content.get("questions") or []]
        return own + [question for value in content.values() for question in _questions(value)]
    return [question for value in content for question in _questions(value)] if isinstance(content, list) else []


def _calm_messages() -> list[str]:
    """The calm training messages in plain letters, and the own questions of facts and gaps."""
    found = [
        question for path in sorted((ROOT / "data" / "facts").rglob("*.yml")) for question in _questions(yaml_files.read(path))
    ]
    for path in sorted(NLU.glob("*.yml")):
        for block in yaml_files.read(path)["nlu"] if path.name not in ABROAD else ():
            if block["intent"] not in ("emergency", "crisis", "other_language"):
                found += [line.removeprefix("- ").strip() for line in block["examples"].splitlines()]
    return [text for text in found if text.isascii()]


def test_no_calm_english_message_on_file_has_a_foreign_sign() -> None:
    messages = _calm_messages()
    english = [text for text in messages if language(text) == "en"]
    assert len(english) > 0.99 * len(messages) > 20_000
    assert {text: signs for text in english if (signs := stems.find(text))} == {}


@pytest.mark.parametrize(
    "text",
    [
        "would an older serum still be fine",
        "an ampoule a week",
        "do men of 40 respond",
        "39 and single, do facials even out tone",
        "cost me 40 bucks, do refunds happen",
        "an esthetician sold me serum",
        "an ampoule vs retinol",
    ],
)
def test_short_english_words_are_no_foreign_sign(text: str) -> None:
    assert stems.find(text, spoken=language(text)) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("con toi uong lo serum roi", "vi"),
        ("sot 39 do, vet do lan nhanh", "vi"),
        ("mat toi sung, moi sung to len", "vi"),
        ("be an kem exosome", "vi"),
        ("chan nong va sung do", "vi"),
        ("namamaga ang labi ko after ng treatment", "tl"),
    ],
)
def test_signs_without_accents_are_still_found(text: str, code: str) -> None:
    for spoken in (code, "en"):  # the language is often unclear without accents
        assert (code, False, False) in stems.find(text, spoken=spoken)


def test_a_long_foreign_word_is_a_sign_among_english_ones() -> None:
    assert ("tl", False, False) in stems.find("namamaga labi ko after treatment session yesterday")


@pytest.mark.parametrize(
    "text",
    [
        "do influencers use this stuff",
        "do footballers get exosomes",
        "java linked list example",
        "compound pharmacies route permitted?",
        "keto diet plan snacks",
        "oven cleaner spray recommendations",
    ],
)
def test_a_short_english_message_is_english(text: str) -> None:
    assert language(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("me puedo poner crema despues", "es"),
        ("on peut payer en trois fois", "fr"),
        ("kann man das beim Stillen machen", "de"),
        ("quanto costa una seduta di esosomi", "it"),
        ("ile kosztuje jeden zabieg na twarz", "pl"),
        ("hoeveel kost een behandeling voor haar", "nl"),
    ],
)
def test_a_foreign_message_without_accents_keeps_its_language(text: str, code: str) -> None:
    assert language(text) == code
