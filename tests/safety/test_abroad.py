"""What stands for a number that is not on file, and the crisis line in an emergency."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.safety.emergency.abroad import Texts, no_number, texts, with_crisis_line
from bot.safety.text.words import read
from tests.safety.languages import SET_TEXTS


def test_every_language_that_is_told_apart_has_the_words() -> None:
    assert set(texts().no_number) == set(texts().despair) == {"en", *SET_TEXTS}


def test_an_unknown_language_gets_english() -> None:
    assert no_number("sw") == no_number(None) == "your local emergency number"


def test_the_crisis_line_stands_after_the_first_line() -> None:
    assert with_crisis_line("Call 911.\nSay what.\nTell the clinic.", language="fr", crisis="988") == (
        "Call 911.\n"
        "Si vous pensez aussi à vous faire du mal, vous pouvez parler à quelqu'un tout de suite : 988.\nSay what.\nTell the clinic."
    )


def test_a_language_without_the_words_gets_the_english_line() -> None:
    said = with_crisis_line("Call 911.", language="sw", crisis="988")
    assert said == "Call 911.\nIf you may also hurt yourself, or did so on purpose, you can talk to someone at once: 988."


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("no_number: {de: x}\ndespair: {en: '{crisis}'}", "no_number: there is no entry for en"),
        ("no_number: {en: x}\ndespair: {en: call}", "despair.en: 'call' must hold {crisis} once"),
        ("no_number: {en: x}\ndespair: {en: '{crisis} {more}'}", "despair.en: '{crisis} {more}' must hold {crisis} once"),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path: Path, content: str, wrong: str) -> None:
    path = tmp_path / "abroad.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read(path, Texts)
    assert str(caught.value) == f"{path} is wrong at {wrong}."
