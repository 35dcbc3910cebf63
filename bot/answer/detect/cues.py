"""What the words of a message show beside its topic, by the lists of `data/answers/cues.yml`. Imports no Rasa.

The file says how its entries are read. Which cue matters where is decided in the modules that ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Optional

from bot.errors import SettingsError
from bot.safety.text.words import SIGNS, Lists, Words, read
from bot.settings import ROOT

FILE = ROOT / "data" / "answers" / "cues.yml"
APART = r"[^\w.?!]+"  # between two words of a sentence
WITHIN = r"(?:[^.?!]|(?<=\d)\.(?=\d))"  # a character that ends no sentence
WORD = r"[\w'’-]+(?:[.,]\d+)?"
BETWEEN = {
    "_": rf"{APART}(?:{WORD}{APART})?",
    "..": rf"{APART}(?:{WORD}{APART}){{0,4}}?",
    "...": rf"(?!\w){WITHIN}{{0,80}}?",
}
ENDS = {"^": r"\A\W*", "$": r"\W*\Z"}
NUMBER = r"\d+(?:[.,]\d+)?"


class _Cue(Lists):
    says: Words
    unless: Optional[Words] = None


class _Cues(Lists):
    lists: dict[str, Words]
    cues: dict[str, _Cue]


@dataclass(frozen=True)
class Cue:
    """One cue as patterns."""

    says: re.Pattern[str]
    unless: re.Pattern[str] | None

    def met(self, text: str) -> bool:
        """Whether `text` shows it."""
        return bool(self.says.search(text)) and not (self.unless and self.unless.search(text))


class _Reader:
    """Makes patterns of entries; each list is made once."""

    def __init__(self, lists: Mapping[str, list[str]]) -> None:
        self._lists = lists
        self._made: dict[str, str] = {}

    def any_of(self, entries: Iterable[str]) -> str:
        return f"(?:{'|'.join(map(self._entry, entries))})"

    def _entry(self, entry: str) -> str:
        made, between = "", ""
        for token in entry.split():
            if token in BETWEEN:
                between = BETWEEN[token]
            elif token in ENDS:
                made, between = made + ENDS[token], r"\b"
            else:
                made, between = made + between + self._word(token), APART
        return made

    def _word(self, token: str) -> str:
        parts = (self._list(part[1:-1]) if part.startswith("{") else _plain(part) for part in re.split(r"(\{\w+\})", token))
        return rf"\b{''.join(parts)}\b"

    def _list(self, name: str) -> str:
        if name not in self._made:
            if name not in self._lists:
                raise SettingsError(f"{FILE} names a list {{{name}}} that it does not have, or that holds itself.")
            entries, self._lists = self._lists[name], {key: value for key, value in self._lists.items() if key != name}
            self._made[name] = self.any_of(entries)
        return self._made[name]


def _plain(word: str) -> str:
    pattern = re.escape(word).replace(r"\#", NUMBER)
    for sign, meant in SIGNS.items():
        pattern = pattern.replace(sign, meant)
    return pattern


@lru_cache(maxsize=1)
def cues(path: Path = FILE) -> dict[str, Cue]:
    """All cues of the file. Raises SettingsError, one sentence, where it is wrong."""
    held = read(path, _Cues)
    reader = _Reader(held.lists)

    def pattern(entries: Iterable[str]) -> re.Pattern[str]:
        return re.compile(reader.any_of(entries), re.IGNORECASE)

    return {name: Cue(pattern(cue.says), pattern(cue.unless) if cue.unless else None) for name, cue in held.cues.items()}


def shows(cue: str, text: str) -> bool:
    """Whether `text` shows the cue of that name."""
    return cues()[cue].met(text)
