"""Word lists in YAML: what a word stands for, and one sentence for a file that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answer.premises import Premises
from bot.errors import SettingsError
from bot.safety.complaints import FILE, Complaints
from bot.safety.words import any_of, read

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


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path / "none.yml", Premises)
    assert str(caught.value) == f"{tmp_path / 'none.yml'} cannot be read as YAML."
