"""Word lists in YAML: what a word stands for, and one sentence for a file that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answer.detect.premises import Premises
from bot.errors import SettingsError
from bot.safety.emergency import answers, stems
from bot.safety.emergency.complaints import FILE, Complaints
from bot.safety.emergency.signs import SignFinder
from bot.safety.text.words import any_of, read

SHIPPED = FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("itch*", "so Itchy", True),
        ("itch*", "a witch", False),
        ("*mab", "on adalimumab", True),
        ("all over", "all  over", True),
        ("blood-thinner", "my blood thinner", True),
        ("blood-thinner", "my bloodthinner", True),
        ("can't", "it cant", True),
        ("can't", "it can’t", True),
        ("a.b", "acb", False),
    ],
)
def test_what_a_word_stands_for(word: str, text: str, found: bool) -> None:
    assert bool(any_of([word]).search(text)) is found


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("mild: [", "{path} cannot be read as YAML."),
        (SHIPPED + "\nmore: [x]\n", "{path} is wrong at more: extra fields not permitted."),
        (SHIPPED.replace('"911"', "911"), "{path} is wrong at worse.en.58: str type expected."),
        (SHIPPED.replace("own_cells:", "cells:"), "{path} is wrong at own_cells: field required."),
    ],
)
def test_a_wrong_file_is_one_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "complaints.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read(path, Complaints)
    assert str(caught.value) == sentence.format(path=path)


def _said_of(load: Callable[[Path], object], path: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        load(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("\nde:\n", "\n- de:\n", "cannot be read as YAML."),
        ("  hears:", "  heard:", "is wrong at en.hears: field required."),
        ("over: 'false", "over: '(false", "is wrong at en.hears.over: '(false"),
        (
            "{emergency} now",
            "{number} now",
            "is wrong at en.body.question: 'Is help on the way? If not, call {number} now.' may hold",
        ),
        ("\nen:\n", "\nxx:\n", "is wrong at its beginning: there is no entry for en."),
        ("    busy: ", "    bussy: ", "is wrong at en.body.bussy: extra fields not permitted."),
    ],
)
def test_what_is_said_after_an_emergency_is_checked_when_it_is_read(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path, shipped = tmp_path / "after_emergency.yml", answers.FILE.read_text(encoding="utf-8")
    path.write_text(shipped.replace(old, new, 1), encoding="utf-8")
    assert _said_of(answers.said_in, path).startswith(f"{path} {sentence}")


ONE_OF_TWO = "a sign has either phrases, or near with its window."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("en: []\ncrisis: [{id: a, phrases: [no]}]", "is wrong at crisis.0.phrases.0: str type expected."),
        ("en: [{id: a, near: [[b], [c]]}]\ncrisis: []", f"is wrong at en.0: {ONE_OF_TWO}"),
        ("en: [{id: a, phrases: [b], near: [[b], [c]], window: 2}]\ncrisis: []", f"is wrong at en.0: {ONE_OF_TWO}"),
        ("en: [{id: a, near: [[b], [c], [d]], window: 2}]\ncrisis: []", "is wrong at en.0.near: wrong tuple length 3, expected 2."),
        ("en: []", "is wrong at crisis: field required."),
        ("en: [", "cannot be read as YAML."),
    ],
)
def test_the_signs_are_checked_when_they_are_read(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "signs.yml"
    path.write_text(content, encoding="utf-8")
    assert _said_of(SignFinder, path) == f"{path} {sentence}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("de: {says: [a]}", "is wrong at de.crisis: field required."),
        ("de: {says: [a], crisis: [b], near: [[[c], ['(d']]]}", "is wrong at de.near.0: '(d' is no regular expression"),
        ("de: {says: ['a)'], crisis: [b]}", "is wrong at de.says.0: 'a)' is no regular expression"),
        ("de: {says: [a], crisis: [b], calm: []}", "is wrong at de.calm: ensure this value has at least 1 items."),
        ("de: {says: [a], crisis: [b], jests: [c]}", "is wrong at de.jests: extra fields not permitted."),
    ],
)
def test_the_signs_of_other_languages_are_checked_when_they_are_read(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "signs_abroad.yml"
    path.write_text(content, encoding="utf-8")
    assert _said_of(stems.tongues, path).startswith(f"{path} {sentence}")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path / "none.yml", Premises)
    assert str(caught.value) == f"{tmp_path / 'none.yml'} cannot be read as YAML."
