"""Whether the words around a sign take it back: denied, supposed, past, hearsay, over, a figure of speech. Imports no Rasa.

The words are in `data/safety/context.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pydantic import validator
from spacy.tokens import Doc

from bot.safety.text.words import Lists, Words, compiling, read
from bot.settings import ROOT

FILE = ROOT / "data" / "safety" / "context.yml"
STOPS = frozenset(".!?;\n")
REACH = 5  # words before a sign in which a denial still counts
RIGHT_BEFORE = 2  # the same for "suicidal" and its like


class Context(Lists):
    """All lists of the file."""

    denied: Words
    negative: Words
    turns: Words
    supposed: Words
    hearsay: Words
    unreal: Words
    figures: Words
    over: Words
    past: Words
    long_ago: Words
    well: Words
    jest: Words
    present: Words

    @validator("supposed", "hearsay", "unreal", "figures", "over", "past", "long_ago", "well", "jest", "present", each_item=True)
    def compiles(cls, value: str) -> str:
        """Whether it is a regular expression."""
        return compiling(value)


class Compiled(NamedTuple):
    """The lists as they are looked for."""

    denied: frozenset[str]
    negative: frozenset[str]
    turns: frozenset[str]
    takes_back: re.Pattern[str]
    long_past: re.Pattern[str]
    present: re.Pattern[str]
    long_ago: re.Pattern[str]
    well: re.Pattern[str]
    jest: re.Pattern[str]


@lru_cache(maxsize=1)
def compiled(path: Path = FILE) -> Compiled:
    """The lists of the file. Raises SettingsError, one sentence, where it is wrong."""
    said = read(path, Context)
    back = [*said.supposed, *said.hearsay, *said.unreal, *said.figures, *said.over]
    return Compiled(
        frozenset(said.denied),
        frozenset(said.negative),
        frozenset(said.turns),
        _any(back),
        *map(_any, (said.past, said.present, said.long_ago, said.well, said.jest)),
    )


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(patterns)})\b")


def _sentence(document: Doc, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around document[start:end] begins and ends."""
    first = next((place + 1 for place in range(start - 1, -1, -1) if document[place].text in STOPS), 0)
    return first, next((place for place in range(end, len(document)) if document[place].text in STOPS), len(document))


def taken_back(document: Doc, start: int, end: int) -> bool:
    """Whether the words around the sign document[start:end], in the same sentence, take it back."""
    said = compiled()
    first, last = _sentence(document, start, end)
    sentence = document[first:last].text
    if said.takes_back.search(sentence) or (said.long_past.search(sentence) and not said.present.search(sentence)):
        return True
    if said.negative & {token.text for token in document[start:end]}:
        return False  # "no" before "can't breathe" does not deny it
    words: list[str] = []
    for token in document[max(first, start - REACH) : start]:
        words = [] if token.text in said.turns else [*words, token.text]
    return bool(said.denied & set(words))


def long_over(document: Doc, start: int, end: int) -> bool:
    """Whether the despair that document[start:end] tells of is long past, and all is said to be well and nothing of today."""
    said, sentence = compiled(), document[slice(*_sentence(document, start, end))].text
    told = said.long_ago.search(sentence) and said.well.search(document.text)
    return bool(told) and not said.present.search(document.text)


def said_lightly(document: Doc, start: int, end: int) -> bool:
    """Whether a denial stands right before the sign document[start:end], or a word behind it that makes it a figure of speech."""
    said = compiled()
    denied = said.denied & {token.text for token in document[max(0, start - RIGHT_BEFORE) : start]}
    return bool(denied) or bool(said.jest.match(document[end:].text))
