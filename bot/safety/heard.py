"""What someone says about an emergency that has been told: help comes, nobody comes, no phone, how long. Imports no Rasa.

Texts and words by language are in `data/safety/after_emergency.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot import yaml_files
from bot.safety.stems import plain
from bot.settings import ROOT

FILE = ROOT / "data" / "safety" / "after_emergency.yml"
SHORT, LONG = 12, 25  # words; a longer message says more than yes or no, or more than one thing at all
TELLING = 4  # words from which a message shows the language that the person writes
UNSPACED = ("zh", "ja", "ko", "hi")
KINDS = ("body", "crisis", "other")
BUT = re.compile(
    r"\b(but|not|nobody|no|never|can'?t|isn'?t|won'?t|engaged|busy|pero|mais|aber|maar|ma|mas|ale|но|але)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Said:
    """One language: `texts` by kind and key, `begins` and `holds` are how an answer begins and what may stand anywhere in it."""

    texts: Mapping[str, Mapping[str, str]]
    begins: Mapping[str, re.Pattern[str]]
    holds: Mapping[str, re.Pattern[str]]
    unless: re.Pattern[str] | None


@lru_cache(maxsize=1)
def said_in() -> Mapping[str, Said]:
    """What is said and understood, by language."""
    made = {}
    for code, about in yaml_files.read(FILE).items():
        edge = "" if code in UNSPACED else r"\b"
        hears = {key: _read(words, code) for key, words in about["hears"].items()}
        begins = {key: re.compile(rf"\W*(?:{hears.pop(key)}){edge}") for key in ("not_coming", "coming")}
        unless = hears.pop("not_over", None)
        holds = {key: re.compile(rf"{edge}(?:{words}){edge}") for key, words in hears.items()}
        texts = {kind: about[kind] for kind in KINDS if kind in about}
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


def _read(words: str | list[str], code: str) -> str:
    """The pattern of an entry, one or several in a list."""
    whole = words if isinstance(words, str) else "|".join(words)
    return whole if code == "en" else plain(whole)


def _plain(text: str, code: str) -> str:
    return text.lower().replace("’", "'") if code == "en" else plain(text)
