"""Signs named in words: which there are, and when the words around them take them back."""

from __future__ import annotations

from functools import lru_cache

import pytest

from bot.safety.emergency.signs import SignFinder
from bot.safety.emergency.stems import plain


@lru_cache(maxsize=1)
def finder() -> SignFinder:
    """The shipped signs, compiled once."""
    return SignFinder()


def standing(text: str) -> set[str]:
    """The signs that nothing takes back."""
    return {sign.id for sign in finder().find(text) if not sign.taken_back}


def taken_back(text: str) -> set[str]:
    """The signs that are named but taken back wherever they are."""
    return {sign.id for sign in finder().find(text) if sign.taken_back} - standing(text)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("my throat is closing", "airway"),
        ("I can’t breathe", "breathing"),
        ("No I cant breathe", "breathing"),  # "no" does not deny what is itself a "cannot"
        ("she passed out", "fainting"),
        ("i drank the vial", "poison"),
        ("no fever but my throat is closing", "airway"),
        ("I had no rash. My throat is closing.", "airway"),
        ("What are the risks? my chest is tight", "chest"),
        ("no puedo respirar", "es"),
        ("JE NE VOIS PLUS rien", "fr"),
        ("我呼吸困难", "zh"),
        ("舌头好像有点肿了", "zh"),
        ("Ich kriege keine Luft", "de"),
        ("Nefes alamıyorum", "tr"),
        ("жена потеряла сознание", "ru"),
        ("息ができません", "ja"),
        ("숨을 못 쉬겠어요", "ko"),
        ("सांस नहीं आ रही", "hi"),
        ("last year it was a rash, this time my throat is closing", "airway"),  # past and present in one sentence
        ("cehst pian since the jab", "chest"),  # misspelt
        ("i cant swalow", "airway"),
        ("she has had trouble breathing for years but now her lips are blue", "breathing"),
        ("嘴脣和舌頭腫了", "zh"),  # traditional characters
        ("胸口很悶 喘不過氣", "zh"),
        ("mi papá se desplomó y no abre los ojos", "es"),
        ("elle a les yeux révulsés et ne bouge plus", "fr"),
        ("她摇不醒", "zh"),
    ],
)
def test_a_sign_stands(text: str, sign: str) -> None:
    assert sign in standing(text)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("I have no chest pain", "chest"),  # denied
        ("she never fainted", "fainting"),
        ("what do I do if my throat is closing", "airway"),  # supposed
        ("can it give you a heart attack", "chest"),
        ("I passed out in 2019", "fainting"),  # past
        ("two years ago I had a seizure", "fit"),
        ("the leaflet says anaphylaxis", "allergy"),  # hearsay
        ("我没有胸痛", "zh"),
        ("如果呼吸困难怎么办", "zh"),
        ("三年前晕倒过一次", "zh"),
        ("the bill nearly gave me a heart attack", "chest"),  # a figure of speech
        ("my dog had a seizure", "fit"),  # not a person, or not real
        ("in the film he stopped breathing", "breath"),
        ("my lips were swollen and it went down by itself", "airway"),  # over
        ("sin dolor en el pecho", "es"),
        ("aucune douleur dans la poitrine", "fr"),
        ("keine Schmerzen in der Brust", "de"),
        ("solo rossore e niente febbre", "it"),
        ("gran has been short of breath for ten years now", "breath"),  # lasting
        ("I fainted in March", "fainting"),
        ("scared of passing out with the needle", "fainting"),  # feared
        ("my textbook says the skin goes white", "skin"),
        ("mi suegra casi me desmayo con el precio", "es"),
        ("息苦しさはありません", "ja"),
    ],
)
def test_a_sign_is_taken_back(text: str, sign: str) -> None:
    assert sign in taken_back(text)


def test_a_chinese_denial_further_away_does_not_count() -> None:
    assert "zh" in standing("如果明天还要再做一次，我现在胸痛")


@pytest.mark.parametrize(
    "text",
    ["do cells commit suicide", "suicide squad two", "overdoses of salt", "is there convulsion in it"],
)
def test_an_english_word_that_other_languages_share_is_no_sign_of_theirs(text: str) -> None:
    assert {sign.language for sign in finder().find(text)} <= {"en"}


@pytest.mark.parametrize("text", ["", "is it safe for my skin", "外泌体安全吗", "was kostet das", "тут дорого"])
def test_no_sign(text: str) -> None:
    assert finder().find(text) == []


@pytest.mark.parametrize(
    "text",
    ["I want to kill myself", "quiero morir", "je veux mourir", "我想自杀", "ich will nicht mehr leben", "죽고 싶어요", "死にたい"],
)
def test_signs_of_self_harm_are_known_as_such(text: str) -> None:
    assert [sign.crisis for sign in finder().find(text)] == [True]


def test_one_spelling_is_enough() -> None:
    assert plain("Can’t Désolé isn't") == "cant desole isnt"


def test_a_sign_knows_its_language() -> None:
    assert {sign.language for sign in finder().find("non riesco a respirare")} == {"it"}
    assert {sign.language for sign in finder().find("my throat is closing")} == {"en"}
