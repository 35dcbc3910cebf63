"""Reads messages of a word or three, which are too short for statistics: their language, and cries for help. Imports no Rasa.

The words are in `data/safety/short.yml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from bot.safety.stems import UNSPACED, plain
from bot.safety.words import Lists, Words, read
from bot.settings import ROOT

FILE = ROOT / "data" / "safety" / "short.yml"
WORDS = 3  # a message of more than these is read as a whole
LETTERS = 8  # the same where no blanks stand between words
COVERED = 0.5  # more than this share of the words must be of one language


class Short(Lists):
    """The whole file."""

    words: dict[str, Words]
    cries: dict[str, Words]


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
