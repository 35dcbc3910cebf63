"""What someone says about an emergency that has been told: help comes, nobody comes, no phone, how long. Imports no Rasa.

Texts and words by language are in `data/safety/after_emergency.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Optional

from pydantic import validator

from bot.safety.emergency.stems import plain
from bot.safety.text.words import Lists, Text, compiling, read
from bot.settings import ROOT

FILE = ROOT / "data" / "safety" / "after_emergency.yml"
SHORT, LONG = 12, 25  # words; a longer message says more than yes or no, or more than one thing at all
TELLING = 4  # words from which a message shows the language that the person writes
UNSPACED = ("zh", "ja", "ko", "hi")
KINDS = ("body", "crisis", "other")
BUT = re.compile(
    r"\b(but|not|nobody|no|never|can'?t|isn'?t|won'?t|engaged|busy|pero|mais|aber|maar|ma|mas|ale|но|але)\b", re.IGNORECASE
)


class Texts(Lists):
    """What is said to one kind of emergency, by what was heard; what a language lacks is said with `not_coming`."""

    question: Text
    coming: Text
    not_coming: Text
    still: Optional[Text] = None
    what_to_do: Optional[Text] = None
    how_to_call: Optional[Text] = None
    no_phone: Optional[Text] = None
    busy: Optional[Text] = None
    how_long: Optional[Text] = None
    worse: Optional[Text] = None
    over: Optional[Text] = None

    @validator("*")
    def has_known_places(cls, value: str | None) -> str | None:
        """Whether it has places for the two numbers only."""
        try:
            (value or "").format(emergency="", crisis="")
        except (KeyError, IndexError, ValueError):
            raise ValueError(f"'{value}' may hold {{emergency}} and {{crisis}} only") from None
        return value


class Hears(Lists):
    """Patterns of what is heard; of those that may stand anywhere the first that fits counts, in this order."""

    not_coming: Text
    coming: Text
    over: Optional[Text] = None
    not_over: Optional[Text] = None
    no_phone: Optional[Text] = None
    busy: Optional[Text] = None
    how_long: Optional[Text] = None
    how_to_call: Optional[Text] = None
    worse: Optional[Text] = None
    what_to_do: Optional[Text] = None

    @validator("*")
    def compiles(cls, value: str | None) -> str | None:
        """Whether it is a regular expression."""
        return value and compiling(value)


class Language(Lists):
    """One language of the file."""

    body: Texts
    crisis: Optional[Texts] = None
    other: Optional[Texts] = None
    hears: Hears


class AfterEmergency(Lists):
    """The whole file."""

    __root__: dict[str, Language]

    @validator("__root__")
    def english(cls, value: dict[str, Language]) -> dict[str, Language]:
        """Whether there is something to fall back on."""
        if "en" not in value:
            raise ValueError("there is no entry for en")
        return value


@dataclass(frozen=True)
class Said:
    """One language: `texts` by kind and key, `begins` and `holds` are how an answer begins and what may stand anywhere in it."""

    texts: Mapping[str, Mapping[str, str]]
    begins: Mapping[str, re.Pattern[str]]
    holds: Mapping[str, re.Pattern[str]]
    unless: re.Pattern[str] | None


@lru_cache(maxsize=1)
def said_in(path: Path = FILE) -> Mapping[str, Said]:
    """What is said and understood, by language. Raises SettingsError, one sentence, where the file is wrong."""
    made = {}
    for code, about in read(path, AfterEmergency).__root__.items():
        edge = "" if code in UNSPACED else r"\b"
        hears = {key: _in_letters_of(code, pattern) for key, pattern in about.hears.dict(exclude_none=True).items()}
        begins = {key: re.compile(rf"\W*(?:{hears.pop(key)}){edge}") for key in ("not_coming", "coming")}
        unless = hears.pop("not_over", None)
        holds = {key: re.compile(rf"{edge}(?:{words}){edge}") for key, words in hears.items()}
        texts = about.dict(include=set(KINDS), exclude_none=True)
        made[code] = Said(texts, begins, holds, re.compile(rf"{edge}(?:{unless}){edge}") if unless else None)
    return made


def answer_in(text: str, code: str) -> str | None:
    """The key of what `text` says, read in the language `code`; None where it says nothing of the kind."""
    held, words = said_in()[code], len(text.split())
    read = _plain(text, code)
    for key, pattern in held.holds.items() if words <= LONG else ():
        if pattern.search(read) and not (key == "over" and held.unless and held.unless.search(read)):
            return key
    if words > SHORT:
        return None
    if held.begins["not_coming"].match(read):
        return "not_coming"
    return "coming" if held.begins["coming"].match(read) and not BUT.search(text) else None


def _in_letters_of(code: str, pattern: str) -> str:
    """The pattern as `answer_in` looks for it: English as it is written, other languages in plain letters."""
    return pattern if code == "en" else plain(pattern)


def _plain(text: str, code: str) -> str:
    return text.lower().replace("’", "'") if code == "en" else plain(text)
