"""Reads messages of a word or three, which are too short for statistics: their language, and cries for help. Imports no Rasa.

The words are in `data/safety/short.yml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bot.safety.emergency.stems import UNSPACED, plain
from bot.safety.text.words import Lists, Words, read
from bot.settings import ROOT

FILE = ROOT / "data" / "safety" / "short.yml"
WORDS = 3  # a message of more than these is read as a whole
LETTERS = 8  # the same where no blanks stand between words
SENTENCE = re.compile(r"[^.!?;,\n。！？；，]+")
COVERED = 0.5  # more than this share of the words must be of one language


class Calls(Lists):
    """Calls for help in one language: what is told in a sentence, and what a whole message asks."""

    who: str
    kin: str
    place: str
    told: Words
    asked: Words


class Short(Lists):
    """The whole file."""

    words: dict[str, Words]
    cries: dict[str, Words]
    calls: dict[str, Calls]


@lru_cache(maxsize=1)
def lists(path: Path = FILE) -> Short:
    """The lists of the file. Raises SettingsError, one sentence, where it is wrong."""
    return read(path, Short)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", plain(text))


def is_short(text: str) -> bool:
    """Whether `text` is too short to tell its language by statistics."""
    return len(_words(text)) <= WORDS


def short_language(text: str) -> str | None:
    """The language of a short message in Latin letters by its words; None where they do not tell."""
    said = _words(text)
    if not 0 < len(said) <= WORDS:
        return None
    known = {code: sum(word in words for word in said) for code, words in lists().words.items()}
    best = max(known.values())
    likeliest = [code for code, count in known.items() if count == best]
    return likeliest[0] if best > COVERED * len(said) else None


def cry(text: str) -> str | None:
    """The language of a short message that is a cry for help; None for any other."""
    said = plain(text)
    for code, cries in lists().cries.items():
        unspaced = code in UNSPACED
        if len(said) > LETTERS if unspaced else not is_short(text):
            continue
        if any(plain(word) in said if unspaced else re.search(rf"\b{re.escape(plain(word))}", said) for word in cries):
            return code
    return None


@lru_cache(maxsize=1)
def _calls() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """By language what is told, and what is told or asked."""
    made = {}
    for code, calls in lists().calls.items():
        filled = [
            [line.replace("{who}", calls.who).replace("{kin}", calls.kin).replace("{place}", calls.place) for line in lines]
            for lines in (calls.told, [*calls.told, *calls.asked])
        ]
        told, either = (re.compile("|".join(f"(?:{line})" for line in lines)) for lines in filled)
        made[code] = told, either
    return made


def call(text: str, *, spoken: str) -> str | None:
    """The language of a message, or of a sentence in it, that calls for help or asks whether to, and says no more."""
    sentences = [" ".join(_words(part.replace("-", " "))) for part in SENTENCE.findall(text)]
    whole = " ".join(sentences)
    for code in dict.fromkeys((spoken, "en", *_calls())):
        if code not in _calls() or (code != spoken and spoken in _calls() and spoken != "en"):
            continue
        told, either = _calls()[code]
        if either.fullmatch(whole) or any(map(told.fullmatch, sentences)):
            return code
    return None
