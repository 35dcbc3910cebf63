"""Finds the terms of the store's vocabulary in a text, with spaCy's entity ruler. Imports no Rasa.

`vocabulary.yml` maps a label to its values and each value to the words that people use for it, misspellings included.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import spacy
import yaml
from spacy.language import Language

FILE = "vocabulary.yml"


@dataclass(frozen=True)
class Term:
    """A term found in a text: its label ("route"), its value ("injection") and where it stands (characters)."""

    label: str
    value: str
    start: int
    end: int


class Matcher:
    """Finds terms whatever their case; the longest match wins."""

    def __init__(self, vocabulary: dict[str, dict[str, list[str]]]) -> None:
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
        merged: dict[str, dict[str, list[str]]] = {}
        for folder in folders:
            path = folder / FILE if folder else None
            if path and path.is_file():
                for label, values in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
                    for value, words in values.items():
                        merged.setdefault(label, {}).setdefault(str(value), []).extend(str(word) for word in words)
        return cls(merged)

    def find(self, text: str) -> list[Term]:
        """The terms of `text` in order."""
        document = self._language(text)
        return [Term(span.label_, span.ent_id_, span.start_char, span.end_char) for span in document.ents]
