"""Finds the terms of the store's vocabulary in a text, with spaCy's entity ruler. Imports no Rasa.

`vocabulary.yml` maps a label to its values and each value to the words that people use for it, misspellings included.
A clinic's own file adds to the shipped one; what the answer core would not know is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import spacy
import yaml
from spacy.language import Language

from bot import yaml_files
from bot.errors import SettingsError
from bot.vocabulary import SCOPE_LABELS, SCOPE_VALUES

FILE = "vocabulary.yml"
LABELS = (*SCOPE_LABELS, "agency", "brand", "condition")
COUNTRY = re.compile(r"[A-Z]{2}")
Vocabulary = dict[str, dict[str, list[str]]]


@dataclass(frozen=True)
class Term:
    """A term found in a text: its label ("route"), its value ("injection") and where it stands (characters)."""

    label: str
    value: str
    start: int
    end: int


def _check(content: object) -> Vocabulary:
    """`content` as it is; raises ValueError that says what is wrong with it."""
    if not isinstance(content, dict):
        raise ValueError("it must map labels to values and values to lists of words")
    for label, values in content.items():
        if label not in LABELS:
            raise ValueError(f"there is no label '{label}'; use {', '.join(LABELS)}")
        if not isinstance(values, dict):
            raise ValueError(f"'{label}' must map values to lists of words")
        for value, words in values.items():
            known = SCOPE_VALUES.get(label)
            if not isinstance(value, str):
                raise ValueError(f"'{label}' has the value {value}; write it in quotes, or YAML reads it as something else")
            if known and value not in known:
                raise ValueError(f"'{label}' has no value '{value}'; use {', '.join(known)}")
            if label == "jurisdiction" and not COUNTRY.fullmatch(value):
                raise ValueError(f"'{label}' has the value '{value}'; write a country in two capital letters")
            if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
                raise ValueError(f"'{label}', '{value}' needs a list of words; write numbers, yes and no in quotes")
    return content


def read_vocabulary(*folders: Path | None) -> Vocabulary:
    """The words of the folders that have the file, later added to earlier. Raises SettingsError that names the file."""
    merged: Vocabulary = {}
    for folder in folders:
        path = folder / FILE if folder else None
        if not path or not path.is_file():
            continue
        try:
            content = _check(yaml_files.read(path) or {})
        except (yaml.YAMLError, UnicodeDecodeError, OSError):
            raise SettingsError(f"{path} is not valid YAML; write it like the shipped data/facts/{FILE}.") from None
        except ValueError as error:
            raise SettingsError(f"{path} is wrong: {error}.") from None
        for label, values in content.items():
            for value, words in values.items():
                merged.setdefault(label, {}).setdefault(value, []).extend(words)
    return merged


class Matcher:
    """Finds terms whatever their case; the longest match wins."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._language: Language = spacy.blank("en")
        ruler = self._language.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
        ruler.add_patterns(  # type: ignore[attr-defined]
            [
                {"label": label, "pattern": word, "id": value}
                for label, values in vocabulary.items()
                for value, words in values.items()
                for word in words
            ]
        )

    @classmethod
    def read(cls, *folders: Path | None) -> Matcher:
        """The vocabulary of the folders that have one; a later folder adds to an earlier one."""
        return cls(read_vocabulary(*folders))

    def find(self, text: str) -> list[Term]:
        """The terms of `text` in order."""
        document = self._language(text)
        return [Term(span.label_, span.ent_id_, span.start_char, span.end_char) for span in document.ents]
